/// Gradient descent of eight futures, with settings of its own in each lane.
struct LaneDescent {
  private let rate, momentum, dampening, decay, looksAhead, averages: Lanes
  private let (hasMomentum, hasDecay): (Bool, Bool)

  /// Whether the settings of an optimizer may differ from lane to lane.
  static func takesSettings(of optimizer: OptimizerChoice) -> Bool { optimizer.rule.name == Optimizer.all[0].name }

  /// A setting of each lane's optimizer.
  static func lanes(_ name: String, _ choices: [OptimizerChoice]) -> Lanes {
    var lanes = Lanes.zero
    for lane in 0..<Lanes.scalarCount { lanes[lane] = choices[lane % choices.count][name] ?? 0 }
    return lanes
  }

  init(_ choices: [OptimizerChoice]) {
    func lanes(_ name: String) -> Lanes { LaneDescent.lanes(name, choices) }
    rate = lanes("rate")
    (momentum, dampening) = (lanes("momentum"), lanes("dampening"))
    (looksAhead, averages) = (lanes("nesterov"), lanes("average"))
    decay = lanes("weight-decay")
    hasMomentum = momentum != .zero
    hasDecay = decay != .zero
  }

  /// Writes the new momentum of a run of parameters, and adds their change to them. The rules' own lines, in each lane those
  /// that its settings call for.
  func update(
    _ w: UnsafeMutablePointer<Lanes>, _ g: UnsafeMutablePointer<Lanes>, _ m: UnsafeMutablePointer<Lanes>, _ count: Int,
    isFirst: Bool
  ) {
    let (decays, moves, ahead) = (decay .!= 0, momentum .!= 0, looksAhead .!= 0)
    let taken = isFirst ? Lanes(repeating: 1) : 1 - dampening
    let share = taken.replacing(with: 1 - momentum, where: averages .!= 0)
    // Not `-rate`, which of a vector is 0 − rate.
    let step = rate * -1
    for index in 0..<count {
      var gradient = g[index]
      if hasDecay { gradient = gradient.replacing(with: gradient + decay * w[index], where: decays) }
      var along = gradient
      if hasMomentum {
        m[index] = m[index].replacing(with: momentum * m[index] + share * gradient, where: moves)
        along = along.replacing(with: m[index], where: moves)
        along = along.replacing(with: gradient + momentum * m[index], where: ahead)
      }
      w[index] += step * along
    }
  }
}
