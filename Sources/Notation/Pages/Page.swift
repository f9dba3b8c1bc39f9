import Engine

/// A page as people write it, in LaTeX or Markdown, as far as it is mathematics: its display equations and where they stand.
package struct Page: Sendable {
  /// The two kinds of page.
  package enum Form: String, CaseIterable, Sendable {
    case tex, md

    /// The kind by the end of a file's name; nil where it says none.
    package init?(path: String) {
      let ending = path.split(separator: ".").last?.lowercased() ?? ""
      switch ending {
      case "tex", "latex", "ltx": self = .tex
      case "md", "markdown": self = .md
      default: return nil
      }
    }
  }

  /// A display: mathematics set by itself.
  package struct Display: Equatable, Sendable {
    /// Its characters, without what begins and ends it.
    package let range: Range<Int>
    /// Under how many headings before it stands.
    package let part: Int
    /// The prose between the display before and this one, comments included, as it is written.
    package let prose: String
  }

  /// The most characters of a page that are read.
  package static let longest = 1 << 20

  /// The page, in which comments, code and the like are blanks.
  let characters: [Character]
  /// The displays, in the order in which they stand.
  package let displays: [Display]
  /// The commands that it defines for itself.
  let macros: [String: PageMacro]
  private let lineStarts: [Int]

  /// Reads a page.
  /// - Throws: `SyntaxError` where a display is never closed, or the page is too long.
  package init(_ text: String, _ form: Form) throws(SyntaxError) {
    guard text.utf8.count <= Page.longest else {
      throw SyntaxError(
        "a page of at most \(Page.longest) characters was expected; this one has \(text.utf8.count)", at: 0..<1)
    }
    // What stands behind the document's end is none of it.
    let text =
      form == .tex ? text.firstRange(of: "\\end{document}").map { String(text[..<$0.lowerBound]) } ?? text : text
    let written = Array(text).map { $0.isNewline ? "\n" : $0 }
    var finder = DisplayFinder(written, form)
    displays = try finder.displays()
    characters = finder.characters
    macros = PageMacro.all(in: characters)
    lineStarts = [0] + written.indices.filter { written[$0] == "\n" }.map { $0 + 1 }
  }

  /// The line and the column of a character, both from 1.
  package func place(of offset: Int) -> (line: Int, column: Int) {
    var (low, high) = (0, lineStarts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return (low + 1, offset - lineStarts[low] + 1)
  }
}

/// Finds the displays of a page.
struct DisplayFinder {
  private(set) var characters: [Character]
  private let written: [Character]
  private let form: Page.Form
  private var position = 0
  private var part = 0
  private var proseStart = 0
  private var found: [Page.Display] = []

  /// What sets mathematics by itself, by the name of its environment.
  static let environments: Set = [
    "align", "alignat", "aligned", "displaymath", "eqnarray", "equation", "flalign", "gather", "gathered", "math",
    "multline", "split", "dmath",
  ]
  /// What stands as it is and is no mathematics.
  private static let verbatim: Set = ["verbatim", "lstlisting", "minted", "comment"]
  private static let headings = ["\\section", "\\subsection", "\\subsubsection", "\\chapter", "\\part", "\\paragraph"]

  init(_ written: [Character], _ form: Page.Form) {
    (self.written, characters, self.form) = (written, written, form)
  }

  mutating func displays() throws(SyntaxError) -> [Page.Display] {
    while position < characters.count { try step() }
    return found
  }

  private mutating func step() throws(SyntaxError) {
    let character = characters[position]
    if character == "%", form == .tex { return skipComment() }
    if form == .md, "`~#".contains(character), isLineStart, try takesFence() || takesHeading() { return }
    if form == .md, isNext("<!--") { return skip(to: "-->", from: position) }
    if form == .md, character == "`" { return skipCode() }
    if character == "$", isNext("$$") { return try take(from: position + 2, until: "$$", opened: "$$") }
    guard character == "\\" else {
      position += 1
      return
    }
    if isNext("\\[") { return try take(from: position + 2, until: "\\]", opened: "\\[") }
    if form == .tex, DisplayFinder.headings.contains(where: isNext) { part += 1 }
    if let name = environment("begin") {
      let bare = name.text.hasSuffix("*") ? String(name.text.dropLast()) : name.text
      if DisplayFinder.environments.contains(bare) {
        return try take(from: name.end, until: "\\end{\(name.text)}", opened: "\\begin{\(name.text)}")
      }
      if DisplayFinder.verbatim.contains(bare) { return skip(to: "\\end{\(name.text)}", from: name.end) }
    }
    position += 2
  }

  /// Whether nothing but blanks stands before this in its line.
  private var isLineStart: Bool {
    let before = characters[..<position].last { $0 != " " && $0 != "\t" }
    return before == nil || before == "\n"
  }

  private func isNext(_ text: String) -> Bool {
    var place = position
    for character in text {
      guard place < characters.count, characters[place] == character else { return false }
      place += 1
    }
    return true
  }

  /// The name in `\begin{NAME}`, and where that ends.
  private func environment(_ command: String) -> (text: String, end: Int)? {
    guard isNext("\\\(command){"), let close = characters[position...].prefix(60).firstIndex(of: "}") else {
      return nil
    }
    let start = position + command.count + 2
    return (String(characters[start..<max(start, close)]), close + 1)
  }

  private mutating func skipComment() {
    while position < characters.count, characters[position] != "\n" {
      characters[position] = " "
      position += 1
    }
  }

  private mutating func skip(to end: String, from start: Int) {
    position = start
    while position < characters.count, !isNext(end) { position += 1 }
  }

  /// Takes the display up to what ends it; blanks out comments in it.
  private mutating func take(from start: Int, until end: String, opened: String) throws(SyntaxError) {
    let beginning = position
    position = start
    while position < characters.count, !isNext(end) {
      if characters[position] == "%", characters[position - 1] != "\\", form == .tex {
        skipComment()
      } else {
        // An escaped character ends nothing.
        position += characters[position] == "\\" && !isNext("\\end") && !isNext("\\]") ? 2 : 1
      }
    }
    guard position < characters.count else {
      throw SyntaxError("this \(opened) is never closed: \(end) was expected", at: beginning..<start)
    }
    let prose = String(written[proseStart..<beginning])
    found.append(Page.Display(range: start..<position, part: part, prose: prose))
    position += end.count
    proseStart = position
  }

  // MARK: Markdown

  /// Passes over a block of code; one of `math` is a display.
  private mutating func takesFence() throws(SyntaxError) -> Bool {
    guard isNext("```") || isNext("~~~") else { return false }
    let fence = String(characters[position..<position + 3])
    let line = String(characters[position...].prefix { $0 != "\n" })
    let start = min(position + line.count + 1, characters.count)
    if line.dropFirst(3).hasPrefix("math") {
      try take(from: start, until: fence, opened: line)
    } else {
      skip(to: fence, from: start)
      position = min(position + 3, characters.count)
    }
    return true
  }

  private mutating func takesHeading() -> Bool {
    guard characters[position] == "#" else { return false }
    part += 1
    while position < characters.count, characters[position] != "\n" { position += 1 }
    return true
  }

  private mutating func skipCode() {
    let marks = characters[position...].prefix { $0 == "`" }.count
    position += marks
    let line = characters[position...].prefix { $0 != "\n" }
    if let close = line.firstIndex(of: "`") { position = close + marks }
  }
}
