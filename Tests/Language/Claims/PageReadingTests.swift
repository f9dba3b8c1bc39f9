import Engine
import Testing

@testable import Language
@testable import Notation

/// What is read into a page that looks like something else: brackets behind a letter, comparisons of vectors, letters that are
/// the loss elsewhere, colours, and what belongs to an update.
@Suite struct PageReadingTests {
  /// A softmax behind a hidden layer.
  private static let softmax =
    networkOfPages + """
      let z = net2
      let S = a2
      let w_kj = w2

      """

  /// A hidden layer with a kink.
  private static let relu = """
    input 2
    dense 3 relu
    dense 2 identity
    loss half-squared-error
    sample 1 2 -> 1 0
    let z_1 = net1
    let W_2 = w2
    let delta_1 = delta1
    let delta_2 = delta2

    """

  /// What is said of displays, without the line before it that says which network it is.
  private static func said(_ displays: String..., after lines: String) throws -> [String] {
    let page = displays.map { "\\[\($0)\\]" }.joined(separator: "\n")
    return try session(lines).answer(toPage: page, .tex, named: "p").lines.map(\.description)
  }

  /// The claims among that, each with its verdict.
  private static func claims(_ said: [String]) -> [String] {
    said.filter { $0.hasPrefix("p:") }.map { String($0.drop { $0 != " " }.dropFirst()) }
  }

  // MARK: brackets behind the loss

  @Test(arguments: [
    #"L(y, \hat y) = L"#, #"J(\theta) = J"#, #"L(w, b; x) = L"#, #"L(\mathbf{w}, \hat{y}_k) = L"#,
    #"L\left(y, S\right) = L"#,
  ]) func aListOfLettersIsWhatTheLossDependsOn(_ tex: String) throws {
    #expect(try Self.claims(Self.said(tex, after: Self.softmax)) == ["proved: loss = loss"], "\(tex)")
  }

  @Test(arguments: ["L(1 + S_k)", "L[1 + S_k]", #"L\{1 + S_k\}"#, #"L \left( 1 + S_k \right)"#])
  func allElseInBracketsIsAFactor(_ tex: String) throws {
    #expect(
      try Self.claims(Self.said("\(tex) = L + L S_k", after: Self.softmax)) == [
        "proved: loss * (1 + a2[k]) = loss + loss * a2[k]"
      ], "\(tex)")
    let wrong = try Self.claims(Self.said("L = \(tex)", after: Self.softmax))
    #expect(wrong == ["refuted: loss = loss * (1 + a2[k])"], "\(wrong)")
  }

  @Test func noBracketsAreDropped() throws {
    for tex in ["2 L = L(y+1) + L(y-1)", "L = L [S_k]", #"L = L \{ S_k \}"#, "L = L (S_k, 1)", "L = L (2 y_k)"] {
      let said = try Self.said(tex, after: Self.softmax)
      #expect(!said.contains { $0.contains(": proved") || $0.contains("loss = loss + loss") }, "\(said)")
    }
  }

  /// An activation is a function of its own pre-activation in round brackets only.
  @Test func anActivationTimesWhatIsInSquareBrackets() throws {
    #expect(try Self.claims(Self.said("S[z_k] = S_k", after: Self.softmax)).allSatisfy { !$0.hasPrefix("proved") })
    #expect(try Self.claims(Self.said("S(z_k) = S_k", after: Self.softmax)) == ["proved: a2[k] = a2[k]"])
  }

  @Test func whatAGradientsLossDependsOn() throws {
    #expect(
      try Self.claims(Self.said(#"\nabla_{z} L(y, S) = S - y"#, after: Self.softmax)) == [
        "proved: d(loss)/d(net2) = a2 - y with y = y / sum(y)"
      ])
  }

  @Test(arguments: [#"\mathbb{E} = L"#, #"\mathbb E = L"#, #"\mathbb{E}[L] = L"#])
  func anExpectationIsNoLoss(_ tex: String) throws {
    let said = try Self.said(tex, after: Self.softmax)
    #expect(said.contains("p:1:3: not understood"), "\(said)")
    #expect(said.contains("  what 𝔼 stands for is not known; let 𝔼 = … in the session says it"), "\(said)")
  }

  // MARK: comparisons of vectors

  @Test(arguments: [
    (#"\odot \mathbf{1}[z_1 > 0]"#, "(1 * relu'(net1))"), (#"\odot (z_1 > 0)"#, "relu'(net1)"),
    (#"\odot [z_1 > 0]"#, "relu'(net1)"), (#"\odot [0 < z_1]"#, "relu'(net1)"),
    (#"\odot [z_1 \ge 0]"#, "(1 - relu'(-net1))"),
  ]) func aComparisonOfVectorsIsElementByElement(_ tex: String, _ meaning: String) throws {
    let said = try Self.said(#"\delta_1 = (W_2^\top \delta_2) "# + tex, after: Self.relu)
    #expect(Self.claims(said) == ["proved: delta1 = w2' * delta2 .* \(meaning)"], "\(said)")
  }

  @Test func casesOfVectors() throws {
    let said = try Self.said(
      #"f'(z_1) = \begin{cases} 1 & z_1 > 0 \\ 0 & \text{otherwise} \end{cases}"#,
      #"a^{(1)} = \begin{cases} z_1 & z_1 > 0 \\ 0 & \text{otherwise} \end{cases}"#, after: Self.relu)
    let claims = Self.claims(said)
    #expect(claims.count == 2 && claims.allSatisfy { $0.hasPrefix("proved: ") }, "\(said)")
  }

  @Test func vectorsThatAreEqualAreNotUnderstood() throws {
    let said = try Self.said(#"\delta_1 = (W_2^\top \delta_2) \odot [z_1 = 0]"#, after: Self.relu)
    #expect(said.contains("  a comparison of vectors is one number here; write it with an index"), "\(said)")
    #expect(!said.contains { $0.contains("refuted:") }, "\(said)")
  }

  // MARK: the letter of the loss

  /// The other letters that a loss may have are none where the page has its own.
  @Test(arguments: [#"L = -\sum_k y_k \log S_k"#, #"\frac{\partial L}{\partial z_k} = S_k - y_k"#])
  func oneLetterIsTheLoss(_ tex: String) throws {
    let said = try Self.said(tex, #"J = \mathrm{diag}(S) - SS^\top"#, after: Self.softmax)
    #expect(said.contains("p:2:3: not understood"), "\(said)")
    #expect(said.contains("  what J stands for is not known; let J = … in the session says it"), "\(said)")
    #expect(said.contains { $0.hasPrefix("p:1: proved: ") }, "\(said)")
  }

  @Test func anotherLetterMayBeTheLoss() throws {
    let said = try Self.said(
      #"J(\theta) = -\sum_k y_k \log S_k"#, #"\frac{\partial J}{\partial z_k} = S_k - y_k"#,
      #"\frac{\partial \mathcal{L}}{\partial z_k} = S_k - y_k"#, after: Self.softmax)
    #expect(said.contains { $0.hasPrefix("p:1: proved: loss = ") }, "\(said)")
    #expect(said.contains { $0.hasPrefix("p:2: proved: d(loss)") }, "\(said)")
    #expect(said.contains { $0.hasPrefix("p:3:") && $0.hasSuffix(": not understood") }, "\(said)")
  }

  /// What only looks like the definition of a loss: a constant, and a sum of a loss and something else.
  @Test(arguments: [#"C = \max_k z_k"#, #"J = L + \frac12 \sum_k z_k^2"#])
  func whatIsNoDefinitionOfALoss(_ tex: String) throws {
    let said = try Self.said(
      tex, #"L = -\sum_k y_k \log S_k"#, #"\frac{\partial L}{\partial z_k} = S_k - y_k"#, after: Self.softmax)
    #expect(said.contains("p:1:3: not understood"), "\(said)")
    #expect(Self.claims(said).count { $0.hasPrefix("proved: ") } == 2, "\(said)")
  }

  // MARK: colours

  @Test(arguments: [
    #"S_k \color{red}{- y_k}"#, #"S_k {\color{red} - y_k}"#, #"S_k \textcolor{red}{- y_k}"#, #"S_k \color{red}{-} y_k"#,
    #"\color{blue}{S_k} - {\color{red}{y_k}}"#,
  ]) func coloursMeanNothing(_ tex: String) throws {
    #expect(
      try Self.claims(Self.said(#"\frac{\partial L}{\partial z_k} = "# + tex, after: Self.softmax)) == [
        "proved: d(loss)/d(net2[k]) = a2[k] - y[k] with y = y / sum(y)"
      ], "\(tex)")
  }

  @Test func colouredArgumentsStayWhole() throws {
    #expect(
      try Self.claims(
        Self.said(
          #"\frac{\color{blue} 1 + S_k}{2} = \frac12 + \frac{S_k}{\color{red} 1 + 1}"#,
          #"e^{\color{red} 2 z_k} = e^{\color{red}{z_k + z_k}}"#, after: Self.softmax)
      ).first == "proved: (1 + a2[k]) / 2 = 1 / 2 + a2[k] / (1 + 1)")
  }

  // MARK: slips under a condition

  @Test(arguments: [
    (#"\frac{\partial L}{\partial z_k} = y_k - S_k"#, "with a2[k] - y[k] in place of y[k] - a2[k]"),
    (#"\frac{\partial S_i}{\partial z_k} = S_i S_k"#, "with -(a2[i] * a2[k]) in place of a2[i] * a2[k]"),
  ]) func aSlipUnderAConditionIsASlip(_ tex: String, _ slip: String) throws {
    let said = try Self.said(tex, after: Self.softmax)
    #expect(said.contains { $0.contains(slip) }, "\(said)")
    #expect(!said.contains { $0.contains("no slip explains it") }, "\(said)")
  }

  // MARK: updates

  @Test func whatAnOptimizerRemembersIsOfTheUpdate() throws {
    let lines = Self.relu + "optimizer adam rate=0.1\n"
    let memory = #"\mathrm{mw}^{(1)}_{ji}"#
    let gradient = #"\frac{\partial L}{\partial w^{(1)}_{ji}}"#
    let said = try Self.said(
      "\(memory) = 0.9 \\cdot \\mathrm{mw}^{(1)\\,\\langle 0 \\rangle}_{ji} + 0.1 \\cdot \(gradient)",
      "\(memory) \\leftarrow 0.9 \\cdot \(memory) + 0.1 \\cdot \(gradient)",
      "\(memory) = 0.9 \\cdot \\mathrm{mw}^{(1)\\,\\text{old}}_{ji} + 0.1 \\cdot \(gradient)", after: lines)
    #expect(
      Self.claims(said)
        == Array(repeating: "proved: mw1[j,i] = 0.9 * mw1<0>[j,i] + 0.1 * d(loss)/d(w1[j,i])", count: 3), "\(said)")
  }

  /// The weight on the left of an arrow is the new one, whatever the update is called.
  @Test func anUpdateByItsName() throws {
    let said = try Self.said(#"w_{kj} \leftarrow w_{kj} + \Delta w_{kj}"#, after: Self.softmax)
    #expect(Self.claims(said) == ["proved: w2[k,j] = old(w2[k,j]) + uw2[k,j]"], "\(said)")
  }

  // MARK: networks

  /// A layer whose pre-activation has no letter is a layer all the same.
  @Test func aNetworkWithoutPreActivations() throws {
    let page = #"""
      $$ h_j = \tanh(\sum_i w_{ji} x_i), \qquad \hat y_k = \sum_j v_{kj} h_j, \qquad E = \frac12 \sum_k (y_k - \hat y_k)^2 $$
      $$ \frac{\partial E}{\partial w_{ji}} = -\sum_k (y_k - \hat y_k) v_{kj} (1 - h_j^2) x_i $$
      """#
    let said = try Session().answer(toPage: page, .md, named: "p").lines.map(\.description)
    #expect(said.first?.contains("dense 4 tanh nobias; dense 2 identity nobias") == true, "\(said)")
    #expect(Self.claims(said).count { $0.hasPrefix("proved: ") } == 4, "\(said)")
  }
}
