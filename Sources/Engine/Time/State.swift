/// Everything that is known at one place in time. A value: a copy stays as it is while the original moves on.
package struct State: Sendable {
  /// What is trained, on what.
  package internal(set) var experiment: Experiment
  /// The iteration's operations.
  @Shared package internal(set) var program: Program
  /// Where on the line of time this is.
  package internal(set) var place: Place
  /// The layer steps completed before this iteration.
  package internal(set) var stepsBefore: Int
  /// The samples of the batch, as numbers from 0 in the data.
  package internal(set) var batch: [Int] = []
  /// Which sample of the batch was chosen to be on show, from 0; a smaller batch may not have it.
  package internal(set) var chosen = 0
  /// Which sample of the batch is on show, from 0: the chosen one, or the last of a batch that is too small for it.
  package var selected: Int { min(chosen, max(batch.count - 1, 0)) }
  /// The network as it was when this iteration's values were computed: a change after the last update, such as of the rate,
  /// counts for the next iteration while these values are still on show.
  @Shared package internal(set) var worked: Network
  /// Whether a change was made after this iteration's last update.
  package var isChangedAtEnd: Bool { changed != nil }
  /// What such a change made of the parameters.
  private var changed: [LayerParameters]?
  /// Whether `forward` says what this iteration's forward pass reads; `train` leaves that for later.
  var isPrepared = true
  /// What was put in by hand in this iteration.
  package internal(set) var injections: [Injection] = []
  /// The step that was completed on the way here, where this iteration has none of its own yet.
  var arrivedBy: LayerStep?
  /// How far the next layer step is done, where it was left in its middle.
  var begun: BegunStep?
  /// Whether the samples of the batch are put in place as they are needed.
  private var awaitsSamples = false
  /// What is known of the present weights' score, for as long as somebody asks for it.
  var known: KnownScore?
  /// The weights and biases as this iteration's forward pass read them.
  package internal(set) var forward: [LayerParameters]
  var schedule: Schedule
  /// The samples of the epoch in the order in which they come; nil where that is their own.
  private(set) var permutation: [Int]?
  private var permutationEpoch = -1
  let isReady: Bool
  private var storage: Workspace

  /// The beginning of an iteration. The program is that of the experiment's network, where it is at hand. One whose samples
  /// are put in place `later` is only to go on in pieces.
  init(
    _ experiment: Experiment, _ parameters: [LayerParameters], iteration: Int, stepsBefore: Int, schedule: Schedule,
    program: Shared<Program>? = nil, later: Bool = false
  ) {
    self.experiment = experiment
    self.stepsBefore = stepsBefore
    self.schedule = schedule
    _worked = experiment.$network
    let program = program ?? Shared(wrappedValue: Program(experiment.network))
    _program = program
    place = Place(iteration: iteration)
    isReady = experiment.obstacle == nil
    storage = Workspace(experiment, program.wrappedValue.plan)
    storage.load(parameters)
    forward = parameters
    loadSamples(later: later)
  }

  /// Begins an iteration of the same stretch of time anew, in the block of numbers that is there.
  mutating func begin(
    _ parameters: [LayerParameters], iteration: Int, stepsBefore: Int, arrivedBy: LayerStep?
  ) {
    self.stepsBefore = stepsBefore
    self.arrivedBy = arrivedBy
    place = Place(iteration: iteration)
    $worked = experiment.$network
    changed = nil
    injections = []
    begun = nil
    isPrepared = true
    // Where another formula is gone through, other things may be kept.
    if !isKnownUniquelyReferenced(&storage) || storage.plan !== program.plan {
      storage = Workspace(experiment, program.plan)
    }
    storage.load(parameters)
    forward = parameters
    loadSamples()
  }

  /// Begins the next iteration in a block of its own, so that what is on show stays where it is: in one that nobody needs any
  /// more, where it is of the same kind. Its samples are put in place as they are needed.
  mutating func beginNextIteration(apartFrom spare: inout Workspace?) {
    begun = nil
    let old = storage
    if spare?.isLike(old) == true, isKnownUniquelyReferenced(&spare), let block = spare {
      storage = block
    } else {
      storage = Workspace(experiment, program.plan)
    }
    spare = nil
    storage.takeTrained(from: old)
    beginNextIteration(later: true)
  }

  /// The numbers, for reading. Inlined, as a state that is read where it lies would else be copied whole.
  @inline(__always)
  var workspace: Workspace { storage }

  /// Makes the numbers this state's own before they are written: copied where another state shares them. It hands out no
  /// reference, which would itself count as sharing.
  private mutating func ownStorage() {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy(of: experiment) }
  }

  /// Works on the numbers, which are this state's own from then on.
  mutating func workOnNumbers<Result>(_ work: (Workspace) -> Result) -> Result {
    ownStorage()
    return work(storage)
  }

  /// The parameters as they are now.
  package var parameters: [LayerParameters] { storage.parameters(sharing: changed ?? forward) }

  /// Notes them in arrays that are there; those that have not changed are shared.
  func note(in parameters: inout [LayerParameters]) { storage.note(in: &parameters, sharing: changed ?? forward) }

  /// The state with the weights and biases that this iteration's forward pass read.
  package var withForwardWeights: State {
    var state = self
    state.ownStorage()
    state.storage.load(forward)
    return state
  }

  /// How many iterations, a power of two, can soon be taken again.
  var stretch: Int {
    max(program.stretch >> (Int.bitWidth - max(batch.count - 1, 0).leadingZeroBitCount), 1)
  }

  /// Whether the iteration is complete.
  @inline(__always)
  package var isAtEnd: Bool { place.operation == program.operations.count }

  /// How many iterations are complete.
  package var completedIterations: Int { place.iteration + (isAtEnd && !program.operations.isEmpty ? 1 : 0) }

  // MARK: moving

  /// Does units of the program up to a place in this iteration.
  mutating func advance(operation: Int, unit: Int) {
    ownStorage()
    while place.operation < operation {
      perform(place.unit..<program.operations[place.operation].units)
      place.operation += 1
      place.unit = 0
    }
    guard unit > place.unit, place.operation < program.operations.count else { return }
    perform(place.unit..<unit)
    place.unit = unit
  }

  /// Does some units of the operation at the place.
  @inline(__always)
  private mutating func perform(_ units: Range<Int>) {
    guard injections.isEmpty && !program.isAltered else { return perform(program.operations[place.operation], units) }
    storage.perform(program.operations[place.operation].work, units)
  }

  /// Does some units of an operation, by the formula that stands in its own one's place where one does, and puts in what
  /// was given by hand.
  mutating func perform(_ operation: Operation, _ units: Range<Int>) {
    performAsItStands(operation, units)
    injectGiven(after: operation, units)
  }

  /// Does some units of an operation, by the formula that stands in its own one's place where one does.
  mutating func performAsItStands(_ operation: Operation, _ units: Range<Int>) {
    if operation.isAltered, let alteration = operation.alteration {
      perform(operation, by: alteration, units)
    } else {
      storage.perform(operation.work, units)
    }
  }

  /// Puts in what was given by hand.
  mutating func injectGiven(after operation: Operation, _ units: Range<Int>) {
    if !injections.isEmpty { inject(after: operation, units) }
  }

  /// Goes from the end of an iteration to the beginning of the next one.
  mutating func beginNextIteration(later: Bool = false) {
    stepsBefore += program.steps.count
    place = Place(iteration: place.iteration + 1)
    arrivedBy = program.steps.last
    injections = []
    noteForward()
    loadSamples(later: later)
  }

  /// Does a whole iteration, from a beginning, without what only a reader wants; leaves the state at the next beginning.
  mutating func train() {
    work(program.training, fused: program.fused)
    passOn()
  }

  /// Computes an iteration, from where it stands, by some of its operations, or by what these come to where nothing was put
  /// in by hand; leaves the state at its end, or where it is told to.
  mutating func work(_ operations: [Operation], fused: [Operation.Work]? = nil, upTo end: Int? = nil) {
    isPrepared = false
    ownStorage()
    if injections.isEmpty && !program.isAltered {
      if let fused, !storage.isLong {
        for work in fused { work.perform(on: storage) }
      } else {
        // Read where they lie: a copy of each would count its references.
        operations.withUnsafeBufferPointer { for index in $0.indices { storage.perform($0[index].work) } }
      }
    } else {
      for operation in operations {
        perform(operation, 0..<operation.units)
        // What a formula may read is what has been computed so far.
        if program.isAltered { place.operation += 1 }
      }
    }
    place.operation = end ?? program.operations.count
  }

  /// Goes from the end of an iteration to the next one's beginning; what its forward pass reads is left unsaid.
  mutating func passOn() {
    stepsBefore += program.steps.count
    place = Place(iteration: place.iteration + 1)
    arrivedBy = program.steps.last
    if !injections.isEmpty { injections = [] }
    loadSamples()
  }

  /// Notes the parameters that a forward pass reads, after `train` has left them unsaid.
  mutating func noteForward() {
    storage.note(in: &forward)
    $worked = experiment.$network
    changed = nil
    isPrepared = true
  }

  private mutating func loadSamples(later: Bool = false) {
    guard isReady else { return batch = [] }
    let positions = schedule.positions(place.iteration)
    orderSamples(ofEpochAt: place.iteration)
    ownStorage()
    awaitsSamples = later
    if later { storage.samples = positions.count } else { load(0..<positions.count, of: positions) }
    // The last batch of an epoch may be a small one; the room stays.
    if batch.count > positions.count { batch.removeLast(batch.count - positions.count) }
    while batch.count < positions.count { batch.append(0) }
    for (slot, position) in positions.enumerated() { batch[slot] = permutation?[position] ?? position }
  }

  /// Puts the samples of an iteration's epoch in order.
  mutating func orderSamples(ofEpochAt iteration: Int) {
    guard schedule.order != .sequential else { return }
    let epoch = schedule.epoch(of: iteration)
    guard epoch != permutationEpoch else { return }
    schedule.permute(&permutation, epoch: epoch)
    permutationEpoch = epoch
  }

  /// Puts some samples of the batch in place, by their numbers in it.
  private func load(_ samples: Range<Int>, of positions: Range<Int>) {
    let data = (experiment.data.trained, experiment.data.inputCount, experiment.data.targetCount)
    storage.loadSamples(data.0, inputs: data.1, targets: data.2, positions, permutation, samples)
  }

  /// Puts some samples in place where that was left for later, from the first to the last.
  mutating func loadAwaited(_ samples: Range<Int>) {
    guard awaitsSamples else { return }
    let positions = schedule.positions(place.iteration)
    load(samples.clamped(to: 0..<positions.count), of: positions)
    awaitsSamples = samples.upperBound < positions.count
  }

  /// Takes over what a change made after the last update of this iteration: what the iteration computed stays on show.
  mutating func takeOver(
    _ changed: Experiment, _ parameters: [LayerParameters], schedule: Schedule, program: Shared<Program>
  ) {
    let old = storage
    experiment = changed
    self.schedule = schedule
    $program = program
    storage = Workspace(changed, program.wrappedValue.plan)
    storage.copyValues(from: old)
    storage.load(parameters)
    self.changed = parameters
  }
}
