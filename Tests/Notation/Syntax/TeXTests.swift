import Testing

@testable import Notation

@Suite struct TeXTests {
  @Test(arguments: [
    ("delta2[k] * w2<0>[k,1]", "\\delta^{(2)}_{k} \\cdot w^{(2)\\,\\langle 0 \\rangle}_{k,1}"),
    (
      "sum(k, -(y[k] - a2[k]) * f2'(net2[k])) * x[i]",
      "\\left(\\sum_{k} -\\left(y_{k} - a^{(2)}_{k}\\right) \\cdot f_{2}'\\left(\\mathrm{net}^{(2)}_{k}\\right)\\right) \\cdot x_{i}"
    ),
    ("d(loss)/d(w1[1,2])", "\\frac{\\partial L}{\\partial w^{(1)}_{1,2}}"),
    ("a1 / (1 + exp(-x))", "\\frac{a^{(1)}}{1 + \\exp\\left(-x\\right)}"),
    ("0.4 * -0.2", "0.4 \\cdot \\left(-0.2\\right)"), ("1.5e-06 + 2", "1.5 \\cdot 10^{-6} + 2"),
    ("(a + b)^2", "{\\left(a + b\\right)}^{2}"),
    ("[1 2; 3 4]'", "{\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}}^{\\top}"),
    ("x .* y", "x \\odot y"), ("sum(k=1..4, k)", "\\sum_{k=1}^{4} k"),
    ("softplus(net1[1])", "\\operatorname{softplus}\\left(\\mathrm{net}^{(1)}_{1}\\right)"),
  ])
  func isWhatAPageHas(_ text: String, _ tex: String) throws {
    #expect(try Expression.parse(text).tex == tex)
  }

  /// What LaTeX refuses: braces and \left that are not closed, and an upper or lower index twice.
  @Test func everyExpressionIsWellFormed() throws {
    for seed in 0..<1000 {
      var source = RandomExpression(seed: seed)
      let tex = source.expression(1 + seed % 6).tex
      var depth = 0
      for character in tex {
        depth += character == "{" ? 1 : character == "}" ? -1 : 0
        #expect(depth >= 0, "seed \(seed): \(tex)")
      }
      #expect(depth == 0, "seed \(seed): \(tex)")
      func count(_ text: String) -> Int { tex.ranges(of: text).count }
      #expect(count("\\left") == count("\\right"), "seed \(seed): \(tex)")
      #expect(count("\\begin{") == count("\\end{"), "seed \(seed): \(tex)")
    }
  }
}
