import Engine

/// The core's own numbers.
extension Double: Number {
  init(core number: Double) { self = number }
  static func typed(_ literal: Literal) -> Double { literal.value }

  static func quotient(_ a: Double, _ b: Double) -> Double { a / b }
  static func power(_ a: Double, _ b: Double) -> Double { Engine.power(a, b) }

  static func fused(_ a: Double, _ b: Double, plus c: Double) -> Double { c.addingProduct(a, b) }

  static func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int) -> Double {
    Engine.dot(a, b, count: count)
  }

  static func norm(_ elements: [Double]) -> Double {
    // What is not a number beside an infinity would be lost in a maximum.
    if let odd = elements.first(where: \.isNaN) { return odd }
    let largest = elements.reduce(0) { max($0, abs($1)) }
    // Far from 1, the squares would leave the range of a Double.
    let scale = largest > 1e140 || (largest < 1e-140 && largest > 0) ? largest : 1
    guard scale.isFinite else { return scale }
    return scale * elements.reduce(0) { $0 + ($1 / scale) * ($1 / scale) }.squareRoot()
  }

  static func comparison(_ sign: BinaryOperator) -> (Double, Double) throws(EvaluationError) -> Bool {
    // Each by itself, so that a loop over elements asks once which it is.
    switch sign {
    case .near: { approximatelyEqual($0, $1) }
    case .equal: { $0 == $1 }
    default: { sign.holds($0, $1) }
    }
  }

  var isTrue: Bool { self != 0 && !isNaN }
  var isNumber: Bool { !isNaN }
  var whole: Int? { abs(self) <= 0x1p53 ? Int(exactly: self) : nil }
  var text: String { Literal(self).text }

  static func function(_ row: Function.Elementwise) -> (Double) throws(EvaluationError) -> Double {
    let value = row.value
    return { value($0) }
  }

  static func function(_ row: Function.Pairwise) -> (Double, Double) throws(EvaluationError) -> Double {
    let value = row.value
    return { value($0, $1) }
  }

  static func activated(_ net: Double, by choice: ActivationChoice) -> Double {
    choice.value(net)
  }

  static func slope(of choice: ActivationChoice, net: Double, a: Double) -> Double {
    choice.derivative(net: net, a: a)
  }

  static func activated(layer net: [Double], by choice: ActivationChoice) -> [Double] {
    choice.value(of: Matrix(column: net)).elements
  }

  static func jacobian(of choice: ActivationChoice, net: [Double], a: [Double]) -> [Double] {
    choice.jacobian(net: Matrix(column: net), a: Matrix(column: a)).elements
  }

  static func derivative(
    of body: Expression, by quantity: Expression, _ compiler: Compiler<Double>, _ names: Names
  ) throws(EvaluationError) -> Code<Double> {
    try compiler.derivative(of: body, by: quantity, names)
  }
}
