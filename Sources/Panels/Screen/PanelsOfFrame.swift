/// The panels of one frame, each made ready once, however often it is asked about.
final class PanelsOfFrame {
  let scene: Scene
  private var known: [String: Prepared?] = [:]

  init(_ scene: Scene) { self.scene = scene }

  /// A panel made ready; nil where it has nothing to show.
  func ready(_ panel: Panel) -> Prepared? {
    if let prepared = known[panel.name] { return prepared }
    let prepared = panel.ready(scene)
    known[panel.name] = .some(prepared)
    return prepared
  }

  /// Whether a panel has anything to show.
  func applies(_ panel: Panel) -> Bool { ready(panel) != nil }

  /// Whether a panel was asked for by itself.
  func isAsked(_ panel: Panel) -> Bool { scene.view.focus == panel.name || scene.view.shown == panel.name }
}
