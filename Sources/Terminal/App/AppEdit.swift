import Engine
import Language
import Panels

// A number that is being edited in its place.
extension App {
  mutating func open(_ edit: ValueEdit) {
    closeOverlay()
    if let waiting { return message = waiting }
    if isInRun { return message = App.stillRunning }
    stopRun()
    view.isPlaying = false
    message = nil
    cellEdit = CellEdit(edit, in: session)
  }

  /// Does something with the value that is being edited: a number in its place, or one of a menu.
  /// `steps` says how far counting goes.
  mutating func perform(_ act: Binding.ValueAct, steps: Int = 1) {
    guard cellEdit != nil else { return performInMenu(act, steps: steps) }
    switch act {
    case .more: cellEdit?.count(by: steps, in: session)
    case .less: cellEdit?.count(by: -steps, in: session)
    case .take: takeCell()
    case .takeAndGoOn: editNext()
    case .giveUp: cellEdit = nil
    }
  }

  /// Changes the text of the value that is being edited.
  mutating func changeValue(_ change: (inout ValueEditor) -> LineEditor.Outcome) {
    guard cellEdit != nil else { return changeMenuValue(change) }
    if cellEdit?.change(in: session, change) == .cancelled { cellEdit = nil }
  }

  private mutating func takeCell() {
    guard let open = cellEdit else { return }
    // What cannot be taken stays to be mended.
    guard let line = open.line else { return cellEdit = nil }
    guard open.complaint == nil else { return }
    cellEdit = nil
    give(line, from: .key)
  }

  /// Takes the number and goes on to the next one, if that can be edited too.
  private mutating func editNext() {
    guard let cell = cellEdit?.edit.cell else { return }
    takeCell()
    guard cellEdit == nil else { return }
    let state = session.timeline.state
    if case .datum(let sample, let column) = cell {
      let next = Datum(sample: sample, column: column + 1)
      view.datum = next
      if view.datum(in: state) == next { apply(scene.editingDatum) }
    } else {
      view = view.moved(.right, in: state)
      if scene.isEditable { apply(scene.editing) }
    }
  }
}
