import Engine

/// One part of the screen: a row of the table. The same panel is drawn on the screen and by `show`; layout, `show NAME`,
/// the order of Tab and what the arrows do follow from its row.
package struct Panel: Sendable {
  /// The name, as in `show network`.
  package let name: String
  /// What it shows, in a few words.
  package let meaning: Text
  /// Where it stands, and what share of the room it gets.
  let placement: Placement
  /// What the arrows do while the keys belong to it.
  let arrows: Arrows
  /// Whether it shows the selected cell by itself, so that another selection undoes its scrolling.
  let followsSelection: Bool
  /// What it draws without a word beside it.
  package private(set) var signs: [Sign] = []
  private let preparation: @Sendable (Scene) throws(Missing) -> Prepared?

  /// What the arrows do.
  enum Arrows: Sendable {
    /// They scroll.
    case scroll
    /// They select one of what the panel shows: a cell, a unit.
    case select(Text, @Sendable (inout View, Direction, _ from: Selection, State) -> Void)
    /// The table of keys says what they do.
    case own
  }

  /// Why there is nothing to show.
  package struct Missing: Error {
    /// The reason, for a reader.
    package let reason: Text
  }

  /// A row of the table. `preparing` is nil where there is nothing to show, and throws where it can say why.
  init(
    _ name: String, _ meaning: Text, _ placement: Placement, arrows: Arrows = .scroll, followsSelection: Bool = false,
    _ preparing: @escaping @Sendable (Scene) throws(Missing) -> Prepared?
  ) {
    self.name = name
    self.meaning = meaning
    self.placement = placement
    self.arrows = arrows
    self.followsSelection = followsSelection
    preparation = preparing
  }

  /// The row with what its signs are.
  func with(_ signs: [Sign]) -> Panel {
    var panel = self
    panel.signs = signs
    return panel
  }

  /// Every panel. Those with a heading are here in the order in which Tab goes through them, and in which they stand from
  /// top to bottom where they share a column.
  package static let all: [Panel] = [
    header, rail,
    network, layer, jacobian, derivation, watch, plot, loss, map, session, data, holdout, health, verdict, claims,
    breaks, narration, branches, sweep,
    time, message, prompt, footer,
    help, sheet, menu,
  ]

  /// The panels with a heading, which the keys may belong to.
  package static let body = all.filter { $0.placement.isOfBody }

  /// What the arrows select while the keys belong to it; nil where they select nothing.
  package var selects: Text? { if case .select(let what, _) = arrows { what } else { nil } }

  /// The panels in which the arrows scroll, by their names.
  package static let scrolling = body.compactMap { panel in if case .scroll = panel.arrows { panel.name } else { nil } }

  /// The panel of that name.
  package static func named(_ name: String) -> Panel? { byName[name] }

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The panel made ready to show a scene; nil where there is nothing to show.
  /// - Throws: where there is a reason for that.
  package func prepare(_ scene: Scene) throws(Missing) -> Prepared? { try preparation(scene) }

  /// Whether there is anything to show.
  package func applies(_ scene: Scene) -> Bool { ready(scene) != nil }

  /// The panel made ready; nil where there is nothing to show, whatever the reason.
  func ready(_ scene: Scene) -> Prepared? { (try? prepare(scene)) ?? nil }

  /// Draws it into a grid, below its rule where it has one; the grid's size is the room that there is.
  func draw(_ prepared: Prepared, _ fitted: Fitted, isFocused: Bool, into grid: inout Grid) {
    grid.mark(.panel(name), rows: 0..<grid.height, columns: 0..<grid.width)
    guard let title = prepared.title else { return fitted.draw(&grid) }
    guard grid.height > 0 else { return }
    grid.rule(title(), row: 0, isFocused: isFocused)
    grid.inside(row: 1, column: 0, width: grid.width, height: grid.height - 1, fitted.draw)
  }

  /// The panel as the screen shows it, in all the rows that it has a use for, without a screen: what `show` prints. Nil
  /// where there is nothing to show.
  /// - Throws: where there is a reason for that.
  package func shown(_ scene: Scene, width: Int = 80, most: Int = .max) throws(Missing) -> Grid? {
    guard let prepared = try prepare(scene) else { return nil }
    let fitted = prepared.fitted(to: width)
    let rows = min(fitted.rows.most, most) + (prepared.title == nil ? 0 : 1)
    var grid = Grid(width: width, height: rows)
    draw(prepared, fitted, isFocused: false, into: &grid)
    return grid
  }
}
