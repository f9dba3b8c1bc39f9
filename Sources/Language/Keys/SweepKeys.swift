import Diagnosis
import Engine
import Panels

// What chooses a future on the map of a sweep, and opens it.
extension Binding {
  /// The keys of the map of a sweep.
  static let sweep: [Binding] = [
    Binding(
      "↑ k Shift-↑", "the future above", footer: "↑↓⇧←→ future", in: ["sweep"], count: .repeated, idle: noFuture
    ) { $0.choosingFuture(rows: -1) },
    Binding("↓ j Shift-↓", "the future below", in: ["sweep"], count: .repeated, idle: noFuture) {
      $0.choosingFuture(rows: 1)
    },
    Binding("h Shift-←", "the future left", in: ["sweep"], count: .repeated, idle: noFuture) {
      $0.choosingFuture(columns: -1)
    },
    Binding("l Shift-→", "the future right", in: ["sweep"], count: .repeated, idle: noFuture) {
      $0.choosingFuture(columns: 1)
    },
    Binding("Enter", "open this future", footer: "Enter open", in: ["sweep"], for: "future") { scene in
      guard let sweep = scene.sweep, let index = scene.sweptFuture else {
        return .message(Message("no sweep was made"))
      }
      return .line(sweep.opening(index))
    }.alwaysNamed,
  ]

  private static let noFuture: Text = "no future lies further that way"
}

extension Scene {
  /// The view with another future of the sweep chosen.
  fileprivate func choosingFuture(rows: Int = 0, columns: Int = 0) -> Binding.Effect {
    guard let sweep = sweep?.sweep, let chosen = sweptFuture else { return .message(Message("no sweep was made")) }
    let (row, column) = chosen.quotientAndRemainder(dividingBy: max(sweep.columns, 1))
    var next = view
    next.scrolls[Panel.sweep.name] = nil
    if sweep.index(row: row + rows, column: column + columns) != nil {
      next.sweptCell = MapCell(row: row + rows, column: column + columns)
    }
    return .view(next)
  }
}
