import Engine
import Testing

@testable import Notation

/// Derivations as they are read.
struct DerivationTextTests {
  /// The hidden δ of Mazur's example, as in the design's first picture.
  @Test func hiddenDelta() throws {
    let derivation = try Networks.mazur().at(5).derivation("delta1", 1)
    #expect(derivation.title == "Derivation of δ1[1]")
    #expect(derivation.page == "∂L/∂net_j, j=1")
    #expect(
      derivation.lines(deep: false) == [
        "δ1[1] = (Σk δ2[k] · w2⟨0⟩[k,1]) · f1′(net1[1])",
        " k=1    0.138498562  · 0.4             =  0.0553994247",
        " k=2   -0.0380982365 · 0.5             = -0.0190491183",
        " Σk    ∂L/∂a1[1]                       =  0.0363503064  (k over the 2 outputs)",
        " f1′   0.593269992 · (1 - 0.593269992) =  0.241300709  (sigmoid: a · (1 - a))",
        " =     0.0363503064 · 0.241300709      =  0.00877135469  ✓ = the table's cell",
        " each shown factor is rounded for display, the result is exact",
      ])
  }

  /// After the update too, the weights are those that the forward pass read.
  @Test func oldWeightsAfterTheUpdate() throws {
    let before = try Networks.mazur().at(5).derivation("delta1", 1)
    let after = try Networks.mazur().at(7).derivation("delta1", 1)
    #expect(before.lines(deep: false) == after.lines(deep: false))
  }

  /// The numbers that Mazur prints.
  @Test(arguments: [
    ("net1", 1, 1, 0.3775), ("a1", 1, 1, 0.593269992), ("a1", 2, 1, 0.596884378), ("net2", 1, 1, 1.105905967),
    ("a2", 1, 1, 0.75136507), ("a2", 2, 1, 0.772928465), ("loss", 1, 1, 0.298371109), ("da2", 1, 1, 0.74136507),
    ("J2", 1, 1, 0.186815602), ("delta2", 1, 1, 0.138498562), ("dw2", 1, 1, 0.082167041), ("w2", 1, 1, 0.35891648),
    ("w2", 1, 2, 0.408666186), ("w2", 2, 1, 0.51130127), ("w2", 2, 2, 0.561370121), ("w1", 1, 1, 0.149780716),
    ("w1", 1, 2, 0.19956143), ("w1", 2, 1, 0.24975114), ("w1", 2, 2, 0.29950229),
  ])
  func mazursFigures(_ name: String, _ row: Int, _ column: Int, _ printed: Double) throws {
    let derivation = try Networks.mazur().at(7).derivation(name, row, column)
    #expect(abs((derivation.derived ?? .nan) - printed) < 1e-8)
    #expect(derivation.check == .same)
  }

  /// However deep a network is, a layer's letter is not that of its neighbours.
  @Test func neighboursHaveLettersOfTheirOwn() {
    var network = Network()
    network.inputs = 2
    guard let rule = Activation.named("tanh") else { return }
    network.layers = Array(repeating: Layer(units: 2, activation: ActivationChoice(rule)), count: 30)
    let letters = (0...30).map(network.indexLetter)
    for layer in 2...30 { #expect(Set(letters[(layer - 2)...layer]).count == 3) }
    #expect(letters[30] == "k" && letters[29] == "j" && letters[28] == "i")
  }

  /// Softmax under cross-entropy, as in the design's second picture.
  @Test func threeWays() throws {
    let derivation = try Networks.softmax().at(3).derivation("delta1", 1)
    #expect(derivation.ways == 3)
    #expect(
      derivation.lines(deep: false) == [
        "δ1[1] = ∂L/∂net1[1]  (three ways to one number)",
        " long    Σi -y[i] / a1[i] · J1[i,1]                     = -0.340998861",
        "   i=1   -1 / 0.659001139 · 0.224718638                 = -0.340998861",
        "   i=2,3 0 + 0                                          =  0",
        " split   -y[1] · (1 - a1[1]) + (Σi (i ≠ 1) · y[i] · a1[1])",
        "   =     -1 · (1 - 0.659001139) + 0                     = -0.340998861",
        " short   a1[1] · (Σi y[i]) - y[1] = 0.659001139 · 1 - 1 = -0.340998861  ✓ agree",
        " a1[1] - y[1] is the same ONLY because Σy = 1 here (try: set y = [1; 0; 0.5])",
      ])
  }

  /// Targets that do not sum to one: the three ways agree still, and `a − y` is named as another number.
  @Test func targetsThatDoNotSumToOne() throws {
    let derivation = try Networks.softmax(targets: [1, 0, 0.5]).at(3).derivation("delta1", 1)
    let text = derivation.lines(deep: false).joined(separator: "\n")
    #expect(text.contains("✓ agree"))
    #expect(text.contains("a1[1] - y[1] is another number here, because Σy = 1.5, not 1"))
  }

  /// Logits of ±1000: the short way is exact, the long one is said not to be finite.
  @Test func farOut() throws {
    var timeline = Networks.softmax(targets: [0, 1, 0])
    timeline.change { _, parameters in parameters[0].w.values = [1000, -1000, 0] }
    let derivation = try timeline.at(3).derivation("delta1", 2)
    #expect(derivation.value == -1)
    #expect(derivation.check == .same)
    let text = derivation.lines(deep: false).joined(separator: "\n")
    #expect(text.contains("not finite here"))
    #expect(!text.contains("agree"))
    let loss = try timeline.at(3).derivation("loss")
    #expect(loss.value == 2000)
    #expect(loss.check == .same)
  }

  /// Deep, a gradient goes down to inputs, weights and targets, and no number is derived twice.
  @Test func deep() throws {
    let lines = try Networks.mazur().at(5).derivation("dw1", 1, 1).lines(deep: true)
    let formulas = lines.filter { $0.contains("] = ") }.map { $0.trimmingPrefix { $0 == " " } }
    #expect(Set(formulas).count == formulas.count)
    for name in [
      "∂L/∂w1[1,1] = ", "δ1[1] = ", "δ2[1] = ", "δ2[2] = ", "a2[1] = ", "net2[2] = ", "a1[2] = ", "net1[2] = ",
    ] {
      #expect(formulas.contains { $0.hasPrefix(name) }, "\(name)")
    }
    #expect(lines.contains { $0.contains("0.15 · 0.05") })
  }

  /// Long sums are shown in part and summed in full.
  @Test func longSums() throws {
    let timeline = DerivationTableTests.network(
      seed: 9, hidden: "tanh", output: "sigmoid", loss: "half-squared-error", units: 30)
    let derivation = try timeline.derivation("net2", 1)
    #expect(derivation.lines.contains { $0.label == "…" && $0.content == .more(25) })
    #expect(derivation.lines.contains { $0.label == "j=30" })
    #expect(derivation.check == .same)
  }

  /// Terms that are 0 share a row under their own indices, and under no other's.
  @Test(arguments: [
    ([1, 3, 5, 6], "1,3,5,6"), ([2, 3], "2,3"), ([1, 2, 3, 7], "1…3,7"), ([1, 3, 5, 7, 9, 11, 12], "1,3,5,…,12"),
    ([4], "4"),
  ])
  func zeroTerms(places: [Int], label: String) { #expect(Expansion.label(of: places) == label) }

  /// A batch: the sum over the samples, divided by their number.
  @Test func batches() throws {
    let timeline = DerivationTableTests.network(
      seed: 3, hidden: "sigmoid", output: "sigmoid", loss: "half-squared-error", samples: 3)
    let gradient = try timeline.derivation("dw2", 1, 2)
    #expect(gradient.formula == "sum(sample, δ2[1] · a1[2]) / 3")
    #expect(gradient.lines.prefix(3).map(\.label) == ["sample=1", "sample=2", "sample=3"])
    #expect(try timeline.derivation("loss").formula == "sum(sample, loss[sample]) / 3")
    let own = try Derivation(of: Element(Quantity(.loss), sample: 1), in: timeline.state)
    #expect(own.name == "loss[2]")
    #expect(own.value == (try timeline.state.loss(ofSample: 1)))
    // Typed, the formula of another sample's loss reads that sample, and that of the one on show needs no word of it.
    for sample in 0..<3 {
      let loss = try Derivation(of: Element(Quantity(.loss), sample: sample), in: timeline.state)
      #expect(loss.formula.description.contains("sample") == (sample > 0))
      for formula in [loss.formula.description, try #require(loss.claim)] {
        let typed = try Expression.parse(formula).evaluate(in: StateScope(timeline.state)).scalar
        #expect(typed == loss.value, "\(formula)")
      }
    }
  }

  /// Unfolded, a number of another sample says whose it is; a negative number after a sign stands in parentheses.
  @Test func otherSamples() throws {
    let timeline = DerivationTableTests.network(
      seed: 3, hidden: "sigmoid", output: "sigmoid", loss: "half-squared-error", samples: 3)
    let lines = try timeline.derivation("dw2", 1, 2).lines(deep: true)
    #expect(lines.contains { $0.contains("δ2[1] (sample 3) = ") })
    #expect(!lines.contains { $0.contains("(sample 1)") })
    #expect(lines.contains { $0.contains("exp(-(-") })
    #expect(!lines.contains { $0.contains("--") })
  }

  /// An optimizer's rule, line by line.
  @Test func optimizerLines() throws {
    var adam = OptimizerChoice(Optimizer.named("adam") ?? Optimizer.all[0])
    _ = adam.set("amsgrad", to: 1)
    let timeline = DerivationTableTests.network(
      seed: 2, hidden: "tanh", output: "identity", loss: "half-squared-error", optimizer: adam)
    let derivation = try timeline.derivation("uw1", 1, 1)
    #expect(derivation.lines.map(\.label) == ["m", "v", "vmax", "root", "="])
    #expect(derivation.lines[2].remark == "max(vmax, v)")
    #expect(derivation.notes.contains { $0.description.contains("the parameter's 2nd") })
    #expect(try timeline.derivation("mw1", 1, 1).formula == "m + (1 - beta1) · (∂L/∂w1[1,1] - m)")
  }

  /// Where what is given comes from.
  @Test func origins() throws {
    let start = Networks.mazur()
    #expect(
      try start.derivation("b1", 1).formula == "given: no update is behind it; frozen, so that updates pass it over")
    #expect(try start.derivation("x", 2).lines(deep: false) == ["x[2] = 0.1  given: an input of sample 1"])
    let drawn = DerivationTableTests.network(seed: 5, hidden: "relu", output: "identity", loss: "mean-squared-error")
    let first = drawn.at(0)
    #expect(try first.derivation("w1", 1, 1).formula == "drawn: xavier, seed 5")
    #expect(try drawn.at(7).derivation("w1", 1, 1).name == "w1⟨1⟩[1,1]")
    #expect(try drawn.at(8).derivation("w1", 1, 1).formula == "as update 1 left it")
  }

  /// After the last update of an iteration a change by hand takes effect at once; the derivations say so.
  @Test func changesAfterTheUpdate() throws {
    var timeline = Networks.mazur().at(7)
    timeline.change { _, parameters in parameters[0].w.values[0] = 5 }
    let derivation = try timeline.derivation("w1", 1, 1)
    #expect(derivation.value == 5)
    #expect(derivation.formula == "set by hand since the update")
    #expect(try timeline.derivation("w1", 1, 2).check == .same)
    #expect(try timeline.derivation("uw1", 1, 1).check == .same)

    var momentum = OptimizerChoice(Optimizer.all[0])
    _ = momentum.set("momentum", to: 0.9)
    var other = DerivationTableTests.network(
      seed: 6, hidden: "tanh", output: "identity", loss: "half-squared-error", optimizer: momentum)
    #expect(try other.derivation("mw1", 1, 1).check == .same)
    _ = momentum.set("momentum", to: 0.5)
    other.change { experiment, _ in experiment.network.optimizer = momentum }
    #expect(try other.derivation("mw1", 1, 1).check == .same)
    let rmsprop = try #require(Optimizer.named("rmsprop"))
    var another = OptimizerChoice(rmsprop)
    _ = another.set("momentum", to: 0.5)
    other.change { experiment, _ in experiment.network.optimizer = another }
    #expect(try other.derivation("mw1", 1, 1).formula == "a change of optimizer has cleared it")
    DerivationTableTests.check(other, "after a change of optimizer")
  }

  /// What is not computed yet is refused, and it is said where it comes.
  @Test func notYet() {
    #expect(throws: NotComputed.self) { try Networks.mazur().at(3).derivation("delta1", 1) }
  }

  /// A page's own letters.
  @Test func pageLetters() throws {
    let state = Networks.softmax().at(3).state
    let letters = [Quantity(.net, 1): "z", Quantity(.a, 1): "S"]
    let delta = try Derivation(of: Element(Quantity(.delta, 1)), in: state, letters: letters)
    #expect(delta.page == "∂L/∂z_k, k=1")
    let slope = try Derivation(of: Element(Quantity(.jacobian, 1), row: 1), in: state, letters: letters)
    #expect(slope.page == "∂S_i/∂z_k, i=2 k=1")
  }
}
