/// A number with so many significant digits (1…17, correctly rounded): `0.593269992`, `3.51018778e-05`, `2`. Zeros at
/// the end of a fraction are left out unless they are to be kept, as in a table: `0.1500`.
///
/// Like C's `%g` it turns to powers of ten below 0.0001 and where the digits do not reach the decimal point, but whole
/// numbers up to nine digits and others up to six are written out. Zero has no sign here; NaN and the infinities are
/// `nan`, `inf` and `-inf`.
package func significant(_ value: Double, digits: Int, keepsZeros: Bool = false) -> String {
  if let word = nonFinite(value) { return word }
  let (number, form) = written(value, digits: digits)
  return (keepsZeros ? number : number.withoutZeros(form)).text(form)
}

/// A number for a cell of a table, exactly `width` characters and on the right: with so many significant digits where
/// they fit, else without the zero before the point (`.0363500`), else with a short exponent (`3.51e-5`), else with
/// fewer digits. Where not even one digit fits the cell is filled with `#`, as a wrong number would be worse.
package func fitted(_ value: Double, width: Int, digits: Int) -> String {
  let width = min(max(width, 0), 400)
  if let word = nonFinite(value) {
    let blanks = width - word.utf8.count
    return blanks >= 0 ? String(repeating: " ", count: blanks) + word : String(repeating: "#", count: width)
  }
  for fewer in stride(from: min(max(digits, 1), 17), through: 1, by: -1) {
    let (number, form) = written(value, digits: fewer)
    if number.length(form) <= width { return number.text(form, width: width) }
    if form == .positional, number.length(.bare) <= width { return number.text(.bare, width: width) }
    guard value != 0 else { continue }
    let short = Decimal(value, digits: fewer)
    if short.length(.short) <= width { return short.text(.short, width: width) }
  }
  return String(repeating: "#", count: width)
}

/// A finite number rounded to so many digits and the form that it is written in; with all of its whole part where that has
/// more digits than were asked for.
private func written(_ value: Double, digits: Int) -> (number: Decimal, form: Decimal.Form) {
  let number = Decimal(value, digits: digits)
  let most = max(number.count, value == value.rounded() ? 9 : 6)
  guard number.exponent >= -4, number.exponent < most else { return (number, .scientific) }
  guard number.exponent >= number.count else { return (number, .positional) }
  let whole = Decimal(value.rounded(.toNearestOrEven), digits: number.exponent + 1)
  return (whole.withoutZeros(.positional), .positional)
}

/// The shortest text that reads back as exactly this number: `0.1`, `2`, `1e-05`, `-0.0`. NaN and the infinities are
/// `nan`, `inf` and `-inf`.
package func shortest(_ value: Double) -> String {
  if let word = nonFinite(value) { return word }
  let text = value.description
  // Minus zero keeps its fraction: a reader that takes `-0` for an integer would lose the sign.
  return text.hasSuffix(".0") && !(value == 0 && value.sign == .minus) ? String(text.dropLast(2)) : text
}

/// A number as a JSON value: the shortest form that reads back exactly, and the strings `"nan"`, `"inf"`, `"-inf"`,
/// for which JSON has no numbers.
package func json(_ value: Double) -> String {
  value.isFinite ? shortest(value) : "\"\(shortest(value))\""
}

/// The word for what is not a finite number, nil for what is.
private func nonFinite(_ value: Double) -> String? {
  if value.isNaN { return "nan" }
  if value.isInfinite { return value < 0 ? "-inf" : "inf" }
  return nil
}
