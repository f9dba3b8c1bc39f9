import Engine

/// An expression of forward quantities with one number for each sample of a batch, compiled once for all of them.
public struct ForwardExpression {
  private let code: Code
  private let slots: Int
  /// What all samples read alike.
  private let shared: Binding
  /// About how many operations on numbers it takes for a sample, as the first one says.
  public let cost: Int

  /// What a sample takes beside its operations, and how many times more than is charged for a derivative it takes, which
  /// goes through the network again.
  private static let overhead = 150
  private static let derivative = 8
  /// How many times the first sample's work another one may take.
  private static let patience = 16

  /// Compiles an expression where a batch's forward pass is done.
  /// - Throws: where it reads other than `x`, `w`, `b`, `net`, `a` and `out`, or another step, set of weights or the whole
  ///   batch; where it has no value for the first sample, or is no scalar.
  public init(_ expression: Expression, in scope: any Scope) throws(EvaluationError) {
    try Names(scope).requireForward(expression)
    let compiler = Compiler()
    code = try compiler.compile(expression, Names(scope))
    slots = compiler.slots
    shared = Binding(scope)
    let evaluation = Evaluation(Binding(scope, Reading(sample: 0), sharing: shared), slots: slots)
    let value = try code(evaluation)
    guard value.number != nil else {
      throw EvaluationError(
        "one number at each point was expected, this is \(value.shape): take |…|, or one element", at: expression.range)
    }
    let derivative = try Names(scope).derives(expression) ? ForwardExpression.derivative : 1
    cost = (compiler.nodes + evaluation.work) * derivative + ForwardExpression.overhead
  }

  /// The values for all samples of the batch; NaN where there is none.
  public func values() -> [Double] {
    (0..<shared.scope.sampleCount).map { sample in
      do throws(EvaluationError) {
        let binding = Binding(shared.scope, Reading(sample: sample), sharing: shared)
        let work = ForwardExpression.patience * cost
        return try code(Evaluation(binding, slots: slots, maximumWork: work)).number?.value ?? .nan
      } catch {
        return .nan
      }
    }
  }
}

extension Names {
  /// Refuses what a point of the inputs alone has no value for.
  fileprivate func requireForward(_ expression: Expression) throws(EvaluationError) {
    try visit(expression)
    let range = place(expression.range)
    var inner = self
    switch expression.kind {
    case .name(let name, let version):
      switch try meaning(of: name, at: range) {
      case .definition(let definition, let names): return try names.requireForward(definition)
      case .quantity(let name, _):
        guard Quantity.named(name)?.kind.isForward == true else {
          throw EvaluationError("\(name) is no forward quantity: x, w, b, net, a and out are", at: range)
        }
        guard version == nil else {
          throw EvaluationError("\(name) stands for the present weights here, without a version", at: range)
        }
      case .index, .unknown: break
      }
    case .at: throw EvaluationError("at(…) may not stand here: the points are those of this step", at: range)
    case .old:
      throw EvaluationError("old(…) may not stand here: the points are those of the present weights", at: range)
    case .call("changed", _, _):
      throw EvaluationError("changed(…) may not stand here: the points are those of this step", at: range)
    case .fold(_, index: "sample", _, _):
      throw EvaluationError("the points are no samples of a batch, which sample runs over", at: range)
    case .fold(_, let index, _, _): inner = binding(index, slot: 0)
    default: break
    }
    for child in expression.children { try inner.requireForward(child) }
  }

  /// Whether a derivative is taken in it, or in a let that it uses.
  fileprivate func derives(_ expression: Expression) throws(EvaluationError) -> Bool {
    try visit(expression)
    if case .derivative = expression.kind { return true }
    if case .name(let name, _) = expression.kind {
      guard case .definition(let definition, let names) = try meaning(of: name, at: expression.range) else {
        return false
      }
      return try names.derives(definition)
    }
    for child in expression.children where try derives(child) { return true }
    return false
  }
}
