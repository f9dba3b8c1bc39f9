import Engine

/// How a target column becomes numbers: as it is, or as classes.
struct TargetColumn {
  /// Which column it is, counted from 0.
  let column: Int
  /// The class of each row; nil where the column holds numbers and nothing else.
  var labels: ClassLabels?

  /// How many targets it makes, as far as one knows without a network.
  var width: Int { labels.map { $0.targetCount($0.encoding(outputs: 0)) } ?? 1 }
}

/// What stood behind `classes=`: a column, or the classes in their order.
struct ClassChoice {
  /// The column that holds classes, counted from 0.
  private(set) var column: Int?
  /// The classes in their order.
  private(set) var order: [String]?
  /// What was typed.
  private let text: String

  /// Reads a choice; one word is a column, several are the classes, and `0..9` are those numbers. Throws where there is no
  /// such column, or where a class comes twice.
  init(_ choice: SampleChoice, of table: Table) throws(FormatError) {
    text = choice.classes ?? ""
    guard let given = choice.classes else { return }
    if let numbers = ClassChoice.numbers(given) {
      order = numbers
    } else if given.contains(",") {
      var classes: [String] = []
      var offset = 0
      for word in given.split(separator: ",", omittingEmptySubsequences: false) {
        let name = word.split(separator: " ").joined(separator: " ")
        if name.isEmpty { throw error(at: offset, "a class is missing here") }
        if classes.contains(name) { throw error(at: offset, "\(name) is given twice") }
        classes.append(name)
        offset += word.count + 1
      }
      order = classes
    } else {
      column = try ColumnList(table: table, text: given, subject: .classes).columns().first
    }
  }

  /// Whether the order was said.
  var isList: Bool { order != nil }

  /// Whether a column's numbers are said to be classes.
  func isSaid(of column: Int, isAlone: Bool) -> Bool { self.column == column || (isList && isAlone) }

  /// The class of a word in the order that was said; numbers are compared as such.
  func code(of word: String) -> Int? {
    order?.firstIndex { $0 == word } ?? Double(word).flatMap { number in order?.firstIndex { Double($0) == number } }
  }

  /// An error at a place of what was typed.
  func error(at offset: Int, _ message: Text) -> FormatError {
    FormatError(subject: .classes, line: 1, column: offset + 1, excerpt: text, message: message)
  }

  /// `0..9`, in either case bounded.
  private static func numbers(_ text: String) -> [String]? {
    guard let dots = text.firstRange(of: ".."), let first = Int(text[..<dots.lowerBound]),
      let last = Int(text[dots.upperBound...]), first < last, last - first < 10_000
    else { return nil }
    return (first...last).map(String.init)
  }
}

extension Table {
  /// A column of targets. It is of numbers or of words, whichever most of it is; a field of the other kind is taken for a
  /// slip.
  func targetColumn(
    _ column: Int, _ rows: [Int], _ choice: ClassChoice, isAlone: Bool
  ) throws(FormatError) -> TargetColumn {
    let isOfNumbers = holdsNumbers(column)
    let isSaid = choice.isSaid(of: column, isAlone: isAlone)
    if choice.isList, isSaid || !isOfNumbers {
      return try TargetColumn(column: column, labels: inOrder(column, rows, choice))
    }
    if !isOfNumbers { return try TargetColumn(column: column, labels: words(column, rows)) }
    if !classNames.isEmpty, column == columnCount - 1, let labels = namedAbove(column, rows) {
      return TargetColumn(column: column, labels: labels)
    }
    return try TargetColumn(
      column: column, labels: isAlone || isSaid ? numbers(column, rows, areSaid: isSaid) : nil)
  }

  /// Words, sorted as their characters are.
  private func words(_ column: Int, _ rows: [Int]) throws(FormatError) -> ClassLabels {
    var codeOfClass: [String: Int32] = [:]
    for row in rows {
      let word = text(row, column)
      if number(row, column) != nil {
        throw error(row, column, "\(label(column)) holds classes, and here the number \(shortened(word))")
      }
      codeOfClass[word] = 0
    }
    let classes = codeOfClass.keys.sorted()
    for (code, word) in classes.enumerated() { codeOfClass[word] = Int32(code) }
    return ClassLabels(classes: classes, codes: rows.map { codeOfClass[text($0, column)] ?? 0 })
  }

  /// Words or numbers in an order that was said.
  private func inOrder(_ column: Int, _ rows: [Int], _ choice: ClassChoice) throws(FormatError) -> ClassLabels {
    let classes = choice.order ?? []
    var codes: [Int32] = []
    var known: [String: Int32] = [:]
    for row in rows {
      let word = text(row, column)
      guard let code = known[word] ?? choice.code(of: word).map(Int32.init) else {
        throw error(
          row, column,
          "\(label(column)) is \(shortened(word)), which is none of classes=\(shortened(classes.joined(separator: ",")))"
        )
      }
      known[word] = code
      codes.append(code)
    }
    return ClassLabels(classes: classes, codes: codes)
  }

  /// Numbers that may be classes; nil where they are too many or not whole, and nobody says that they are classes.
  private func numbers(_ column: Int, _ rows: [Int], areSaid: Bool) throws(FormatError) -> ClassLabels? {
    var codeOfNumber: [Double: Int32] = [:]
    for row in rows {
      let number = try finiteNumber(row, column)
      codeOfNumber[number == 0 ? 0 : number] = 0
      if !areSaid, number.rounded() != number || codeOfNumber.count > 1000 { return nil }
    }
    let numbers = codeOfNumber.keys.sorted()
    for (code, number) in numbers.enumerated() { codeOfNumber[number] = Int32(code) }
    return ClassLabels(
      numbers: numbers, codes: rows.map { codeOfNumber[number($0, column) ?? 0] ?? 0 }, areSaid: areSaid)
  }

  /// The numbers 0, 1, 2 … of classes that the file names above its rows; nil where one of them has no name.
  private func namedAbove(_ column: Int, _ rows: [Int]) -> ClassLabels? {
    let codes = rows.compactMap { row in
      number(row, column).flatMap { Int32(exactly: $0) }.flatMap { classNames.indices.contains(Int($0)) ? $0 : nil }
    }
    return codes.count == rows.count ? ClassLabels(classes: classNames, codes: codes) : nil
  }
}
