import Engine
import Panels

extension Binding {
  /// Every key; a new one is one row. The order is that of the help, and of the footer.
  package static let all: [Binding] =
    script + verdict + claims + futures + sweep + time + cells + moving + building + panels + values + screen + overlays
    + choosing
    + prompt

  /// Where the arrows scroll, since there is no cell to select.
  private static let scrolling = Panel.scrolling

  private static let time: [Binding] = [
    Binding("→ n PgDn", "one stride on", count: .told, for: "step", footer: { "→← \($0.view.stride.name)" }) {
      .line(counted("step", $0))
    }.alwaysNamed,
    Binding("← p PgUp", "one stride back", count: .told, for: "back") { oneBack($0) },
    Binding("f", "forward pass", count: .repeated, for: "forward", .line("forward")),
    Binding("b", "backward pass", count: .repeated, for: "backward", .line("backward")),
    Binding("u", "update", count: .repeated, for: "update", .line("update")),
    Binding("< ,", "a smaller stride") { strideChanged($0, by: -1) },
    Binding("> .", "a larger stride") { strideChanged($0, by: 1) },
    Binding("Space", "play, pause") { scene in
      var view = scene.view
      view.isPlaying.toggle()
      return .view(view)
    },
    Binding("-", "play more slowly", idle: "slower it does not play") { speedChanged($0, by: -1) },
    Binding("+ =", "play faster", idle: "faster it does not play") { speedChanged($0, by: 1) },
    Binding("r \\", "play the other way") { scene in
      var view = scene.view
      view.playsBackwards.toggle()
      return .view(view)
    },
    Binding("Home", "to the start", for: "goto", .line("goto start")),
    Binding("End", "furthest step", for: "goto", .line("goto end")),
  ]

  private static let cells: [Binding] = [
    Binding("↑ k", "scroll", footer: "↑↓ scroll", in: scrolling, count: .repeated, idle: noFurther) {
      scrolled($0, rows: -1)
    },
    Binding("↓ j", "scroll", in: scrolling, count: .repeated, idle: noFurther) { scrolled($0, rows: 1) },
    Binding("h", "scroll", in: scrolling, count: .repeated, idle: noFurtherAcross) { scrolled($0, columns: -8) },
    Binding("l", "scroll", in: scrolling, count: .repeated, idle: noFurtherAcross) { scrolled($0, columns: 8) },
    Binding(
      "↑ k Shift-↑", "the cell above", count: .repeated, idle: noCell,
      footer: { "↑↓⇧←→ \(Panel.named($0.view.focus)?.selects ?? "cell")" }
    ) { moved(.up, $0) }.alwaysNamed,
    Binding("↓ j Shift-↓", "the cell below", count: .repeated, idle: noCell) { moved(.down, $0) },
    Binding("h Shift-←", "the cell to the left", count: .repeated, idle: noCell) { moved(.left, $0) },
    Binding("l Shift-→", "the cell to the right", count: .repeated, idle: noCell) { moved(.right, $0) },
    Binding("Enter", "unfold; edit a given", idle: allIsOnShow) { scene in
      scene.isEditable ? "Enter edit" : scene.unfolds ? "Enter more" : nil
    } _: { scene in
      if scene.isEditable { return scene.editing }
      return scene.unfolds ? unfolded(scene, by: 1) : .message(Message(allIsOnShow))
    },
    Binding("Backspace", "fold derivation", idle: "nothing is unfolded") { unfolded($0, by: -1) },
    Binding(digits, shown: "0…9", "a count; edit a given") { digit, scene in
      if scene.count == nil, let edit = scene.editOfCursor { return .typing(edit, digit) }
      return .count(digit)
    },
  ]

  private static let digits = (0...9).map(String.init)

  private static let moving: [Binding] = [
    Binding("Tab", "the next panel", footer: "Tab panel", count: .repeated) { .view($0.view.focusingNext(in: $0)) }
      .alwaysNamed,
    Binding("Shift-Tab", "the panel before", count: .repeated) {
      .view($0.view.focusingNext(in: $0, backwards: true))
    },
    Binding("z", "undo", footer: "z undo", count: .repeated, for: "undo", .line("undo")).alwaysNamed,
    Binding("Z", "redo", count: .repeated, for: "redo", footer: { $0.canRedo ? "Z redo" : nil }) { _ in .line("redo") },
  ]

  private static let panels: [Binding] = [
    Binding("?", "help", footer: "? help", for: "help") { scene in
      var view = scene.view
      view.isHelpOpen = true
      return .view(view)
    }.alwaysNamed,
    Binding(":", "a command", footer: ": command", .prompt("")).alwaysNamed,
    Binding("/", "find by name", footer: "/ find", .menu(.find)),
    Binding("v", "this panel alone", footer: "v zoom") { scene in
      var view = scene.view
      view.isZoomed.toggle()
      return .view(view)
    },
    Binding(Panel.barKey, "x8: the panel 8") { scene in
      var view = scene.view
      view.isChoosingPanel = true
      return .view(view)
    },
    Binding(Panel.numbers, in: ["bar"], idle: "it has the keys already") { chosen(Panel.body[$0], $1) },
    Binding(digits.map { "Alt-\($0)" }, shown: "Alt-0…9", "the panel 0…9", idle: "it has the keys already") {
      digit, scene in
      chosen(Panel.body[(digit + 9) % 10], scene)
    },
    Binding("Esc ^C", "", in: ["bar"]) { .view($0.view) },
  ]

  private static let values: [Binding] = [
    Binding("e", "edit the value", footer: "e edit", for: "set") { $0.editing },
    Binding("c", "claim its formula", for: "claim") { $0.claiming },
    Binding("w", "watch the value", for: "watch") { $0.watching },
    Binding("W", "why it is so", for: "why") { $0.asking },
    Binding("y", "copy the value") { $0.copying },
    Binding("m", "keep this cell, or not", idle: "no cell is selected; ↑ selects one") { scene in
      var view = scene.view
      view.isPinned = !view.isPinned && view.selection != nil
      return .view(view)
    },
    Binding("[", "the sample before", count: .told, for: "select") { sampleChanged($0, by: -($0.count ?? 1)) },
    Binding("]", "the next sample", count: .told, for: "select") { sampleChanged($0, by: $0.count ?? 1) },
  ]

  private static let screen: [Binding] = [
    Binding(
      "Esc ^C", "back to the table",
      footer: { Panel.named($0.view.focus)?.selects == nil ? "Esc table" : nil }
    ) { _ in .act(.stop) },
    Binding("^L", "draw the screen anew", unsaid: Scene.typedContexts.sorted(), .act(.redraw)),
    Binding("q", "quit", footer: "q quit", for: "quit", .act(.quit)),
  ]

  private static let script: [Binding] = [
    Binding("Esc ^C", "stop the run", footer: "Esc stop", in: ["run"], .act(.stop)),
    Binding(
      "→ PgDn", "next command", in: ["present"],
      footer: { $0.nextLine >= $0.lines.count && !$0.isDetour ? "← back" : "→← line" }
    ) { _ in .act(.next) },
    Binding("← PgUp", "take it back", in: ["present"], .act(.previous)),
    Binding("End", "play to the end", in: ["present"], .act(.playOut)),
    Binding("F5", in: ["present"], .message(Message("the lesson is on show; → is the next command, q leaves"))),
    Binding(".", "blank the screen", in: ["present"]) { scene in
      var view = scene.view
      view.isBlank.toggle()
      return .view(view)
    },
    Binding("q y", "leave", footer: "q leave", in: ["leaving"], .act(.leave)),
    Binding("s", "save, then leave", footer: "s save", in: ["unsaved"], .act(.saveAndLeave)),
    Binding("q", "leave", footer: "q leave", in: ["unsaved"], .act(.leave)),
    Binding("y", "write over it", footer: "y write over it", in: ["remedy"], .act(.goAhead)),
    Binding("Esc", "stay", footer: "Esc stay", in: ["leaving", "unsaved", "remedy"], .act(.stop)),
    Binding("r", "return to the script", in: ["present"], footer: { $0.isDetour ? "r return" : nil }) { _ in
      .act(.resume)
    },
  ]

  private static let overlays: [Binding] = [
    Binding("↑ k", "scroll", footer: "↑↓ PgDn scroll", in: ["help"], idle: noFurther) { scrolled($0, rows: -1) },
    Binding("↓ j", "scroll", in: ["help"], idle: noFurther) { scrolled($0, rows: 1) },
    Binding("PgUp", "scroll", in: ["help"], idle: noFurther) { scrolled($0, rows: -10) },
    Binding("PgDn Space", "scroll", in: ["help"], idle: noFurther) { scrolled($0, rows: 10) },
    Binding("Home", "to its beginning", in: ["help"], idle: noFurther) { scrolled($0, rows: -1000) },
    Binding("End", "to its end", in: ["help"], idle: noFurther) { scrolled($0, rows: 1000) },
    Binding("→", "", in: ["help"], idle: noFurther) { goneAcross($0, by: 1) },
    Binding("←", "", in: ["help"], idle: noFurther) { goneAcross($0, by: -1) },
    Binding("Esc q ? Enter ^C", "close", footer: "Esc close", in: ["help"], .act(.close)),
  ]
}

// MARK: what rows have in common

extension Binding {
  private static let noFurther: Text = "there is nothing further that way"
  /// Who presses a key across probably wants to choose a number.
  private static let noFurtherAcross: Text =
    "\(noFurther); \(Panel.barKey)\(Panel.layer.number ?? "") goes to the numbers of the layer"
  private static let allIsOnShow: Text = "all that it is made of is on show; in the table ⇧← or h goes to the weights"
  private static let noCell: Text = "no cell lies further that way"

  /// `step` or `back` with the count and the stride behind it; the default of either is not said.
  private static func counted(_ command: String, _ scene: Scene) -> String {
    let count = scene.count.map { " \($0)" } ?? ""
    return command + count + (scene.view.stride == .layer ? "" : " " + scene.view.stride.name)
  }

  private static func oneBack(_ scene: Scene) -> Effect {
    // A line that changes nothing would have to be taken back like any other.
    scene.state.place == Place() ? .message(Message("this is the beginning")) : .line(counted("back", scene))
  }

  /// So many columns of a table that is too wide are gone over at a time.
  private static let columnsAcross = 3

  /// Over an answer the arrows step, as they do without it, which closes it; a table that is too wide is gone through.
  private static func goneAcross(_ scene: Scene, by change: Int) -> Effect {
    guard scene.overlay == Panel.sheet.name, let sheet = scene.sheet else {
      return .message(Message("help is open; Esc closes it"))
    }
    if sheet.isWide { return scrolled(scene, columns: change * columnsAcross) }
    return change > 0 ? .line(counted("step", scene)) : oneBack(scene)
  }

  private static func moved(_ direction: Direction, _ scene: Scene) -> Effect {
    .view(scene.view.moved(direction, in: scene.state))
  }

  /// The keys go to a panel; one that has nothing to show says why.
  private static func chosen(_ panel: Panel, _ scene: Scene) -> Effect {
    do throws(Panel.Missing) {
      guard try panel.prepare(scene) == nil else { return .view(scene.view.focusing(panel.name)) }
      return .message(Message("the panel \(panel.name) has nothing to show here"))
    } catch {
      return .message(Message("the panel \(panel.name) has nothing to show: \(error.reason)"))
    }
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

  /// Strides a second; the last is as many as there is time for.
  private static let speeds = [0.5, 1, 2, 4, 8, 15, 30, 60, 250, 1000, .infinity]

  private static func speedChanged(_ scene: Scene, by change: Int) -> Effect {
    var view = scene.view
    let index = speeds.lastIndex { $0 <= view.speed } ?? 0
    view.speed = speeds[min(max(index + change, 0), speeds.count - 1)]
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
    let count = scene.state.batch.count
    let (next, overflows) = scene.state.selected.addingReportingOverflow(change)
    guard !overflows, (0..<count).contains(next) else {
      return .message(Message(count == 1 ? "the batch has one sample; see: help batch" : "the batch ends here"))
    }
    return .line("select \(next + 1)")
  }
}
