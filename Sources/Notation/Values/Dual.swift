import Engine

/// A number and its derivative with respect to whatever `d(…)` asks for. Every rule of arithmetic gives both, so that a
/// derivative is as exact as the value.
struct Dual<Base: Number>: Number {
  var value: Base
  var tangent: Base

  init(_ value: Base, _ tangent: Base) {
    self.value = value
    self.tangent = tangent
  }

  /// A number that does not move.
  init(_ value: Base) { self.init(value, Base(0)) }

  init(core number: Double) { self.init(Base(core: number)) }
  init(_ whole: Int) { self.init(Base(whole)) }

  static func typed(_ literal: Literal) throws(EvaluationError) -> Dual { Dual(try .typed(literal)) }

  var isTrue: Bool { get throws(EvaluationError) { try value.isTrue } }
  var isZero: Bool { value.isZero && tangent.isZero }
  var isNumber: Bool { value.isNumber }
  var whole: Int? { value.whole }
  var text: String { value.text }

  static func comparison(_ sign: BinaryOperator) -> (Dual, Dual) throws(EvaluationError) -> Bool {
    let rule = Base.comparison(sign)
    return { (a, b) throws(EvaluationError) in try rule(a.value, b.value) }
  }

  static func truth(_ sign: BinaryOperator) -> (Dual, Dual) throws(EvaluationError) -> Dual {
    let rule = Base.truth(sign)
    return { (a, b) throws(EvaluationError) in Dual(try rule(a.value, b.value)) }
  }

  /// slope · tangent, where what does not move adds nothing, however steep the slope is.
  @inline(__always)
  private static func chain(
    _ tangent: Base, _ slope: () throws(EvaluationError) -> Base
  ) throws(EvaluationError) -> Base {
    tangent.isZero ? Base(0) : try slope() * tangent
  }

  @inline(__always)
  private static func chain(_ slope: Base, _ tangent: Base) -> Base { tangent.isZero ? Base(0) : slope * tangent }
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

  static func fused(_ a: Dual, _ b: Dual, plus c: Dual) -> Dual {
    Dual(
      .fused(a.value, b.value, plus: c.value),
      chain(b.value, a.tangent) + chain(a.value, b.tangent) + c.tangent)
  }

  static func quotient(_ a: Dual, _ b: Dual) throws(EvaluationError) -> Dual {
    Dual(
      try .quotient(a.value, b.value),
      try chain(a.tangent) { () throws(EvaluationError) in try .quotient(Base(1), b.value) }
        - chain(b.tangent) { () throws(EvaluationError) in try .quotient(a.value, b.value * b.value) })
  }

  static prefix func - (a: Dual) -> Dual { Dual(-a.value, -a.tangent) }

  static func power(_ a: Dual, _ b: Dual) throws(EvaluationError) -> Dual {
    let value = try Base.power(a.value, b.value)
    return Dual(
      value,
      try chain(a.tangent) { () throws(EvaluationError) in
        b.value.isZero ? Base(0) : try b.value * .power(a.value, b.value - Base(1))
      }
        + chain(b.tangent) { () throws(EvaluationError) in
          value.isZero ? Base(0) : try value * Base.function(.logarithm)(a.value)
        })
  }

  static func norm(_ elements: [Dual]) throws(EvaluationError) -> Dual {
    let root = try Base.norm(elements.map(\.value))
    var tangent = Base(0)
    if !root.isZero {
      for element in elements where !element.tangent.isZero {
        tangent = tangent + (try .quotient(element.value, root)) * element.tangent
      }
    }
    return Dual(root, tangent)
  }

  // MARK: - Functions

  static func function(
    _ row: Function.Elementwise
  ) throws(EvaluationError) -> (Dual) throws(EvaluationError) -> Dual {
    let (function, slope) = (try Base.function(row), try GivenFormula<Base>(row.derivative, of: ["v", "f"]))
    return { (x) throws(EvaluationError) in
      let y = try function(x.value)
      return Dual(y, try chain(x.tangent) { () throws(EvaluationError) in try slope(x.value, y) })
    }
  }

  static func function(
    _ row: Function.Pairwise
  ) throws(EvaluationError) -> (Dual, Dual) throws(EvaluationError) -> Dual {
    let (function, formulas) = (try Base.function(row), row.derivatives)
    let first = try GivenFormula<Base>(formulas[0], of: ["u", "v"])
    let second = try GivenFormula<Base>(formulas[1], of: ["u", "v"])
    return { (u, v) throws(EvaluationError) in
      Dual(
        try function(u.value, v.value),
        try chain(u.tangent) { () throws(EvaluationError) in try first(u.value, v.value) }
          + chain(v.tangent) { () throws(EvaluationError) in try second(u.value, v.value) })
    }
  }

  static func activated(_ net: Dual, by choice: ActivationChoice) throws(EvaluationError) -> Dual {
    let a = try Base.activated(net.value, by: choice)
    return Dual(
      a,
      try chain(net.tangent) { () throws(EvaluationError) in try Base.slope(of: choice, net: net.value, a: a) })
  }

  static func activated(layer net: [Dual], by choice: ActivationChoice) throws(EvaluationError) -> [Dual] {
    let values = net.map(\.value)
    let a = try Base.activated(layer: values, by: choice)
    let jacobian = try Base.jacobian(of: choice, net: values, a: a)
    return net.indices.map { row in
      var tangent = Base(0)
      for column in net.indices { tangent = tangent + chain(jacobian[row * net.count + column], net[column].tangent) }
      return Dual(a[row], tangent)
    }
  }

  /// f′ moves as the formula in its table says; its value is the base's own.
  static func slope(of choice: ActivationChoice, net: Dual, a: Dual) throws(EvaluationError) -> Dual {
    let value = try Base.slope(of: choice, net: net.value, a: a.value)
    guard !net.tangent.isZero else { return Dual(value) }
    return Dual(value, try choice.slopeFormula()(net, a).tangent)
  }

  static func jacobian(of choice: ActivationChoice, net: [Dual], a: [Dual]) throws(EvaluationError) -> [Dual] {
    let values = try Base.jacobian(of: choice, net: net.map(\.value), a: a.map(\.value))
    let moved = try choice.jacobianFormula(net, a)
    return zip(values, moved).map { Dual($0, $1.tangent) }
  }

  static func derivative(
    of body: Expression, by quantity: Expression, _ compiler: Compiler<Dual>, _ names: Names
  ) throws(EvaluationError) -> Code<Dual> {
    throw EvaluationError("d(…)/d(…) may not stand inside d(…)", at: names.place(quantity.range))
  }
}
