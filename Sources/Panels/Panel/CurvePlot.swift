import Engine
import Notation

/// A curve over iterations, with its axes. Over more than two powers of ten, positive values are drawn by their logarithm.
struct CurvePlot {
  /// The value of one of every so many iterations; what is not finite is a gap.
  private let values: [Double]
  private let spacing: Int
  /// The iteration, from 0, in which one stands.
  private let place: Int
  private let low: Double
  private let high: Double
  private let isLogarithmic: Bool

  init(_ values: [Double], spacing: Int, at place: Int) {
    self.values = values
    self.spacing = max(spacing, 1)
    self.place = place
    let finite = values.filter(\.isFinite)
    low = finite.min() ?? .nan
    high = finite.max() ?? .nan
    isLogarithmic = low > 0 && high / low > 100
  }

  /// The rows that a curve takes.
  static let rows = Room(3, 8, most: 14)

  /// Draws the curve with the numbers at its axes; false where there is no finite value, or no room.
  func draw(into grid: inout Grid, tongue: Tongue) -> Bool {
    let (width, height) = (grid.width, grid.height)
    guard low.isFinite, height > 1, width > 12 else { return false }
    let labels = (significant(high, digits: 3), significant(low, digits: 3))
    let margin = min(max(labels.0.count, labels.1.count) + 2, width - 4)
    grid.put(labels.0, row: 0, endingBefore: margin - 1, style: Style(.label))
    if high > low { grid.put(labels.1, row: height - 2, endingBefore: margin - 1, style: Style(.label)) }
    grid.verticalLine(row: 0, column: margin - 1, length: height - 1)
    drawCurve(on: &grid, column: margin, width: width - margin - 1, height: height - 1)
    let first = Curve.iteration(ofIndex: 0, spacing: spacing) + 1
    let last = Curve.iteration(ofIndex: max(values.count - 1, 0), spacing: spacing) + 1
    grid.put(String(first), row: height - 1, column: margin, style: Style(.label))
    let middle = isLogarithmic ? tongue("log") : ""
    grid.put(middle, row: height - 1, column: margin + (width - margin - 1) / 2, style: Style(.muted))
    if last > first { grid.put(String(last), row: height - 1, endingBefore: width - 1, style: Style(.label)) }
    return true
  }

  private func drawCurve(on grid: inout Grid, column: Int, width: Int, height: Int) {
    var canvas = Braille(width: width, height: height)
    let count = values.count
    guard count > 0, canvas.dotsAcross > 1 else { return }
    // Few iterations: a dot each, joined by lines. Many: each column of dots shows the lowest and the highest of its
    // iterations, so that no spike is lost.
    let points = min(count, canvas.dotsAcross)
    var before: (x: Int, y: Int)?
    for point in 0..<points {
      let values = values[(point * count / points)..<((point + 1) * count / points)].filter(\.isFinite)
      guard let first = values.first, let last = values.last, let least = values.min(), let most = values.max() else {
        before = nil
        continue
      }
      let x = self.column(of: point, points, canvas)
      if let before { canvas.line(from: before, to: (x, dotRow(of: first, canvas))) }
      canvas.line(from: (x, dotRow(of: most, canvas)), to: (x, dotRow(of: least, canvas)))
      before = (x, dotRow(of: last, canvas))
    }
    canvas.draw(on: &grid, row: 0, column: column, style: Style(.positive(2)))
    // The place: a mark on the curve, so that it is seen where in training one stands.
    let index = min(place / spacing, count - 1)
    let at = self.column(of: index * points / count, points, canvas)
    if values[index].isFinite {
      grid.put("●", row: dotRow(of: values[index], canvas) / 4, column: column + at / 2, style: Style(.lit))
    }
  }

  private func column(of point: Int, _ points: Int, _ canvas: Braille) -> Int {
    points > 1 ? point * (canvas.dotsAcross - 1) / (points - 1) : 0
  }

  private func dotRow(of value: Double, _ canvas: Braille) -> Int {
    // By halves, so that the difference of two large values does not overflow.
    func half(_ value: Double) -> Double { (isLogarithmic ? logarithm(value) : value) / 2 }
    let span = half(high) - half(low)
    let share = span > 0 ? (half(value) - half(low)) / span : 1
    let most = Double(canvas.dotsDown - 1)
    return Int((most - share * most).rounded())
  }
}

extension Grid {
  /// One sentence where there is nothing to draw.
  mutating func remark(_ text: String) { put(text, row: 0, column: 1, style: Style(.muted)) }
}
