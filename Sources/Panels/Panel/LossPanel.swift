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
    let values = scene.losses.values
    let plot = CurvePlot(values, spacing: scene.losses.spacing, at: scene.state.place.iteration)
    return plot.drawn(width: width, height: height, tongue: scene.tongue)
      ?? Grid.remark(values.isEmpty ? "no loss yet" : "no finite loss yet", width: width, height: height)
  }
}
