import Engine
import Testing

@testable import Notation

/// Values held against each other: by shape, by sign, and by how exact each side was typed.
struct AgreementTests {
  private func typed(_ text: String) throws -> (value: Matrix, halves: Matrix?) {
    let expression = try Expression.parse(text)
    return (try value(text, Sample.perceptron(step: 0)), expression.halfUnits)
  }

  /// What is typed with d decimals is right within half a unit of the last one, and not beyond.
  @Test(arguments: [
    ("0.30", 0.3049, true), ("0.30", 0.3051, false), ("0.3", 0.3499, true), ("0.3", 0.3501, false),
    ("-1.5e-3", -0.00154, true), ("-1.5e-3", -0.00156, false), ("2", 2.4999, true), ("2", 2.5001, false),
  ])
  func typedDigits(_ text: String, _ number: Double, holds: Bool) throws {
    let (value, halves) = try typed(text)
    var rule = Agreement.Rule()
    rule.halfUnits.left = halves
    #expect(Agreement(value, Matrix(number), by: rule).holds == holds)
    rule.halfUnits = (nil, halves)
    #expect(Agreement(Matrix(number), value, by: rule).holds == holds)
    #expect(!Agreement(value, Matrix(number)).holds)
  }

  /// Both sides' digits count together: 0.1 may stand for 0.149, 0.2 for 0.151.
  @Test func bothSidesDigits() throws {
    let (a, b) = (try typed("[0.1; 0.10]"), try typed("[0.2; 0.11]"))
    var rule = Agreement.Rule()
    rule.halfUnits = (a.halves, b.halves)
    #expect(Agreement(a.value, b.value, by: rule).holds)
    rule.halfUnits = (a.halves, nil)
    #expect(Agreement(a.value, b.value, by: rule).wrongCount == 2)
  }

  /// A number goes with every element only where that is asked for.
  @Test func oneNumberAgainstMany() {
    let (one, many) = (Matrix(0.5), Matrix(column: [0.5, 0.5, 0.25]))
    #expect(Agreement(one, many).shapes != nil)
    var rule = Agreement.Rule(.atLeast)
    rule.spreads = true
    #expect(Agreement(one, many, by: rule).holds)
    let other = Agreement(many, one, by: rule)
    #expect(other.wrongCount == 1 && other.worst == 0.25 && other.worstPlace == 2)
    #expect(other.firstWrong?.element == Agreement.Element(row: 3, column: 1))
  }
}
