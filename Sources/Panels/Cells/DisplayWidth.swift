import Engine

/// Text as a terminal lays it out: one piece for each cell, or for each pair of cells where a character is wide. This
/// is counted here, and not by the C library's `wcwidth`, so that a panel comes out the same in every locale.
struct Pieces: Sequence, IteratorProtocol {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// What is still to be given of what stands for a character that is not seen.
  private var standIn: ArraySlice<UInt8> = []

  /// The pieces of a text in UTF-8, which has to be sound.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func next() -> (glyph: Glyph, width: Int)? {
    if let byte = standIn.popFirst() { return (Glyph(ascii: byte), 1) }
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    // What is not ASCII may be a mark on it.
    if byte < 0x80, position + 1 == bytes.count || bytes[position + 1] < 0x80 {
      position += 1
      return byte >= 0x20 && byte != 0x7F ? (Glyph(ascii: byte), 1) : shown(Unicode.Scalar(byte))
    }
    let first = scalar()
    var (marked, marks) = (Glyph(first), 0)
    while position < bytes.count, bytes[position] >= 0x80 {
      let before = position
      let mark = scalar()
      guard mark.cellWidth == 0 else {
        position = before
        break
      }
      guard !mark.isJoiner, marks < Glyph.mostMarks else { continue }
      marked.put(mark, marks)
      marks += 1
    }
    guard first.isPrintable else { return shown(first) }
    guard first.cellWidth > 0 else { return (.replacement, 1) }
    if marks == 0 { return (marked, first.cellWidth) }
    return (marked.isOneCharacter ? marked : Glyph(first), first.cellWidth)
  }

  /// What is not seen, by its number, as `\x1b`; a tab is a blank.
  private mutating func shown(_ scalar: Unicode.Scalar) -> (glyph: Glyph, width: Int) {
    let number = String(Character(scalar)).visible
    guard scalar != "\t", number.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
      return (scalar == "\t" ? Glyph(ascii: 0x20) : .replacement, 1)
    }
    standIn = Array(number.utf8)[...]
    return (Glyph(ascii: standIn.popFirst() ?? 0x20), 1)
  }

  /// The next code point.
  private mutating func scalar() -> Unicode.Scalar {
    let lead = bytes[position]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = length == 1 ? UInt32(lead) : UInt32(lead) & (0x7F >> UInt32(length))
    for place in stride(from: 1, to: length, by: 1) where position + place < bytes.count {
      value = value << 6 | UInt32(bytes[position + place] & 0x3F)
    }
    position += length
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}

extension Glyph {
  /// Whether all marks join the character, as Unicode has it.
  fileprivate var isOneCharacter: Bool { text.count == 1 }
}

extension String {
  /// How many cells the text takes: 2 for each wide East Asian character, 0 for a combining mark, for what is not seen
  /// those of its number, as `\x1b`, and 1 for all else.
  package var displayWidth: Int {
    var text = self
    return text.withUTF8 { bytes in
      if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) { return bytes.count }
      return Pieces(bytes).reduce(0) { $0 + $1.width }
    }
  }

  /// The text cut to so many cells; `…` stands last where something was cut off. A number is not cut but left out, unless
  /// the text is nothing else.
  package func clipped(to width: Int) -> String {
    guard displayWidth > width else { return self }
    guard width > 0 else { return "" }
    var (text, result) = (self, "")
    text.withUTF8 { bytes in
      var room = width - 1
      // What stands before the number that is being read.
      var before: String?
      for piece in Pieces(bytes) {
        let isNumeral = piece.glyph.isNumeral(after: result.unicodeScalars.last)
        if isNumeral, before == nil { before = result }
        guard piece.width <= room else {
          if let before, !before.isEmpty { result = before }
          break
        }
        if !isNumeral { before = nil }
        result.append(piece.glyph.character)
        room -= piece.width
      }
    }
    return result + "…"
  }

  /// The text with blanks behind it (or before it, to stand on the right) up to so many cells, or cut to them.
  package func padded(to width: Int, onTheRight: Bool = false) -> String {
    let text = clipped(to: width)
    let blanks = String(repeating: " ", count: max(width - text.displayWidth, 0))
    return onTheRight ? blanks + text : text + blanks
  }
}

extension Character {
  /// How many cells the character takes, at least 1.
  package var displayWidth: Int { String(self).displayWidth }
}

extension Unicode.Scalar {
  /// Whether it is one of those that panels draw most, all printable and of one cell; these need no look into Unicode's
  /// tables: Latin letters, Greek, marks of punctuation, arrows, mathematics, lines, blocks and dots.
  fileprivate var isCommon: Bool {
    switch value {
    case 0xA1...0xAC, 0xAE...0x2FF, 0x391...0x3A1, 0x3A3...0x3FF, 0x2010...0x2027, 0x2030...0x205E, 0x2190...0x22FF,
      0x2500...0x25FC, 0x27E8...0x27EB, 0x2800...0x28FF:
      true
    default: false
    }
  }

  /// Whether it may be sent to a terminal as it is.
  fileprivate var isPrintable: Bool {
    if isASCII { return value >= 0x20 && value != 0x7F }
    if isCommon { return true }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned: return false
    default: return true
    }
  }

  /// Whether it only says how its neighbours are joined, which terminals disagree about: the zero-width joiners and
  /// the variation selectors.
  fileprivate var isJoiner: Bool {
    value == 0x200C || value == 0x200D || (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
  }

  /// The cells it takes alone: 0 for what attaches to the letter before it. Control characters count as 1.
  fileprivate var cellWidth: Int {
    if value < 0x300 || isCommon { return 1 }
    if isJoiner || (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value) { return 0 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return wideRanges.contains(value) ? 2 : 1
    }
  }
}

/// The blocks of Unicode's East Asian Width property W and F, as glibc has them.
private let wideRanges = SortedRanges([
  0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
  0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
  0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
  0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
  0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
  0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E,
  0x3041...0x33FF, 0x3400...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
  0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FFF,
  0x17000...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E,
  0x1F191...0x1F19A, 0x1F200...0x1F265, 0x1F300...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C,
  0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4,
  0x1F3F8...0x1F43E, 0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E,
  0x1F550...0x1F567, 0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F,
  0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6D7, 0x1F6DD...0x1F6DF,
  0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7EB, 0x1F7F0...0x1F7F0, 0x1F90C...0x1F93A,
  0x1F93C...0x1F945, 0x1F947...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
])

/// Ranges in ascending order, searched by halves.
private struct SortedRanges: Sendable {
  private let ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

  func contains(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if value > ranges[middle].upperBound { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }
}
