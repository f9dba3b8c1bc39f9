/// The update of eight futures: gradient descent, with settings of its own in each lane, or any other rule of the table where
/// the settings are the same in all.
struct LaneDescent {
  /// The optimizer of each lane.
  let choices: [OptimizerChoice]
  /// Whether each lane has settings of its own.
  private let isDescent: Bool
  private let (settings, settingsForBiases): ([Double], [Double])
  private let rate, momentum, dampening, decay, decayOfBiases, looksAhead, averages: Lanes
  private let (hasMomentum, hasDecay): (Bool, Bool)

  /// Whether the settings of an optimizer may differ from lane to lane.
  static func takesSettings(of optimizer: OptimizerChoice) -> Bool { optimizer.rule.name == Optimizer.all[0].name }

  init(_ choices: [OptimizerChoice]) {
    self.choices = choices
    isDescent = LaneDescent.takesSettings(of: choices[0])
    (settings, settingsForBiases) = (choices[0].values, choices[0].forBiases.values)
    func values(_ name: String, _ choices: [OptimizerChoice]) -> Lanes {
      var lanes = Lanes.zero
      for lane in 0..<Lanes.scalarCount { lanes[lane] = choices[lane % choices.count][name] ?? 0 }
      return lanes
    }
    rate = values("rate", choices)
    (momentum, dampening) = (values("momentum", choices), values("dampening", choices))
    (looksAhead, averages) = (values("nesterov", choices), values("average", choices))
    (decay, decayOfBiases) = (values("weight-decay", choices), values("weight-decay", choices.map(\.forBiases)))
    hasMomentum = momentum != .zero
    hasDecay = decay != .zero
  }

  /// Writes u and the new memory of a run of parameters, and adds u to them: the `count`th update.
  func update(
    _ w: UnsafeMutablePointer<Lanes>, _ g: UnsafeMutablePointer<Lanes>, _ u: UnsafeMutablePointer<Lanes>,
    _ memory: [UnsafeMutablePointer<Lanes>], _ length: Int, count: Int, isOfBiases: Bool
  ) {
    guard isDescent else {
      return updateAlike(w, g, u, memory, length, count: count, isOfBiases: isOfBiases)
    }
    let decay = isOfBiases ? decayOfBiases : decay
    // The rules' own lines, in each lane those that its settings call for.
    guard hasMomentum || hasDecay else {
      let step = -rate
      for index in 0..<length { w[index] += step * g[index] }
      return
    }
    let (decays, moves, ahead) = (decay .!= 0, momentum .!= 0, looksAhead .!= 0)
    let taken = count > 1 ? 1 - dampening : Lanes(repeating: 1)
    let share = taken.replacing(with: 1 - momentum, where: averages .!= 0)
    let m = memory[0]
    for index in 0..<length {
      let gradient = g[index].replacing(with: g[index] + decay * w[index], where: decays)
      var along = gradient
      if hasMomentum {
        m[index] = m[index].replacing(with: momentum * m[index] + share * gradient, where: moves)
        along = along.replacing(with: m[index], where: moves)
        along = along.replacing(with: gradient + momentum * m[index], where: ahead)
      }
      w[index] += -rate * along
    }
  }

  /// By the rule of the table, all lanes as one run.
  private func updateAlike(
    _ w: UnsafeMutablePointer<Lanes>, _ g: UnsafeMutablePointer<Lanes>, _ u: UnsafeMutablePointer<Lanes>,
    _ memory: [UnsafeMutablePointer<Lanes>], _ length: Int, count: Int, isOfBiases: Bool
  ) {
    let slots = memory.map { Lanes.run($0) }
    slots.withUnsafeBufferPointer { slots in
      // A rule that remembers nothing reads no slot.
      withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Double>.self, capacity: 1) { none in
        none.initialize(repeating: Lanes.run(u))
        guard let start = slots.baseAddress ?? UnsafePointer(none.baseAddress) else { return }
        choices[0].rule.update(
          UpdateSpan(
            w: Lanes.run(w), g: Lanes.run(g), u: Lanes.run(u), slots: start, offset: 0,
            length: length * Lanes.scalarCount, count: count),
          isOfBiases ? settingsForBiases : settings)
      }
    }
    for index in 0..<length { w[index] += u[index] }
  }
}
