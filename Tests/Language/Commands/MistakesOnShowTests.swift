import Testing

@testable import Language

/// What the panels show while code with a mistake in it is stepped through: what that code computes, and that it is wrong.
@Suite struct MistakesOnShowTests {
  /// Mazur's example, whose δ of the outputs are published: 0.138498562 and -0.0380982365.
  private static let mazur = """
    input 2
    dense 2 sigmoid
    dense 2 sigmoid
    set w1 = [0.15 0.20; 0.25 0.30]
    set b1 = 0.35
    set w2 = [0.40 0.45; 0.50 0.55]
    set b2 = 0.60
    sample 0.05 0.10 -> 0.01 0.99

    """

  private func shown(_ mistakes: String..., then look: String) -> String {
    lastAnswer(
      MistakesOnShowTests.mazur + mistakes.map { "mistake \($0)\n" }.joined() + "backward\n" + look)
  }

  /// The edges have what the faulty code adds up, and not the products of the right one: of the first hidden unit
  /// 0.1385 · 0.40 and -0.0381 · 0.45, where the right code has -0.0381 · 0.50.
  @Test func edgesHaveTheProductsOfTheFormulaAtWork() {
    let right = shown(then: "show network")
    #expect(right.contains(".0554") && right.contains("-.0190") && !right.contains("!"), "\(right)")
    let wrong = shown("untransposed-weight", then: "show network")
    #expect(wrong.contains(".0554!") && wrong.contains("-.0171!") && !wrong.contains("-.0190"), "\(wrong)")
  }

  /// A formula that is no sum of products of δ with a weight has none to show.
  @Test(arguments: ["missing-sum", "gradient-for-weight", "da1[j] = 2 * sum(k, delta2[k] * w2[k,j])"])
  func edgesHaveNoProductsOfAnother(_ mistake: String) {
    let shown = shown(mistake, then: "show network")
    #expect(!shown.contains(".0554") && !shown.contains("-.0190") && shown.contains("!"), "\(shown)")
  }

  /// Of a mistake elsewhere the products are the right ones still.
  @Test func edgesKeepTheProductsThatAreRight() {
    let shown = shown("missing-derivative layer=1", then: "show network")
    #expect(shown.contains(".0554") && shown.contains("-.0190") && !shown.contains("!"), "\(shown)")
  }

  /// What is made of a number that another formula computes says so, however far behind it.
  @Test(arguments: [
    ("untransposed-weight", "mistake: the weight matrix is not transposed on the way back"),
    ("missing-sum", "mistake: one term is taken for the sum"),
    ("gradient-for-weight", "mistake: the gradient stands where δ and the weight belong"),
  ])
  func whatIsMadeOfItSaysSo(_ mistake: String, _ said: String) {
    let own = shown(mistake, then: "explain da1[1]")
    #expect(own.contains(said) && !own.contains("(in "), "\(own)")
    for number in ["delta1[1]", "dw1[1,2]", "db1[2]"] {
      let shown = shown(mistake, then: "explain \(number)")
      #expect(shown.contains("\(said) (in "), "\(number): \(shown)")
    }
    for number in ["delta2[1]", "a1[1]"] {
      #expect(!shown(mistake, then: "explain \(number)").contains("mistake"), "\(number)")
    }
  }

  /// The table marks what another formula computes, and nothing else, in 80 columns.
  @Test func theTableMarksIt() {
    let shown = shown("untransposed-weight", then: "show layer")
    let headings = shown.split(separator: "\n").dropFirst().first?.split(separator: " ").map(String.init) ?? []
    #expect(headings.filter { $0.hasSuffix("!") } == ["∂L/∂a!"], "\(shown)")
    #expect(headings.last == "∂b" && !shown.contains("›"), "\(shown)")
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  /// Gradients that stand under the units are marked too; so is softmax's δ without the derivatives off the diagonal.
  @Test func everyOneIsMarked() {
    let sums = shown("dw1[j,i] = delta1[j]", then: "show layer")
    #expect(sums.contains("∂w[j,1]!") || sums.contains("∂w1!"), "\(sums)")
    let softmax = "input 2\ndense 3 softmax\nsample 1 2 -> 0 1 0\nmistake softmax-diagonal\nbackward\nshow layer"
    #expect(lastAnswer(softmax).contains("δ!"), "\(lastAnswer(softmax))")
  }

  /// Where not all have room, how many there are is said.
  @Test func severalAreCounted() {
    let shown = shown("untransposed-weight", "missing-derivative layer=1", then: "show layer")
    #expect(shown.contains("2 mistakes on") && !shown.contains("mistake untransposed"), "\(shown)")
    let one = self.shown("untransposed-weight", then: "show layer")
    #expect(one.contains("mistake untransposed-weight ") && !one.contains("mistakes on"), "\(one)")
  }
}
