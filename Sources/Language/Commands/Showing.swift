import Diagnosis
import Engine
import Notation
import Panels

extension Session {
  /// The size of the screen that `show` draws.
  static let shownSize = (width: 80, height: 24)

  /// The most rows of a panel that `show` draws.
  static let mostShownRows = 1000

  /// `show [PANEL]`
  func show(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    guard let word = arguments.peek else {
      let scene = sceneWithHealth
      return Answer(verbatim: compose(scene, width: Session.shownSize.width, height: Session.shownSize.height).lines)
    }
    _ = arguments.accept(word.text)
    let column = word.range.lowerBound
    guard let panel = Panel.body.first(where: { $0.name == word.text }) else {
      let names = Panel.body.map(\.name)
      if let own = Session.printed(word.text) {
        throw CommandError("\(word.text) is not a panel; print \(own) shows its numbers", at: column)
      }
      let near = suggestion(for: word.text, among: names)
      throw CommandError(
        "\(word.text) is not a panel" + (near.isEmpty ? "; use \(names.joined(separator: ", "))" : near), at: column)
    }
    var answer = Answer(verbatim: try shown(panel, at: column))
    answer.panel = panel.name
    return answer
  }

  /// The quantity that goes by a name, here or elsewhere, as `print` takes it: of a layer's without its number, the first's.
  private static func printed(_ name: String) -> String? {
    if let quantity = Quantity.named(name) { return quantity.name }
    guard let known = Quantity.known(elsewhereAs: name) else { return nil }
    return Quantity.named(known.name)?.name ?? Quantity(known.kind, 1).name
  }

  private var sceneWithHealth: Scene {
    var scene = scene(View().afterStep(content.timeline.state))
    scene.health = Health(timeline)
    return scene
  }

  /// A panel as `show` draws it; `column` is where the line asks for it.
  func shown(_ panel: Panel, at column: Int) throws(CommandError) -> [String] {
    let scene = sceneWithHealth
    var reason = scene.state.experiment.obstacle
    do throws(Panel.Missing) {
      let shown = try panel.shown(scene, width: Session.shownSize.width, most: Session.mostShownRows)
      if let shown { return shown.lines }
    } catch {
      reason = error.reason
    }
    throw CommandError(
      reason.map { "there is nothing to show in \(panel.name): \($0)" }
        ?? "there is nothing to show in \(panel.name) here",
      at: column)
  }
}
