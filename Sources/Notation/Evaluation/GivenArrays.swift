import Engine

/// How matrices of weights are given: with a row for each unit, as they are here and in PyTorch, or with a row for each
/// input, as x·W has them and Keras keeps them.
package enum WeightLayout: String, CaseIterable, Sendable {
  /// (outputs, inputs)
  case outIn = "out-in"
  /// (inputs, outputs)
  case inOut = "in-out"

  /// The one that this one is not.
  package var other: WeightLayout { self == .outIn ? .inOut : .outIn }
}

// Arrays that are given fit what they meet: one of one dimension is a row or a column as needed, and matrices of weights
// come in the layout that was said.
extension Names {
  /// Which sides of an operator are to be transposed.
  func turned(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression
  ) throws(EvaluationError) -> (left: Bool, right: Bool) {
    guard sign.isElementwise || sign == .times else { return (false, false) }
    let lines = (left: try isLine(left), right: try isLine(right))
    if lines.left != lines.right, let a = try shape(of: left), let b = try shape(of: right) {
      if sign == .times, a != .scalar, b != .scalar {
        return (false, lines.right && a.columns != b.rows && a.columns == b.columns)
      }
      guard a != b, a == b.transposed else { return (false, false) }
      return lines
    }
    guard scope.layout == .inOut, sign.isElementwise, !lines.left, !lines.right else { return (false, false) }
    if try isOfWeights(right) { return (try isGivenMatrix(left), false) }
    if try isOfWeights(left) { return (false, try isGivenMatrix(right)) }
    return (false, false)
  }

  /// Whether it is an array of one dimension as it was given, or such a one with its signs turned or scaled by a number.
  func isLine(_ expression: Expression) throws(EvaluationError) -> Bool {
    switch expression.kind {
    case .matrix(let rows): return rows.count == 1 && !rows[0].contains(where: \.isBracket)
    case .file(let file): return file.isLine
    case .unary(.minus, let operand): return try isLine(operand)
    case .binary(.times, let left, let right) where left.isTypedNumber: return try isLine(right)
    case .binary(let sign, let left, let right) where [.times, .over].contains(sign) && right.isTypedNumber:
      return try isLine(left)
    case .name(let name, version: nil):
      guard case .definition(let definition, let inner) = try meaning(of: name, at: expression.range) else {
        return false
      }
      return try inner.isLine(definition)
    default: return false
    }
  }

  /// Whether it is made of numbers that were given alone, and of more than one of them.
  func isGivenMatrix(_ expression: Expression) throws(EvaluationError) -> Bool {
    var readsElse = false
    try walk(expression) { (node, names) throws(EvaluationError) in
      if case .name(let name, _) = node.kind {
        if case .definition = try names.meaning(of: name, at: node.range) { return true }
        readsElse = true
      }
      // What `let` kept of a computed value was not given.
      if case .call(Function.valueNow, _, _) = node.kind { readsElse = true }
      return !readsElse
    }
    guard !readsElse, let shape = try shape(of: expression) else { return false }
    return shape != .scalar
  }

  /// Whether its rows are units and its columns inputs: weights, their gradients, changes and memory, and sums and multiples
  /// of them.
  func isOfWeights(_ expression: Expression) throws(EvaluationError) -> Bool {
    switch expression.kind {
    case .name(let name, _):
      switch try meaning(of: name, at: expression.range) {
      case .definition(let definition, let inner): return try inner.isOfWeights(definition)
      case .quantity(let name, _): return Quantity.named(name)?.kind.extent == .weights
      case .index, .given, .argument, .unknown: return false
      }
    case .unary(.minus, let operand), .old(let operand), .at(_, let operand): return try isOfWeights(operand)
    // Only what was kept of weights is written so: see `let keep`.
    case .call(Function.valueNow, _, let arguments):
      guard let kept = arguments.first else { return false }
      if case .matrix = kept.kind { return true }
      return try isOfWeights(kept)
    case .binary(let sign, let left, let right):
      let sides = (left: try isOfWeights(left), right: try isOfWeights(right))
      switch sign {
      case .plus, .minus, .timesEach, .overEach: return sides.left || sides.right
      case .times, .over:
        if sides.left, try shape(of: right) == .scalar { return true }
        return sides.right && sign == .times ? try shape(of: left) == .scalar : false
      default: return false
      }
    default: return false
    }
  }
}

extension BinaryOperator {
  /// Whether it takes two of one shape.
  fileprivate var isElementwise: Bool { isComparison || [.plus, .minus, .timesEach, .overEach].contains(self) }
}

extension Expression {
  /// Whether it is a number as it was typed.
  fileprivate var isTypedNumber: Bool { if case .number = kind { true } else { false } }

  /// The same with its rows as columns; what was transposed is what it was before.
  var transposed: Expression {
    if case .transpose(let operand) = kind { return operand }
    return Expression(.transpose(self), range: range)
  }

  /// Whether it is an array of one dimension as it was given, which fits a column as well as a row.
  package func isLine(in scope: StateScope) -> Bool { (try? Names(scope).isLine(self)) ?? false }

  /// Whether its rows are units and its columns inputs, as those of weights and what is made of them.
  package func isOfWeights(in scope: StateScope) -> Bool { (try? Names(scope).isOfWeights(self)) ?? false }

  /// Whether its value is to be transposed before it is put into a quantity or shown: a matrix of weights in the layout that
  /// was said. What is put somewhere is given; what is shown is of weights.
  package func isTurned(in scope: StateScope, shown: Bool = false) -> Bool {
    guard scope.layout == .inOut else { return false }
    let names = Names(scope)
    if shown { return (try? names.isOfWeights(self)) ?? false }
    return (try? names.isGivenMatrix(self) && !names.isLine(self)) ?? false
  }
}
