import Engine
import Notation

extension Panel {
  /// The network's output over the plane of its two inputs, or over the line of its one, with the samples.
  static let map = Panel(
    "map", "the output over the plane of two inputs or along one, with the samples",
    title: { scene in
      let subject = MapSubject(scene)
      return Title(mapHeading(scene, subject), remark: mapLegend(scene, subject))
    },
    applies: { mapObstacle($0) == nil },
    columns: { _ in Extent(24, 60) },
    rows: { scene, _ in
      scene.state.experiment.network.inputs == 1 ? Extent(5, 12, most: 20) : Extent(7, 16, most: 24)
    },
    draw: { scene, width, height in
      guard mapObstacle(scene) == nil, width > 12, height > 2 else { return Grid(width: width, height: height) }
      let plot = MapPlot(scene, width: width, height: height)
      var grid = scene.state.experiment.network.inputs == 1 ? plot.curve() : plot.plane()
      // Scrolled, it shows the next output: each is a line of its own for the keys.
      _ = grid.firstLine("map", scene, count: MapSubject.count(scene), rows: 1)
      return grid
    },
    missing: mapObstacle)

  /// Why there is no map, or nil.
  @Sendable private static func mapObstacle(_ scene: Scene) -> String? {
    let experiment = scene.state.experiment
    if let obstacle = experiment.obstacle { return obstacle }
    let inputs = experiment.network.inputs
    return inputs <= 2 ? nil : "a map is for networks with one or two inputs, this one has \(inputs)"
  }

  private static func mapHeading(_ scene: Scene, _ subject: MapSubject) -> String {
    let network = scene.state.experiment.network
    let last = "a\(network.layers.count)"
    switch subject {
    case .classes: return "\(scene.tongue("Map")): \(scene.tongue("class by")) \(last)"
    case .output(let output, _):
      return "\(scene.tongue("Map")): \(last)" + (network.outputs > 1 ? "[\(output + 1)]" : "")
    }
  }

  /// What the marks of the samples mean.
  private static func mapLegend(_ scene: Scene, _ subject: MapSubject) -> String {
    let data = scene.state.experiment.data
    switch subject {
    case .output(_, let middle):
      if data.inputCount == 1 { return "● y" }
      let (middle, isPlain) = (significant(middle, digits: 2), !scene.hasColours)
      return "\(isPlain ? "+ " : "")● y ≥ \(middle)   \(isPlain ? "- " : "")○ y < \(middle)"
    case .classes:
      guard data.targetCount <= 8 else { return "" }
      return (0..<data.targetCount).map { group in
        let name = group < data.targetNames.count ? data.targetNames[group] : "y[\(group + 1)]"
        return "\(MapSubject.letter(group, isCapital: true)) \(name)"
      }.joined(separator: "  ")
    }
  }
}
