import Engine
import Notation

// What may be asked as a condition, of breakpoints, of searches and of runs alike.
extension Session {
  /// Refuses an expression that means nothing as a condition: one that is not known, that reads an element which is nowhere,
  /// or that is a quantity and says nothing of it.
  func requireCondition(_ condition: Expression) throws(CommandError) {
    try requireMeaning(of: condition)
    do throws(EvaluationError) {
      try condition.requireElements(in: scope, batch: isAlone ? timeline.experiment.samplesPerBatch : .max)
    } catch {
      guard haveOthersOtherSizes else {
        throw CommandError(error.message, at: error.range?.lowerBound ?? condition.range.lowerBound)
      }
    }
    try requireComparison(condition)
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

  private func requireComparison(_ part: Expression) throws(CommandError) {
    if case .binary(let sign, let left, let right) = part.kind, sign == .and || sign == .or {
      for side in [left, right] { try requireComparison(side) }
      return
    }
    let shape = part.shape(in: scope) ?? .scalar
    let isBare = part.isOfQuantity { Quantity.named($0) != nil && definitions[$0] == nil }
    guard shape != .scalar ? !part.isDecision : isBare else { return }
    let what: Text = shape == .scalar ? "a number" : "a \(shape) matrix"
    let example: Text = shape == .scalar ? "\(part) > 0.1" : "|\(part)| > 0.1"
    throw CommandError(
      "\(part) is \(what) and no condition: a comparison was expected, as in \(example) or changed(\(part))",
      at: part.range.lowerBound)
  }
}

extension Expression {
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
