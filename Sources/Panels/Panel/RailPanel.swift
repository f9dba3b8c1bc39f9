import Engine
import Notation

extension Panel {
  /// The second row: the iteration's steps as a line, with the place lit, and the loss.
  static let rail = Panel(
    "rail", "the iteration's steps, with the place on them", .top
  ) { scene in Prepared(rows: .oneRow) { drawRail(scene, into: &$0) } }
  .with(Sign.ofRail)

  private static func drawRail(_ scene: Scene, into grid: inout Grid) {
    let stops = railStops(scene)
    let length = stops.reduce(0) { $0 + $1.text.displayWidth + 2 }
    let headlines = headlines(scene)
    let loss = headlines.first { $0.displayWidth + length + 2 <= grid.width } ?? headlines.last ?? ""
    let lossColumn = grid.width - loss.displayWidth - 1
    let room = lossColumn - 3
    guard room > 8, !stops.isEmpty else {
      grid.put(loss, row: 0, column: max(lossColumn, 0), style: Style(.label))
      return
    }
    let taken = stops.reduce(0) { $0 + $1.text.displayWidth }
    let line = railLine(stops, dash: [3, 2].first { taken + $0 * (stops.count - 1) <= room } ?? 1)
    // Where the line is longer than the room, the place stands in the middle of what is shown.
    let lit = line.areas.first { $0.target == .step(stops[stops.litIndex].completed) }?.columns ?? 0..<1
    let most = max(line.width - room, 0)
    let offset = min(max((lit.lowerBound + lit.upperBound - room) / 2, 0), most)
    grid.blit(line.window(row: 0, column: offset, width: room, height: 1), row: 0, column: 1)
    if offset > 0 { grid.put("<", row: 0, column: 0, style: Style(.label)) }
    if offset < most { grid.put(">", row: 0, column: room + 1, style: Style(.label)) }
    grid.put(loss, row: 0, column: lossColumn, style: Style(.label))
  }

  /// How training stands, the longest first: with more than one sample the loss over all of them, else the one's.
  private static func headlines(_ scene: Scene) -> [String] {
    let say = scene.tongue
    // Of no samples at all it would be 0, which is not what one would read it as.
    let isReady = scene.state.experiment.obstacle == nil
    let value = isReady ? (try? scene.state.value(of: Quantity(.loss)))?.scalar : nil
    guard scene.hasManySamples, let score = scene.score?.trained else {
      let name = scene.hasManySamples ? say("batch loss") : say("loss")
      return ["\(name) " + (value.map { significant($0, digits: scene.digits) } ?? "·")]
    }
    let loss = "\(say("loss")) \(significant(score.loss, digits: min(scene.digits, 6)))"
    let accuracy = score.accuracy.map { "  \(say("accuracy")) \(significant($0, digits: 3))" } ?? ""
    let batch = value.map { "\(say("batch loss")) \(significant($0, digits: scene.tableDigits))  " } ?? ""
    let noted = scene.scoreNotedBefore.map { " (\(say("after iteration")) \($0))" } ?? ""
    return [batch + loss + accuracy + noted, loss + accuracy + noted, loss + accuracy]
  }

  private static func railStops(_ scene: Scene) -> [RailStop] {
    let state = scene.state
    let completed = state.step - state.stepsBefore
    let inProgress = state.stepInProgress
    let reached = scene.furthest.iteration > state.place.iteration ? Int.max : scene.furthest.operation
    var stops = state.program.steps.enumerated().map { index, step in
      let isLit = inProgress == nil ? index == completed - 1 : index == completed
      let name = shortName(step)
      let progress = isLit && inProgress != nil ? " " + progressText(state) : ""
      return RailStop(
        text: isLit ? "[\(name.uppercased())\(progress)]" : " \(name) ", completed: index + 1, isLit: isLit,
        isReached: step.operations.upperBound <= reached)
    }
    if completed == 0, inProgress == nil {
      stops.insert(RailStop(text: "[\(scene.tongue("START"))]", completed: 0, isLit: true, isReached: true), at: 0)
    }
    return stops
  }

  private static func shortName(_ step: LayerStep) -> String {
    switch step.phase {
    case .start: "start"
    case .forward: "fwd\(step.layer)"
    case .loss: "loss"
    case .backward: "bwd\(step.layer)"
    case .update: "upd\(step.layer)"
    }
  }

  /// Inside a layer step: the operation just done, or the one whose units are being done, as `δ1 1/2`.
  private static func progressText(_ state: State) -> String {
    let operations = state.program.operations
    if state.place.unit > 0, state.place.operation < operations.count {
      let operation = operations[state.place.operation]
      return "\(operation.quantity.shownName) \(state.place.unit)/\(operation.units)"
    }
    return state.place.operation > 0 ? operations[state.place.operation - 1].quantity.shownName : ""
  }

  private static func railLine(_ stops: [RailStop], dash: Int) -> Grid {
    let width = stops.reduce(0) { $0 + $1.text.displayWidth + dash } - dash
    var line = Grid(width: width, height: 1)
    var column = 0
    for (index, stop) in stops.enumerated() {
      if index > 0 {
        line.horizontalLine(row: 0, column: column, length: dash, with: "─")
        column += dash
      }
      let style = stop.isLit ? Style(.lit) : stop.isReached ? Style(.label) : Style(.muted)
      let end = line.put(stop.text, row: 0, column: column, style: style)
      line.mark(.step(stop.completed), row: 0, columns: column..<end)
      column = end
    }
    return line
  }
}

/// One stop of the line of time.
private struct RailStop {
  let text: String
  /// How many of the iteration's steps are complete there.
  let completed: Int
  let isLit: Bool
  let isReached: Bool
}

extension [RailStop] {
  fileprivate var litIndex: Int { firstIndex(where: \.isLit) ?? 0 }
}
