/// What a piece of the screen means. Panels say what a thing is; a `Palette` says how that looks at a terminal's
/// depth of colour. Colour never carries a meaning alone: panels write signs, arrows and brackets as well.
package enum Role: Hashable, Sendable {
  /// Ordinary text and numbers.
  case plain
  /// The heading of a panel and the title of the session.
  case title
  /// The lines that part and frame panels.
  case rule
  /// The names of columns, rows and quantities.
  case label
  /// What is there but not the matter now: the other layers, what is not computed yet, line numbers.
  case muted
  /// A number above zero, by its size from 0 (next to nothing) to 3 (among the largest on show).
  case positive(UInt8)
  /// A number below zero, by its size from 0 (next to nothing) to 3 (among the largest on show).
  case negative(UInt8)
  /// The layer and the direction of the step just taken.
  case lit
  /// The selected cell or unit.
  case selected
  /// A number that the step just changed.
  case changed
  /// A parameter that is kept from being updated.
  case frozen
  /// A verdict that holds.
  case good
  /// Something to notice before it goes wrong.
  case warning
  /// A verdict that fails, an error, a number that is not finite.
  case bad
  /// The words of whoever presents the session.
  case narration
  /// The name of a key in a hint.
  case key
  /// The prompt and what is typed at it.
  case prompt
  /// What completion offers.
  case completion
  /// Two points of a map in one cell: the upper half and the lower half of `▀`. Not one of `all`: it has only colours.
  case halves(Shade, Shade)

  /// The largest level of `positive` and `negative`.
  package static let largestLevel: UInt8 = 3

  /// The role of a number among others: its sign, and its size beside the largest absolute value on show. Each
  /// level down is a quarter of the one above; zero is `plain`, and what is not finite is `bad`.
  package static func signed(_ value: Double, largest: Double) -> Role {
    guard value.isFinite else { return .bad }
    if value == 0 { return .plain }
    let share = largest > 0 ? abs(value) / largest : 1
    let level: UInt8 = share >= 0.25 ? 3 : share >= 0.0625 ? 2 : share >= 0.015625 ? 1 : 0
    return value > 0 ? .positive(level) : .negative(level)
  }

  /// Every role once, levels included; tests and the palette's own check run over it.
  package static let all: [Role] =
    [
      .plain, .title, .rule, .label, .muted, .lit, .selected, .changed, .frozen, .good, .warning, .bad, .narration,
      .key, .prompt, .completion,
    ] + (0...largestLevel).map(Role.positive) + (0...largestLevel).map(Role.negative)
}
