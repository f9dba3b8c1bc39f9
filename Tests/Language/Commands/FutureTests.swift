import Engine
import Notation
import Testing

@testable import Language

/// Futures: a change in the past begins another, and the one that was there stays.
@Suite struct FutureTests {
  @Test func theOldOneStays() throws {
    var both = try session(xor + "run 10\nbranch plain\ngoto iteration 4\nset w1[1,1] = 3\nrun 2")
    #expect(both.futures.map(\.label) == ["plain", "2"])
    let changed = both.bits
    try both.take("switch plain")
    #expect(both.timeline.state.step == 28, "where it was left")
    try both.take("goto end")
    #expect(both.timeline.state.step == 70)
    let plain = try session(xor + "run 10")
    #expect(both.bits == plain.bits)
    try both.take("switch 2")
    #expect(both.bits == changed && both.timeline.state.step == 42)
  }

  /// A change where nothing lies ahead begins none.
  @Test func onlyAChangeInThePastBeginsOne() throws {
    #expect(try session(xor + "run 3\nset w1[1,1] = 2\nrate 3\nstep 2\nset b1[1] = 1").futures.count == 1)
    #expect(try session(xor + "run 3\ngoto start\nrate 3").futures.count == 2)
    #expect(try session(xor + "run 3\ngoto start\nrate 3\nundo").futures.count == 1)
    // What is so already is no change, and the future that was reached stays.
    let same = try session(xor + "run 3\ngoto 7\nrate 1\nbatch 1")
    #expect(same.futures.count == 1 && same.timeline.step(at: same.timeline.furthest) == 21)
  }

  /// That another one begins is said, with the line that goes back; a change with nothing ahead says nothing.
  @Test func itIsSaidThatOneBegins() {
    let before = xor + "run 10\nbranch plain\ngoto iteration 4\n"
    let said = "this begins future 2; switch plain goes back to the other"
    for change in [
      "set w1[1,1] = 3", "rate 0.1", "optimizer adam", "batch 2", "freeze b1", "mistake missing-derivative",
    ] {
      let lines = lastAnswer(before + change).split(separator: "\n")
      #expect(lines.last.map(String.init) == said, "\(change): \(lines)")
    }
    #expect(lastAnswer(before + "rate 0.1\nset w1[1,1] = 3") == "")
    #expect(lastAnswer(before + "rate 1") == "", "that is the rate already")
    #expect(lastAnswer(xor + "run 10\nrate 0.1") == "")
    #expect(
      lastAnswer(before + "rate 0.1\nswitch plain\nset w1[1,1] = 3").hasPrefix("this begins future 3; switch plain "))
  }

  /// What is changed inside an iteration counts from its beginning, which is said once an iteration.
  @Test func itIsSaidThatStepsAreTakenAgain() {
    let said = "it counts from the beginning of iteration 2: the steps up to here are taken again"
    let inside = xor + "run 1\nforward\n"
    #expect(lastAnswer(inside + "set w1[1,1] = 3") == said)
    #expect(lastAnswer(inside + "mistake missing-derivative").hasSuffix(said))
    #expect(lastAnswer(inside + "set w1[1,1] = 3\nset w1[1,2] = 3") == "")
    #expect(
      lastAnswer(inside + "set w1[1,1] = 3\nupdate\nforward\nset w1[1,2] = 3") == said.replacing("2:", with: "3:"))
    #expect(lastAnswer(inside + "undo\nset w1[1,1] = 3") == "", "an iteration ends there")
    #expect(lastAnswer(xor + "set w1[1,1] = 3") == "")
    #expect(lastAnswer(inside + "rate 1") == "", "that is the rate already")
    #expect(lastAnswer(inside + "set w1 = w1") == "")
    #expect(lastAnswer(inside + "rate 2") == said)
    // Both, where it is in the past as well; and what is put in by hand has its own place.
    #expect(
      lastAnswer(xor + "run 3\ngoto 10\nset w1[1,1] = 3").split(separator: "\n").map(String.init) == [
        "this begins future 2; switch 1 goes back to the other", said,
      ])
    #expect(!lastAnswer(inside + "inject a1 = 0.5").contains("taken again"))
  }

  /// Another order of the steps leads to another place, which is said as a move says it, every time.
  @Test func itIsSaidWhereOneStandsInAnotherOrder() throws {
    let said = "now at iteration 2, step 11 (backward, layer 2); the steps of this iteration are taken again"
    let before = xor + "run 1\nbackward\n"
    #expect(try session(before).timeline.state.step == 12)
    #expect(try session(before + "mistake updated-weights").timeline.state.step == 11)
    #expect(lastAnswer(before + "mistake updated-weights").hasSuffix(said))
    // It was said of this iteration already that its steps are taken again, but not where that leads.
    #expect(lastAnswer(before + "set w1[1,1] = 3\nmistake updated-weights").hasSuffix(said))
    let again = before + "mistake updated-weights\nmistake none\ngoto 12\nmistake updated-weights"
    #expect(lastAnswer(again).hasSuffix(said))
    // At a place that is the same in both orders there is nothing to say of it.
    #expect(!lastAnswer(xor + "run 1\nforward\nmistake updated-weights").contains("now at"))
  }

  /// A session is its lines: what is saved and read again has the same futures.
  @Test func theLinesHoldThem() throws {
    let first = try session(xor + "run 10\nbranch plain\ngoto 14\nrate 10\nrun 10\nbranch wild\nswitch plain\nstep 3")
    var again = Session()
    for line in first.lines { try again.execute(line) }
    #expect(again.futures.map(\.label) == ["plain", "wild"] && again.bits == first.bits)
    #expect(again.timeline.place == first.timeline.place)
    try again.take("switch wild")
    #expect(again.timeline.experiment.network.optimizer.rate == 10)
  }

  @Test func theyAreListed() {
    let shown = answers(xor + "run 10\nbranch plain\ngoto 14\nrate 10\nrun 5\nbranches").suffix(2)
    #expect(shown.first?.hasPrefix("  1 plain: 70 steps, data-loss = ") == true, "\(shown)")
    #expect(shown.last?.hasPrefix("* 2: 49 steps, data-loss = ") == true)
    #expect(shown.last?.hasSuffix("parts from plain at step 14, begun by rate 10") == true)
  }

  /// Where two part, and by how much, held against each by itself.
  @Test func aDifferenceSaysWhereAndByHowMuch() throws {
    let lines = xor + "run 10\ngoto iteration 3\nset w2[1,2] = 5\nrun 12\n"
    var both = try session(lines)
    let answer = try both.execute(Line("diff 1 2"))
    let one = try session(xor + "run 10")
    let other = try session(xor + "run 3\nset w2[1,2] = 5\nrun 7")
    let text = answer.lines.map(\.description)
    #expect(text[0] == "1 and 2 part at step 21 (update, layer 2, iteration 3)")
    let (mine, its) = (try one.value("data-loss").scalar ?? 0, try other.value("data-loss").scalar ?? 0)
    #expect(
      text[1].contains("iteration 10: data-loss = \(one.writing.number(mine)) against \(one.writing.number(its))"))
    let weights = ["w1", "b1", "w2", "b2"].flatMap { name -> [(String, Double)] in
      guard let a = try? one.value(name), let b = try? other.value(name) else { return [] }
      return zip(a.elements, b.elements).enumerated().map { ("\(name) \($0)", abs($1.0 - $1.1)) }
    }
    let furthest = weights.max { $0.1 < $1.1 }
    #expect(text[2].contains("by \(one.writing.error(furthest?.1 ?? 0))"), "\(text[2])")
    #expect(text.contains { $0.hasPrefix("the losses") } && text.count > 8)
    let rows = try both.execute(Line("diff 1 2 data-loss every 5 iterations")).lines.map(\.description)
    #expect(rows[0].split(separator: " ").joined(separator: " ") == "step data-loss 1 data-loss 2")
    #expect(rows.count == 4 && rows[2].contains(one.writing.number(mine)) && rows[3].contains("·"))
  }

  /// Both curves go on to their ends, over as many iterations as the longer of them has, each drawn by a letter of its name.
  @Test func bothCurvesGoToTheirEnds() {
    let shown = lastAnswer(xor + "run 100\nbranch old\ngoto 30\nrate 0.1\nrun 199\nstep 2\nbranch new\ndiff old new")
    let rows = shown.split(separator: "\n").map(String.init)
    let head = rows.firstIndex { $0.hasPrefix("the losses of old (o) and new (n)") } ?? 0
    #expect(head > 0 && rows.count == head + 10, "\(shown)")
    let picture = rows[(head + 1)...].map { $0.drop { $0 != "│" }.dropFirst().map(\.self) }.filter { !$0.isEmpty }
    let width = picture.map(\.count).max() ?? 0
    #expect(width == 60)
    #expect(rows.last?.split(separator: " ").map(String.init) == ["1", "203"], "the iterations that are complete")
    for column in 0..<width {
      let marks = Set(picture.compactMap { column < $0.count && $0[column] != " " ? $0[column] : nil })
      #expect(marks.contains("n") || marks.contains("#"), "column \(column)")
      // The shorter one has 100 iterations.
      #expect((marks.contains("o") || marks.contains("#")) == (column <= 99 * 59 / 202), "column \(column)")
    }
  }

  @Test(arguments: [
    ("slow", "fast", "sf"), ("1", "2", "12"), ("12", "13", "23"), ("run", "run-2", "r2"), ("aab", "a", "ba"),
    ("aa", "a", "12"), ("plain", "3", "p3"),
  ]) func aCurveIsDrawnByALetterOfItsName(_ one: String, _ other: String, _ marks: String) {
    #expect(String(TwoCurves.marks(for: (one, other))) == marks)
  }

  /// What the tree of futures says is what the lines of time are, also where the oldest were let go.
  @Test func theTreeIsThatOfTheLines() throws {
    var session = try session(mazur + "run 10")
    for change in 1...40 {
      try session.take("goto iteration \(1 + change * 5 % 9)\nrate \(change).5\nrun \(change % 4 + 1)")
      let others = session.futures.filter { $0.number != session.content.futures.current }
      if change % 5 == 0, !others.isEmpty { try session.take("switch \(others[change % others.count].number)") }
      let scene = session.scene()
      let listed = scene.futures
      #expect(listed.count == session.futures.count && listed.count <= Futures.most + 1)
      #expect(listed.filter { $0.parent == nil }.count == 1)
      #expect(listed.tree.map(\.future.number).sorted() == listed.map(\.number))
      for future in session.futures where future.number != session.content.futures.current {
        let line = session.content.futures.timeline(of: future, here: session.timeline)
        #expect(
          listed.partings[future.number] == session.timeline.parting(from: line)?.step,
          "\(future.label) after \(change)")
        let end = try #require(future.end)
        #expect(end.steps == line.step(at: line.furthest))
        var there = line
        there.move(to: line.furthest)
        #expect(end.loss == (try? there.state.value(of: Quantity(.loss)))?.scalar)
      }
    }
  }

  /// A place behind the parting is the other future's alone, however far this one has gone.
  @Test func aPlaceBehindThePartingIsTheOtherFuturesAlone() throws {
    let lines = xor + "run 20\nmark mid\ngoto 7\nmark early\nrate 10\nrun 30\n"
    #expect(try complaint("goto mid", after: lines).contains("mid is a mark of future 1; switch 1 goes over to it"))
    #expect(lastAnswer(lines + "goto early").contains("step 7 "))
    #expect(lastAnswer(lines + "switch 1\ngoto mid").contains("step 140 "))
  }

  /// In `diff` a future and an expression are told apart by the names.
  @Test func noFutureIsCalledAsAQuantity() throws {
    for name in ["loss", "w1", "x"] {
      #expect(try complaint("branch \(name)", after: xor + "run 2").contains("\(name) is a quantity"))
    }
    #expect(lastAnswer(xor + "run 2\nbranch lossy").hasPrefix("lossy: future 1"))
  }

  @Test func whatCannotBeIsRefused() throws {
    #expect(try complaint("switch 2", after: xor).contains("there is no future 2"))
    #expect(try complaint("switch 1", after: xor).contains("you are in"))
    #expect(try complaint("branch 7", after: xor).contains("begins with a letter"))
    #expect(try complaint("diff 1", after: xor).contains("no other future"))
    #expect(try complaint("diff 1 3", after: xor + "run 3\ngoto 7\nrate 3").contains("there is no future 3"))
    #expect(try complaint("diff 1 every layer", after: xor + "run 3\ngoto 7\nrate 3").contains("before every"))
  }
}
