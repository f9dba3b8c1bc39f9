import Engine
import Testing

@testable import Notation

/// A scope of plain matrices, without a network.
struct Values: Scope {
  var values: [String: Matrix] = [:]
  var lets: [String: Expression] = [:]
  var activations: [LayerActivation] = []
  var samples = 1
  var step = 5
  var earlier: [Int: [String: Matrix]] = [:]

  init(_ texts: [String: String] = [:]) throws {
    for (name, text) in texts { values[name] = try Expression.parse(text).evaluate(in: self) }
  }

  var quantityNames: [String] { values.keys.sorted() }
  var definitionNames: [String] { lets.keys.sorted() }
  func definition(of name: String) -> Expression? { lets[name] }
  func shape(of quantity: String) -> Shape? { values[quantity].map { Shape($0.rows, $0.columns) } }
  func unitNoun(of quantity: String, axis: Int) -> String { "elements" }
  func activation(ofLayer layer: Int) -> LayerActivation? {
    activations.indices.contains(layer - 1) ? activations[layer - 1] : nil
  }
  var sampleCount: Int { samples }
  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Matrix {
    guard let value = values[quantity] else { throw EvaluationError("no \(quantity)", isNotComputed: true) }
    return value
  }
  func at(step: Int) throws(EvaluationError) -> any Scope {
    guard let values = earlier[step] else { throw EvaluationError("step \(step) has not been reached yet") }
    var other = self
    (other.values, other.step) = (values, step)
    return other
  }
  func tangents(_ seed: Seed, _ reading: Reading) throws(EvaluationError) -> Tangents {
    Tangents(quantities: [:], sampleLoss: nil)
  }
}

@Suite struct MatrixFormTests {
  @Test(arguments: [
    ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("-2^2", "-4"), ("2^-1", "0.5"), ("2^3^2", "512"), ("7 - 2 - 1", "4"),
    ("8 / 4 / 2", "1"), ("1.*3", "3"), ("-2 * -3", "6"), ("not 1 == 2", "1"), ("1 < 2 and 2 < 1 or 1", "1"),
    ("[1 2; 3 4] * [1; 1]", "[3; 7]"), ("[1 2; 3 4]'", "[1 3; 2 4]"), ("[1 2] .* [3 4]", "[3 8]"),
    ("[1 -2]", "[1, -2]"), ("[1 - 2]", "-1"), ("[1 - 2 -3]", "[-1, -3]"), ("[(1 -2)]", "-1"), ("|[3; 4]|", "5"),
    ("|-3|", "3"), ("2 * |[3; 4]| + |1|", "11"), ("[|[3 4]| |-1|]", "[5 1]"), ("sum([1 2; 3 4])", "10"),
    ("mean([1 2; 3 4])", "2.5"), ("max([1 7 3])", "7"), ("min([1 7 3])", "1"), ("prod([2 3 4])", "24"),
    ("outer([1; 2], [3; 4])", "[3 4; 6 8]"), ("diag([1; 2])", "[1 0; 0 2]"), ("diag([1 2; 3 4])", "[1; 4]"),
    ("ones(2, 3)", "[1 1 1; 1 1 1]"), ("zeros(2)", "[0; 0]"), ("isnan([1 0/0])", "[0 1]"),
    ("isfinite([1 1/0])", "[1 0]"), ("[1 2] == [1 2]", "1"), ("[1 2] == [1 3]", "0"), ("[1 2] < 3", "1"),
    ("1 ~= 1.0000000001", "1"), ("1 ~= 1.00000001", "0"), ("0/0 == 0/0", "0"), ("max(0, [-1 2])", "[0 2]"),
    ("[[1; 2], [3; 4]]", "[1 3; 2 4]"), ("[[1 2]; [3 4]]", "[1 2; 3 4]"), ("[1 2; 3 4][2,1]", "3"), ("[5; 6][2]", "6"),
    ("relu([-1 2])", "[0 2]"), ("relu'([-1 2])", "[0 1]"), ("abs(-2)", "2"), ("2 ≤ 2", "1"), ("3 − 1", "2"),
    ("2·3", "6"),
    ("[1 2]⊙[3 4]", "[3 8]"), ("[1 2]ᵀ", "[1; 2]"), ("sum(k=1..4, k)", "10"), ("sum(k=1..3, sum(j=1..k, j))", "10"),
    ("prod(k=1..5, k)", "120"), ("mean(k=1..3, k)", "2"), ("max(k=1..3, -k)", "-1"), ("Σ([1 2])", "3"),
  ])
  func values(text: String, expected: String) throws {
    let scope = try Values()
    #expect(try value(text, scope) == value(expected, scope), "\(text)")
  }
}
