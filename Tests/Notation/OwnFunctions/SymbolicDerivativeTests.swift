import Engine
import Testing

@testable import Notation

/// Derivatives as they are read, and against others who find them.
@Suite struct SymbolicDerivativeTests {
  private func derivative(_ body: String, by argument: String = "v") throws -> String {
    let parameters = argument == "v" ? ["u", "v"] : [argument]
    let definition = Definition("f", of: parameters, try Expression.parse(body))
    return "\(try NumericBody(Definitions()).derivative(of: definition))"
  }

  /// As a textbook has them: nothing times 0 or 1, nothing plus 0.
  @Test(arguments: [
    ("2 / (1 + exp(-v)) - 1", "2 * exp(-v) / (1 + exp(-v))^2"),
    ("1 / (1 + exp(-v))", "exp(-v) / (1 + exp(-v))^2"),
    ("v", "1"), ("3", "0"), ("u", "0"), ("-v", "-1"), ("v + 3", "1"), ("3 - v", "-1"), ("5 * v", "5"), ("v * 5", "5"),
    ("v / 2", "1 / 2"), ("v^2", "2 * v"), ("v^3", "3 * v^2"), ("v^0.5", "0.5 * v^-0.5"), ("v^-1", "-v^-2"),
    ("v^2 / 2", "v"), ("(u - v)^2 / 2", "v - u"), ("(u - v)^2", "-2 * (u - v)"),
    ("u * v + v * v", "u + (v + v)"), ("2^v", "2^v * log(2)"), ("v^v", "v * v^(v - 1) + v^v * log(v)"),
    ("exp(2 * v)", "2 * exp(2 * v)"), ("log(v)", "1 / v"), ("log(3 * v)", "3 / (3 * v)"),
    ("sqrt(v)", "0.5 / sqrt(v)"), ("sin(v)", "cos(v)"), ("cos(v)", "-sin(v)"), ("tan(v)", "1 + tan(v)^2"),
    ("atan(v)", "1 / (1 + v^2)"), ("floor(v) + round(v) + sign(v)", "0"), ("mod(v, 3)", "1"),
    ("mod(u, v)", "-floor(u / v)"), ("abs(v)", "(v > 0) - (v < 0)"), ("|v|", "(v > 0) - (v < 0)"),
    ("(v > 0) * v", "(v > 0)"), ("(v > 0) * v + (v <= 0) * (exp(v) - 1)", "(v > 0) + (v <= 0) * exp(v)"),
    ("max(v, 0)", "(v >= 0)"), ("min(u, v)", "(u > v)"), ("max(0, v)", "(0 < v)"),
    ("sigmoid(v)", "sigmoid'(v)"), ("tanh(2 * v)", "2 * tanh'(2 * v)"), ("tanh'(v)", "-2 * tanh(v) * tanh'(v)"),
    ("v * tanh(softplus(v))", "tanh(softplus(v)) + v * tanh'(softplus(v)) * softplus'(v)"),
    ("log((exp(u - v) + exp(v - u)) / 2)", "(exp(v - u) - exp(u - v)) / (exp(u - v) + exp(v - u))"),
    ("not v + (v and u)", "0"),
  ])
  func readsAsATextbookHasIt(body: String, expected: String) throws {
    let found = try derivative(body)
    #expect(try Expression.parse(found) == Expression.parse(expected), "\(found)")
  }

  /// Against Swift's own differentiation and differences, for random bodies.
  @Test(arguments: 1...300) func agreesWithOthers(seed: Int) throws {
    var random = RandomBody(seed: seed)
    let tree = random.tree(1 + seed % 5)
    let definition = Definition("f", of: ["u", "v"], try Expression.parse(tree.text))
    let numeric = NumericBody(Definitions())
    let program = NumericProgram(try numeric.body(of: definition), of: ["u", "v"])
    let slope = NumericProgram(try numeric.derivative(of: definition), of: ["u", "v"])
    func value(_ program: NumericProgram, _ u: Double, _ v: Double) -> Double {
      var result = 0.0
      withUnsafePointer(to: u) { u in withUnsafePointer(to: v) { v in program.run(u, v, into: &result, count: 1) } }
      return result
    }
    for _ in 0..<4 {
      let (u, v) = (random.number(-1.5, 1.5), random.number(-1.5, 1.5))
      let (found, swift) = (value(slope, u, v), tree.derivative(u, v))
      let scale = max(1, abs(swift), abs(value(program, u, v)))
      guard scale < 1e8 else { continue }
      #expect(abs(value(program, u, v) - Tree.value(tree, u, v)) <= 1e-12 * scale, "seed \(seed): \(tree.text)")
      #expect(abs(found - swift) <= 1e-10 * scale, "seed \(seed): \(tree.text) at \(u), \(v)")
      // Five points, so that what is left is of the fourth order.
      let h = 1e-3
      let ends = [-2.0, -1, 1, 2].map { value(program, u, v + $0 * h) }
      let differences = (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * h)
      guard ends.allSatisfy({ abs($0) < 100 * scale }), abs(differences) < 1e4 else { continue }
      #expect(abs(found - differences) <= 1e-3 * scale, "seed \(seed): \(tree.text) at \(u), \(v)")
    }
  }

  /// Of sums of products of products, whose derivative would be read by nobody.
  @Test func whatIsTooLongIsRefused() throws {
    var definitions = Definitions()
    definitions.define(Definition("g1", of: ["v"], try Expression.parse("v * v + sin(v)")))
    for level in 2...12 {
      let functions = OwnFunctions(definitions)
      let body = try Expression.parse("g\(level - 1)(g\(level - 1)(v))", functions: functions)
      definitions.define(Definition("g\(level)", of: ["v"], body))
    }
    let last = try #require(definitions.function("g12"))
    #expect(throws: EvaluationError.self) { try NumericBody(definitions).body(of: last) }
    #expect(throws: EvaluationError.self) { try last.activation(in: definitions) }
  }
}
