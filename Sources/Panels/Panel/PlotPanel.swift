import Engine
import Notation

/// The curve of an expression over iterations.
public struct PlottedCurve: Equatable, Sendable {
  /// The expression.
  public var text: String
  /// Its value at the end of one of every so many iterations, those that `Curve` names; NaN where it has none.
  public var values: [Double]
  /// How many iterations lie between two values.
  public var spacing: Int

  /// A curve.
  public init(_ text: String, values: [Double], spacing: Int = 1) {
    self.text = text
    self.values = values
    self.spacing = spacing
  }

  /// The iteration, counted from 1, whose value stands at an index.
  public func iteration(_ index: Int) -> Int { Curve.iteration(ofIndex: index, spacing: spacing) + 1 }

  /// The curve as rows of text, the place in an iteration, counted from 0, marked; none where no value is finite.
  public func lines(width: Int, height: Int, at iteration: Int) -> [String] {
    CurvePlot(values, spacing: spacing, at: iteration).drawn(width: width, height: height, tongue: .english)?.lines
      ?? []
  }
}

extension Panel {
  /// The expression that `plot` was given last, as a curve, the place on it marked.
  static let plot = Panel(
    "plot", "the plotted expression over the iterations so far, as a curve",
    title: { scene in
      let last = scene.plot?.values.last { $0.isFinite }
      return Title(
        scene.tongue("Plot") + " " + (scene.plot?.text ?? "")
          + (last.map { " " + significant($0, digits: scene.tableDigits) } ?? ""))
    },
    applies: { $0.plot != nil },
    columns: { _ in Extent(20, 60) },
    rows: { _, _ in Extent(3, 8, most: 14) },
    draw: { scene, width, height in
      let plot = CurvePlot(
        scene.plot?.values ?? [], spacing: scene.plot?.spacing ?? 1, at: scene.state.place.iteration)
      return plot.drawn(width: width, height: height, tongue: scene.tongue)
        ?? Grid.remark("nothing to plot yet", width: width, height: height)
    })
}
