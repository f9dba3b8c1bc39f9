import Engine
import Testing

@testable import Language

@Suite struct HuntTests {
  private static let network = """
    input 2
    dense 3 tanh
    dense 2 sigmoid
    sample 0.5 -0.3 -> 0 1
    sample 0.1 0.9 -> 1 0
    batch all

    """

  /// Whatever is hidden, the numbers are wrong, no formula says so, and the right guess finds it.
  @Test(arguments: 1...12) func whatIsHiddenIsFoundByItsName(seed: Int) throws {
    var session = try session(Self.network + "hunt 2 seed=\(seed)\nforward\nbackward\n")
    let hidden = session.timeline.experiment.network.alterations
    let names = Set(hidden.map(\.name))
    #expect(!names.isEmpty && hidden.allSatisfy(\.isSecret), "seed \(seed)")
    let shown = play(
      Self.network + "hunt 2 seed=\(seed)\nforward\nbackward\ncheck\nexplain delta1[1]\nexplain dw2[1,1]")
    for name in names { #expect(!shown.contains(name), "seed \(seed): \(shown)") }
    // What is hidden is no other form of the same.
    #expect(!shown.contains("loses nothing"), "seed \(seed): \(shown)")
    #expect(shown.contains("#= fails: dw, db and dx"), "seed \(seed): \(shown)")
    for name in names { try session.take("hunt guess \(name)") }
    #expect(session.timeline.experiment.network.alterations.allSatisfy { !$0.isSecret }, "seed \(seed)")
    try session.take("mistake none")
    #expect(session.timeline.experiment.network.alterations.isEmpty)
  }

  @Test func wrongGuessesAndWrongLines() {
    let hunt = Self.network + "hunt seed=4\n"
    let wrong = hunt + "hunt guess mean-or-sum"
    #expect(lastAnswer(wrong).hasPrefix("no: ") || lastAnswer(wrong).hasPrefix("yes: "))
    #expect(play(hunt + "hunt guess summed").contains("summed is not a mistake"))
    #expect(play(Self.network + "hunt guess sign").contains("nothing is hidden"))
    #expect(play(Self.network + "hunt 9").contains("9 is out of range"))
    // A second one counts those that are hidden already, and hides no more than can be told apart.
    #expect(lastAnswer(hunt + "hunt seed=4").hasPrefix("2 mistakes are in the code"))
    #expect(play(hunt + "hunt 3").contains("1 mistake is hidden already, of 3 at most"))
    #expect(play(Self.network + "hunt seeed=3").contains("it has seed"))
    #expect(play("hunt").contains("there is no network yet"))
    #expect(lastAnswer(hunt + "hunt over").contains("mistake none turns them off"))
  }

  /// The same seed hides the same, so that a session replays.
  @Test func aSeedHidesTheSame() throws {
    let (one, two) = (
      try session(Self.network + "hunt 2 seed=7\nrun 3"), try session(Self.network + "hunt 2 seed=7\nrun 3")
    )
    #expect(one.timeline.state.parameters == two.timeline.state.parameters)
  }
}
