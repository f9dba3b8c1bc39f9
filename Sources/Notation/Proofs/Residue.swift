/// A number of the prime field with 2^61 − 1 elements.
struct Residue: Hashable, Sendable {
  /// The modulus: a Mersenne prime, so that a product is reduced by shifts.
  static let modulus: UInt64 = (1 << 61) - 1
  /// From 0 up to, never at, the modulus.
  let value: UInt64

  static let zero = Residue(reduced: 0)
  static let one = Residue(reduced: 1)

  private init(reduced value: UInt64) { self.value = value }

  /// A whole number.
  init(_ whole: Int) {
    let rest = whole.magnitude % UInt(Residue.modulus)
    self = whole < 0 ? -Residue(reduced: UInt64(rest)) : Residue(reduced: UInt64(rest))
  }

  /// A number drawn uniformly, 0 among them.
  init(from generator: inout some RandomNumberGenerator) {
    var bits: UInt64
    repeat { bits = generator.next() >> 3 } while bits == Residue.modulus
    value = bits
  }

  /// A number below twice the modulus, brought below it.
  @inline(__always)
  private static func folded(_ sum: UInt64) -> Residue { Residue(reduced: sum >= modulus ? sum - modulus : sum) }

  @inline(__always)
  static func + (a: Residue, b: Residue) -> Residue { folded(a.value + b.value) }

  @inline(__always)
  static func - (a: Residue, b: Residue) -> Residue { folded(a.value + (modulus - b.value)) }

  @inline(__always)
  static prefix func - (a: Residue) -> Residue { folded(modulus - a.value) }

  @inline(__always)
  static func * (a: Residue, b: Residue) -> Residue {
    let (high, low) = a.value.multipliedFullWidth(by: b.value)
    // 2^61 is 1: what stands above the lowest 61 bits is added to them.
    return folded((low & modulus) + ((low >> 61) | (high << 3)))
  }

  /// a to a whole power that is not negative.
  func raised(to power: UInt64) -> Residue {
    var (result, base, rest) = (Residue.one, self, power)
    while rest > 0 {
      if rest & 1 == 1 { result = result * base }
      base = base * base
      rest >>= 1
    }
    return result
  }

  /// 1 / a, by Fermat; of 0 it is 0.
  var inverse: Residue { raised(to: Residue.modulus - 2) }

  /// The fraction that it is of whole numbers up to these bounds, the numerator with its sign; nil where it is none.
  func fraction(upTo most: Int, over mostBelow: Int) -> (numerator: Int, denominator: Int)? {
    // Euclid's rests and how often the number is in them: rest = times · value, up to multiples of the modulus.
    var (a, b) = (Int(Residue.modulus), Int(value))
    var (timesA, timesB) = (0, 1)
    while b > most {
      let quotient = a / b
      (a, b) = (b, a - quotient * b)
      (timesA, timesB) = (timesB, timesA - quotient * timesB)
      guard abs(timesB) <= mostBelow else { return nil }
    }
    return b == 0 || timesB == 0 ? nil : (timesB < 0 ? -b : b, abs(timesB))
  }

  /// The smaller of it and what it is up to a change, by which both are looked up: −a, or 1/a.
  func canonical(or other: Residue) -> (key: Residue, isOther: Bool) {
    other.value < value ? (other, true) : (self, false)
  }
}
