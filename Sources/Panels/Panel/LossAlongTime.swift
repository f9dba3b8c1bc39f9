import Engine
import Notation

/// The loss along a line of time in one row of bars. It costs what the row is wide, however long the line.
struct LossAlongTime {
  /// A bar, or what stands where there is none.
  struct Bar {
    let glyph: Glyph
    let style: Style
  }

  private let scale: TimeScale
  private let losses: Curve
  /// The loss over all samples at the ends of epochs, where there are several; else the iterations' own is drawn.
  private let points: [ScoreCurve.Point]

  /// The bars from the lowest loss to the highest.
  private static let glyphs = "▁▂▃▄▅▆▇█".map { Glyph($0) }
  /// The share of the loss that the bars go through at least, from the lowest to the highest.
  private static let leastSpan = 0.1
  /// At most so many iterations are looked at for a column.
  private static let mostLooks = 64
  /// The iterations of an epoch.
  private let epoch: Int
  /// The loss of a batch says as much of its samples as of the training, so that each bar is the mean of at least so many
  /// iterations, as far as an epoch has them.
  private static let leastMean = 16

  init(_ scene: Scene, _ scale: TimeScale) {
    self.scale = scale
    losses = scene.losses
    points = scene.hasManySamples && scene.scores.points.count > 1 ? scene.scores.points : []
    epoch = max(scene.state.experiment.batchesPerEpoch, 1)
  }

  /// A bar for each column.
  func bars(along axis: TimeAxis) -> [Bar] {
    let values = points.isEmpty ? axis.columns.map { meanLoss(in: axis.steps(at: $0)) } : scores(along: axis)
    let finite = values.compactMap(\.self).filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return values.map { bar(of: $0, level: 0) } }
    let isLogarithmic = low > 0 && high / low > 100
    // By halves, so that the difference of two large values does not overflow.
    func half(_ value: Double) -> Double { (isLogarithmic ? logarithm(value) : value) / 2 }
    let middle = (half(high) + half(low)) / 2
    // What hardly moves lies flat, and is not drawn as mountains.
    let flat = isLogarithmic ? 0 : LossAlongTime.leastSpan * max(abs(half(high)), abs(half(low)))
    let span = max(half(high) - half(low), flat)
    return values.map { value in
      guard let value, value.isFinite else { return bar(of: value, level: 0) }
      let share = span > 0 ? (half(value) - middle) / span + 0.5 : 0.5
      // What rounding leaves of what is flat makes no step of it, where that lies between two bars.
      return bar(of: value, level: Int((share * Double(LossAlongTime.glyphs.count - 1) + 1e-6).rounded()))
    }
  }

  private func bar(of value: Double?, level: Int) -> Bar {
    guard let value else { return Bar(glyph: Glyph("·" as Character), style: Style(.muted)) }
    guard value.isFinite else { return Bar(glyph: Glyph("×" as Character), style: Style(.bad)) }
    return Bar(glyph: LossAlongTime.glyphs[min(max(level, 0), 7)], style: Style(.positive(2)))
  }

  /// The mean loss of some of the iterations that these steps lie in and are among; nil where none is known.
  private func meanLoss(in steps: ClosedRange<Int>) -> Double? {
    guard let latest = losses.latest else { return nil }
    let first = scale.iteration(ofStep: steps.lowerBound)
    guard first <= latest.iteration else { return nil }
    let around = widened(first...max(min(scale.iteration(ofStep: steps.upperBound), latest.iteration), first))
    let (from, to) = (around.lowerBound / losses.spacing, around.upperBound / losses.spacing)
    // Neighbours look at the same ones as far as they share them: else each would have a mean of its own.
    let apart = (to - from) / LossAlongTime.mostLooks + 1
    var (sum, looks) = (0.0, 0.0)
    for index in stride(from: (from + apart - 1) / apart * apart, through: to, by: apart) {
      sum += (0..<losses.count).contains(index) ? losses[index] : latest.value
      looks += 1
    }
    return sum / looks
  }

  /// Some iterations with those around them: a whole epoch, or while that is not over a part of what is known, so that a
  /// loss that falls is seen to.
  private func widened(_ iterations: ClosedRange<Int>) -> ClosedRange<Int> {
    let known = (losses.latest?.iteration ?? 0) + 1
    let length = min(epoch, known, max(LossAlongTime.leastMean, known / 4))
    guard iterations.count < length else { return iterations }
    let middle = (iterations.lowerBound + iterations.upperBound + 1 - length) / 2
    let first = min(max(middle, 0), known - length)
    return first...first + length - 1
  }

  /// The loss over all samples in each column, on the straight line between the two epochs' ends around it.
  private func scores(along axis: TimeAxis) -> [Double?] {
    var next = 0
    return axis.columns.map { column in
      let iterations = scale.iteration(ofStep: axis.steps(at: column).upperBound) + 1
      while next + 1 < points.count, points[next + 1].iterations <= iterations { next += 1 }
      let (loss, begun) = (points[next].trained.loss, points[next].iterations)
      guard next + 1 < points.count, iterations > begun else { return loss }
      let after = points[next + 1]
      let share = Double(iterations - begun) / Double(after.iterations - begun)
      return loss * (1 - share) + after.trained.loss * share
    }
  }
}
