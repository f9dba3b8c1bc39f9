import Engine
import Notation

extension Panel {
  /// The first row: what is on show, and where in training it stands.
  static let header = Panel(
    "header", "the network's name, the iteration, the sample and the step", .top
  ) { scene in Prepared(rows: .oneRow) { drawHeader(scene, into: &$0) } }
  .with(Sign.ofHeader)

  private static func drawHeader(_ scene: Scene, into grid: inout Grid) {
    // That something is wrong stands at the end; what is before it has so much less room.
    var mark = scene.run == nil ? scene.health?.remarks.first.map { "! " + scene.tongue($0.remark.label) } ?? "" : ""
    // Numbers that are wrong on purpose come before all that may be wrong by chance.
    let mistakes = scene.state.experiment.network.alterations
    if !mistakes.isEmpty {
      let count = scene.state.experiment.network.mistakes().count
      let said: Text = count > 1 ? "\(count) mistakes on" : "mistake on"
      mark = "! " + scene.tongue(mistakes.contains(where: \.isSecret) ? "a mistake to be found" : said)
    }
    var width: Int { grid.width - (mark.isEmpty ? 0 : mark.displayWidth + 2) }
    let title = scene.title.isEmpty ? "backstep" : scene.title
    let direction = directionText(scene)
    // Room is kept for the longest direction, so that nothing moves from step to step.
    let longest = max(direction.displayWidth, scene.run == nil ? phaseText(.backward, layer: 1, scene).displayWidth : 0)
    // What says least gives way first; the direction and the step always stay.
    func titleRoom(_ pieces: [HeaderPiece]) -> Int { width - 7 - longest - joined(pieces).displayWidth }
    var pieces = placeTexts(scene)
    for rank in 1...2 where titleRoom(pieces) < min(title.displayWidth, 12) { pieces.removeAll { $0.rank == rank } }
    // The iteration says more than the step's place in it and what is wrong, which are said elsewhere too.
    if titleRoom(pieces) < 4 { for index in pieces.indices { pieces[index].shorten() } }
    if titleRoom(pieces) < 4, !mark.isEmpty { mark = "!" }
    if titleRoom(pieces) < 4 { pieces.removeAll { $0.rank == 3 } }
    if !mark.isEmpty { grid.put(mark, row: 0, endingBefore: grid.width - 1, style: Style(.warning)) }
    let (place, room) = (joined(pieces), titleRoom(pieces))
    var column = 1
    if room >= 4 {
      column = grid.put(title.clipped(to: min(room, 40)), row: 0, column: column, style: Style(.title))
      column = max(column + 2, min(14, room + 2))
    }
    if !place.isEmpty {
      column = grid.put(place, row: 0, column: column, style: Style(.label))
      column = grid.put(" | ", row: 0, column: column, style: Style(.rule))
    }
    grid.put(direction.clipped(to: max(width - column, 0)), row: 0, column: column, style: Style(.lit))
  }

  /// A part of the header; those of rank 1 are left out first where room is short, those of rank 0 never.
  private struct HeaderPiece {
    private(set) var text: String
    var rank = 0
    /// What stands for it where room is short.
    var short: String?

    mutating func shorten() { text = short ?? text }
  }

  private static func joined(_ pieces: [HeaderPiece]) -> String { pieces.map(\.text).joined(separator: " | ") }

  private static func placeTexts(_ scene: Scene) -> [HeaderPiece] {
    let (state, say) = (scene.state, scene.tongue)
    let perIteration = state.program.steps.count
    guard perIteration > 0, !state.batch.isEmpty else {
      return state.experiment.network.layers.isEmpty ? [] : [HeaderPiece(text: state.experiment.network.sizes, rank: 1)]
    }
    let within = state.step - state.stepsBefore
    let atStart = within == 0 && state.place.operation == 0 && state.stepsBefore > 0
    let step =
      state.stepsBefore == 0
      ? "\(say("step")) \(within) \(say("of")) \(perIteration)"
      : atStart
        ? "\(say("step")) \(state.step)" : "\(say("step")) \(state.step) (\(within) \(say("of")) \(perIteration))"
    let data = state.experiment.data
    let sample = state.batch.indices.contains(state.selected) ? data.number(of: state.batch[state.selected]) + 1 : 0
    let batch = state.batch.count > 1 ? ", \(say("batch")) \(state.batch.count)" : ""
    var pieces = [
      HeaderPiece(text: "\(say("iteration")) \(state.iteration)", rank: 3),
      HeaderPiece(text: "\(say("sample")) \(sample)/\(data.givenCount)\(batch)", rank: data.count == 1 ? 1 : 2),
      HeaderPiece(text: step, short: state.stepsBefore == 0 ? nil : "\(say("step")) \(state.step)"),
    ]
    if state.experiment.batchesPerEpoch > 1 {
      pieces.append(HeaderPiece(text: "\(say("epoch")) \(state.epoch)", rank: 1))
    }
    if let other = scene.beside {
      pieces.append(HeaderPiece(text: "\(say("beside")) \(other.label.clipped(to: 16))", rank: 1))
    }
    return pieces
  }

  /// The direction in which the step on show goes, its phase and its layer, as `<== BACKWARD layer 1 of 2`.
  static func directionText(_ scene: Scene) -> String {
    let (state, say) = (scene.state, scene.tongue)
    if let run = scene.run {
      let share = run.shareText.isEmpty ? "" : " " + run.shareText
      if let line = run.line {
        return "==> \(say("RUN"))\(share), \(say("line")) \(line.number) \(say("of")) \(line.count)"
      }
      if run.isLook { return "==> \(say("WORKING IT OUT"))\(share)" }
      let pace = run.pace.map {
        ", \($0 < 1 ? significant($0, digits: 1) : "\(Int(min($0, 1e12)))") \(say("iterations a second"))"
      }
      return "==> \(say("RUN"))\(share)\(pace ?? "")"
    }
    return phaseText(state.phase, layer: state.layer, scene)
  }

  private static func phaseText(_ phase: Phase, layer: Int, _ scene: Scene) -> String {
    let say = scene.tongue
    let text = "\(say("layer")) \(layer) \(say("of")) \(scene.state.experiment.network.layers.count)"
    switch phase {
    case .start: return scene.state.experiment.obstacle == nil ? say("START") : say("NOT READY")
    case .forward: return "==> \(say("FORWARD")) \(text)"
    case .loss: return "=== \(say("LOSS"))"
    case .backward: return "<== \(say("BACKWARD")) \(text)"
    case .update: return "+u  \(say("UPDATE")) \(text)"
    }
  }
}
