/// Which samples an iteration takes: a pure function of its number. `origin` is the iteration at which the data was last
/// changed, where an epoch begins.
struct Schedule: Equatable, Sendable {
  let samples: Int
  let batchSize: Int
  let order: SampleOrder
  /// The iteration, counted from 0, with which the first epoch of this schedule begins.
  let origin: Int
  /// The epochs behind that iteration.
  let epochsBefore: Int

  init(_ experiment: Experiment, origin: Int, epochsBefore: Int) {
    samples = experiment.data.count
    batchSize = max(experiment.samplesPerBatch, 1)
    order = experiment.order
    self.origin = origin
    self.epochsBefore = epochsBefore
  }

  /// The iterations of an epoch.
  var batches: Int { max((samples + batchSize - 1) / batchSize, 1) }

  /// The epoch of an iteration, counted from 0.
  func epoch(of iteration: Int) -> Int { epochsBefore + (iteration - origin) / batches }

  /// Whether an iteration is the last of its epoch.
  func endsEpoch(_ iteration: Int) -> Bool { (iteration - origin) % batches == batches - 1 }

  /// How many iterations there are at the first end of an epoch after at least so many.
  func endOfEpoch(from iterations: Int) -> Int {
    let over = (iterations - origin) % batches
    return over == 0 ? iterations : iterations + batches - over
  }

  /// Where an iteration's samples stand in its epoch's order.
  func positions(_ iteration: Int) -> Range<Int> {
    let first = (iteration - origin) % batches * batchSize
    return first..<min(first + batchSize, samples)
  }

  /// Puts the samples of an epoch in the order in which they come, in the room that another epoch's has; nil where that is
  /// their own.
  func permute(_ permutation: inout [Int]?, epoch: Int) {
    guard case .shuffle(let seed) = order else { return permutation = nil }
    var generator = Generator(seed: seed, stream: epoch + 1)
    // Taken out meanwhile, so that it is nobody else's.
    var order = permutation.take() ?? []
    generator.permute(&order, samples)
    permutation = order
  }
}
