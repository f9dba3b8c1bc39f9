/// What stands between the fields of a table's rows.
enum Separator: Equatable, Sendable {
  /// One character: a comma, a semicolon or a tab.
  case character(UInt8)
  /// Blanks, as many as there are: what NumPy's `savetxt` writes, and many files of the UCI archive.
  case blanks

  /// The one that a text's first row shows. It is the comma, unless the row has tabs alone or semicolons alone, or nothing
  /// but blanks between its words; commas between two digits, the decimal commas of some countries, do not count beside
  /// any of those. A tab beside several numbers that blanks part is a blank as well.
  init(ofFirstRowIn text: ArraySlice<UInt8>) {
    var row = FirstRow()
    row.read(text)
    let (commas, semicolons, tabs) = (row.counts[comma] ?? 0, row.counts[semicolon] ?? 0, row.counts[tab] ?? 0)
    let isOfCommas = commas > row.decimalCommas || row.hasWordOfSeveralCommas || semicolons + tabs + row.gaps == 0
    if commas > 0 && isOfCommas {
      self = .character(comma)
    } else if semicolons > 0 {
      self = .character(semicolon)
    } else if tabs > 0 && !row.hasNumbersPartedByBlanks {
      self = .character(tab)
    } else {
      self = row.gaps > 0 ? .blanks : .character(comma)
    }
  }

  /// Whether a byte ends a field.
  func ends(_ byte: UInt8) -> Bool {
    switch self {
    case .character(let character): byte == character
    case .blanks: isBlank(byte)
    }
  }

  /// In words, for what is expected behind a closing quote.
  var words: String {
    switch self {
    case .character(tab): "tab"
    case .character(let character): "`\(Character(UnicodeScalar(character)))`"
    case .blanks: "a blank"
    }
  }
}

/// What a table's first row shows of its separator; lines of comment before it are passed over.
private struct FirstRow {
  /// How often commas, semicolons and tabs stand outside quotes.
  var counts: [UInt8: Int] = [:]
  /// How many of the commas stand between two digits.
  var decimalCommas = 0
  /// Whether more than one comma stands between two other separators, so that it is none of decimals.
  var hasWordOfSeveralCommas = false
  /// How many runs of blanks stand between words.
  var gaps = 0
  /// Whether a blank stands between two numbers.
  var hasNumbersPartedByBlanks = false

  mutating func read(_ text: ArraySlice<UInt8>) {
    var position = text.startIndex
    while position < text.endIndex {
      let end = text[position...].firstIndex(where: isLineBreak) ?? text.endIndex
      let line = text[position..<end]
      if let first = line.first(where: { !isBlank($0) }), first != commentSign, first != headSign {
        // A quoted field may hold line ends; the line is then read up to where the quotes are closed.
        return scan(text[position...])
      }
      position = min(end + 1, text.endIndex)
    }
  }

  private mutating func scan(_ text: ArraySlice<UInt8>) {
    var isQuoted = false
    var end = text.endIndex
    var start = text.startIndex
    for (position, byte) in zip(text.indices, text) {
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if isLineBreak(byte) {
        end = position
        break
      }
      if byte == comma || byte == semicolon || byte == tab { counts[byte, default: 0] += 1 }
      if byte == comma, isDigit(text, position - 1), isDigit(text, position + 1) { decimalCommas += 1 }
    }
    while start < end, isBlank(text[start]) { start += 1 }
    while end > start, isBlank(text[end - 1]) { end -= 1 }
    let words = text[start..<end].split(whereSeparator: isBlank)
    gaps = max(words.count - 1, 0)
    hasWordOfSeveralCommas = text[start..<end].split { isBlank($0) || $0 == semicolon }.contains { word in
      word.count { $0 == comma } > 1
    }
    for (word, next) in zip(words, words.dropFirst()) where decimalNumber(word) != nil && decimalNumber(next) != nil {
      if text[word.endIndex..<next.startIndex].allSatisfy({ $0 != tab }) { hasNumbersPartedByBlanks = true }
    }
  }
}

let quote = UInt8(ascii: "\"")
let comma = UInt8(ascii: ",")
/// What a line of comment begins with.
let commentSign = UInt8(ascii: "#")
/// What such a line of MATLAB's begins with, above the first row.
let headSign = UInt8(ascii: "%")
private let semicolon = UInt8(ascii: ";")
private let tab = UInt8(ascii: "\t")

func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == tab }

/// LF and CR both end a line; of CR LF the LF is then a blank line, which is passed over.
func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

private func isDigit(_ text: ArraySlice<UInt8>, _ position: Int) -> Bool {
  text.indices.contains(position) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position])
}
