// Keys where they are text: at the prompt, in a value and in a menu.
extension Binding {
  /// Keys in a menu and in a value that is being edited.
  static let choosing: [Binding] = [
    Binding("↑ ↓", "choose", footer: "↑↓ choose", in: ["menu"], .choose(.above), .choose(.below)),
    Binding("Enter →", "take it", footer: "Enter take", in: ["menu"], .choose(.take)),
    Binding("/", "find; or just type", footer: "a…z find", in: ["menu"], .choose(.find)),
    Binding("←", "back", in: ["menu"], footer: { $0.menu?.hasPageBefore == true ? "← back" : nil }) { _ in
      .choose(.back)
    },
    Binding("Esc ^C", "close", footer: "Esc close", in: ["menu"], .choose(.close)),
    Binding(
      "PgUp PgDn Home End", in: ["menu"], .choose(.pageUp), .choose(.pageDown), .choose(.first), .choose(.last)),
    Binding("Backspace", in: ["menu"], .choose(.widen)),
    Binding("↑", "nudge up", in: ["edit"], footer: { $0.editsNumbers ? "↑↓ nudge" : nil }) { _ in .value(.more) },
    Binding("↓", "nudge down", in: ["edit"], .value(.less)),
    Binding("Enter", "take it", footer: "Enter take", in: ["edit"], .value(.take)),
    Binding("Esc ^C", "give it up", footer: "Esc give up", in: ["edit"], .value(.giveUp)),
    Binding("^G", in: ["edit"], .value(.giveUp)),
    Binding("Tab", "take it, open the next", in: ["edit"], footer: { $0.edited?.cell == nil ? nil : "Tab next" }) { _ in
      .value(.takeAndGoOn)
    },
  ]

  /// Keys at the prompt; those that change its text do so in a value too.
  static let prompt: [Binding] = [
    Binding("Enter", "run it", footer: "Enter run", in: ["prompt"], .ask(.submit)),
    Binding("Esc ^C", "leave the prompt", footer: "Esc leave", in: ["prompt"], .ask(.leave), .ask(.interrupt)),
    Binding("Tab", "complete the word", footer: "Tab complete", in: ["prompt"], .ask(.complete)),
    Binding("↑ ↓", "lines given before", footer: "↑↓ lines", in: ["prompt"], .ask(.older), .ask(.newer)),
    Binding("^R", "look for a line", footer: "^R search", in: ["prompt"], .ask(.search)),
    Binding(
      "^A ^E", "to start, to end", footer: "^A^E ends", in: ["prompt"], unsaid: ["edit"], .text(.lineStart),
      .text(.lineEnd)),
    Binding(
      "^W ^U ^K", "cut word, start, rest", footer: "^W^U^K cut", in: ["prompt"], unsaid: ["edit"], .text(.cutBlankWord),
      .text(.cutStart), .text(.cutRest)),
    Binding("^Y", "put it back", footer: "^Y paste", in: ["prompt"], unsaid: ["edit"], .text(.putBack)),
    Binding("Shift-Tab", in: ["prompt"], .ask(.completeBack)),
    Binding("^P ^N", in: ["prompt"], .ask(.older), .ask(.newer)),
    Binding("^G", in: ["prompt"], .ask(.leave)),
    Binding("→ ^F", in: ["prompt", "edit"], .text(.characterOn)),
    Binding("← ^B", in: ["prompt", "edit"], .text(.characterBack)),
    Binding("Ctrl-→ Alt-f", in: ["prompt", "edit"], .text(.wordOn)),
    Binding("Ctrl-← Alt-b", in: ["prompt", "edit"], .text(.wordBack)),
    Binding("Home End", in: ["prompt", "edit"], .text(.lineStart), .text(.lineEnd)),
    Binding("Backspace Del", in: ["prompt", "edit"], .text(.rubOut), .text(.delete)),
    Binding("^D", in: ["prompt", "edit"], .text(.deleteOrLeave)),
    Binding("Alt-d Alt-Backspace", in: ["prompt", "edit"], .text(.cutWordOn), .text(.cutWordBack)),
    Binding("^T", in: ["prompt", "edit"], .text(.exchange)),
    Binding("^R", in: ["search"], .search(.older)),
    Binding("Backspace", in: ["search"], .search(.rubOut)),
    Binding("Esc ^C ^G", in: ["search"], .search(.leave)),
  ]
}
