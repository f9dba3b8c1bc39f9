import Engine
import Notation

extension Session {
  /// The place on the line of time in words: `iteration 1, step 5 (backward, layer 1)`, with the loss where that has just
  /// come or an iteration ends, and with what was computed last where a layer's step is under way.
  package var whereItStands: Text { whereItStands(lossHere) }

  /// The same, with the loss that there is here.
  func whereItStands(_ loss: Double?) -> Text {
    let state = content.timeline.state
    var text: Text = "iteration \(state.iteration), step \(state.step) (\(state.describe(state.lastStep)))"
    if let step = state.stepInProgress {
      text += ", inside \(state.describe(step))"
      if let last = lastComputed(state) { text += " after \(last)" }
    } else if let loss {
      text += ", loss = \(writing.number(loss))"
    }
    return text
  }

  /// The loss, where it has just come or an iteration ends.
  var lossHere: Double? { content.timeline.state.lossJustCome }

  /// The last thing that was computed: a quantity, or the unit of one.
  private func lastComputed(_ state: State) -> String? {
    let operations = state.program.operations
    let place = state.place
    if place.unit > 0, operations.indices.contains(place.operation) {
      let name = operations[place.operation].quantity.name
      let isMatrix = (state.shape(of: operations[place.operation].quantity)?.columns ?? 1) > 1
      return "\(name)[\(place.unit)\(isMatrix ? ",:" : "")]"
    }
    return place.operation > 0 ? operations[place.operation - 1].quantity.name : nil
  }
}

extension State {
  /// The loss, where it has just come or an iteration ends.
  var lossJustCome: Double? {
    guard stepInProgress == nil, isAtEnd || phase == .loss else { return nil }
    return computedLoss
  }
}
