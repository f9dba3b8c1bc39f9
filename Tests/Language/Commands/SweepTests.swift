import Diagnosis
import Engine
import Notation
import Panels
import Testing

@testable import Language

/// Many futures at once: each is what a session of its own would come to.
@Suite struct SweepTests {
  private static let networks = [
    xor, "input 2\ndense 3 tanh\ndense 2 softmax\nloss cross-entropy\nsample 1 0 -> 1 0\nsample 0 1 -> 0 1\nbatch 2\n",
    "input 1\ndense 9 relu\ndense 4 sigmoid sharedbias\ndense 1 identity nobias\noptimizer adam rate=0.01\nsample 0.3 -> 1\nsample 2 -> 0.5\nsample -1 -> 0\norder shuffle seed=4\n",
  ]

  private static func bits(_ parameters: [LayerParameters]) -> [UInt64] {
    parameters.flatMap { [$0.w, $0.b] }.flatMap { parameter -> [UInt64] in
      let numbers: [Double] = parameter.values + parameter.memory.flatMap { $0 }
      return numbers.map(\.bitPattern) + [UInt64(parameter.version)]
    }
  }

  /// The weights of each, the loss that is told of it, and those of a session that is told the same in three lines.
  @Test(arguments: networks) func eachIsWhatASessionComesTo(_ network: String) throws {
    // Once from the beginning, once from where something was trained, inside an iteration.
    for before in ["", "run 3\nstep 2\n"] {
      var swept = try session(network + before)
      let place = swept.timeline.place
      _ = try swept.execute(Line("sweep rate=0.05..0.5:3 seeds=1..4 run 6 epochs"))
      let sweep = try #require(swept.swept).sweep
      #expect(swept.timeline.place == place && sweep.outcomes.count == 12)
      for group in sweep.training.groups(of: (0..<12).map(sweep.settings)) {
        let futures = try #require(sweep.training.train(group.map(sweep.settings)))
        for (index, future) in zip(group, futures) {
          let (rate, seed) = (sweep.settings(of: index)[0].value, sweep.settings(of: index)[1].value)
          let lone = try session(
            network + before + "rate \(shortest(rate))\ninit xavier seed=\(shortest(seed))\nrun 6 epochs")
          #expect(Self.bits(future.state.parameters) == lone.bits, "\(network) \(index)")
          let loss = try lone.value("data-loss").scalar
          #expect(sweep.outcomes[index]?.loss == loss)
        }
      }
    }
  }

  /// Where the rate is 0 nothing learns, and that is what is said of it; the signs that are not on the map are not explained.
  @Test func aRateOfZeroIsSaidToChangeNothing() {
    let shown = answers(xor + "sweep rate=0,2 run 3 epochs")
    #expect(shown.contains { $0.hasPrefix("2 futures from step 0") && $0.contains("1 unchanged") }, "\(shown)")
    let legend = shown.first { $0.contains("= unchanged") && !$0.contains(",") } ?? ""
    #expect(!legend.contains("not-finite"), "\(shown)")
  }

  /// A future begins where an iteration does, which is said where another step was asked for.
  @Test(arguments: ["", " run 2"]) func whereAFutureBeginsIsSaid(run: String) {
    let words = "a future begins where an iteration does: at step 14, not at step 17"
    let lines = xor + "run 5\n"
    #expect(answers(lines + "future rate=0.1 from 17" + run).contains { $0.contains(words) })
    #expect(answers(lines + "goto 17\nfuture rate=0.1" + run).contains { $0.contains(words) })
    for step in [0, 14, 35] {
      #expect(!answers(lines + "future rate=0.1 from \(step)" + run).contains { $0.contains("a future begins where") })
    }
  }

  /// A line opens any of them as a future, from wherever one stands by then; the one that was there stays.
  @Test func anyIsOpened() throws {
    let start = xor + "run 3\nstep 2\n"
    var opened = try session(start + "sweep rate=0.5,2 seeds=1..3 run 9")
    let plain = opened.bits
    for (index, line) in [
      (4, "future rate=0.5 seed=3 run 9 iterations"), (1, "future rate=2 seed=1 from 21 of 1 run 9 iterations"),
    ] {
      let swept = try #require(opened.swept)
      #expect(swept.line(opening: index, from: opened.origin(of: swept)) == line)
      let answer = try opened.execute(Line(line))
      #expect(answer.verdict == nil)
      let sweep = swept.sweep
      let future = try #require(sweep.training.train(sweep.settings(of: index)))
      #expect(opened.bits == Self.bits(future.state.parameters))
    }
    #expect(opened.futures.map(\.number) == [1, 2, 3])
    #expect(opened.futures.last?.origin == "future rate=2 seed=1 from 21 of 1 run 9 iterations")
    // Step by step, and back to where it begins.
    let end = opened.bits
    try opened.take("goto 21\nstep 3\ngoto end")
    #expect(opened.bits == end)
    // What was saved comes to the same.
    var again = Session()
    for line in opened.lines { try again.execute(line) }
    #expect(again.bits == end && again.futures.count == 3)
    try opened.take("undo\nundo\nundo\nundo")
    #expect(opened.futures.count == 2)
    try opened.take("switch 1")
    #expect(opened.bits == plain)
  }

  /// It says where the session stands, and that it was not changed by looking.
  @Test func itIsALook() throws {
    var first = try session(xor + "run 5")
    let (bits, lines) = (first.bits, first.lines.count)
    let answer = try first.execute(Line("sweep rate=0.1..10:5 seeds=1..3 run 20 epochs"))
    #expect(first.bits == bits && first.futures.count == 1 && first.lines.count == lines + 1)
    #expect(answer.panel == "sweep")
    let text = answer.lines.map(\.description)
    #expect(text[0].hasPrefix("15 futures from step 35, run 20 epochs each: "))
    #expect(text.allSatisfy { $0.count <= 100 })
    #expect(text.dropFirst().prefix(6).allSatisfy { $0.count <= 78 }, "\(text)")
    #expect(try session(xor + "run 5").execute2("sweep rate=0.1..10:5 seeds=1..3 run 20 epochs") == answer)
    try first.take("undo")
    #expect(first.timeline.place == Place())
  }

  @Test(arguments: [
    ("sweep rat=0.1..1", "7: rat cannot be varied; did you mean rate?"),
    ("sweep rate=1..0.1", "12: the smaller number comes first: rate=0.1..1"),
    ("sweep rate=-1..1", "12: rate = -1 is out of range; at least 0 was expected"),
    ("sweep rate=0.1,0.1", "12: 0.1 is given twice"),
    ("sweep batch=1.5", "13: batch is a whole number, not 1.5"),
    ("sweep rate=0..1 rate=2", "17: rate is given twice"),
    (
      "sweep rate=0..1 momentum=0..1 seeds=1..3",
      "31: two settings may have several values, these are rate, momentum, seed"
    ),
    ("sweep seeds=1..20000", "13: that is 20000 seeds; at most 10000 futures are swept"),
    ("sweep rate=0.1..1:65 seeds=1..3", "22: rate has 65 values; 64 at most have room across"),
    ("sweep rate=0.1..1 seeds=1..1000", "19: that is 20000 futures; at most 10000 are swept"),
    ("sweep rate=0.1..1 run 3 layers", "25: futures are trained by whole iterations or epochs"),
    ("future rate=0.1,1", "13: one future takes one value; sweep tries many"),
    ("future rate=1 from 99", "20: that future has been gone along as far as step 0"),
    ("future rate=1 from 0 of 7", "25: there is no future 7; branches lists them"),
  ])
  func whatIsWrongIsSaid(_ line: String, _ message: String) throws {
    #expect(try complaint(line, after: xor) == message)
  }

  /// Few of one setting have a row each with its numbers, many go on from row to row, and what has one value is given to all.
  @Test func oneSettingIsAList() throws {
    let few = answers(xor + "sweep rate=0.5,2 batch=2 run 3")
    #expect(few.count == 8 && few[2].hasPrefix("rate │"), "\(few)")
    #expect(few[3].hasPrefix(" 0.5 │ + ") && few[3].contains("loss = "), "\(few)")
    #expect(few[7].hasPrefix("it is opened by: future batch=2 rate="))
    let many = answers(xor + "sweep seeds=1..60 run 3 iterations").dropFirst(3).prefix(2)
    #expect(many.map(\.count) == [57, 17] && many.last?.hasPrefix("  51 │ ") == true, "\(many)")
  }

  /// Whoever has weights of his own is told that a seed draws others.
  @Test(arguments: [
    ("sweep rate=0.5,2 seeds=1..3 run 3", "each seed draws the weights anew, by he-normal, "),
    ("sweep seeds=1..3 run 3", "each seed draws "), ("sweep rate=0.5,2 seed=4 run 3", "the seed draws "),
    ("sweep seed=4 run 3", "the seed draws "), ("sweep run 3", "each seed draws "), ("sweep rate=0.5,2 run 3", nil),
  ]) func itIsSaidThatASeedDrawsTheWeights(_ line: String, _ said: String?) throws {
    var one = try session(xor + "init he-normal\nset w1[1,1] = 3")
    let answer = try one.execute(Line(line))
    let lines = answer.lines.map(\.description).filter { $0.contains("anew") }
    #expect(lines.count == (said == nil ? 0 : 1) && lines.first?.hasPrefix(said ?? "") != false, "\(lines)")
    #expect(answer.besidePanel.map(\.description) == lines)
  }

  /// A line in error leaves all as it was.
  @Test func whatFailsChangesNothing() throws {
    var one = try session(xor + "run 3")
    let bits = one.bits
    for line in ["future rate=1 from 0 of 1 run 3 layers", "future momentum=-1", "sweep rate=0..1e400"] {
      #expect(throws: CommandError.self) { try one.execute(Line(line)) }
    }
    #expect(one.bits == bits && one.futures.count == 1)
    #expect(one.swept == nil)
    #expect(try complaint("sweep", after: "input 2") == "1: the network has no layer yet; add one: dense 2 sigmoid")
  }

  /// One that takes too long is stopped at once, says how far it came, and shows that.
  @Test func itIsStopped() throws {
    var one = try session(xor)
    #expect(try one.begin(Line("sweep rate=0.1..1 seeds=1..40 run 1000000 iterations")) == .underWay)
    let start = ContinuousClock.now
    #expect(try one.advance(until: .now + .milliseconds(20)) == nil && one.isLooking)
    let asked = ContinuousClock.now
    let answer = one.stop()
    #expect(ContinuousClock.now - asked < .milliseconds(200), "\(asked - start)")
    #expect(answer.lines.first?.description.hasPrefix("stopped: ") == true, "\(answer.lines)")
    #expect(answer.lines.first?.description.contains(" of 800 futures from step 0") == true)
    #expect(one.swept != nil && !one.isWorking)
    try one.take("step")
  }

  /// A future that is stopped on its way is recorded with what it was given.
  @Test func aStoppedFutureIsRecorded() throws {
    var one = try session(xor + "run 2")
    #expect(try one.begin(Line("future rate=0.5 seed=2 run 1000000000")) == .underWay)
    while try one.advance(until: .now + .milliseconds(1)) == nil, one.timeline.place.iteration < 50 {}
    _ = one.stop()
    let last = try #require(one.lines.last?.command)
    #expect(last.hasPrefix("future rate=0.5 seed=2 run "), "\(last)")
    var again = Session()
    for line in one.lines { try again.execute(line) }
    #expect(again.bits == one.bits && again.timeline.place == one.timeline.place)
    try one.take("undo")
    #expect(one.bits == (try session(xor + "run 2")).bits && one.futures.count == 1)
  }

  /// Arrows choose a future in the panel, and Enter opens it.
  @Test func keysChooseAndOpen() throws {
    let one = try session(xor + "sweep rate=0.5,2 seeds=1..3 run 9")
    var view = View().focusing("sweep")
    view.sweptCell = MapCell(row: 0, column: 0)
    for key in ["↓", "l", "↓", "↓", "Shift-←", "l"] {
      let effect = Binding.bound(to: key, in: ["sweep"])?.effect(of: key, in: one.scene(view))
      guard case .view(let next)? = effect else {
        Issue.record("\(key): \(String(describing: effect))")
        return
      }
      view = next
    }
    #expect(view.sweptCell == MapCell(row: 2, column: 1))
    let effect = Binding.bound(to: "Enter", in: ["sweep"])?.effect(of: "Enter", in: one.scene(view))
    guard case .line("future rate=2 seed=3 run 9 iterations")? = effect else {
      Issue.record("\(String(describing: effect))")
      return
    }
    let shown = try Panel.sweep.shown(one.scene(view))?.lines ?? []
    #expect(shown.contains { $0.hasPrefix("> rate=2 seed=3: ") }, "\(shown)")
    #expect(shown.filter { $0.contains("[") }.map { $0.prefix(6) } == ["   3 │"], "\(shown)")
  }

  /// The future that one is in stands in brackets of its own, as long as one is in it.
  @Test func ownFutureIsMarked() throws {
    var one = try session(xor + "sweep rate=0.5,2 seeds=1..3 run 9")
    #expect(one.scene().sweep?.own == nil)
    try one.take("future rate=0.5 seed=2 run 9")
    #expect(one.scene().sweep?.own == 2)
    var view = View()
    view.sweptCell = MapCell(row: 2, column: 1)
    let shown = try Panel.sweep.shown(one.scene(view))?.lines ?? []
    #expect(shown.filter { $0.contains("(") }.map { $0.prefix(6) } == ["   2 │"], "\(shown)")
    try one.take("switch 1")
    #expect(one.scene().sweep?.own == nil)
  }

  /// Both ends of what comes across have their values below, however close the columns are.
  @Test(arguments: ["rate=0..1", "rate=0.1..10:10", "rate=0.001..3:64"]) func bothEndsAreLabelled(axis: String) throws {
    let answer = try session(xor).execute2("sweep \(axis) seeds=1..2 run 1")
    let lines = answer.lines.map(\.description)
    let ticks = try #require(lines.first { $0.contains("└") })
    let ends = axis.dropFirst(5).split(separator: ":")[0].split(separator: ".", omittingEmptySubsequences: false)
    let last = ends.last.map(String.init) ?? ""
    #expect(ticks.hasSuffix(" " + last), "\(ticks)")
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  /// What became of them is what one knows of XOR: a small rate gets nowhere, a good one converges, and a relu dies of a huge one.
  @Test func whatBecameOfThemIsSo() throws {
    let one = try session(xor + "sweep rate=0.0001,3 seeds=1..4 run 4000 epochs")
    let sweep = try #require(one.swept).sweep
    let slow = (0..<4).compactMap { sweep.outcomes[2 * $0]?.fate.name }
    #expect(slow.allSatisfy { $0 == "stuck" }, "\(slow)")
    #expect((0..<4).contains { sweep.outcomes[2 * $0 + 1]?.fate.name == "converged" })
    let wild = try session(
      "input 1\ndense 4 relu\ndense 1 identity\nsample 1 -> 3\nsample 2 -> 1\nsweep rate=10 seeds=1..6 run 50")
    let fates = try #require(wild.swept).sweep.outcomes.compactMap { $0?.fate.name }
    #expect(fates.contains("not-finite") || fates.contains("dead"), "\(fates)")
  }

  /// What learns nothing is not told to be learning, however short it was trained: with rate 0 nothing moves, and the error
  /// (1 − r)e grows with r = 2.1.
  @Test func whatDoesNotLearnIsNotSaidTo() throws {
    let text = "input 1\ndense 1 identity nobias\nsample 1 -> 0.7\nset w1 = 1.7\nsweep rate=0,0.5,2.1 run 1"
    let fates = try #require(session(text).swept).sweep.outcomes.compactMap { $0?.fate.name }
    #expect(fates == ["unchanged", "learning", "worse"], "\(fates)")
    #expect(answers(text).contains("= unchanged  / worse  + learning"), "\(answers(text))")
  }

  /// On a small screen the map has what rows there are, before what is said around it.
  @Test func theMapHasTheRowsThatThereAre() throws {
    let swept = try session(xor + "sweep rate=0.1,1 seeds=1..20 run 2")
    let lines = compose(swept.scene(View().focusing(Panel.sweep.name)), width: 80, height: 24).lines
    let rows = lines.filter { $0.prefix(7).contains("│") && Int($0.prefix(4).filter(\.isNumber)) != nil }
    #expect(rows.count >= 5, "\(lines.joined(separator: "\n"))")
    #expect(lines.contains { $0.hasPrefix("seed │ 0.1") }, "\(lines.joined(separator: "\n"))")
  }

  /// What the signs mean is said there too: behind the columns' values, or where these take the row, in one below.
  @Test(arguments: ["rate=0.1,1", "rate=0.01..100"]) func theSignsAreExplained(axis: String) throws {
    let swept = try session(xor + "sweep \(axis) seeds=1..20 run 2")
    let tally = try #require(swept.swept).sweep.tally
    let legend = tally.map { "\($0.fate.sign) \($0.fate.name)" }.joined(separator: "  ")
    let lines = compose(swept.scene(View().focusing(Panel.sweep.name)), width: 80, height: 24).lines
    #expect(lines.count { $0.contains(legend) } == 1, "\(legend): \(lines.joined(separator: "\n"))")
    let rows = lines.filter { $0.prefix(7).contains("│") && Int($0.prefix(4).filter(\.isNumber)) != nil }
    #expect(rows.count >= 4, "\(lines.joined(separator: "\n"))")
  }
}

extension Session {
  /// A line's answer, of a session that nobody keeps.
  fileprivate func execute2(_ line: String) throws -> Answer {
    var session = self
    return try session.execute(Line(line))
  }
}
