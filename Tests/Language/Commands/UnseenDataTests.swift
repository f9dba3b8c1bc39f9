import Language
import Testing

@Suite struct UnseenDataTests {
  private let iris = """
    input 4
    dense 8 tanh
    dense 3 softmax
    loss cross-entropy
    optimizer adam rate=0.02
    batch 10
    order shuffle seed=1

    """

  @Test func theOrderOfTheLinesDoesNotMatter() throws {
    let lines = ["scale standard", "holdout 0.3 seed=2", "data iris"]
    var all: [[UInt64]] = []
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      var session = try session(iris + order.map { lines[$0] }.joined(separator: "\n"))
      try session.take("run 30")
      all.append(session.bits)
    }
    #expect(all.allSatisfy { $0 == all[0] })
  }

  @Test func signsAreClassesOfOneOutput() throws {
    let lines =
      "input 1\ndense 1 identity nobias\nset w1 = 1\nsample 1 -> 1\nsample -1 -> -1\nsample 0.4 -> 1\nbatch all"
    let session = try session(lines)
    #expect(try session.value("accuracy").scalar == 1)
    #expect(answers(lines + "\npredict 0.4\npredict -0.1").contains("class: 1"))
    #expect(answers(lines + "\npredict -0.1").last == "class: -1")
    #expect(answers(lines + "\nsample 2 -> 3\npredict 0.4") == ["out = 0.4"])
    #expect(answers("help accuracy").joined().contains("or of 0 where targets are -1 and 1"))
  }

  @Test func trainedIrisesAreKnownAgain() throws {
    var session = try session(iris + "scale standard\nholdout 0.3\ndata iris\nrun 20 epochs")
    #expect(try session.value("holdout-accuracy").scalar.map { $0 > 0.9 } == true)
    let answer = try session.execute(Line("predict 5.1 3.5 1.4 0.2"))
    #expect(answer.lines.last == "class: setosa")
    #expect(answer.lines.first?.description.hasPrefix("out = [0.9") == true)
    let shown = try session.execute(Line("show holdout")).lines.map(\.description)
    let share = try session.value("45 * holdout-accuracy").scalar ?? 0
    #expect(shown.first?.contains("\(Int(share.rounded())) out of 45 right") == true)
    #expect(shown.count == 1 + 45 - Int(share.rounded()))
    try session.take("holdout 0")
    let emptied = session
    #expect(throws: (any Error).self) { try emptied.value("holdout-accuracy") }
  }

  @Test func predictionsAreScaledAsTheSamplesAre() throws {
    let lines = """
      input 1
      dense 1 identity nobias
      sample 10 -> 0
      sample 30 -> 0
      set w1 = 1

      """
    #expect(answers(lines + "predict 20") == ["out = 20"])
    #expect(answers(lines + "scale minmax\npredict 20").suffix(2) == ["x[1]: (x - 10) / 20", "out = 0.5"])
    #expect(answers(lines + "scale standard\npredict 25\nprint x").suffix(2) == ["out = 0.5", "x = -1"])
    #expect(answers(lines + "scale standard\nscale none\nprint x").last == "x = 10")
  }

  @Test func whatIsSetIsWhatIsShown() throws {
    var session = try session("input 1\ndense 1 identity\nsample 10 -> 0\nsample 30 -> 0\nscale standard")
    try session.take("set x = 0.125")
    #expect(try session.value("x").scalar == 0.125)
    try session.take("undo")
    #expect(try session.value("x").scalar == -1)
  }

  @Test func goingBackAndOnAgainGivesTheSameBits() throws {
    var session = try session(iris + "data iris\nrun 5\nscale minmax\nrun 5\nholdout 0.2 seed=4\nrun 7")
    let bits = session.bits
    try session.take("goto start\ngoto end")
    #expect(session.bits == bits)
  }

  @Test(arguments: [
    ("holdout 1", "1:9: a share from 0 to less than 1 was expected, not 1"),
    ("holdout -0.1", "1:9: a share from 0 to less than 1 was expected, not -0.1"),
    ("holdout", "1:9: a share of the samples, from 0 to less than 1, was expected here"),
    ("holdout 0.5 sed=1", "1:13: holdout has no setting sed; it has seed"),
    ("scale standrad", "1:7: standrad is not a scaling; standard, minmax or none was expected; did you mean standard?"),
    ("predict 1", "1:1: there is no network yet; begin with: input 2"),
    ("input 2\ndense 1 sigmoid\npredict 1", "3:9: predict X… takes 2 numbers, one for each input; there is 1"),
    ("input 2\ndense 1 sigmoid\npredict", "3:9: predict X… takes 2 numbers, one for each input"),
    (
      "input 1\ndense 1 relu\nsample 1e308 -> 1\nsample -1e308 -> 1\nscale minmax",
      "5:7: the inputs are too large to be scaled"
    ),
    (
      "input 3\ndense 1 relu\nsample 1 2 3 -> 1\nshow map",
      "4:6: there is nothing to show in map: a map is for networks with one or two inputs, this one has 3"
    ),
  ])
  func errorsSayWhatWasExpected(lines: String, error: String) {
    #expect(play(lines).contains("-:" + error), "\(play(lines))")
  }
}
