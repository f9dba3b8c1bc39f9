import Testing

@testable import Engine

/// Layer steps that take long are taken in pieces, a sample each here: what shows meanwhile is the end of a layer step, to the
/// bit, and what comes of it is what comes of taking them at once.
@Suite struct InPiecesTests {
  /// A line that is gone along in pieces, and one that goes everywhere at once.
  private static func lines(_ seed: Int) -> (inPieces: Timeline, atOnce: Timeline) {
    var experiment = Experiment.random(seed: seed)
    if seed % 3 == 0 { experiment.data.holdout = Holdout(fraction: 0.3, seed: seed) }
    let inPieces = Workspace.$productsOfPiece.withValue(1) { Timeline(experiment) }
    return (inPieces, Timeline(experiment))
  }

  /// Goes to a place in as many slices as it takes, each of which has no time; gives how many of them showed nothing new. At
  /// some of them is looked.
  private static func go(_ line: inout Timeline, to target: Place, _ look: (Timeline) -> Void) -> Int {
    Workspace.$productsOfPiece.withValue(1) {
      var (quiet, slices) = (0, 0)
      var before = line.place
      while line.walk(to: target, until: .now) == .interrupted {
        if line.place == before { quiet += 1 }
        before = line.place
        slices += 1
        if slices % 11 == 3 { look(line) }
      }
      return quiet
    }
  }

  @Test(arguments: 0..<12) func whatShowsIsTheEndOfAStep(seed: Int) {
    var (line, other) = Self.lines(seed)
    var generator = Generator(seed: seed, stream: 12)
    var quiet = 0
    for _ in 0..<4 {
      let operations = line.state.program.operations
      let place = Place(
        iteration: generator.int(0..<4), operation: generator.int(0..<operations.count), unit: generator.int(0..<2))
      let unit = min(place.unit, operations[place.operation].units - 1)
      let target = Place(iteration: place.iteration, operation: place.operation, unit: unit)
      quiet += Self.go(&line, to: target) { line in
        other.move(to: line.place)
        #expect(difference(line.state, other.state.bits) == nil, "seed \(seed), on the way to \(target)")
      }
      other.move(to: target)
      #expect(difference(line.state, other.state.bits) == nil, "seed \(seed), \(target)")
    }
    #expect(quiet > 0, "seed \(seed)")
    #expect(line.losses == other.losses, "seed \(seed)")
  }

  /// Stopped at any look, it stands where it stood, and goes on from there by other strides to the same bits.
  @Test(arguments: 0..<8) func stoppedAtAnyLookNothingIsLost(seed: Int) {
    let (begun, atOnce) = Self.lines(seed)
    for count in stride(from: 1, to: 60, by: 1 + seed % 5) {
      var (line, other) = (begun, atOnce)
      var slices = 0
      Workspace.$productsOfPiece.withValue(1) {
        while slices < count, line.walk(to: Place(iteration: 3), until: .now) == .interrupted { slices += 1 }
        line.leaveUnderway()
      }
      other.move(to: line.place)
      #expect(difference(line.state, other.state.bits) == nil, "seed \(seed), \(count) looks")
      for target in [line.place(1, on: .layer), line.place(1, on: .iteration), Place(operation: 2)] {
        line.move(to: target)
        other.move(to: target)
        #expect(difference(line.state, other.state.bits) == nil, "seed \(seed), \(count) looks, then \(target)")
      }
    }
  }

  /// What was begun for one unit of a layer is no beginning for all of them.
  @Test(arguments: 0..<6) func goesFurtherThanItWasToGo(seed: Int) {
    let (begun, atOnce) = Self.lines(seed)
    var other = atOnce
    for count in 1..<12 {
      var line = begun
      Workspace.$productsOfPiece.withValue(1) {
        for _ in 0..<count where line.walk(to: Place(unit: 1), until: .now) == .interrupted {}
      }
      let end = line.place(1, on: .iteration)
      _ = Self.go(&line, to: end) { _ in }
      other.move(to: end)
      #expect(difference(line.state, other.state.bits) == nil, "seed \(seed), \(count) looks")
    }
  }

  /// A change made by hand on the way is gone over like any other beginning.
  @Test(arguments: 0..<12) func changesOnTheWay(seed: Int) {
    var (line, other) = Self.lines(seed)
    for iteration in [2, 4] {
      for at in [Place(iteration: iteration), Place(iteration: iteration, operation: 2)] {
        line.move(to: at)
        other.move(to: at)
        func change(_ line: inout Timeline) {
          line.change { experiment, parameters in
            _ = experiment.network.optimizer.set("rate", to: 0.01 * Double(iteration))
            parameters[0].w.give(0.25, at: 0)
          }
        }
        Workspace.$productsOfPiece.withValue(1) { change(&line) }
        change(&other)
      }
    }
    for target in [Place(iteration: 6), Place(operation: 1), Place(iteration: 4, operation: 1), Place(iteration: 7)] {
      _ = Self.go(&line, to: target) { line in
        other.move(to: line.place)
        #expect(difference(line.state, other.state.bits) == nil, "seed \(seed), on the way to \(target)")
      }
      other.move(to: target)
      #expect(difference(line.state, other.state.bits) == nil, "seed \(seed), \(target)")
    }
  }

  /// A visitor is asked at the same places, once, and reads the same, the loss over all samples included.
  @Test(arguments: 0..<12) func visitorsSeeTheSame(seed: Int) {
    for ends in [Visitor.Ends.iterations, .layerSteps] {
      var (line, other) = Self.lines(seed)
      var (mine, its): ([String], [String]) = ([], [])
      func asked(_ place: Passing, _ word: String) -> String {
        let loss = (try? place.value(of: Quantity(.loss)).bits) ?? "·"
        return "\(word) \(place.place) \(loss) \(place.state.pointee.dataLoss) \(place.state.pointee.accuracy)"
      }
      Workspace.$productsOfPiece.withValue(1) {
        while line.walk(
          to: Place(iteration: 4), until: .now,
          visiting: Visitor(at: ends) { place in
            mine.append(asked(place, "at"))
            return place.place.iteration % 2 == 1
          }) != .arrived
        {}
      }
      while other.walk(
        to: Place(iteration: 4),
        visiting: Visitor(at: ends) { place in
          its.append(asked(place, "at"))
          return place.place.iteration % 2 == 1
        }) == .stopped
      {}
      let parted = zip(mine, its).first { $0 != $1 }
      #expect(mine.count == its.count && parted == nil, "seed \(seed), \(ends)")
    }
  }

  /// The score's curve has the same points, whether they are taken at once or in pieces.
  @Test(arguments: 0..<12) func scoresAreTheSame(seed: Int) {
    var (line, other) = Self.lines(seed)
    for iteration in [3, 9, 30] {
      _ = Self.go(&line, to: Place(iteration: iteration)) { _ in }
      other.move(to: Place(iteration: iteration))
      #expect(line.scores.points == other.scores.points, "seed \(seed), \(iteration)")
    }
    #expect(line.scores.points.count > 2)
  }

  /// Under a raised stop sign an operation over many samples is left, since nobody reads what comes of it.
  @Test func aStopSignEndsAnOperation() {
    var (line, _) = Self.lines(4)
    line.move(to: Place(iteration: 2))
    let sign = StopSign()
    sign.raise()
    let count = line.state.experiment.data.count
    var blocks = 0
    StopSign.$current.withValue(sign) {
      _ = line.state.eachBlock(of: line.state.experiment.data.inputs) { _, _ in
        blocks += 1
        return true
      }
    }
    #expect(blocks == 0 && count > 0)
  }
}
