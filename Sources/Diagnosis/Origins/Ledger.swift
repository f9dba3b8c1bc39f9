import Engine
import Notation

/// What is written down of a parameter's number on the way along the line of time. The looks are taken one after another,
/// and by nobody else.
final class Ledger {
  private let parameter: Quantity
  private let index: Int
  /// How many of the largest updates are kept.
  private let most: Int
  private let (change, gradient): (Quantity, Quantity)
  /// Where something was changed by hand, but for the start.
  private let later: ArraySlice<Timeline.Beginning>
  /// What the parameter's gradient is made of for each sample: δ, and what the layer reads; nil of a bias.
  private let (delta, input): (Quantity, Quantity?)
  private let (row, column): (Int, Int)
  private let isMean: Bool
  private var next: Int

  /// The number as it is after what was noted.
  @exclusivity(unchecked) private(set) var current: Double
  @exclusivity(unchecked) private(set) var byHand: [ParameterOrigin.ByHand] = []
  @exclusivity(unchecked) private(set) var shares: [ParameterOrigin.Share]
  @exclusivity(unchecked) private(set) var largest: [ParameterOrigin.Update] = []
  @exclusivity(unchecked) private(set) var updates = 0
  /// From one change made by hand to the next.
  let stretches: [ParameterOrigin.Stretch]

  /// A ledger of what happens to a number from its beginnings up to an iteration, counted from 0, which is not noted any more.
  init(
    _ element: Element, _ index: Int, _ beginnings: [Timeline.Beginning], upTo end: Int, on timeline: Timeline,
    keeping most: Int
  ) {
    parameter = element.quantity
    (self.index, self.most) = (index, most)
    let isWeight = parameter.kind == .w
    change = Quantity(parameter.kind.change ?? parameter.kind, parameter.layer)
    gradient = Quantity(parameter.kind.gradient ?? parameter.kind, parameter.layer)
    delta = Quantity(.delta, parameter.layer)
    input = !isWeight ? nil : parameter.layer == 1 ? Quantity(.x) : Quantity(.a, parameter.layer - 1)
    (row, column) = (element.row, element.column)
    later = beginnings.dropFirst()
    next = later.startIndex
    current = beginnings.first?.value ?? 0
    let state = timeline.state
    isMean = state.experiment.reduction == .mean
    stretches = ParameterOrigin.stretches(of: parameter, at: index, beginnings, upTo: end, in: state.experiment)
    // What nobody has a share in stands behind the samples.
    let isShared = stretches.contains { !$0.grouping.isTogether }
    let samples = isShared ? state.experiment.data.count : 0
    shares = (0..<samples).map { ParameterOrigin.Share(sample: $0) } + [ParameterOrigin.Share(sample: nil)]
  }

  /// What has to be computed on the way.
  var reads: Set<Quantity> { Set([change, gradient, delta] + (input.map { [$0] } ?? [])) }

  /// Notes an iteration's update: at its end, or where the line stands inside it.
  func note(_ place: Passing, isInside: Bool) {
    guard let now = place.stored(parameter, at: index) else { return }
    if isInside, now.bitPattern == current.bitPattern { return }
    let moved = place.stored(change, at: index) ?? 0
    let state = place.state
    let iteration = place.place.iteration
    let batch = state.pointee.batch
    updates += 1
    add(moved, place, batch)
    keep(moved, place, batch)
    let expected = current + moved
    current = now
    guard !isInside, next < later.endIndex, later[next].iteration == iteration + 1 else { return }
    // What was set by hand at the end of an iteration is on show there already.
    current = later[next].value
    if current.bitPattern != expected.bitPattern {
      byHand.append(
        .init(
          step: later[next].step, change: current - expected, isDrawn: later[next].isDrawn(parameter, at: index)))
    }
    next += 1
  }

  /// Keeps an update where it is one of the largest; of as large ones the first.
  private func keep(_ moved: Double, _ place: Passing, _ batch: [Int]) {
    guard largest.count < most || abs(moved) > abs(largest.last?.change ?? 0) else { return }
    var (low, high) = (0, largest.count)
    while low < high {
      let middle = (low + high) / 2
      if abs(largest[middle].change) < abs(moved) { high = middle } else { low = middle + 1 }
    }
    let update = ParameterOrigin.Update(
      iteration: place.place.iteration + 1, place: place.place, sample: batch.count == 1 ? batch[0] : nil,
      change: moved)
    largest.insert(update, at: low)
    if largest.count > most { largest.removeLast() }
  }

  private func add(_ moved: Double, _ place: Passing, _ batch: [Int]) {
    let stretch = stretches[next - 1]
    if stretch.isFrozen { return }
    switch stretch.grouping {
    case .together: count(moved, of: shares.count - 1, at: place.place)
    case .bySample where batch.count == 1: count(moved, of: batch[0], at: place.place)
    case .bySample:
      let rate = place.state.pointee.worked.optimizer.rate
      for (slot, sample) in batch.enumerated() {
        count(-rate * gradient(of: slot, place) / (isMean ? Double(batch.count) : 1), of: sample, at: place.place)
      }
    case .throughMomentum:
      guard let gradient = place.stored(gradient, at: index) else { return }
      let updates = stretch.endIteration - place.place.iteration
      count(
        -stretch.optimizer.rate * stretch.optimizer.momentumMakes(of: gradient, in: updates), of: batch.first ?? 0,
        at: place.place)
    }
  }

  /// A sample's own gradient: δ, of a weight times what it is multiplied with.
  private func gradient(of slot: Int, _ place: Passing) -> Double {
    guard let deltas = try? place.value(of: delta, sample: slot).elements else { return 0 }
    // A bias that a layer shares has the sum of all.
    guard let input else {
      return place.state.pointee.shape(of: parameter)?.rows == 1 ? deltas.reduce(0, +) : deltas[row]
    }
    return deltas[row] * ((try? place.value(of: input, sample: slot).elements[column]) ?? 0)
  }

  private func count(_ change: Double, of share: Int, at place: Place) {
    // Of a sample that is no longer there it is nobody's.
    shares[min(share, shares.count - 1)].count(change, at: place)
  }
}

extension Passing {
  /// A number where it lies, as far as it is computed.
  fileprivate func stored(_ quantity: Quantity, at index: Int) -> Double? {
    if let numbers = numbers(quantity) { return numbers[index] }
    return (try? state.pointee.partialValue(of: quantity))?.elements[index]
  }
}

extension OptimizerChoice {
  /// What comes of one gradient in so many updates, its own the first, without the rate: g · (1 + μ + μ² + …).
  fileprivate func momentumMakes(of gradient: Double, in updates: Int) -> Double {
    let momentum = self["momentum"] ?? 0
    return gradient * (shareInMomentum ?? 1) * (1 - power(momentum, Double(updates))) / (1 - momentum)
  }
}
