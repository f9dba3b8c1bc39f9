import Engine
import Notation

extension Panel {
  /// The loss of every iteration so far as a curve, the place on it marked.
  static let loss = Panel(
    "loss", "the loss of every iteration so far, as a curve",
    title: { scene in
      let last = scene.losses.values.last.map { " " + significant($0, digits: scene.tableDigits) } ?? ""
      return Title(scene.tongue("Loss") + last)
    },
    columns: { _ in Extent(20, 60) },
    rows: { _, _ in Extent(3, 8, most: 14) }, draw: drawLoss)

  @Sendable private static func drawLoss(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    let values = scene.losses.values
    let finite = values.filter(\.isFinite)
    guard let top = finite.max(), let bottom = finite.min(), height > 1, width > 12 else {
      let text = values.isEmpty ? "no loss yet" : "no finite loss yet"
      grid.put(text, row: 0, column: 1, style: Style(.muted), end: width)
      return grid
    }
    let plot = LossPlot(scene.losses, low: bottom, high: top, at: scene.state.place.iteration)
    let labels = (significant(top, digits: 3), significant(bottom, digits: 3))
    let margin = min(max(labels.0.count, labels.1.count) + 2, width - 4)
    grid.put(labels.0, row: 0, endingBefore: margin - 1, style: Style(.label))
    if top > bottom { grid.put(labels.1, row: height - 2, endingBefore: margin - 1, style: Style(.label)) }
    grid.verticalLine(row: 0, column: margin - 1, length: height - 1)
    plot.draw(on: &grid, row: 0, column: margin, width: width - margin - 1, height: height - 1)
    let last = (values.count - 1) * scene.losses.spacing + 1
    grid.put("1", row: height - 1, column: margin, style: Style(.label))
    let middle = plot.isLogarithmic ? scene.tongue("log") : ""
    grid.put(middle, row: height - 1, column: margin + (width - margin - 1) / 2, style: Style(.muted))
    if last > 1 { grid.put(String(last), row: height - 1, endingBefore: width - 1, style: Style(.label)) }
    return grid
  }
}

/// The curve itself. Over more than two powers of ten the losses are drawn by their logarithm.
private struct LossPlot {
  private let curve: Curve
  private let low: Double
  private let high: Double
  private let place: Int
  let isLogarithmic: Bool

  init(_ curve: Curve, low: Double, high: Double, at place: Int) {
    self.curve = curve
    self.place = place
    isLogarithmic = low > 0 && high / low > 100
    self.low = isLogarithmic ? logarithm(low) : low
    self.high = isLogarithmic ? logarithm(high) : high
  }

  func draw(on grid: inout Grid, row: Int, column: Int, width: Int, height: Int) {
    var canvas = Braille(width: width, height: height)
    let count = curve.values.count
    guard count > 0, canvas.dotsAcross > 1 else { return }
    // Few iterations: a dot each, joined by lines. Many: each column of dots shows the lowest and the highest of its
    // iterations, so that no spike is lost.
    let points = min(count, canvas.dotsAcross)
    var before: (x: Int, y: Int)?
    for point in 0..<points {
      let values = curve.values[(point * count / points)..<((point + 1) * count / points)].filter(\.isFinite)
      guard let first = values.first, let last = values.last, let least = values.min(), let most = values.max() else {
        before = nil
        continue
      }
      let x = self.column(of: point, points, canvas)
      if let before { canvas.line(from: before, to: (x, dotRow(of: first, canvas))) }
      canvas.line(from: (x, dotRow(of: most, canvas)), to: (x, dotRow(of: least, canvas)))
      before = (x, dotRow(of: last, canvas))
    }
    canvas.draw(on: &grid, row: row, column: column, style: Style(.positive(2)))
    // The place: a mark on the curve, so that it is seen where in training one stands.
    let index = min(place / curve.spacing, count - 1)
    let at = self.column(of: index * points / count, points, canvas)
    if curve.values[index].isFinite {
      grid.put("●", row: row + dotRow(of: curve.values[index], canvas) / 4, column: column + at / 2, style: Style(.lit))
    }
  }

  private func column(of point: Int, _ points: Int, _ canvas: Braille) -> Int {
    points > 1 ? point * (canvas.dotsAcross - 1) / (points - 1) : 0
  }

  private func dotRow(of value: Double, _ canvas: Braille) -> Int {
    let value = isLogarithmic ? logarithm(value) : value
    let share = high > low ? (value - low) / (high - low) : 1
    let most = Double(canvas.dotsDown - 1)
    return Int((most - share * most).rounded())
  }
}
