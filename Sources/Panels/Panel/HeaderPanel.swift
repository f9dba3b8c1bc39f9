import Engine

extension Panel {
  /// The first row: what is on show, and where in training it stands.
  static let header = Panel(
    "header", "the network's name, the iteration, the sample and the step",
    title: nil, rows: { _, _ in Extent(1, 1) }, draw: drawHeader)

  @Sendable private static func drawHeader(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    let title = scene.title.isEmpty ? "backstep" : scene.title
    let direction = directionText(scene)
    let pieces = placeTexts(scene)
    // The title gives way first, then the pieces from the last on; the direction always stays.
    let room = width - direction.displayWidth - 4
    var kept = pieces
    while kept.count > 1, joined(kept).displayWidth > room { kept.removeLast() }
    let place = joined(kept)
    let titleRoom = width - 1 - place.displayWidth - direction.displayWidth - 6
    var column = 1
    if titleRoom >= 6 {
      column = grid.put(title.clipped(to: min(titleRoom, 40)), row: 0, column: column, style: Style(.title))
      column = max(column + 2, min(14, titleRoom + 2))
    }
    column = grid.put(place, row: 0, column: column, style: Style(.label))
    column = grid.put(" | ", row: 0, column: column, style: Style(.rule))
    grid.put(direction, row: 0, column: column, style: Style(.lit))
    return grid
  }

  private static func joined(_ pieces: [String]) -> String { pieces.joined(separator: " | ") }

  private static func placeTexts(_ scene: Scene) -> [String] {
    let (state, say) = (scene.state, scene.tongue)
    let perIteration = state.program.steps.count
    guard perIteration > 0, !state.batch.isEmpty else { return [state.experiment.network.sizes] }
    let within = state.step - state.stepsBefore
    let atStart = within == 0 && state.place.operation == 0 && state.stepsBefore > 0
    let step =
      state.stepsBefore == 0
      ? "\(say("step")) \(within) \(say("of")) \(perIteration)"
      : atStart
        ? "\(say("step")) \(state.step)" : "\(say("step")) \(state.step) (\(within) \(say("of")) \(perIteration))"
    let data = state.experiment.data.count
    let sample = state.batch.indices.contains(state.selected) ? state.batch[state.selected] + 1 : 0
    let batch = state.batch.count > 1 ? ", \(say("batch")) \(state.batch.count)" : ""
    var pieces = ["\(say("iteration")) \(state.iteration)", "\(say("sample")) \(sample)/\(data)\(batch)", step]
    if state.experiment.batchesPerEpoch > 1 { pieces.append("\(say("epoch")) \(state.epoch)") }
    return pieces
  }

  /// The direction in which the step on show goes, its phase and its layer, as `<== BACKWARD layer 1 of 2`.
  static func directionText(_ scene: Scene) -> String {
    let (state, say) = (scene.state, scene.tongue)
    if let run = scene.run {
      let share = run.share.map { " \(Int(min(max($0, 0), 1) * 100))%" } ?? ""
      return "==> \(say("RUN"))\(share), \(Int(min(max(run.pace, 0), 1e12))) \(say("iterations a second"))"
    }
    let count = state.experiment.network.layers.count
    let layer = "\(say("layer")) \(state.layer) \(say("of")) \(count)"
    switch state.phase {
    case .start: return state.experiment.obstacle == nil ? say("START") : say("NOT READY")
    case .forward: return "==> \(say("FORWARD")) \(layer)"
    case .loss: return "=== \(say("LOSS"))"
    case .backward: return "<== \(say("BACKWARD")) \(layer)"
    case .update: return "+u  \(say("UPDATE")) \(layer)"
    }
  }
}
