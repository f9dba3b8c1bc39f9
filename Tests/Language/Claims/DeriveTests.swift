import Engine
import Formats
import Testing

@testable import Language
@testable import Notation

/// Derivations that are written: every line follows, and no line that the templates have is left out.
@Suite struct DeriveTests {
  /// Activations and losses of the output layer, biases, and how many samples a batch has.
  static let networks: [(layers: String, loss: String, samples: Int)] = [
    ("dense 3 sigmoid\ndense 2 sigmoid", "half-squared-error", 1),
    ("dense 3 tanh\ndense 3 softmax", "cross-entropy", 1),
    ("dense 2 sigmoid sharedbias\ndense 3 softmax nobias", "mse", 1), ("dense 3 silu\ndense 1 sigmoid", "bce", 1),
    ("dense 2 softmax\ndense 3 tanh\ndense 2 identity", "huber delta=0.5", 1), ("dense 2 softplus nobias", "mse", 1),
    ("dense 3 tanh\ndense 2 softmax", "cross-entropy", 3), ("dense 2 relu\ndense 2 sigmoid", "half-squared-error", 2),
  ]

  @Test(arguments: networks.indices) func everyLineFollows(index: Int) throws {
    let network = Self.networks[index]
    let outputs = network.layers.split(separator: "\n").last?.split(separator: " ")[1] ?? "1"
    let targets = Array(repeating: "0.3", count: Int(outputs) ?? 1).joined(separator: " ")
    var text = "input 2\n\(network.layers)\nloss \(network.loss)\n"
    for sample in 0..<network.samples { text += "sample 0.\(sample + 2) -0.4 -> \(targets)\n" }
    if network.samples > 1 { text += "batch all\n" }
    var session = try session(text + "forward\nbackward\n")
    for operation in session.timeline.state.program.operations where operation.phase != .update {
      let quantity = operation.quantity
      let fold: Fold? = network.samples > 1 ? .mean : nil
      let written = try #require(
        WrittenDerivation(of: quantity, in: session.timeline.experiment.network, overBatch: fold), "\(quantity.name)")
      let answer = try session.execute(Line("derive \(quantity.name)")).transcript
      let shown = answer.joined(separator: "\n")
      #expect(
        answer.count == written.lines.count + 1, "\(text)\(shown)\n\(written.lines.map(\.expression.description))")
      #expect(shown.contains("from the one before") || shown.contains("1 line, proved"), "\(shown)")
      // Pasted back, all hold.
      guard quantity.kind == .delta else { continue }
      for line in answer.dropLast() { try session.take(String(line.dropFirst(3))) }
      #expect(session.claimed?.lines.allSatisfy(\.holds) == true && session.claimed?.lines.count == answer.count - 1)
    }
  }

  /// Whatever letters are asked for, none of a sum is taken for them, and no line is lost.
  @Test(arguments: ["i", "j", "k", "l", "m", "q"]) func anyLetterWillDo(letter: String) throws {
    let begin = "input 2\ndense 2 tanh\ndense 2 softmax\nloss ce\nsample 0.5 -1 -> 1 0\nforward\nbackward\n"
    for (name, others) in [("delta1", ""), ("da1", ""), ("delta2", ""), ("dw1", ",i"), ("dw2", ",j"), ("J2", ",k")] {
      guard others != "," + letter else { continue }
      var session = try session(begin)
      let asked = try session.execute(Line("derive \(name)[\(letter)\(others)]"))
      let expected = try session.execute(Line("derive \(name)"))
      #expect(asked.lines.count == expected.lines.count, "\(asked.transcript)\n\(expected.transcript)")
      #expect(asked.lines.last == expected.lines.last)
      #expect(
        asked.transcript[0].contains("\(name)[\(letter)\(others)] = "), "\(asked.transcript)"
      )
    }
  }

  /// The equalities of derivation A, in the page's order, are among the lines of its own.
  @Test func thePageIsAmongThem() throws {
    let shown = play(
      "input 2\ndense 3 softmax\nloss ce\nsample 1 2 -> 1 0 0\nforward\nbackward\nlet S = a1\nderive delta1")
    for (subject, line) in [
      ("a1[i]", "claim always S[i] = exp(net1[i]) / sum("), ("J1[k,k]", "= S[k] * (1 - S[k])"),
      ("J1[i,k]", "(i != k) * (-S[i] * S[k])"),
    ] {
      let own = play(
        "input 2\ndense 3 softmax\nloss ce\nsample 1 2 -> 1 0 0\nforward\nbackward\nlet S = a1\nderive \(subject)")
      #expect(own.contains(line), "\(own)")
    }
    let lines = [
      "sum(m, d(-y[m] * log(S[m]))/d(net1[k]))", "da1[k] * J1[k,k] + sum(m, (m != k) * da1[m] * J1[m,k])",
      "(exp(net1[k]) * sum(h, exp(net1[h])) - exp(net1[k]) * exp(net1[k])) / sum(h, exp(net1[h]))^2",
      "exp(net1[k]) / sum(h, exp(net1[h])) * (1 - exp(net1[k]) / sum(h, exp(net1[h])))",
      "S[k] * (1 - S[k])", "-S[m] * S[k]", "-y[k] * (1 - S[k]) + sum(i, (i != k) * y[i] * S[k])",
      "y[k] * S[k] + sum(i, (i != k) * y[i] * S[k]) - y[k]", "sum(i, y[i] * S[k]) - y[k]", "S[k] * sum(i, y[i]) - y[k]",
      "= S[k] - y[k] with y = y / sum(y)",
    ]
    expectInOrder(lines, in: shown)
    #expect(shown.contains("each proved from the one before"))
  }

  /// The equalities of derivation B are among the lines of its two gradients.
  @Test func thePerceptronsPageIsAmongThem() {
    let begin =
      "input 2\ndense 3 sigmoid nobias\ndense 2 sigmoid nobias\nsample 1 2 -> 1 0\nforward\nbackward\n"
    expectInOrder(
      [
        "= -(y[k] - a2[k]) * d(a2[k])/d(w2[k,j]) ",
        "= -(y[k] - a2[k]) * d(a2[k])/d(net2[k]) * d(net2[k])/d(w2[k,j]) ",
        "= -(y[k] - a2[k]) * f2'(net2[k]) * a1[j] ", "11 lines, each proved from the one before",
      ], in: play(begin + "derive dw2"))
    let update = play(begin + "update\nderive w2")
    #expect(update.contains("= old(w2[k,j]) - rate * (-(y[k] - a2[k]) * f2'(net2[k]) * a1[j])"), "\(update)")
    #expect(play(begin + "derive a1").contains("= f1(sum(i, w1[j,i] * x[i]))  # net written out"))
    expectInOrder(
      [
        "= d(loss)/d(a1[j]) * d(a1[j])/d(net1[j]) * d(net1[j])/d(w1[j,i]) ",
        "= sum(k, d(loss)/d(net2[k]) * d(net2[k])/d(a1[j]) * d(a1[j])/d(net1[j]) * d(net1[j])/d(w1[j,i])) ",
        "= sum(k, -(y[k] - a2[k]) * f2'(net2[k]) * w2[k,j]) * f1'(net1[j]) * x[i] ",
        "11 lines, each proved from the one before",
      ], in: play(begin + "derive dw1"))
  }

  private func expectInOrder(_ lines: [String], in shown: String) {
    var rest = Substring(shown)
    for line in lines {
      guard let place = rest.firstRange(of: line) else {
        Issue.record("\(line) is not behind those before it:\n\(shown)")
        return
      }
      rest = rest[place.upperBound...]
    }
  }

  @Test func updatesAndPages() {
    let begin = "input 2\ndense 2 sigmoid\nsample 1 2 -> 1 0\nrate 0.5\nforward\nbackward\n"
    #expect(play(begin + "derive w1").contains("w1 is given until its update; derive dw1"))
    let updated = play(begin + "step\nderive w1")
    #expect(updated.contains("= old(w1[k,j]) - rate * dw1[k,j]  # the rule of sgd"), "\(updated)")
    let tex = play(begin + "derive dw1[1,2] tex")
    #expect(tex.contains("\\begin{aligned}") && tex.contains("\\text{chain rule"), "\(tex)")
    #expect(play(begin + "derive dw1 md").contains("#= $$"))
  }

  /// Whatever the optimizer remembers, its change comes of its rule.
  @Test(arguments: [
    "sgd momentum=0.9", "sgd momentum=0.9 nesterov=true weight-decay=0.1", "adam", "rmsprop", "adagrad",
  ])
  func everyUpdateFollows(optimizer: String) throws {
    let text =
      "input 2\ndense 2 tanh\nsample 1 2 -> 0.4 0\noptimizer \(optimizer) rate=0.3\nrun 1 iteration\nforward\nbackward\nstep\nderive w1\nderive ub1"
    let shown = answers(text)
    #expect(shown.contains { $0.contains("# what it remembers written out") }, "\(shown)")
    #expect(shown.contains { $0.hasPrefix("4 lines, each proved") }, "\(shown)")
    #expect(shown.last?.hasPrefix("2 lines, ") == true, "\(shown)")
  }

  /// Behind an update the lines read what the forward pass did, and none is left out.
  @Test(arguments: ["delta1[j]", "dw1", "dx", "net2", "da1[2]"])
  func behindAnUpdateTheOldWeightsAreRead(subject: String) {
    let begin = "input 2\ndense 2 sigmoid\ndense 2 sigmoid\nsample 1 2 -> 1 0\nforward\nbackward\n"
    let before = play(begin + "derive \(subject)")
    for update in ["update\n", "step 1 unit\n", "step 3 unit\n"] {
      let after = play(begin + update + "derive \(subject)")
      #expect(update != "update\n" || after.contains("old(w"), "\(after)")
      #expect(after.contains("each proved from the one before") || after.contains("1 line, proved"), "\(after)")
      #expect(!after.contains("left out"), "\(after)")
      let plain = after.replacing(/old\((\w+(?:\[[^\]]*\])?)\)/) { "\($0.1)" }
      let lines = { (text: String) in
        text.split(separator: "\n").filter { $0.hasPrefix("#= claim always") || $0.hasPrefix("#= = ") }
      }
      #expect(lines(plain) == lines(before), "\(after)")
    }
  }

  @Test func whatCannotBeDerivedIsSaid() {
    let begin = "input 2\ndense 2 sigmoid\nsample 1 2 -> 1 0\n"
    #expect(play(begin + "derive x").contains("x is given: no formula of the iteration makes it"))
    #expect(play(begin + "derive delta1").contains("not computed yet"))
    #expect(play(begin + "forward\nbackward\nderive dw1[k]").contains("dw1 has 2 indices"))
    #expect(play(begin + "forward\nbackward\nderive delta1[w1]").contains("w1 has a meaning here and is no index"))
    #expect(play(begin + "forward\nbackward\nderive delta1[9]").contains("this index of delta1 runs from 1 to "))
    #expect(play(begin + "forward\nbackward\nderive delta1[0]").contains("a number from 1 on or a letter"))
    let two = "input 2\ndense 2 sigmoid\ndense 2 sigmoid\nsample 1 2 -> 1 0\nforward\nbackward\n"
    #expect(play(two + "derive delta1[j]").contains("left out") == false)
    let faulty =
      "input 2\ndense 2 sigmoid\ndense 2 sigmoid\nsample 1 2 -> 1 0\nmistake missing-derivative layer=1\nforward\nbackward\n"
    for form in ["", " tex", " md"] {
      let shown = play(faulty + "derive dw1" + form)
      #expect(
        shown.contains("lines of it are left out, which do not hold at this place: with a mistake on, say"), "\(shown)")
    }
    let shown = play(faulty + "derive delta1[j]")
    #expect(
      shown.contains("claim always delta1[j] = da1[j]  # what is computed here, with missing-derivative on"), "\(shown)"
    )
    #expect(shown.contains("= sum(k, delta2[k] * w2[k,j])  # what it reads written out"), "\(shown)")
    #expect(play(begin + "derive foo").contains("foo is not known"))
    #expect(play("derive delta1").contains("delta1"))
    let done = begin + "forward\nbackward\n"
    #expect(play(done + "derive d(loss)/d(w1)").contains("derive takes a quantity by its name: this is dw1"))
    #expect(play(done + "derive dw1 html").contains("tex, md or nothing was expected here"))
    #expect(play(done + "derive delta1[sum]").contains("sum has a meaning here and is no index"))
    #expect(play(done + "derive accuracy").contains("accuracy is measured over all samples"))
    #expect(play(done + "derive out").contains("claim always a1[k] = f1(net1[k])  # definition"))
    #expect(play(done + "derive net1").contains("1 line, proved"))
  }
}
