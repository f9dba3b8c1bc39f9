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
  private static let mostLooks = 16

  init(_ scene: Scene, _ scale: TimeScale) {
    self.scale = scale
    losses = scene.losses
    points = scene.hasManySamples && scene.scores.points.count > 1 ? scene.scores.points : []
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
      return bar(of: value, level: Int((share * Double(LossAlongTime.glyphs.count - 1)).rounded()))
    }
  }

  private func bar(of value: Double?, level: Int) -> Bar {
    guard let value else { return Bar(glyph: Glyph("·" as Character), style: Style(.muted)) }
    guard value.isFinite else { return Bar(glyph: Glyph("×" as Character), style: Style(.bad)) }
    return Bar(glyph: LossAlongTime.glyphs[min(max(level, 0), 7)], style: Style(.positive(2)))
  }

  /// The mean loss of some of the iterations that these steps lie in; nil where none is known.
  private func meanLoss(in steps: ClosedRange<Int>) -> Double? {
    guard let latest = losses.latest else { return nil }
    let first = scale.iteration(ofStep: steps.lowerBound)
    let last = min(scale.iteration(ofStep: steps.upperBound), latest.iteration)
    guard first <= latest.iteration else { return nil }
    let (from, to) = (first / losses.spacing, last / losses.spacing)
    let count = max(min(to - from + 1, LossAlongTime.mostLooks), 1)
    var sum = 0.0
    for look in 0..<count {
      let index = from + look * (to - from + 1) / count
      sum += (0..<losses.count).contains(index) ? losses[index] : latest.value
    }
    return sum / Double(count)
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
