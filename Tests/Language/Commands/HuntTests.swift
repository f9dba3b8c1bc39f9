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
    // A second one says how many it adds, and how many are hidden then, which are no more than can be told apart.
    #expect(lastAnswer(hunt).hasPrefix("1 mistake is hidden in the code of the way back; check shows"))
    #expect(lastAnswer(hunt + "hunt seed=4").hasPrefix("1 mistake is added: 2 mistakes are hidden in the code"))
    #expect(lastAnswer(hunt + "hunt 2").hasPrefix("2 mistakes are added: 3 mistakes are hidden in the code"))
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

  /// Each of those that are hidden together changes the gradient of a weight or bias beside the others.
  @Test(arguments: 1...40) func whatIsHiddenShowsBesideTheOthers(seed: Int) throws {
    let session = try session(Self.network + "hunt seed=\(seed)\nhunt 2 seed=\(seed + 1)\n")
    let all = session.timeline.experiment.network.alterations
    #expect(all.allSatisfy(\.isSecret) && !all.isEmpty)
    let shown = try gradients(of: session, with: all)
    for name in Set(all.map(\.name)) {
      let without = try gradients(of: session, with: all.filter { $0.name != name })
      #expect(zip(shown, without).contains { abs($0 - $1) > 1e-9 }, "seed \(seed): \(name)")
    }
  }

  /// What the way back comes to with some formulas in the code.
  private func gradients(of session: Session, with formulas: [Alteration]) throws -> [Double] {
    var network = session.timeline.experiment.network
    network.alterations = formulas
    var line = session.timeline.atBeginningOfIteration
    line.change { experiment, _ in experiment.network = network }
    line.move(to: line.endOfNext(.backward))
    return try (1...2).flatMap { layer in
      try [Quantity(.dw, layer), Quantity(.db, layer)].flatMap { try line.state.value(of: $0).elements }
    }
  }
}
