import Engine
import Notation

extension Panel {
  /// The network's output, or the expression that `map` was given, over the plane of its two inputs, or over the line of
  /// its one, with the samples.
  package static let map = Panel(
    "map", "the output, or an expression, over the plane of two inputs or along one, with the samples",
    .side(.then(6), asking: .inOneColumn, companion: .host)
  ) { scene throws(Missing) in
    if let obstacle = MapSubject.obstacle(scene.state.experiment) { throw Missing(reason: obstacle) }
    let subject = Once { MapSubject(scene) }
    let isLine = scene.state.experiment.network.inputs == 1
    return Prepared(
      title: { Title(mapHeading(scene, subject.value), remark: mapLegend(scene, subject.value)) },
      columns: Room(24, 54), rows: isLine ? Room(5, 12, most: 20) : Room(7, 16, most: 24)
    ) { grid in
      guard grid.width > 12, grid.height > 2 else { return }
      if case .failed(let reason) = subject.value { return grid.remark(scene.tongue(reason)) }
      let plot = MapPlot(scene, subject.value, width: grid.width, height: grid.height)
      if isLine { plot.drawCurve(&grid) } else { plot.drawPlane(&grid) }
      // Scrolled, it shows the next output: each is a line of its own for the keys.
      _ = grid.firstLine("map", scene, count: MapSubject.count(scene), rows: 1)
    }
  }
  .with(Sign.ofMap)

  private static func mapHeading(_ scene: Scene, _ subject: MapSubject) -> String {
    let network = scene.state.experiment.network
    let (word, last) = (scene.tongue("Map"), "a\(network.layers.count)")
    let expression = (scene.mapped?.expression.pretty ?? "").clipped(to: 30)
    switch subject {
    case .classes: return "\(word): \(scene.tongue("class by")) \(last)"
    case .output(let output, _): return "\(word): \(last)" + (network.outputs > 1 ? "[\(output + 1)]" : "")
    case .expression(let values):
      guard let bounds = values.bounds else { return "\(word): \(expression)" }
      let digits = min(scene.tableDigits, 3)
      let (low, high) = (
        significant(bounds.lowerBound, digits: digits), significant(bounds.upperBound, digits: digits)
      )
      return "\(word): \(expression), \(low) … \(high)"
    case .failed: return "\(word): \(expression)"
    }
  }

  /// What the marks mean: of an expression, those of the map first, then those of the samples.
  private static func mapLegend(_ scene: Scene, _ subject: MapSubject) -> String {
    guard case .expression(let values) = subject else {
      return sampleLegend(scene, subject, withSigns: !scene.hasColours)
    }
    if scene.state.experiment.data.inputCount == 1 { return "" }
    let middle = significant(values.middle, digits: 2)
    let signs = scene.hasColours ? "" : "+ ≥ \(middle)   "
    return signs + sampleLegend(scene, MapSubject(outputsOf: scene), withSigns: false)
  }

  /// What the marks of the samples mean.
  private static func sampleLegend(_ scene: Scene, _ subject: MapSubject, withSigns: Bool) -> String {
    let data = scene.state.experiment.data
    switch subject {
    case .output(_, let middle):
      if data.inputCount == 1 { return "● y" }
      let middle = significant(middle, digits: 2)
      return "\(withSigns ? "+ " : "")● y ≥ \(middle)   \(withSigns ? "- " : "")○ y < \(middle)"
    case .classes:
      guard data.targetCount <= 8 else { return "" }
      return (0..<data.targetCount).map { group in
        let name = group < data.targetNames.count ? data.targetNames[group] : "y[\(group + 1)]"
        return "\(MapSubject.letter(group, isCapital: true)) \(name)"
      }.joined(separator: "  ")
    case .expression, .failed: return ""
    }
  }
}
