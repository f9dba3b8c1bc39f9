import Engine
import Testing

@testable import Notation

/// Programs over runs of numbers have the bits that the evaluator gives each number by itself.
@Suite struct NumericProgramTests {
  private func run(_ program: NumericProgram, _ u: [Double], _ v: [Double]) -> [Double] {
    var result = u
    u.withUnsafeBufferPointer { u in
      v.withUnsafeBufferPointer { v in
        result.withUnsafeMutableBufferPointer { result in
          guard let u = u.baseAddress, let v = v.baseAddress, let to = result.baseAddress else { return }
          program.run(u, v, into: to, count: result.count)
        }
      }
    }
    return result
  }

  private static let bodies = [
    "u", "v", "3", "u + v - u * v / 2", "-u^2", "u^v", "max(u, v) + min(u, 0.5)", "abs(v) * sign(u)",
    "mod(u, v) + floor(u) + round(v)", "(u > v) + (u >= v) + (u < v) + (u <= v) + (u == v) + (u != v) + (u ~= v)",
    "(u and v) + (u or v) + (not u)", "sigmoid(u) + sigmoid'(v) + leaky-relu(u) + gelu'(v)",
    "sin(u) + cos(v) + tan(u) + atan(v)", "log(u) + exp(v) + sqrt(u) + erf(v)", "isnan(u) + isfinite(v)",
  ]

  @Test(
    arguments: bodies
      + (1...40).map { seed in
        var random = RandomBody(seed: seed)
        return random.tree(1 + seed % 6).text
      })
  func haveTheEvaluatorsBits(body: String) throws {
    let expression = try Expression.parse(body)
    let definition = Definition("f", of: ["u", "v"], expression)
    let program = NumericProgram(try NumericBody(Definitions()).body(of: definition), of: ["u", "v"])
    let formula = try GivenFormula<Double>(expression, of: ["u", "v"])
    var generator = Generator(seed: 7)
    let odd: [Double] = [0, -0.0, 1, -1, 0.5, .infinity, -.infinity, .nan, 1e300, -2.5, 710, -710]
    let u = (0..<150).map { $0 < 144 ? odd[$0 / 12] : generator.uniform(-3, 3) }
    let v = (0..<150).map { $0 < 144 ? odd[$0 % 12] : generator.uniform(-3, 3) }
    let found = run(program, u, v)
    for place in u.indices {
      let expected = try formula(u[place], v[place])
      #expect(
        found[place].bitPattern == expected.bitPattern || found[place].isNaN && expected.isNaN,
        "\(body) at \(u[place]), \(v[place]): \(found[place]), not \(expected)")
    }
    // However many go together, each has the bits that it has alone.
    for count in [1, 2, 63, 64, 65, 129] {
      let some = run(program, Array(u[..<count]), Array(v[..<count]))
      #expect(zip(some, found).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN })
    }
  }
}
