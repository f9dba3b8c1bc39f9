import Engine

/// What a user says of a table's columns, to have samples of its rows.
package struct SampleChoice: Equatable, Sendable {
  /// Which columns are inputs, as in `1..4`, `1,2,5`, `sepal_length,sepal_width`, `-1` (see `ColumnList`).
  package var inputs: String?
  /// Which columns are targets.
  package var targets: String?
  /// The column that holds classes, or else the classes in their order, parted by commas: `no,yes`, `0..9`.
  package var classes: String?
  /// Whether rows that lack a number or a class are left out.
  package var dropsMissing: Bool

  /// What was said; by default the last column is the target and all others are inputs.
  package init(
    inputs: String? = nil, targets: String? = nil, classes: String? = nil, dropsMissing: Bool = false
  ) {
    (self.inputs, self.targets, self.classes, self.dropsMissing) = (inputs, targets, classes, dropsMissing)
  }
}

/// The samples that came of a table, and what of it did not come in.
package struct TableSamples: Equatable, Sendable {
  /// The samples.
  package var data: Dataset
  /// How many rows were left out, since they lack a number or a class.
  package var droppedRows = 0
  /// Whether the first column was left out, which only numbers or names the rows.
  package var leavesOutRowNames = false
}

extension Table {
  /// The table's rows as samples, where one only wants those: see `samples(_:name:)`.
  package func dataset(
    name: String = "", inputs: String? = nil, targets: String? = nil
  ) throws(FormatError) -> Dataset {
    try samples(SampleChoice(inputs: inputs, targets: targets), name: name).data
  }

  /// The table's rows as samples. By default the last column is the target and all others are inputs; with one of the two
  /// chosen, the other is what it leaves: all the rest as inputs, the last of the rest as the target. A target column of
  /// words becomes one-hot, its classes sorted; see `ClassLabels` for one of numbers.
  ///
  /// Throws, with the place of the first one, where a field is not a finite number, and how many rows lack one.
  package func samples(_ choice: SampleChoice, name: String = "") throws(FormatError) -> TableSamples {
    guard rowCount > 0 else {
      throw wholeFile(names.isEmpty ? "the file is empty" : "the file has a header and no rows under it")
    }
    let classes = try ClassChoice(choice, of: self)
    let columns = try columns(choice, classColumn: classes.column)
    let rows = try wholeRows(columns.inputs + columns.targets, dropping: choice.dropsMissing)
    var targets: [TargetColumn] = []
    for column in columns.targets {
      targets.append(try targetColumn(column, rows, classes, isAlone: columns.targets.count == 1))
    }
    let width = targets.reduce(0) { $0 + $1.width }
    guard columns.inputs.count + width <= Dataset.mostNumbers / rows.count else {
      throw wholeFile(
        "\(rows.count) rows of \(columns.inputs.count + width) numbers are too many; at most \(Dataset.mostNumbers) fit"
      )
    }
    if classes.isList, targets.allSatisfy({ $0.labels == nil }) {
      throw classes.error(at: 0, "none of the targets holds classes, so that they have no order")
    }

    var inputs: [Double] = []
    inputs.reserveCapacity(rows.count * columns.inputs.count)
    for row in rows {
      try FormatError.heedStopSign()
      for column in columns.inputs { inputs.append(try finiteNumber(row, column)) }
    }
    let inputNames = names.isEmpty ? [] : columns.inputs.map(label)
    let data: Dataset
    if let labels = targets[0].labels, targets.count == 1 {
      data = Dataset(
        name: name, inputs: inputs, inputCount: columns.inputs.count, inputNames: inputNames, labels: labels,
        labelName: names.isEmpty ? "" : label(columns.targets[0]))
    } else {
      data = try rowsOfSeveralTargets(
        Dataset(
          name: name, inputCount: columns.inputs.count, targetCount: width, inputNames: inputNames,
          targetNames: targetNames(columns.targets, targets)), inputs, rows, targets)
    }
    return TableSamples(
      data: data, droppedRows: rowCount - rows.count,
      leavesOutRowNames: choice.inputs == nil && firstNamesTheRows && !columns.targets.contains(0))
  }

  /// Samples with one target column of numbers, or with several of either kind.
  private func rowsOfSeveralTargets(
    _ empty: Dataset, _ inputs: [Double], _ rows: [Int], _ columns: [TargetColumn]
  ) throws(FormatError) -> Dataset {
    var result = empty
    let count = empty.inputCount
    for (sample, row) in rows.enumerated() {
      try FormatError.heedStopSign()
      var target: [Double] = []
      for column in columns {
        guard let labels = column.labels else {
          target.append(try finiteNumber(row, column.column))
          continue
        }
        for code in labels.classes.indices { target.append(Int(labels.codes[sample]) == code ? 1 : 0) }
      }
      result.append(input: inputs[sample * count..<(sample + 1) * count], target: target)
    }
    return result
  }

  /// The rows that lack nothing in some columns, counted from 0. Throws where one does and is not to be left out.
  private func wholeRows(_ columns: [Int], dropping: Bool) throws(FormatError) -> [Int] {
    var whole: [Int] = []
    var first: (row: Int, column: Int)?
    for row in 0..<rowCount {
      try FormatError.heedStopSign()
      let gap = columns.first { isMissing(row, $0) }
      if let gap { first = first ?? (row, gap) } else { whole.append(row) }
    }
    guard let first, !dropping || whole.isEmpty else { return whole }
    let word = text(first.row, first.column)
    let what: Text = word.isEmpty ? "\(label(first.column)) is empty" : "\(label(first.column)) is missing (\(word))"
    let lacking = rowCount - whole.count
    let count: Text =
      rowCount == 1
      ? "the only row lacks a value"
      : "\(lacking) of \(rowCount) rows \(lacking == 1 ? "lacks" : "lack" as Text) a value"
    throw error(
      first.row, first.column,
      whole.isEmpty ? "\(what), and so is something in every row" : "\(what); \(count): missing=drop leaves them out")
  }

  /// The columns that are inputs and those that are targets, counted from 0. One may be both where both are named, as
  /// for a network that learns to give back what it is given.
  private func columns(
    _ choice: SampleChoice, classColumn: Int?
  ) throws(FormatError) -> (inputs: [Int], targets: [Int]) {
    let (inputs, targets) = (choice.inputs, choice.targets)
    let all = Array(0..<columnCount)
    let givenInputs = try inputs.map { (text) throws(FormatError) in
      try ColumnList(table: self, text: text, subject: .inputs).columns()
    }
    let givenTargets = try targets.map { (text) throws(FormatError) in
      try ColumnList(table: self, text: text, subject: .targets).columns()
    }
    let taken = Set(givenInputs ?? [])
    let chosenTargets = givenTargets ?? (classColumn ?? all.last { !taken.contains($0) }).map { [$0] } ?? []
    if let classColumn, !chosenTargets.contains(classColumn) {
      throw FormatError(
        subject: .classes, line: 1, column: 1, excerpt: choice.classes ?? "",
        message: "\(label(classColumn)) is none of the targets, so that its classes are not learned")
    }
    let chosenInputs =
      givenInputs ?? all.filter { !chosenTargets.contains($0) && !($0 == 0 && firstNamesTheRows) }
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
    if names.isEmpty && encodings.allSatisfy({ $0.labels == nil }) { return [] }
    return zip(columns, encodings).flatMap { column, encoding in
      if encoding.labels == nil { return [label(column)] }
      return columns.count == 1
        ? (encoding.labels?.classes ?? []) : (encoding.labels?.classes ?? []).map { "\(label(column))=\($0)" }
    }
  }

}
