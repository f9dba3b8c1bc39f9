import Engine
import Testing

@testable import Notation

/// The functions of the table whose values come from NumPy and from the C library's definition.
@Suite struct TableFunctionTests {
  private func value(_ text: String) throws -> Matrix {
    try Expression.parse(text).value(in: NoScope<Double>()).matrix
  }

  /// numpy.round, numpy.floor, numpy.sign, numpy.mod and numpy.reshape.
  @Test(arguments: [
    ("round([0.5 1.5 2.5 -0.5 -1.5 2.4])", "[0 2 2 0 -2 2]"), ("floor([1.5 -1.5 2 -0.1])", "[1 -2 2 -1]"),
    ("sign([-3 0 0.5])", "[-1 0 1]"), ("mod([7 -7 7 -7], [3 3 -3 -3])", "[1 2 -2 -1]"),
    ("mod([5.5 -5.5], 2.25)", "[1 1.25]"), ("reshape([1 2 3; 4 5 6], 3, 2)", "[1 2; 3 4; 5 6]"),
    ("reshape([1 2 3; 4 5 6], 6, 1)", "[1; 2; 3; 4; 5; 6]"), ("reshape([1; 2; 3; 4], 2, 2)", "[1 2; 3 4]"),
    ("reshape(5, 1, 1)", "5"),
  ])
  func values(text: String, expected: String) throws {
    #expect(try value("\(text) == \(expected)").scalar == 1 && value(text).rows == value(expected).rows)
  }

  /// Derivatives of the new functions against differences.
  @Test(arguments: [
    "sin(v)", "cos(v)", "tan(v)", "atan(v)", "mod(v, 0.7)", "mod(3, v)", "floor(v)", "round(v)", "sign(v)",
  ])
  func derivatives(body: String) throws {
    let formula = try GivenFormula<Dual<Double>>(try Expression.parse(body), of: ["v"])
    for v in [-1.3, -0.4, 0.37, 0.9, 1.2] {
      let moved = try formula(Dual(v, 1))
      let (up, down) = (try formula(Dual(v + 1e-6)).value, try formula(Dual(v - 1e-6)).value)
      #expect(abs(moved.tangent - (up - down) / 2e-6) < 1e-8, "\(body) at \(v)")
    }
  }

  @Test(arguments: [
    ("reshape([1 2 3], 2, 2)", "1×3 has 3 numbers, which do not make 2×2"),
    ("reshape([1 2 3], 0, 3)", "whole numbers from 1 on were expected as rows and columns"),
    ("reshape([1 2 3], 1.5, 2)", "whole numbers from 1 on were expected as rows and columns"),
    ("reshape(1, 1e15, 1e15)", "1×1 has 1 number, which do not make 1000000000000000×1000000000000000"),
  ])
  func whatDoesNotFit(text: String, expected: String) throws {
    let expression = try Expression.parse(text)
    do throws(EvaluationError) {
      _ = try expression.value(in: NoScope<Double>())
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.message.description == expected)
    }
  }
}
