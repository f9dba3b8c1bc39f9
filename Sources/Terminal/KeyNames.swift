extension Key {
  /// The name under which the table of keys has it: `→`, `n`, `PgDn`, `^L`; nil for what is none of a keyboard's keys.
  public var name: String? {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "^" + String(character).uppercased()
    case .alt(let character): "Alt-" + String(character)
    case .function(let number): "F\(number)"
    case .named(let name): Key.printed[name]
    case .mouse, .paste, .resize, .ended, .unknown: nil
    }
  }

  private static let printed: [Name: String] = [
    .up: "↑", .down: "↓", .left: "←", .right: "→", .home: "Home", .end: "End", .pageUp: "PgUp", .pageDown: "PgDn",
    .insert: "Ins", .delete: "Del", .backspace: "Backspace", .tab: "Tab", .backTab: "Shift-Tab", .enter: "Enter",
    .escape: "Esc", .wordLeft: "Ctrl-←", .wordRight: "Ctrl-→",
  ]
}
