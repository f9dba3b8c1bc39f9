import Language
import Panels

/// A line of text with a cursor in it, and what was last cut out of it. Positions count characters as a reader does.
struct EditedText: Equatable, Sendable {
  /// What stands before the cursor.
  private(set) var before = ""
  /// What stands from the cursor on.
  private(set) var after = ""
  /// What was last cut, for putting it back.
  private(set) var cut = ""
  /// Whether the last change was a cut, so that the next one joins it.
  private var isCutting = false

  /// A line is not made longer than this.
  static let longest = 10_000

  var text: String { before + after }
  var cursor: Int { before.count }

  /// A text with the cursor at its end, or after so many characters.
  mutating func replace(with text: String, cursor: Int? = nil) {
    let bounded = text.prefix(EditedText.longest)
    before = String(bounded.prefix(max(cursor ?? bounded.count, 0)))
    after = String(bounded.dropFirst(before.count))
    isCutting = false
  }

  /// Inserts text at the cursor; what would make the line too long is left out.
  mutating func insert(_ text: String) {
    before += text.prefix(max(EditedText.longest - before.count - after.count, 0))
    isCutting = false
  }

  /// Takes the line out and leaves it empty.
  mutating func take() -> String {
    defer { replace(with: "") }
    return text
  }

  mutating func move(_ motion: Motion) {
    isCutting = false
    switch motion.isForward {
    case true:
      let part = after.prefix(motion.length(in: after))
      before += part
      after.removeFirst(part.count)
    case false:
      let part = before.suffix(motion.length(in: String(before.reversed())))
      after = part + after
      before.removeLast(part.count)
    }
  }

  /// Takes out what the cursor would move over. Text that is cut can be put back; cuts in a row are put back together.
  mutating func remove(_ motion: Motion, cutting: Bool) {
    let part: String
    if motion.isForward {
      part = String(after.prefix(motion.length(in: after)))
      after.removeFirst(part.count)
    } else {
      part = String(before.suffix(motion.length(in: String(before.reversed()))))
      before.removeLast(part.count)
    }
    guard cutting, !part.isEmpty else {
      isCutting = isCutting && cutting
      return
    }
    cut = !isCutting ? part : motion.isForward ? cut + part : part + cut
    isCutting = true
  }

  /// Moves the cursor or changes the text, as a key does.
  mutating func perform(_ act: Binding.TextAct) {
    switch act {
    case .characterOn: move(.characterOn)
    case .characterBack: move(.characterBack)
    case .wordOn: move(.wordOn)
    case .wordBack: move(.wordBack)
    case .lineStart: move(.lineStart)
    case .lineEnd: move(.lineEnd)
    case .rubOut: remove(.characterBack, cutting: false)
    case .delete, .deleteOrLeave: remove(.characterOn, cutting: false)
    case .cutRest: remove(.lineEnd, cutting: true)
    case .cutStart: remove(.lineStart, cutting: true)
    case .cutBlankWord: remove(.blankWordBack, cutting: true)
    case .cutWordOn: remove(.wordOn, cutting: true)
    case .cutWordBack: remove(.wordBack, cutting: true)
    case .putBack: putBack()
    case .exchange: exchange()
    }
  }

  /// Inserts what was last cut.
  mutating func putBack() { insert(cut) }

  /// Exchanges the two characters around the cursor and steps on; at the end of the line, the two before it.
  mutating func exchange() {
    if after.isEmpty { move(.characterBack) }
    guard let left = before.last, let right = after.first else { return move(.characterOn) }
    before.removeLast()
    after.removeFirst()
    before += String([right, left])
    isCutting = false
  }
}

/// A way over the text, on or back.
struct Motion: Equatable, Sendable {
  private enum Span { case character, word, blankWord, line }
  private let extent: Span
  /// Towards the end of the line.
  let isForward: Bool

  static let characterOn = Motion(extent: .character, isForward: true)
  static let characterBack = Motion(extent: .character, isForward: false)
  /// Over letters and digits, and whatever lies before them on the way.
  static let wordOn = Motion(extent: .word, isForward: true)
  static let wordBack = Motion(extent: .word, isForward: false)
  /// Over all that is not blank, and blanks before it on the way.
  static let blankWordBack = Motion(extent: .blankWord, isForward: false)
  static let lineEnd = Motion(extent: .line, isForward: true)
  static let lineStart = Motion(extent: .line, isForward: false)

  /// How many characters it goes over in a text that is read in its direction.
  func length(in text: String) -> Int {
    switch extent {
    case .character: return min(text.count, 1)
    case .line: return text.count
    case .word: return length(in: text) { $0.isLetter || $0.isNumber || $0 == "_" }
    case .blankWord: return length(in: text) { !$0.isWhitespace }
    }
  }

  private func length(in text: String, where isInWord: (Character) -> Bool) -> Int {
    let gap = text.prefix { !isInWord($0) }
    return gap.count + text.dropFirst(gap.count).prefix(while: isInWord).count
  }
}
