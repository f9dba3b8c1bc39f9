import Engine
import Panels

extension Binding {
  /// Every key; a new one is one row. The order is that of the help, and of the footer.
  package static let all: [Binding] =
    script + time + cells + panels + values + building + screen + overlays + choosing + prompt

  /// Where the arrows scroll, since there is no cell to select.
  private static let scrolling = Panel.scrolling

  private static let time: [Binding] = [
    Binding("→ n PgDn", "one stride on", footer: "→ step") { .line("step" + stride($0)) },
    Binding("← p PgUp", "one stride back", footer: "← back") { .line("back" + stride($0)) },
    Binding("f", "forward pass", .line("forward")),
    Binding("b", "backward pass", .line("backward")),
    Binding("u", "update", .line("update")),
    Binding("< ,", "a smaller stride") { strideChanged($0, by: -1) },
    Binding("> .", "a larger stride") { strideChanged($0, by: 1) },
    Binding("Space", "play, pause") { scene in
      var view = scene.view
      view.isPlaying.toggle()
      return .view(view)
    },
    Binding("-", "play more slowly") { speedChanged($0, by: 0.5) },
    Binding("+ =", "play faster") { speedChanged($0, by: 2) },
    Binding("Home", "to the start", .line("goto start")),
    Binding("End", "furthest step", .line("goto end")),
    Binding("z", "undo", .line("undo")),
    Binding("Z", "redo", .line("redo")),
  ]

  private static let cells: [Binding] = [
    Binding("↑ k", "scroll", footer: "↑↓ scroll", in: scrolling) { scrolled($0, rows: -1) },
    Binding("↓ j", "scroll", in: scrolling) { scrolled($0, rows: 1) },
    Binding("h", "scroll", in: scrolling) { scrolled($0, columns: -8) },
    Binding("l", "scroll", in: scrolling) { scrolled($0, columns: 8) },
    Binding("↑ k", "the cell above", footer: "↑↓ cell") { .view($0.view.moved(.up, in: $0.state)) },
    Binding("↓ j", "the cell below") { .view($0.view.moved(.down, in: $0.state)) },
    Binding("h", "the cell to the left") { .view($0.view.moved(.left, in: $0.state)) },
    Binding("l", "the cell to the right") { .view($0.view.moved(.right, in: $0.state)) },
    Binding("Enter", "unfold; edit a given", footer: "Enter unfold") {
      $0.isEditable ? $0.editing : unfolded($0, by: 1)
    },
    Binding("Backspace", "fold derivation") { unfolded($0, by: -1) },
  ]

  private static let panels: [Binding] = [
    Binding("Tab", "the next panel") { .view($0.view.focusingNext(in: $0)) },
    Binding("Shift-Tab", "the panel before") { .view($0.view.focusingNext(in: $0, backwards: true)) },
    Binding(":", "a command", footer: ": command", .prompt("")),
    Binding("?", "help", footer: "? help") { scene in
      var view = scene.view
      view.isHelpOpen = true
      return .view(view)
    },
  ]

  private static let values: [Binding] = [
    Binding("e", "edit the value", footer: "e edit") { $0.editing },
    Binding("c", "claim its formula") { $0.claiming },
    Binding("w", "watch the value") { $0.watching },
    Binding("y", "copy the value") { $0.copying },
    Binding("m", "keep this cell, or not") { scene in
      var view = scene.view
      view.isPinned = !view.isPinned && view.selection != nil
      return .view(view)
    },
    Binding("[", "the sample before") { sampleChanged($0, by: -1) },
    Binding("]", "the next sample") { sampleChanged($0, by: 1) },
  ]

  private static let screen: [Binding] = [
    Binding("Esc ^C", "back to the table", .act(.stop)),
    Binding("^L", "draw the screen anew", unsaid: Scene.typedContexts.sorted(), .act(.redraw)),
    Binding("q", "quit", footer: "q quit", .act(.quit)),
  ]

  private static let script: [Binding] = [
    Binding("Esc ^C", "stop the run", footer: "Esc stop", in: ["run"], .act(.stop)),
    Binding("→ PgDn", "next command", footer: "→ next", in: ["present"], .act(.next)),
    Binding("← PgUp", "take it back", footer: "← back", in: ["present"], .act(.previous)),
    Binding("End", "play to the end", in: ["present"], .act(.playOut)),
    Binding(".", "blank the screen", footer: ". blank", in: ["present"]) { scene in
      var view = scene.view
      view.isBlank.toggle()
      return .view(view)
    },
    Binding("q y", "leave", footer: "q leave", in: ["leaving"], .act(.leave)),
    Binding("s", "save, then leave", footer: "s save", in: ["unsaved"], .act(.saveAndLeave)),
    Binding("q", "leave", footer: "q leave", in: ["unsaved"], .act(.leave)),
    Binding("y", "write over it", footer: "y write over it", in: ["remedy"], .act(.goAhead)),
    Binding("Esc", "stay", footer: "Esc stay", in: ["leaving", "unsaved", "remedy"], .act(.stop)),
    Binding("r", "return to the script", footer: "r return", in: ["present"], .act(.resume)),
  ]

  private static let overlays: [Binding] = [
    Binding("↑ k", "scroll", footer: "↑↓ scroll", in: ["help"]) { scrolled($0, rows: -1) },
    Binding("↓ j", "scroll", in: ["help"]) { scrolled($0, rows: 1) },
    Binding("PgUp", "scroll", in: ["help"]) { scrolled($0, rows: -10) },
    Binding("PgDn Space", "scroll", in: ["help"]) { scrolled($0, rows: 10) },
    Binding("Esc q ? Enter ^C", "close", footer: "Esc close", in: ["help"], .act(.close)),
  ]
}

// MARK: what rows have in common

extension Binding {
  /// The stride behind `step` or `back`; the default is not said.
  private static func stride(_ scene: Scene) -> String {
    scene.view.stride == .layer ? "" : " " + scene.view.stride.name
  }

  private static func strideChanged(_ scene: Scene, by change: Int) -> Effect {
    let strides = Stride.allCases
    guard let index = strides.firstIndex(of: scene.view.stride), strides.indices.contains(index + change) else {
      return .message(Message("\(scene.view.stride.name) is the \(change < 0 ? "smallest" : "largest") stride"))
    }
    var view = scene.view
    view.stride = strides[index + change]
    return .view(view)
  }

  /// Strides a second, as a power of two.
  private static let speeds = 0.25...64.0

  private static func speedChanged(_ scene: Scene, by factor: Double) -> Effect {
    var view = scene.view
    view.speed = min(max(view.speed * factor, speeds.lowerBound), speeds.upperBound)
    return .view(view)
  }

  private static func unfolded(_ scene: Scene, by change: Int) -> Effect {
    var view = scene.view
    // Each level is one layer step up the chain rule, so no derivation is deeper than an iteration is long.
    view.unfolded = min(max(view.unfolded + change, 0), max(scene.state.program.operations.count, 1))
    // What is unfolded is longer than its panel: there the arrows scroll.
    return .view(view.focusing(view.unfolded > 0 ? Panel.derivation.name : Panel.layer.name))
  }

  /// Scrolls what lies over the panels, else the panel that the keys belong to.
  private static func scrolled(_ scene: Scene, rows: Int = 0, columns: Int = 0) -> Effect {
    .view(scene.view.scrolled(scene.overlay ?? scene.view.focus, rows: rows, columns: columns))
  }

  private static func sampleChanged(_ scene: Scene, by change: Int) -> Effect {
    let (count, next) = (scene.state.batch.count, scene.state.selected + change)
    guard (0..<count).contains(next) else {
      return .message(Message(count == 1 ? "the batch has one sample; see: help batch" : "the batch ends here"))
    }
    return .line("select \(next + 1)")
  }
}
