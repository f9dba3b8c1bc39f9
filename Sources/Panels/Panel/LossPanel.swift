import Engine
import Notation

extension Panel {
  /// The loss of every iteration so far as a curve, the place on it marked.
  static let loss = Panel(
    "loss", "the loss of every iteration so far, as a curve", .side(.then(3), companion: .modestGuest)
  ) { scene in
    let values = scene.losses.values
    let title = {
      let last = values.last.map { " " + significant($0, digits: scene.tableDigits) } ?? ""
      return Title(scene.tongue("Loss") + last)
    }
    return Prepared(title: title, columns: Room(20, 60), rows: CurvePlot.rows) { grid in
      let plot = CurvePlot(values, spacing: scene.losses.spacing, at: scene.state.place.iteration)
      if !plot.draw(into: &grid, tongue: scene.tongue) {
        grid.remark(values.isEmpty ? "no loss yet" : "no finite loss yet")
      }
    }
  }
}
