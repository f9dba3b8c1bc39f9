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
    guard !program.steps.isEmpty, let changing = try names.steps(changing: expression, in: program) else { return }
    looks = [.anew] + Array(repeating: .asBefore, count: program.steps.count)
    for step in changing { looks[step] = .anew }
  }

  /// How to look at it after a step of the iteration.
  func look(afterStep completed: Int) -> Look { completed < looks.count ? looks[completed] : .anew }
}

extension Names {
  /// After which steps of an iteration, from 1 on, an expression may be worth something else than before; nil where it is
  /// made of something that changes otherwise than by the operations of an iteration.
  fileprivate func steps(changing expression: Expression, in program: Program) throws(EvaluationError) -> Set<Int>? {
    /// Those so many steps later. An iteration's last step is the one before the next one's first.
    func later(_ steps: Set<Int>, by count: Int) -> Set<Int> {
      let all = program.steps.count
      return Set(steps.map { ($0 - 1 + count % all) % all + 1 })
    }
    var steps: Set<Int>? = []
    func add(_ more: Set<Int>?) { steps = more.flatMap { steps?.union($0) } }
    try walk(expression) { (node, names) throws(EvaluationError) in
      switch node.kind {
      case .name(_, .some), .old, .derivative: steps = nil
      case .at(let step, let body):
        let changing = try names.elsewhere.steps(changing: body, in: program)
        let ago = try names.stepsAgo(step).flatMap { $0 >= 0 ? $0 : nil }
        add(ago.flatMap { count in changing.map { later($0, by: count) } })
        return false
      case .call(Function.changed, _, let arguments):
        for argument in arguments {
          let changing = try names.steps(changing: argument, in: program)
          add(changing.map { $0.union(later($0, by: 1)) })
        }
        return false
      case .name(let name, nil):
        guard case .quantity(let own, _) = try names.meaning(of: name, at: node.range) else { break }
        guard let quantity = Quantity.named(own), quantity.kind.changesByItsOperation else {
          steps = nil
          break
        }
        // At an iteration's first step what the last iteration computed is gone.
        if !quantity.kind.isHandedOn { add([1]) }
        if let step = program.step(changing: quantity) { add([step + 1]) }
      default: break
      }
      return steps != nil
    }
    return steps
  }
}
