/// The weights or the biases of a layer, of eight futures, with what their update needs.
final class LaneParameter {
  /// Whether they are updated: whether they are there and not frozen.
  let isThere: Bool
  /// Whether they are, and the rule is w ← w − rate · ∂L/∂w in every lane.
  let isOfDescent: Bool
  /// What a gradient is multiplied by there: the rate, its sign turned.
  let factor: Lanes
  let values, gradient: UnsafeMutablePointer<Lanes>
  private let change: UnsafeMutablePointer<Lanes>
  private let count: Int
  /// The optimizer's memory, in the order of its table.
  private let memory: [UnsafeMutablePointer<Lanes>]
  /// The memory as a run of numbers each, as a rule of the table takes it.
  private let slots: UnsafeMutablePointer<UnsafeMutablePointer<Double>>
  private let descent: LaneDescent?
  private let rule: @Sendable (UpdateSpan, [Double]) -> Void
  private let settings: [Double]
  /// The names of the memory that the table has, and of what each lane's optimizer keeps of it.
  private let names: [String]
  private let kept: [[String]]
  /// How many updates the optimizer has made.
  private var updates = 0

  /// How many vectors so many numbers take.
  static func count(_ count: Int, _ optimizer: OptimizerChoice) -> Int { (3 + optimizer.rule.memory.count) * count }

  /// So many numbers, in a block that they take their part of, with the optimizer of each lane as it is for them.
  init(_ count: Int, isFrozen: Bool, _ choices: [OptimizerChoice], in block: inout UnsafeMutablePointer<Lanes>) {
    self.count = count
    isThere = count > 0 && !isFrozen
    let first = choices[0]
    isOfDescent = isThere && choices.allSatisfy(\.isPlainDescent)
    descent = LaneDescent.takesSettings(of: first) ? LaneDescent(choices) : nil
    factor = LaneDescent.lanes("rate", choices) * -1
    func take() -> UnsafeMutablePointer<Lanes> {
      defer { block += count }
      return block
    }
    (values, gradient, change) = (take(), take(), take())
    memory = first.rule.memory.map { _ in take() }
    slots = .allocate(capacity: max(memory.count, 1))
    // A rule that remembers nothing reads no slot.
    slots.initialize(repeating: Lanes.run(change), count: max(memory.count, 1))
    for (slot, numbers) in memory.enumerated() { slots[slot] = Lanes.run(numbers) }
    (rule, settings) = (first.rule.update, first.values)
    names = first.rule.memory.map(\.name)
    kept = (0..<Lanes.scalarCount).map { choices[$0 % choices.count].memory }
  }

  deinit { slots.deallocate() }

  // MARK: going in and out

  /// Takes over a future's.
  func load(_ parameter: Parameter, lane: Int) {
    for (index, value) in parameter.values.enumerated() { values[index][lane] = value }
    for (slot, name) in names.enumerated() {
      guard let place = kept[lane].firstIndex(of: name), parameter.memory.indices.contains(place) else { continue }
      for (index, value) in parameter.memory[place].enumerated() { memory[slot][index][lane] = value }
    }
    updates = parameter.updates
  }

  /// Notes in a future's what has become of it.
  func note(in parameter: inout Parameter, lane: Int) {
    guard isThere, updates > parameter.updates else { return }
    parameter.values = (0..<count).map { values[$0][lane] }
    parameter.memory = kept[lane].compactMap { name in
      names.firstIndex(of: name).map { slot in (0..<count).map { memory[slot][$0][lane] } }
    }
    parameter.version += updates - parameter.updates
    parameter.updates = updates
  }

  // MARK: updates

  /// Counts the update of a sample that has been made with its gradient.
  @inline(__always)
  func countUpdate() { updates = updates &+ 1 }

  /// w ← w + u, of the gradient.
  func update() {
    guard isThere else { return }
    countUpdate()
    if isOfDescent {
      for index in 0..<count { values[index] += gradient[index] * factor }
    } else if let descent {
      // None of its memory is read where it has no momentum.
      descent.update(values, gradient, memory[0], count, isFirst: updates == 1)
    } else {
      // All lanes as one run.
      rule(
        UpdateSpan(
          w: Lanes.run(values), g: Lanes.run(gradient), u: Lanes.run(change), slots: slots, offset: 0,
          length: count * Lanes.scalarCount, count: updates),
        settings)
      for index in 0..<count { values[index] += change[index] }
    }
  }

  /// The gradients of so many samples, of which there is the sum, as their mean.
  func average(over samples: Int) {
    let divisor = Double(samples)
    for index in 0..<count { gradient[index] /= divisor }
  }
}
