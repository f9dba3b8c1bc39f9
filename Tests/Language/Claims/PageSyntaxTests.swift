import Engine
import Formats
import Testing

@testable import Language
@testable import Notation

/// A softmax behind a hidden layer, as the pages of these tests are about it; each gives its own letters.
let networkOfPages = """
  input 3
  dense 4 tanh
  dense 2 softmax
  loss cross-entropy
  init uniform low=-1 high=1 seed=4
  sample 0.5 -0.3 0.8 -> 0 1

  """

/// What LaTeX says in the session's language, and what is said of what is not understood.
@Suite struct PageSyntaxTests {
  /// A network of two layers with letters of a page.
  private static let lines =
    networkOfPages + """
      let z = net2
      let S = a2
      let u_j = net1
      let h_j = a1
      let w_kj = w2
      let v_ji = w1
      let y_k = y

      """

  /// The claims that a display holds, each with its verdict.
  private static func claims(_ tex: String, _ form: Page.Form = .tex) throws -> [String] {
    let answer = try session(lines).answer(toPage: form == .tex ? "\\[\(tex)\\]" : tex, form, named: "p")
    return answer.lines.map(\.description).filter { $0.hasPrefix("p:") }.map { line in
      String(line.drop { $0 != " " }.dropFirst())
    }
  }

  @Test(arguments: [
    // Fractions, sums, powers and functions, with as few braces as people write.
    (#"S_i = \frac{e^{z_i}}{\sum_j e^{z_j}}"#, "proved: a2[i] = exp(net2[i]) / sum(j, exp(net2[j]))"),
    (#"S(z_i) = \frac{\exp(z_i)}{\sum_{j=1}^{N}\exp z_j}"#, "proved: a2[i] = exp(net2[i]) / sum(j, exp(net2[j]))"),
    (#"L = -\sum_k y_k \log S_k"#, "proved: loss = -sum(k, y[k] * log(a2[k]))"),
    (#"\mathcal{L} = \sum_{k} -y_k \ln\left(S_k\right)"#, "proved: loss = sum(k, -(y[k] * log(a2[k])))"),
    (#"h_j = \tanh u_j"#, "proved: a1[j] = tanh(net1[j])"),
    (#"1 - h_j^2 = 1 - \tanh^2 u_j"#, "proved: 1 - a1[j]^2 = 1 - tanh(net1[j])^2"),
    (#"\tfrac12 h_j = \frac{h_j}2"#, "proved: 1 / 2 * a1[j] = a1[j] / 2"),
    (#"{h_j \over 2} = 0.5 \cdot h_j"#, "proved: a1[j] / 2 = 0.5 * a1[j]"),
    (#"z_k = \sum_{j=1}^{m} w_{kj} h_j + b^{(2)}_k"#, "proved: net2[k] = sum(j, w2[k,j] * a1[j]) + b2[k]"),
    (#"z_1 = \sum_{j=1}^{4} w_{1j} h_j + b^{(2)}_1"#, "proved: net2[1] = sum(j=1..4, w2[1,j] * a1[j]) + b2[1]"),
    // Derivatives, written in many ways.
    (#"\frac{\partial L}{\partial z_k} = S_k - y_k"#, "proved: d(loss)/d(net2[k]) = a2[k] - y[k] with y = y / sum(y)"),
    (#"\partial L/\partial z_k = \frac{dL}{dz_k}"#, "proved: d(loss)/d(net2[k]) = d(loss)/d(net2[k])"),
    (#"\frac{\partial}{\partial z_k} \log S_k = 1 - S_k"#, "proved: d(log(a2[k]))/d(net2[k]) = 1 - a2[k]"),
    (#"\frac{\mathrm{d} h_j}{\mathrm{d} u_j} = f'(u_j)"#, "proved: d(a1[j])/d(net1[j]) = f1'(net1[j])"),
    (#"\frac{\partial L}{\partial v_{ji}} = \delta_j x_i"#, "proved: d(loss)/d(w1[j,i]) = delta1[j] * x[i]"),
    (#"\sum_{i=0}^{N-1} S_i = 1"#, "proved: sum(i, a2[i]) = 1"),
    (#"S_k = S_k, \quad k = 1, 2"#, "proved: a2[k] = a2[k]"), (#"S_k = S_k \quad \forall k"#, "proved: a2[k] = a2[k]"),
    (#"E = C"#, "proved: loss = loss"),
    (#"\nabla_{z} L = S - y"#, "proved: d(loss)/d(net2) = a2 - y with y = y / sum(y)"),
    // A product, and what only looks like a call.
    (#"\frac{\partial S_k}{\partial z_k} = S_k(1-S_k)"#, "proved: d(a2[k])/d(net2[k]) = a2[k] * (1 - a2[k])"),
    (
      #"\frac{\partial S_i}{\partial z_k} = S_i(\delta_{ik} - S_k)"#,
      "proved: d(a2[i])/d(net2[k]) = a2[i] * ((i == k) - a2[k])"
    ),
    // Conditions: of a sum, beside an equation, unsaid.
    (
      #"\sum_{i \ne k} y_i = \sum_i y_i - y_k"#, "proved: sum(i, (i != k) * y[i]) = sum(i, y[i]) - y[k]"
    ),
    (
      #"\frac{\partial S_i}{\partial z_k} = -S_i S_k, \quad i \neq k"#,
      "proved: d(a2[i])/d(net2[k]) = -(a2[i] * a2[k]) where i != k"
    ),
    (
      #"\frac{\partial S_i}{\partial z_k} = -S_i S_k \qquad \text{for } i \not= k"#,
      "proved: d(a2[i])/d(net2[k]) = -(a2[i] * a2[k]) where i != k"
    ),
    (
      #"\frac{\partial S_i}{\partial z_k} = \begin{cases} S_k (1 - S_k) & i = k \\ -S_i S_k & \text{otherwise} \end{cases}"#,
      "proved: d(a2[i])/d(net2[k]) = (i == k) * (a2[k] * (1 - a2[k])) + (1 - (i == k)) * -(a2[i] * a2[k])"
    ),
    // Vectors and matrices, with the layer above.
    (
      #"\boldsymbol{\delta}^{(1)} = ({\mathbf{W}^{(2)}}^\top \boldsymbol{\delta}^{(2)}) \odot f'(\mathbf{z}^{(1)})"#,
      "proved: delta1 = w2' * delta2 .* f1'(net1)"
    ),
    (#"dW^{[2]} = dz^{[2]} a^{[1]T}"#, "proved: dw2 = delta2 * a1'"),
    (#"\delta^L = S - y"#, "proved: delta2 = a2 - y with y = y / sum(y)"),
    // An update, with the weights as they were.
    (
      #"w_{kj} \leftarrow w_{kj} - \eta \frac{\partial L}{\partial w_{kj}}"#,
      "proved: w2[k,j] = old(w2[k,j]) - rate * d(loss)/d(w2[k,j])"
    ),
    (#"\Delta w_{kj} = -\eta \delta_k h_j"#, "proved: uw2[k,j] = -(rate * delta2[k] * a1[j])"),
  ]) func says(_ tex: String, _ claim: String) throws {
    #expect(try Self.claims(tex) == [claim], "\(tex)")
  }

  /// Every layer that there is, where a page says l.
  @Test func anyLayer() throws {
    let answer = try session(Self.lines).answer(
      toPage: #"\[\frac{\partial L}{\partial b^l_j} = \delta^l_j\]"#, .tex, named: "p")
    #expect(
      answer.lines.map(\.description).dropFirst().prefix(2) == [
        "p:1: proved: d(loss)/d(b1[j]) = delta1[j]", "  for l = 1, 2",
      ])
  }

  @Test(arguments: [
    (#"S_k = q_k"#, "1:9", "what q stands for is not known; let q_k = … in the session says it"),
    (#"S_k = \foo"#, "1:9", #"\foo is not read here"#),
    (#"S_k = \frac{1}"#, "1:16", "something was expected behind this"),
    (#"S_k = (1 - S_k"#, "1:9", "this bracket is never closed"),
    (#"L = -\sum y_k \log S_k"#, "1:8", "an index was expected below sum: over what it runs is not said"),
    (#"L = \log S_k y_k"#, "1:7", "how far log reaches is not clear; brackets say it"),
    (#"L = 1 / S_k y_k"#, "1:9", #"how far / reaches is not clear; \frac says it"#),
    (#"S_k \approx y_k"#, "1:7", "only equalities are judged"),
    (#"S_k = a^{(3)}_k"#, "1:9", "there is no layer 3: this network has 2 layers"),
    (#"S_k = y_k^{(i)}"#, "1:15", "what stands in brackets above a letter is read as a layer: 1, 2 …, l or L"),
    // How far a sum goes is a number, or a letter that is no index and no calculation.
    (
      #"\sum_{i=1}^{N-1} S_i = 1"#, "1:15", "how far i runs is not clear: a number, or a letter such as N, was expected"
    ),
    (#"\sum_{i=1}^{2N} S_i = 1"#, "1:15", "how far i runs is not clear: a number, or a letter such as N, was expected"),
    (#"\sum_{i=1}^k S_i = S_k"#, "1:14", "how far i runs is not clear: a number, or a letter such as N, was expected"),
    (#"\|S\|_1 = 1"#, "1:8", "only the Euclidean norm is read here"),
    (#"s_k = S_k"#, "1:3", "what s stands for is not known; let s_k = … in the session says it"),
    (#"f_k = S_k"#, "1:3", "what f stands for is not known; let f_k = … in the session says it"),
    (#"\frac{\partial^2 L}{\partial z_k} = 1"#, "1:9", "second derivatives are not read here"),
  ]) func isNotUnderstood(_ tex: String, _ place: String, _ why: String) throws {
    let answer = try session(Self.lines).answer(toPage: "\\[\(tex)\\]", .tex, named: "p")
    let said = answer.lines.map(\.description)
    #expect(said.contains("  " + why), "\(said)")
    #expect(said.contains("p:\(place): not understood"), "\(said)")
    #expect(answer.hasFailed)
  }

  @Test func whatIsNoPage() throws {
    func why(_ text: String, _ form: Page.Form = .tex) throws -> String {
      let session = try session(Self.lines)
      do throws(CommandError) { return "\(try session.answer(toPage: text, form, named: "p").lines)" } catch {
        return error.worded()
      }
    }
    #expect(try why("no mathematics, $x = 1$ at most") == "p holds no display equation")
    #expect(try why(#"\begin{align} x_i = 1"#) == #"p:1: this \begin{align} is never closed: \end{align} was expected"#)
    #expect(try why("$$ x = 1") == "p:1: this $$ is never closed: $$ was expected")
    #expect(try why("```python\n$$ x = 1 $$\n```\n", .md) == "p holds no display equation")
    #expect(throws: CommandError.self) { try Session().answer(toPage: "$$a = b$$", .md, named: "p") }
    // A comment is none of it, and neither is what stands as it is.
    #expect(try Self.claims("S_k = S_k % \\] S_k = 1\n", .tex).count == 1)
    #expect(try why("\\begin{verbatim}\n\\[ S_k = 1 \\]\n\\end{verbatim}") == "p holds no display equation")
  }

  /// What once ended the program.
  @Test(arguments: [
    #"\newcommand{\x}{\hat\}\[ S_k = \x \]"#, #"\newcommand{\x}{\vec\}\[ S_k = \x\x \]"#,
    #"\[ S_k = "# + String(repeating: #"\mathbf{"#, count: 5000) + "x1" + String(repeating: "}", count: 5000) + #" \]"#,
    #"\[ S_k = S_k \quad \forall \quad \forall k \]"#, #"\[ \hat{\mathbf{\hat{\mathbf{"# + "\\]",
  ]) func isAnswered(_ page: String) throws {
    let session = try session(Self.lines)
    do throws(CommandError) { #expect(!(try session.answer(toPage: page, .tex, named: "p").lines.isEmpty)) } catch {
      #expect(error.worded().hasPrefix("p:1: "))
    }
  }

  @Test func codeIsNoPage() throws {
    #expect(try Self.claims("  ```python\n  x = 1 # $$ S_k = 2 $$\n  ```\n$$ S_k = S_k $$", .md).count == 1)
    #expect(try Self.claims("```math\nS_k = S_k\n```\n<!-- $$ S_k = 2 $$ -->\n", .md).count == 1)
    let session = try session(Self.lines)
    do throws(CommandError) {
      let answer = try session.answer(toPage: "```math\nS_k = 1\n", .md, named: "p")
      Issue.record("\(answer.lines)")
    } catch { #expect(error.worded() == "p:1: this ```math is never closed: ``` was expected") }
  }

  /// A gradient that a page defines otherwise than is usual is not taken for the usual one.
  @Test func anotherDeltaIsNotOurs() throws {
    let lines = Self.lines.split(separator: "\n").joined(separator: "\n") + "\n"
    let page =
      #"\[ \delta_k = -\frac{\partial L}{\partial z_k} \] \[ \frac{\partial L}{\partial w_{kj}} = \delta_k h_j \]"#
    let said = try session(lines).answer(toPage: page, .tex, named: "p").lines.map(\.description)
    #expect(said.count { $0.hasSuffix(": not understood") } == 2, "\(said)")
    #expect(said.contains { $0.contains("delta is usually what delta2[k] is here") }, "\(said)")
  }

  @Test func macrosAreWrittenOut() throws {
    let page = #"""
      \newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}
      \newcommand\loss{\mathcal{L}}
      \DeclareMathOperator{\act}{tanh}
      \begin{align} \pd{\loss}{z_k} &= S_k - y_k, & h_j &= \act(u_j) \end{align}
      """#
    #expect(
      try Self.claims(page, .md) == [
        "proved: d(loss)/d(net2[k]) = a2[k] - y[k] with y = y / sum(y)", "proved: a1[j] = tanh(net1[j])",
      ])
    let circle = try session(Self.lines).answer(
      toPage: #"\newcommand{\a}{\b}\newcommand{\b}{\a}\[\a = 1\]"#, .tex, named: "p")
    #expect(circle.lines.map(\.description).contains { $0.contains("stands in too many others") })
  }

  /// A page that is damaged at random gets an answer or an error, and never a wrong "proved" of what was false.
  @Test func damagedPages() throws {
    let seed = Int.random(in: 1...Int(Int32.max))
    var generator = Generator(seed: seed)
    var session = try session(Self.lines)
    session.showsDraws = false
    // Numbers that fit nothing by chance: targets sum to no 1.
    try session.take("forward\nbackward")
    let whole = Array(try VerifiedPagesTests.page("spacing").text)
    for round in 0..<120 {
      let start = Int.random(in: 0..<whole.count, using: &generator)
      var page = Array(whole[start...].prefix(400))
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        // Of the page's last letters nothing may be left.
        guard !page.isEmpty else { break }
        let place = Int.random(in: 0..<page.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: page.remove(at: place)
        case 1: page.insert(#"{}\_^&$'|()[]=+-%#∂é"#.randomElement(using: &generator) ?? "{", at: place)
        default: page[place] = page.randomElement(using: &generator) ?? "x"
        }
      }
      let text = "\\[" + String(page)
      var said: [String] = []
      do throws(CommandError) {
        let answer = try session.answer(toPage: text + "\\]", round % 2 == 0 ? .tex : .md, named: "p")
        said = answer.lines.map(\.description)
        #expect(!said.isEmpty, "seed \(seed)")
      } catch { #expect(!error.worded().isEmpty, "seed \(seed)") }
      for line in said {
        guard let place = line.firstRange(of: ": proved: ") else { continue }
        let claim = try Claim.parse(String(line[place.upperBound...]))
        // What is set before, and what an update leaves, is another state's.
        guard claim.substitutions.isEmpty, !line.contains("old(") else { continue }
        #expect(try claim.evaluate(in: session.scope).holds, "\(line), seed \(seed)")
      }
    }
    // Deep ones, and long ones.
    for text in [
      String(repeating: "{", count: 5000), String(repeating: "(", count: 5000),
      String(repeating: #"\frac"#, count: 3000),
      String(repeating: "-", count: 5000), String(repeating: #"\sum_i "#, count: 3000),
      String(repeating: "x_i ", count: 3000),
    ] {
      let answer = try session.answer(toPage: "\\[S_k = \(text)\\]", .tex, named: "p")
      #expect(answer.hasFailed)
    }
  }
}
