import Testing

@testable import Formats

private func number(_ text: String) -> Double? { decimalNumber(Array(text.utf8)[...]) }

struct DecimalTextTests {
  @Test(arguments: [
    ("0", 0), ("-0", -0.0), ("5.1", 5.1), ("+3", 3), (".5", 0.5), ("-.25", -0.25), ("7.", 7), ("1e3", 1000),
    ("2.5E-3", 0.0025), ("123456789012345678901", 123_456_789_012_345_683_968),
    ("0.1000000000000000055511151231257827", 0.1), ("1e22", 1e22), ("1e23", 1e23), ("1e-400", 0),
    ("12345678901234567.", 12_345_678_901_234_568),
    ("000000000000000000000001.5", 1.5), ("1e999999999999999999999", .infinity), ("-inf", -.infinity),
    ("Infinity", .infinity),
    ("4.9406564584124654e-324", .leastNonzeroMagnitude),
  ]) func numbers(_ text: String, _ value: Double) {
    #expect(number(text) == value)
    #expect(number(text)?.sign == value.sign)
  }

  @Test func notANumberIsOne() { #expect(number("NaN")?.isNaN == true) }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "0x10", "1,5", "1 2", "--1", "setosa", "in", "1d3", "nan(1)", "٣",
  ])
  func others(_ text: String) { #expect(number(text) == nil) }

  @Test func anyNumberReadsBackExactly() {
    let seed: UInt64 = 77
    var random = Draws(state: seed)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(number("\(value)") == value, "seed \(seed)")
      let short = (Double.random(in: -100...100, using: &random) * 1000).rounded() / 1000
      #expect(number("\(short)") == short, "seed \(seed)")
    }
  }
}
