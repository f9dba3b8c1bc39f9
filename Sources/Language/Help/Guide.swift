import Engine
import Panels

/// A guide for the first minute: hints that watch what the session comes to, until the user has built a network, stepped
/// through it, trained it and seen what it has learned. It gives no line of its own but the one that begins afresh.
package struct Guide: Sendable {
  /// One thing to be done.
  struct Hint: Sendable {
    let text: Text
    /// Whether it stays done only as long as this is so, as what is built does; else it is done once and for all.
    var isKept = false
    let isDone: @Sendable (Session) -> Bool
  }

  /// How many of the hints are behind.
  package private(set) var done = 0
  /// Why the network cannot be stepped through yet; nil where it can, or where nothing was to be expected yet.
  private var obstacle: Text?

  /// The line with which it begins.
  package static let beginning = "network guide"

  /// A guide at its beginning.
  package init() {}

  /// What is to be done now.
  package var text: Text {
    let text = Guide.hints[min(done, Guide.hints.count - 1)].text
    guard !isOver else { return text }
    let missing: Text = obstacle.map { " (Not ready yet: \($0).)" } ?? ""
    return "\(done + 1)/\(Guide.hints.count - 1)  \(text)\(missing)"
  }

  /// Whether all of it is done.
  package var isOver: Bool { done >= Guide.hints.count - 1 }

  /// Looks at what the session has come to. What was built and is there no longer is to be built again.
  package mutating func follow(_ session: Session) {
    guard !isOver else { return }
    if let undone = Guide.hints[..<done].firstIndex(where: { $0.isKept && !$0.isDone(session) }) { done = undone }
    while !isOver, Guide.hints[done].isDone(session) { done += 1 }
    let experiment = session.timeline.experiment
    obstacle = experiment.data.isEmpty ? nil : experiment.obstacle
  }

  private static let hints: [Hint] = [
    Hint(
      text:
        "A network is built from a menu. Press \(build); in it, ↑ ↓ choose and Enter takes. Choose inputs, press Enter, make it 2 and press Enter.",
      isKept: true
    ) {
      $0.timeline.experiment.network.inputs == 2
    },
    Hint(
      text:
        "Now choose: add a layer. Give it 4 units and the activation tanh, then choose: add it. (Closed the menu? \(build) opens it.)",
      isKept: true
    ) {
      !$0.timeline.experiment.network.layers.isEmpty
    },
    Hint(
      text:
        "One layer more, for the output. Press \(build), choose: add a layer after it, with 1 unit and sigmoid, then: add it.",
      isKept: true
    ) {
      let network = $0.timeline.experiment.network
      return network.layers.count > 1 && network.outputs == 1
    },
    Hint(
      text: "Something to learn from: in the menu of \(build), choose samples, and there xor.", isKept: true
    ) {
      !$0.timeline.experiment.data.isEmpty && $0.timeline.experiment.obstacle == nil
    },
    Hint(
      text:
        "The first sample is all zeros, from which little is to be seen. Press \(build), choose samples, and there order: Enter shuffles them. Esc closes the menu."
    ) {
      $0.timeline.experiment.order != .sequential || $0.timeline.state.step > 0
    },
    Hint(
      text:
        "Ready. Press \(key(.line("step"))) : the first layer is computed. Every number in the table can be selected, and what made it stands below."
    ) {
      $0.timeline.state.step > 0
    },
    Hint(
      text:
        "Press \(key(.line("backward"))): on to the end of the backward pass. \(key(.line("back"))) would take steps back, as far as the beginning."
    ) {
      $0.timeline.state.phase == .backward || $0.timeline.state.phase == .update || $0.timeline.state.iteration > 1
    },
    Hint(
      text:
        "Press \(key(.line("update"))): the weights are updated. Then \(key(.menu(.train))), to train: choose epochs and press Enter twice."
    ) {
      $0.timeline.state.iteration > 100
    },
    Hint(
      text:
        "It has learned. See what: press \(prompt) , type show map and press Enter. Each point is a pair of inputs, the marks are the samples; beside it goes down the curve of the loss."
    ) { asked(for: .map, in: $0) },
    Hint(
      text:
        "You built a network, stepped through it and trained it. \(key(.line("undo"))) takes back a line, \(prompt) takes any command, ? shows the keys. \(key(.act(.guide))) closes the guide."
    ) { _ in false },
  ]

  /// Whether a panel was asked for in a line, as by `show map`.
  @Sendable private static func asked(for panel: Panel, in session: Session) -> Bool {
    session.lines.contains { line in
      let words = line.command.split(separator: " ")
      return words.count == 2 && words[0] == "show" && words[1] == panel.name
    }
  }

  // MARK: keys, from their table

  private static let build = key(.menu(.build(layer: 0)))
  private static let prompt = key(.prompt(""))

  /// The key that does this everywhere.
  private static func key(_ effect: Binding.Effect) -> String {
    Binding.key(for: effect, in: Session.first.scene()) ?? ""
  }
}

extension Binding {
  /// The first key that does something everywhere, as it would in a scene: a name for texts that tell of it.
  static func key(for effect: Effect, in scene: Scene) -> String? {
    let wanted = kind(of: effect)
    return all.first { row in
      row.contexts.isEmpty && row.keys.first.flatMap { row.effect(of: $0, in: scene) }.map(kind) == wanted
    }?.keys.first
  }

  /// An effect in words, so that two can be told apart; of a menu only which one it is.
  private static func kind(of effect: Effect) -> String {
    if case .menu(let page) = effect { return "menu \(String(describing: page).prefix { $0 != "(" })" }
    return String(describing: effect)
  }
}
