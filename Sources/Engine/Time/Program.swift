/// One layer step: the default stride.
package struct LayerStep: Equatable, Sendable {
  /// The phase.
  package let phase: Phase
  /// The layer, counted from 1; 0 for the loss.
  package let layer: Int
  /// The operations of the step, as indices into the program's.
  package let operations: Range<Int>
}

/// One iteration of a network as a list of operations: forward 1…L, loss, backward L…1, update 1…L, or with that mistake on
/// each update behind its layer's backward step. Time moves along this list; nothing else knows the order.
package struct Program: Equatable, Sendable {
  /// All operations of an iteration, in order.
  package private(set) var operations: [Operation] = []
  /// The 3L+1 layer steps.
  package private(set) var steps: [LayerStep] = []
  /// The operations that a weight's value depends on, and the loss: what has to run where nobody looks.
  private(set) var training: [Operation] = []
  /// What that comes to where nothing was put in by hand.
  private(set) var fused: [Operation.Work] = []
  /// Whether something stands in the place of a formula of the table; then every operation has to run.
  private(set) var isAltered = false
  /// How many iterations of one sample can be taken again in about half a millisecond, as a power of two: so many may lie
  /// between two that are kept for going back, and to keep one of them takes next to nothing beside so many.
  private(set) var stretch = 1
  /// Where the numbers of an iteration lie.
  private(set) var plan: WorkspacePlan
  private(set) var producers: [Quantity: Int] = [:]
  /// The operation that computes the loss.
  private(set) var lossAt = Int.max
  /// How many layer steps are complete with each number of operations. Asked at every step of a search, as the one above is.
  private var completed: [Int] = []

  /// The iteration of a network, whose numbers lie as a plan has it where there is one.
  package init(_ network: Network) { self.init(network, WorkspacePlan(network)) }

  private init(_ network: Network, _ plan: WorkspacePlan) {
    let last = network.layers.count
    self.plan = plan
    guard network.isComplete else { return }
    isAltered = !network.alterations.isEmpty
    for layer in 1...last { add(.forward, layer, network) }
    add(.loss, 0, network)
    for layer in (1...last).reversed() {
      add(.backward, layer, network)
      if network.updatesOnTheWayBack { add(.update, layer, network) }
    }
    if !network.updatesOnTheWayBack { for layer in 1...last { add(.update, layer, network) } }
    while stretch < Checkpoints.longestOfAll, stretch * network.parameterCount < 300_000 { stretch *= 2 }
    lossAt = producer(of: Quantity(.loss)) ?? .max
    completed = (0...operations.count).map { count in
      steps.firstIndex { $0.operations.upperBound > count } ?? steps.count
    }
    training = needed(for: [], in: network)
    if !isAltered { fused = Program.fused(training, in: network) }
  }

  /// The iteration of a network where there is that of another one, with what both have in common: the places of all numbers
  /// where the optimizers differ in numbers alone, the operations too where no formula is another.
  static func of(_ network: Network, after old: Network, _ program: Shared<Program>) -> Shared<Program> {
    var like = old
    (like.name, like.optimizer, like.alterations) = (network.name, network.optimizer, network.alterations)
    guard like == network, network.optimizer.isOtherInNumbersAlone(than: old.optimizer), network.memory == old.memory
    else {
      return Shared(wrappedValue: Program(network))
    }
    let plan = WorkspacePlan(network, like: program.wrappedValue.plan)
    guard network.alterations == old.alterations else { return Shared(wrappedValue: Program(network, plan)) }
    var same = program.wrappedValue
    same.plan = plan
    return Shared(wrappedValue: same)
  }

  private mutating func add(_ phase: Phase, _ layer: Int, _ network: Network) {
    let first = operations.count
    for row in Operation.rows where row.phase == phase && row.applies(network, layer) {
      let operation = Operation(row, layer: layer, in: network)
      producers[operation.quantity] = operations.count
      operations.append(operation)
    }
    steps.append(LayerStep(phase: phase, layer: layer, operations: first..<operations.count))
  }

  /// The operations that an update, the loss or some other quantities read from, however far back.
  func needed(for quantities: Set<Quantity>, in network: Network) -> [Operation] {
    if isAltered { return operations }
    var wanted = quantities.union([Quantity(.loss)])
    return operations.reversed().filter { operation in
      guard operation.phase == .update || wanted.contains(operation.quantity) else { return false }
      wanted.formUnion(operation.reads(in: network))
      return true
    }.reversed()
  }

  /// The operations that read a quantity, by their places.
  package func readers(of quantity: Quantity, in network: Network) -> [Int] {
    operations.indices.filter { operations[$0].reads(in: network).contains(quantity) }
  }

  /// How many operations there are before those of the last layer step.
  var lastStepsBeginning: Int { steps.last?.operations.lowerBound ?? 0 }

  /// The index of the operation with which a quantity comes, or nil for what is there all the time.
  package func producer(of quantity: Quantity) -> Int? {
    guard let made = quantity.comesWith(lastLayer: steps.count / 3) else { return nil }
    return producers[made]
  }

  /// The layer step of an iteration, by its place in the list, after which a quantity is another than before it; nil of what
  /// stays as it is all through an iteration.
  package func step(changing quantity: Quantity) -> Int? {
    // A gradient is kept for the next iteration by its parameter's update.
    let update = quantity.kind.gradientBefore.flatMap { _ in quantity.kind.parameter }.map {
      Quantity($0, quantity.layer)
    }
    guard let operation = producer(of: quantity) ?? producers[update ?? quantity] else { return nil }
    return steps.firstIndex { $0.operations.contains(operation) }
  }

  /// Whether a quantity comes before another in the order of computation; what is there all the time comes first.
  package func computes(_ quantity: Quantity, before other: Quantity) -> Bool {
    (producer(of: quantity) ?? -1) < (producer(of: other) ?? -1)
  }

  /// How many layer steps are complete once that many operations are.
  package func completedSteps(operations count: Int) -> Int {
    completed.indices.contains(count) ? completed[count] : count < 0 ? 0 : steps.count
  }
}

extension Quantity {
  /// The quantity with whose operation it comes; nil of what is there all the time.
  func comesWith(lastLayer: Int) -> Quantity? {
    switch kind.row.source {
    case .parameter: nil
    case .change, .memory: kind.parameter.map { Quantity($0, layer) }
    case .ofLastLayer(let name): Kind.named(name).map { Quantity($0, lastLayer) }
    default: self
    }
  }
}
