extension Key {
  /// The name under which the table of keys has it: `→`, `n`, `PgDn`, `^L`; nil for what is none of a keyboard's keys.
  package var name: String? {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "^" + String(character).uppercased()
    case .alt("\u{8}"): "Alt-Backspace"
    case .alt(let character): "Alt-" + String(character)
    case .function(let number): "F\(number)"
    case .named(let name): Key.printed[name]
    case .mouse, .paste, .overlongPaste, .resize, .ended, .unknown: nil
    }
  }

  /// The key of a name that the table of keys has: the reverse of `name`.
  init?(printed name: String) {
    if name == "Space" {
      self = .character(" ")
    } else if let named = Key.printed.first(where: { $0.value == name })?.key {
      self = .named(named)
    } else if name.count == 2, name.hasPrefix("^"), let letter = name.last {
      self = .control(Character(letter.lowercased()))
    } else if name.first == "F", let number = Int(name.dropFirst()) {
      self = .function(number)
    } else if name == "Alt-Backspace" {
      self = .alt("\u{8}")
    } else if name.count == 5, name.hasPrefix("Alt-"), let letter = name.last {
      self = .alt(letter)
    } else if name.count == 1, let character = name.first {
      self = .character(character)
    } else {
      return nil
    }
  }

  private static let printed: [Name: String] = [
    .up: "↑", .down: "↓", .left: "←", .right: "→", .home: "Home", .end: "End", .pageUp: "PgUp", .pageDown: "PgDn",
    .insert: "Ins", .delete: "Del", .backspace: "Backspace", .tab: "Tab", .backTab: "Shift-Tab", .enter: "Enter",
    .escape: "Esc", .wordLeft: "Ctrl-←", .wordRight: "Ctrl-→",
    .shiftUp: "Shift-↑", .shiftDown: "Shift-↓", .shiftLeft: "Shift-←", .shiftRight: "Shift-→",
  ]
}
