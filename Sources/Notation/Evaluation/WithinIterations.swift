import Engine

extension Expression {
  /// Whether it may hold within an iteration and no more where that ends: it asks for the step, the phase or the layer, or
  /// what has changed since the step before. Everything else is still there at the end, as the iteration made it.
  package func turnsWithinIterations(in scope: StateScope) -> Bool {
    (try? Names(scope).turnsWithinIterations(self)) ?? false
  }
}

extension Names {
  private static let turning: [Quantity.Kind] = [.step, .phase, .layer]

  fileprivate func turnsWithinIterations(_ expression: Expression) throws(EvaluationError) -> Bool {
    var turns = false
    try walk(expression) { (node, names) throws(EvaluationError) in
      switch node.kind {
      case .call(Function.changed, isDerivative: false, _): turns = true
      case .name(let name, _):
        if case .quantity(let own, _) = try names.meaning(of: name, at: node.range) {
          turns = turns || Names.turning.contains { $0.isCalled(own) }
        }
      case .at(_, let body):
        // At which step something else is looked at is no question about the present one.
        if try names.turnsWithinIterations(body) { turns = true }
        return false
      default: break
      }
      return !turns
    }
    return turns
  }
}
