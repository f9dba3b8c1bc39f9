import Engine

extension Table {
  /// The most numbers that samples may hold together, one-hot targets included.
  package static let mostNumbers = 20_000_000

  /// The table's rows as samples. `inputs` and `targets` name columns (see `ColumnList`: `1..4`, `1,2,5`,
  /// `sepal_length,sepal_width`, `-1`); without them the last column is the target and all others are inputs; with one
  /// of the two, the other is what it leaves: all the rest as inputs, the last of the rest as the target. A target
  /// column of text becomes one-hot, one column for each class in order of first appearance.
  ///
  /// Throws, with the place of the first one, where a field is not a finite number.
  package func dataset(
    name: String = "", inputs: String? = nil, targets: String? = nil
  ) throws(FormatError) -> Dataset {
    guard rowCount > 0 else {
      throw wholeFile(names.isEmpty ? "the file is empty" : "the file has a header and no rows under it")
    }
    let chosen = try columns(inputs: inputs, targets: targets)
    var encodings: [TargetColumn] = []
    for column in chosen.targets { encodings.append(try targetColumn(column)) }
    let width = encodings.reduce(0) { $0 + $1.width }
    guard (chosen.inputs.count + width) <= Table.mostNumbers / rowCount else {
      throw wholeFile(
        "\(rowCount) rows of \(chosen.inputs.count + width) numbers are too many; at most \(Table.mostNumbers) fit")
    }

    var result = Dataset(
      name: name, inputCount: chosen.inputs.count, targetCount: width,
      inputNames: names.isEmpty ? [] : chosen.inputs.map(label),
      targetNames: targetNames(chosen.targets, encodings))
    var input = [Double](repeating: 0, count: chosen.inputs.count)
    for row in 0..<rowCount {
      for (place, column) in chosen.inputs.enumerated() { input[place] = try finiteNumber(row, column) }
      var target: [Double] = []
      target.reserveCapacity(width)
      for (column, encoding) in zip(chosen.targets, encodings) {
        guard let codes = encoding.codes else {
          target.append(try finiteNumber(row, column))
          continue
        }
        for code in 0..<encoding.width { target.append(Int(codes[row]) == code ? 1 : 0) }
      }
      result.append(input: input, target: target)
    }
    return result
  }

  /// The columns that are inputs and those that are targets, counted from 0. One may be both where both are named, as
  /// for a network that learns to give back what it is given.
  private func columns(
    inputs: String?, targets: String?
  ) throws(FormatError) -> (inputs: [Int], targets: [Int]) {
    let all = Array(0..<columnCount)
    let givenInputs = try inputs.map { (text) throws(FormatError) in
      try ColumnList(table: self, text: text, subject: .inputs).columns()
    }
    let givenTargets = try targets.map { (text) throws(FormatError) in
      try ColumnList(table: self, text: text, subject: .targets).columns()
    }
    let taken = Set(givenInputs ?? [])
    let chosenTargets = givenTargets ?? all.last { !taken.contains($0) }.map { [$0] } ?? []
    let chosenInputs = givenInputs ?? all.filter { !chosenTargets.contains($0) }
    if chosenInputs.isEmpty {
      throw noneLeft(listed: targets, as: .targets) {
        "no column is left for the inputs: the table has \($0), and each is a target"
      }
    }
    if chosenTargets.isEmpty {
      throw noneLeft(listed: inputs, as: .inputs) {
        "no column is left for the targets: the table has \($0), and each is an input"
      }
    }
    return (chosenInputs, chosenTargets)
  }

  private func noneLeft(
    listed: String?, as subject: FormatError.Subject, _ message: (_ table: Text) -> Text
  ) -> FormatError {
    let (text, table) = (listed ?? "", counted(columnCount, "column"))
    guard listed != nil else { return wholeFile("the file has \(table); inputs and a target need two at least") }
    return FormatError(
      subject: subject, line: 1, column: 1, excerpt: text, message: message(table))
  }

  private func wholeFile(_ message: Text) -> FormatError {
    FormatError(subject: .file, line: 1, column: 1, excerpt: TextPosition(of: 0, in: bytes).excerpt, message: message)
  }

  /// With one target column its classes need no other name; with several the column's name tells them apart.
  private func targetNames(_ columns: [Int], _ encodings: [TargetColumn]) -> [String] {
    if names.isEmpty && encodings.allSatisfy({ $0.codes == nil }) { return [] }
    return zip(columns, encodings).flatMap { column, encoding in
      if encoding.codes == nil { return [label(column)] }
      return columns.count == 1 ? encoding.classes : encoding.classes.map { "\(label(column))=\($0)" }
    }
  }

  private func finiteNumber(_ row: Int, _ column: Int) throws(FormatError) -> Double {
    if let number = number(row, column) {
      if number.isFinite { return number }
      throw error(row, column, "\(label(column)) is \(text(row, column)), and only finite numbers can be learned from")
    }
    let word = text(row, column)
    if word.isEmpty { throw error(row, column, "\(label(column)) is empty, and a number is expected") }
    let hint = isDecimalComma(word) ? "; decimals stand behind a point here" : ""
    throw error(row, column, "`\(shortened(word))` is not a number (\(label(column)))\(hint)")
  }

  private func isDecimalComma(_ word: String) -> Bool {
    word.contains(",") && decimalNumber(Array(word.replacing(",", with: ".", maxReplacements: 1).utf8)[...]) != nil
  }
}

/// A field as a message shows it: on one line and not too long.
private func shortened(_ word: String) -> String {
  let line = String(word.prefix(40).map { $0.isNewline ? " " : $0 })
  return word.count > 40 ? line + "…" : line
}

/// How a target column becomes numbers: as it is, or one-hot.
private struct TargetColumn {
  /// The classes in order of first appearance; none where the column holds numbers.
  var classes: [String] = []
  /// Each row's class, counted from 0; nil where the column holds numbers.
  var codes: [Int32]?

  var width: Int { codes == nil ? 1 : classes.count }
}

extension Table {
  /// A column is of numbers or of classes, whichever most of it is; a field of the other kind is taken for a slip.
  private func targetColumn(_ column: Int) throws(FormatError) -> TargetColumn {
    if holdsNumbers(column) { return TargetColumn() }
    var result = TargetColumn()
    var codes: [Int32] = []
    var codeOfClass: [String: Int32] = [:]
    for row in 0..<rowCount {
      let word = text(row, column)
      if word.isEmpty { throw error(row, column, "\(label(column)) is empty, and a class is expected") }
      if number(row, column) != nil {
        throw error(row, column, "\(label(column)) holds classes, and here the number \(shortened(word))")
      }
      if let code = codeOfClass[word] {
        codes.append(code)
      } else {
        let code = Int32(result.classes.count)
        codeOfClass[word] = code
        result.classes.append(word)
        codes.append(code)
      }
    }
    result.codes = codes
    return result
  }
}
