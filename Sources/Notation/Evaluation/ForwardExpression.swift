import Engine

/// An expression of forward quantities with one number for each sample of a batch, compiled once for all of them.
package struct ForwardExpression {
  private let code: Code<Double>
  private let compiler = Compiler<Double>()
  /// What all samples read alike.
  private let shared: BoundScope<Double>
  /// About how many operations on numbers it takes for a sample, as the first one says.
  package let cost: Int

  /// What a sample takes beside its operations, and how many times more than is charged for a derivative it takes, which
  /// goes through the network again.
  private static let overhead = 150
  private static let derivative = 8
  /// How many times the first sample's work another one may take.
  private static let patience = 16

  /// Compiles an expression where a batch's forward pass is done.
  /// - Throws: where it reads other than `x`, `w`, `b`, `net`, `a` and `out`, or another step, set of weights or the whole
  ///   batch; where it has no value for the first sample, or is no scalar.
  package init(_ expression: Expression, in scope: StateScope) throws(EvaluationError) {
    try Names(scope).requireForward(expression)
    code = try compiler.compile(expression, Names(scope))
    shared = BoundScope(scope)
    let evaluation = Evaluation(BoundScope(scope, Reading(sample: 0), sharing: shared), compiler)
    let value = try code(evaluation)
    guard value.number != nil else {
      throw EvaluationError(
        "one number at each point was expected, this is \(value.shape): take |…|, or one element", at: expression.range)
    }
    let derivative = try Names(scope).derives(expression) ? ForwardExpression.derivative : 1
    cost = (compiler.tally.nodes + evaluation.work) * derivative + ForwardExpression.overhead
  }

  /// The values for all samples of the batch; NaN where there is none.
  package func values() -> [Double] {
    (0..<shared.scope.sampleCount).map { sample in
      do throws(EvaluationError) {
        let binding = BoundScope(shared.scope, Reading(sample: sample), sharing: shared)
        let work = ForwardExpression.patience * cost
        return try code(Evaluation(binding, compiler, maximumWork: work)).number ?? .nan
      } catch {
        return .nan
      }
    }
  }
}

extension Names {
  /// Refuses what a point of the inputs alone has no value for.
  fileprivate func requireForward(_ expression: Expression) throws(EvaluationError) {
    try walk(expression) { (node, names) throws(EvaluationError) in
      if let complaint = try names.complaint(aboutForward: node) {
        throw EvaluationError(complaint, at: names.place(node.range))
      }
      return true
    }
  }

  private func complaint(aboutForward node: Expression) throws(EvaluationError) -> Text? {
    switch node.kind {
    case .name(let name, let version):
      guard case .quantity(let name, _) = try meaning(of: name, at: node.range) else { return nil }
      guard Quantity.named(name)?.kind.isForward == true else {
        return "\(name) is not a forward quantity; use x, w, b, net, a or out"
      }
      return version == nil ? nil : "\(name) stands for the present weights here, without a version"
    case .at: return "at(…) may not stand here: the points are those of this step"
    case .old: return "old(…) may not stand here: the points are those of the present weights"
    case .call("changed", _, _): return "changed(…) may not stand here: the points are those of this step"
    case .fold(_, index: Fold.overBatch, _, _): return "the points are no samples of a batch, which sample runs over"
    default: return nil
    }
  }

  /// Whether a derivative is taken in it, or in a let that it uses.
  fileprivate func derives(_ expression: Expression) throws(EvaluationError) -> Bool {
    var derives = false
    try walk(expression) { (node, _) throws(EvaluationError) in
      if case .derivative = node.kind { derives = true }
      return !derives
    }
    return derives
  }
}
