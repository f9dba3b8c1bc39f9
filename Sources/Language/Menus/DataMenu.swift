import Engine
import Formats
import Notation
import Panels

/// Which columns of a file are inputs and which are targets, while that is chosen.
package struct ColumnDraft: Hashable, Sendable {
  /// What a column is taken for.
  enum Part: String, Hashable, Sendable, CaseIterable {
    case input, target, none

    /// In the words of a menu.
    var words: Text {
      switch self {
      case .input: "input"
      case .target: "target"
      case .none: "left out"
      }
    }
  }

  let path: String
  var parts: [Part]

  /// A file's columns as they are taken where nothing is said: the last one is the target.
  init(_ path: String, columns: Int) {
    self.path = path
    parts = Array(repeating: .input, count: max(columns - 1, 0)) + [.target]
  }

  /// The same with a column taken for the next thing.
  func turning(_ column: Int) -> ColumnDraft {
    var draft = self
    let all = Part.allCases
    draft.parts[column] = all[((all.firstIndex(of: parts[column]) ?? 0) + 1) % all.count]
    return draft
  }

  /// The columns of a kind, as `inputs=` takes them: `1..4`, `2,5`.
  func columns(_ part: Part) -> String {
    let numbers = parts.indices.filter { parts[$0] == part }.map { $0 + 1 }
    if let first = numbers.first, let last = numbers.last, numbers.count > 2, last - first == numbers.count - 1 {
      return "\(first)..\(last)"
    }
    return numbers.map(String.init).joined(separator: ",")
  }

  /// The line that it comes to.
  var line: String {
    let file = path.contains(" ") || path.contains("#") ? "\"\(path)\"" : path
    return "data \(file) inputs=\(columns(.input)) targets=\(columns(.target))"
  }
}

extension Session {
  /// What can be done to the samples.
  var dataMenu: Menu {
    let experiment = timeline.experiment
    let (network, data) = (experiment.network, experiment.data)
    let fits =
      data.isEmpty || network.layers.isEmpty
      || data.inputCount == network.inputs && data.targetCount == network.outputs
    let (inputs, targets) = (
      data.isEmpty ? max(network.inputs, 1) : data.inputCount, data.isEmpty ? max(network.outputs, 1) : data.targetCount
    )
    func zeros(_ count: Int) -> String { Array(repeating: "0", count: min(count, 64)).joined(separator: " ") }
    let sample = "\(zeros(inputs)) -> \(zeros(targets))"
    // Before what fits can be added, what does not has to go.
    let takingOut = MenuRow(
      "take all out", value: fits ? "" : "they do not fit \(network.sizes)", words: "none remove delete",
      fits ? .line("data none") : .stay("data none"))
    var rows = fits ? [] : [takingOut]
    rows += [
      MenuRow(
        "add a sample", value: "\(sample)", words: "new",
        preview: .text(["Enter writes its numbers: inputs, an arrow, targets"]), .edit(sample) { .stay("sample \($0)") }
      ),
      MenuRow(
        "edit them in their table", words: "data panel change",
        preview: .text(["each number in its place; s shows a sample, d takes it out"]),
        .panel("data")),
      MenuRow("from a file", value: "CSV", words: "load open read", .page(.files(folder: "."))),
    ]
    rows += BuiltInData.all.map {
      MenuRow("\($0.name)", value: $0.meaning, isMarked: data.name == $0.name, .line("data \($0.name)"))
    }
    let size = experiment.batchSize.map(String.init) ?? "all"
    let isShuffled = experiment.order != .sequential
    rows += [
      MenuRow(
        "batch", value: "\(size)", preview: .text(["samples of an iteration: a number, or all"]),
        .edit(size) { .stay("batch \($0)") }),
      MenuRow(
        "order", value: isShuffled ? "shuffled" : "as they stand",
        .stay(isShuffled ? "order sequential" : "order shuffle")),
      MenuRow(
        "reduction", value: "\(experiment.reduction.rawValue)",
        .stay("reduction \(experiment.reduction == .mean ? "sum" : "mean")")),
    ]
    guard !data.isEmpty else { return Menu("Samples", rows) }
    let scalings = Scaling.allCases
    let next = scalings[((scalings.firstIndex(of: data.scaling) ?? 0) + 1) % scalings.count]
    rows += [
      MenuRow(
        "scale the inputs", value: "\(data.scaling.rawValue)", preview: .text([next.meaning]),
        .stay("scale \(next.rawValue)")),
      MenuRow(
        "hold out", value: "\(shortest(data.holdout.fraction))", words: "test share",
        .edit(shortest(data.holdout.fraction)) { .stay("holdout \($0)") }),
    ]
    if experiment.obstacle == nil { rows.append(MenuRow("train", words: "run step learn", .page(.train))) }
    if fits { rows.append(takingOut) }
    return Menu("Samples: \(data.givenCount), \(data.inputCount) -> \(data.targetCount)", rows)
  }

  /// The files of a folder that may hold samples, and the folders in it and around it.
  func fileMenu(_ folder: String) -> Menu {
    let entries: [Folder.Entry]
    do throws(FileError) { entries = try Folder.entries(of: folder) } catch {
      return Menu("\(folder)", [MenuRow("back", preview: .text([error.message]), .message(error.message))])
    }
    func path(_ name: String) -> String { folder == "." ? name : folder + "/" + name }
    let kinds = [".csv", ".tsv", ".txt", ".data"]
    let parent =
      folder == "."
      ? ".." : folder.hasSuffix("..") ? folder + "/.." : folder.split(separator: "/").dropLast().joined(separator: "/")
    let up = folder.hasPrefix("/") ? "/" + parent : parent.isEmpty ? "." : parent
    return Menu(
      "A file with samples, in \(folder)",
      entries.filter { entry in !entry.isFolder && kinds.contains { entry.name.hasSuffix($0) } }.map { entry in
        let first = FirstRows(of: path(entry.name))
        let effect: MenuRow.Effect =
          first.columns > 1
          ? .page(.columns(ColumnDraft(path(entry.name), columns: first.columns)))
          : .message("\(entry.name): two columns at least are needed, an input and a target")
        return MenuRow("\(entry.name)", value: first.summary, preview: .text(first.lines), effect)
      }
        + entries.filter(\.isFolder).map {
          MenuRow("\($0.name)/", value: "folder", .turn(.files(folder: path($0.name))))
        }
        + [MenuRow("../", value: "the folder above", .turn(.files(folder: up)))])
  }

  /// The columns of a file, each an input, a target or left out; below them the first samples that come of it.
  func columnMenu(_ draft: ColumnDraft) -> Menu {
    let first = FirstRows(of: draft.path)
    let preview = MenuPreview.text(first.samples(inputs: draft.columns(.input), targets: draft.columns(.target)))
    return Menu(
      "Columns of \(draft.path)",
      [MenuRow("take them", preview: preview, .line(draft.line))]
        + draft.parts.enumerated().map { index, part in
          MenuRow(
            first.name(index), value: part.words, line: draft.line, preview: preview,
            .turn(.columns(draft.turning(index))))
        })
  }
}

/// The first rows of a file, to choose by.
private struct FirstRows {
  private let table: Table?
  private let obstacle: Text

  /// So much of a file is read for its first rows.
  private static let most = 64 << 10
  private static let rows = 5

  init(of path: String) {
    do throws(FileError) {
      let bytes = try Files.read(path, limit: CSV.largestSize).prefix(FirstRows.most)
      // What is cut off in the middle of a line would not be a row.
      let whole =
        bytes.count < FirstRows.most ? bytes : bytes[..<(bytes.lastIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex)]
      do throws(FormatError) {
        table = try CSV.read(bytes: Array(whole))
        obstacle = ""
      } catch {
        table = nil
        obstacle = error.message
      }
    } catch {
      table = nil
      obstacle = error.message
    }
  }

  var columns: Int { table?.columnCount ?? 0 }
  var summary: Text { table.map { "\($0.columnCount) columns" } ?? "not readable as a table" }
  func name(_ column: Int) -> Text { table.map { "\($0.label(column))" } ?? "column \(column + 1)" }

  /// The first rows as they stand.
  var lines: [Text] {
    guard let table else { return [obstacle] }
    let names = table.names.isEmpty ? [] : [table.names.joined(separator: ", ")]
    let rows = (0..<min(table.rowCount, FirstRows.rows)).map { row in
      (0..<min(table.columnCount, 20)).map { table.text(row, $0) }.joined(separator: ", ")
    }
    return (names + rows).map { Text(verbatim: $0) }
  }

  /// The first samples that come of some columns; a column of words is shown beside what it becomes.
  func samples(inputs: String, targets: String) -> [Text] {
    guard let table else { return [obstacle] }
    guard !inputs.isEmpty, !targets.isEmpty else { return ["an input and a target at least are needed"] }
    do throws(FormatError) {
      let data = try table.dataset(inputs: inputs, targets: targets)
      let names: Text = data.targetNames.isEmpty ? "" : ", targets \(data.targetNames.joined(separator: ", "))"
      func text(_ numbers: ArraySlice<Double>) -> String {
        numbers.map { significant($0, digits: 4) }.joined(separator: " ")
      }
      let shown = (0..<min(data.count, FirstRows.rows)).map {
        "\(text(data.input($0))) -> \(text(data.target($0)))" as Text
      }
      return [
        "\(counted(data.inputCount, "input")), \(counted(data.targetCount, "target")) in the first rows\(names)"
      ] + shown
    } catch {
      return [error.message]
    }
  }
}
