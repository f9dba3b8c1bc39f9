/// How panels that stand one above the other share the rows: the picture and those that always have a place come first,
/// then as many of the others as have room.
struct RowShares {
  /// The rows of each panel that is shown, its rule included.
  private(set) var heights: [String: Int] = [:]
  /// The panels laid out for their widths.
  private(set) var fitted: [String: Fitted] = [:]
  private var left: Int
  private let rows: Int
  /// The panels whose rows do not depend on what others need.
  private var fixed: Set<String> = []

  /// Shares rows among panels; one of them may stand beside another and takes none. There are usually so many.
  init(
    _ panels: PanelsOfFrame, among order: [Panel], beside companion: Panel?, rows: Int, usual: Int,
    width: (Panel) -> Int
  ) {
    self.rows = rows
    left = rows
    let first = RowShares.essential(panels, companion).filter { panel in order.contains { $0.name == panel.name } }
    let others = order.filter { panel in
      panel.name != companion?.name && panels.applies(panel) && !first.contains { $0.name == panel.name }
    }.sorted { $0.placement.rank < $1.placement.rank }
    for panel in first + others { fitted[panel.name] = panels.ready(panel)?.fitted(to: width(panel)) }
    // The picture has its rows before all others, the same at every step.
    for panel in first { give(panel, panel.placement.fixedRows?(panels.scene, usual)) }
    for panel in first { include(panel) }
    // What is told is read to its end, also where the keys belong to another panel.
    for panel in first where panel.placement.isFirst { grow(panel, to: fairShare(panel)) }
    for panel in first { grow(panel, to: fairShare(panel)) }
    // So that panels keep their places from step to step, but not at the cost of numbers.
    for panel in first where panel.placement.kept > 0 { grow(panel, to: panel.placement.kept + 1) }
    // What lacks but a few rows is whole before another begins.
    for panel in first where wished(panel) - (heights[panel.name] ?? 0) <= 3 { grow(panel, to: wished(panel)) }
    for panel in others { include(panel) }
    let shown = (first + others).filter { heights[$0.name] != nil }
    for panel in shown { grow(panel, to: wished(panel)) }
    // What is left goes to those that have a use for it, alike if they can.
    for (index, panel) in shown.enumerated() {
      grow(panel, to: (heights[panel.name] ?? 0) + left / (shown.count - index), atMost: most(panel))
    }
    for panel in shown { grow(panel, to: most(panel)) }
  }

  /// The panels that are shown before all others, the one that the keys belong to first. The picture never gives way.
  private static func essential(_ panels: PanelsOfFrame, _ companion: Panel?) -> [Panel] {
    let view = panels.scene.view
    let picture = Panel.body.first(where: \.placement.isPicture)
    let asked = [view.focus, view.shown].compactMap { $0.flatMap(Panel.named) }.first {
      !$0.placement.hasOwnPlace && $0.name != companion?.name && $0.name != picture?.name && panels.applies($0)
    }
    let fixed = Panel.body.filter(\.placement.hasOwnPlace).sorted { $0.placement.rank < $1.placement.rank }
    let above = fixed.filter { $0.placement.rank < Placement.pictureRank }
    let all = above + [picture, asked].compactMap { $0 } + fixed.dropFirst(above.count)
    let applying = all.filter(panels.applies)
    return applying.filter { $0.name == view.focus } + applying.filter { $0.name != view.focus }
  }

  private func wished(_ panel: Panel) -> Int { (fitted[panel.name]?.rows.wished ?? 0) + 1 }
  private func most(_ panel: Panel) -> Int { (fitted[panel.name]?.rows.most ?? 0) + 1 }

  /// What an essential panel gets before any other is shown at all.
  private func fairShare(_ panel: Panel) -> Int {
    let (part, whole) = panel.placement.share
    return min(wished(panel), rows * part / whole)
  }

  /// Gives a panel just so many rows.
  private mutating func give(_ panel: Panel, _ height: Int?) {
    guard let height, height <= left else { return }
    heights[panel.name] = height
    fixed.insert(panel.name)
    left -= height
  }

  /// Gives a panel its least, where there is room for it; the first always gets what there is.
  private mutating func include(_ panel: Panel) {
    guard !fixed.contains(panel.name), let room = fitted[panel.name]?.rows else { return }
    let least = heights.isEmpty ? min(room.least + 1, left) : room.least + 1
    guard least <= left, least > 0 else { return }
    heights[panel.name] = least
    left -= least
  }

  private mutating func grow(_ panel: Panel, to height: Int, atMost most: Int = .max) {
    guard !fixed.contains(panel.name), let before = heights[panel.name] else { return }
    let more = max(min(min(height, most) - before, left), 0)
    heights[panel.name] = before + more
    left -= more
  }
}
