import Engine
import Panels
import Testing

@testable import Language

/// `diff` keeps another future beside the one that is gone along.
@Suite struct SideBySideTests {
  /// Two futures that part at step 14, with the first one beside.
  private let both = xor + "run 10\nbranch slow\ngoto 14\nrate 10\nrun 20\ndiff slow\n"

  /// Wherever one goes, the other future is seen as whoever goes over to it and there sees it, to the bit, and is told of
  /// by its own numbers.
  @Test func itIsSeenAsWhoeverGoesThereSeesIt() throws {
    let seed = Int.random(in: 1...Int(Int32.max))
    var generator = Generator(seed: seed)
    var session = try session(both)
    var (seen, told) = (0, 0)
    for _ in 0..<30 {
      let stride = ["unit", "op", "layer", "phase", "iteration"].randomElement(using: &generator) ?? ""
      let count = Int.random(in: 1...4, using: &generator)
      let line = [
        "step \(count) \(stride)", "back \(count) \(stride)", "goto \(Int.random(in: 14...70, using: &generator))",
      ].randomElement(using: &generator)
      let answer = try session.execute(Line(line ?? ""))
      guard case .there(let state)? = session.scene().beside?.standing else { continue }
      var there = session
      try there.take("switch slow\ngoto \(state.step)")
      #expect(state.step == session.timeline.state.step, "seed \(seed)")
      let words = answer.lines.last?.description ?? ""
      #expect(words.hasPrefix("slow: "), "seed \(seed): \(words)")
      let (mine, its) = try (weights(in: session), weights(in: there))
      if let furthest = zip(mine, its).max(by: { abs($0.0 - $0.1) < abs($1.0 - $1.1) }), furthest.0 != furthest.1 {
        let (one, other) = (session.writing.number(furthest.0), session.writing.number(furthest.1))
        let amount = session.writing.error(abs(furthest.0 - furthest.1))
        // Whoever goes over there stands at the end of a layer's step.
        if state.stepInProgress == nil {
          #expect(words.hasSuffix(": \(one) against \(other), by \(amount)"), "seed \(seed), \(line ?? ""): \(words)")
          told += 1
        }
      }
      guard state.stepInProgress == nil else { continue }
      #expect(there.bits == bits(of: state), "seed \(seed), \(line ?? "")")
      for name in ["net1", "a2", "delta1", "dw2", "loss"] {
        let quantity = try #require(Quantity.named(name))
        #expect((try? there.value(name)) == (try? state.value(of: quantity)), "seed \(seed), \(name)")
      }
      if state.isAtEnd || state.phase == .loss {
        let loss = try #require(there.value("loss").scalar)
        #expect(words.hasPrefix("slow: loss = \(there.writing.number(loss)); "), "seed \(seed): \(words)")
      }
      seen += 1
    }
    #expect(seen > 3 && told > 3, "seed \(seed)")
  }

  private func weights(in session: Session) throws -> [Double] {
    try ["w1", "b1", "w2", "b2"].flatMap { try session.value($0).elements }
  }

  private func bits(of state: State) -> [UInt64] {
    state.parameters.flatMap { [$0.w, $0.b] }.flatMap { parameter -> [UInt64] in
      let numbers: [Double] = parameter.values + parameter.memory.flatMap { $0 }
      return numbers.map(\.bitPattern) + [UInt64(parameter.version)]
    }
  }

  /// A future is not held against itself, wherever one is.
  @Test func twiceTheSameIsRefused() {
    #expect(play(both + "diff 1 1").contains("slow is named twice"))
    #expect(play(both + "switch slow\ndiff slow").contains("slow is the future that you are in"))
  }

  /// Of two futures the other one is meant where none is named; of more one has to be.
  @Test func theOtherOfTwoNeedsNoName() throws {
    let two = xor + "run 10\nbranch slow\ngoto 14\nrate 10\nrun 20\n"
    #expect(lastAnswer(two + "diff") == lastAnswer(two + "diff slow"))
    #expect(lastAnswer(two + "diff loss every 5 iterations") == lastAnswer(two + "diff slow loss every 5 iterations"))
    #expect(try label(two + "diff") == "slow" && label(two + "switch slow\ndiff") == "2")
    #expect(try complaint("diff slo", after: two).contains("did you mean slow"))
    #expect(try complaint("diff", after: two + "goto 20\nrate 3\nrun 2").hasPrefix("6: a future's name or number"))
    #expect(try complaint("diff", after: xor + "run 2").contains("6: a future's name or number"))
  }

  @Test func whatIsNoMoreBesideIsSaid() {
    #expect(lastAnswer(both + "diff none") == "slow is no more beside this future")
    #expect(lastAnswer(xor + "diff none") == "no future was beside this one")
  }

  /// What is no number is further from every number than any of them.
  @Test func whatIsNoNumberIsFurthest() throws {
    let lines = "input 1\ndense 1 identity\nset w1 = 0.5\nrate 0.1\nsample 1 -> 0\nrun 6\ngoto 8\nrate 1e200\nstep 16\n"
    #expect(try session(lines).value("isnan(w1)").scalar == 1)
    #expect(lastAnswer(lines + "diff 1").contains("furthest apart is w1[1,1]: 0."), "\(lastAnswer(lines + "diff 1"))")
  }

  /// What is not beside is said as well; without `diff`, or after `diff none`, moves answer what they always did.
  @Test func whereItIsNotIsSaid() {
    func lines(_ text: String) -> [String] { lastAnswer(text).split(separator: "\n").map(String.init) }
    let alone = both.replacing("diff slow\n", with: "")
    for (move, words) in [
      ("goto 13", "slow: the same up to step 14, where they part"),
      ("goto start", "slow: the same up to step 14, where they part"),
      ("goto 71", "slow ends at step 70"), ("step", "slow ends at step 70"),
    ] {
      let plain = lines(alone + move)
      #expect(plain.count == 1 && lines(both + move) == plain + [words], "\(move)")
      #expect(lines(both + "diff none\n" + move) == plain, "\(move)")
    }
    let here = lines(both + "goto 14")
    #expect(
      here.last
        == "slow: loss = \(lastAnswer(alone + "goto 14\nprint loss").dropFirst(7)); all weights and biases are the same"
    )
  }

  /// The label of the future beside after some lines; nil where none is.
  private func label(_ text: String) throws -> String? { try session(text).beside()?.label }

  @Test func itGoesWithTheFutures() throws {
    #expect(try label(both) == "slow")
    #expect(try label(both + "diff none") == nil && label(xor + "diff none") == nil)
    // From either of the two the other is seen, from a third one neither.
    #expect(try label(both + "switch slow") == "2")
    #expect(try label(both + "switch slow\nswitch 2") == "slow")
    let third = both + "goto 20\nswitch slow\ndiff none\ngoto 20\nrate 3\nrun 2\n"
    #expect(try label(third + "diff 1 2") == nil)
    #expect(try label(third + "diff 1 2\nswitch 2") == "slow")
    // Whoever leaves one of them by a change goes on beside the other.
    #expect(try label(both + "goto 20\nrate 3\nstep") == "slow")
    #expect(try label(both + "goto 20\nrate 3\nswitch 2") == nil)
    // With a future goes what it was put beside, also where another one has its number after that.
    let undone = xor + "run 10\nbranch slow\ngoto 14\nrate 10\nbranch fast\nswitch slow\ndiff fast\n"
    #expect(try label(undone) == "fast")
    #expect(try label(undone + "network other") == nil)
    var session = try session(undone)
    while session.futures.count > 1 { try session.take("undo") }
    #expect(session.beside() == nil)
    try session.take("rate 7")
    #expect(session.futures.count == 2 && session.beside() == nil)
  }

  /// A line that went on after it was beside is seen as it is then.
  @Test func whatWentOnIsSeenAsItIs() throws {
    var session = try session(both + "goto 70\nswitch slow\ngoto end\nstep 7")
    #expect(session.beside()?.label == "2")
    try session.take("switch 2\ngoto 77")
    guard case .there(let state)? = session.beside()?.standing else {
      Issue.record("slow has gone to step 77")
      return
    }
    try session.take("switch slow\ngoto 77")
    #expect(session.bits == bits(of: state))
  }

  /// The lines hold it, as they hold the rest; `show` draws its numbers, and the tree marks it.
  @Test func itIsKeptAndShown() throws {
    var again = Session()
    for line in try session(both + "goto 21").lines { try again.execute(line) }
    #expect(again.beside()?.label == "slow")
    let shown = try again.execute(Line("show layer")).lines.map(\.description)
    #expect(shown.contains { $0.hasPrefix("≠slow ") }, "\(shown)")
    #expect(try again.execute(Line("show branches")).lines.contains { $0.description.contains("≠") })
    try again.take("diff none")
    #expect(!(try again.execute(Line("show layer")).lines.contains { $0.description.contains("≠") }))
  }

  @Test func noFutureIsCalledNone() throws {
    #expect(try complaint("branch none", after: xor).contains("none stands for no future in diff"))
    #expect(try complaint("diff none 2", after: both) != "")
    #expect(Command.named("diff")?.complete(try session(both), ["n"]).contains("none") == true)
  }
}
