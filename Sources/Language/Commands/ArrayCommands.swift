import Engine
import Formats
import Notation

extension Command {
  /// The commands for arrays that come from other programs.
  static let arrays: [Command] = [
    Command(
      "layout", .data, "layout out-in|in-out",
      """
      Says how matrices of weights are given: out-in, a row for each unit, as they are here and in PyTorch, or in-out, a row \
      for each input, as x·W has them and Keras keeps them. It holds for every matrix that is given to weights or compared \
      with them, and for what `print` shows of them; indices stay as they are.
      """,
      example: "input 2\ndense 3 tanh\nlayout in-out\nset w1 = [[1, 2, 3], [4, 5, 6]]\nprint w1",
      complete: { _, _ in WeightLayout.allCases.map(\.rawValue) }
    ) { session, arguments throws(CommandError) in
      let name = try arguments.choice("a layout", of: WeightLayout.allCases.map(\.rawValue))
      session.content.layout = WeightLayout(rawValue: name) ?? .outIn
      return .answer(Answer())
    },
    Command(
      "load", .data, "load weights FILE [prefix=NAME] | load case FILE [key=value…]",
      """
      Weights: sets all weights and biases from a file (npz, safetensors or JSON), by the names of its arrays: w1, b1 …; those of \
      PyTorch, as in 0.weight, 0.bias, in the order of their numbers; those of Keras, as in dense/kernel, dense/bias, whose \
      kernels have a row for each input; or arr_0, arr_1 … as numpy.savez numbers them. With prefix, those alone whose names \
      begin so. One matrix is set by: set w1 = from FILE NAME. A case is what somebody's own script has computed: the network \
      is built from it, worked out, and compared with it.
      """,
      details: { CaseSetting.help },
      example:
        "input 2\ndense 1 sigmoid\nload weights example.json\nset w1 = from example.json w1\nload case example.json",
      work: .ofFile,
      complete: { _, words in
        switch words.count {
        case 1: ["weights", "case"]
        default: words[1] == "case" ? CaseSetting.names.map { "\($0)=" } : ["prefix="]
        }
      }
    ) { session, arguments throws(CommandError) in
      let kind = try arguments.choice("something to load", of: ["weights", "case"])
      return .answer(kind == "case" ? try session.loadCase(&arguments) : try session.load(&arguments))
    },
  ]
}

extension Session {
  /// `load weights FILE [prefix=NAME]`
  fileprivate mutating func load(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let (file, word, prefix) = try arrayFile(&arguments, of: "load")
    let column = word.range.lowerBound
    let network = timeline.experiment.network
    guard !network.layers.isEmpty else {
      throw CommandError("there is no layer yet that could take weights; begin with: input 2", at: column)
    }
    let loaded: LoadedWeights
    do throws(FormatError) {
      loaded = try LoadedWeights(of: file, prefix: prefix, for: network, layout: content.layout)
    } catch {
      throw CommandError("\(word.text): \(error.message)", at: column)
    }
    try change(at: column) { experiment, parameters throws(CommandError) in
      for item in loaded.items {
        Assignment(item.quantity, places: Array(0..<item.value.count), value: item.value).make(
          in: &experiment, &parameters, sample: 0)
      }
    }
    return Answer(loaded.words)
  }

  /// What `from FILE` in a line reads.
  func fileReader(for line: Line) -> GivenFile.Reader {
    let folder = folder(for: line)
    return { (path, name) throws(EvaluationError) in
      let file = try Session.arrayFile(path, beside: folder)
      do throws(FormatError) {
        return try Session.given(name, in: file, at: path)
      } catch {
        // Where the name is at fault, it is pointed at.
        let isOfName = name.map { !file.names.contains($0) } ?? false
        throw EvaluationError("\(path): \(error.message)", at: isOfName ? 0..<0 : nil)
      }
    }
  }

  /// An array of a file, as an expression holds it.
  static func given(_ name: String?, in file: ArrayFile, at path: String) throws(FormatError) -> GivenFile {
    let array = try file.array(named: name)
    return GivenFile(
      path: path, name: name, matrix: try array.matrix, isLine: array.isLine,
      isSingle: ![.double, .whole].contains(array.precision))
  }

  /// Reads `FILE [prefix=NAME]` behind a command, and the file.
  func arrayFile(
    _ arguments: inout Arguments, of command: String
  ) throws(CommandError) -> (file: ArrayFile, word: Word, prefix: String) {
    let word = try arguments.word("a file")
    var prefix = ""
    for setting in try arguments.settings() {
      guard setting.name == "prefix" else {
        throw CommandError("\(command) has no setting \(setting.name); it has prefix", at: setting.column)
      }
      prefix = setting.value.text
    }
    return (try arrayFile(word, of: arguments.line), word, prefix)
  }

  /// The file of arrays that a word of a line names.
  func arrayFile(_ word: Word, of line: Line) throws(CommandError) -> ArrayFile {
    do throws(EvaluationError) { return try Session.arrayFile(word.text, beside: folder(for: line)) } catch {
      throw CommandError(error.message, at: word.range.lowerBound)
    }
  }

  /// A file of arrays, looked for beside the session first.
  private static func arrayFile(_ path: String, beside folder: String?) throws(EvaluationError) -> ArrayFile {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(try Files.find(path, beside: folder), limit: ArrayFile.largestSize)
    } catch {
      throw EvaluationError(error.message)
    }
    do throws(FormatError) { return try ArrayFile(bytes, path: path) } catch {
      throw EvaluationError("\(path): \(error.message)")
    }
  }

  /// The folder where the files of a line are looked for first: that of the file it stands in; of what is typed, that of
  /// the file that was opened or saved.
  func folder(for line: Line) -> String? {
    Session.folder(of: line) ?? lastFolder ?? saved.file.map { Session.folder(ofPath: $0) }
  }

  /// The folder of the file that a line stands in; nil of a line that was typed or piped in.
  static func folder(of line: Line) -> String? {
    [Line.prompt, "-", "first"].contains(line.source) ? nil : folder(ofPath: line.source)
  }

  private static func folder(ofPath path: String) -> String {
    guard let end = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return end == path.startIndex ? "/" : String(path[..<end])
  }

  /// What is said of a matrix that would fit the other way round.
  func transposedHint(isOfWeights: Bool) -> Text {
    guard isOfWeights else { return "; it fits transposed: write ' behind it" }
    return
      "; it fits transposed: write ' behind it, or for all matrices of weights: layout \(content.layout.other.rawValue)"
  }

  /// The same of two sides, the one of which is the other's shape transposed; nothing of any others.
  func transposedHint(_ left: Expression, _ right: Expression, _ shapes: (left: Shape, right: Shape)) -> Text {
    guard shapes.left != shapes.right, shapes.left == shapes.right.transposed else { return "" }
    let scope = scope
    return transposedHint(isOfWeights: left.isOfWeights(in: scope) || right.isOfWeights(in: scope))
  }
}
