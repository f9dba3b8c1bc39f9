import Engine

/// A guide for the first minute: hints that watch what the session comes to, until the user has built a network, stepped
/// through it and trained it. It gives no line of its own but the one that begins afresh.
package struct Guide: Sendable {
  /// One thing to be done.
  struct Hint: Sendable {
    let text: Text
    let isDone: @Sendable (Session) -> Bool
  }

  /// How many of the hints are behind.
  package private(set) var done = 0

  /// The line with which it begins.
  package static let beginning = "network guide"

  /// A guide at its beginning.
  package init() {}

  /// What is to be done now.
  package var text: Text {
    let text = Guide.hints[min(done, Guide.hints.count - 1)].text
    return isOver ? text : "\(done + 1)/\(Guide.hints.count - 1)  \(text)"
  }

  /// Whether all of it is done.
  package var isOver: Bool { done >= Guide.hints.count - 1 }

  /// Looks at what the session has come to.
  package mutating func follow(_ session: Session) {
    while !isOver, Guide.hints[done].isDone(session) { done += 1 }
  }

  private static let hints: [Hint] = [
    Hint(
      text:
        "A network is built from a menu. Press a; in it, ↑ ↓ choose and Enter takes. Choose inputs, press Enter, make it 2 and press Enter."
    ) {
      $0.timeline.experiment.network.inputs == 2
    },
    Hint(
      text:
        "Now choose: add a layer. Give it 3 units and the activation tanh, then choose: add it. (Closed the menu? a opens it.)"
    ) {
      !$0.timeline.experiment.network.layers.isEmpty
    },
    Hint(
      text:
        "One layer more, for the output. Press a, choose: add a layer after it, with 1 unit and sigmoid, then: add it."
    ) {
      let network = $0.timeline.experiment.network
      return network.layers.count > 1 && network.outputs == 1
    },
    Hint(text: "Something to learn from: in the menu of a, choose samples, and there xor.") {
      !$0.timeline.experiment.data.isEmpty
    },
    Hint(
      text:
        "Ready. Press → : the first layer is computed. Every number in the table can be selected, and what made it stands below."
    ) {
      $0.timeline.state.step > 0
    },
    Hint(text: "Press b: on to the end of the backward pass. ← would take steps back, as far as the beginning.") {
      $0.timeline.state.phase == .backward || $0.timeline.state.phase == .update || $0.timeline.state.iteration > 1
    },
    Hint(
      text: "Press u: the weights are updated. Then t, to train: choose epochs and press Enter twice."
    ) {
      $0.timeline.state.iteration > 100
    },
    Hint(
      text:
        "You built a network, stepped through it and trained it. z takes back a line, : takes any command, ? shows the keys. g closes the guide."
    ) { _ in false },
  ]
}
