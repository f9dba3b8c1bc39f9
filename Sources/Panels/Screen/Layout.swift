import Engine

/// Where each panel stands on a screen of some size. It is worked out anew for every frame, from what panels wish for.
public struct Layout: Equatable, Sendable {
  /// A panel's rectangle, its rule included.
  public struct Slot: Equatable, Sendable {
    /// The panel's name.
    public let panel: String
    /// The first row.
    public let row: Int
    /// The first column.
    public let column: Int
    /// How many columns.
    public let width: Int
    /// How many rows.
    public let height: Int
  }

  /// A line that parts two panels side by side.
  struct Separator: Equatable, Sendable {
    let row: Int
    let column: Int
    let height: Int
  }

  /// Smaller than this, a screen shows a sentence instead of panels.
  public static let least = (width: 60, height: 16)
  /// From this width on, a second column of panels stands beside the first.
  static let twoColumns = 120
  /// The narrowest panel that may stand beside the layer's table.
  static let leastCompanion = 24

  /// The panels from top to bottom.
  public private(set) var slots: [Slot] = []
  private(set) var separators: [Separator] = []

  /// The most rows that a message gets on a screen of so many rows.
  public static func messageRows(of height: Int) -> Int { max(2, (height - 8) / 5) }

  /// The layout of a scene; empty where the screen is too small.
  public init(_ scene: Scene, width: Int, height: Int) {
    guard width >= Layout.least.width, height >= Layout.least.height else { return }
    var top = 0
    for name in ["header", "rail"] {
      slots.append(Slot(panel: name, row: top, column: 0, width: width, height: 1))
      top += 1
    }
    var bottom = height
    var below: [Slot] = []
    for (name, most) in [("footer", 1), ("prompt", height / 3), ("message", Layout.messageRows(of: height))] {
      guard let rows = Panel.named(name)?.rows(scene, width) else { continue }
      let taken = min(max(rows.wished, rows.least), most)
      bottom -= taken
      below.append(Slot(panel: name, row: bottom, column: 0, width: width, height: taken))
    }
    placeBody(scene, rows: top..<bottom, width: width)
    slots += below.reversed()
  }

  private mutating func placeBody(_ scene: Scene, rows: Range<Int>, width: Int) {
    let asked = [scene.view.focus, scene.view.shown]
    func shown(_ order: [String], butNot onRequest: Set<String>) -> [String] {
      order.filter { !onRequest.contains($0) || asked.contains($0) }
    }
    guard width >= Layout.twoColumns else {
      let order = shown(Layout.main + Layout.side, butNot: ["map", "holdout"])
      return place(order, scene, rows: rows, column: 0, width: width, withCompanion: true)
    }
    let main = max(80, width * 3 / 5)
    let order = shown(Layout.main, butNot: ["holdout"])
    separators.append(Separator(row: rows.lowerBound, column: main, height: rows.count))
    place(order, scene, rows: rows, column: 0, width: main, withCompanion: false)
    place(Layout.side, scene, rows: rows, column: main + 1, width: width - main - 1, withCompanion: false)
  }

  /// What stands in the first column, from top to bottom, and what in the second where there are two.
  private static let main = ["network", "layer", "jacobian", "derivation", "data", "holdout"]
  private static let side = ["narration", "watch", "plot", "loss", "map", "session"]

  private mutating func place(
    _ order: [String], _ scene: Scene, rows: Range<Int>, column: Int, width: Int, withCompanion: Bool
  ) {
    let companion = withCompanion ? Layout.companion(scene, width: width) : nil
    let layerWidth = companion.map { width - $0.width - 1 } ?? width
    var heights = RowShares(scene, among: order, beside: companion?.panel, rows: rows.count) {
      $0 == "layer" ? layerWidth : width
    }.heights
    var row = rows.lowerBound
    for name in order {
      guard let height = heights.removeValue(forKey: name) else { continue }
      if name == "layer", let companion {
        slots.append(Slot(panel: name, row: row, column: column, width: layerWidth, height: height))
        separators.append(Separator(row: row, column: column + layerWidth, height: height))
        slots.append(
          Slot(
            panel: companion.panel, row: row, column: column + layerWidth + 1, width: companion.width, height: height))
      } else {
        slots.append(Slot(panel: name, row: row, column: column, width: width, height: height))
      }
      row += height
    }
  }

  /// The panel that stands beside the layer's table in a screen of one column: the watches where there are any, else the
  /// plot or the loss where the table leaves room for it.
  private static func companion(_ scene: Scene, width: Int) -> (panel: String, width: Int)? {
    guard let layer = Panel.named("layer"), layer.applies(scene) else { return nil }
    let columns = layer.columns(scene)
    for name in ["watch", "plot", "loss"] where Panel.named(name)?.applies(scene) == true {
      // A curve that was asked for takes the picture's place; there it is larger.
      guard name == "watch" || scene.view.focus != name && scene.view.shown != name else { continue }
      let least = name == "watch" ? min(columns.least, columns.wished) : columns.wished
      guard width - 1 - least >= leastCompanion else { continue }
      return (name, max(leastCompanion, width - 1 - columns.wished))
    }
    return nil
  }
}

extension View {
  /// The view with the keys given to the next panel that has something to show, or to the one before. A panel that has
  /// no place otherwise takes that of the picture.
  public func focusingNext(in scene: Scene, backwards: Bool = false) -> View {
    let names = Panel.body.filter { $0.applies(scene) }.map(\.name)
    guard !names.isEmpty else { return self }
    let index = names.firstIndex(of: focus) ?? (backwards ? 0 : names.count - 1)
    return focusing(names[(index + (backwards ? names.count - 1 : 1)) % names.count])
  }

  /// The view with the keys given to a panel.
  public func focusing(_ panel: String) -> View {
    var view = self
    view.focus = panel
    if !["layer", "derivation"].contains(panel) { view.shown = ["network", "jacobian"].contains(panel) ? nil : panel }
    return view
  }
}
