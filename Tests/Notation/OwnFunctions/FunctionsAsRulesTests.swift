import Engine
import Testing

@testable import Notation

/// Own functions as rows beside those of the tables.
@Suite struct FunctionsAsRulesTests {
  private func definitions(_ functions: (name: String, parameters: [String], body: String)...) throws -> Definitions {
    var definitions = Definitions()
    for function in functions {
      let body = try Expression.parse(function.body, functions: OwnFunctions(definitions))
      definitions.define(Definition(function.name, of: function.parameters, body))
    }
    return definitions
  }

  private func activation(_ body: String) throws -> ActivationChoice {
    let definitions = try definitions(("f", ["v"], body))
    return ActivationChoice(try #require(definitions.function("f")).activation(in: definitions))
  }

  /// What older textbooks call the bipolar sigmoid is 2·σ − 1, with the derivative (1 − a²)/2.
  @Test func bipolarSigmoid() throws {
    let (own, sigmoid) = (try activation("2 / (1 + exp(-v)) - 1"), ActivationChoice(try #require(.named("sigmoid"))))
    for step in -200...200 {
      let net = Double(step) / 10
      let a = own.value(net)
      #expect(abs(a - (2 * sigmoid.value(net) - 1)) <= 1e-15)
      #expect(abs(own.derivative(net: net, a: a) - (1 - a * a) / 2) <= 1e-15)
    }
  }

  /// Each activation of the table, typed as its row's formula, comes to the row's own value and derivative.
  @Test(arguments: Activation.all.filter { $0.isElementwise && $0.settings.isEmpty }.map(\.name))
  func rowsOfTheTable(name: String) throws {
    let row = ActivationChoice(try #require(Activation.named(name)))
    let own = try activation("\(Expression.parse(row.rule.formula).replacing(["net": .name("v")]))")
    for step in -80...80 {
      let net = Double(step) / 8
      #expect(abs(own.value(net) - row.value(net)) <= 4e-15 * max(1, abs(net)), "\(net)")
      let (found, expected) = (own.derivative(net: net, a: 0), row.derivative(net: net, a: row.value(net)))
      #expect(abs(found - expected) <= 1e-13, "\(net): \(found), not \(expected)")
      #expect(row.jacobian(net: Matrix(net), a: Matrix(row.value(net)), 0, 0) == expected)
    }
  }

  /// log cosh has the derivative tanh.
  @Test func logCosh() throws {
    let definitions = try definitions(("logcosh", ["t", "o"], "log((exp(t - o) + exp(o - t)) / 2)"))
    let loss = LossChoice(try #require(definitions.function("logcosh")).loss(in: definitions))
    let (y, a) = ([0.5, -1, 2], [0.25, 1.5, 2])
    #expect(abs(loss.value(y: y, a: a) - zip(y, a).reduce(0) { $0 + logarithm(hyperbolicCosine($1.0 - $1.1)) }) < 1e-14)
    for (y, a) in zip(y, a) {
      #expect(abs(loss.derivative(y: y, a: a, n: 3) - hyperbolicTangent(a - y)) < 1e-15)
    }
    #expect(loss.rule.termFormula == "log((exp(y - a) + exp(a - y)) / 2)")
    #expect(loss.rule.formula == "sum(k, log((exp(y[k] - a[k]) + exp(a[k] - y[k])) / 2))")
  }

  private func hyperbolicCosine(_ x: Double) -> Double { (exponential(x) + exponential(-x)) / 2 }

  /// Functions of functions, and numbers that have names.
  @Test func whatIsUsedIsWrittenOut() throws {
    var definitions = try definitions(("half", ["v"], "v / 2"))
    definitions.define(Definition("c", try Expression.parse("3 + 1")))
    let functions = OwnFunctions(definitions)
    definitions.define(
      Definition("f", of: ["t"], try Expression.parse("c * half(t)^2 + half'(t)", functions: functions)))
    let own = try #require(definitions.function("f"))
    let row = try own.activation(in: definitions)
    #expect(row.formula == "(3 + 1) * (net / 2)^2 + 1 / 2")
    #expect(row.value(3) == 9.5)
    #expect(row.derivative(net: 3, a: 0) == 6)
  }

  /// Two rows of one name are one where they compute the same, however the session came to them.
  @Test func rowsOfOneNameMayDiffer() throws {
    let (one, same, other) = (try activation("v * 2"), try activation("v * 2"), try activation("v * 3"))
    #expect(one == same && one != other)
  }

  @Test(arguments: [
    (["v"], "v * rate", "rate is neither an argument nor a number"),
    (["v"], "sum(v)", "sum(…) is no function of numbers"),
    (["v"], "softmax(v)", "softmax(…) is no function of numbers"),
    (["v"], "f1(v)", "f1(…) is no function of numbers"), (["v"], "[v 1]", "[v 1] is no number, and made of none"),
    (["v"], "sum(k, v[k])", "sum(k, v[k]) is no number, and made of none"),
    (["u", "v"], "u + v", "f(u, v) has 2 arguments, an activation has one"),
  ])
  func whatIsNoActivation(parameters: [String], body: String, message: String) throws {
    let definitions = try definitions(("f", parameters, body))
    let own = try #require(definitions.function("f"))
    do throws(EvaluationError) {
      _ = try own.activation(in: definitions)
      Issue.record("\(body) was taken")
    } catch {
      #expect(error.message.description == message)
    }
  }
}
