import Testing

@testable import Notation

@Suite struct HostileTests {
  /// Texts that must be refused at once, without a crash: too deep, too long, too much.
  @Test(arguments: [
    String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
    String(repeating: "[", count: 10_000), String(repeating: "|", count: 10_000),
    String(repeating: "-", count: 10_000) + "1",
    String(repeating: "not ", count: 10_000) + "1", String(repeating: "1^", count: 10_000) + "1",
    String(repeating: "1^-", count: 10_000) + "1", String(repeating: "1+", count: 50_000) + "1",
    "x" + String(repeating: "'", count: 10_000), "x" + String(repeating: "[1]", count: 10_000),
    String(repeating: "x[", count: 10_000), String(repeating: "exp(", count: 10_000),
    String(repeating: "Σk ", count: 10_000),
    String(repeating: "sum(k, ", count: 10_000), String(repeating: "d(", count: 10_000),
    String(repeating: "1 or ", count: 10_000) + "1",
    String(repeating: "1+", count: 524_288) + "1", String(repeating: "a", count: 1_000_000),
    String(repeating: "∂L/", count: 10_000),
    String(repeating: "max(a, ", count: 10_000), String(repeating: "at(1, ", count: 10_000),
  ])
  func isRefusedAtOnce(text: String) {
    let clock = ContinuousClock()
    let spent = clock.measure { _ = #expect(throws: SyntaxError.self) { try Expression.parse(text) } }
    #expect(spent < .seconds(2), "\(text.prefix(10))…")
  }

  @Test(arguments: [
    "where 1 ", "where (1 where ", "with w1 = ", "where not ", "where -", "where x' ", "where sum(k, ", "= ",
  ])
  func aClaimIsRefusedAtOnce(clause: String) {
    let text = "1 = 1 " + String(repeating: clause, count: 30_000)
    let clock = ContinuousClock()
    let spent = clock.measure { _ = #expect(throws: SyntaxError.self) { try Claim.parse(text) } }
    #expect(spent < .seconds(2), "\(clause)")
  }

  /// A tree that no text gives, because it is deeper than any text's, is refused where it is looked at.
  @Test func aDeeperTreeThanATextsIsRefused() throws {
    var tree = try Expression.parse("1")
    for _ in 0..<(2 * Expression.maximumDepth) { tree = Expression(.unary(.minus, tree)) }
    #expect(throws: EvaluationError.self) { try tree.value(in: Values()) }
    #expect(throws: EvaluationError.self) { try Claim(tree, tree).agreement(in: Values()) }
    #expect((try? Names(Values()).lints(tree)) == nil)
  }

  @Test func theDeepestTreeThatIsParsedIsEvaluatedAndPrinted() throws {
    let chain = try Expression.parse(String(repeating: "1+", count: 999) + "1")
    #expect(try number(chain.description, Values()) == 1000)
    let nested = String(repeating: "(", count: 190) + "1" + String(repeating: ")", count: 190)
    #expect(try number(nested, Values()) == 1)
    let signs = String(repeating: "-", count: 190) + "1"
    #expect(try number(signs, Values()) == 1)
  }

  @Test(arguments: [
    "sum(a=1..1000000, sum(b=1..1000000, a*b))", "sum(a=1..1e12, a)", "sum(a=-1e15..1e15, a)", "zeros(1e9, 1e9)",
    "zeros(1e300)", "ones(3000, 3000)", "outer(ones(100000), ones(100000))", "diag(ones(100000))",
    "ones(100000) * ones(100000)'", "sum(k=1..100000, at(k, 1))",
  ])
  func tooMuchWorkIsRefused(text: String) throws {
    let expression = try Expression.parse(text)
    #expect(throws: EvaluationError.self) { try expression.value(in: Values(), maximumWork: 200_000) }
  }

  @Test func letsThatStandForTooMuchAreRefused() throws {
    var scope = try Values()
    scope.lets["v0"] = try Expression.parse("1")
    for index in 1...60 { scope.lets["v\(index)"] = try Expression.parse("v\(index - 1) + v\(index - 1)") }
    let clock = ContinuousClock()
    let spent = clock.measure { _ = #expect(throws: EvaluationError.self) { try value("v60", scope) } }
    #expect(spent < .seconds(30))
    #expect(try number("v10", scope) == 1024)
  }
}
