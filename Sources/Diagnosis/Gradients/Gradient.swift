import Engine
import Notation

/// What a check compares: a cost, by what it is read off a forward pass, and its derivative as it was computed.
package struct Gradient {
  /// The state with all gradients of its iteration.
  let state: State
  /// The cost in a pass.
  let read: CostOfIteration.Read
  /// The derivative by an element.
  let exact: (Element) throws(EvaluationError) -> Double
  /// About how many multiplications it takes beside the passes to know one derivative and its difference.
  let work: (_ layer: Int) -> Int

  /// The gradients that the backward pass computes: `dw`, `db`, and `dx` of the sample on show.
  package static func ofLoss(at state: State) -> Gradient {
    let state = state.withGradients
    return Gradient(
      state: state, read: CostOfIteration.loss,
      exact: { (element) throws(EvaluationError) in
        guard let kind = element.quantity.kind.gradient,
          let value = try? state.value(of: Quantity(kind, element.quantity.layer))
        else { throw EvaluationError("\(element.quantity.name) has no gradient here") }
        return value[element.row, element.column]
      }, work: { _ in 0 })
  }

  /// An expression of forward quantities and its derivatives in dual numbers, as `d(EXPR)/d(q)` has them.
  /// - Throws: where it is none, or not one number.
  package static func of(
    _ cost: Expression, at state: State, definitions: Definitions, layout: WeightLayout
  ) throws(EvaluationError) -> Gradient {
    let state = state.withGradients
    let scope = StateScope(state, definitions: definitions, layout: layout)
    let tangent = try TangentExpression(cost, in: scope)
    // What it says of the expression it says at once, and how dear it is.
    _ = try tangent.derivative(by: Element(Quantity(.x), sample: state.selected))
    let probe = try Probe(cost, in: scope)
    let pass = ForwardPass(state)
    // An operation on numbers of an expression costs about as much as so many multiplications of the core.
    let expression = 20
    return Gradient(
      state: state,
      read: { (pass, _) throws(EvaluationError) in
        let scope = StateScope(pass.state, definitions: definitions, layout: layout)
        return try probe.value(in: scope).scalar ?? .nan
      },
      exact: { (element) throws(EvaluationError) in try tangent.derivative(by: element) },
      work: { layer in expression * (pass.work(ofLayer: layer) + tangent.work + 2 * probe.cost) })
  }

  /// The same cost beside other derivatives, such as somebody's own.
  package func beside(_ other: @escaping (Element, Double) -> Double) -> Gradient {
    let exact = exact
    return Gradient(
      state: state, read: read,
      exact: { (element) throws(EvaluationError) in other(element, try exact(element)) }, work: work)
  }
}
