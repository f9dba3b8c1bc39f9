import Engine
import Notation

/// A curve over iterations, with its axes. Over more than two powers of ten, positive values are drawn by their logarithm.
/// Where lines go with it, it is the band behind them.
struct CurvePlot {
  /// A line beside the curve, of points that may lie any number of iterations apart.
  struct Line {
    /// What it is, for the row below.
    var name: Text
    var style: Style
    /// How many iterations were complete, and the value then.
    var points: [(iterations: Int, value: Double)]
  }

  /// The value of one of every so many iterations; what is not finite is a gap.
  private let values: [Double]
  private let spacing: Int
  /// The iteration of the last value, counted from 0.
  private let end: Int
  /// What stands at the two ends of the axis below.
  private let labels: ClosedRange<Int>
  /// The iteration, from 0, in which one stands; below 0 where that is nowhere on the curve.
  private let place: Int
  private let lines: [Line]
  /// What the curve is called where it is a band behind lines.
  private let bandName: Text
  /// The value that one stands at, where it is none of the curve's.
  private let standing: Double?
  private let low: Double
  private let high: Double
  private let isLogarithmic: Bool

  /// `end` is the iteration of the last value, where that is not one of every so many. The axis is labelled with the first
  /// iteration and the last, where nothing else is said.
  init(
    _ values: [Double], spacing: Int, end: Int? = nil, at place: Int, lines: [Line] = [], bandName: Text = "",
    standing: Double? = nil, labels: ClosedRange<Int>? = nil
  ) {
    self.values = values
    self.spacing = max(spacing, 1)
    self.end = end ?? Curve.iteration(ofIndex: max(values.count - 1, 0), spacing: max(spacing, 1))
    let first = Curve.iteration(ofIndex: 0, spacing: self.spacing)
    self.labels = labels ?? first + 1...max(first, self.end) + 1
    self.place = place
    self.lines = lines.filter { $0.points.contains { $0.value.isFinite } }
    self.bandName = bandName
    self.standing = standing?.isFinite == true ? standing : nil
    let finite = (values + self.lines.flatMap { $0.points.map(\.value) } + [standing ?? .nan]).filter(\.isFinite)
    low = finite.min() ?? .nan
    high = finite.max() ?? .nan
    isLogarithmic = low > 0 && high / low > 100
  }

  /// The rows that a curve takes.
  static let rows = Room(3, 8, most: 14)

  /// Draws the curve with the numbers at its axes; false where there is no finite value, or no room.
  func draw(into grid: inout Grid, tongue: Tongue) -> Bool {
    let (width, height) = (grid.width, grid.height)
    guard low.isFinite, !values.isEmpty, height > 1, width > 12 else { return false }
    let axis = AlignedNumbers([high, low], digits: 3)
    let labels = (axis.text(high), axis.text(low))
    let margin = min(max(labels.0.count, labels.1.count) + 2, width - 4)
    grid.put(labels.0, row: 0, endingBefore: margin - 1, style: Style(.label))
    if high > low { grid.put(labels.1, row: height - 2, endingBefore: margin - 1, style: Style(.label)) }
    grid.verticalLine(row: 0, column: margin - 1, length: height - 1)
    drawCurve(on: &grid, column: margin, width: width - margin - 1, height: height - 1)
    let (first, last) = (self.labels.lowerBound, self.labels.upperBound)
    let begin = grid.put(String(first), row: height - 1, column: margin, style: Style(.label))
    let room = width - 1 - (last > first ? String(last).count : 0)
    if last > first { grid.put(String(last), row: height - 1, endingBefore: width - 1, style: Style(.label)) }
    drawNames(on: &grid, row: height - 1, columns: begin + 1..<max(room - 1, begin + 1), tongue)
    return true
  }

  /// What is drawn how, as far as there is room: `log  ─ all samples  ─ held out  ░ batches`.
  private func drawNames(on grid: inout Grid, row: Int, columns: Range<Int>, _ tongue: Tongue) {
    var names: [(text: String, style: Style)] = isLogarithmic ? [(tongue("log"), Style(.muted))] : []
    names += lines.map { ("─ " + tongue($0.name), $0.style) }
    if !lines.isEmpty { names.append(("⣿ " + tongue(bandName), Style(.muted))) }
    func length(_ names: [(text: String, style: Style)]) -> Int {
      names.reduce(-2) { $0 + $1.text.displayWidth + 2 }
    }
    while let last = names.indices.last, length(names) > columns.count { names.remove(at: last) }
    var column = columns.lowerBound + (columns.count - length(names)) / 2
    for name in names { column = grid.put(name.text, row: row, column: column, style: name.style) + 2 }
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
    canvas.draw(on: &grid, row: 0, column: column, style: lines.isEmpty ? Style(.positive(2)) : Style(.muted))
    func index(_ iteration: Int) -> Int { iteration < end ? min(max(iteration, 0) / spacing, count - 1) : count - 1 }
    func across(_ iteration: Int) -> Int {
      self.column(of: index(iteration) * points / count, points, canvas)
    }
    for line in lines.reversed() { draw(line, on: &grid, column: column, like: canvas, across) }
    // The place: a mark on the curve, so that it is seen where in training one stands.
    let value = standing ?? values[index(place)]
    if place >= 0, value.isFinite {
      grid.put("●", row: dotRow(of: value, canvas) / 4, column: column + across(place) / 2, style: Style(.lit))
    }
  }

  /// Draws a line over the curve. Where it goes the curve gives way, so that it is seen.
  private func draw(_ line: Line, on grid: inout Grid, column: Int, like canvas: Braille, _ across: (Int) -> Int) {
    var own = Braille(width: canvas.width, height: canvas.height)
    var before: (x: Int, y: Int)?
    for point in line.points {
      guard point.value.isFinite else {
        before = nil
        continue
      }
      // What a number of iterations has come to is seen from where the last of them stands.
      let at = (x: across(point.iterations - 1), y: dotRow(of: point.value, canvas))
      own.line(from: before ?? at, to: at)
      before = at
    }
    own.draw(on: &grid, row: 0, column: column, style: line.style)
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
