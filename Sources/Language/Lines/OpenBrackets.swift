import Engine
import Notation

/// The brackets that lines have opened and not closed: an array goes on with the next line, as other programs print it. A
/// parenthesis counts where a bracket follows it, as in `array([1, 2],`; any other is a slip, better shown in its line.
package struct OpenBrackets: Sendable {
  /// What is open, the innermost last; of a parenthesis, whether it holds an array.
  private var open: [Kind] = []
  /// How many of them are brackets.
  private var openArrays = 0
  /// Whether the line ends with words that an array follows.
  private var endsBeforeArray = false
  /// The rows that are still to come of an array that Julia shows.
  private var awaited = AwaitedRows()

  private enum Kind: Sendable {
    case bracket
    case parenthesis(holdsArray: Bool)
  }

  /// Those of a line.
  package init(_ text: String) { read(text) }

  /// Whether another line belongs to those that were read.
  var goOn: Bool {
    endsBeforeArray || awaitsRows
      || open.contains {
        switch $0 {
        case .bracket, .parenthesis(holdsArray: true): true
        case .parenthesis(holdsArray: false): false
        }
      }
  }

  /// Whether it is for rows that were announced.
  package var awaitsRows: Bool { awaited.count > 0 }

  /// Reads on in the next line.
  mutating func read(_ text: String) {
    var isQuoted = false
    // Byte by byte: what counts here is ASCII, and every line comes through.
    let bytes = text.utf8
    var last = UInt8(ascii: " ")
    var isBeforeArray = false
    // Where the last bracket is, once it is asked for.
    var lastBracket: String.Index??
    for place in bytes.indices {
      let byte = bytes[place]
      if byte == UInt8(ascii: "#"), !isQuoted { break }
      if byte == UInt8(ascii: "%"), !isQuoted, openArrays > 0 {
        let last = lastBracket ?? ArrayLines.lastBracket(text)
        lastBracket = .some(last)
        if last.map({ $0 < place }) ?? true { break }
      }
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      switch byte {
      case UInt8(ascii: "["):
        for index in open.indices.reversed() {
          guard isBeforeArray, case .parenthesis = open[index] else { break }
          open[index] = .parenthesis(holdsArray: true)
        }
        open.append(.bracket)
        openArrays += 1
      case UInt8(ascii: "("): open.append(.parenthesis(holdsArray: false))
      case UInt8(ascii: "]"), UInt8(ascii: ")"): if case .bracket? = open.popLast() { openArrays -= 1 }
      default: break
      }
      if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") {
        isBeforeArray = byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
        last = byte
      }
    }
    let isMark = last == UInt8(ascii: ":") || last == UInt8(ascii: "=")
    if awaitsRows || bytes.contains(UInt8(ascii: ":")) { awaited.read(Array(text.prefix { $0 != "#" })) }
    endsBeforeArray = isMark && Parser.arrayFollows(behind: text)
  }

  /// Whether a line begins a command, so that what was open before it was never closed.
  static func beginsCommand(_ text: String) -> Bool {
    guard let word = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).first.map(String.init) else {
      return false
    }
    return Command.named(word) != nil
  }

  /// Lines parted into those that are whole and the last one, with all that was read of it, where it is still open.
  package static func part(_ lines: [String]) -> (whole: [String], open: String?) {
    var begin = lines.startIndex
    while begin < lines.endIndex {
      var brackets = OpenBrackets(lines[begin])
      var end = begin + 1
      while brackets.goOn, end < lines.endIndex, !beginsCommand(lines[end]) {
        brackets.read(lines[end])
        end += 1
      }
      if brackets.goOn, end == lines.endIndex {
        return (Array(lines[..<begin]), lines[begin...].joined(separator: "\n"))
      }
      begin = end
    }
    return (lines, nil)
  }
}
