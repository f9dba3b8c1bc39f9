import Glibc

/// A finite number rounded to so many decimal digits, correctly and halves to even: d.ddd × 10^exponent.
struct Decimal {
  let isNegative: Bool
  /// All digits as one whole number; the first is not 0 unless the number is.
  private(set) var significand: UInt64
  /// How many digits there are.
  private(set) var count: Int
  let exponent: Int

  /// `value` has to be finite. There are 1 to 17 digits.
  init(_ value: Double, digits: Int) {
    isNegative = value < 0
    count = min(max(digits, 1), 17)
    (significand, exponent) =
      Decimal.rounded(abs(value), digits: count) ?? Decimal.roundedByLibrary(abs(value), digits: count)
  }

  /// The first 23 powers of ten, all that are exact.
  private static let powers: [Double] = (0...22).map { power in (0..<power).reduce(1) { value, _ in value * 10 } }

  /// The digits and the exponent of a number of ordinary size; nil of others. A product or quotient by an exact power of ten
  /// is known with its error, so that what it is rounded to is known too.
  private static func rounded(_ value: Double, digits: Int) -> (significand: UInt64, exponent: Int)? {
    guard value != 0 else { return (0, 0) }
    guard digits <= 15, value.isNormal else { return nil }
    // This is the exponent or one less than it.
    var exponent = Int((Double(value.exponent) * 0.301_029_995_663_981_2).rounded(.down))
    let most = powers[digits]
    while true {
      let shift = digits - 1 - exponent
      guard abs(shift) < powers.count else { return nil }
      let power = powers[abs(shift)]
      let scaled = shift < 0 ? value / power : value * power
      if scaled >= most {
        exponent += 1
        continue
      }
      // What the rounded product or quotient leaves: its sign is all that counts.
      let rest = shift < 0 ? value.addingProduct(-scaled, power) : (-scaled).addingProduct(value, power)
      var whole = scaled.rounded(.down)
      let half = scaled - whole - 0.5
      if half > 0 || half == 0 && (rest > 0 || rest == 0 && !whole.truncatingRemainder(dividingBy: 2).isZero) {
        whole += 1
      }
      return whole == most ? (UInt64(powers[digits - 1]), exponent + 1) : (UInt64(whole), exponent)
    }
  }

  /// Any number rounded to so many digits, by the C library.
  private static func roundedByLibrary(_ value: Double, digits: Int) -> (significand: UInt64, exponent: Int) {
    var buffer = [CChar](repeating: 0, count: 40)
    let length = withVaList([Int32(digits - 1), value]) { vsnprintf(&buffer, buffer.count, "%.*e", $0) }
    let parts = buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: "e"))
    let significand = (parts.first ?? []).reduce(UInt64(0)) { sum, digit in
      digit == UInt8(ascii: ".") ? sum : sum &* 10 &+ UInt64(digit &- UInt8(ascii: "0"))
    }
    return (significand, parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0)
  }

  // MARK: as text

  /// How a number is written.
  enum Form {
    /// `0.0363500`; the digits have to reach the decimal point.
    case positional
    /// `.0363500`
    case bare
    /// `3.5e-05`, as C writes it.
    case scientific
    /// `3.5e-5`
    case short
  }

  /// The number with a zero more behind its digits.
  var withOneMoreZero: Decimal {
    var longer = self
    longer.significand *= 10
    longer.count += 1
    return longer
  }

  /// Without zeros at the end of the fraction.
  func withoutZeros(_ form: Form) -> Decimal {
    let whole = form == .positional || form == .bare ? max(exponent, 0) + 1 : 1
    var shorter = self
    while shorter.count > 1, shorter.count > whole || exponent < 0, shorter.significand % 10 == 0 {
      shorter.significand /= 10
      shorter.count -= 1
    }
    return shorter
  }

  /// How many characters a form takes.
  func length(_ form: Form) -> Int {
    let sign = isNegative ? 1 : 0
    switch form {
    case .positional: return sign + max(exponent, 0) + 1 + (fractionLength > 0 ? 1 + fractionLength : 0)
    case .bare: return length(.positional) - (canBeBare ? 1 : 0)
    case .scientific, .short:
      let power = abs(exponent) >= 100 ? 3 : abs(exponent) >= 10 || form == .scientific ? 2 : 1
      return sign + count + (count > 1 ? 1 : 0) + 1 + (exponent < 0 || form == .scientific ? 1 : 0) + power
    }
  }

  /// The digits behind the point, zeros before the first one that is not 0 included.
  private var fractionLength: Int { exponent < 0 ? count - exponent - 1 : max(count - exponent - 1, 0) }
  /// Whether there is nothing but a zero before the point, and something behind it.
  private var canBeBare: Bool { (exponent < 0 || significand == 0) && fractionLength > 0 }

  /// The text, with blanks before it up to so many characters.
  func text(_ form: Form, width: Int = 0) -> String {
    let length = length(form)
    let total = max(length, width)
    return String(unsafeUninitializedCapacity: total) { buffer in
      buffer[..<(total - length)].initialize(repeating: UInt8(ascii: " "))
      var end = total
      func put(_ byte: UInt8) {
        end -= 1
        buffer.initializeElement(at: end, to: byte)
      }
      var rest = significand
      func putDigit() {
        put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
      }
      // From the last character to the first.
      switch form {
      case .positional, .bare:
        let fraction = fractionLength
        for place in 0..<fraction {
          // Before the first digit stand zeros.
          if place < count { putDigit() } else { put(UInt8(ascii: "0")) }
        }
        if fraction > 0 { put(UInt8(ascii: ".")) }
        if exponent < 0 {
          if form != .bare { put(UInt8(ascii: "0")) }
        } else if form != .bare || !canBeBare {
          for _ in 0...exponent { putDigit() }
        }
      case .scientific, .short:
        var power = abs(exponent)
        repeat {
          put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: power % 10))
          power /= 10
        } while power > 0
        if form == .scientific, abs(exponent) < 10 { put(UInt8(ascii: "0")) }
        if exponent < 0 { put(UInt8(ascii: "-")) } else if form == .scientific { put(UInt8(ascii: "+")) }
        put(UInt8(ascii: "e"))
        for _ in 1..<count { putDigit() }
        if count > 1 { put(UInt8(ascii: ".")) }
        putDigit()
      }
      if isNegative { put(UInt8(ascii: "-")) }
      return total
    }
  }
}
