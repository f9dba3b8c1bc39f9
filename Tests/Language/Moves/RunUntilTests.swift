import Engine
import Notation
import Testing

@testable import Language

/// `run until` stops where going on one iteration at a time and asking each time stops.
@Suite struct RunUntilTests {
  private static let conditions = [
    "loss < 0.12", "loss < 0", "iteration == 7", "step >= 40", "epoch == 3 and loss < 1", "phase == update",
    "max(k, abs(dw1[k,1])) < 0.02", "|dw2| < 0.05", "J1[1,1] > 0.21", "da2[1] < 0", "dx[1] > 0", "delta1[2] < 0",
    "out[1] > 0.55", "accuracy > 0.7", "uw1[1,1] > 0", "rate < 1", "a1[1] > 0.5 or sample == 2", "x[1] == 1",
    "w1[1,1] > old(w1[1,1])", "changed(epoch)", "d(loss)/d(w1[1,1]) < 0", "at(step-1, loss) < 0.2", "w1⟨0⟩[1,1] > 9",
    "changed(a2[1] > 0.5)", "at(step-1, changed(w1[1,1]))", "at(10, loss) < at(17, loss)", "w1⟨1⟩[1,1] != w1[1,1]",
    "at(step-7, loss) < loss", "old(data-loss) < data-loss", "d(out[1])/d(w2[1,1]) > 0.6",
    "sum(sample, loss[sample]) < 0.2", "z < 0.2", "f1(net1)[1] > 0.5", "not loss", "1 < 2", "not 1", "layer == 1",
    "step == 40 and loss > 0", "phase == backward and layer == 1 and delta1[1] < 0", "turned and iteration > 5",
  ]

  /// Those that may hold within an iteration and no more at its end are asked after every layer step.
  private static let withinIterations: Set<String> = [
    "step >= 40", "phase == update", "changed(epoch)", "changed(a2[1] > 0.5)", "at(step-1, changed(w1[1,1]))",
    "layer == 1", "step == 40 and loss > 0", "phase == backward and layer == 1 and delta1[1] < 0",
    "turned and iteration > 5",
  ]

  @Test(arguments: conditions) func stopsWhereANaiveLoopDoes(condition: String) throws {
    for (seed, batch) in [(1, 1), (2, 2), (3, 4)] {
      var session = Session()
      try session.take(
        "input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\nbatch \(batch)\ninit xavier seed=\(seed)\nlet z = loss\n"
          + "let turned = phase == loss\nrun 2\n"
      )
      // The naive loop: after each iteration, or each layer step, is it so?
      var naive = session
      let expression = try Expression.parse(condition)
      let (stride, most) = RunUntilTests.withinIterations.contains(condition) ? ("layer", 175) : ("iteration", 25)
      var (count, holds) = (0, false)
      repeat {
        try naive.execute(Line("step 1 \(stride)"))
        count += 1
        holds = (try? naive.value(of: expression).holdsEverywhere) ?? false
      } while count < most && !holds
      let answer = try session.execute(Line("run until \(condition) max=25")).lines.joined()
      #expect(session.timeline.place == naive.timeline.place, "\(condition), seed \(seed), batch \(batch)")
      #expect(session.timeline.state.parameters == naive.timeline.state.parameters)
      let unit = stride == "layer" ? "layer step" : stride
      let words = holds ? "holds after \(count) \(unit)" : "does not hold after \(count) \(unit)"
      #expect(answer.description.contains(words), "\(answer)")
    }
  }

  /// `changed` of a matrix holds where any of its numbers changed, as it does for a break.
  @Test func aMatrixHasChangedWhereAnyNumberHas() throws {
    let lines = xor + "run 10\ngoto start\n"
    for name in ["w1", "b1", "w2"] {
      var (run, stopped) = (Session(), Session())
      try run.take(lines + "run until changed(\(name))\n")
      try stopped.take(lines + "break changed(\(name))\ncontinue\n")
      #expect(run.timeline.place == stopped.timeline.place && run.timeline.state.step > 0, "\(name)")
    }
  }

  /// A condition that has no value somewhere is an error, and takes the run back.
  @Test func anErrorTakesTheRunBack() throws {
    var session = Session()
    try session.take("input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\nbatch 3\n")
    // The second batch of an epoch has one sample, so that there is no second one.
    #expect(throws: CommandError.self) { try session.execute(Line("run until w1[3,1] > 0")) }
    #expect(throws: CommandError.self) { try session.execute(Line("run until foo > 0")) }
    #expect(session.timeline.place == Place())
  }

  /// What is past, or nowhere, is said at once; what goes by on the way ends the run there.
  @Test func whatCannotHoldAnyMoreIsSaid() throws {
    let lines = xor + "run 2\n"
    for (condition, words) in [
      ("step == 3", "11: step == 3 holds at no later step: this is step 14"), ("14 >= step", "11: 14 >= step"),
      ("iteration == 2", "11: iteration == 2"), ("epoch < 1 and loss < 1", "11: epoch < 1"),
      ("loss < 1 and layer == 3", "24: layer == 3 holds at no later step: the layers are 1 to 2"),
      ("step == 20.5 or phase == start", "11: step == 20.5 holds at no later step: steps are counted 1, 2, 3 and on"),
      ("sample == 9", "11: sample == 9 holds at no later step: the samples are 1 to 4"),
      ("2 < 1", "11: 2 < 1 holds at no later step: nothing in it changes"),
      ("loss < 1 and step > 20 and step < 18", "11: loss < 1 and step > 20 and step < 18 holds at no later step"),
    ] {
      #expect(try complaint("run until \(condition)", after: lines).hasPrefix(words), "\(condition)")
    }
    for (condition, step) in [
      ("step <= 20 and loss < 0", 20), ("epoch == 1 and loss < 0", 28), ("loss < 0 and iteration < 4", 21),
    ] {
      var session = try session(lines)
      let answer = try session.execute(Line("run until \(condition)")).lines.joined().description
      #expect(session.timeline.state.step == step && answer.contains("nor can it hold any later"), "\(answer)")
    }
    // With a stride that is named it is asked where that ends, and that too comes to an end.
    #expect(lastAnswer(lines + "run until step == 20 iteration").contains("does not hold after 1 iteration"))
    #expect(lastAnswer(lines + "run until step == 3000").contains("step == 3000 holds after 2986 layer steps"))
  }

  /// How far it is is known where there is a most, said or counted.
  @Test(arguments: ["loss < 0 max=400000", "loss < 0 and step < 2000000", "phase == loss and loss < 0 max=200000"])
  func howFarItIs(condition: String) throws {
    var session = try session(xor)
    _ = try session.begin(Line("run until \(condition)"))
    var shares: [Double] = []
    while try session.advance(until: .now + .milliseconds(1)) == nil {
      shares += [session.shareDone].compactMap(\.self)
    }
    #expect(shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) }, "\(shares)")
    #expect(Set(shares).count > 2, "\(shares)")
    _ = try session.begin(Line("run until loss < 0"))
    _ = try session.advance(until: .now)
    #expect(session.isWorking && session.shareDone == nil)
    _ = session.stop()
  }

  @Test(arguments: ["op", "unit", "layer", "phase", "iteration", "epoch"])
  func whatIsNotComputedYetDoesNotHold(stride: String) throws {
    var session = try session("input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\nset w1 = 0.3\nset w2 = 0.2\n")
    let found = session.timeline
    try session.take("run until loss > 0 \(stride)")
    let state = session.timeline.state
    #expect(try state.value(of: Quantity(.loss)).elements[0] > 0)
    // As each stride by itself comes to it.
    var line = found
    repeat {
      line.move(to: line.place(1, on: try #require(Engine.Stride.named(stride))))
    } while ((try? line.state.value(of: Quantity(.loss)).elements[0]) ?? 0) <= 0
    #expect(line.place == session.timeline.place)
  }
}
