import Engine
import Testing

/// Every stride against a model that knows nothing but a list of all places in order, made one unit at a time.
struct StridesTests {
  /// A line of time written out: every place of its first iterations, with everything that can be read there.
  struct Film {
    var places: [Place] = []
    var bits: [[String]] = []
    /// For each stride, the indices of the places at which one ends.
    var ends: [Stride: [Int]] = [:]

    init(_ line: Timeline, iterations: Int) {
      var line = line
      shoot(line)
      for stride in Stride.allCases { ends[stride] = [0] }
      while places.count < 20_000 {
        let before = line.state
        line.move(to: line.place(1, on: .unit))
        shoot(line)
        mark(line.state, from: before)
        if line.state.isAtEnd, line.state.iteration == iterations { break }
      }
    }

    private mutating func shoot(_ line: Timeline) {
      places.append(line.place)
      bits.append(line.state.bits)
    }

    private mutating func mark(_ state: State, from before: State) {
      let index = places.count - 1
      let isEndOfOperation = state.place.unit == 0
      let step = state.program.steps.first { $0.operations.upperBound == state.place.operation }
      ends[.unit]?.append(index)
      guard isEndOfOperation else { return }
      ends[.operation]?.append(index)
      guard let step else { return }
      ends[.layer]?.append(index)
      let layers = state.experiment.network.layers.count
      if step.phase == .loss || step.phase == .backward && step.layer == 1
        || step.phase == .update && step.layer == layers
      {
        ends[.phase]?.append(index)
      }
      if state.isAtEnd { ends[.iteration]?.append(index) }
      // 5 samples, 2 a batch: 3 iterations
      if state.isAtEnd, state.iteration % 3 == 0 { ends[.epoch]?.append(index) }
    }

    /// So many strides on from a place, or nil past the film's end.
    func on(_ index: Int, _ count: Int, _ stride: Stride) -> Int? {
      let next = (ends[stride] ?? []).filter { $0 > index }
      return count <= next.count ? next[count - 1] : nil
    }

    func back(_ index: Int, _ count: Int, _ stride: Stride) -> Int {
      let before = (ends[stride] ?? []).filter { $0 < index }
      return count <= before.count ? before[before.count - count] : 0
    }
  }

  /// A small random experiment whose samples don't fill the last batch.
  private func experiment(_ seed: Int) -> Experiment {
    var experiment = Experiment.random(seed: seed)
    experiment.network.layers = Array(experiment.network.layers.suffix(2))
    var generator = Generator(seed: seed)
    experiment.data = .random(experiment.network, samples: 5, &generator)
    experiment.batchSize = 2
    return experiment
  }

  @Test(arguments: 0..<12)
  func mixedAtRandomForwardAndBack(seed: Int) {
    let experiment = experiment(seed)
    let film = Film(Timeline(experiment), iterations: 7)
    var line = Timeline(dense: experiment)
    var generator = Generator(seed: seed, stream: 5)
    var at = 0
    for _ in 0..<100 {
      let stride = generator.pick(Stride.allCases)
      let count = generator.int(1..<(stride == .unit ? 120 : stride == .operation ? 20 : 5))
      let from = at
      let isForward = generator.chance(0.55)
      if isForward {
        guard let next = film.on(at, count, stride) else { continue }
        at = next
        line.move(to: line.place(count, on: stride))
      } else {
        at = film.back(at, count, stride)
        line.move(to: line.place(count, backBy: stride))
      }
      let moved = Comment(
        rawValue: "seed \(seed): \(count) \(stride)s \(isForward ? "on" : "back") from \(film.places[from])")
      #expect(line.place == film.places[at], moved)
      #expect(difference(line.state, film.bits[at]) == nil, moved)
      guard line.place == film.places[at] else { return }
    }
  }

  @Test(arguments: [1, 4])
  func anEndOfAPhaseIsAlwaysAtLeastAStepOn(seed: Int) {
    let experiment = experiment(seed)
    let film = Film(Timeline(experiment), iterations: 3)
    var line = Timeline(dense: experiment)
    for (index, place) in film.places.enumerated() where place.iteration < 2 {
      line.move(to: place)
      for (phase, offset) in [(Phase.forward, 0), (.backward, 1), (.update, 2)] {
        let ends = (film.ends[.phase] ?? []).enumerated().filter { $0.offset > 0 && ($0.offset - 1) % 3 == offset }
        let expected = ends.first { $0.element > index }.map { film.places[$0.element] }
        #expect(line.endOfNext(phase) == expected, "\(phase) from \(place)")
      }
    }
  }

  @Test func backEndsAtTheBeginning() {
    var line = Timeline(experiment(3))
    line.train(2)
    for stride in Stride.allCases { #expect(line.place(1_000_000, backBy: stride) == Place()) }
    #expect(line.place(ofStep: -5) == Place())
  }

  /// Counts as large as a typed number may be neither overflow nor take time.
  @Test(.timeLimit(.minutes(1)))
  func countsBeyondReasonAreTaken() {
    var line = Timeline(experiment(3))
    line.train(2)
    for stride in Stride.allCases {
      #expect(line.place(.max, backBy: stride) == Place(), "\(stride)")
      #expect(line.place(.max, on: stride).iteration > 1_000_000, "\(stride)")
    }
    #expect(line.place(ofStep: .max).iteration > 1_000_000)
  }

  @Test func strideNamesMayBePlural() {
    #expect(Stride.named("op") == .operation)
    #expect(Stride.named("ops") == .operation)
    #expect(Stride.named("epochs") == .epoch)
    #expect(Stride.named("operation") == nil)
    #expect(Stride.allCases == Stride.allCases.sorted())
  }

  /// Without a layer there is nowhere to go, and no stride looks for it for ever.
  @Test(arguments: Stride.allCases) func withoutALayerThereIsNoWay(_ stride: Stride) {
    let line = Timeline()
    #expect(line.place(5, on: stride).operation == 0)
    #expect(line.place(5, backBy: stride) == Place())
  }
}
