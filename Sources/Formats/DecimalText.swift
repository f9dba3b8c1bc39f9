/// Reads a number written in decimal, as tables of data hold it: `5.1`, `-3`, `.5`, `1e-3`. The words `nan`, `inf` and
/// `infinity`, signed or not, are numbers too (not finite ones, which the caller refuses by name). Anything else, the
/// empty text included, is not a number. Decimals may stand behind another sign than the point.
func decimalNumber(_ text: ArraySlice<UInt8>, decimalSign: UInt8 = UInt8(ascii: ".")) -> Double? {
  var position = text.startIndex
  var isNegative = false
  if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
    isNegative = sign == UInt8(ascii: "-")
    position += 1
  }
  var mantissa: UInt64 = 0
  var digits = 0
  var decimals = 0
  var isExact = true
  var isBehindPoint = false
  scan: while position < text.endIndex {
    switch text[position] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      digits += 1
      if isBehindPoint { decimals += 1 }
      if mantissa < 100_000_000_000_000 {
        mantissa = mantissa * 10 + UInt64(text[position] - UInt8(ascii: "0"))
      } else {
        isExact = false
      }
    case decimalSign where !isBehindPoint: isBehindPoint = true
    default: break scan
    }
    position += 1
  }
  guard digits > 0 else { return notFiniteWord(text[position...], isNegative: isNegative) }
  guard let exponent = decimalExponent(text[position...]) else { return nil }

  // Up to 15 digits and a power of ten up to 22 are exact in a Double, so that one multiplication or division rounds
  // once, and rightly; all else goes the slow way.
  let power = exponent - decimals
  guard isExact, abs(power) < exactPowersOfTen.count else {
    let pointed = text.map { $0 == decimalSign ? UInt8(ascii: ".") : $0 }
    return Double(String(decoding: pointed, as: UTF8.self))
  }
  let size = Double(mantissa)
  let value = power < 0 ? size / exactPowersOfTen[-power] : size * exactPowersOfTen[power]
  return isNegative ? -value : value
}

private let exactPowersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]

/// What follows the digits: nothing (0), or `e` and a whole number; nil where it is neither.
private func decimalExponent(_ text: ArraySlice<UInt8>) -> Int? {
  guard let first = text.first else { return 0 }
  guard first == UInt8(ascii: "e") || first == UInt8(ascii: "E") else { return nil }
  var rest = text.dropFirst()
  var isNegative = false
  if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
    isNegative = sign == UInt8(ascii: "-")
    rest = rest.dropFirst()
  }
  guard !rest.isEmpty else { return nil }
  var exponent = 0
  for digit in rest {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
    exponent = min(exponent * 10 + Int(digit - UInt8(ascii: "0")), 1_000_000_000)
  }
  return isNegative ? -exponent : exponent
}

private func notFiniteWord(_ text: ArraySlice<UInt8>, isNegative: Bool) -> Double? {
  guard text.count <= 8 else { return nil }
  switch String(decoding: text, as: UTF8.self).lowercased() {
  case "nan": return .nan
  case "inf", "infinity": return isNegative ? -.infinity : .infinity
  default: return nil
  }
}
