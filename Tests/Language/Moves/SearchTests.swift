import Engine
import Formats
import Notation
import Testing

@testable import Language

/// `continue`, `rcontinue`, `last` and `find`, held against looking at every step by hand.
@Suite struct SearchTests {
  /// What `goto` and a look come to at each step, from 1 on: where a condition holds.
  private func steps(where condition: String, in session: Session, upTo last: Int) throws -> [Int] {
    var line = session.timeline
    let expression = try Expression.parse(condition).asCondition
    return try (1...last).filter { step in
      // Where a change has made another network or other data, what was there at the step's end counts.
      let place = line.place(ofStep: step)
      let isFresh = place.operation == 0 && place.iteration > 0
      line.move(to: isFresh ? line.end(ofIteration: place.iteration - 1) : place)
      let scope = StateScope(line, definitions: session.definitions)
      do throws(EvaluationError) { return try expression.evaluate(in: scope).holdsEverywhere } catch {
        // What means nothing to the network as it was does not hold.
        let isMeaningless = ["not known", "there is no "].contains { error.message.description.contains($0) }
        guard error.isNotComputed || isMeaningless else { throw error }
        return false
      }
    }
  }

  /// Where one comes to by a line given again and again.
  private func stops(of line: String, in session: Session, from start: String, until isOver: (Int) -> Bool) throws
    -> [Int]
  {
    var session = session
    try session.take(start)
    var found: [Int] = []
    while true {
      try session.take(line)
      let step = session.timeline.state.step
      if isOver(step) { return found }
      #expect(step != found.last, "\(line) stays where it is")
      if step == found.last { return found }
      found.append(step)
    }
  }

  /// All four ways come to the same places.
  private func holdTogether(_ condition: String, in base: Session, upTo last: Int, _ comment: Comment) throws {
    var session = base
    try session.take("break \(condition)")
    let truth = try steps(where: condition, in: base, upTo: last)
    let ahead = try stops(of: "continue max=40", in: session, from: "goto start") { $0 > last || $0 == 0 }
    #expect(ahead == truth, comment)
    let behind = try stops(of: "rcontinue", in: session, from: "goto \(last)\nstep") { $0 == 0 }
    #expect(behind.filter { $0 <= last } == truth.reversed(), comment)
    let found = try session.execute(Line("find \(condition) first 10000"))
    let fields = found.fields.first(where: { $0.key == "steps" })?.value
    guard case .array(let list) = fields else {
      Issue.record("find says no steps")
      return
    }
    let numbers = list.compactMap { if case .number(let number) = $0 { Int(number) } else { nil } }
    #expect(numbers.filter { $0 <= last } == truth, comment)
  }

  private static let networks = [
    "input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\n",
    "input 2\ndense 3 tanh\ndense 2 softmax\nloss cross-entropy\nsample 1 0 -> 1 0\nsample 0.3 1 -> 0 1\nbatch all\noptimizer adam rate=0.05\n",
    "input 1\ndense 2 relu\ndense 1 identity\nsample 1 -> 2\nsample -1 -> 0.5\nsample 0.2 -> 1\nbatch 2\norder shuffle seed=3\noptimizer sgd rate=0.1 momentum=0.9\n",
  ]

  private static let conditions = [
    "loss < 0.13", "loss > 0.2 and epoch == 2", "changed(w2[1,1])", "changed(delta1)",
    "phase == backward and layer == 1",
    "iteration == 4", "step > 20 and step < 24", "delta1[1] * at(step-7, delta1[1]) < 0", "w1[1,1] < at(3, w1[1,1])",
    "a1[1] > 0.5", "uw2[1,1] > 0", "loss < at(step-1, loss)", "w2 == old(w2)", "sample == 2", "|dw1| > 0.02",
  ]

  /// Random mixtures of conditions, with numbers of their own, on networks of several kinds.
  @Test(arguments: 0..<20) func allWaysComeToTheSamePlaces(seed: Int) throws {
    var generator = Generator(seed: 400 + seed)
    let network = Self.networks[seed % Self.networks.count]
    let base = try session(network + "run 12")
    for _ in 0..<15 {
      let one = Self.conditions[Int(generator.next() % UInt64(Self.conditions.count))]
      let other = Self.conditions[Int(generator.next() % UInt64(Self.conditions.count))]
      let joined = ["\(one)", "not (\(one))", "\(one) and \(other)", "\(one) or \(other)"][Int(generator.next() % 4)]
      try holdTogether(joined, in: base, upTo: 60, "seed \(seed): \(joined)")
    }
  }

  /// Changes made by hand in the past lie on the way: of numbers, of the rate, and of the network itself.
  @Test(arguments: [
    "run 5\nset w1[1,1] = 3\nrun 5\nrate 2\nrun 2", "run 4\nstep 3\nset b1[1] = -1\nrun 6",
    "run 6\ninsert 2 dense 2 tanh\nrun 6",
    "run 3\ninject a1[1] = 0.9\nrun 6\nset w2[1,2] = 0.1\nset w2[1,1] = 0.2\nrun 3",
    "run 5\nremove 1\nrun 5", "run 4\nbatch 2\nrun 4\norder shuffle seed=3\nrun 3", "run 5\nholdout 0.25\nrun 4",
  ])
  func changesLieOnTheWay(lines: String) throws {
    let base = try session(xor + lines)
    let last = base.timeline.state.step
    for condition in Self.conditions + ["w1[1,1] == 3", "changed(w1)", "changed(rate)", "changed(w1) or changed(w2)"] {
      try holdTogether(condition, in: base, upTo: last, "\(lines): \(condition)")
    }
  }

  /// Without a limit all that this future has gone already is looked through, as `rcontinue` from its end looks through it.
  @Test func allThatWasGoneIsLookedThrough() throws {
    var session = try session(
      xor + "run 100004 iterations\nbreak iteration == 100003 and phase == loss\ngoto start\ncontinue")
    #expect(session.timeline.state.step == 100_002 * 7 + 3)
    try session.take("goto end\nrcontinue")
    #expect(session.timeline.state.step == 100_002 * 7 + 3)
  }

  @Test func temporaryOnesStopOnce() throws {
    var session = try session(xor + "tbreak iteration == 2\nbreak iteration == 3 and phase == loss\ncontinue")
    #expect(session.timeline.state.step == 8)
    #expect(session.breakpoints.map(\.number) == [2])
    try session.take("undo")
    #expect(session.breakpoints.map(\.number) == [1, 2] && session.timeline.state.step == 0)
    try session.take("continue\ncontinue")
    #expect(session.timeline.state.step == 17)
    try session.take("delete 2")
    #expect(session.breakpoints.isEmpty)
  }

  /// Each change of a value behind, one after another, and the value on either side of it.
  @Test func theLastChangeIsGoneBackTo() throws {
    var session = try session(xor + "run 3\nstep 2")
    let before = try session.value("w2[1,1]")
    let answer = try session.execute(Line("last w2[1,1]"))
    #expect(session.timeline.state.step == 21)
    #expect(try session.value("w2[1,1]") == before)
    #expect(answer.transcript.first?.contains("at step 21 (update, layer 2, iteration 3)") == true)
    try session.take("last w2[1,1]")
    #expect(session.timeline.state.step == 14)
    try session.take("last w2[1,1]\nlast w2[1,1]")
    // Before the first there is none: one stays.
    #expect(session.timeline.state.step == 7)
  }

  /// Where the step on show has written the value one is told so and stays; only the same again goes further back. That goes
  /// by the lines, so that the saved ones come to the same.
  @Test func theStepOnShowMayHaveWrittenIt() throws {
    var session = try session(xor + "run 3")
    let here = try session.execute(Line("last w2[1,1]"))
    #expect(session.timeline.state.step == 21)
    #expect(
      here.lines.first?.description.contains(" at this very step, step 21 (update, layer 2, iteration 3)") == true)
    try session.take("print w2[1,1]\nlast w2[1,1]")
    #expect(session.timeline.state.step == 14)
    try session.take("last w2[1,2]")
    #expect(session.timeline.state.step == 14, "another number, which that step has written too")
    try session.take("last b1[1]")
    #expect(session.timeline.state.step == 13)
    try session.take("last b1[1]\nundo\nlast b1[1]")
    #expect(session.timeline.state.step == 6)
    try session.take("undo\nback\nstep\nlast b1[1]")
    #expect(session.timeline.state.step == 13, "one has come back to it")
    var again = Session()
    for line in session.lines { try again.execute(line) }
    #expect(again.timeline.place == session.timeline.place)
    let answers = (try again.execute(Line("last b1[1]")), try session.execute(Line("last b1[1]")))
    #expect(answers.0 == answers.1)
  }

  @Test func placesHaveNames() throws {
    var session = try session(xor + "step 3\nmark lecture\nrun 5\nbreak iteration == 7\ncontinue\ngoto lecture")
    #expect(session.timeline.state.step == 3)
    try session.take("goto stop1")
    #expect(session.timeline.state.step == 43)
    for (place, step) in [
      ("iteration 3", 21), ("epoch 1", 28), ("start", 0), ("backward 1", 5), ("backward 1", 12), ("update 2", 14),
      ("loss", 17), ("end", 43), ("50%", 22), ("forward 2", 23),
    ] {
      try session.take("goto \(place)")
      #expect(session.timeline.state.step == step, "\(place)")
    }
    #expect(try complaint("goto lectures", after: xor + "mark lecture").contains("did you mean lecture"))
    #expect(try complaint("mark start", after: xor).contains("says by itself"))
  }

  /// Where a change has made another network or other data nothing has ended yet: every layer step is looked at once.
  @Test(arguments: ["batch 2", "holdout 0.25", "insert 1 dense 2 tanh", "set w1[1,1] = 2", "rate 3"])
  func eachStepIsLookedAtOnce(change: String) {
    #expect(
      lastAnswer(xor + "run 4\n\(change)\nfind loss > 0 count") == "loss > 0 holds after 20 of 28 layer steps")
  }

  /// What a change makes is on show at the step before it takes effect, in every answer alike; of that step it is said.
  @Test func whereAChangeTakesEffectIsSaid() throws {
    let lines = xor + "run 2\nrate 3\nrun 2\n"
    let places = answers(lines + "find rate == 3 first 2").suffix(2)
    #expect(
      Array(places) == [
        "step 14 (update, layer 2, iteration 2), as it was changed there, the first of 15 steps in a row",
        "step 15 (forward, layer 1, iteration 3)",
      ])
    #expect(try session(lines + "goto 14").value("rate").scalar == 3)
    #expect(try session(lines + "goto 0\nbreak rate == 3\ncontinue").timeline.state.step == 14)
  }

  /// Of a matrix any number counts, as when each is looked at by itself.
  @Test func aMatrixHasChangedWhereAnyOfItsNumbersHas() throws {
    var session = try session(xor + "run 2\nlast w1")
    #expect(session.timeline.state.step == 13)
    let places = try session.execute(Line("find changed(w1)")).lines.dropFirst().map(\.description)
    #expect(places == ["step 13 (update, layer 1, iteration 2)"])
    let shown = answers(xor + "break changed(w1)\nrun 2\ngoto 13\nshow breaks\ngoto 14\nshow breaks")
    #expect(shown.filter { $0.contains("break 1  changed(w1)") }.map { $0.contains("●") } == [true, false], "\(shown)")
  }

  /// What is not there yet, or no more, does not hold, wherever that is.
  @Test func whatIsNotThereDoesNotHold() throws {
    #expect(
      lastAnswer(xor + "batch 3\nbreak loss[3] < 9\nrun 3\nrcontinue").hasPrefix("break 1: loss[3] < 9 at step 20"))
    #expect(lastAnswer(xor + "run 2\ninsert 1 dense 3 tanh\nrun 1\nstep\nlast w3[1,1]").contains("at step 24"))
    #expect(
      lastAnswer(xor + "run 2\nremove 1\nrun 1\nfind w2[1,1] > -99 count").hasPrefix("w2[1,1] > -99 holds after 14 of"))
    #expect(answers("break loss < 0.3\n" + xor + "run 1\ngoto start\ncontinue").last?.contains("at step 3") == true)
    #expect(try complaint("find w7[1,1] > 0", after: xor + "run 1").contains("w7"))
  }

  /// A search that is stopped on its way says nothing of what it would have found, and is recorded as a line that can be
  /// read again.
  @Test func aSearchIsStopped() throws {
    var session = try session(xor + "break loss < -1")
    #expect(try session.begin(Line("continue")) == .underWay)
    #expect(try session.advance(until: .now) == nil)
    let said = session.stop().lines.map(\.description).joined()
    #expect(said.hasPrefix("stopped: ") && said.contains("nothing was found up to then"), "\(said)")
    #expect(session.lines.last?.text.hasPrefix("run ") == true, "\(session.lines.last?.text ?? "")")
    var again = Session()
    for line in session.lines { try again.execute(line) }
    #expect(again.bits == session.bits)
  }

  /// What goes on holding is listed step by step, as the stops are, and where it begins says for how long.
  @Test func stepsInARowAreSaid() throws {
    let lines = xor + "run 4\n"
    let held = Array(answers(lines + "find step > 3 and step < 7 or step > 20 and step < 24 first 4").suffix(4))
    #expect(held.map { $0.contains("in a row") } == [true, false, false, true], "\(held)")
    #expect(
      held[0].hasSuffix(", the first of 3 steps in a row") && held[3].hasSuffix(", the first of 3 steps in a row"))
    // Also what goes on behind the last that is listed; a step alone is no row.
    #expect(
      lastAnswer(lines + "find step > 9 first 1").hasSuffix(
        "step 10 (loss, iteration 2), the first of 19 steps in a row"))
    #expect(!lastAnswer(lines + "find phase == loss").contains("in a row"))
    #expect(lastAnswer(lines + "find step > 9 last").hasSuffix("step 28 (update, layer 2, iteration 4)"))
    // Each leads to its step.
    var session = try session(lines)
    let answer = try session.execute(Line("find phase == loss"))
    #expect(answer.leads.keys.sorted().map { answer.leads[$0]?.line } == ["goto 3", "goto 10", "goto 17", "goto 24"])
    #expect(
      answer.leads.allSatisfy { answer.lines[$0.key].description.hasPrefix("step \($0.value.line.dropFirst(5)) ") })
  }

  /// A mark of the user's is no stop, and one that lies in another future is not run to.
  @Test func marksAreOfTheirFuture() throws {
    var both = try session(xor + "mark stop1\nbreak step == 3\ncontinue")
    #expect(both.bookmarks.map(\.name) == ["stop1", "stop2"])
    try both.take("run 5\ngoto 14\nset w1[1,1] = 1\nrun 20\nmark late\nswitch 1")
    #expect(throws: CommandError.self) { try both.execute(Line("goto late")) }
    try both.take("switch 2\ngoto start\ngoto late")
    #expect(both.timeline.state.step == 154)
  }
}
