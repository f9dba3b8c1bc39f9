import Glibc
import Testing

@testable import Engine

/// Over many arguments of all sizes: near the C library's results, and always the same bits.
@Suite struct ElementaryAgreementTests {
  struct Row: Sendable {
    let name: String
    let ours: @Sendable (Double) -> Double
    let library: @Sendable (Double) -> Double
    /// Units in the last place that may lie between: one, and what the library itself is known to miss.
    let units: Int64
    let exponents: ClosedRange<Double>
    let isPositive: Bool
    /// A digest of all the results' bits. It changes only when the function does, never with the machine.
    let digest: UInt64
  }

  static let rows: [Row] = [
    Row(
      name: "exponential", ours: exponential, library: { exp($0) }, units: 1, exponents: -60...9.54, isPositive: false,
      digest: 0x65f5c13b02ea3dfd),
    Row(
      name: "exponentialMinusOne", ours: exponentialMinusOne, library: { expm1($0) }, units: 2, exponents: -60...9.48,
      isPositive: false, digest: 0x6b2ad5db190eca96),
    Row(
      name: "logarithm", ours: logarithm, library: { log($0) }, units: 1, exponents: -1074...1023, isPositive: true,
      digest: 0x6342c5d6b077a184),
    Row(
      name: "logarithmOfOnePlus", ours: logarithmOfOnePlus, library: { log1p($0) }, units: 2, exponents: -60...1023,
      isPositive: true, digest: 0x8cd7a72a657b6169),
    Row(
      name: "hyperbolicTangent", ours: hyperbolicTangent, library: { tanh($0) }, units: 3, exponents: -60...5,
      isPositive: false, digest: 0xc778fada9de75dbd),
    Row(
      name: "errorFunction", ours: errorFunction, library: { erf($0) }, units: 2, exponents: -60...3, isPositive: false,
      digest: 0x35ec1c581a527abd),
    Row(
      name: "complementaryErrorFunction", ours: complementaryErrorFunction, library: { erfc($0) }, units: 6,
      exponents: -60...4.77, isPositive: false, digest: 0xcf34caf621772aaa),
    Row(
      name: "power", ours: { power($0, 0.75) }, library: { pow($0, 0.75) }, units: 1, exponents: -1074...1023,
      isPositive: true, digest: 0x8a0d6caf725ddb7),
    Row(
      name: "wholePower", ours: { power($0, 37) }, library: { pow($0, 37) }, units: 1, exponents: -29...27,
      isPositive: false, digest: 0x4f758bff27534791),
    Row(
      name: "sine", ours: sine, library: { sin($0) }, units: 1, exponents: -60...1023, isPositive: false,
      digest: 0x2b2d23329da365e8),
    Row(
      name: "cosine", ours: cosine, library: { cos($0) }, units: 1, exponents: -60...1023, isPositive: false,
      digest: 0xda8188e2f788ff74),
    Row(
      name: "tangent", ours: tangent, library: { tan($0) }, units: 2, exponents: -60...1023, isPositive: false,
      digest: 0x213f43629aca6adf),
    Row(
      name: "arcTangent", ours: arcTangent, library: { atan($0) }, units: 1, exponents: -60...1023, isPositive: false,
      digest: 0x17b985223e4f0fca),
  ]

  /// Half the arguments are drawn over all the exponents, half about 1, where most of the forms meet.
  static func argument(_ row: Row, _ index: Int, _ state: inout UInt64) -> Double {
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double((state ^ (state >> 29)) >> 11) * 0x1p-53
    }
    let (low, high) = (row.exponents.lowerBound, row.exponents.upperBound)
    let exponent = index % 2 == 0 ? low + (high - low) * draw() : min(-3 + 5 * draw(), high)
    let whole = exponent.rounded(.down)
    let size = Double(sign: .plus, exponent: Int(whole), significand: 1 + (exponent - whole))
    return row.isPositive || draw() < 0.5 ? size : -size
  }

  @Test(arguments: rows) func staysNearTheLibraryAndTheSameEverywhere(_ row: Row) {
    var state: UInt64 = 1
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    var farthest: (units: Int64, x: Double) = (0, 0)
    for index in 0..<22_000 {
      let x = Self.argument(row, index, &state)
      let (ours, library) = (row.ours(x), row.library(x))
      digest = (digest ^ ours.bitPattern) &* 0x0000_0100_0000_01b3
      let apart = abs(Int64(bitPattern: ours.bitPattern) &- Int64(bitPattern: library.bitPattern))
      if apart > farthest.units { farthest = (apart, x) }
    }
    #expect(farthest.units <= row.units, "\(row.name)(\(farthest.x))")
    #expect(digest == row.digest, "\(row.name): 0x\(String(digest, radix: 16))")
  }
}
