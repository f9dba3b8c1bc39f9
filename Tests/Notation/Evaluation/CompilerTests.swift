import Engine
import Testing

@testable import Notation

@Suite struct CompilerTests {
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

  /// What is not a number is in every result that it goes into, whatever stands beside it and in whichever order.
  @Test(arguments: ["|v|", "norm(v)", "sum(v)", "mean(v)", "min(v)", "max(v)", "prod(v)", "v' * v", "|v'|", "|2 * v|"])
  func whatIsNotANumberIsNotLost(text: String) throws {
    for v in ["[1/0; 0/0]", "[0/0; 1/0]", "[1; -1/0; 0/0; 2]", "[0/0; 0]", "[1e300; 0/0; 1e300]"] {
      #expect(try number(text, Values(["v": v])).isNaN, "\(text) of \(v)")
    }
    for v in ["[1/0; 3]", "[3; -1/0]"] { #expect(try number("|v|", Values(["v": v])) == .infinity) }
  }

  /// The parser tells the larger of two from the largest over an index: what indexes nothing is a value.
  @Test func theLargerOfTwoAndTheLargestOverAnIndex() throws {
    var scope = try Values(["a": "[1; 5; 2]", "b": "[3; 4; 2]", "c": "-2"])
    scope.lets["z"] = try Expression.parse("a")
    #expect(try value("max(a, b)", scope) == Matrix(column: [3, 5, 2]))
    #expect(try value("min(a, b)", scope) == Matrix(column: [1, 4, 2]))
    #expect(try value("max(z, 2 * z - 3)", scope) == Matrix(column: [1, 7, 2]))
    #expect(try number("max(c, -c)", scope) == 2)
    #expect(try number("max(k, a[k] - b[k])", scope) == 1)
    #expect(try number("min(a, b[a])", scope) == 2)
    #expect(try number("max(k=1..2, k * b[k])", scope) == 8)
    #expect(try number("sum(k, max(c, a[k]))", scope) == 8)
  }
}
