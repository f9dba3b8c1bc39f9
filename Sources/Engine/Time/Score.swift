/// How well weights do on some samples, all of them together.
package struct Score: Equatable, Sendable {
  /// How many samples there are.
  package let samples: Int
  /// The samples' losses, averaged or added as those of a batch are.
  package let loss: Double
  /// The share that comes out right, where targets are classes: one-hot, or 0 and 1, or −1 and 1, for one output. Else nil.
  package let accuracy: Double?
  /// The one class, counted from 0, that all samples are taken for though they are of several; nil where there is none.
  package let takenForAll: Int?
}

extension State {
  /// How well the present weights do on the samples to train on; nil where there are none, or they do not fit.
  package var score: Score? { known?.trained ?? score(experiment.data.inputs, experiment.data.targets) }

  /// How well they do on the held-out samples; nil where none are held out.
  package var holdoutScore: Score? {
    known?.heldOut ?? score(experiment.data.heldOut.inputs, experiment.data.heldOut.targets)
  }

  /// The loss over all samples to train on: to the bit that of a batch of all of them.
  var dataLoss: Double { score?.loss ?? .nan }

  /// The loss over the held-out samples; NaN where none are held out.
  var holdoutLoss: Double { holdoutScore?.loss ?? .nan }

  /// How well the present weights do on samples, given flat, their inputs as the network sees them.
  private func score(_ inputs: [Double], _ targets: [Double]) -> Score? {
    var tally = ScoreTally(data: experiment.data)
    count(inputs, targets, in: &tally) { true }
    return tally.score(experiment.reduction)
  }

  /// Counts how well they do on samples, from the first that is not counted yet, for as long as it `goesOn`.
  fileprivate func count(
    _ inputs: [Double], _ targets: [Double], in tally: inout ScoreTally, while goesOn: () -> Bool
  ) {
    let width = experiment.network.outputs
    guard experiment.obstacle == nil, width > 0, !targets.isEmpty else { return }
    eachBlock(of: inputs, with: targets, from: tally.samples) { block, _ in
      let outputs = block.layers[block.layerCount - 1].a
      for sample in 0..<block.samples {
        tally.add(
          loss: block.losses[sample], UnsafeBufferPointer(start: outputs + sample * width, count: width),
          UnsafeBufferPointer(start: block.y + sample * width, count: width))
      }
      return goesOn()
    }
  }
}

/// What is known of the present weights' score.
struct KnownScore: Sendable {
  let trained, heldOut: Score?
  let accuracy, holdoutAccuracy: Double
}

/// The score of the present weights at a place, as far as it has been taken: piece by piece, where samples are many.
struct Scoring: Sendable {
  /// Where it is taken.
  let place: Place
  private var trained, heldOut: ScoreTally

  init(at state: State) {
    place = state.place
    trained = ScoreTally(data: state.experiment.data)
    heldOut = trained
  }

  /// Goes on until the time has come; whether it is complete.
  mutating func goOn(in state: State, _ look: inout LookAtTheClock) -> Bool {
    let (data, others) = (state.experiment.data, state.experiment.data.heldOut)
    return count(data.inputs, data.targets, data.count, state, &trained, &look)
      && count(others.inputs, others.targets, others.count, state, &heldOut, &look)
  }

  private func count(
    _ inputs: [Double], _ targets: [Double], _ samples: Int, _ state: State, _ tally: inout ScoreTally,
    _ look: inout LookAtTheClock
  ) -> Bool {
    guard tally.samples < samples else { return true }
    var isDue = false
    state.count(inputs, targets, in: &tally) {
      isDue = look.isDue
      return !isDue
    }
    return !isDue
  }

  /// What it has come to.
  func known(in state: State) -> KnownScore {
    KnownScore(
      trained: trained.score(state.experiment.reduction), heldOut: heldOut.score(state.experiment.reduction),
      accuracy: trained.shareRight, holdoutAccuracy: heldOut.shareRight)
  }
}

/// The score of the samples so far.
private struct ScoreTally {
  private let (border, low): (Double, Double)
  private(set) var samples = 0
  private var total = 0.0
  private var right = 0
  private var areClasses = true
  /// The class that all are taken for so far, and that all are of.
  private var (taken, meant): (OneForAll, OneForAll) = (.none, .none)

  init(data: Dataset) { (border, low) = (data.border, data.isOfSigns ? -1 : 0) }

  /// What is the same of all.
  private enum OneForAll {
    case none, one(Int), several

    mutating func add(_ value: Int?) {
      switch (self, value) {
      case (.none, let value?): self = .one(value)
      case (.one(let before), let value?) where value == before: break
      default: self = .several
      }
    }
  }

  /// Counts a sample. One after another, so that the sum is that of a batch.
  mutating func add(loss: Double, _ output: UnsafeBufferPointer<Double>, _ target: UnsafeBufferPointer<Double>) {
    samples += 1
    total += loss
    let (isTakenFor, isOf) = (State.classOf(output, border), State.classOf(target, border))
    if isTakenFor != nil, isTakenFor == isOf { right += 1 }
    guard areClasses else { return }
    var ones = 0
    for value in target {
      if value == 1 { ones += 1 } else if value != low { areClasses = false }
    }
    if target.count > 1, ones != 1 { areClasses = false }
    taken.add(isTakenFor)
    meant.add(isOf)
  }

  /// The share of the samples that come out right, whatever their targets are; NaN of none.
  var shareRight: Double { samples > 0 ? Double(right) / Double(samples) : .nan }

  func score(_ reduction: Reduction) -> Score? {
    guard samples > 0 else { return nil }
    var one: Int?
    if areClasses, case .one(let number) = taken, case .several = meant { one = number }
    return Score(
      samples: samples, loss: reduction == .mean ? total / Double(samples) : total,
      accuracy: areClasses ? Double(right) / Double(samples) : nil, takenForAll: one)
  }
}
