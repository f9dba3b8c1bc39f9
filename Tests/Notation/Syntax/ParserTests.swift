import Testing

@testable import Notation

@Suite struct ParserTests {
  /// Two texts that must be the same tree.
  @Test(arguments: [
    ("a or b and not c == d + e * -f^g'", "a or (b and (not (c == (d + (e * (-(f^(g'))))))))"),
    ("a - b - c", "(a - b) - c"), ("a / b / c", "(a / b) / c"), ("a^b^c", "a^(b^c)"), ("-a^2", "-(a^2)"),
    ("2^-1", "2^(-1)"), ("2^-a^b", "2^(-(a^b))"), ("-a * b", "(-a) * b"), ("a * -b", "a * (-b)"),
    ("not a == b", "not (a == b)"), ("not not a", "not (not a)"), ("- -a", "-(-a)"), ("--a", "-(-a)"), ("+a", "a"),
    ("a .* b * c ./ d", "((a .* b) * c) ./ d"), ("w2'[1,2]", "(w2')[1,2]"), ("-a'", "-(a')"), ("a''", "(a')'"),
    ("1.*x", "1 .* x"), ("1./x", "1 ./ x"), ("1.5.*x", "1.5 .* x"), ("f2'(v)", "f2'(v)"), ("w2' * (v)", "(w2') * v"),
    ("[1 -2]", "[1, -2]"), ("[1 - 2]", "[(1 - 2)]"), ("[1 -2 - 3]", "[1, (-2 - 3)]"), ("[a' b']", "[(a'), (b')]"),
    ("[(1 -2)]", "[(1 - 2)]"), ("[w2[1, 2] 3]", "[w2[1,2], 3]"), ("[a [1 2]]", "[a, [1, 2]]"), ("[a (b)]", "[a, b]"),
    ("[f2(a) 1]", "[(f2(a)), 1]"), ("[|a| |b|]", "[(|a|), (|b|)]"), ("[|a -b|]", "[|(a - b)|]"),
    ("[1 +2]", "[1, 2]"), ("[1\t2]", "[1, 2]"), ("[ 1 , 2 ]", "[1, 2]"), ("|a| * |b|", "(|a|) * (|b|)"),
    ("||a| - |b||", "|(|a|) - (|b|)|"), ("Σk a[k] · b[k] + 1", "sum(k, a[k] * b[k]) + 1"), ("Σ(a)", "sum(a)"),
    ("∂L/∂w2[1,2]", "d(loss)/d(w2[1,2])"), ("dL/dw2[1,2]", "d(loss)/d(w2[1,2])"), ("∂a2[i]/∂z[k]", "d(a2[i])/d(z[k])"),
    ("∂(a2[i])/∂(z[k])", "d(a2[i])/d(z[k])"), ("∂w1[1,1]/2", "dw1[1,1]/2"),
    ("∂w1[1,1] / δ2[1]", "dw1[1,1] / delta2[1]"),
    ("∂L/∂x[1] * 2", "(d(loss)/d(x[1])) * 2"), ("-∂L/∂x[1]", "-(d(loss)/d(x[1]))"), ("w2<0>[1,1]", "w2⟨0⟩[1,1]"),
    ("a<0", "a < 0"), ("a ≠ b", "a != b"), ("a ≈ b", "a ~= b"), ("f1′(a)", "f1'(a)"),
    ("leaky-relu'(a)", "leaky-relu'(a)"),
    ("holdout-accuracy - 1", "(holdout-accuracy) - 1"), ("a-b", "a - b"), ("δ1", "delta1"),
  ])
  func trees(text: String, same: String) throws {
    let (one, other) = (try Expression.parse(text), try Expression.parse(same))
    #expect(one == other, "\(one)")
  }

  @Test(arguments: [
    ("", "1: a value was expected before the end"), ("1 +", "4: a value was expected before the end"),
    ("1 2", "3: an operator or the end was expected; there is no implicit product, write *"),
    ("2(3)", "2: an operator or the end was expected; there is no implicit product, write *"),
    ("w2(3)", "1: w2 is not a function; for a product write w2 * (…), for an element w2[…]"),
    ("sigmoud(1)", "1: sigmoud is not a function; did you mean sigmoid?"), ("(1", "3: ) was expected to close the ("),
    ("1)", "2: an operator or the end was expected; this ) closes nothing"),
    ("[1 2", "1: this [ is never closed"), ("[1 2)", "5: another element, ; or ] was expected"),
    ("1 < 2 < 3", "7: comparisons are not chained; join two with and"),
    ("a = b", "3: an operator or the end was expected; to compare, write == or ~="),
    ("1 + not 2", "5: a value was expected; put not and what it takes in parentheses"),
    ("w2[1,2,3]", "7: ] was expected after two indices"), ("w2[]", "4: a value was expected, not ]"),
    ("a $ b", "3: a number, a name or an operator was expected, not $"),
    ("1e999", "1: a number up to 1.797e308 was expected, not 1e999"),
    ("exp()", "1: exp(v) takes 1 argument, not 0"), ("outer(a)", "1: outer(u, v) takes 2 arguments, not 1"),
    ("ones(1,2,3)", "1: ones(n, m) takes 1 or 2 arguments, not 3"),
    ("d(loss)", "8: / was expected and d(QUANTITY) after d(…)"),
    ("d(loss)/2", "9: d(QUANTITY) was expected under the line"),
    ("w2⟨a⟩", "3: a version number and ⟩ were expected after ⟨"),
    ("sum(k=1, a)", "8: .. was expected between the ends of the range, as in k=1..4"),
    ("|a", "3: | was expected to close the |"),
    ("a .^ b", "3: .^ is written ^ here"), ("a ** b", "3: ** is written ^ here"), ("a @ b", "3: @ is written * here"),
    ("a && b", "3: && is written and here"), ("a := b", "3: := is written = here"), ("w2.T", "3: .T is written ' here"),
    ("!a", "1: ! is written not here"),
    ("a || b", "3: an operator or the end was expected; of two conditions, or joins them"),
    (
      "leaky-relu(a, slope=1)",
      "15: leaky-relu(v) takes 1 argument and has slope=0.01; a layer's own, such as f1(v), has what its dense line gives it"
    ),
    ("swish(a, b)", "1: swish(v) takes 1 argument, not 2"),
    ("a * * b", "5: a value was expected, not *"), ("a and", "6: a value was expected before the end"),
    ("or", "1: a value was expected, not or"), ("at(1)", "1: at(STEP, v) takes 2 arguments, not 1"),
  ])
  func errors(text: String, expected: String) {
    do {
      let expression = try Expression.parse(text)
      Issue.record("\(text) was read as \(expression)")
    } catch {
      #expect("\(error.range.lowerBound + 1): \(error.message)" == expected)
    }
  }

  @Test func nodesKnowTheirPlace() throws {
    let text = "δ1[k]  + sum(j, exp(net1[j]))"
    let expression = try Expression.parse(text)
    func part(_ expression: Expression) -> String { String(Array(text)[expression.range]) }
    #expect(part(expression) == text)
    #expect(expression.children.map(part) == ["δ1[k]", "sum(j, exp(net1[j]))"])
    #expect(expression.children[1].children.map(part) == ["exp(net1[j])"])
  }

  @Test func aCommandReadsOnWhereAnExpressionEnds() throws {
    var parser = try Parser("expect loss ~= 0.5 within 1e-9", from: 6)
    #expect(try parser.expression().description == "loss ~= 0.5")
    #expect(try parser.accept(word: "within"))
    #expect(parser.position == 26)
    #expect(try parser.expression().range == 26..<30)
    #expect(parser.isAtEnd)
  }

  @Test func aNameIsReadAsExpressionsReadIt() throws {
    var parser = try Parser("let δx = 3", from: 4)
    #expect(try parser.acceptName() == "deltax")
    #expect(try parser.acceptName() == nil)
    #expect(try parser.acceptEquals())
  }
}
