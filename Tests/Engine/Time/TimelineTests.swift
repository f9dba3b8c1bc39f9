import Engine
import Testing

struct TimelineTests {
  @Test(arguments: 0..<8)
  func goingAndComingBackGivesTheSameBits(seed: Int) {
    var line = Timeline(dense: Experiment.random(seed: seed))
    var generator = Generator(seed: seed)
    var seen: [Int: [String]] = [:]
    let perIteration = line.state.program.steps.count
    for _ in 0..<60 {
      let step = generator.int(0..<perIteration * 30)
      line.move(to: line.place(ofStep: step))
      #expect(line.state.step == step, "seed \(seed)")
      if let before = seen[step] { #expect(difference(line.state, before) == nil, "seed \(seed), step \(step)") }
      seen[step] = line.state.bits
    }
    for (step, bits) in seen {
      let there = line.state(atStep: step)
      #expect(there.map { difference($0, bits) } == .some(nil), "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: 0..<8)
  func steppingIsRunning(seed: Int) {
    let experiment = Experiment.random(seed: seed)
    var (stepped, run) = (Timeline(dense: experiment), Timeline(experiment))
    let target = Place(iteration: 25)
    while stepped.place < stepped.place(ofStep: 25 * stepped.state.program.steps.count) {
      stepped.move(to: stepped.place(1, on: .operation))
    }
    run.move(to: target)
    #expect(difference(stepped.state, run.state.bits) == nil, "seed \(seed)")
    #expect(stepped.losses == run.losses, "seed \(seed)")
  }

  @Test(arguments: 0..<8)
  func slicesAreTheWhole(seed: Int) {
    let experiment = Experiment.random(seed: seed)
    var (sliced, whole) = (Timeline(dense: experiment), Timeline(experiment))
    let target = Place(iteration: 150, operation: 2)
    whole.move(to: target)
    var slices = 1
    while !sliced.move(to: target, until: .now) {
      slices += 1
      // every slice ends where everything can be read
      #expect(sliced.state.isAtEnd)
      if slices == 20 { break }
    }
    sliced.move(to: target, until: .now.advanced(by: .seconds(60)))
    #expect(slices > 2)
    #expect(difference(sliced.state, whole.state.bits) == nil, "seed \(seed)")
    #expect(sliced.losses == whole.losses, "seed \(seed)")
  }

  @Test func aCopyStaysAsItWas() {
    for steps in [0, 3, 7, 14, 21] {
      var line = Timeline(dense: Experiment.random(seed: 2))
      line.move(to: line.place(ofStep: steps))
      let (state, copy, bits) = (line.state, line, line.state.bits)
      line.train(9)
      line.change { experiment, parameters in
        parameters[0].w.values[0] = 42
        _ = experiment.network.optimizer.set("rate", to: 0.5)
      }
      line.move(to: Place(iteration: 12))
      #expect(difference(state, bits) == nil, "from step \(steps)")
      #expect(difference(copy.state, bits) == nil, "from step \(steps)")
    }
  }

  @Test func lookingAtAnotherStepLeavesThisOneAlone() {
    var line = Timeline(dense: Experiment.random(seed: 3))
    line.train(6)
    let end = line.state.step
    line.move(to: Place())
    let bits = line.state.bits
    #expect(line.state(atStep: end)?.step == end)
    #expect(difference(line.state, bits) == nil)
    #expect(line.state(atStep: end + 1) == nil)
    #expect(line.state(atStep: -1) == nil)
  }

  @Test func theFurthestPlaceIsKeptUntilAChange() {
    var line = Timeline(dense: Experiment.random(seed: 4))
    line.train(5)
    let end = line.place
    line.move(to: line.place(2, backBy: .iteration))
    #expect(line.furthest == end)
    line.change { experiment, _ in _ = experiment.network.optimizer.set("rate", to: 0.01) }
    #expect(line.furthest == line.place)
  }

  /// Over iterations that were trained before there is nothing to train, so that no deadline comes on the way.
  @Test(arguments: 0..<4)
  func goingAheadOverWhatWasTrainedIsALeap(seed: Int) {
    var line = Timeline(dense: Experiment.random(seed: seed))
    line.train(300)
    line.change { experiment, _ in _ = experiment.network.optimizer.set("rate", to: 0.01) }
    line.train(600)
    let (end, bits, losses) = (line.place, line.state.bits, line.losses)
    line.move(to: Place())
    let hasArrived = line.move(to: end, until: .now)
    #expect(hasArrived && line.place == end, "seed \(seed)")
    #expect(difference(line.state, bits) == nil, "seed \(seed)")
    #expect(line.losses == losses, "seed \(seed)")
  }

  /// Where moves were taken back, the losses are found again.
  @Test func whatWasTakenBackIsTrainedAgain() {
    var line = Timeline(dense: Experiment.random(seed: 5))
    line.train(50)
    let losses = line.losses
    line.takeBack(to: Place(), furthest: Place())
    line.train(50)
    #expect(line.losses == losses)
  }

  @Test func anIncompleteExperimentDoesNotMove() {
    var line = Timeline()
    let hasArrived = line.move(to: Place(iteration: 3))
    #expect(hasArrived)
    #expect(line.place == Place())
    #expect(line.state.step == 0)
    #expect(line.state.phase == .start)
    for stride in Stride.allCases { #expect(line.place(1, backBy: stride) == Place()) }
    #expect(line.experiment.obstacle != nil)
  }

  @Test func everyLossIsOnTheCurve() throws {
    let experiment = Experiment.random(seed: 6)
    var (line, single) = (Timeline(dense: experiment), Timeline(experiment))
    line.train(40)
    #expect(line.losses.values.count == 40)
    for iteration in 1...40 {
      single.train(iteration)
      #expect(try single.state.value(of: Quantity(.loss)).elements == [line.losses.values[iteration - 1]])
    }
  }
}
