import Testing

@testable import Engine

/// Angles and the correctly rounded results, worked out with mpmath to 2400 bits, up to the largest number there is and the one
/// that comes nearest to a multiple of π/2.
@Suite struct TrigonometryTests {
  static let functions: [(name: String, function: @Sendable (Double) -> Double, rows: [(Double, UInt64)])] = [
    (
      "sine", sine,
      [
        (0.5, 0x3fdeaee8744b05f0),
        (-0.7853981633974483, 0xbfe6a09e667f3bcc),
        (0.7853981633974484, 0x3fe6a09e667f3bcd),
        (1.0, 0x3feaed548f090cee),
        (1.5707963267948966, 0x3ff0000000000000),
        (3.141592653589793, 0x3ca1a62633145c07),
        (-2.5, 0xbfe326af0dcfcab1),
        (4.75, 0xbfeffa34def8e460),
        (10.0, 0xbfe1689ef5f34f52),
        (-100.25, 0x3fd1bf00980dc35c),
        (100000.0, 0x3fa24daa9c527e96),
        (0x1.6ac5b262ca1ffp+849, 0x3ff0000000000000),
        (1e+22, 0xbfeb453ab76bf397),
        (-1e+300, 0x3fea2c16b010e385),
        (1.7976931348623157e+308, 0x3f7452fc98b34e97),
        (1e-09, 0x3e112e0be826d695),
        (9.313225746154785e-10, 0x3e10000000000000),
        (22.0, 0xbf8220a29f6eb9f4),
        (355.0, 0xbeff9bd0307d1de3),
        (-0.3, 0xbfd2e9cd95baba33),
      ]
    ),
    (
      "cosine", cosine,
      [
        (0.5, 0x3fec1528065b7d50),
        (-0.7853981633974483, 0x3fe6a09e667f3bcd),
        (0.7853981633974484, 0x3fe6a09e667f3bcc),
        (1.0, 0x3fe14a280fb5068c),
        (1.5707963267948966, 0x3c91a62633145c07),
        (3.141592653589793, 0xbff0000000000000),
        (-2.5, 0xbfe9a2f7ef858b7d),
        (4.75, 0x3fa34096e1d37b74),
        (10.0, 0xbfead9ac890c6b1f),
        (-100.25, 0x3feebec72ba6b0ec),
        (100000.0, 0xbfeffac3841b3da7),
        (0x1.6ac5b262ca1ffp+849, 0xbc214ae72e6ba22f),
        (1e+22, 0x3fe0be2cef01c8f4),
        (-1e+300, 0xbfe2699022adc4c1),
        (1.7976931348623157e+308, 0xbfefffe62ecfab75),
        (1e-09, 0x3ff0000000000000),
        (11.0, 0x3f7220ae41ee2fdf),
        (33.0, 0xbf8b30d6d8f65f78),
        (4.71238898038469, 0xbcaa79394c9e8a0a),
      ]
    ),
    (
      "arcTangent", arcTangent,
      [
        (0.1, 0x3fb983e282e2cc4d),
        (0.4374, 0x3fda638eb495898f),
        (0.4375, 0x3fda64eec3cc23fd),
        (0.5, 0x3fddac670561bb4f),
        (0.6875, 0x3fe345f01cce37bb),
        (0.99, 0x3fe8f8d0f7321467),
        (1.0, 0x3fe921fb54442d18),
        (1.1875, 0x3febde70ed439fe7),
        (1.5, 0x3fef730bd281f69b),
        (2.4375, 0x3ff2e75728833a54),
        (2.4376, 0x3ff2e766438a0d5e),
        (-3.0, 0xbff3fc176b7a8560),
        (1e-09, 0x3e112e0be826d695),
        (100.0, 0x3ff8f905eb2def22),
        (-1e+17, 0xbff921fb54442d18),
        (1e+300, 0x3ff921fb54442d18),
        (0.3, 0x3fd2a73a661eaf06),
        (0.25, 0x3fcf5b75f92c80dd),
        (-0.05, 0xbfa9942597929f27),
      ]
    ),
  ]

  @Test(arguments: functions.map(\.name)) func valuesAreWithinOneUnit(name: String) {
    for entry in Self.functions where entry.name == name {
      for (x, bits) in entry.rows {
        let apart = Int64(bitPattern: entry.function(x).bitPattern) &- Int64(bitPattern: bits)
        #expect((-1...1).contains(apart), "\(name)(\(x))")
      }
    }
  }

  @Test(
    arguments: [
      (0.5, 0x3fe17b4f5bf3474a),
      (-0.75, 0xbfedcfa36110eeec),
      (0.79, 0x3ff025df6fa369bf),
      (1.0, 0x3ff8eb245cbee3a6),
      (1.5707963267948966, 0x434d02967c31cdb5),
      (3.0, 0xbfc23ef71254b86f),
      (-2.5, 0x3fe7e79b4e00bb15),
      (4.75, 0xc03a934e58d7cc85),
      (1e+22, 0xbffa0f79c1b6b257),
      (-1e+300, 0xbff6be411f37ac77),
      (11.0, 0xc06c3e6d558b0924),
    ] as [(Double, UInt64)])
  func tangentsAreWithinTwoUnits(x: Double, bits: UInt64) {
    #expect((-2...2).contains(Int64(bitPattern: tangent(x).bitPattern) &- Int64(bitPattern: bits)))
  }

  @Test func ends() {
    for function in [sine, tangent, arcTangent] {
      #expect(function(0) == 0 && function(0).sign == .plus && function(-0.0).sign == .minus)
      #expect(function(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
    }
    #expect(cosine(0) == 1 && cosine(-0.0) == 1)
    for function in [sine, cosine, tangent] { #expect(function(.infinity).isNaN && function(.nan).isNaN) }
    #expect(arcTangent(.infinity) == Double.pi / 2 && arcTangent(-.infinity) == -Double.pi / 2)
    #expect(arcTangent(.nan).isNaN)
  }

  /// What Python says of `%`.
  @Test(arguments: [
    (7.0, 3.0, 1.0), (-7.0, 3.0, 2.0), (7.0, -3.0, -2.0), (-7.0, -3.0, -1.0), (5.5, 2.25, 1.0), (-5.5, 2.25, 1.25),
    (6.0, 3.0, 0.0), (-6.0, 3.0, 0.0), (0.3, 0.1, 0.09999999999999998), (-0.3, 0.1, 2.7755575615628914e-17),
    (1e20, 3.0, 1.0), (-1e-20, 3.0, 3.0), (5.0, .infinity, 5.0), (-5.0, .infinity, .infinity), (1e300, 7.5, 0.0),
  ])
  func remainders(dividend: Double, divisor: Double, expected: Double) {
    #expect(remainder(dividend, by: divisor) == expected)
  }

  @Test func remaindersAtTheEnds() {
    #expect(remainder(1, by: 0).isNaN && remainder(.infinity, by: 2).isNaN && remainder(.nan, by: 2).isNaN)
    // A remainder of 0 has the divisor's sign.
    #expect(remainder(6, by: -3).sign == .minus && remainder(-6, by: 3).sign == .plus)
    #expect(signum(-0.5) == -1 && signum(3) == 1 && signum(0) == 0 && signum(.nan).isNaN)
  }
}
