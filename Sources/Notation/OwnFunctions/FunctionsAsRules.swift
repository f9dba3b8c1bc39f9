import Engine

extension Definition {
  /// The function as it was typed: `bipolar(v) = 2 / (1 + exp(-v)) - 1`.
  package var text: String { isFunction ? "\(usage) = \(expression)" : "\(name) = \(expression)" }

  /// How it is called: `bipolar(v)`.
  package var usage: String { "\(name)(\(parameters.joined(separator: ", ")))" }

  /// Its derivative by its last argument, as it can be typed: `bipolar'(v) = 2 * exp(-v) / (1 + exp(-v))^2`.
  /// - Throws: where it is no function of numbers; the message says why.
  package func derivativeText(in definitions: Definitions) throws(EvaluationError) -> String {
    let derivative = try NumericBody(definitions).derivative(of: self)
    return "\(name)'(\(parameters.joined(separator: ", "))) = \(derivative)"
  }

  /// The function as an activation, each unit by itself.
  /// - Throws: where it has not one argument, or is no function of numbers; the message goes on from "cannot be an activation".
  package func activation(in definitions: Definitions) throws(EvaluationError) -> Activation {
    guard parameters.count == 1 else {
      throw EvaluationError("\(usage) has \(counted(parameters.count, "argument")), an activation has one")
    }
    let rule = try writtenOut(over: ["net"], in: definitions)
    let (program, slope) = (rule.body, rule.slope)
    return .own(
      name, from: rule.source, "your own function \(text)", rule.bodyText, derivative: rule.slopeText,
      values: { net, a, count in program.run(net, into: a, count: count) },
      slopes: { net, slopes, count in slope.run(net, into: slopes, count: count) })
  }

  /// The function as the terms of a loss, which are added over the outputs: of the target and the output, in that order.
  /// - Throws: where it has not two arguments, or is no function of numbers; the message goes on from "cannot be a loss".
  package func loss(in definitions: Definitions) throws(EvaluationError) -> Loss {
    guard parameters.count == 2 else {
      throw EvaluationError(
        "\(usage) has \(counted(parameters.count, "argument")), a loss has two, the target and the output: \(name)(y, a)"
      )
    }
    let rule = try writtenOut(over: ["y", "a"], in: definitions)
    let (program, slope) = (rule.body, rule.slope)
    let element = ["y", "a"].map { ($0, Expression.name($0, version: nil, at: [.name("k")])) }
    let term = rule.bodyExpression.replacing(Dictionary(uniqueKeysWithValues: element))
    return .own(
      name, from: rule.source, "your own function \(text), added over the outputs",
      "\(Expression.sum("k", term))", term: rule.bodyText, derivative: rule.slopeText,
      terms: { y, a, terms, count in program.run(y, a, into: terms, count: count) },
      slopes: { y, a, slopes, count in slope.run(y, a, into: slopes, count: count) })
  }

  /// A body and its derivative over a rule's own names.
  private struct WrittenOut {
    let bodyExpression: Expression
    let (bodyText, slopeText): (String, String)
    let (body, slope): (NumericProgram, NumericProgram)
    /// By what it is told from another rule of the same name.
    let source: String
  }

  private func writtenOut(
    over names: [String], in definitions: Definitions
  ) throws(EvaluationError) -> WrittenOut {
    let numeric = NumericBody(definitions)
    let own = Dictionary(
      zip(parameters, names.map { Expression.name($0) }), uniquingKeysWith: { first, _ in first })
    let body = try numeric.body(of: self).replacing(own)
    let slope = try numeric.derivative(of: self).replacing(own)
    let texts = ("\(body)", "\(slope)")
    // The rule's formulas are read from their texts wherever they stand.
    guard Expression.formula(texts.0) == body, Expression.formula(texts.1) == slope else {
      throw EvaluationError("\(name) is too long")
    }
    return WrittenOut(
      bodyExpression: body, bodyText: texts.0, slopeText: texts.1, body: NumericProgram(body, of: names),
      slope: NumericProgram(slope, of: names), source: "\(text) | \(texts.0)")
  }
}
