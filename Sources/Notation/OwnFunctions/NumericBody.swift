import Engine

/// Writes out what an own function does to numbers: its body with the functions and names that `let` gave put in, so that
/// nothing is left but its arguments, numbers, operators and the table's functions of numbers.
struct NumericBody {
  /// The functions that `let` made.
  let function: (String) -> Definition?
  /// What other names stand for.
  let meaning: (String) -> Expression?

  /// How many nodes a body, and how many its derivative may have when it is written out.
  static let mostNodes = (body: 4_000, derivative: 40_000)
  /// How deep either may be: less than what is parsed, since it stands in other formulas.
  static let deepest = 900

  /// The functions and names of a session.
  init(_ definitions: Definitions) { (function, meaning) = ({ definitions.function($0) }, { definitions[$0] }) }

  /// The functions and names of a scope.
  init(_ scope: any Scope) { (function, meaning) = ({ scope.function(named: $0) }, { scope.definition(of: $0) }) }

  /// A function's body over its arguments.
  /// - Throws: where it is no function of numbers, or stands for too many of them; the message says why.
  func body(of definition: Definition) throws(EvaluationError) -> Expression {
    let own = definition.parameters.map { ($0, Part(.name($0), 1)) }
    return try written(definition, Dictionary(own, uniquingKeysWith: { first, _ in first }), Opened()).expression
  }

  /// The derivative of a function of numbers by its last argument, over its arguments.
  /// - Throws: where it is no function of numbers, or its derivative is too long.
  func derivative(of definition: Definition) throws(EvaluationError) -> Expression {
    let body = try body(of: definition)
    let derivative = SymbolicDerivative(by: definition.parameters.last ?? "").derivative(of: body)
    guard derivative.depth <= NumericBody.deepest, derivative.hasAtMost(NumericBody.mostNodes.derivative) else {
      throw EvaluationError("the derivative of \(definition.name) is too long")
    }
    return derivative
  }

  /// The names that are looked into, and how deep what they stand for goes.
  private struct Opened {
    var names: [String] = []
    var depth = 0
  }

  /// An expression and how many nodes it has.
  private struct Part {
    let expression: Expression
    let count: Int

    init(_ expression: Expression, _ count: Int) { (self.expression, self.count) = (expression, count) }
  }

  private func written(
    _ definition: Definition, _ arguments: [String: Part], _ opened: Opened
  ) throws(EvaluationError) -> Part {
    try written(definition.expression, arguments, opening(definition.name, definition.expression, opened))
  }

  /// The names that are looked into, with another one.
  private func opening(
    _ name: String, _ meant: Expression, _ opened: Opened
  ) throws(EvaluationError) -> Opened {
    if let first = opened.names.firstIndex(of: name) {
      let circle = (opened.names[first...] + [name]).joined(separator: " -> ")
      throw EvaluationError("\(name) is defined by itself: \(circle)")
    }
    let inner = Opened(names: opened.names + [name], depth: opened.depth + meant.depth)
    guard inner.depth <= Expression.maximumDepth, inner.names.count <= Definition.deepest else {
      throw EvaluationError("what stands behind \(name) is too deep")
    }
    return inner
  }

  private func written(
    _ expression: Expression, _ arguments: [String: Part], _ opened: Opened
  ) throws(EvaluationError) -> Part {
    switch expression.kind {
    case .number(let literal): return Part(Expression(.number(literal)), 1)
    case .name(let name, version: nil):
      if let argument = arguments[name] { return argument }
      guard let meant = meaning(name) else { throw EvaluationError("\(name) is neither an argument nor a number") }
      return try written(meant, [:], opening(name, meant, opened))
    case .unary(let sign, let operand):
      return try joined([try written(operand, arguments, opened)]) { .unary(sign, $0[0]) }
    case .binary(let sign, let left, let right):
      let parts = [try written(left, arguments, opened), try written(right, arguments, opened)]
      // Of numbers both are one.
      let plain: BinaryOperator = sign == .timesEach ? .times : sign == .overEach ? .over : sign
      return try joined(parts) { .binary(plain, $0[0], $0[1]) }
    case .norm(let operand):
      let row = Function.Elementwise.absolute
      return try joined([try written(operand, arguments, opened)]) { .call(row.name, isDerivative: false, $0) }
    case .call(let name, let isDerivative, let given):
      var parts: [Part] = []
      for argument in given { parts.append(try written(argument, arguments, opened)) }
      return try written(call: name, isDerivative, parts, opened)
    default:
      throw EvaluationError("\(expression) is no number, and made of none")
    }
  }

  private func written(
    call name: String, _ isDerivative: Bool, _ parts: [Part], _ opened: Opened
  ) throws(EvaluationError) -> Part {
    if let own = function(name) {
      if let complaint = own.complaint(aboutArguments: parts.count) { throw EvaluationError(complaint) }
      let named = Dictionary(zip(own.parameters, parts), uniquingKeysWith: { first, _ in first })
      guard isDerivative else { return try written(own, named, opened) }
      _ = try opening(name, own.expression, opened)
      return try written(try derivative(of: own), named, opened)
    }
    guard Function.isOfNumbers(name, arguments: parts.count) else {
      throw EvaluationError("\(name)(…) is no function of numbers")
    }
    return try joined(parts) { .call(name, isDerivative: isDerivative, $0) }
  }

  /// A node over its parts, as long as it is not too large.
  private func joined(_ parts: [Part], _ kind: ([Expression]) -> Expression.Kind) throws(EvaluationError) -> Part {
    let count = parts.reduce(1) { $0 + $1.count }
    let expression = Expression(kind(parts.map(\.expression)))
    guard count <= NumericBody.mostNodes.body, expression.depth <= NumericBody.deepest else {
      throw EvaluationError("it stands for more than \(NumericBody.mostNodes.body) operations")
    }
    return Part(expression, count)
  }
}

extension Function {
  /// Whether a function or activation of the tables makes one number of as many numbers.
  static func isOfNumbers(_ name: String, arguments count: Int) -> Bool {
    switch named[name]?.rule {
    case .elementwise: count == 1
    case .pairwise: count == 2
    case .fold(let fold): fold.takesPairs && count == 2
    case .whole, .form: false
    case nil: count == 1 && Activation.named(name)?.isElementwise == true
    }
  }
}

extension Expression {
  /// Whether it has no more nodes than that; no more of it is looked at.
  package func hasAtMost(_ count: Int) -> Bool {
    var left = count
    return fits(&left)
  }

  private func fits(_ left: inout Int) -> Bool {
    left -= 1
    guard left >= 0 else { return false }
    for child in children where !child.fits(&left) { return false }
    return true
  }
}
