import Testing

@testable import Engine

/// Arguments and the correctly rounded results, worked out with mpmath to 400 bits: within one unit in the last place
/// of the truth is this double or its neighbour.
@Suite struct ElementaryValuesTests {
  static let functions: [(name: String, function: @Sendable (Double) -> Double, rows: [(Double, UInt64)])] = [
    (
      "exponential", exponential,
      [
        (1.0, 0x4005bf0a8b145769),
        (-1.0, 0x3fd78b56362cef38),
        (0.5, 0x3ffa61298e1e069c),
        (1e-10, 0x3ff000000006df38),
        (-0.3465, 0x3fe6a10b883d5676),
        (10.25, 0x40db9ea2aed2a0f1),
        (-20.125, 0x3e1f3fe0cb68b20c),
        (100.5, 0x48ffcc37a76f9e76),
        (-300.75, 0x24d142e2639c685d),
        (709.7, 0x7fed75ae7a50ee14),
        (-708.5, 0x000e6cf6d08897ac),
        (-740.0, 0x0000000000000055),
        (0.0054, 0x3ff0162da04e41a9),
      ]
    ),
    (
      "exponentialMinusOne", exponentialMinusOne,
      [
        (1.0, 0x3ffb7e151628aed3),
        (-1.0, 0xbfe43a54e4e98864),
        (1e-10, 0x3ddb7cdfd9dda4e3),
        (-1e-05, 0xbee4f8aea9acf2c9),
        (0.25, 0x3fd22d78f0fa061a),
        (-0.3, 0xbfd0966f2c7907f6),
        (0.34656, 0x3fda8228fd48e350),
        (0.34658, 0x3fda829f9f2e4130),
        (-0.5, 0xbfd92e9a0720d3ec),
        (5.5, 0x406e76244f21bbf6),
        (-12.25, 0xbfeffff5f7027930),
        (38.5, 0x436753025a61bfe5),
        (500.25, 0x6d0a23df509d4747),
      ]
    ),
    (
      "logarithm", logarithm,
      [
        (2.0, 0x3fe62e42fefa39ef),
        (10.0, 0x40026bb1bbb55516),
        (0.5, 0xbfe62e42fefa39ef),
        (0.99999, 0xbee4f8bc681df714),
        (1.00001, 0x3ee4f8aea9af0a25),
        (1.005, 0x3f746dd0fad671fa),
        (0.9987, 0xbf555024785b7725),
        (1.4115, 0x3fd60ecb53456d6e),
        (0.7, 0xbfd6d3c324e13f50),
        (1e-300, 0xc085963447f87fb5),
        (1e+300, 0x4085963447f87fb5),
        (Double.leastNonzeroMagnitude, 0xc0874385446d71c3),
        (3.14159, 0x3ff250cf662abf9a),
      ]
    ),
    (
      "logarithmOfOnePlus", logarithmOfOnePlus,
      [
        (1.0, 0x3fe62e42fefa39ef),
        (1e-10, 0x3ddb7cdfd9d1d693),
        (-1e-10, 0xbddb7cdfd9dda4e3),
        (-0.5, 0xbfe62e42fefa39ef),
        (-0.999, 0xc01ba18a998fff9f),
        (0.25, 0x3fcc8ff7c79a9a22),
        (0.0013, 0x3f55490dd84d5135),
        (-0.0026, 0xbf6553b22578edfc),
        (3.5, 0x3ff810b375dce91e),
        (10000000000.0, 0x4037069e2aa3184e),
        (1e+300, 0x4085963447f87fb5),
        (-1e-16, 0xbc9cd2b297d889bc),
        (0.7, 0x3fe0fae81914a991),
      ]
    ),
    (
      "hyperbolicTangent", hyperbolicTangent,
      [
        (1.0, 0x3fe85efab514f394),
        (0.1, 0x3fb983d7795f413a),
        (0.2499, 0x3fcf566a1701bcf8),
        (0.2501, 0x3fcf5c932c4f1c2f),
        (-0.5, 0xbfdd9353d7568af3),
        (0.75, 0x3fe45323e552f228),
        (2.5, 0x3fef9258260a71c2),
        (-4.0, 0xbfeffa81708a0b42),
        (9.0, 0x3fefffffefa59d78),
        (9.5, 0x3feffffff9fbea41),
        (15.25, 0x3feffffffffffc02),
        (19.0, 0x3fefffffffffffff),
        (1e-05, 0x3ee4f8b588e06854),
      ]
    ),
    (
      "errorFunction", errorFunction,
      [
        (1.0, 0x3feaf767a741088b),
        (0.1, 0x3fbcca5ea24fb334),
        (0.4999, 0x3fe0a7370e7541aa),
        (0.5001, 0x3fe0a8a7a504cfd9),
        (-0.7, 0xbfe5b08c21171646),
        (0.76, 0x3fe6f60fa2df4c2d),
        (1.1, 0x3fec2aa3d27302c0),
        (1.2499, 0x3fed88343dd2d31d),
        (1.2501, 0x3fed88977215fab6),
        (-2.0, 0xbfefd9ae142795e3),
        (3.5, 0x3feffffe710d565e),
        (5.8, 0x3feffffffffffffe),
        (1e-05, 0x3ee7a9f084b5e44c),
      ]
    ),
    (
      "complementaryErrorFunction", complementaryErrorFunction,
      [
        (1.0, 0x3fc4226162fbddd5),
        (0.1, 0x3fec66b42bb60999),
        (0.4999, 0x3fdeb191e3157cac),
        (-0.6, 0x3ff9a965011aea7b),
        (0.74, 0x3fd2e68deb59f766),
        (1.2, 0x3fb6f5a9c2697cc6),
        (1.26, 0x3fb323bcc0d77bef),
        (1.76, 0x3f8a3bfc279fdc7d),
        (2.8, 0x3f13aa0cdf15cedb),
        (4.6, 0x3dd54d4bc11e8c7f),
        (8.25, 0x398e667d9a8bcd9e),
        (20.0, 0x1b8b54f244df93df),
        (26.9, 0x000000000163dc09),
      ]
    ),
  ]

  @Test(arguments: functions.map(\.name)) func withinOneUnit(_ name: String) {
    for entry in Self.functions where entry.name == name {
      for (x, bits) in entry.rows {
        let apart = Int64(bitPattern: entry.function(x).bitPattern) - Int64(bitPattern: bits)
        #expect(abs(apart) <= 1, "\(name)(\(x))")
      }
    }
  }

  static let powers: [(x: Double, y: Double, bits: UInt64)] = [
    (0.9, 1000.0, 0x366fee7413dac341),
    (0.999, 1.0, 0x3feff7ced916872b),
    (0.999, 7.0, 0x3fefc6d3e72229bc),
    (0.999, 123456.0, 0x34cbe31a294758a6),
    (0.9, 3.0, 0x3fe753f7ced91688),
    (2.0, 0.5, 0x3ff6a09e667f3bcd),
    (10.0, -3.0, 0x3f50624dd2f1a9fc),
    (1.0000001, 1000000000.0, 0x48f349445c228792),
    (7.5, 2.5, 0x40634180c5c20783),
    (1e-300, 0.1, 0x39b4484bfeebc28a),
    (0.3, 600.0, 0x00000000e212a1da),
    (Double.leastNonzeroMagnitude, 0.5, 0x1e60000000000000),
    (123.456, -7.0, 0x3ce49b43f94f2faa),
    (0.1, 320.0, 0x00000000000007e8),
  ]

  @Test func powersAreCorrectlyRounded() {
    for row in Self.powers {
      #expect(power(row.x, row.y) == Double(bitPattern: row.bits), "\(row.x)^\(row.y)")
    }
  }

  @Test func exactPowersAreExact() {
    #expect(power(3, 5) == 243)
    #expect(power(10, 22) == 1e22)
    #expect(power(-2, 3) == -8)
    #expect(power(2, -1074) == Double.leastNonzeroMagnitude)
    #expect(power(0.25, 0.5) == 0.5)
    #expect(power(1.1, 2) == 1.1 * 1.1)
  }
}
