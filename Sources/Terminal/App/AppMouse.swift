import Engine
import Language
import Panels

// The mouse: what it meets is what the last frame drew there.
extension App {
  mutating func handle(_ mouse: Mouse, on frame: Grid) {
    let hit = frame.hit(row: mouse.row, column: mouse.column)
    switch mouse.action {
    case .press(.left): press(hit)
    case .drag(.left): drag(hit)
    case .release: dragged = nil
    case .wheelUp: scroll(hit, rows: -3)
    case .wheelDown: scroll(hit, rows: 3)
    case .press, .drag: break
    }
  }

  private mutating func press(_ hit: Hit?) {
    guard let hit else { return }
    if case .candidate(let index) = hit.target { return choose(index) }
    guard !isPromptOpen, scene.overlay == nil else { return }
    if Panel.body.contains(where: { $0.name == hit.panel }) { view = view.focusing(hit.panel) }
    let state = session.timeline.state
    switch hit.target {
    case .cell(let selection): view = view.selecting(selection, in: state)
    case .layer(let layer):
      let quantity = layer == 0 ? Quantity(.x) : Quantity(.a, layer)
      view = view.selecting(Selection(quantity), in: state)
    case .sample(let sample):
      guard let index = state.batch.firstIndex(of: sample) else {
        message = Message("sample \(state.experiment.data.number(of: sample) + 1) is not in this iteration's batch")
        return
      }
      give("select \(index + 1)", from: .key)
    case .step(let completed):
      dragged = Dragged(session: session)
      go(to: completed)
    case .panel, .line, .candidate, nil: break
    }
  }

  /// The whole drag is one line: each place begins anew from where the mouse took hold.
  private mutating func drag(_ hit: Hit?) {
    guard let dragged, case .step(let completed)? = hit?.target, !session.isWorking else { return }
    session = dragged.session
    go(to: completed)
  }

  /// Goes to where so many steps of the iteration on show are complete.
  private mutating func go(to completed: Int) {
    let step = session.timeline.state.stepsBefore + completed
    guard step != session.timeline.state.step || session.timeline.state.stepInProgress != nil else { return }
    give("goto \(step)", from: .key)
  }

  private mutating func scroll(_ hit: Hit?, rows: Int) {
    guard let panel = scene.overlay ?? hit?.panel else { return }
    look(as: view.scrolled(panel, rows: rows))
  }

  /// Tab goes from candidate to candidate until the one that was clicked is chosen.
  private mutating func choose(_ candidate: Int) {
    for _ in editor.candidates.indices where editor.chosenCandidate != candidate { _ = editor.handle(.named(.tab)) }
  }
}
