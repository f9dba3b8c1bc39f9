import Engine

/// A number that expressions are worked out in. The evaluator knows the operations below and nothing else of it: those of
/// a field, of which only a division may fail, functions of the one table, and comparisons, which may be undecidable.
protocol Number: Sendable {
  /// A whole number: an index, a count, the truth of a comparison.
  init(_ whole: Int)
  /// A number of the core's.
  init(core number: Double)
  /// A number as it was typed, exactly.
  static func typed(_ literal: Literal) throws(EvaluationError) -> Self

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self
  /// a / b
  static func quotient(_ a: Self, _ b: Self) throws(EvaluationError) -> Self
  /// a to the b
  static func power(_ a: Self, _ b: Self) throws(EvaluationError) -> Self

  /// a·b + c, rounded once.
  static func fused(_ a: Self, _ b: Self, plus c: Self) -> Self
  /// The sum of products of two runs, in the order that the core takes it in.
  static func dot(_ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, count: Int) -> Self
  /// The root of the sum of squares.
  static func norm(_ elements: [Self]) throws(EvaluationError) -> Self

  /// Whether a comparison holds between two.
  static func comparison(_ sign: BinaryOperator) -> (Self, Self) throws(EvaluationError) -> Bool
  /// The same as a number, 1 or 0; where it is not decided, something that stands for it.
  static func truth(_ sign: BinaryOperator) -> (Self, Self) throws(EvaluationError) -> Self
  /// Whether it is other than 0; what is not a number is not true.
  var isTrue: Bool { get throws(EvaluationError) }
  /// Whether it is 0 as it stands, whatever else it may stand for.
  var isZero: Bool { get }
  /// Whether it is a number at all.
  var isNumber: Bool { get }
  /// The whole number that it is, of a size that can be counted with.
  var whole: Int? { get }
  /// The number in a message.
  var text: String { get }

  /// An elementwise function of the table, ready to be used.
  static func function(_ row: Function.Elementwise) throws(EvaluationError) -> (Self) throws(EvaluationError) -> Self
  /// A function of two numbers of the table, ready to be used.
  static func function(_ row: Function.Pairwise) throws(EvaluationError) -> (Self, Self) throws(EvaluationError) -> Self
  /// An activation of one unit.
  static func activated(_ net: Self, by choice: ActivationChoice) throws(EvaluationError) -> Self
  /// The derivative of an activation of one unit, at its argument and its value.
  static func slope(of choice: ActivationChoice, net: Self, a: Self) throws(EvaluationError) -> Self
  /// An activation of a whole layer.
  static func activated(layer net: [Self], by choice: ActivationChoice) throws(EvaluationError) -> [Self]
  /// The Jacobian of an activation, row by row.
  static func jacobian(of choice: ActivationChoice, net: [Self], a: [Self]) throws(EvaluationError) -> [Self]

  /// Code for the derivative of an expression; see `Compiler`.
  static func derivative(
    of body: Expression, by quantity: Expression, _ compiler: Compiler<Self>, _ names: Names
  ) throws(EvaluationError) -> Code<Self>
}

extension Number {
  var isNumber: Bool { true }

  /// 1 where a comparison holds, else 0.
  static func truth(_ sign: BinaryOperator) -> (Self, Self) throws(EvaluationError) -> Self {
    let rule = comparison(sign)
    return { (a, b) throws(EvaluationError) in Self(try rule(a, b) ? 1 : 0) }
  }

  /// Eight partial sums, each over every eighth product, folded by halves, and what is left over one by one: as the core
  /// sums its own.
  static func dot(_ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, count: Int) -> Self {
    guard count > 0 else { return Self(0) }
    let whole = count - count % 8
    var total = a[0] * b[0]
    if whole > 0 {
      var lanes = (0..<8).map { a[$0] * b[$0] }
      for index in 8..<max(whole, 8) { lanes[index % 8] = fused(a[index], b[index], plus: lanes[index % 8]) }
      for half in [4, 2, 1] { for lane in 0..<half { lanes[lane] = lanes[lane] + lanes[lane + half] } }
      total = lanes[0]
    }
    for index in max(whole, 1)..<max(count, 1) { total = fused(a[index], b[index], plus: total) }
    return total
  }
}
