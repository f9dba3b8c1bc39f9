import Engine

/// How panels that stand one above the other share the rows: the picture, the layer's table and the derivation come first,
/// then as many of the others as have room.
struct RowShares {
  /// The rows of each panel that is shown, its rule included.
  private(set) var heights: [String: Int] = [:]
  private var extents: [String: Extent] = [:]
  private var left: Int
  private let rows: Int

  /// The derivation is given so many rows even where it needs fewer.
  private static let derivationRows = 7

  /// Shares rows among panels; one of them may stand beside the layer's table and takes none.
  init(_ scene: Scene, among order: [String], beside companion: String?, rows: Int, width: (String) -> Int) {
    self.rows = rows
    left = rows
    let first = RowShares.essential(scene, companion).filter(order.contains)
    var others = ["watch", "plot", "loss", "jacobian", "network", "map", "narration", "session", "data", "holdout"]
      .filter(order.contains)
    others.removeAll { first.contains($0) || $0 == companion || Panel.named($0)?.applies(scene) != true }
    for name in first + others {
      guard let extent = Panel.named(name)?.rows(scene, width(name)) else { continue }
      extents[name] = extent
    }
    for name in first { include(name) }
    for name in first { grow(name, to: fairShare(name)) }
    // So that panels keep their places from step to step, but not at the cost of numbers.
    if first.contains("derivation") { grow("derivation", to: RowShares.derivationRows + 1) }
    for name in others { include(name) }
    let shown = (first + others).filter { heights[$0] != nil }
    for name in shown { grow(name, to: wished(name)) }
    // What is left goes to those that have a use for it, alike if they can.
    for (index, name) in shown.enumerated() {
      grow(name, to: (heights[name] ?? 0) + left / (shown.count - index), atMost: most(name))
    }
    for name in shown { grow(name, to: most(name)) }
  }

  /// The panels that are shown before all others, the one that the keys belong to first. The Jacobian takes the picture's
  /// place on the way back through a layer whose Jacobian is not diagonal, and a panel that was asked for does so anywhere.
  private static func essential(_ scene: Scene, _ companion: String?) -> [String] {
    let (state, view) = (scene.state, scene.view)
    let isJacobian = state.phase == .backward && state.showsJacobian(layer: scene.layerOnShow)
    let own = isJacobian ? "jacobian" : "network"
    let fixed: Set<String> = ["layer", "derivation", "narration", companion ?? ""]
    let asked = [fixed.contains(view.focus) ? nil : view.focus, view.shown].compactMap { $0 }
    let slot = asked.first { $0 != companion && Panel.named($0)?.applies(scene) == true } ?? own
    let narration = !scene.narration.isEmpty ? ["narration"] : []
    let all = narration + [slot, "layer", "derivation"]
    let applying = all.filter { Panel.named($0)?.applies(scene) == true }
    return applying.filter { $0 == view.focus } + applying.filter { $0 != view.focus }
  }

  private func wished(_ name: String) -> Int { (extents[name]?.wished ?? 0) + 1 }
  private func most(_ name: String) -> Int { (extents[name]?.most ?? 0) + 1 }

  /// What an essential panel gets before any other is shown at all.
  private func fairShare(_ name: String) -> Int {
    switch name {
    case "derivation": wished(name)
    case "layer": min(wished(name), rows / 3)
    default: min(wished(name), rows * 2 / 5)
    }
  }

  /// Gives a panel its least, where there is room for it; the first always gets what there is.
  private mutating func include(_ name: String) {
    guard let extent = extents[name] else { return }
    let least = heights.isEmpty ? min(extent.least + 1, left) : extent.least + 1
    guard least <= left, least > 0 else { return }
    heights[name] = least
    left -= least
  }

  private mutating func grow(_ name: String, to height: Int, atMost most: Int = .max) {
    guard let before = heights[name] else { return }
    let more = max(min(min(height, most) - before, left), 0)
    heights[name] = before + more
    left -= more
  }
}
