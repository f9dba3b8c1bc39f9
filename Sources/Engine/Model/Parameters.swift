/// One weight matrix or bias vector with all that training keeps about it. Arrays are copy-on-write, so iterations that
/// left it alone share it.
package struct Parameter: Equatable, Sendable {
  /// The numbers; a weight matrix row by row.
  package var values: [Double]
  /// How many of them make a row.
  package private(set) var columns: Int
  /// The optimizer's memory: one array for each name in its list, or none before the first update.
  package var memory: [[Double]]
  /// How many updates this optimizer has made to it; a change of optimizer begins again at 0.
  package var updates: Int
  /// The number of updates behind it: its version, `w2⟨0⟩`.
  package var version: Int
  /// Which of them were put in by hand since the last update; empty where none was.
  private var isGiven: [Bool] = []

  /// Numbers that no update has touched.
  package init(_ values: [Double], columns: Int = 1) {
    self.values = values
    self.columns = columns
    memory = []
    updates = 0
    version = 0
  }

  /// Puts a number in by hand.
  package mutating func give(_ value: Double, at place: Int) {
    guard values.indices.contains(place) else { return }
    values[place] = value
    if isGiven.count != values.count { isGiven = Array(repeating: false, count: values.count) }
    isGiven[place] = true
  }

  /// Whether a number was put in by hand since the last update.
  package func isGiven(at place: Int) -> Bool { isGiven.indices.contains(place) && isGiven[place] }

  /// Takes over what an update has made of it, in the arrays that it has: where nobody shares them, nothing is allocated.
  mutating func take(
    _ values: UnsafePointer<Double>, memory slots: [UnsafeMutablePointer<Double>], count: Int, updates: Int,
    version: Int
  ) {
    self.values.take(values, count: count)
    if memory.count != slots.count { memory = Array(repeating: [], count: slots.count) }
    for (index, slot) in slots.enumerated() { memory[index].take(slot, count: count) }
    if self.version != version { isGiven = [] }
    (self.updates, self.version) = (updates, version)
  }

  /// Prepares to be taken over what has come of another one: the other itself where that is still of a version, else
  /// nothing but arrays.
  mutating func beginAnew(from other: Parameter, version: Int) {
    if other.version == version || other.columns != columns { self = other } else { isGiven = [] }
  }

  /// Takes another shape, with a row of so many; the optimizer begins anew.
  mutating func reshape(_ values: [Double], columns: Int) {
    self.values = values
    self.columns = columns
    clearMemory()
  }

  /// Goes on under an optimizer after another. One of the same rule has other settings only, and remembers what it did;
  /// what its settings make it keep from now on begins at 0. Another rule begins with nothing. The gradients of the iteration
  /// before are no optimizer's: they stay as long as a mistake reads them.
  mutating func remember(as network: Network, after old: Network) {
    let (names, before) = (network.memory, old.memory)
    let isSameRule = network.optimizer.rule.name == old.optimizer.rule.name
    guard !isSameRule || names != before, !memory.isEmpty || updates > 0 else { return }
    let kept = memory
    if !isSameRule { clearMemory() }
    guard isSameRule || names.contains(Quantity.Kind.slotOfGradients) else { return }
    memory = names.map { name in
      let slot = isSameRule || name == Quantity.Kind.slotOfGradients ? before.firstIndex(of: name) : nil
      return slot.flatMap { kept.indices.contains($0) ? kept[$0] : nil } ?? Array(repeating: 0, count: values.count)
    }
  }

  /// Puts a number into the optimizer's memory by hand; what it does not keep yet begins at 0.
  package mutating func remember(_ value: Double, in slot: Int, of optimizer: OptimizerChoice, at place: Int) {
    guard values.indices.contains(place) else { return }
    while memory.count < optimizer.memory.count { memory.append(Array(repeating: 0, count: values.count)) }
    if memory[slot].count != values.count { memory[slot] = Array(repeating: 0, count: values.count) }
    memory[slot][place] = value
  }

  /// Takes other numbers for what the iteration before left of its gradient, where a network has a mistake that reads that.
  package mutating func drawGradientBefore(in network: Network, from generator: inout Generator) {
    let names = network.memory
    guard names.last == Quantity.Kind.slotOfGradients else { return }
    while memory.count < names.count { memory.append(Array(repeating: 0, count: values.count)) }
    memory[names.count - 1] = values.map { _ in generator.uniform(-1, 1) }
  }

  /// Forgets what the optimizer remembered.
  package mutating func clearMemory() {
    memory = []
    updates = 0
  }
}

extension [Double] {
  /// Takes so many numbers over, in place where there are as many already.
  fileprivate mutating func take(_ numbers: UnsafePointer<Double>, count: Int) {
    guard self.count == count else { return self = Array(UnsafeBufferPointer(start: numbers, count: count)) }
    withUnsafeMutableBufferPointer { $0.baseAddress?.update(from: numbers, count: count) }
  }
}

/// The weights and biases of one layer.
package struct LayerParameters: Equatable, Sendable {
  /// `wl`, one row for each unit.
  package var w: Parameter
  /// `bl`.
  package var b: Parameter

  /// Weights of that shape, biases at 0.
  package init(weights: Matrix, biases: Int) {
    w = Parameter(weights.elements, columns: weights.columns)
    b = Parameter(Array(repeating: 0, count: biases))
  }
}

extension LayerParameters {
  /// The parameters that a kind of quantity is, or is made from: the weights of `w`, `dw`, `uw` and their memory, else the biases.
  package subscript(kind: Quantity.Kind) -> Parameter {
    get { kind.extent == .weights ? w : b }
    set { if kind.extent == .weights { w = newValue } else { b = newValue } }
  }
}
