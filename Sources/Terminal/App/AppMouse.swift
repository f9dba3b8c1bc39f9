import Engine
import Language
import Panels

// The mouse: what it meets is what the last frame drew there.
extension App {
  mutating func handle(_ mouse: Mouse, on frame: Grid) {
    let hit = frame.hit(row: mouse.row, column: mouse.column)
    if question != nil, case .press = mouse.action {
      // A click on a hint answers; one elsewhere leaves things as they are.
      if case .key? = hit?.target { return press(hit) }
      return answer(.unknown)
    }
    switch mouse.action {
    case .press(.left): press(hit, row: mouse.row)
    case .drag(.left): drag(mouse, on: frame)
    case .release: dragged = nil
    case .wheelUp: turn(hit, up: true)
    case .wheelDown: turn(hit, up: false)
    case .press, .drag: break
    }
  }

  /// The wheel counts a value that is being edited, goes through a menu, and scrolls what it is over elsewhere.
  private mutating func turn(_ hit: Hit?, up: Bool) {
    if cellEdit != nil || menu?.value != nil { return perform(up ? Binding.ValueAct.more : .less) }
    if menu != nil { return perform(up ? Binding.MenuAct.above : .below) }
    scroll(hit, rows: up ? -3 : 3)
  }

  /// A click in a menu takes the row; beside it, it closes the menu.
  private mutating func press(inMenu hit: Hit?) {
    if case .key(let name)? = hit?.target { return press(key: name) }
    guard hit?.panel == Panel.menu.name else { return menu = nil }
    guard case .row(let row)? = hit?.target else { return }
    if menu?.value != nil, row == menu?.chosen { return perform(Binding.ValueAct.take) }
    menu?.edit(nil, in: session)
    menu?.choose(row, in: session)
    perform(Binding.MenuAct.take)
  }

  /// What a hint names is done where it is clicked.
  mutating func press(key name: String) {
    guard let key = Key(printed: name) else { return }
    handle(key, on: frame)
  }

  private mutating func press(_ hit: Hit?, row: Int = 0) {
    if question == nil, menu != nil { return press(inMenu: hit) }
    guard let hit else { return }
    if case .key(let name) = hit.target { return press(key: name) }
    if cellEdit != nil {
      // A click on the value takes it, one elsewhere gives it up.
      return perform(hit.target == cellEdit?.edit.cell ? Binding.ValueAct.take : .giveUp)
    }
    if case .candidate(let index) = hit.target {
      guard editor.candidates.isEmpty else { return editor.choose(index) }
      let offered = scene.prompt.palette
      return offered.indices.contains(index) ? editor.replace(with: offered[index].name + " ") : ()
    }
    guard !isPromptOpen, scene.overlay == nil else { return }
    if Panel.body.contains(where: { $0.name == hit.panel }) { view = view.focusing(hit.panel) }
    // Read anew at each use: while it is held, a move has to copy what it writes over.
    var state: State { session.timeline.state }
    switch hit.target {
    case .cell(let selection) where view.selection == selection && scene.isEditable: apply(scene.editing)
    case .cell(let selection): view = view.selecting(selection, in: state)
    case .datum(let sample, let column):
      let datum = Datum(sample: sample, column: column)
      if view.datum == datum { apply(scene.editingDatum) } else { view.datum = datum }
    case .layer(let layer):
      let quantity = layer == 0 ? Quantity(.x) : Quantity(.a, layer)
      view = view.selecting(Selection(quantity), in: state)
      openMenu(.build(layer: layer))
    case .sample(let sample):
      guard let index = state.batch.firstIndex(of: sample) else {
        message = Message("sample \(state.experiment.data.number(of: sample) + 1) is not in this iteration's batch")
        return
      }
      give("select \(index + 1)", from: .key)
    case .step(let completed):
      takeHold(inRow: nil)
      go(to: session.timeline.state.stepsBefore + completed)
    case .time(let step):
      takeHold(inRow: row)
      go(to: step)
    case .future(let label):
      guard label != scene.futures.first(where: \.isCurrent)?.label else {
        return say("\(label) is the future that you are in")
      }
      give("switch \(label)", from: .key)
    case .swept(let cell): press(swept: cell)
    case .panel, .line, .candidate, .row, .key, nil: break
    }
  }

  /// A click on a future of a sweep chooses it, and one on that which is chosen opens it.
  private mutating func press(swept cell: MapCell) {
    guard let sweep = scene.sweep, let index = sweep.sweep.index(row: cell.row, column: cell.column) else { return }
    if index == scene.sweptFuture { give(sweep.opening(index), from: .key) } else { view.sweptCell = cell }
  }

  /// Takes hold of the line of time: what plays ends there. A run has to be stopped before.
  private mutating func takeHold(inRow row: Int?) {
    guard waiting == nil, !isInRun else { return }
    view.isPlaying = false
    stopRun()
    dragged = Dragged(session: session, row: row)
  }

  /// The whole drag is one line: each place begins anew from where the mouse took hold.
  private mutating func drag(_ mouse: Mouse, on frame: Grid) {
    // What is under way is the way to where the mouse was before; a script's lines go on.
    guard let dragged, queue == nil, !isPlayingOut, let step = step(of: dragged, under: mouse, on: frame) else {
      return
    }
    replaceSession(with: dragged.session)
    given = nil
    go(to: step)
  }

  /// The step that the mouse has dragged to. Along the whole line of time only the column counts.
  private func step(of dragged: Dragged, under mouse: Mouse, on frame: Grid) -> Int? {
    if let row = dragged.row { return frame.time(nearColumn: mouse.column, row: row) }
    guard case .step(let completed)? = frame.hit(row: mouse.row, column: mouse.column)?.target else { return nil }
    return dragged.session.timeline.state.stepsBefore + completed
  }

  /// Goes to a step of the line of time.
  private mutating func go(to step: Int) {
    guard step != session.timeline.state.step || session.timeline.state.stepInProgress != nil else { return }
    give("goto \(step)", from: .key)
  }

  private mutating func scroll(_ hit: Hit?, rows: Int) {
    guard let panel = scene.overlay ?? hit?.panel else { return }
    look(as: view.scrolled(panel, rows: rows))
  }
}
