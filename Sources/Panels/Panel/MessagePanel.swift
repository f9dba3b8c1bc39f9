import Engine
import Notation

extension Panel {
  /// What the last command answered; where nothing did, which step comes next.
  static let message = Panel(
    "message", "the last answer, or the step that comes next", .bottom(most: Layout.messageRows)
  ) { scene in
    let text = scene.tongue(scene.message?.text ?? nextText(scene))
    return Prepared { width in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        .flatMap { String($0).wrapped(to: max(width - 2, 1)) }
      return Fitted(rows: Room(1, max(lines.count, 1))) { drawMessage(scene, lines, into: &$0) }
    }
  }

  private static func drawMessage(_ scene: Scene, _ lines: [String], into grid: inout Grid) {
    let (width, height) = (grid.width, grid.height)
    var lines = lines
    if lines.count > height, height == 1 {
      lines = [(lines[0] + " …").clipped(to: width - 1)]
    } else if lines.count > height, height > 0 {
      let left = lines.count - height + 1
      lines = lines.prefix(height - 1) + ["… \(left) \(scene.tongue("more lines"))"]
    }
    let style = scene.message.map { Style($0.role) } ?? Style(.label)
    for (row, line) in lines.enumerated() { grid.put(line, row: row, column: 1, style: style) }
  }

  /// The step that comes next and what it does, as `next: update 1   w1 += -rate·dw1, rate 0.5`.
  private static func nextText(_ scene: Scene) -> Text {
    let state = scene.state
    if let obstacle = state.experiment.obstacle { return obstacle }
    let steps = state.program.steps
    let completed = state.step - state.stepsBefore
    guard let step = completed < steps.count ? steps[completed] : steps.first else { return "" }
    let layer = step.layer == 0 ? "" : " \(step.layer)"
    let operations = step.operations.map { state.program.operations[$0].quantity }
    let names = operations.map(\.shownName).joined(separator: ", ")
    let what = step.phase == .update ? updateText(state, layer: step.layer) : Text(verbatim: names)
    return "next: \(step.phase.rawValue)\(layer)   \(what)"
  }

  private static func updateText(_ state: State, layer: Int) -> Text {
    let network = state.experiment.network
    let own = network.layers[layer - 1]
    let rate = significant(network.optimizer.rate, digits: 6)
    let rule = network.optimizer.rule.name
    let change: Text =
      network.optimizer.isPlainDescent ? "w\(layer) += -rate·dw\(layer)" : "w\(layer) += uw\(layer) (\(rule))"
    if own.freezesWeights { return "w\(layer) is frozen" }
    let isBiasFrozen = own.bias != .none && own.freezesBiases
    return isBiasFrozen ? "\(change), rate \(rate), b\(layer) is frozen" : "\(change), rate \(rate)"
  }
}
