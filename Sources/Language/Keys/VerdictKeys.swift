import Engine
import Panels

// What chooses among wrong numbers, and shows why they are wrong.
extension Binding {
  /// The keys of the verdict.
  static let verdict: [Binding] = [
    Binding("↑ k", "the one before", footer: "↑↓ quantity", in: ["verdict"], count: .repeated, idle: "it is the first")
    {
      $0.choosingDeparture(by: -1)
    },
    Binding("↓ j", "the one after", in: ["verdict"], count: .repeated, idle: "it is the last") {
      $0.choosingDeparture(by: 1)
    },
    Binding("Enter", "formulas side by side", footer: "Enter formulas", in: ["verdict"]) { scene in
      guard let chosen = scene.chosenDeparture else { return .message(Message("nothing of it is wrong")) }
      guard let found = chosen.found else { return .message(Message("it follows from another, which has the reason")) }
      guard !found.explanations.isEmpty else { return .message(Message("no slip that is known gives these numbers")) }
      var view = scene.view
      view.isVerdictOpen.toggle()
      return .view(view)
    }.alwaysNamed,
  ]
}

extension Scene {
  /// Another of the wrong quantities; its largest error is selected, so that the layer's table shows it.
  fileprivate func choosingDeparture(by change: Int) -> Binding.Effect {
    let all = compared.departures
    guard !all.isEmpty else { return .message(Message("nothing of it is wrong")) }
    var next = view
    let here = min(max(view.verdict, 0), all.count - 1)
    next.verdict = min(max(here + change, 0), all.count - 1)
    // What does not fit below the last one is scrolled to, and back from before another is chosen.
    let scroll = view.scroll(of: Panel.verdict.name).rows
    if next.verdict == here || change < 0 && scroll > 0 {
      return .view(view.scrolled(Panel.verdict.name, rows: change))
    }
    next.scrolls[Panel.verdict.name] = nil
    let numbers = all[next.verdict].numbers
    if let shape = state.shape(of: numbers.quantity), next.verdict != here {
      let place = numbers.agreement.worstPlace % max(numbers.countOfOne, 1)
      let (row, column) = place.quotientAndRemainder(dividingBy: max(shape.columns, 1))
      let cell = Selection(numbers.quantity, row: row, column: column)
      if state.contains(cell) { next.selection = cell }
    }
    return .view(next)
  }
}
