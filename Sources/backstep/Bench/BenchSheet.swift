import Engine
import Formats
import Language
import Notation

/// Where figures go: tables for a reader, or with `--json` an object a line for each row.
struct BenchSheet {
  private let asJSON: Bool
  private var columns: [String] = []
  private var isFirst = true

  /// A sheet with nothing on it.
  init(asJSON: Bool) { self.asJSON = asJSON }

  /// Begins a table: what its rows are, and what each figure of a row is.
  mutating func begin(_ columns: String...) {
    self.columns = columns
    if !asJSON { Output.put((isFirst ? [] : [""]) + [BenchSheet.row(columns)]) }
    isFirst = false
  }

  /// A row with its figures, each with three digits; nil where there is none.
  func put(_ name: String, _ figures: Double?...) {
    guard asJSON else {
      return Output.put([BenchSheet.row([name] + figures.map { $0.map(BenchSheet.figure) ?? "" })])
    }
    var members = [JSONMember("table", .string(columns[0])), JSONMember("row", .string(name))]
    for (column, figure) in zip(columns.dropFirst(), figures) {
      if let figure { members.append(JSONMember(column, .number(figure))) }
    }
    Output.put([JSONValue.object(members).description])
  }

  /// A sentence beside the figures; where they are read by a program there is none.
  func say(_ sentence: String) { if !asJSON { Output.put([sentence]) } }

  private static func figure(_ number: Double) -> String {
    number.magnitude >= 1000 ? "\(Int(number))" : significant(number, digits: 3)
  }

  private static func row(_ columns: [String]) -> String {
    let widths = [46] + Array(repeating: 16, count: columns.count)
    return zip(columns, widths).enumerated().map { $1.0.padded(to: $1.1, onTheRight: $0 > 0) }.joined()
  }
}
