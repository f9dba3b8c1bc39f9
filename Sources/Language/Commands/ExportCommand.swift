import Engine
import Formats
import Notation

extension Command {
  /// The commands that write files for other programs.
  static let exporting: [Command] = [
    Command(
      "export", elsewhere: ["dump"], .file, "export \(Export.all.map(\.name).joined(separator: "|")) FILE",
      """
      Writes what other programs read: a script that takes this iteration's step by itself and holds its numbers against \
      ours, or the weights. A file that this session did not write is left as it is; `export!` writes over it.
      """,
      details: { Export.all.map(\.words) },
      example: small + "forward\nexport numpy example.py", effect: .none,
      complete: { _, words in words.count == 1 ? Export.all.map(\.name) : [] }
    ) { session, arguments throws(CommandError) in .answer(try session.export(&arguments, over: false)) },
    Command(
      "export!", .file, "export! \(Export.all.map(\.name).joined(separator: "|")) FILE",
      "Does what `export` does, whatever is in the file now.",
      example: small + "export! numpy example.py", effect: .none,
      complete: { _, words in words.count == 1 ? Export.all.map(\.name) : [] }
    ) { session, arguments throws(CommandError) in .answer(try session.export(&arguments, over: true)) },
  ]
}

/// What can be exported: a new one is one entry in the table below.
private struct Export: Sendable {
  /// The word behind `export`.
  let name: String
  /// What it writes, in one sentence.
  let meaning: Text
  /// How its files' names end.
  let endings: [String]
  /// A file's bytes, and what is said of them behind its name.
  let make: @Sendable (_ session: Session, _ path: String) throws(ExportError) -> (bytes: [UInt8], said: Text)

  /// The row as help shows it.
  var words: Text { "\(name) FILE\(endingsInWords): \(meaning)" }

  /// `.npz or .safetensors`
  var endingsInWords: String { endings.joined(separator: " or ") }

  static let all: [Export] = [
    Export(
      name: "weights",
      meaning:
        "the weights and biases as they are now, as w1, b1 …, in the layout that `layout` says; `load weights` takes them back.",
      endings: [".npz", ".safetensors"]
    ) { session, path throws(ExportError) in try weights(of: session, path) },
    Export(
      name: "numpy",
      meaning:
        "a script in NumPy that takes the iteration on show by hand, from the weights, batch and optimizer that it begins with. It ends by holding loss, gradients and new weights against ours, and saves all of them in an npz file.",
      endings: [".py"]
    ) { session, path throws(ExportError) in
      try script("numpy", session) { iteration throws(ScriptError) in try NumPyScript.text(iteration, path: path) }
    },
    Export(
      name: "torch",
      meaning:
        "the same in PyTorch, with its own layers, losses and optimizers where it has them, and gradients by autograd.",
      endings: [".py"]
    ) { session, path throws(ExportError) in
      try script("torch", session) { iteration throws(ScriptError) in try TorchScript.text(iteration, path: path) }
    },
  ]

  private static func script(
    _ library: String, _ session: Session, _ write: (WholeIteration) throws(ScriptError) -> String
  ) throws(ExportError) -> (bytes: [UInt8], said: Text) {
    do throws(ScriptError) {
      let iteration = try WholeIteration(on: session.timeline)
      return (Array(try write(iteration).utf8), iteration.words)
    } catch {
      throw ExportError(message: error.message)
    }
  }

  private static func weights(of session: Session, _ path: String) throws(ExportError) -> (bytes: [UInt8], said: Text) {
    let network = session.timeline.experiment.network
    guard network.isComplete else {
      throw ExportError(message: session.timeline.experiment.obstacle ?? "there is no layer yet")
    }
    var arrays: [NumberArray] = []
    for (index, layer) in session.timeline.state.parameters.enumerated() {
      let columns = max(layer.w.columns, 1)
      let weights = Matrix(rows: layer.w.values.count / columns, columns: columns, elements: layer.w.values)
      let laid = session.content.layout == .inOut ? weights.transposed : weights
      arrays.append(NumberArray(name: "w\(index + 1)", shape: [laid.rows, laid.columns], elements: laid.elements))
      if !layer.b.values.isEmpty {
        arrays.append(NumberArray(name: "b\(index + 1)", shape: [layer.b.values.count], elements: layer.b.values))
      }
    }
    let list = arrays.map { "\($0.name) \($0.shapeInWords)" }.joined(separator: ", ")
    do throws(FormatError) { return (try ArrayFile.bytes(of: arrays, path: path), "\(network.sizes), \(list)") } catch {
      throw ExportError(message: error.message)
    }
  }
}

/// Why something cannot be exported.
private struct ExportError: Error {
  let message: Text
}

extension Session {
  /// Reads `weights|numpy|torch FILE`, and writes it. A file that is there and is none of this session's is left as it is
  /// unless that is said.
  fileprivate mutating func export(_ arguments: inout Arguments, over isOver: Bool) throws(CommandError) -> Answer {
    let name = try arguments.choice("something to export", of: Export.all.map(\.name))
    guard let row = Export.all.first(where: { $0.name == name }) else { return Answer() }
    let (kind, word) = (arguments.lastColumn, try arguments.word("a file"))
    let column = word.range.lowerBound
    guard row.endings.contains(where: { word.text.lowercased().hasSuffix($0) }) else {
      throw CommandError("a name that ends in \(row.endingsInWords) was expected, there is \(word.text)", at: column)
    }
    try arguments.end()
    if !isOver { try requireOwn(word, in: arguments.line, for: "export") }
    let made: (bytes: [UInt8], said: Text)
    do throws(ExportError) { made = try row.make(self, word.text) } catch {
      throw CommandError(error.message, at: kind)
    }
    try write(made.bytes, to: word)
    noteSaved(in: word.text, all: false)
    let what: Text = row.endings == [".py"] ? "\(name) script" : "\(name)"
    return Answer("wrote \(what) \(word.text): \(made.said)")
  }
}
