import Glibc
import Notation
import Testing

@Suite struct NumbersTests {
  @Test(arguments: [
    (0.5932699921071872, 9, "0.593269992"), (1.1059059670597702, 9, "1.10590597"), (0.25, 9, "0.25"), (2, 9, "2"),
    (3.510187782978859e-05, 9, "3.51018778e-05"), (0.0004385677, 4, "0.0004386"), (-0.0380982366, 4, "-0.0381"),
    (0.29837110876, 9, "0.298371109"), (0, 9, "0"), (-0.0, 9, "0"), (100, 1, "100"), (123_456_789, 4, "123456789"),
    (1_234_567_890, 9, "1.23456789e+09"), (12345.678, 4, "12346"), (1234567.8, 4, "1.235e+06"), (1e100, 3, "1e+100"),
    (0.99996, 4, "1"), (0.999949, 4, "0.9999"), (99999.6, 4, "100000"), (999999.6, 4, "1e+06"),
    (0.00009999996, 4, "0.0001"), (5e-324, 17, "4.9406564584124654e-324"), (0.1, 17, "0.10000000000000001"),
    (2.5, 1, "2"), (0.125, 2, "0.12"), (.nan, 9, "nan"), (.infinity, 9, "inf"), (-.infinity, 9, "-inf"),
    (0.5, 0, "0.5"), (1.0 / 3, 99, "0.33333333333333331"),
  ])
  func significantDigits(value: Double, digits: Int, text: String) {
    #expect(significant(value, digits: digits) == text)
  }

  @Test(arguments: [
    (0.15, 4, "0.1500"), (2, 4, "2.000"), (0, 4, "0.000"), (-0.341, 4, "-0.3410"), (1234, 4, "1234"),
    (12345, 4, "12345"), (0.00043857, 4, "0.0004386"), (1e-7, 4, "1.000e-07"), (5, 1, "5"),
  ])
  func tablesKeepZeros(value: Double, digits: Int, text: String) {
    #expect(significant(value, digits: digits, keepsZeros: true) == text)
  }

  @Test(arguments: [
    (0.0363503, 8, 6, ".0363503"), (0.0363503, 9, 6, "0.0363503"), (0.5933, 8, 4, "  0.5933"),
    (-0.5933, 6, 4, "-.5933"), (-0.5933, 5, 4, "-.593"), (0.000438568, 8, 4, ".0004386"),
    (0.0000351018, 8, 4, "3.510e-5"), (0.0000351018, 4, 4, "4e-5"), (0.0000351018, 3, 4, "###"),
    (123456, 6, 4, "123456"), (123456, 5, 4, "1.2e5"), (123456, 3, 4, "1e5"), (123456, 2, 4, "##"),
    (.nan, 5, 4, "  nan"), (-.infinity, 3, 4, "###"), (0, 3, 4, ".00"), (0, 1, 4, "0"), (1, 0, 4, ""), (2, 1, 4, "2"),
    (-1e300, 8, 4, "-1.0e300"), (1, -5, 4, ""),
  ])
  func numbersFitTheirCell(value: Double, width: Int, digits: Int, text: String) {
    #expect(fitted(value, width: width, digits: digits) == text)
  }

  @Test(arguments: [
    (0.1, "0.1"), (2, "2"), (-0.0, "-0.0"), (0, "0"), (1e-05, "1e-05"), (1e16, "1e+16"), (100, "100"),
    (5e-324, "5e-324"), (0.1 + 0.2, "0.30000000000000004"),
  ])
  func theShortestFormReadsBack(value: Double, text: String) {
    #expect(shortest(value) == text)
    #expect(json(value) == text)
    #expect(Double(text)?.bitPattern == value.bitPattern)
  }

  @Test func whatIsNotFiniteIsAStringInJSON() {
    #expect([json(.nan), json(.infinity), json(-.infinity)] == ["\"nan\"", "\"inf\"", "\"-inf\""])
    #expect(shortest(.nan) == "nan")
  }

  /// Every form reads back to within half a unit of the last digit asked for, at every size.
  @Test func randomNumbersReadBack() throws {
    var generator = Steps(state: 7)
    for round in 0..<4000 {
      let bits = Double(bitPattern: generator.next())
      // Half of them of everyday sizes, the others anywhere.
      let value = round.isMultiple(of: 2) ? Double.random(in: -10...10, using: &generator) : bits
      guard value.isFinite, value.isNormal else { continue }
      let digits = Int.random(in: 1...17, using: &generator)
      for keepsZeros in [false, true] {
        let text = significant(value, digits: digits, keepsZeros: keepsZeros)
        #expect(isWithinHalfAUnit(try #require(Double(text)), of: value, digits: digits), "\(value) \(digits) \(text)")
      }
      if digits == 17 { #expect(Double(significant(value, digits: 17)) == value) }
      #expect(Double(shortest(value)) == value)
      let width = Int.random(in: 10...30, using: &generator)
      let cell = fitted(value, width: width, digits: digits)
      #expect(cell.utf8.count == width)
      let read = try #require(Double(String(cell.drop { $0 == " " })))
      #expect(isWithinHalfAUnit(read, of: value, digits: min(digits, width - 8)), "\(value) \(digits) \(cell)")
    }
  }

  /// Rounded as the C library rounds, which goes by the exact binary value: numbers half way between two others, their
  /// neighbours, powers of ten and theirs, and numbers of any size.
  @Test func digitsAreThoseOfTheCLibrary() {
    var generator = Steps(state: 11)
    var values = (-30...30).flatMap { power in
      let ten = Double("1e\(power)") ?? 1
      return [ten, ten.nextUp, ten.nextDown, ten * 5, (ten * 5).nextUp, (ten * 5).nextDown, ten * 9.995]
    }
    values += (0..<2000).map { Double($0) / 64 } + (0..<500).map { Double($0) + 0.5 }
    values += (0..<4000).map { _ in Double(bitPattern: generator.next()) }
    values += (0..<4000).map { _ in .random(in: -1000...1000, using: &generator) }
    for value in values where value.isFinite && value != 0 {
      let digits = Int.random(in: 1...17, using: &generator)
      var buffer = [CChar](repeating: 0, count: 40)
      let length = withVaList([Int32(digits - 1), value]) { vsnprintf(&buffer, buffer.count, "%.*e", $0) }
      let expected = String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let (mantissa, text) = (expected.prefix { $0 != "e" }, significant(value, digits: digits, keepsZeros: true))
      let found = text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }
      // The whole part of a number is written in full.
      guard found.count <= digits else { continue }
      #expect(found == mantissa.filter(\.isNumber), "\(value) with \(digits) digits: \(text)")
    }
  }

  /// Half a unit of the last of so many digits is 0.5·10^(1−digits) of the number's power of ten; a little is added
  /// for reading back.
  private func isWithinHalfAUnit(_ read: Double, of value: Double, digits: Int) -> Bool {
    var unit = powerOfTen(of: abs(value))
    for _ in 1..<max(digits, 1) { unit /= 10 }
    return abs(read - value) <= unit * 0.5 * (1 + 1e-9) + abs(value) * 0x1p-51
  }

  /// The largest power of ten that is not above the number.
  private func powerOfTen(of value: Double) -> Double {
    let parts = value.description.split(separator: "e")
    if parts.count > 1, let power = Double("1e" + parts[1]) { return power }
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    return power
  }
}

/// A small generator with a fixed beginning, so that a failure comes back.
private struct Steps: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
