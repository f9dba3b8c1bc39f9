import Engine
import Testing

@testable import Notation

@Suite struct RandomEvaluationTests {
  /// Whatever the grammar allows has a value or an error, never a trap.
  @Test func everythingHasAValueOrAnError() throws {
    let scopes = [try Sample.perceptron(step: 2), try Sample.perceptron(step: 5), try Sample.softmax(step: 4)]
    let definitions = Definitions([
      Definition("z", try Expression.parse("net1")),
      Definition("S", try Expression.parse("a1[k] + S2")),
      Definition("S2", try Expression.parse("sum(k, x[k] * t)")),
      Definition("u", try Expression.parse("w1 - u")),
    ])
    var values = 0
    for seed in 0..<1500 {
      var source = RandomExpression(seed: seed + 100_000)
      let expression = source.expression(1 + seed % 5)
      let base = scopes[seed % scopes.count]
      let scope = StateScope(base.state, of: base.timeline, definitions: definitions)
      let claim = Claim(expression, source.expression(2))
      _ = claim.lints(in: scope)
      _ = try? claim.evaluate(in: scope)
      if (try? expression.value(in: scope, maximumWork: 100_000)) != nil { values += 1 }
    }
    #expect(values > 100)
  }

  /// Lines of random signs and names, which mostly are no expressions.
  @Test func everyLineIsReadOrRefused() {
    let pieces = [
      "(", ")", "[", "]", "|", "'", "+", "-", "*", "/", ".*", "./", "^", ",", ";", "=", "..", " ", " ", "a", "w2",
      "sum", "k", "d",
      "∂", "∂L", "δ2", "⟨0⟩", "<0>", "Σ", "1", "2.5", ".", "e", "and", "not", "==", "<", "f1", "sigmoid", "at", "old",
      "sum(k,",
      "where", "\u{301}", "é", "🙂", "\t", "''", "ᵀ", "inf", "1e9999", "\0",
    ]
    var source = RandomExpression(seed: 1)
    for _ in 0..<5000 {
      let text = (0..<source.below(14)).map { _ in source.pick(pieces) }.joined()
      guard let expression = try? Expression.parse(text) else { continue }
      #expect((try? Expression.parse(expression.description)) == expression, "\(text)")
      #expect((try? Expression.parse(expression.pretty)) == expression, "\(text)")
    }
  }
}
