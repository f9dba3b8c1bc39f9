/// The numbers of a layer's two units, or of its two inputs. Where there is one, nobody reads the other.
typealias Pair = SIMD2<Double>

/// An activation of two units at once.
struct PairRule: Sendable {
  /// a = f(net)
  let values: @Sendable (_ net: Pair, _ settings: [Double]) -> Pair
  /// f′
  let slopes: @Sendable (_ net: Pair, _ a: Pair, _ settings: [Double]) -> Pair

  /// That of a row, inlined as the row is.
  @inline(__always)
  init(
    value: @escaping @Sendable (_ net: Double, _ settings: [Double]) -> Double,
    derivative: @escaping @Sendable (_ net: Double, _ a: Double, _ settings: [Double]) -> Double
  ) {
    values = { net, settings in Pair(value(net[0], settings), value(net[1], settings)) }
    slopes = { net, a, settings in Pair(derivative(net[0], a[0], settings), derivative(net[1], a[1], settings)) }
  }
}

/// term′ of two outputs at once.
typealias PairSlopes = @Sendable (_ y: Pair, _ a: Pair, _ settings: [Double]) -> Pair
