import Diagnosis
import Engine
import Formats
import Notation

extension Session {
  /// `load case FILE [key=value…]`, behind its first two words.
  mutating func loadCase(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let word = try arguments.word("a file")
    let wishes = try CaseSetting.wishes(try arguments.settings())
    let file = try arrayFile(word, of: arguments.line)
    let column = word.range.lowerBound
    let arrays = try Session.arrays(of: file, word)
    let solved: SolvedCase
    do throws(CaseError) {
      solved = try SolvedCase(arrays, wishes)
    } catch {
      let line = ([arguments.line.spoken] + error.answers).joined(separator: " ")
      throw CommandError(
        "\(word.text): \(error.message)\(error.answers.isEmpty ? "" : "; say which, as in: \(line)")", at: column)
    }
    content.timeline = Timeline(Experiment(), memory: content.timeline.memory)
    beginAfresh()
    content.layout = solved.layout
    try change(at: column) { experiment, parameters throws(CommandError) in
      experiment = solved.experiment
      experiment.network.name = Session.stem(of: word.text)
      parameters = solved.parameters
    }
    content.timeline.move(to: content.timeline.endOfNext(solved.updated.isEmpty ? .backward : .update))
    do throws(NotComputed) {
      compared = Compared(weights: solved.layout)
      compared.take(try solved.compared(at: timeline.state), on: timeline)
    } catch {
      throw CommandError("\(word.text): \(error.message)", at: column)
    }
    return CaseWords(solved, unread: file.names.filter { ForeignName($0) == nil }, in: self).answer
  }

  /// The arrays of a file whose names are known.
  private static func arrays(of file: ArrayFile, _ word: Word) throws(CommandError) -> [CaseArray] {
    let column = word.range.lowerBound
    var arrays: [CaseArray] = []
    for name in file.names where ForeignName(name) != nil {
      let array: NumberArray
      do throws(FormatError) { array = try file.array(named: name) } catch {
        throw CommandError("\(word.text): \(error.message)", at: column)
      }
      guard !array.elements.isEmpty else {
        throw CommandError("\(word.text): \(name) is \(array.shapeInWords) and holds no number", at: column)
      }
      guard array.shape.count <= 2 else {
        throw CommandError(
          "\(word.text): \(name) is \(array.shapeInWords); numbers in at most two dimensions were expected", at: column)
      }
      let isSingle = ![.double, .whole].contains(array.precision)
      if let known = CaseArray(name: name, shape: array.shape, elements: array.elements, isSingle: isSingle) {
        arrays.append(known)
      }
    }
    return CaseArray.inferringExactness(arrays)
  }

  /// A file's name without its folder and its ending.
  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}
