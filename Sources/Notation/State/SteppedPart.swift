import Engine

/// A part of an expression that is looked at after one layer step after another. Where a step changes nothing that it reads,
/// what the last look found is what this one would.
final class SteppedPart {
  private let code: Code<Double>
  private let dependence: StepDependence
  /// What the last look found, and at which step.
  @exclusivity(unchecked) private var last: (step: Int, found: Result<Value<Double>, EvaluationError>)?

  init(_ code: @escaping Code<Double>, _ dependence: StepDependence) {
    (self.code, self.dependence) = (code, dependence)
  }

  /// Whether a look has to work it out.
  func needsLook(at place: Passing, _ step: Int) -> Bool {
    switch dependence.look(afterStep: place.stepsOfIteration) {
    case .anew: true
    case .asBefore: last?.step != step - 1
    }
  }

  /// What it is worth.
  func look(
    at place: Passing, _ step: Int, _ evaluation: Evaluation<Double>
  ) -> Result<Value<Double>, EvaluationError> {
    if !needsLook(at: place, step), let last {
      self.last = (step, last.found)
      return last.found
    }
    let found = Result { () throws(EvaluationError) in try code(evaluation) }
    last = (step, found)
    return found
  }

  /// What the last look found counts no more.
  func forget() { last = nil }
}

/// After which layer steps of an iteration an expression may be worth something else than a step before.
struct StepDependence {
  /// How to look at it after a step.
  enum Look {
    /// It may have changed.
    case anew
    /// It is what it was one step before.
    case asBefore
  }

  /// By how many steps of the iteration are complete; where there is nothing it may always have changed.
  private var looks: [Look] = []

  /// How an expression depends on the steps of an iteration.
  init(of expression: Expression, _ names: Names, in program: Program) throws(EvaluationError) {
    guard let quantities = try names.quantitiesRead(by: expression), !program.steps.isEmpty else { return }
    let changing = quantities.compactMap { program.step(changing: $0) }
    // At an iteration's first step what the last iteration computed is gone.
    looks = [.anew, .anew] + Array(repeating: .asBefore, count: program.steps.count - 1)
    for step in changing { looks[step + 1] = .anew }
  }

  /// How to look at it after a step of the iteration.
  func look(afterStep completed: Int) -> Look { completed < looks.count ? looks[completed] : .anew }
}

extension Names {
  /// The quantities that an expression is made of, where it is made of nothing that changes otherwise than by the operations
  /// of an iteration; else nil.
  fileprivate func quantitiesRead(by expression: Expression) throws(EvaluationError) -> Set<Quantity>? {
    var read: Set<Quantity>? = []
    try walk(expression) { (node, names) throws(EvaluationError) in
      switch node.kind {
      case .name(_, .some), .old, .derivative, .at, .call(Function.changed, _, _): read = nil
      case .name(let name, nil):
        guard case .quantity(let own, _) = try names.meaning(of: name, at: node.range) else { break }
        if let quantity = Quantity.named(own), quantity.kind.changesByItsOperation {
          read?.insert(quantity)
        } else {
          read = nil
        }
      default: break
      }
      return read != nil
    }
    return read
  }
}
