import Diagnosis
import Engine
import Testing

@testable import Language

/// A remark is found where it is so, and none where nothing is wrong.
struct RemarksTests {
  private static let flowers = "input 4\ndense 8 tanh\ndense 3 softmax\nloss ce\ndata iris\n"

  private func remarks(_ session: Session) -> [String] { Health(session.timeline)?.remarks.map(\.remark.name) ?? [] }

  /// What is wrong, and lines in which it is so.
  static let faults: [(name: String, lines: String)] = [
    ("sorted-data", flowers + "rate 0.1\nrun 10 epochs"),
    ("log-of-output", "input 2\ndense 3 tanh\ndense 1 tanh\nloss bce\ndata xor\nrun 100 epochs"),
    ("one-output-of-classes", "input 2\ndense 3 tanh\ndense 1 sigmoid\nloss ce\ndata xor\nrun 10 epochs"),
    ("one-softmax-unit", "input 2\ndense 3 tanh\ndense 1 softmax\nloss half-squared-error\ndata xor\nrun 10 epochs"),
    ("targets-out-of-range", "input 1\ndense 2 tanh\ndense 1 sigmoid\nsample 1 -> 5\nsample 2 -> 7\nrun 5 epochs"),
    ("targets-out-of-range", "input 1\ndense 1 sigmoid\nloss bce\nsample 1 -> 2\nsample 2 -> 0"),
    ("targets-out-of-range", "input 1\ndense 2 tanh\ndense 1 relu\nsample 1 -> -3\nsample 2 -> 1"),
    (
      "not-finite",
      "input 1\ndense 3 identity\ndense 1 identity\nrate 10\nsample 1 -> 2\nsample 3 -> 5\nsample -2 -> 1\nrun 200 epochs"
    ),
    (
      "loss-grew",
      "input 1\ndense 1 identity\nrate 2.5\nbatch all\nsample 1 -> 2\nsample -1 -> -2.5\nrun 6 epochs"
    ),
    ("loss-grew", flowers + "order shuffle\nrate 5\nrun 20 epochs"),
    ("dead-units", "input 2\ndense 4 relu\ndense 1 sigmoid\nset b1 = -10\ndata xor\nrun 20 epochs"),
    ("saturated-units", "input 2\ndense 3 sigmoid\ndense 1 sigmoid\nset b1 = 20\ndata xor\nrun 20 epochs"),
    ("saturated-units", "input 2\ndense 3 tanh\ndense 1 sigmoid\nset w1 = 0.1\nset b1 = -9\ndata xor"),
    (
      "vanishing-gradient",
      "input 2\n" + String(repeating: "dense 4 sigmoid\n", count: 10) + "dense 1 sigmoid\ndata xor"
    ),
    (
      "exploding-gradient",
      "input 2\n" + String(repeating: "dense 8 identity\n", count: 9) + "dense 1 identity\ninit normal std=2\ndata xor"
    ),
    ("updates-too-large", flowers + "order shuffle\nrate 40"),
    (
      "one-class",
      "input 1\ndense 1 sigmoid\nloss bce\nfreeze w1\nset w1 = 0\nsample 1 -> 0\nsample 2 -> 1\nrun 3000 epochs"
    ),
    ("updates-too-small", flowers + "order shuffle\nrate 1e-9\nrun 3 epochs"),
    ("one-class", flowers + "order shuffle\nrate 1e-7\nrun 20 epochs"),
    ("weights-vanished", "input 2\ndense 3 tanh\ndense 1 sigmoid\nloss bce\nrate 1\ndata xor\nrun 200 epochs"),
    (
      "weights-vanished",
      "input 2\ndense 3 tanh\ndense 1 sigmoid\nloss bce\ndata xor\noptimizer sgd rate=0.1 weight-decay=1\nrun 500 epochs"
    ),
  ]

  @Test(arguments: faults)
  func isFoundWhereItIsSo(name: String, lines: String) throws {
    let session = try session(lines)
    let health = try #require(Health(session.timeline))
    let found = try #require(health.remarks.first { $0.remark.name == name }, "\(remarks(session)) in \(lines)")
    #expect(!found.finding.sentence.description.contains("\\"), "\(found.finding.sentence)")
    // What is proposed can be done.
    var tried = session
    try tried.execute(Line(found.finding.line))
    let shown = play(lines + "\nshow health")
    #expect(shown.contains("! ") && shown.contains("try: " + found.finding.line), "\(shown)")
  }

  @Test func everyRemarkIsFoundSomewhere() {
    #expect(Set(Self.faults.map(\.name)) == Set(Remark.all.map(\.name)))
    #expect(Set(Remark.all.map(\.name)).count == Remark.all.count)
  }

  /// Runs that do what they should, at their beginning, under way and at their end.
  static let healthy: [String] =
    [
      "tanh", "sigmoid", "relu", "leaky-relu", "gelu", "silu", "elu", "softplus",
    ].map { flowers.replacing("tanh", with: $0) + "scale standard\nbatch 10\norder shuffle\nrate 0.02" }
    + [
      flowers + "batch 10\norder shuffle\nrate 0.02", flowers + "order shuffle\noptimizer adam rate=0.01",
      flowers + "batch all\nrate 0.1",
      flowers + "scale standard\nholdout 0.3\norder shuffle\nrate 0.05\nbatch 5",
      "input 2\ndense 2 sigmoid\ndense 1 sigmoid\ninit xavier seed=2\ndata xor",
      "input 2\ndense 3 tanh\ndense 1 sigmoid\nloss bce\noptimizer adam rate=0.05\nbatch all\ndata xor",
      "input 2\ndense 1 sigmoid\ndata and", "input 2\ndense 1 sigmoid\nloss bce\ndata or",
      "input 1\ndense 6 tanh\ndense 1 identity\nrate 0.05\n"
        + (-5...5).map { "sample \(Double($0) / 5) -> \(Double($0 * $0) / 25)" }.joined(separator: "\n"),
      mazur,
    ]

  @Test(arguments: healthy)
  func noneIsFoundInAHealthyRun(lines: String) throws {
    var session = try session(lines)
    #expect(remarks(session) == [], "at the beginning of \(lines)")
    for count in [1, 4, 15, 80, 200] {
      try session.execute(Line("run \(count) epochs"))
      #expect(remarks(session) == [], "\(session.timeline.state.epoch) epochs of \(lines)")
    }
  }

  @Test(arguments: ["tour", "mazur", "three-layer-perceptron", "softmax-cross-entropy", "matrix-form", "xor", "iris"])
  func noneIsFoundInALesson(name: String) throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    var lesson = Session()
    try lesson.execute(Line("source /\(root)/sessions/\(name).session"))
    var session = Session()
    for line in lesson.lines {
      try session.execute(line)
      #expect(remarks(session) == [], "\(name), \(line.number): \(line.text)")
    }
  }

  @Test func helpExplainsThem() {
    for remark in Remark.all { #expect(play("help \(remark.name)").contains(remark.meaning.description)) }
    #expect(play("help remarks").contains("sorted-data"))
  }

  /// Where the loss blew up the rate is named before what became of units, after an epoch too; else the order of the samples
  /// comes first.
  @Test(arguments: [
    flowers + "rate 500\nrun 1 epochs", flowers + "rate 5\nrun 20 epochs",
    "input 2\ndense 4 relu\ndense 1 identity\ndata xor\nrate 10\nrun 1 epochs",
    "input 2\ndense 4 relu\ndense 1 identity\ndata xor\nrate 3\nrun 20 epochs",
  ])
  func theRateComesFirstWhereTheLossBlewUp(lines: String) throws {
    let found = try remarks(session(lines))
    #expect(found.first == "loss-grew" && found.count > 1, "\(found) in \(lines)")
    #expect(!found.contains("updates-too-large") || found[1] == "updates-too-large", "\(found) in \(lines)")
  }

  @Test func theOrderOfTheSamplesComesFirstWhereItGrewALittle() throws {
    let found = try remarks(session(Self.flowers + "rate 0.1\nrun 10 epochs"))
    #expect(found.first == "sorted-data" && found.contains("loss-grew"), "\(found)")
  }

  /// What a sweep says of a future, `show health` says of the one that one is in.
  @Test(arguments: [
    ("stuck", "input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\nset w1 = 0\nset w2 = 0\nrate 0.5\nrun 500 epochs"),
    ("unchanged", "input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\nrate 0\nrun 10 epochs"),
    ("learning", flowers + "batch 10\norder shuffle\nrate 0.02\nrun 4 epochs"),
  ])
  func whatBecameOfItIsSaid(name: String, lines: String) throws {
    let fate = try #require(Fate.all.first { $0.name == name })
    let shown = lastAnswer(lines + "\nshow health").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(shown.contains("\(fate.sign) so far, as a sweep would call it: \(name), \(fate.meaning)"), "\(shown)")
    #expect(play("help \(name)").contains(fate.meaning.description) && play("help fates").contains(name))
    #expect(!lastAnswer(Self.flowers + "show health").contains("so far"))
  }

  /// Each word for what became of a training is explained in every language.
  @Test func fatesAreExplainedInChineseToo() {
    for fate in Fate.all { #expect(Tongue.chinese(fate.meaning) != fate.meaning.description, "\(fate.name)") }
    let words: Text = "so far, as a sweep would call it: \("stuck"), \("…" as Text)"
    #expect(Tongue.chinese(words).contains("stuck") && Tongue.chinese(words) != words.description)
  }
}
