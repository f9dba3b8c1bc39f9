import Engine
import Glibc
import Testing
import TestSupport

@testable import Notation

@Suite struct PythonPrinterTests {
  private func numpy(_ text: String) throws -> String {
    try PythonPrinter(.numpy, arrays: ["net", "a", "u", "v"]).printNumbers(try Expression.parse(text))
  }

  private func torch(_ text: String) throws -> String {
    try PythonPrinter(.torch, arrays: ["u", "v"]).printNumbers(try Expression.parse(text))
  }

  @Test func formulasReadAsOneWouldTypeThem() throws {
    #expect(try numpy("1 / (1 + exp(-net))") == "1 / (1 + np.exp(-net))")
    #expect(try numpy("1 - a^2") == "1 - a ** 2")
    #expect(try numpy("-net^2 / 2") == "-net ** 2 / 2")
    #expect(try numpy("u - (v - 1)") == "u - (v - 1)")
    #expect(try numpy("u * -v") == "u * (-v)")
    #expect(try numpy("2 * 3.141592653589793") == "2 * np.pi")
    #expect(try torch("max(u, 0)") == "torch.where(u >= 0, u, 0)")
    #expect(try torch("u * sqrt(2)") == "u * torch.sqrt(torch.tensor(2))")
  }

  /// Truth values of Python cannot be taken from one another, nor can a function be had of them.
  @Test func truthIsMadeANumberWhereItHasToBe() throws {
    #expect(try numpy("(u > v)") == "1.0 * (u > v)")
    #expect(try numpy("(u > v) - (u < v)") == "1.0 * (u > v) - 1.0 * (u < v)")
    #expect(try numpy("u * (u > 0)") == "u * (u > 0)")
    #expect(try numpy("u + (u > 0)") == "u + (u > 0)")
  }

  @Test func whatIsMadeOfAColumnIsMadeOfEachRow() throws {
    #expect(try numpy("net - max(net)") == "net - np.max(net, axis=1, keepdims=True)")
    #expect(try torch("u / sum(u)") == "u / torch.sum(u, dim=1, keepdim=True)")
    #expect(try torch("max(u)") == "torch.amax(u, dim=1, keepdim=True)")
    #expect(
      try numpy("a[i] * ((i == k) - a[k])") == "a[:, :, None] * (np.eye(a.shape[1]) - a[:, None, :])")
  }

  @Test func aTargetOf0TakesItsTermAway() throws {
    let printer = PythonPrinter(.numpy, arrays: ["y", "a"], names: ["y": "Y", "a": "A"], winningTargets: ["y"])
    func print(_ text: String) throws -> String { try printer.print(try Expression.parse(text)) }
    #expect(try print("-y * log(a)") == "-Y * np.log(np.where(Y == 0, 1.0, A))")
    #expect(
      try print("(1 - y) / (1 - a) - y / a")
        == "(1 - Y) / np.where(1 - Y == 0, 1.0, 1 - A) - Y / np.where(Y == 0, 1.0, A)")
    // A number below is none of the outputs.
    #expect(try print("y / 2") == "Y / 2")
  }

  @Test(arguments: ["w1' * u", "[1 2; 3 4]", "sum(k, u[k])", "at(1, u)", "d(u)/d(v)", "norm(u)", "u[1]"])
  func whatPythonCannotSayIsNamed(_ text: String) throws {
    let expression = try Expression.parse(text)
    let failure = #expect(throws: PythonPrinter.Failure.self) {
      try PythonPrinter(.numpy, arrays: ["u"]).print(expression)
    }
    #expect(failure?.message.description.hasSuffix(" cannot be written in Python") == true)
  }

  @Test func namesAreThoseThatPythonMayHave() {
    #expect(PythonPrinter.identifier("leaky-relu") == "leaky_relu")
    #expect(PythonPrinter.identifier("lambda") == "lambda_")
    #expect(PythonPrinter.identifier("σ") == "u3c3")
    #expect(PythonPrinter.identifier("np") == "np_")
  }

  private static let bodies =
    [
      "u", "3", "u + v - u * v / 2", "-u^2", "-(u + v)^2", "(-u)^2 * 2^-v", "abs(u)^v", "max(u, v) + min(u, 0.5)",
      "max(0.5, 2) * u", "abs(v) * sign(u)", "mod(u, v) + floor(u) + round(v)", "sqrt((u > v)) + exp((u > v))",
      "(u > v) + (u >= v) + (u < v) + (u <= v) + (u == v) + (u != v) + (u ~= v)", "-(u > v) - (u < v)",
      "(u > v) * (u > 0) - (v > 0)", "(u and v) + (u or v) + (not u)", "not u", "tanh(u) * tanh'(v)",
      "sin(u) + cos(v) + tan(u) + atan(v)", "log(abs(u)) + exp(v) + sqrt(abs(u)) + erf(v)", "log(1 + exp(u))",
      "isnan(u) + isfinite(v)", "(u + v) / (u - v) / (2 - u)", "u - (v - (u - 1))", "2^u^0.5", "(2^u)^0.5",
    ]
    + (1...60).map { seed in
      var random = RandomBody(seed: seed)
      return random.tree(1 + seed % 6).text
    }

  /// What Python makes of what is printed is what the evaluator makes of the formula.
  @Test(.enabled(if: Python.hasNumPy)) func pythonMakesTheSameOfThem() throws {
    let points = [0.3, 1.0, 1.7].flatMap { u in [-0.7, -0.1, 0.5, 1.0].map { v in (u: u, v: v) } }
    var script = """
      import math, warnings
      import numpy as np
      warnings.simplefilter("ignore")
      u = np.array([\(points.map { "\($0.u)" }.joined(separator: ", "))])
      v = np.array([\(points.map { "\($0.v)" }.joined(separator: ", "))])
      def tanh_derivative(net, a):
          return 1 - np.tanh(net) ** 2

      """
    for body in Self.bodies {
      let shared = SharedParts(of: try Expression.parse(body), names: ["s", "t", "r"])
      var printer = PythonPrinter(.numpy, arrays: ["u", "v"])
      for part in shared.parts {
        script += "\(part.name) = \(try printer.printNumbers(part.expression))\n"
        printer.arrays.insert(part.name)
      }
      script += "print(*(0.0 + \(try printer.printNumbers(shared.body)) + 0 * u))\n"
    }
    let rows = Python.output(of: script).split(separator: "\n")
    try #require(rows.count == Self.bodies.count)
    for (body, row) in zip(Self.bodies, rows) {
      let formula = try GivenFormula<Double>(try Expression.parse(body), of: ["u", "v"])
      for (point, word) in zip(points, row.split(separator: " ")) {
        let (ours, theirs): (Double, Double) = (try formula(point.u, point.v), Double(String(word)) ?? .infinity)
        let tolerance: Double = max(1e-12, abs(ours).nextUp * 1e-12)
        let isSame = abs(ours - theirs) <= tolerance || ours == theirs || ours.isNaN && theirs.isNaN
        #expect(isSame, "\(body) at \(point): \(ours), in Python \(theirs)")
      }
    }
  }
}
