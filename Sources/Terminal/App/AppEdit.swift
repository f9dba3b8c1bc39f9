import Engine
import Language
import Panels

// Keys while a number is being edited in its place.
extension App {
  mutating func open(_ edit: ValueEdit) {
    closeOverlay()
    stopRun()
    view.isPlaying = false
    message = nil
    cellEdit = CellEdit(edit, in: session)
  }

  mutating func editCell(_ key: Key) {
    guard var open = cellEdit else { return }
    if key == .control("l") { needsRedraw = true }
    if key == .named(.tab), case .datum(let sample, let column) = open.edit.cell {
      // On to the sample's next number.
      editCell(.named(.enter))
      guard cellEdit == nil else { return }
      view.datum = Datum(sample: sample, column: column + 1)
      if view.datum(in: session.timeline.state) == view.datum { handle(.character("e"), on: frame) }
      return
    }
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
}
