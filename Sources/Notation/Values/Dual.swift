import Engine

/// A number and its derivative with respect to whatever `d(…)` asks for. Every rule of arithmetic gives both, so that a
/// derivative is as exact as the value.
struct Dual {
  var value: Double
  var tangent: Double = 0

  init(_ value: Double, _ tangent: Double = 0) {
    self.value = value
    self.tangent = tangent
  }

  /// f(x), given f's value and its derivative there.
  func through(_ value: Double, slope: @autoclosure () -> Double) -> Dual {
    Dual(value, chain(slope(), tangent))
  }
}

/// slope · tangent, where what does not move adds nothing, however steep the slope is.
@inline(__always)
private func chain(_ slope: @autoclosure () -> Double, _ tangent: Double) -> Double {
  tangent == 0 ? 0 : slope() * tangent
}

/// The arithmetic of duals: the value, and under it the rule for the tangent.
extension Dual {
  static func + (a: Dual, b: Dual) -> Dual {
    Dual(
      a.value + b.value,
      a.tangent + b.tangent)
  }

  static func - (a: Dual, b: Dual) -> Dual {
    Dual(
      a.value - b.value,
      a.tangent - b.tangent)
  }

  static func * (a: Dual, b: Dual) -> Dual {
    Dual(
      a.value * b.value,
      chain(b.value, a.tangent) + chain(a.value, b.tangent))
  }

  static func / (a: Dual, b: Dual) -> Dual {
    Dual(
      a.value / b.value,
      chain(1 / b.value, a.tangent) - chain(a.value / (b.value * b.value), b.tangent))
  }

  static prefix func - (a: Dual) -> Dual { Dual(-a.value, -a.tangent) }

  /// a to the b. A square is a product, as it is in the core.
  static func power(_ a: Dual, _ b: Dual) -> Dual {
    let value = Engine.power(a.value, b.value)
    return Dual(
      value,
      chain(b.value == 0 ? 0 : b.value * Engine.power(a.value, b.value - 1), a.tangent)
        + chain(value == 0 ? 0 : value * logarithm(a.value), b.tangent))
  }

  /// The larger of two; of equals the first, and what is not a number wins.
  static func larger(_ a: Dual, _ b: Dual) -> Dual { a.value.isNaN || a.value >= b.value ? a : b }

  /// The smaller of two; of equals the first, and what is not a number wins.
  static func smaller(_ a: Dual, _ b: Dual) -> Dual { a.value.isNaN || a.value <= b.value ? a : b }
}
