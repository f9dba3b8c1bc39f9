/// A number of the field with 2^61 - 1 elements, for who checks a certificate: with the degrees of the fraction that it is
/// the value of.
struct CertificateNumber: Equatable {
  static let modulus: UInt64 = 0x1FFF_FFFF_FFFF_FFFF

  /// From 0 up to, never at, the modulus.
  let value: UInt64
  let above: Int
  let below: Int

  /// A degree that no certificate has.
  static let mostDegree = 1 << 40

  init(_ value: UInt64, _ above: Int = 0, _ below: Int = 0) {
    (self.value, self.above, self.below) = (value, above, below)
  }

  /// The degree of numerator and denominator together.
  var degree: Int { above + below }

  /// By which degree the numerators of two differ at most.
  func degreeOfDifference(to other: CertificateNumber) -> Int {
    max(above + other.below, other.above + below)
  }

  static func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
    modulus.dividingFullWidth(a.multipliedFullWidth(by: b)).remainder
  }

  static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 { (a + b) % modulus }

  static func negative(_ a: UInt64) -> UInt64 { (modulus - a) % modulus }

  static func power(_ a: UInt64, _ exponent: UInt64) -> UInt64 {
    var (result, base, rest): (UInt64, UInt64, UInt64) = (1, a, exponent)
    while rest > 0 {
      if rest % 2 == 1 { result = product(result, base) }
      base = product(base, base)
      rest /= 2
    }
    return result
  }

  /// The largest whole number that divides both; of 0 and another it is that one.
  static func greatestDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var (a, b) = (a, b)
    while b > 0 { (a, b) = (b, a % b) }
    return a
  }

  /// 1 over a number that is not 0.
  static func inverse(_ a: UInt64) -> UInt64 { power(a, modulus - 2) }

  static func + (a: CertificateNumber, b: CertificateNumber) -> CertificateNumber {
    CertificateNumber(sum(a.value, b.value), a.degreeOfDifference(to: b), a.below + b.below)
  }

  static func * (a: CertificateNumber, b: CertificateNumber) -> CertificateNumber {
    CertificateNumber(product(a.value, b.value), a.above + b.above, a.below + b.below)
  }

  static prefix func - (a: CertificateNumber) -> CertificateNumber {
    CertificateNumber(negative(a.value), a.above, a.below)
  }

  /// 1 over it; nil of 0.
  var inverse: CertificateNumber? {
    value == 0 ? nil : CertificateNumber(CertificateNumber.inverse(value), below, above)
  }
}

/// The generator of a point's numbers, SplitMix64: the upper 61 bits of each of its outputs, but for the one that is the
/// modulus.
struct CertificateGenerator {
  private var state: UInt64

  init(seed: Int, stream: Int) {
    state = UInt64(bitPattern: Int64(seed))
    state = output() ^ (UInt64(stream) &* 0xD1B5_4A32_D192_ED03)
  }

  private mutating func output() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func next() -> UInt64 {
    while true {
      let bits = output() >> 3
      if bits < CertificateNumber.modulus { return bits }
    }
  }
}
