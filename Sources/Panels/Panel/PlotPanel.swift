import Engine
import Notation

/// The curve of an expression over iterations.
package struct PlottedCurve: Equatable, Sendable {
  /// The expression.
  package var text: String
  /// Its value at the end of one of every so many iterations, those that `Curve` names; NaN where it has none.
  package var values: [Double]
  /// How many iterations lie between two values.
  package var spacing: Int
  /// The iteration, counted from 0, of the last value, where that is none of those.
  package var end: Int?

  /// A curve.
  package init(_ text: String, values: [Double], spacing: Int = 1, end: Int? = nil) {
    self.text = text
    self.values = values
    self.spacing = spacing
    self.end = end
  }

  /// The iteration, counted from 1, whose value stands at an index.
  package func iteration(_ index: Int) -> Int {
    let isLast = index == values.count - 1
    return (isLast ? end : nil).map { $0 + 1 } ?? Curve.iteration(ofIndex: index, spacing: spacing) + 1
  }

  /// The curve as rows of text, the place in an iteration, counted from 0, marked; none where no value is finite.
  package func lines(width: Int, height: Int, at iteration: Int) -> [String] {
    var grid = Grid(width: width, height: height)
    let isDrawn = CurvePlot(values, spacing: spacing, end: end, at: iteration).draw(into: &grid, tongue: .english)
    return isDrawn ? grid.lines : []
  }

  /// The same of values at some steps, the place marked where it is between the first and the last of them.
  package func lines(width: Int, height: Int, atStep step: Int, of steps: [Int]) -> [String] {
    guard let first = steps.first, let last = steps.last else { return [] }
    var grid = Grid(width: width, height: height)
    let place = step < first || step > last ? nil : steps.lastIndex { $0 <= step }
    let plot = CurvePlot(values, spacing: 1, at: place ?? -1, labels: first...max(first, last))
    return plot.draw(into: &grid, tongue: .english) ? grid.lines : []
  }
}

extension Panel {
  /// The expression that `plot` was given last, as a curve, the place on it marked.
  package static let plot = Panel(
    "plot", "the plotted expression over the iterations so far, as a curve",
    .side(.then(2), companion: .modestGuest)
  ) { scene throws(Missing) in
    guard let curve = scene.plot else { throw Missing(reason: "nothing is plotted; plot an expression: plot loss") }
    let title = {
      let last = curve.values.last { $0.isFinite }.map { " " + significant($0, digits: scene.tableDigits) } ?? ""
      return Title(scene.tongue("Plot") + " " + curve.text + last)
    }
    return Prepared(title: title, columns: Room(20, 60), rows: CurvePlot.rows) { grid in
      let plot = CurvePlot(curve.values, spacing: curve.spacing, end: curve.end, at: scene.state.place.iteration)
      if !plot.draw(into: &grid, tongue: scene.tongue) { grid.remark("nothing to plot yet") }
    }
  }
  .with(Sign.ofPlot)
}
