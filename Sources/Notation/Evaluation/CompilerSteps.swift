import Engine

// What is read at other steps.
extension Compiler {
  /// Code for `at(STEP, …)`.
  func compile(at step: Expression, _ body: Expression, _ names: Names) throws(EvaluationError) -> Code<N> {
    let place = names.place(step.range)
    func complaint(_ text: String, isBeforeTheFirst: Bool = false) -> EvaluationError {
      EvaluationError(
        "a step is a whole number from 0 on, not \(text)", at: place, isNotComputed: isBeforeTheFirst)
    }
    let number = try index(step, names) { complaint($0.text) }
    let (code, isAlone) = try alone(body, names.elsewhere)
    let there: Code<N> = { evaluation throws(EvaluationError) in
      let number = try number(evaluation)
      // Of what is looked at again and again along a walk, that comes by and by.
      guard number >= 0 else { throw complaint("\(number)", isBeforeTheFirst: true) }
      return try located(place) { () throws(EvaluationError) in
        try evaluation.with(.step(number)) { () throws(EvaluationError) in try code(evaluation) }
      }
    }
    guard isAlone, names.isHere else { return there }
    if case .number = step.kind { return remembered(there) }
    guard let steps = try names.stepsAgo(step), KeptSteps<N>.counts.contains(steps) else { return there }
    return told(PartStepsAgo(code: code, expression: body, names: names.elsewhere, steps: steps), orElse: there)
  }

  /// Code whose value stays as it is once it is there, wherever along a walk it is read.
  private func remembered(_ code: @escaping Code<N>) -> Code<N> {
    tally.memos += 1
    let memo = tally.memos - 1
    return { evaluation throws(EvaluationError) in
      if let known = evaluation.remembered[memo] { return known }
      let value = try code(evaluation)
      evaluation.remembered[memo] = value
      return value
    }
  }

  /// Code for what was there some steps ago, as an evaluation along a walk was told of it; else it goes there.
  private func told(_ part: PartStepsAgo<N>, orElse there: @escaping Code<N>) -> Code<N> {
    let place = place(part)
    return { evaluation throws(EvaluationError) in
      guard place < evaluation.stepsAgo.count,
        let known = evaluation.stepsAgo[place][step: evaluation.binding.scope.step - part.steps]
      else { return try there(evaluation) }
      return try known.get()
    }
  }

  /// Code for `changed(…)`: 1 where a value differs from what it was one step ago, else 0. What was not computed then has
  /// changed.
  func compile(changed body: Expression, _ names: Names) throws(EvaluationError) -> Code<N> {
    let (elsewhere, isAlone) = try alone(body, names.elsewhere)
    let there: Code<N> = { evaluation throws(EvaluationError) in
      try evaluation.with(.step(evaluation.binding.scope.step - 1)) { () throws(EvaluationError) in
        try elsewhere(evaluation)
      }
    }
    // A walk tells what was there while it stands there.
    let code = try compile(body, names)
    let part = PartStepsAgo(code: code, expression: body, names: names, steps: 1)
    let before = isAlone && names.isHere ? told(part, orElse: there) : there
    let differs = N.comparison(.unequal)
    return { evaluation throws(EvaluationError) in
      let now = try code(evaluation)
      guard evaluation.binding.scope.step > 0 else { return .build(now.shape) { _ in N(0) } }
      let old: Value<N>
      do throws(EvaluationError) { old = try before(evaluation) } catch {
        guard error.isNotComputed else { throw error }
        return .build(now.shape) { _ in N(1) }
      }
      guard old.shape == now.shape else { return .build(now.shape) { _ in N(1) } }
      return try .eachWith(now, old, "changed") { (a, b) throws(EvaluationError) in
        // What is not a number stays so.
        if try differs(a, a), try differs(b, b) { return N(0) }
        return N(try differs(a, b) ? 1 : 0)
      }
    }
  }
}

extension Names {
  /// How many steps ago `step-N` is; nil of other expressions.
  func stepsAgo(_ step: Expression) throws(EvaluationError) -> Int? {
    guard case .binary(.minus, let left, let right) = step.kind, case .number(let number) = right.kind,
      case .name(let name, version: nil) = left.kind,
      case .quantity(let quantity, _) = try meaning(of: name, at: left.range),
      Quantity.named(quantity)?.kind == .step
    else { return nil }
    return Int(exactly: number.value)
  }
}
