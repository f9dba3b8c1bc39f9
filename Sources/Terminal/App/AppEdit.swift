import Engine
import Language
import Panels

// Keys while a number is being edited in its place.
extension App {
  mutating func open(_ edit: ValueEdit) {
    closeOverlay()
    if let waiting { return message = waiting }
    stopRun()
    view.isPlaying = false
    message = nil
    cellEdit = CellEdit(edit, in: session)
  }

  mutating func editCell(_ key: Key) {
    guard var open = cellEdit else { return }
    if key == .control("l") { needsRedraw = true }
    if key == .named(.tab) { return editNext() }
    switch open.handle(key, in: session) {
    case .submitted:
      guard let line = open.line else { return cellEdit = nil }
      // What cannot be taken stays to be mended.
      guard open.complaint == nil else { break }
      cellEdit = nil
      return give(line, from: .key)
    case .cancelled:
      return cellEdit = nil
    case .edited, .ignored: break
    }
    cellEdit = open
  }

  /// Takes the number and goes on to the next one, if that can be edited too.
  private mutating func editNext() {
    guard let cell = cellEdit?.edit.cell else { return }
    editCell(.named(.enter))
    guard cellEdit == nil else { return }
    let state = session.timeline.state
    if case .datum(let sample, let column) = cell {
      let next = Datum(sample: sample, column: column + 1)
      view.datum = next
      guard view.datum(in: state) == next else { return }
    } else {
      view = view.moved(.right, in: state)
      guard scene.isEditable else { return }
    }
    handle(.character("e"), on: frame)
  }
}
