import Engine

/// Where each panel stands on a screen of some size. It is worked out anew for every frame, from what panels wish for.
package struct Layout {
  /// A panel in its rectangle, its rule included.
  package struct Slot {
    /// The panel.
    package let panel: Panel
    /// The first row.
    package let row: Int
    /// The first column.
    package let column: Int
    /// How many columns.
    package let width: Int
    /// How many rows.
    package let height: Int
    let prepared: Prepared
    let fitted: Fitted
  }

  /// A line that parts two panels side by side.
  struct Separator: Equatable, Sendable {
    let row: Int
    let column: Int
    let height: Int
  }

  /// Smaller than this, a screen shows a sentence instead of panels.
  package static let least = (width: 60, height: 16)
  /// From this width on, a second column of panels stands beside the first.
  static let twoColumns = 120
  /// What lies over the panels is no wider than this.
  static let widestOverlay = 100
  /// The narrowest panel that may stand beside another of its column.
  static let leastCompanion = 24

  /// The panels from top to bottom.
  package private(set) var slots: [Slot] = []
  private(set) var separators: [Separator] = []
  private let panels: PanelsOfFrame
  /// The rows of the body while there is no long message below it and nothing is typed.
  private var usual = 0
  /// The message and the footer.
  private static let usuallyBelow = 2

  /// The most rows that a message gets on a screen of so many rows.
  package static func messageRows(of height: Int) -> Int { max(2, (height - 8) / 5) }

  /// The layout of a scene; empty where the screen is too small.
  package init(_ scene: Scene, width: Int, height: Int) {
    panels = PanelsOfFrame(scene)
    guard width >= Layout.least.width, height >= Layout.least.height else { return }
    var (top, bottom) = (0, height)
    for panel in Panel.all {
      guard case .top = panel.placement.part, let prepared = panels.ready(panel) else { continue }
      add(panel, prepared, prepared.fitted(to: width), row: top, column: 0, width: width, height: 1)
      top += 1
    }
    var below: [Slot] = []
    for panel in Panel.all.reversed() {
      guard case .bottom(let most) = panel.placement.part, let prepared = panels.ready(panel) else { continue }
      let fitted = prepared.fitted(to: width)
      let taken = min(max(fitted.rows.wished, fitted.rows.least), most(height))
      guard taken > 0 else { continue }
      bottom -= taken
      below.append(
        Slot(
          panel: panel, row: bottom, column: 0, width: width, height: taken, prepared: prepared, fitted: fitted))
    }
    usual = height - top - Layout.usuallyBelow
    if let alone = Layout.zoomed(in: panels) {
      add(
        alone.panel, alone.prepared, alone.prepared.fitted(to: width), row: top, column: 0, width: width,
        height: bottom - top)
    } else {
      placeBody(rows: top..<bottom, width: width)
    }
    slots += below.reversed()
  }

  /// The panel that has the screen to itself; nil where none is to, or it has nothing to show.
  private static func zoomed(in panels: PanelsOfFrame) -> (panel: Panel, prepared: Prepared)? {
    let view = panels.scene.view
    guard view.isZoomed, let panel = Panel.named(view.focus), let prepared = panels.ready(panel) else { return nil }
    return (panel, prepared)
  }

  /// The panels that have something to show, in the order of their numbers, and whether they are on show.
  func panelsToChoose() -> [(panel: Panel, isOnShow: Bool)] {
    let onShow = Set(slots.map(\.panel.name))
    return Panel.body.filter(panels.applies).map { ($0, onShow.contains($0.name)) }
  }

  private mutating func add(
    _ panel: Panel, _ prepared: Prepared, _ fitted: Fitted, row: Int, column: Int, width: Int, height: Int
  ) {
    slots.append(
      Slot(panel: panel, row: row, column: column, width: width, height: height, prepared: prepared, fitted: fitted))
  }

  private mutating func placeBody(rows: Range<Int>, width: Int) {
    guard width >= Layout.twoColumns else {
      let order = Layout.main + Layout.side
      let shown = order.filter { $0.placement.asking == .never || panels.isAsked($0) }
      return place(shown, rows: rows, column: 0, width: width, withCompanion: true)
    }
    let main = max(80, width * 3 / 5)
    separators.append(Separator(row: rows.lowerBound, column: main, height: rows.count))
    let unasked = { [panels] (panel: Panel) in panel.placement.asking != .always || panels.isAsked(panel) }
    let first = Layout.main.filter(unasked)
    place(first, rows: rows, column: 0, width: main, withCompanion: false)
    // What the first column has no room for comes below what the second one has.
    let left = first.filter { panel in !slots.contains { $0.panel.name == panel.name } }
    place(
      Layout.side.filter(unasked) + left, rows: rows, column: main + 1, width: width - main - 1, withCompanion: false)
  }

  /// What stands in the first column, from top to bottom.
  private static let main = Panel.all.filter { if case .main = $0.placement.part { true } else { false } }

  /// What stands in the second column where there are two.
  private static let side: [Panel] = {
    let all = Panel.all.filter { if case .side = $0.placement.part { true } else { false } }
    return all.filter(\.placement.isFirst) + all.filter { !$0.placement.isFirst }
  }()

  private mutating func place(_ order: [Panel], rows: Range<Int>, column: Int, width: Int, withCompanion: Bool) {
    let pair = withCompanion ? companion(width: width) : nil
    let hostWidth = pair.map { width - $0.width - 1 } ?? width
    let shares = RowShares(panels, among: order, beside: pair?.guest, rows: rows.count, usual: usual) {
      $0.name == pair?.host.name ? hostWidth : width
    }
    var row = rows.lowerBound
    for panel in order {
      guard let height = shares.heights[panel.name], let fitted = shares.fitted[panel.name],
        let prepared = panels.ready(panel)
      else { continue }
      if let pair, panel.name == pair.host.name {
        add(panel, prepared, fitted, row: row, column: column, width: hostWidth, height: height)
        separators.append(Separator(row: row, column: column + hostWidth, height: height))
        if let beside = panels.ready(pair.guest) {
          add(
            pair.guest, beside, beside.fitted(to: pair.width), row: row, column: column + hostWidth + 1,
            width: pair.width, height: height)
        }
      } else {
        add(panel, prepared, fitted, row: row, column: column, width: width, height: height)
      }
      row += height
    }
  }

  /// The panel that stands beside another in a screen of one column, and its width: the first that it gives way to, else
  /// the first that it leaves room for.
  private func companion(width: Int) -> (host: Panel, guest: Panel, width: Int)? {
    let hosts = Panel.body.filter { $0.placement.companion == .host && panels.applies($0) }
    // One that has to be asked for, and was, is what one looks at; it gives way to nothing.
    let asked = hosts.first { $0.placement.asking != .never && panels.isAsked($0) }
    guard let host = asked ?? hosts.first(where: { $0.placement.asking == .never }),
      let columns = panels.ready(host)?.columns
    else { return nil }
    let guests: [Placement.Companion] = asked == nil ? [.guest, .modestGuest] : [.modestGuest]
    for guest in Panel.body where guests.contains(guest.placement.companion) && panels.applies(guest) {
      let isModest = guest.placement.companion == .modestGuest
      // A curve that was asked for has a place of its own; there it is larger.
      if isModest, panels.isAsked(guest) { continue }
      let least = isModest ? columns.wished : min(columns.least, columns.wished)
      guard width - 1 - least >= Layout.leastCompanion else { continue }
      return (host, guest, max(Layout.leastCompanion, width - 1 - columns.wished))
    }
    return nil
  }
}

extension View {
  /// The view with the keys given to the next panel that has something to show, or to the one before. A panel that has
  /// no place otherwise takes that of the picture.
  package func focusingNext(in scene: Scene, backwards: Bool = false) -> View {
    let all = Panel.body
    let index = all.firstIndex { $0.name == focus && $0.applies(scene) } ?? (backwards ? 0 : all.count - 1)
    for distance in 1...all.count {
      let next = all[(index + (backwards ? all.count - distance : distance)) % all.count]
      if next.applies(scene) { return focusing(next.name) }
    }
    return self
  }

  /// The view with the keys given to a panel.
  package func focusing(_ panel: String) -> View {
    var view = self
    view.focus = panel
    guard let placement = Panel.named(panel)?.placement, !placement.hasOwnPlace else { return view }
    view.shown = placement.isPicture ? nil : panel
    return view
  }
}
