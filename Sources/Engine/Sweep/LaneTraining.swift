// Which futures go side by side, and how long.
extension FutureTraining {
  /// Futures in groups that are trained together, by their places in a list: side by side where they may be, else each alone.
  package func groups(of futures: [[Setting]]) -> [[Int]] {
    guard FutureTraining.goesInLanes(origin.experiment) else { return futures.indices.map { [$0] } }
    let differ = LaneDescent.takesSettings(of: origin.experiment.network.optimizer)
    var open: [String: [Int]] = [:]
    var groups: [[Int]] = []
    for (index, settings) in futures.enumerated() {
      // What takes other samples, or is no number of a lane, parts them.
      let key = settings.filter { !$0.hyperparameter.isSeed && (!differ || $0.hyperparameter.isBatch) }
        .map { "\($0.hyperparameter.name)=\($0.value)" }.joined(separator: " ")
      open[key, default: []].append(index)
      if let group = open[key], group.count == LaneWorkspace.lanes {
        groups.append(group)
        open[key] = nil
      }
    }
    let rest = open.values.sorted { $0[0] < $1[0] }
    let fewest = FutureTraining.fewestInLanes(origin.experiment.network.parameterCount)
    return groups + rest.flatMap { $0.count >= fewest ? [$0] : $0.map { [$0] } }
  }

  /// The most weights and biases of a network whose futures go side by side: of more, each has vectors enough of its own.
  static let mostInLanes = 1500

  /// The fewest futures of a network with so many weights and biases that take less time side by side than one after another,
  /// where its own units fill a part of each vector: as measured.
  static func fewestInLanes(_ parameterCount: Int) -> Int {
    switch parameterCount {
    case ..<20: 2
    case ..<150: 4
    case ..<700: 6
    default: LaneWorkspace.lanes
    }
  }

  /// Whether futures of an experiment may go side by side: a network as the tables have it, whose loss is finite as long as its
  /// outputs are of a reasonable size.
  static func goesInLanes(_ experiment: Experiment) -> Bool {
    let network = experiment.network
    guard experiment.obstacle == nil, network.alterations.isEmpty, network.loss.rule.source == nil,
      network.parameterCount <= mostInLanes, let last = network.layers.last
    else { return false }
    let hidden = network.layers.dropLast()
    guard hidden.allSatisfy({ !$0.hasFullJacobian }), !last.hasFullJacobian || network.closedForm != nil else {
      return false
    }
    guard network.closedForm != nil || !network.loss.rule.targets.zeroWins else { return false }
    return experiment.data.targets.allSatisfy { abs($0) < LaneWorkspace.soundSize }
  }

  /// Trains futures that may go together; nil where it is stopped. It is told the share of it that is done.
  package func train(
    _ futures: [[Setting]], isStopped: () -> Bool = { false }, passing: (_ share: Double) -> Void = { _ in }
  ) -> [SweptFuture]? {
    var found: [SweptFuture?] = Array(repeating: nil, count: futures.count)
    if futures.count > 1 {
      guard let together = trainTogether(futures, isStopped: isStopped, passing: passing) else { return nil }
      found = together
    }
    for index in futures.indices where found[index] == nil {
      let share = { (share: Double) in if futures.count == 1 { passing(share) } }
      guard let alone = train(futures[index], isStopped: isStopped, passing: share) else { return nil }
      found[index] = alone
    }
    return found.compactMap { $0 }
  }

  /// Trains futures side by side; nil where it is stopped, and nil of those whose loss may not have been finite all the way.
  private func trainTogether(
    _ futures: [[Setting]], isStopped: () -> Bool, passing: (_ share: Double) -> Void
  ) -> [SweptFuture?]? {
    let lines = futures.prefix(LaneWorkspace.lanes).map(beginning)
    let first = lines[0]
    let experiments = (0..<LaneWorkspace.lanes).map { lines[$0 % lines.count].experiment }
    let workspace = LaneWorkspace(experiments)
    let begun = lines.map { $0.state.parameters }
    guard !isStopped() else { return nil }
    for lane in 0..<LaneWorkspace.lanes { workspace.load(begun[lane % lines.count], lane: lane) }
    let start = first.state.completedIterations
    let end = first.place(count, on: stride).iteration + 1
    let schedule = first.state.schedule
    var samples = LaneSamples(first.experiment.data, schedule)
    var courses = Array(repeating: [ScoreCurve.Point](), count: lines.count)
    /// Takes the scores; false where it is stopped.
    func look(after iterations: Int) -> Bool {
      guard let scores = workspace.scores(first.experiment, isStopped) else { return false }
      for lane in lines.indices {
        guard let score = scores[lane] else { continue }
        courses[lane].append(ScoreCurve.Point(iterations: iterations, trained: score, holdoutLoss: nil))
      }
      return true
    }
    guard look(after: start) else { return nil }
    var iteration = start
    for goal in FutureTraining.looks(from: start, to: end, schedule) {
      guard samples.learn(iteration..<goal, workspace, isStopped) else { return nil }
      iteration = goal
      passing(Double(goal - start) / Double(max(end - start, 1)))
      guard look(after: goal) else { return nil }
    }
    return lines.indices.map { lane in
      guard workspace.isSound(lane: lane) else { return nil }
      let state = State(
        lines[lane].experiment, workspace.parameters(lane: lane, after: begun[lane]), iteration: end, stepsBefore: 0,
        schedule: lines[lane].state.schedule, program: lines[lane].state.$program, later: true)
      return SweptFuture(iterations: end - start, course: courses[lane], state: state)
    }
  }
}

/// The samples of iterations, one after another, for futures that go side by side.
private struct LaneSamples {
  private let data: Dataset
  private let schedule: Schedule
  private var permutation: [Int]?
  private var permutationEpoch = -1
  /// So many samples more until it is asked whether to stop, and how many in between: a few thousandths of a second.
  private var left: Int
  private let interval: Int

  init(_ data: Dataset, _ schedule: Schedule) {
    (self.data, self.schedule) = (data, schedule)
    interval = LaneWorkspace.samplesBetweenLooks
    left = interval
  }

  /// Takes iterations; false where it is stopped.
  mutating func learn(_ iterations: Range<Int>, _ workspace: LaneWorkspace, _ isStopped: () -> Bool) -> Bool {
    let (inputs, targets) = data.trained
    return inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        guard let inputs = inputs.baseAddress, let targets = targets.baseAddress else { return true }
        var iteration = iterations.lowerBound
        while iteration < iterations.upperBound {
          orderSamples(ofEpochAt: iteration)
          let samples = schedule.positions(iteration).lowerBound..<schedule.samples
          let taken = learn(
            samples, atMost: iterations.upperBound - iteration, inputs, targets, workspace, isStopped)
          guard let taken else { return false }
          iteration += taken
        }
        return true
      }
    }
  }

  /// Puts the samples of an iteration's epoch in order.
  private mutating func orderSamples(ofEpochAt iteration: Int) {
    guard schedule.order != .sequential else { return }
    let epoch = schedule.epoch(of: iteration)
    if epoch != permutationEpoch {
      schedule.permute(&permutation, epoch: epoch)
      permutationEpoch = epoch
    }
  }

  /// Takes what is left of an epoch, or so many iterations of it, and gives how many; nil where it is stopped.
  private mutating func learn(
    _ positions: Range<Int>, atMost most: Int, _ inputs: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ workspace: LaneWorkspace, _ isStopped: () -> Bool
  ) -> Int? {
    let (order, inputCount, targetCount) = (permutation, data.inputCount, data.targetCount)
    var (iterations, begin) = (0, positions.lowerBound)
    while iterations < most, begin < positions.upperBound {
      let end = min(begin + schedule.batchSize, positions.upperBound)
      let isOnly = end - begin == 1
      for position in begin..<end {
        left -= 1
        if left <= 0 {
          left = interval
          if isStopped() { return nil }
        }
        let sample = order?[position] ?? position
        workspace.learn(
          inputs + sample * inputCount, targets + sample * targetCount, isOnly: isOnly, isFirst: position == begin)
      }
      if !isOnly { workspace.update(samples: end - begin) }
      iterations += 1
      begin = end
    }
    return iterations
  }
}

extension LaneWorkspace {
  /// So many samples are taken until it is asked whether to stop: a few thousandths of a second, if not less.
  static let samplesBetweenLooks = 512

  /// The score of each lane over all samples; nil where it is stopped.
  func scores(_ experiment: Experiment, _ isStopped: () -> Bool) -> [Score?]? {
    let data = experiment.data
    guard let last = outputs else { return nil }
    let (units, closedForm) = (network.outputs, network.closedForm)
    let divisor = network.loss.rule.divisor(Double(units))
    var tallies = Array(repeating: ScoreTally(data: data), count: LaneWorkspace.lanes)
    let (inputs, targets) = (data.inputs, data.targets)
    let isDone = inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * units) { room -> Bool in
          guard let x = inputs.baseAddress, let y = targets.baseAddress, let a = room.baseAddress else { return true }
          a.initialize(repeating: 0, count: 2 * units)
          let net = a + units
          for sample in 0..<data.count {
            if sample % LaneWorkspace.samplesBetweenLooks == LaneWorkspace.samplesBetweenLooks - 1, isStopped() {
              return false
            }
            forward(x + sample * data.inputCount)
            let target = y + sample * units
            for lane in 0..<LaneWorkspace.lanes {
              for k in 0..<units { (a[k], net[k]) = (last.a[k][lane], last.net[k][lane]) }
              let terms =
                closedForm.map { $0.sum(net, target, units) }
                ?? network.loss.rule.sum(target, a, units, network.loss.values)
              tallies[lane].add(
                loss: terms / divisor, UnsafeBufferPointer(start: a, count: units),
                UnsafeBufferPointer(start: target, count: units))
            }
          }
          return true
        }
      }
    }
    return isDone ? tallies.map { $0.score(experiment.reduction) } : nil
  }
}
