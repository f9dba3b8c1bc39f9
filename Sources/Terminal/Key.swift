import CNcurses

/// What came from the keyboard, the mouse or the terminal itself.
package enum Key: Hashable, Sendable {
  /// A character typed by itself. A combining mark comes alone, after its letter.
  case character(Character)
  /// A character typed with Ctrl: a small letter, or one of `space \ ] ^ _`. Ctrl-I, Ctrl-J, Ctrl-M and Ctrl-[ are Tab,
  /// Enter, Enter and Escape to every terminal.
  case control(Character)
  /// A character typed with Alt, or after Escape.
  case alt(Character)
  /// A key with a name.
  case named(Name)
  /// F1 to F24.
  case function(Int)
  /// The mouse.
  case mouse(Mouse)
  /// Text pasted in one go, its lines parted as the terminal parts them, by `\r`, `\n` or both.
  case paste(String)
  /// More than that was pasted than is taken at once.
  case overlongPaste
  /// The terminal has another size, or has to be drawn anew.
  case resize
  /// The terminal is gone; nothing will come any more.
  case ended
  /// A key that has no name here.
  case unknown

  /// The most bytes of a paste.
  package static let longestPaste = 1 << 24

  /// The keys that have names.
  package enum Name: String, CaseIterable, Sendable {
    case up, down, left, right, home, end, pageUp, pageDown, insert, delete, backspace, tab, backTab, enter, escape
    /// ← with Ctrl or Alt.
    case wordLeft
    /// → with Ctrl or Alt.
    case wordRight
    /// An arrow with Shift.
    case shiftUp, shiftDown, shiftLeft, shiftRight
  }
}

/// What the mouse did and where, counted from 0 at the top left. With Shift held the terminal keeps the mouse for
/// itself, to select text.
package struct Mouse: Hashable, Sendable {
  /// What it did.
  package enum Action: Hashable, Sendable {
    /// A button went down.
    case press(Button)
    /// The mouse moved with a button down.
    case drag(Button)
    /// The button came up.
    case release
    /// The wheel turned away from the user.
    case wheelUp
    /// The wheel turned towards the user.
    case wheelDown
  }

  /// Its buttons.
  package enum Button: Hashable, Sendable {
    case left, middle, right
  }

  /// What it did.
  package var action: Action
  /// The row, from 0.
  package var row: Int
  /// The column, from 0.
  package var column: Int

  /// An action at a place.
  package init(_ action: Action, row: Int, column: Int) {
    self.action = action
    self.row = row
    self.column = column
  }

  /// From xterm's code for buttons: the button in the lowest two bits, 32 for a move, 64 for the wheel; Shift, Alt and
  /// Ctrl (4, 8, 16) make no difference here. Nil for a move without a button and for a wheel turned sideways.
  init?(button: Int, isPressed: Bool, row: Int, column: Int) {
    let code = button & 0x3
    let named: Button? = code == 0 ? .left : code == 1 ? .middle : code == 2 ? .right : nil
    let action: Action
    switch (button & 0x40 != 0, button & 0x20 != 0) {
    case (true, _):
      guard code < 2, isPressed else { return nil }
      action = code == 0 ? .wheelUp : .wheelDown
    case (false, true):
      guard let named, isPressed else { return nil }
      action = .drag(named)
    case (false, false):
      if !isPressed {
        action = .release
      } else {
        guard let named else { return nil }
        action = .press(named)
      }
    }
    self.init(action, row: row, column: column)
  }
}

extension Key {
  /// From what `terminal_key` returned, but for the mouse and for pasted text, which take more than a number.
  init(code: Int) {
    if let name = Key.names[code] {
      self = .named(name)
    } else if code <= TERMINAL_F1, code > TERMINAL_F1 - 24 {
      self = .function(TERMINAL_F1 - code + 1)
    } else if code == TERMINAL_RESIZED {
      self = .resize
    } else if code == TERMINAL_ENDED {
      self = .ended
    } else if code >= TERMINAL_ALT {
      self = Key(typedWithAlt: code & (TERMINAL_ALT - 1))
    } else if code >= 0 {
      self = Key(typed: code)
    } else {
      self = .unknown
    }
  }

  private init(typed code: Int) {
    switch code {
    case 9: self = .named(.tab)
    case 10, 13: self = .named(.enter)
    case 27: self = .named(.escape)
    case 127: self = .named(.backspace)
    case 0: self = .control(" ")
    case 1...26: self = .control(typedCharacter(code + 0x60) ?? " ")
    case 28...31: self = .control(typedCharacter(code + 0x40) ?? " ")
    default: self = typedCharacter(code).map(Key.character) ?? .unknown
    }
  }

  private init(typedWithAlt code: Int) {
    switch code {
    case 8, 127: self = .alt("\u{8}")
    case 0..<32: self = .unknown
    default: self = typedCharacter(code).map(Key.alt) ?? .unknown
    }
  }

  private static let names: [Int: Name] = [
    TERMINAL_UP: .up, TERMINAL_DOWN: .down, TERMINAL_LEFT: .left, TERMINAL_RIGHT: .right, TERMINAL_HOME: .home,
    TERMINAL_END: .end, TERMINAL_PAGE_UP: .pageUp, TERMINAL_PAGE_DOWN: .pageDown, TERMINAL_INSERT: .insert,
    TERMINAL_DELETE: .delete, TERMINAL_BACKSPACE: .backspace, TERMINAL_BACK_TAB: .backTab,
    TERMINAL_WORD_LEFT: .wordLeft, TERMINAL_WORD_RIGHT: .wordRight, TERMINAL_ENTER: .enter,
    TERMINAL_SHIFT_UP: .shiftUp, TERMINAL_SHIFT_DOWN: .shiftDown, TERMINAL_SHIFT_LEFT: .shiftLeft,
    TERMINAL_SHIFT_RIGHT: .shiftRight,
  ]
}

/// The character of a code point, nil for what is none.
private func typedCharacter(_ code: Int) -> Character? {
  UInt32(exactly: code).flatMap(Unicode.Scalar.init).map { Character($0) }
}
