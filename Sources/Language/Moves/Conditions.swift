import Engine
import Notation

// What may be asked as a condition, of breakpoints, of searches and of runs alike.
extension Session {
  /// Refuses an expression that means nothing as a condition: one that is not known, that reads an element which is nowhere,
  /// or that is a quantity and says nothing of it.
  func requireCondition(_ condition: Expression) throws(CommandError) {
    try requireElements(of: condition)
    if let step = condition.stepThatIsNone {
      throw CommandError("\(step) is no step: those are counted in whole numbers from 0 on", at: step.range.lowerBound)
    }
    try requireComparison(condition)
  }

  /// Refuses an expression that is not known, or reads an element that is nowhere: now, before, or in another future.
  func requireElements(of expression: Expression) throws(CommandError) {
    try requireMeaning(of: expression)
    do throws(EvaluationError) {
      try expression.requireElements(in: scope, batch: isAlone ? timeline.experiment.samplesPerBatch : .max)
    } catch {
      guard haveOthersOtherSizes else {
        throw CommandError(error.message, at: error.range?.lowerBound ?? expression.range.lowerBound)
      }
    }
  }

  /// Whether there was one experiment all along, and is no other future.
  private var isAlone: Bool { content.futures.all.count <= 1 && timeline.networks.count <= 1 }

  /// Whether there was, or is in another future, a network whose layers have other sizes.
  private var haveOthersOtherSizes: Bool {
    let sizes = timeline.experiment.network.sizes
    return content.futures.all.contains { future in
      content.futures.timeline(of: future, here: timeline).networks.contains { $0.sizes != sizes }
    }
  }

  /// Refuses a condition that holds at no step that is looked at, and gives how long it may still come to hold.
  @discardableResult
  func requireProspect(of condition: Expression, _ reach: Prospect.Reach) throws(CommandError) -> Prospect {
    let prospect = Prospect(of: condition, on: timeline, reach)
    guard let obstacle = prospect.obstacle else { return prospect }
    let never: Text = reach == .ahead ? "at no later step" : "at no step"
    throw CommandError("\(obstacle.part) holds \(never): \(obstacle.reason)", at: obstacle.part.range.lowerBound)
  }

  /// What is to be said of a condition that waits for what is still to come: what cannot hold as things stand may, once they
  /// are changed. What never can is refused.
  func doubts(about condition: Expression) throws(CommandError) -> [Text] {
    var doubts: [Text] = []
    let obstacle = Prospect(of: condition, on: timeline, .anywhere).obstacle
    if let obstacle, !obstacle.mayGo { try requireProspect(of: condition, .anywhere) }
    if let obstacle {
      doubts.append("\(obstacle.part) holds nowhere as things stand: \(obstacle.reason)")
    }
    if let far = condition.stepRead, far.step > timeline.step(at: timeline.furthest) {
      doubts.append("\(far.part) is known from step \(far.step) on; until then it does not hold")
    }
    if let ahead = condition.readAhead {
      doubts.append(
        "\(ahead) is known only where training went that far before; on new ground it does not hold, at(step-1, …) does"
      )
    }
    return doubts
  }

  private func requireComparison(_ part: Expression) throws(CommandError) {
    if case .binary(let sign, let left, let right) = part.kind, sign == .and || sign == .or {
      for side in [left, right] { try requireComparison(side) }
      return
    }
    if let reason = part.reasonAgainst { throw CommandError(reason, at: part.range.lowerBound) }
    let shape = part.shape(in: scope) ?? .scalar
    let isBare = part.isOfQuantity { Quantity.named($0) != nil && definitions[$0] == nil }
    guard shape != .scalar ? !part.isDecision : isBare else { return }
    if case .call(let name, isDerivative: false, _) = part.kind, Function.tellsTruth(name) {
      throw CommandError(
        "\(part) says it of each number by itself: min(\(part)) asks whether all are so, max(\(part)) whether any is",
        at: part.range.lowerBound)
    }
    let what: Text = shape == .scalar ? "a number" : "a \(shape) matrix"
    let example: Text = shape == .scalar ? "\(part) > 0.1" : "|\(part)| > 0.1"
    throw CommandError(
      "\(part) is \(what) and no condition: a comparison was expected, as in \(example) or changed(\(part))",
      at: part.range.lowerBound)
  }
}

extension Arguments {
  /// Reads a condition. One `=` is a slip for the sign that compares.
  mutating func condition() throws(CommandError) -> Expression {
    let condition = try expression("a condition")
    guard let word = peek, word.text.hasPrefix("="), !word.text.hasPrefix("==") else { return condition }
    let signs = ["=>": ">=", "=<": "<="]
    let typed = signs.keys.first(where: word.text.hasPrefix) ?? "="
    var rest = String(word.text.dropFirst(typed.count))
    if rest.isEmpty { rest = line.words.dropFirst(index + 1).first?.text ?? "…" }
    throw failure("\(typed) compares nothing; did you mean \(condition) \(signs[typed] ?? "==") \(rest)?")
  }
}

extension Expression {
  /// Why it is no condition whatever the network is, with what may have been meant; nil where it may be one.
  fileprivate var reasonAgainst: Text? {
    switch kind {
    case .call(Function.changed, isDerivative: false, let arguments):
      guard let watched = arguments.first, watched.names.isEmpty else { return nil }
      return "\(watched) never changes: a quantity was expected in it, as in changed(w1[1,1])"
    case .number(let literal):
      let whole = Int(exactly: literal.value).flatMap { $0 > 0 ? $0 : nil }
      let number: Text =
        literal.value.isFinite ? "loss < \(self)" : literal.value.isNaN ? "isnan(loss)" : "loss == \(self)"
      let meant: Text = whole.map { "\(Quantity.Kind.step.name) == \($0)" } ?? number
      return "\(self) is a number and no condition: did you mean \(meant)?"
    case .binary(let sign, let left, let right):
      for (literal, other) in [(right, left), (left, right)]
      where literal.isNaN && sign.isComparison && sign != .unequal {
        return "nothing equals nan: isnan(\(other)) asks for it, not isfinite(\(other)) for what is infinite as well"
      }
      if !sign.isComparison {
        return names.isEmpty ? "\(self) is a number and no condition: a comparison was expected, as in loss < 0.1" : nil
      }
      guard let counted = CountedComparison(self), Quantity.Kind.phase.isCalled(counted.name), counted.phase == nil
      else { return nil }
      let phases = Phase.allCases.map(\.rawValue)
      let place = Int(exactly: counted.number).flatMap { phases.indices.contains($0) ? $0 : nil }
      let near: Text = place.map { "; did you mean phase \(sign.rawValue) \(phases[$0])?" } ?? ""
      return "a phase is written as a word, one of \(phases.joined(separator: ", "))\(near)"
    default: return nil
    }
  }

  private var isNaN: Bool { if case .number(let literal) = kind { literal.value.isNaN } else { false } }

  /// A part that reads a step ahead of the one that is looked at: `at(step+7, loss)`; nil where none does.
  fileprivate var readAhead: Expression? {
    if case .at(let step, _) = kind, case .binary(.plus, let left, let right) = step.kind {
      for (name, number) in [(left, right), (right, left)] where name.names(.step) {
        if case .number(let literal) = number.kind, literal.value > 0 { return self }
      }
    }
    for child in children { if let found = child.readAhead { return found } }
    return nil
  }

  /// What `at` reads at in a part of it and is no whole number at any step: `step - 7.5`; nil where there is nothing of the
  /// kind.
  fileprivate var stepThatIsNone: Expression? {
    if case .at(let step, _) = kind {
      if let number = step.typedNumber, number < 0 || number != number.rounded() { return step }
      if case .binary(let sign, let left, let right) = step.kind, sign == .plus || sign == .minus {
        for (name, other) in [(left, right), (right, left)] where name.names(.step) {
          if let number = other.typedNumber, number != number.rounded() { return step }
        }
      }
    }
    for child in children { if let found = child.stepThatIsNone { return found } }
    return nil
  }

  /// The latest step that is typed in it as a number, with the part that reads there: `at(9999, loss)`.
  fileprivate var stepRead: (part: Expression, step: Int)? {
    var found = children.compactMap(\.stepRead)
    if case .at(let step, _) = kind, let number = step.typedNumber.flatMap({ Int(exactly: $0) }) {
      found.append((self, number))
    }
    return found.max { $0.step < $1.step }
  }

  /// The number that it is as it was typed, with its sign; nil where it is more than that.
  private var typedNumber: Double? {
    switch kind {
    case .number(let literal): literal.value
    case .unary(.minus, let operand): operand.typedNumber.map { -$0 }
    default: nil
    }
  }

  /// Whether it is a quantity, or an element of one or its length, and nothing more.
  fileprivate func isOfQuantity(_ isQuantity: (String) -> Bool) -> Bool {
    switch kind {
    case .name(let name, _): isQuantity(name)
    case .element(let base, _), .norm(let base), .transpose(let base), .old(let base): base.isOfQuantity(isQuantity)
    default: false
    }
  }

  /// Whether it says yes or no of each of its elements.
  fileprivate var isDecision: Bool {
    switch kind {
    case .binary(let sign, _, _): sign.isComparison
    case .call(Function.changed, _, _), .unary(.not, _): true
    case .at(_, let body), .old(let body): body.isDecision
    default: false
    }
  }
}
