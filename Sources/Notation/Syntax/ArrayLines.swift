/// The lines of arrays that are written over several. In Julia and MATLAB a line's end parts rows; NumPy breaks a long row
/// where it would get too wide, and lists go on behind a comma. Which of these it is can be seen from the lines alone, but
/// for rows without commas that are nearly as wide as NumPy's; those are taken for one.
package struct ArrayLines {
  private var characters: [Character]
  /// The brackets that are open, the innermost last.
  private var open: [Bracket] = []
  /// How many of them are arrays.
  private var openArrays = 0
  private var awaited = AwaitedRows()

  private struct Bracket {
    let opening: Int
    /// Whether it is an array in no other one; else it is an index, a parenthesis or a row of a list of lists.
    let isOutermostArray: Bool
    let isArray: Bool
    var holdsArrays = false
    /// Whether it holds something beside other brackets.
    var holdsElements = false
    var holdsCommas = false
    var holdsSemicolons = false
    /// The line ends directly in it.
    var ends: [Int] = []
  }

  /// A text in one line: `;` stands where a line's end parts two rows, a blank where it does not, and each character keeps
  /// its place. Comments have to be blank already; MATLAB's, which begin with %, become so.
  package static func joined(_ text: [Character]) -> [Character] {
    var lines = ArrayLines(characters: text)
    lines.readAll()
    return lines.characters
  }

  private init(characters: [Character]) { self.characters = characters }

  private mutating func readAll() {
    var (isQuoted, isComment) = (false, false)
    var lineStart = 0
    // Where the last bracket of a line is, once it is asked for.
    var lastBracket: Int?
    for place in characters.indices {
      let character = characters[place]
      if character == "\n" {
        (isQuoted, isComment, lastBracket) = (false, false, nil)
        endLine(from: lineStart, at: place)
        lineStart = place + 1
        continue
      }
      if character == "\"" { isQuoted.toggle() }
      if character == "%", !isQuoted, !isComment, openArrays > 0 {
        let last = lastBracket ?? ArrayLines.lastBracket(characters[place...].prefix { $0 != "\n" }) ?? lineStart
        (isComment, lastBracket) = (last < place, last)
      }
      if isComment { characters[place] = " " }
      if !isQuoted, !isComment { read(character, at: place) }
    }
    if let last = open.last { part(last, end: characters.count, isOpen: true) }
  }

  /// Where the last bracket of a line is. A % behind it begins a comment of MATLAB's; one before it is rather a slip.
  package static func lastBracket<Line: BidirectionalCollection<Character>>(_ line: Line) -> Line.Index? {
    line.lastIndex { $0 == "]" || $0 == "[" }
  }

  private mutating func read(_ character: Character, at place: Int) {
    switch character {
    case "[":
      let isArray = !isIndex(at: place)
      open.append(Bracket(opening: place, isOutermostArray: isArray && openArrays == 0, isArray: isArray))
      if isArray { openArrays += 1 }
    case "(": open.append(Bracket(opening: place, isOutermostArray: false, isArray: false))
    case "]", ")":
      guard let closed = open.popLast() else { return }
      if closed.isArray { openArrays -= 1 }
      if closed.isArray || closed.holdsArrays { noteArray() }
      part(closed, end: place, isOpen: false)
    case ",": if !open.isEmpty { open[open.count - 1].holdsCommas = true }
    case ";": if !open.isEmpty { open[open.count - 1].holdsSemicolons = true }
    case " ", "\t": break
    default: if !open.isEmpty { open[open.count - 1].holdsElements = true }
    }
  }

  private mutating func noteArray() {
    if !open.isEmpty { open[open.count - 1].holdsArrays = true }
  }

  /// Whether a bracket stands right behind what it indexes.
  private func isIndex(at place: Int) -> Bool {
    guard place > 0 else { return false }
    let word = characters[..<place].reversed().prefix { $0.continuesName }.reversed()
    if word.isEmpty { return [")", "]", "'", "⟩"].contains(characters[place - 1]) }
    return !Token.elementTypes.contains(String(word))
  }

  private mutating func endLine(from start: Int, at place: Int) {
    characters[place] = " "
    awaited.read(Array(characters[start..<place]))
    if awaited.metHeader { noteArray() }
    if awaited.count > 0 {
      if awaited.metRow { characters[place] = ";" }
    } else if open.last?.isArray == true {
      open[open.count - 1].ends.append(place)
    }
  }

  // MARK: - Rows

  /// A line inside a bracket that holds something.
  private struct Line {
    let text: ArraySlice<Character>
    /// How many blanks stand before it.
    let indent: Int
    /// Where its end is; nil of the last one.
    let end: Int?

    /// Whether it is a factor of what follows, as in MATLAB's `1.0e+03 *`.
    var isScale: Bool {
      text.last == "*" && Double(String(text.dropLast().filter { $0 != " " })) != nil
    }

    var words: [Substring] { String(text).split { $0 == " " || $0 == "\t" } }
  }

  /// What goes on in the next line when it stands at a line's end, and what goes on with the line before at the beginning of
  /// one.
  private static let leading: Set<Character> = [",", ";", "+", "-", "−", "*", "·", "⊙", "/", "^", "=", "<", ">", "≈"]
  private static let following: Set<Character> = [",", ";", "*", "·", "⊙", "/", "^", "=", "<", ">", "≈"]

  /// Puts semicolons where the line ends in a bracket part rows.
  private mutating func part(_ bracket: Bracket, end: Int, isOpen: Bool) {
    // In a list of lists the lists are the rows; between blocks and numbers a line's end parts rows as elsewhere.
    let isListOfLists = bracket.holdsArrays && !bracket.holdsElements
    guard bracket.isOutermostArray, !isListOfLists, !bracket.ends.isEmpty else { return }
    let lines = lines(of: bracket, end: end)
    guard bracket.holdsCommas || bracket.holdsSemicolons || !ArrayLines.isThreaded(lines) else {
      return
    }
    for (index, line) in lines.enumerated() {
      let next = index + 1 < lines.count ? lines[index + 1].text : nil
      guard let end = line.end, next != nil || isOpen, let last = line.text.last else { continue }
      if ArrayLines.leading.contains(last), !line.isScale { continue }
      if let next, ArrayLines.goesOn(next) { continue }
      characters[end] = ";"
    }
  }

  /// Whether a line goes on with an expression: a sign with a blank behind it stands between two values.
  private static func goesOn(_ line: ArraySlice<Character>) -> Bool {
    guard let first = line.first else { return false }
    return following.contains(first) || (first == "+" || first == "-") && line.dropFirst().first == " "
  }

  private func lines(of bracket: Bracket, end: Int) -> [Line] {
    var lines: [Line] = []
    var start = bracket.opening + 1
    for place in bracket.ends + [end] {
      let isBlank = { (character: Character) in character == " " || character == "\t" }
      let text = characters[start..<place].drop(while: isBlank)
      if let last = text.lastIndex(where: { !isBlank($0) }) {
        lines.append(
          Line(text: text[...last], indent: text.startIndex - start, end: place < end ? place : nil))
      }
      start = place + 1
    }
    return lines
  }

  // MARK: - NumPy's threading

  /// The columns that NumPy fills with a row and its brackets, unless told otherwise.
  private static let lineWidth = 75

  /// Whether NumPy may have broken one row into these lines: it prints all numbers equally wide, with a blank between two,
  /// and breaks a line where one more would not leave room for a bracket.
  private static func isThreaded(_ lines: [Line]) -> Bool {
    let rows = lines.map(\.words)
    guard let first = rows.first, let last = rows.last else { return false }
    guard let width = width(of: rows.joined()) else { return false }
    let indent = max(lines.dropFirst().map(\.indent).min() ?? 1, 1)
    let isFull = indent + first.count * (width + 1) + width > lineWidth - 1
    return isFull && rows.dropLast().allSatisfy { $0.count == first.count } && last.count <= first.count
      && zip(lines, rows).allSatisfy { $0.text.count <= $1.count * (width + 1) - 1 }
  }

  /// How wide NumPy prints each of these numbers, with their points below one another; nil where not all are numbers.
  private static func width(of words: some Sequence<Substring>) -> Int? {
    var (before, behind, whole) = (0, 0, 0)
    for word in words {
      guard Double(word) != nil || Token.numberWords[String(word)] != nil || Token.truths[String(word)] != nil else {
        return nil
      }
      if let point = word.firstIndex(of: ".") {
        before = max(before, word[..<point].count)
        behind = max(behind, word[point...].count)
      } else {
        whole = max(whole, word.count)
      }
    }
    return max(before + behind, whole)
  }
}
