/// One place of the screen: what stands there and how it looks.
package struct Cell: Equatable, Sendable {
  /// What stands there.
  var glyph: Glyph
  /// How it looks.
  package var style: Style

  init(_ glyph: Glyph, _ style: Style) {
    self.glyph = glyph
    self.style = style
  }

  /// A character in a style.
  package init(_ character: Character = " ", _ style: Style = .plain) { self.init(Glyph(character), style) }

  /// The character with its combining marks. It takes one cell, or two when it is a wide one; the second then
  /// holds `Cell.continued`.
  package var character: Character {
    get { glyph.character }
    set { glyph = Glyph(newValue) }
  }

  /// What stands in the second cell of a wide character. No text can put it there, since control characters are
  /// replaced.
  package static let continued: Character = "\0"

  /// Whether this is the second half of the wide character on its left.
  package var isContinuation: Bool { glyph == .continued }
}

/// A character with up to four marks as plain numbers, so that a grid of cells is filled and copied without counting
/// references.
struct Glyph: Hashable, Sendable {
  /// The code points, 21 bits each: the character and its first two marks, then two more.
  private var first: UInt64
  private var more: UInt64 = 0

  /// Marks beyond these are left out; ncurses holds no more in a cell.
  static let mostMarks = 4
  private static let bits = 21
  private static let mask: UInt64 = 0x1F_FFFF

  init(_ scalar: Unicode.Scalar) { first = UInt64(scalar.value) }

  init(ascii: UInt8) { first = UInt64(ascii) }

  /// A character as far as a cell holds it.
  init(_ character: Character) {
    var scalars = character.unicodeScalars.makeIterator()
    self.init(scalars.next() ?? " ")
    for place in 0..<Glyph.mostMarks {
      guard let mark = scalars.next() else { return }
      put(mark, place)
    }
  }

  /// Puts a mark on it; `place` counts the marks before it.
  mutating func put(_ mark: Unicode.Scalar, _ place: Int) {
    if place < 2 {
      first |= UInt64(mark.value) << UInt64((place + 1) * Glyph.bits)
    } else {
      more |= UInt64(mark.value) << UInt64((place - 2) * Glyph.bits)
    }
  }

  /// Whether there are no marks.
  private var isBare: Bool { first <= Glyph.mask }

  /// The character with its marks.
  var character: Character {
    isBare ? Character(scalar(first)) : text.first ?? "\u{FFFD}"
  }

  /// The same as text, which is more than one character where the marks do not join it.
  var text: String {
    var text = String.UnicodeScalarView()
    text.append(scalar(first))
    for mark in [first >> Glyph.bits, first >> (2 * Glyph.bits), more, more >> Glyph.bits] where mark & Glyph.mask != 0
    {
      text.append(scalar(mark))
    }
    return String(text)
  }

  /// Whether it may stand in a number after that character: `e` only after a digit.
  func isNumeral(after before: Unicode.Scalar?) -> Bool {
    guard isBare, let scalar = Unicode.Scalar(UInt32(first)) else { return false }
    return switch scalar {
    case "0"..."9", ".", "+", "-": true
    case "e": before.map { ("0"..."9").contains($0) } == true
    default: false
    }
  }

  /// Whether it may be drawn where there is nothing but ASCII.
  var isASCII: Bool { first < 0x80 }

  private func scalar(_ bits: UInt64) -> Unicode.Scalar {
    Unicode.Scalar(UInt32(truncatingIfNeeded: bits & Glyph.mask)) ?? "\u{FFFD}"
  }

  static let blank = Glyph(ascii: 0x20)
  static let continued = Glyph(ascii: 0)
  /// What stands where something was cut off.
  static let cut = Glyph("…" as Unicode.Scalar)
  /// What stands for a control character, a change of writing direction or a mark without a letter.
  static let replacement = Glyph("\u{FFFD}" as Unicode.Scalar)
}
