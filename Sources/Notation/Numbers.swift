import Glibc

/// A number with so many significant digits (1…17, correctly rounded): `0.593269992`, `3.51018778e-05`, `2`. Zeros at
/// the end of a fraction are left out unless they are to be kept, as in a table: `0.1500`.
///
/// Like C's `%g` it turns to powers of ten below 0.0001 and where the digits do not reach the decimal point, but whole
/// numbers up to nine digits and others up to six are written out. Zero has no sign here; NaN and the infinities are
/// `nan`, `inf` and `-inf`.
public func significant(_ value: Double, digits: Int, keepsZeros: Bool = false) -> String {
  if let word = nonFinite(value) { return word }
  let number = Decimal(value, digits: digits)
  let written = max(number.digits.count, value == value.rounded() ? 9 : 6)
  guard number.exponent >= -4, number.exponent < written else {
    return number.scientific(keepsZeros: keepsZeros, shortExponent: false)
  }
  guard number.exponent < number.digits.count else {
    // The whole part has more digits than were asked for: all of it, and no fraction.
    return Decimal(value.rounded(.toNearestOrEven), digits: 17).positional(keepsZeros: false)
  }
  return number.positional(keepsZeros: keepsZeros)
}

/// A number for a cell of a table, exactly `width` characters and on the right: with so many significant digits where
/// they fit, else without the zero before the point (`.0363500`), else with a short exponent (`3.51e-5`), else with
/// fewer digits. Where not even one digit fits the cell is filled with `#`, as a wrong number would be worse.
public func fitted(_ value: Double, width: Int, digits: Int) -> String {
  let width = min(max(width, 0), 400)
  func onTheRight(_ text: String) -> String { String(repeating: " ", count: width - text.utf8.count) + text }
  func fits(_ text: String) -> Bool { text.utf8.count <= width }
  if let word = nonFinite(value) { return fits(word) ? onTheRight(word) : String(repeating: "#", count: width) }
  for fewer in stride(from: min(max(digits, 1), 17), through: 1, by: -1) {
    let text = significant(value, digits: fewer, keepsZeros: true)
    if fits(text) { return onTheRight(text) }
    let bare = withoutLeadingZero(text)
    if fits(bare) { return onTheRight(bare) }
    if value != 0 {
      let short = Decimal(value, digits: fewer).scientific(keepsZeros: true, shortExponent: true)
      if fits(short) { return onTheRight(short) }
    }
  }
  return String(repeating: "#", count: width)
}

/// How wide a table's cell has to be for `fitted` to lose none of the significant digits: 5 for `.5000`, 8 for `.0004386`.
public func fullWidth(_ value: Double, digits: Int) -> Int {
  if let word = nonFinite(value) { return word.utf8.count }
  let digits = min(max(digits, 1), 17)
  let bare = withoutLeadingZero(significant(value, digits: digits, keepsZeros: true)).utf8.count
  guard value != 0 else { return bare }
  return min(bare, Decimal(value, digits: digits).scientific(keepsZeros: true, shortExponent: true).utf8.count)
}

/// The shortest text that reads back as exactly this number: `0.1`, `2`, `1e-05`, `-0.0`. NaN and the infinities are
/// `nan`, `inf` and `-inf`.
public func shortest(_ value: Double) -> String {
  if let word = nonFinite(value) { return word }
  let text = value.description
  // Minus zero keeps its fraction: a reader that takes `-0` for an integer would lose the sign.
  return text.hasSuffix(".0") && !(value == 0 && value.sign == .minus) ? String(text.dropLast(2)) : text
}

/// A number as a JSON value: the shortest form that reads back exactly, and the strings `"nan"`, `"inf"`, `"-inf"`,
/// for which JSON has no numbers.
public func json(_ value: Double) -> String {
  value.isFinite ? shortest(value) : "\"\(shortest(value))\""
}

/// The word for what is not a finite number, nil for what is.
private func nonFinite(_ value: Double) -> String? {
  if value.isNaN { return "nan" }
  if value.isInfinite { return value < 0 ? "-inf" : "inf" }
  return nil
}

/// `.5` for `0.5` and `-.5` for `-0.5`.
private func withoutLeadingZero(_ text: String) -> String {
  if text.hasPrefix("0.") { return String(text.dropFirst()) }
  if text.hasPrefix("-0.") { return "-" + text.dropFirst(2) }
  return text
}

/// A number rounded to so many decimal digits: d.ddd × 10^exponent.
private struct Decimal {
  let isNegative: Bool
  /// One ASCII digit each, the first one not 0 unless the number is 0.
  let digits: [UInt8]
  let exponent: Int

  /// `value` has to be finite. The C library rounds the exact binary value, halves to even.
  init(_ value: Double, digits count: Int) {
    let places = min(max(count, 1), 17) - 1
    var buffer = [CChar](repeating: 0, count: 40)
    let length = withVaList([Int32(places), abs(value)]) { vsnprintf(&buffer, buffer.count, "%.*e", $0) }
    let text = buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }
    let parts = text.split(separator: UInt8(ascii: "e"))
    digits = (parts.first ?? []).filter { $0 != UInt8(ascii: ".") }
    exponent = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
    isNegative = value < 0
  }

  /// Without a power of ten; the digits have to reach the decimal point.
  func positional(keepsZeros: Bool) -> String {
    let whole = exponent < 0 ? [UInt8(ascii: "0")] : Array(digits.prefix(exponent + 1))
    let leading = [UInt8](repeating: UInt8(ascii: "0"), count: max(-exponent - 1, 0))
    return written(whole: whole, fraction: leading + digits.dropFirst(max(exponent + 1, 0)), keepsZeros: keepsZeros)
  }

  /// With a power of ten: `3.5e-05` as C writes it, or short, `3.5e-5`.
  func scientific(keepsZeros: Bool, shortExponent: Bool) -> String {
    let power = String(abs(exponent))
    let padding = shortExponent || power.utf8.count > 1 ? "" : "0"
    let sign = exponent < 0 ? "-" : shortExponent ? "" : "+"
    return written(whole: Array(digits.prefix(1)), fraction: Array(digits.dropFirst()), keepsZeros: keepsZeros)
      + "e" + sign + padding + power
  }

  private func written(whole: [UInt8], fraction: [UInt8], keepsZeros: Bool) -> String {
    var fraction = fraction
    if !keepsZeros { while fraction.last == UInt8(ascii: "0") { fraction.removeLast() } }
    let point = fraction.isEmpty ? [] : [UInt8(ascii: ".")]
    return (isNegative ? "-" : "") + String(decoding: whole + point + fraction, as: UTF8.self)
  }
}
