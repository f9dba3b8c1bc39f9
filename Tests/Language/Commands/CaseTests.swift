import FoundationEssentials
import Formats
import Testing

@testable import Language

/// Cases as scripts in NumPy save them, in `Cases`; `make_cases.py` beside them made them and knows nothing of this program.
@Suite struct CaseTests {
  private static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Cases"

  private func answers(_ name: String, _ settings: String = "") -> [String] {
    play("load case \(CaseTests.folder)/\(name) \(settings)").split(separator: "\n").dropFirst().map {
      $0.hasPrefix("#= ") ? String($0.dropFirst(3)) : String($0)
    }
  }

  /// Every right one is well, in whatever spelling, layout and precision, and what it does not say is found.
  @Test(arguments: [
    ("right.npz", "tanh sigmoid", "half-squared-error", "mean", "0.1"),
    ("right.json", "tanh sigmoid", "half-squared-error", "mean", "0.1"),
    ("right.safetensors", "tanh sigmoid", "half-squared-error", "mean", "0.1"),
    ("right-columns.npz", "tanh sigmoid", "half-squared-error", "mean", "0.1"),
    ("right-sum.npz", "tanh sigmoid", "half-squared-error", "sum", "0.1"),
    ("right-softmax.npz", "relu softmax", "cross-entropy", "mean", "0.1"),
    ("right-single.npz", "tanh softmax", "cross-entropy", "mean", "0.1"),
    ("right-three.npz", "softplus tanh sigmoid", "binary-cross-entropy", "mean", "0.25"),
    ("right-square.npz", "tanh sigmoid", "mean-squared-error", "mean", "0.1"),
    ("right-square-columns.npz", "tanh sigmoid", "mean-squared-error", "mean", "0.1"),
    ("right-one.npz", "sigmoid sigmoid", "half-squared-error", "", "0.5"),
    ("short.npz", "tanh sigmoid", "half-squared-error", "mean", ""),
    ("torch-names.npz", "relu softmax", "cross-entropy", "mean", ""),
    ("blog-names.npz", "tanh sigmoid", "half-squared-error", "sum", ""),
    ("zero-based.npz", "tanh sigmoid", "half-squared-error", "mean", "0.1"),
    ("rounded.json", "tanh sigmoid", "half-squared-error", "mean", "0.1"),
    ("no-loss.npz", "tanh sigmoid", "half-squared-error", "mean", "0.1"),
    ("said-rate.npz", "tanh sigmoid", "half-squared-error", "mean", "0.1"),
  ])
  func whatIsRightIsWell(_ name: String, activations: String, loss: String, reduction: String, rate: String) {
    let shown = answers(name)
    #expect(shown.first?.hasPrefix("holds: all is well: ") == true, "\(shown)")
    func found(_ setting: String) -> [Substring] {
      let line = shown.first { $0.hasPrefix("\(setting): ") } ?? "\(setting): "
      return line.dropFirst(setting.count + 2).split(separator: ", ").map { $0.prefix { $0 != " " } }
    }
    #expect(found("activations").joined(separator: " ") == activations)
    #expect(found("loss").first ?? "" == loss)
    #expect(found("reduction").first ?? "" == reduction)
    #expect(found("rate").first ?? "" == rate)
  }

  /// Every wrong one: what departs first, and the slip.
  @Test(arguments: [
    ("missing-derivative.npz", "delta1 (dZ1)", "missing-derivative: "),
    ("missing-at-output.npz", "delta2 (dZ2)", "missing-derivative: "),
    ("updated-weights.npz", "delta1 (dZ1)", "updated-weights: "),
    ("mean-twice.npz", "dw1 (dW1)", "mean-twice: "), ("sum-in-biases.npz", "db2", "mean-or-sum: "),
    ("transposed.npz", "delta1 (dZ1)", "untransposed-weight: "),
    ("gradient-for-weight.npz", "delta1 (dZ1)", "gradient-for-weight: "),
    ("missing-single.npz", "delta1 (dZ1)", "missing-derivative: "),
    ("forgotten-bias.npz", "net1 (Z1)", "a term is left out; "),
    ("nan-gradient.npz", "dw1 (dW1)", "no slip, and no two, of the "),
  ])
  func whatIsWrongIsFound(_ name: String, first: String, reason: String) {
    let shown = answers(name)
    #expect(shown.first?.hasPrefix("fails: \(first) departs first of the ") == true, "\(shown)")
    #expect(shown.count > 2 && shown[2].hasPrefix(reason), "\(shown)")
  }

  /// What follows from the first is no fault of its own; what does not follow is one.
  @Test func consequencesAndFurtherFaults() {
    let one = answers("missing-at-output.npz")
    #expect(one.contains { $0.hasPrefix("dw2, db2, delta1, dw1, db1, w1⟨1⟩, b1⟨1⟩, w2⟨1⟩, b2⟨1⟩ follow from it: ") })
    #expect(one.count { $0.contains("missing-derivative") } == 1)
    let two = answers("sum-in-biases.npz")
    #expect(two.contains("db1 comes of the same slip as db2"))
    #expect(two.contains("b1⟨1⟩ comes of the same slip as db2"))
    #expect(two.count { $0.hasPrefix("mean-or-sum: ") } == 1)
  }

  /// Sums in the place of means are another convention where all gradients have it, and it is said.
  @Test func aSumForAMeanIsNamed() {
    let shown = answers("sum-for-mean.npz")
    #expect(shown.first == "holds: all is well, 4 of 15 quantities in another form than here")
    #expect(shown.count { $0.contains("is given summed over the 5 samples, where the mean is taken here") } == 4)
    #expect(shown.contains("rate: 0.5 from W1_new, 0.1 for the gradients as they are given"))
  }

  /// An array that lies the other way round than the rest is taken so, and it is said.
  @Test func whatLiesTheOtherWayRoundIsNamed() {
    let shown = answers("turned.npz")
    #expect(shown.first == "holds: all is well: 15 quantities as they should be")
    #expect(shown.contains("given the other way round than the rest, and taken so: A1, dW1"), "\(shown)")
  }

  /// What the numbers leave open is asked, with what would be typed, and is taken then.
  @Test func whatCannotBeToldIsAsked() {
    let line = "load case \(CaseTests.folder)/ask-reduction.npz"
    let asked = answers("ask-reduction.npz")
    #expect(asked.first?.hasSuffix("say which, as in: \(line) reduction=mean") == true, "\(asked)")
    #expect(asked.first?.contains("it does not tell reduction=mean or reduction=sum: several fit equally") == true)
    #expect(answers("ask-reduction.npz", "reduction=mean").first?.hasPrefix("fails: dw1 (dW1) departs first") == true)
    let loss = answers("ask-loss.npz")
    #expect(loss.first?.contains("it does not tell loss=half-squared-error or ") == true, "\(loss)")
    let said = answers("ask-loss.npz", "loss=hse reduction=mean")
    #expect(said.first?.hasPrefix("fails: delta2 (dZ2) departs first") == true, "\(said)")
    #expect(!said.contains { $0.hasPrefix("loss: ") || $0.hasPrefix("reduction: ") })
  }

  @Test(arguments: [
    ("no-inputs.npz", "", "it has no inputs: an array X was expected; known of it are: Y, loss, W1, b1, "),
    ("no-weights.npz", "", "it has no weights: an array W1 was expected; known of it are: X, Y, "),
    ("nothing-computed.npz", "", "it holds nothing that was computed, such as Z1, A1, loss, dZ2 or dW1, to compare"),
    ("misfit.npz", "", "W2 (5, 2) does not fit W1 (3, 4) in any layout: 4 of its rows or columns were expected"),
    ("misfit-gradient.npz", "", "dW2 (4, 3) has not the shape of W2 (4, 2)"),
    ("unsummed.npz", "", "db1 (5, 4) has not the shape of b1 (4,): its numbers for the samples are not added up"),
    ("not-finite.npz", "", "W1 holds numbers that are not finite, and an iteration begins with it"),
    ("three-dimensions.npz", "", "dW1 is (1, 3, 4); numbers in at most two dimensions were expected"),
    (
      "right.npz", "samples=columns",
      "W1 (3, 4) does not fit X (5, 3) in any layout: 5 of its rows or columns were expected"
    ),
    ("right.npz", "activations=tanh", "there are weights of 2 layers, and 1 activation said"),
    ("none.npz", "", "there is no such file or directory"),
  ])
  func whatCannotBeTakenIsToldWhy(_ name: String, _ settings: String, _ reason: String) throws {
    let line = "load case \(CaseTests.folder)/\(name) \(settings)"
    let complaint = try complaint(line, after: mazur)
    #expect(complaint.hasPrefix("11: ") && complaint.contains(": \(reason)"), "\(complaint)")
  }

  @Test(arguments: [
    ("load", "6: weights or case was expected here"), ("load case", "11: a file was expected here"),
    ("load case a.npz los=mse", "17: load case has no setting los; did you mean loss?; it has "),
    ("load case a.npz loss=mes", "22: mes is not a loss; did you mean mse?"),
    ("load case a.npz loss=mse:max", "22: max is no value of a setting of mean-squared-error"),
    ("load case a.npz activations=tanh,tahn", "34: tahn is not an activation; did you mean tanh?"),
    ("load case a.npz rate=-1", "22: a learning rate is a finite number of at least 0, not -1"),
    ("load case a.npz reduction=none", "27: mean or sum was expected, not none"),
    ("load case a.npz samples=2", "25: rows or columns was expected, not 2"),
  ])
  func settingsAreTakenAtTheirWord(_ line: String, _ expected: String) throws {
    let complaint = try complaint(line, after: "")
    #expect(complaint.hasPrefix(expected), "\(complaint)")
  }

  /// Cut short or changed anywhere, a file is read or refused, and never more.
  @Test(arguments: ["right.npz", "right.json", "right.safetensors"]) func damagedFilesAreRefused(_ name: String) throws
  {
    let bytes = try Files.read("\(CaseTests.folder)/\(name)")
    let path = FileManager.default.temporaryDirectory.path + "/backstep-\(UUID())-\(name)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    for place in stride(from: 0, to: bytes.count, by: bytes.count / 60 + 1) {
      try Files.write(bytes: Array(bytes[..<place]), to: path)
      let cut = play("load case \(path)")
      #expect(cut.contains("-:1:11: ") && !cut.contains("holds"), "\(name) cut at \(place): \(cut)")
      var changed = bytes
      changed[place] ^= 0x55
      try Files.write(bytes: changed, to: path)
      let shown = play("load case \(path)")
      #expect(shown.contains("-:1:11: ") || shown.contains("#= "), "\(name) changed at \(place): \(shown)")
    }
  }

  /// It is one line: undone as one, saved, and replayed with the file beside the session.
  @Test func itIsOneLineOfTheSession() throws {
    var session = try session(mazur + "step 3")
    let before = session
    try session.execute(Line("load case \(CaseTests.folder)/right.npz"))
    let network = session.timeline.experiment.network
    #expect(network.sizes == "3-4-2" && network.name == "right" && session.timeline.state.phase == .update)
    let (old, new) = (try session.value("w1⟨0⟩[4,3]"), try session.value("w1[4,3]"))
    #expect(old != new)
    let after = session.bits
    try session.execute(Line("undo"))
    #expect(session.bits == before.bits && session.timeline.place == before.timeline.place)
    try session.execute(Line("redo"))
    #expect(session.bits == after)
    let beside = play("load case right.npz", source: "\(CaseTests.folder)/any.session")
    #expect(beside.contains("#= holds: all is well: 15 quantities"))
  }

  /// What goes wrong is known to the exit status, and to programs.
  @Test func programsReadIt() throws {
    var session = Session()
    let line = Line("load case \(CaseTests.folder)/missing-derivative.npz")
    let answer = try session.execute(line)
    #expect(answer.hasFailed)
    let json = answer.json(for: line, in: session).description
    #expect(json.contains("\"diagnosis\":[\"missing-derivative\"]") && json.contains("\"verdict\":\"fails\""))
    #expect(json.contains("\"departing\":[\"delta1\",\"dw1\",\"db1\",\"w1\",\"b1\"]"), "\(json)")
    #expect(json.contains("\"loss\":[\"half-squared-error\"]"))
  }
}
