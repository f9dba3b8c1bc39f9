import Testing

@testable import Notation

@Suite struct PrinterTests {
  @Test func whatIsPrintedParsesBack() throws {
    for seed in 0..<2000 {
      var source = RandomExpression(seed: seed)
      let expression = source.expression(1 + seed % 6)
      for text in [expression.description, expression.pretty] {
        do {
          let back = try Expression.parse(text)
          #expect(back == expression, "seed \(seed): \(text)\nread as \(back)")
        } catch {
          Issue.record("seed \(seed): \(text)\n\(error.range.lowerBound + 1): \(error.message)")
        }
      }
    }
  }

  @Test(arguments: [
    (
      "sum( k,-(y[k]-a2[k])*f2'(net2[k])*w2[k,j])*f1'(net1[j])*x[i]",
      "sum(k, -(y[k] - a2[k]) * f2'(net2[k]) * w2[k,j]) * f1'(net1[j]) * x[i]",
      "(Σk -(y[k] - a2[k]) · f2′(net2[k]) · w2[k,j]) · f1′(net1[j]) · x[i]"
    ),
    ("d(loss)/d(net2[1])", "d(loss)/d(net2[1])", "∂L/∂net2[1]"),
    ("∂L/∂net2[1]", "d(loss)/d(net2[1])", "∂L/∂net2[1]"),
    ("d(log(a2[i]))/d(net2[k])", "d(log(a2[i]))/d(net2[k])", "∂(log(a2[i]))/∂net2[k]"),
    ("w2⟨0⟩[k,1]", "w2<0>[k,1]", "w2⟨0⟩[k,1]"), ("δ2[1]", "delta2[1]", "δ2[1]"), ("dw1[1,2]", "dw1[1,2]", "∂w1[1,2]"),
    ("Δw1", "uw1", "Δw1"), ("w1'*x .* y", "w1' * x .* y", "w1ᵀ · x ⊙ y"), ("(2^3)^2", "(2^3)^2", "(2^3)^2"),
    ("2^(3^2)", "2^3^2", "2^3^2"), ("-(2^2)", "-2^2", "-2^2"), ("(-2)^2", "(-2)^2", "(-2)^2"),
    ("a-(b-c)", "a - (b - c)", "a - (b - c)"), ("[1, -2;3 ,4]", "[1 -2; 3 4]", "[1 -2; 3 4]"),
    ("[a-b, c']", "[a - b, c']", "[a - b, cᵀ]"), ("0.150", "0.150", "0.150"),
    ("sum(k = 1 .. 4, k)", "sum(k=1..4, k)", "sum(k=1..4, k)"), ("dw1/(dw2)", "dw1 / dw2", "∂w1 / (∂w2)"),
    ("not (a and b)", "not (a and b)", "not (a and b)"), ("a and (b or c)", "a and (b or c)", "a and (b or c)"),
  ])
  func spellings(text: String, plain: String, pretty: String) throws {
    let expression = try Expression.parse(text)
    #expect(expression.description == plain)
    #expect(expression.pretty == pretty)
  }
}
