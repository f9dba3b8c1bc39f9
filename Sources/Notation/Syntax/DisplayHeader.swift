import Engine

/// The line above an array that Julia shows: `2×3 Matrix{Float64}:`, `3-element Vector{Int64}:`. The rows that it announces
/// come below it.
struct DisplayHeader: Equatable {
  let rows: Int
  let columns: Int
  /// Whether it has more dimensions than these two.
  let isDeep: Bool
  /// Where it ends, behind its colon.
  let end: Int

  /// How many characters it may have, and how many digits a dimension.
  private static let (longest, mostDigits) = (200, 7)
  fileprivate static let signs: Set<Character> = ["×", "x"]
  private static let wordOfVectors = "-element"

  /// The header that begins at a character; nil where none does.
  init?(in characters: [Character], at start: Int) {
    var place = start
    func dimension() -> Int? {
      let digits = characters[place...].prefix(DisplayHeader.mostDigits + 1).prefix(while: \.isDigit)
      place = digits.endIndex
      return digits.count > DisplayHeader.mostDigits ? nil : Int(String(digits))
    }
    guard let rows = dimension(), rows > 0, place < characters.endIndex else { return nil }
    var (columns, isDeep) = (1, false)
    if DisplayHeader.signs.contains(characters[place]) {
      place += 1
      guard let second = dimension(), second > 0 else { return nil }
      columns = second
      while place < characters.endIndex, DisplayHeader.signs.contains(characters[place]) {
        place += 1
        guard dimension() != nil else { return nil }
        isDeep = true
      }
    } else {
      let word = DisplayHeader.wordOfVectors
      guard characters[place...].starts(with: word) else { return nil }
      place += word.count
    }
    guard let end = DisplayHeader.end(ofTypeIn: characters, at: place) else { return nil }
    (self.rows, self.columns, self.isDeep, self.end) = (rows, columns, isDeep, end)
  }

  /// Where the type that follows the dimensions ends with a colon.
  private static func end(ofTypeIn characters: [Character], at start: Int) -> Int? {
    let type = characters[start...].prefix(longest)
    guard type.first == " ", type.dropFirst().first?.isLetter == true else { return nil }
    for place in type.indices where type[place] == ":" || type[place] == "\n" {
      guard type[place] == ":" else { return nil }
      let next = place + 1
      if next == characters.endIndex || [" ", "\t", "\n"].contains(characters[next]) { return next }
    }
    return nil
  }
}

/// The rows that such a header announced and that a text has not shown yet. Rows are parted by line ends or semicolons.
package struct AwaitedRows: Sendable {
  /// How many there are.
  package private(set) var count = 0
  /// Whether the line that was read last held a header.
  private(set) var metHeader = false
  /// Whether it held a row.
  private(set) var metRow = false

  /// None.
  package init() {}

  /// Reads on in the next line, which may hold a header, rows or both.
  package mutating func read(_ line: [Character]) {
    (metHeader, metRow) = (false, false)
    var rest = line[...]
    if line.contains(":") {
      for place in line.indices where line[place].isDigit {
        guard place == 0 || !line[place - 1].continuesName && !DisplayHeader.signs.contains(line[place - 1]),
          let header = DisplayHeader(in: line, at: place),
          !header.isDeep
        else {
          continue
        }
        (count, metHeader, rest) = (header.rows, true, line[header.end...])
      }
    }
    guard count > 0 else { return }
    let rows = rest.split(separator: ";").count { !$0.allSatisfy { $0 == " " || $0 == "\t" } }
    metRow = rows > 0
    // A line that is empty, closes a bracket or leaves something out is the last that belongs to it.
    let isLast = rows == 0 && !metHeader || rest.contains { $0 == "]" || Token.omissions.contains(String($0)) }
    count = isLast ? 0 : max(count - rows, 0)
  }
}

extension Parser {
  /// Reads the rows below a header, which is the next token.
  mutating func displayedArray(_ header: DisplayHeader) throws(SyntaxError) -> Expression {
    let start = token.range.lowerBound
    guard !header.isDeep else { throw SyntaxError(Token.tooDeep, at: token.range) }
    let announced: Text = "\(header.rows)×\(header.columns)"
    let kind = try nested(blanksPart: true) { parser throws(SyntaxError) in
      try parser.advance()
      var rows: [[Expression]] = []
      repeat {
        let place = parser.token.range
        var row: [Expression] = []
        while parser.beginsNumber { row.append(try parser.parse(.postfix)) }
        guard row.count == header.columns else {
          throw SyntaxError(
            "row \(rows.count + 1) of a \(announced) array was expected here: \(counted(header.columns, "number")); there \(row.count == 1 ? "is 1" : "are \(row.count)" as Text)",
            at: row.isEmpty ? place : place.lowerBound..<parser.end)
        }
        rows.append(row)
        guard rows.count < header.rows else { break }
      } while try parser.accept(.semicolon)
      guard rows.count == header.rows else {
        throw SyntaxError(
          "row \(rows.count + 1) of a \(announced) array was expected in a line of its own, or behind ;",
          at: parser.token.range)
      }
      return Expression.Kind.matrix(rows)
    }
    return try node(kind, from: start)
  }

  /// Whether the next token begins a number.
  private var beginsNumber: Bool {
    switch token.kind {
    case .number, .symbol(.minus), .symbol(.plus): true
    case .name(let name): Token.numberWords[name.text] != nil || Token.truths[name.text] != nil
    default: false
    }
  }
}
