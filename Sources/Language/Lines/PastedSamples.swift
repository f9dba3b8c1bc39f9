import Engine
import Formats
import Notation

extension Session {
  /// The most samples that are taken from pasted text; for more there is `data FILE.csv`.
  static let mostPasted = 2000

  /// Pasted text as `sample` lines: samples as they are typed, or a table whose columns are parted by commas, semicolons,
  /// tabs or blanks, the last ones the targets. A target column of words becomes one-hot.
  package func sampleLines(from text: String) throws(CommandError) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingBlanks }.filter {
      !$0.isEmpty && !$0.hasPrefix("#")
    }
    guard lines.count <= Session.mostPasted else {
      throw CommandError("\(lines.count) lines are too many to be pasted; read them from a file: data FILE.csv", at: 0)
    }
    if lines.contains(where: { $0.contains("->") || $0.contains("→") }) {
      return lines.map { $0.hasPrefix("sample ") ? String($0) : "sample \($0)" }
    }
    do throws(FormatError) {
      let data = try dataset(of: try CSV.read(lines.joined(separator: "\n")))
      return (0..<data.count).map { sample in
        func words(_ numbers: ArraySlice<Double>) -> String { numbers.map { shortest($0) }.joined(separator: " ") }
        return "sample \(words(data.input(sample))) -> \(words(data.target(sample)))"
      }
    } catch {
      throw CommandError("this is no table of samples: \(error.message)", at: 0)
    }
  }

  /// As many columns are inputs as the samples, or else the network, have.
  private func dataset(of table: Table) throws(FormatError) -> Dataset {
    let experiment = timeline.experiment
    let inputs = experiment.data.givenCount > 0 ? experiment.data.inputCount : experiment.network.inputs
    guard inputs > 0, inputs < table.columnCount else { return try table.dataset() }
    return try table.dataset(inputs: "1..\(inputs)", targets: "\(inputs + 1)..\(table.columnCount)")
  }
}

extension Substring {
  /// Without the blanks at its ends.
  fileprivate var trimmingBlanks: Substring {
    let start = drop { $0 == " " || $0 == "\t" }
    let end = start.lastIndex { $0 != " " && $0 != "\t" }
    return end.map { start[...$0] } ?? ""
  }
}
