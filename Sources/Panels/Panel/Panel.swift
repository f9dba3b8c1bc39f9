import Engine

/// How much room a panel takes.
public struct Extent: Equatable, Sendable {
  /// Below this it is not worth showing.
  public var least: Int
  /// With this it shows all it has.
  public var wished: Int

  /// With more than this it would only show blanks.
  public var most: Int

  /// At least so much, and so much where it can be had; more only where `most` says that there is a use for it.
  public init(_ least: Int, _ wished: Int, most: Int = 0) {
    self.least = min(least, wished)
    self.wished = wished
    self.most = max(most, wished)
  }
}

/// The heading of a panel: what stands on the left of its rule, and a remark on the right.
public struct Title: Equatable, Sendable {
  /// What the panel is.
  public var text: String
  /// A remark, such as what part of it is on show; empty where there is none.
  public var remark: String
  /// What a click on it means; nil where it is only the panel that is clicked.
  public var target: Target?

  /// A heading.
  public init(_ text: String, remark: String = "", target: Target? = nil) {
    self.text = text
    self.remark = remark
    self.target = target
  }
}

/// One part of the screen: a row of the table. It draws a scene into any size, on the screen and for `show` alike.
public struct Panel: Sendable {
  /// The name, as in `show network`.
  public let name: String
  /// What it shows, in a few words.
  public let meaning: String
  /// Whether there is anything to show.
  public let applies: @Sendable (Scene) -> Bool
  /// Its heading; nil where it has no rule above it.
  public let title: (@Sendable (Scene) -> Title)?
  /// The columns that it takes, without a border.
  public let columns: @Sendable (Scene) -> Extent
  /// The rows that it takes in so many columns, without its rule.
  public let rows: @Sendable (_ scene: Scene, _ width: Int) -> Extent
  /// Why there is nothing to show, where there is a reason of its own.
  public let missing: @Sendable (Scene) -> Text?
  /// Draws it into a size, with the areas for the mouse. Any size will do, 0 included.
  public let draw: @Sendable (_ scene: Scene, _ width: Int, _ height: Int) -> Grid

  /// A row of the table.
  public init(
    _ name: String, _ meaning: String,
    title: (@Sendable (Scene) -> Title)?,
    applies: @escaping @Sendable (Scene) -> Bool = { _ in true },
    columns: @escaping @Sendable (Scene) -> Extent = { _ in Extent(20, 80) },
    rows: @escaping @Sendable (_ scene: Scene, _ width: Int) -> Extent,
    draw: @escaping @Sendable (_ scene: Scene, _ width: Int, _ height: Int) -> Grid,
    missing: @escaping @Sendable (Scene) -> Text? = { $0.state.experiment.obstacle }
  ) {
    self.name = name
    self.meaning = meaning
    self.title = title
    self.applies = applies
    self.columns = columns
    self.rows = rows
    self.draw = draw
    self.missing = missing
  }

  /// The panels with a heading, in the order in which Tab goes through them.
  public static let body: [Panel] = [
    network, layer, jacobian, derivation, watch, plot, loss, map, session, data, holdout, narration,
  ]

  /// Every panel: those that always stand at the screen's edges, and the others.
  public static let all: [Panel] = [header, rail] + body + [message, prompt, footer, help, sheet, menu]

  /// The panel of that name.
  public static func named(_ name: String) -> Panel? { byName[name] }

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The panel with its rule, as the screen shows it, in so many rows and columns.
  public func framed(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    grid.mark(.panel(name), rows: 0..<height, columns: 0..<width)
    guard let title else {
      grid.blit(draw(scene, width, height), row: 0, column: 0)
      return grid
    }
    guard height > 0 else { return grid }
    grid.rule(title(scene), row: 0, isFocused: scene.view.focus == name)
    grid.blit(draw(scene, width, height - 1), row: 1, column: 0)
    return grid
  }

  /// The panel in all the rows that it wishes for, without a screen: what `show` prints.
  public func shown(_ scene: Scene, width: Int = 80) -> Grid {
    framed(scene, width: width, height: rows(scene, width).wished + (title == nil ? 0 : 1))
  }
}

extension Grid {
  /// What rules are made of.
  static let ruleCell = Cell("=", Style(.rule))

  /// A rule across the grid with a panel's heading in it: `== Network ======= layers 1-3 of 10 ==`.
  mutating func rule(_ title: Title, row: Int, isFocused: Bool) {
    horizontalLine(row: row, column: 0, length: width, with: Grid.ruleCell.character, style: Grid.ruleCell.style)
    guard width > 6 else { return }
    let text = " " + title.text.clipped(to: width - 6) + " "
    let end = put(text, row: row, column: 2, style: isFocused ? Style(.title, .reverse) : Style(.title))
    if let target = title.target { mark(target, row: row, columns: 2..<end) }
    let remark = title.remark.isEmpty ? "" : " " + title.remark + " "
    guard !remark.isEmpty, end + remark.displayWidth + 4 <= width else { return }
    put(remark, row: row, endingBefore: width - 2, style: Style(.label))
  }
}
