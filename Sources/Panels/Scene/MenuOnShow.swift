import Engine

/// A menu as it is drawn: a list in which one row is chosen, and what is to be said of that row.
package struct MenuOnShow: Equatable, Sendable {
  /// One row of the list.
  package struct Row: Equatable, Sendable {
    /// What it is.
    package var name: Text
    /// What it has now, or comes to; empty where there is nothing to say.
    package var value: Text
    /// Whether it is what there is now.
    package var isMarked: Bool
    /// The characters of the name, or of the value, that were typed to find it; nil where they are not there.
    package var (matchInName, matchInValue): (Range<Int>?, Range<Int>?)

    /// A row.
    package init(_ name: Text, value: Text = "", isMarked: Bool = false) {
      self.name = name
      self.value = value
      self.isMarked = isMarked
    }
  }

  /// What is chosen from.
  package var title: Text
  /// The rows that the filter leaves.
  package var rows: [Row]
  /// The index of the chosen row.
  package var chosen = 0
  /// What was typed to narrow the list down.
  package var filter = ""
  /// The line that the chosen row comes to; empty where it leads elsewhere.
  package var line = ""
  /// What Enter does with the chosen row, where no line says so.
  package var hint: Text = ""
  /// Whether there is anything to see of its rows; where there is not, the list has the room for itself.
  package var hasPreviews = true
  /// What there is to see of the chosen row.
  package var preview = MenuPreview.text([])
  /// The value of the chosen row while it is being edited.
  package var edited: EditedValue?
  /// Whether what follows from its values is on show below it: then it stands at the top, and takes less room while a value
  /// is edited.
  package var isAtTop = false
  /// Whether there is a page to go back to.
  package var hasPageBefore = false
  /// What a guide says, above the list; empty where none does.
  package var note: Text = ""
  /// What there is to say, such as why a value will not do.
  package var message: Message?

  /// A list with a heading.
  package init(_ title: Text, rows: [Row]) {
    self.title = title
    self.rows = rows
  }
}

/// What a menu shows of its chosen row.
package enum MenuPreview: Equatable, Sendable {
  /// Lines of text.
  case text([Text])
  /// An activation: its formula, its derivative and a curve of both.
  case activation(ActivationChoice)
}

/// A value that is being edited in its place.
package struct EditedValue: Equatable, Sendable {
  /// The cell in which it stands; nil where it stands in a menu.
  package var cell: Target?
  /// What stands before it in the line that it comes to, as `set w1[1,1] =`.
  package var lead: String
  /// The text.
  package var text: String
  /// The cursor, as the number of characters before it.
  package var cursor: Int
  /// Whether the whole of it gives way to what is typed.
  package var isWhole = false

  /// A value, and what it stands for.
  package init(_ lead: String, text: String, cursor: Int, at cell: Target? = nil) {
    self.lead = lead
    self.text = text
    self.cursor = cursor
    self.cell = cell
  }
}

extension Grid {
  /// Writes a text that is being edited, scrolled so that its cursor is within the room; the cursor's cell is reversed,
  /// and all of it where typing would replace it.
  mutating func putEdited(_ edited: EditedValue, row: Int, column: Int, room: Int) {
    guard room > 0 else { return }
    let text = edited.text
    let before = String(text.prefix(max(edited.cursor, 0))).displayWidth
    var line = Grid(width: max(text.displayWidth + 1, room), height: 1)
    line.fill(rows: 0..<1, columns: 0..<line.width, style: Style(.prompt, .underline))
    line.put(text, row: 0, column: 0, style: Style(.prompt, .underline))
    line.restyle(row: 0, columns: (edited.isWhole ? 0 : before)..<(before + 1)) { $0.with(.reverse) }
    blit(
      line.window(row: 0, column: max(before - room + 1, 0), width: room, height: 1), row: row, column: column)
  }
}
