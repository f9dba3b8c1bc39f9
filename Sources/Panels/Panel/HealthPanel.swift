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
  .with(Sign.ofHealth)

  private struct HealthLine {
    let text: String
    var style = Style.plain
  }

  /// The remarks, each with a line to try, what became of it so far, and the table.
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
    if let fate = health.fate {
      let words: Text = "so far, as a sweep would call it: \(fate.name), \(fate.meaning)"
      for (index, text) in say(words).wrapped(to: max(room - 2, 1)).enumerated() {
        lines.append(HealthLine(text: (index == 0 ? "\(fate.sign) " : "  ") + text))
      }
    }
    lines.append(HealthLine(text: "\(say("figures over")) \(say(health.allSamples))", style: Style(.label)))
    let heading =
      "layer".padded(to: 6) + figures.map { $0.name.padded(to: $0.width, onTheRight: true) }.joined(separator: " ")
    lines.append(HealthLine(text: heading.clipped(to: room), style: Style(.label)))
    let columns = figures.map { $0.texts(health.layers, min(scene.tableDigits, 4)) }
    for (row, layer) in health.layers.enumerated() {
      let cells = zip(figures, columns).map { $1[row].padded(to: $0.width, onTheRight: true) }
      lines.append(
        HealthLine(text: (String(layer.number).padded(to: 6) + cells.joined(separator: " ")).clipped(to: room)))
    }
    return lines
  }

  /// A column of the table.
  private struct Figure: Sendable {
    let name: String
    let width: Int
    /// What stands in it, a layer a row.
    let texts: @Sendable ([LayerHealth], _ digits: Int) -> [String]
  }

  private static func number(
    _ name: String, _ value: @escaping @Sendable (LayerHealth) -> Double
  ) -> Figure {
    Figure(name: name, width: 10) { layers, digits in
      let numbers = AlignedNumbers(layers.map(value), digits: digits, atMost: 10)
      return layers.map { numbers.text(value($0)) }
    }
  }

  private static func share(
    _ name: String, width: Int, _ count: @escaping @Sendable (LayerHealth) -> Int
  ) -> Figure {
    Figure(name: name, width: width) { layers, _ in layers.map { "\(count($0))/\($0.units)" } }
  }

  private static let figures: [Figure] = [
    number("max |w|") { $0.largestWeight }, number("rms w") { $0.weights }, number("rms δ") { $0.delta },
    number("rms ∂w") { $0.gradient }, number("Δw / w") { $0.change },
    share("dead", width: 6) { $0.dead.count }, share("at end", width: 7) { $0.saturated.count },
  ]
}
