import Engine
import Testing

@testable import Notation

@Suite struct NamesTests {
  @Test func letsAreEvaluatedWhereTheyAreUsed() throws {
    var scope = try Values(["a": "5"])
    scope.earlier = [4: ["a": Matrix(3)]]
    scope.lets["b"] = try Expression.parse("a + 1")
    scope.lets["c"] = try Expression.parse("2 * b")
    #expect(try number("c", scope) == 12)
    #expect(try number("at(4, c)", scope) == 8)
    #expect(try number("at(step-1, c) + c", try scopeWithStep(scope)) == 20)
    #expect(try number("changed(c)", scope) == 1)
    #expect(try number("changed(b - a)", scope) == 0)
  }

  private func scopeWithStep(_ scope: Values) throws -> Values {
    var scope = scope
    scope.values["step"] = Matrix(5)
    return scope
  }

  @Test func aCircleOfLetsIsNamed() throws {
    var scope = try Values()
    scope.lets["p"] = try Expression.parse("q + 1")
    scope.lets["q"] = try Expression.parse("2 * r")
    scope.lets["r"] = try Expression.parse("q - 1")
    #expect(complaint("1 + p", scope) == "5: q is defined by itself: q -> r -> q")
    #expect(complaint("sum(k, p[k])", scope) == "8: q is defined by itself: q -> r -> q")
  }

  @Test func anErrorInALetIsReportedAtItsUse() throws {
    var scope = try Values(["a": "[1; 2]"])
    scope.lets["p"] = try Expression.parse("1 + 2 + 3 + 4 + a * a")
    #expect(
      complaint("7 * p", scope)
        == "5: * takes as many columns as rows; here 2×1 * 2×1; for element by element write .*")
  }

  @Test func whatWasNotComputedHasChanged() throws {
    var scope = try Values(["a": "[1; 2]", "b": "[1; 2]"])
    scope.earlier = [4: ["a": Matrix(column: [1, 3])]]
    #expect(try value("changed(a)", scope) == Matrix(column: [0, 1]))
    #expect(try value("changed(b)", scope) == Matrix(column: [1, 1]))
    scope.step = 0
    #expect(try value("changed(a)", scope) == Matrix(column: [0, 0]))
  }

  @Test(arguments: [
    ("phase == backward", 1.0), ("phase == forward", 0), ("phase != update", 1), ("backward == phase", 1),
    ("phase == loss", 0), ("phase >= loss", 1), ("phase == forward and missing > 1", 0),
    ("phase == backward or missing > 1", 1),
    ("phase == backward and not phase == loss", 1),
  ])
  func phases(text: String, expected: Double) throws {
    var scope = try Values(["phase": "3", "loss": "7", "missing": "1"])
    scope.hidden = ["missing"]
    #expect(try number(text, scope) == expected)
  }

  @Test func aPhaseThatIsNoneIsRefused() throws {
    #expect(
      complaint("phase == bakward", try Values(["phase": "3"]))
        == "10: one of start, forward, loss, backward, update was expected beside phase; did you mean backward?")
  }

  @Test func nearNamesAreFound() throws {
    let scope = try Values(["delta1": "1", "net1": "1"])
    #expect(complaint("dleta1", scope) == "1: dleta1 is not known here; did you mean delta1?")
    #expect(nearest(to: "Sigmoid", among: ["softmax", "sigmoid"]) == "sigmoid")
    #expect(nearest(to: "xyz", among: ["softmax", "sigmoid"]) == nil)
    #expect(nearest(to: "w", among: ["x"]) == nil)
    #expect(nearest(to: "ouptut", among: ["output", "input"]) == "output")
    #expect(suggestion(for: "a", among: ["b"]) == "")
  }
}
