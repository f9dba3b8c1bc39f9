import Engine
import Notation

extension Panel {
  /// The loss of every iteration so far as a curve, the place on it marked. With more than one sample it is that of all of
  /// them, in a band from the least to the largest of the batches, and that of the held-out ones.
  static let loss = Panel(
    "loss", "the loss so far as a curve: of the batches, of all samples, of those held out",
    .side(.then(3), companion: .modestGuest)
  ) { scene in
    let (values, end) = scene.losses.whole
    let lines = scene.hasManySamples ? scoreLines(scene) : []
    let title = {
      func text(_ value: Double) -> String { significant(value, digits: scene.tableDigits) }
      let say = scene.tongue
      guard scene.hasManySamples, let score = scene.score else {
        // What the loss is where one stands, not at the end of the curve.
        let here = (try? scene.state.value(of: Quantity(.loss)))?.scalar
        return Title(say("Loss") + (here.map { " " + text($0) } ?? ""))
      }
      let heldOut = score.holdoutLoss.map { "\(say("held out")) " + text($0) }
      let batch = try? scene.state.value(of: Quantity(.loss)).scalar.map { "\(say("batch loss")) " + text($0) }
      return Title(
        say("Loss") + " " + text(score.trained.loss),
        remark: [scene.scoreNotedBefore.map { "\(say("after iteration")) \($0)" }, heldOut, batch].compactMap(\.self)
          .joined(separator: ", "))
    }
    return Prepared(title: title, columns: Room(20, 60), rows: CurvePlot.rows) { grid in
      let plot = CurvePlot(
        values, spacing: scene.losses.spacing, end: end, at: scene.state.place.iteration, lines: lines,
        bandName: "batches",
        standing: scene.hasManySamples && scene.scoreNotedBefore == nil ? scene.score?.trained.loss : nil)
      if !plot.draw(into: &grid, tongue: scene.tongue) {
        grid.remark(values.isEmpty ? "no loss yet" : "no finite loss yet")
      }
    }
  }
  .with(Sign.ofPlot)

  /// The line of all samples and that of the held-out ones, by epochs.
  private static func scoreLines(_ scene: Scene) -> [CurvePlot.Line] {
    var points = scene.scores.points
    // The lines go to where one stands.
    if let here = scene.score, here.iterations > points.last?.iterations ?? 0 { points.append(here) }
    let all = CurvePlot.Line(
      name: "all samples", style: Style(.positive(3)), points: points.map { ($0.iterations, $0.trained.loss) })
    let heldOut = points.compactMap { point in point.holdoutLoss.map { (point.iterations, $0) } }
    return heldOut.isEmpty
      ? [all] : [all, CurvePlot.Line(name: "held out", style: Style(.negative(3)), points: heldOut)]
  }
}
