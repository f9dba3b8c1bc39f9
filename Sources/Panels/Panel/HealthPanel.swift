import Diagnosis
import Engine
import Notation

extension Panel {
  /// What there is to remark about the training, and each layer's figures.
  static let health = Panel(
    "health", "what is wrong with the training, with a line to try, and each layer's figures",
    .main(.then(10), asking: .always)
  ) { scene throws(Missing) in
    if let obstacle = scene.state.experiment.obstacle { throw Missing(reason: obstacle) }
    guard let health = scene.health else {
      throw Missing(reason: "the network or its data is too large to be looked at as a whole")
    }
    let title = {
      let count = health.remarks.count
      return Title(scene.tongue("Health"), remark: count == 0 ? "" : scene.tongue(counted(count, "remark")))
    }
    return Prepared(title: title, columns: Room(40, 78)) { width in
      let lines = healthLines(health, scene, width: width)
      return Fitted(lines: lines, of: "health", scene, rows: Room(3, lines.count)) { grid, line, row in
        grid.put(line.text, row: row, column: 1, style: line.style)
      }
    }
  }

  private struct HealthLine {
    let text: String
    var style = Style.plain
  }

  /// The remarks, each with a line to try, and the table.
  private static func healthLines(_ health: Health, _ scene: Scene, width: Int) -> [HealthLine] {
    let say = scene.tongue
    let room = max(width - 2, 1)
    var lines: [HealthLine] = []
    for finding in health.remarks.map(\.finding) {
      for (index, text) in say(finding.sentence).wrapped(to: max(room - 2, 1)).enumerated() {
        lines.append(HealthLine(text: (index == 0 ? "! " : "  ") + text, style: Style(.warning)))
      }
      lines.append(HealthLine(text: "  \(say("try")): \(finding.line)", style: Style(.key)))
    }
    if lines.isEmpty {
      lines = say("nothing that is known to keep a network from learning").wrapped(to: max(room - 2, 1)).enumerated()
        .map {
          HealthLine(text: ($0 == 0 ? "✓ " : "  ") + $1, style: Style(.good))
        }
    }
    lines.append(HealthLine(text: "\(say("figures over")) \(say(health.allSamples))", style: Style(.label)))
    let heading =
      "layer".padded(to: 6) + figures.map { $0.name.padded(to: $0.width, onTheRight: true) }.joined(separator: " ")
    lines.append(HealthLine(text: heading.clipped(to: room), style: Style(.label)))
    for layer in health.layers {
      let cells = figures.map { $0.text(layer, scene.tableDigits).padded(to: $0.width, onTheRight: true) }
      lines.append(
        HealthLine(text: (String(layer.number).padded(to: 6) + cells.joined(separator: " ")).clipped(to: room)))
    }
    return lines
  }

  /// A column of the table.
  private struct Figure: Sendable {
    let name: String
    let width: Int
    let text: @Sendable (LayerHealth, _ digits: Int) -> String
  }

  private static func number(
    _ name: String, _ value: @escaping @Sendable (LayerHealth) -> Double
  ) -> Figure {
    Figure(name: name, width: 10) { layer, digits in significant(value(layer), digits: min(digits, 4)) }
  }

  private static let figures: [Figure] = [
    number("max |w|") { $0.largestWeight }, number("rms w") { $0.weights }, number("rms δ") { $0.delta },
    number("rms ∂w") { $0.gradient }, number("Δw / w") { $0.change },
    Figure(name: "dead", width: 6) { layer, _ in "\(layer.dead.count)/\(layer.units)" },
    Figure(name: "at end", width: 7) { layer, _ in "\(layer.saturated.count)/\(layer.units)" },
  ]
}
