import Engine
import Formats
import Notation

/// What expressions were worth along the line of time, a row for each place that was looked at.
struct HistoryTable {
  /// The most rows that are shown, and that go into a file.
  static let (mostShown, mostWritten) = (40, 1_000_000)
  /// What is said where a file would have more.
  static let tooManyRows: Text =
    "a file takes at most \(mostWritten) rows; every N iterations, or from A to B, makes them fewer"
  /// The most numbers that one row may have.
  private static let mostColumns = 1000

  private let expressions: [Expression]
  /// Whether every row is kept, and not only as many as are shown.
  private let isWhole: Bool
  /// Every so many strides are a row: of iterations and epochs those whose numbers are multiples, else as many on from the
  /// first.
  private let every: Int
  private let stride: Stride
  private var strides = 0
  /// How many rows there are.
  private(set) var count = 0
  /// Which of the rows are kept and shown.
  private var thinning: Thinning
  private var rows: [Row] = []
  /// The last row, which is shown in any case.
  private var last: Row?
  /// The shapes of the expressions, as far as they are known.
  private var shapes: [Shape?]

  private struct Row {
    let number, step, iteration: Int
    /// What the expressions are worth; nil where something is not computed.
    let values: [Matrix?]
  }

  init(_ expressions: [Expression], isWhole: Bool, every: Int, _ stride: Stride, _ thinning: Thinning) {
    (self.expressions, self.isWhole, self.every, self.stride) = (expressions, isWhole, every, stride)
    self.thinning = thinning
    shapes = expressions.map { _ in nil }
  }

  /// Takes a place's row, where one is due.
  mutating func note(_ sight: Probes.Sight) throws(EvaluationError) {
    strides += 1
    let state = sight.place.state
    let number =
      stride == .iteration ? state.pointee.iteration : stride == .epoch ? state.pointee.epoch : strides
    guard number % every == 0 else { return }
    var values: [Matrix?] = []
    for index in expressions.indices {
      let value = sight.value(index)
      if shapes[index] == nil { shapes[index] = value.map { Shape($0.rows, $0.columns) } }
      values.append(value)
    }
    let row = Row(number: count, step: state.pointee.step, iteration: state.pointee.iteration, values: values)
    guard shapes.reduce(0, { $0 + ($1?.count ?? 1) }) <= HistoryTable.mostColumns else {
      throw EvaluationError("a row has at most \(HistoryTable.mostColumns) numbers")
    }
    if isWhole, count == HistoryTable.mostWritten {
      throw EvaluationError(HistoryTable.tooManyRows)
    }
    count += 1
    last = row
    guard row.number % thinning.spacing == 0 else { return }
    rows.append(row)
    if !isWhole, rows.count > thinning.room {
      thinning.widen()
      rows.removeAll { [spacing = thinning.spacing] in $0.number % spacing != 0 }
    }
  }

  /// Of the rows one in so many is shown.
  var spacing: Int { isWhole ? 1 : thinning.shown(of: count) }

  private var kept: [Row] { kept(spacing) }

  private func kept(_ spacing: Int) -> [Row] {
    let shown = rows.filter { $0.number % spacing == 0 }
    return shown + (last.map { $0.number == shown.last?.number ? [] : [$0] } ?? [])
  }

  /// The steps of the rows that are kept.
  var steps: [Int] { kept.map(\.step) }

  /// What an expression was worth in those rows, NaN where it was not computed; nil of what is no number.
  func values(of index: Int) -> [Double]? {
    guard (shapes[index] ?? .scalar) == .scalar else { return nil }
    return kept.map { row in row.values[index].flatMap(\.scalar) ?? .nan }
  }

  /// In how many of those rows it was computed and is no finite number.
  func notFinite(of index: Int) -> Int { kept.count { $0.values[index]?.scalar?.isFinite == false } }

  /// The names of the columns behind those of the place.
  var names: [String] {
    zip(expressions, shapes).flatMap { expression, shape -> [String] in
      guard let shape, shape != .scalar else { return [expression.description] }
      let name = expression.isBareName ? expression.description : "(\(expression))"
      return (0..<shape.rows).flatMap { row in
        (0..<shape.columns).map { shape.columns == 1 ? "\(name)[\(row + 1)]" : "\(name)[\(row + 1),\($0 + 1)]" }
      }
    }
  }

  /// What stands at the left of each row.
  static let places = ["step", "iteration"]

  /// The numbers of a row, nil where something is not computed there.
  private func numbers(of row: Row) -> [Double?] {
    zip(row.values, shapes).flatMap { value, shape -> [Double?] in
      let shape = shape ?? .scalar
      guard let value, Shape(value.rows, value.columns) == shape else {
        return Array(repeating: nil, count: shape.count)
      }
      return value.elements
    }
  }

  /// A row's numbers as text.
  private func texts(of row: Row, _ writing: Writing) -> [String] {
    zip(expressions, zip(row.values, shapes)).flatMap { expression, column -> [String] in
      let shape = column.1 ?? .scalar
      guard let value = column.0, Shape(value.rows, value.columns) == shape else {
        return Array(repeating: "·", count: shape.count)
      }
      return shape == .scalar ? [writing.value(value, of: expression)] : value.elements.map { writing.number($0) }
    }
  }

  /// The same rows with those of another table beside them, by their steps: each name with the label of whose it is.
  func cells(beside other: HistoryTable, labels: (String, String), _ writing: Writing) -> [[String]] {
    // The same rows of both, as far as both have them.
    let spacing = thinning.shown(of: max(count, other.count), beside: other.thinning.spacing)
    let (kept, others) = (kept(spacing), other.kept(spacing))
    let its = Dictionary(others.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
    func pairs(_ mine: [String], _ its: [String]) -> [String] { zip(mine, its).flatMap { [$0, $1] } }
    let head = pairs(names.map { "\($0) \(labels.0)" }, other.names.map { "\($0) \(labels.1)" })
    let missing = other.names.map { _ in "·" }
    let steps = Set(kept.map(\.step)).union(its.keys).sorted()
    let mine = Dictionary(kept.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
    func texts(_ row: Row?, _ table: HistoryTable) -> [String] {
      row.map { table.texts(of: $0, writing) } ?? missing
    }
    return [["step"] + head]
      + steps.map { step in ["\(step)"] + pairs(texts(mine[step], self), texts(its[step], other)) }
  }

  /// The rows that are kept as text, with their names above.
  func cells(_ writing: Writing) -> [[String]] {
    [HistoryTable.places + names]
      + kept.map { row in
        ["\(row.step)", "\(row.iteration)"] + texts(of: row, writing)
      }
  }

  /// All of it as a file: numbers with as many digits as they need, empty where something is not computed.
  var csv: String {
    func quoted(_ name: String) -> String {
      name.contains { ",\"".contains($0) } ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
    }
    var text = (HistoryTable.places + names).map(quoted).joined(separator: ",") + "\n"
    for row in kept {
      text += "\(row.step),\(row.iteration)"
      for number in numbers(of: row) { text += "," + (number.map { "\($0)" } ?? "") }
      text += "\n"
    }
    return text
  }

  /// The same for programs: a list for each column.
  var fields: [JSONMember] {
    let table = kept.map { row in [Double(row.step), Double(row.iteration)] + numbers(of: row).map { $0 ?? .nan } }
    let names = HistoryTable.places + names
    // What was asked for twice, or is there anyway, is one column.
    let columns = names.indices.filter { names.firstIndex(of: names[$0]) == $0 }.map { place in
      JSONMember(names[place], .array(table.map { .number($0[place]) }))
    }
    return [.init("columns", .object(columns))]
  }

  /// Refuses to write over a file that is no such table.
  static func requireOwn(_ word: Word) throws(CommandError) {
    guard Files.isThere(word.text) else { return }
    let first = Files.firstLine(of: word.text) ?? ""
    guard first.hasPrefix(places.joined(separator: ",")) else {
      throw CommandError("\(word.text) is there, and is no table of this kind", at: word.range.lowerBound)
    }
  }
}

extension Expression {
  /// Whether it is nothing but a name.
  fileprivate var isBareName: Bool { if case .name = kind { true } else { false } }
}
