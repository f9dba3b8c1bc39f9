import Engine

/// How training stands at a place: what the remarks are found by, and what is shown beside them.
package struct Health: Sendable {
  /// What is trained, and on what.
  package let experiment: Experiment
  /// How many samples the figures are of: all, or evenly spaced ones where they are very many.
  package let samples: Int
  /// The figures of each layer.
  package let layers: [LayerHealth]
  /// The present score.
  package let score: ScoreCurve.Point
  /// The scores since the last change by hand, the first from before it took effect.
  let course: [ScoreCurve.Point]
  /// The largest loss over all samples that is known.
  let worstLoss: Double
  /// The iterations since the last change by hand.
  let iterations: Int

  /// What there is to remark, the likeliest reason first.
  package private(set) var remarks: [Noticed] = []

  /// A remark that is so.
  package struct Noticed: Sendable {
    /// Which one.
    package let remark: Remark
    /// What was found of it.
    package let finding: Remark.Finding
  }

  /// The likeliest in words, with its line to try: on two lines, and on one; none where nothing is to be remarked.
  package var likeliest: [[Text]] {
    remarks.prefix(1).map(\.finding).flatMap { finding -> [[Text]] in
      [["! \(finding.sentence)", "  try: \(finding.line)"], ["! \(finding.sentence); try: \(finding.line)"]]
    }
  }

  /// The work that the figures may take, samples times weights; the most samples and weights.
  static let most = (work: 4_000_000, samples: 2000, weights: 500_000)

  /// How training stands where a line of time is; nil where nothing can be trained, or it would take too long to say.
  package init?(_ timeline: Timeline) {
    guard let score = timeline.latestScore() else { return nil }
    let worst = timeline.scores.points.map(\.trained.loss).max() ?? score.trained.loss
    self.init(
      timeline.state, score, course: timeline.scoresSinceChange, worstLoss: worst,
      iterations: timeline.iterationsSinceChange)
  }

  /// How a future of a sweep stands at its end; nil where it would take too long to say.
  package init?(_ future: SweptFuture) {
    guard let score = future.score else { return nil }
    let worst = future.course.map(\.trained.loss).max() ?? score.trained.loss
    self.init(future.state, score, course: future.course, worstLoss: worst, iterations: future.iterations)
  }

  private init?(
    _ state: State, _ score: ScoreCurve.Point, course: [ScoreCurve.Point], worstLoss: Double, iterations: Int
  ) {
    let experiment = state.experiment
    guard experiment.network.parameterCount <= Health.most.weights else { return nil }
    let most = min(Health.most.samples, Health.most.work / max(experiment.network.parameterCount, 1))
    guard let before = state.overSamples(most: most) else { return nil }
    self.experiment = experiment
    self.score = score
    samples = before.batch.count
    let parameters = state.parameters
    layers = experiment.network.layers.indices.map { LayerHealth(before, $0 + 1, weights: parameters[$0]) }
    (self.course, self.worstLoss, self.iterations) = (course, worstLoss, iterations)
    remarks = Remark.all.compactMap { remark in remark.find(self).map { Noticed(remark: remark, finding: $0) } }
    // Where the loss blew up that is the rate's doing, and what became of units is what followed; but for the log of what is no
    // probability, which is no number at any rate.
    guard hasBlownUp else { return }
    let (misfits, others) = remarks.parted { $0.remark.name == Remark.logOfOutput }
    let (ofRate, rest) = others.parted { Remark.ofRate.contains($0.remark.name) }
    remarks = misfits + ofRate + rest
  }

  /// Whether the loss is ten times what it was at the last change by hand, or no number any more.
  var hasBlownUp: Bool {
    let now = score.trained.loss
    return !now.isFinite || course.first.map { now > 10 * $0.trained.loss } ?? false
  }

  /// What became of the training so far, as a sweep says it of each future; nil before an epoch is complete since the last
  /// change.
  package var fate: Fate? { epochs > 0 ? Fate(self) : nil }

  /// Whether so much is learned that nothing has to be said of what might keep it from learning.
  var hasLearned: Bool {
    score.trained.accuracy.map { $0 >= 0.95 } ?? false || score.trained.loss <= 0.1 * worstLoss
  }

  /// Whether the loss goes down no more: by less than a tenth in the second half of the epochs since the last change.
  var isStuck: Bool {
    guard epochs >= 5, let middle = course.last(where: { $0.iterations <= score.iterations - iterations / 2 }) else {
      return false
    }
    return score.trained.loss >= 0.9 * middle.trained.loss
  }

  /// The epochs since the last change by hand.
  var epochs: Int { iterations / max(experiment.batchesPerEpoch, 1) }

  /// The rate, and others by powers of ten, as they are typed.
  var rate: Double { experiment.network.optimizer.rate }

  /// `all 150 samples`, or `all of 500 samples` where only some were looked at.
  package var allSamples: Text {
    samples == experiment.data.count ? "all \(counted(samples, "sample"))" : "all of \(samples) samples looked at"
  }
}

/// The figures of a layer over all samples.
package struct LayerHealth: Sendable {
  /// The layer, from 1.
  package let number: Int
  /// How many units it has.
  package let units: Int
  /// The largest absolute weight.
  package let largestWeight: Double
  /// The root of the mean square of the weights.
  package let weights: Double
  /// The root of the mean square of δ, over units and samples.
  package let delta: Double
  /// The root of the mean square of the gradient by the weights.
  package let gradient: Double
  /// How much the next update would change the weights, as a share of their size.
  package let change: Double
  /// The units, from 1, whose derivative is 0 for every sample though they have no upper end to be stuck at.
  package let dead: [Int]
  /// The units, from 1, that every sample drives to the same end of their range.
  package let saturated: [Int]
  /// How many weights and biases are no finite numbers.
  package let nonFinite: Int

  /// A layer in an iteration over all samples; `weights` are those before its update.
  init(_ state: State, _ number: Int, weights before: LayerParameters) {
    self.number = number
    func values(_ kind: Quantity.Kind, _ sample: Int? = nil) -> [Double] {
      (try? state.value(of: Quantity(kind, number), sample: sample))?.elements ?? []
    }
    func size(_ numbers: [Double]) -> Double {
      numbers.isEmpty ? 0 : (numbers.reduce(0) { $0 + $1 * $1 } / Double(numbers.count)).squareRoot()
    }
    let layer = state.experiment.network.layers[number - 1]
    units = layer.units
    largestWeight = before.w.values.map(abs).max() ?? 0
    weights = size(before.w.values)
    nonFinite = (before.w.values + before.b.values).count { !$0.isFinite }
    gradient = size(values(.dw))
    change = weights > 0 ? size(values(.uw)) / weights : .nan
    var (squares, slopes) = (0.0, SlopesOfUnits(layer.activation, units: layer.units))
    for sample in state.batch.indices {
      for value in values(.delta, sample) { squares += value * value }
      slopes.add(net: values(.net, sample), a: values(.a, sample))
    }
    delta = (squares / Double(max(state.batch.count * layer.units, 1))).squareRoot()
    (dead, saturated) = (slopes.dead, slopes.saturated)
  }
}

/// The steepest that each unit of a layer is at any sample, and between what its activation lies.
private struct SlopesOfUnits {
  private let activation: ActivationChoice
  private var steepest: [Double]
  private var lowest: [Double]
  private var highest: [Double]

  init(_ activation: ActivationChoice, units: Int) {
    self.activation = activation
    steepest = Array(repeating: 0, count: units)
    lowest = Array(repeating: .infinity, count: units)
    highest = Array(repeating: -.infinity, count: units)
  }

  mutating func add(net: [Double], a: [Double]) {
    guard net.count == steepest.count, let slopes = activation.slopes(net: net, a: a) else { return }
    for unit in net.indices {
      let slope = abs(slopes[unit])
      // What is no number is no end that a unit is stuck at.
      steepest[unit] = slope.isNaN || steepest[unit].isNaN ? .nan : max(steepest[unit], slope)
      lowest[unit] = min(lowest[unit], a[unit])
      highest[unit] = max(highest[unit], a[unit])
    }
  }

  private var hasEnds: Bool { activation.rule.range.upperBound.isFinite && activation.rule.range.lowerBound.isFinite }

  /// Nothing comes back through them.
  var dead: [Int] {
    guard !hasEnds else { return [] }
    return steepest.indices.filter { steepest[$0] < 1e-9 && highest[$0] > -.infinity }.map { $0 + 1 }
  }

  /// At one end of the range for every sample: a hundredth of the steepest or less.
  var saturated: [Int] {
    guard hasEnds, highest.contains(where: { $0 > -.infinity }) else { return [] }
    let range = activation.rule.range.upperBound - activation.rule.range.lowerBound
    let most = 0.01 * abs(activation.derivative(net: 0, a: activation.value(0)))
    return steepest.indices.filter { steepest[$0] <= most && highest[$0] - lowest[$0] <= 0.02 * range }.map { $0 + 1 }
  }
}

extension [Health.Noticed] {
  /// Those of which something is so, and the others, each in their order.
  fileprivate func parted(by isSo: (Element) -> Bool) -> (Self, Self) { (filter(isSo), filter { !isSo($0) }) }
}
