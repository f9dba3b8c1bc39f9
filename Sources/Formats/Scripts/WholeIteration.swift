import Engine

/// One iteration with all of its numbers, from the weights that it begins with to those that it ends with: what a script of
/// another language takes anew, and is held against.
package struct WholeIteration: Sendable {
  /// The iteration, from 1.
  let number: Int
  /// The network, with the loss and the optimizer that are at work in it.
  let network: Network
  /// Whether its batch is averaged or added up.
  let reduction: Reduction
  /// The samples of its batch and their targets, a row for each.
  let (x, y): (Matrix, Matrix)
  /// The batch's loss.
  let loss: Double
  /// What it does to each layer.
  let layers: [LayerNumbers]

  /// What an iteration does to the parameters of a layer.
  struct LayerNumbers: Sendable {
    let weights: ParameterNumbers
    /// Nil where the layer has none.
    let biases: ParameterNumbers?
  }

  /// A parameter before and after, with its gradient. A bias is a row.
  struct ParameterNumbers: Sendable {
    let before: Matrix
    let gradient: Matrix
    let after: Matrix
    /// What the optimizer remembers of it before, by its names; empty where that is nothing yet.
    let memory: [(name: String, value: Matrix)]
    /// How many updates the optimizer has made to it before.
    let updates: Int
    let isFrozen: Bool
  }

  /// The most numbers that a script holds.
  package static let mostNumbers = 250_000

  /// The iteration on show on a line of time; at its beginning, the one to come.
  /// - Throws: where there is none yet, where something in it was put in by hand or is not finite, and where it has more
  ///   numbers than a script is good for.
  package init(on timeline: Timeline) throws(ScriptError) {
    if let obstacle = timeline.experiment.obstacle { throw ScriptError(message: obstacle) }
    var timeline = timeline
    let iteration = timeline.place.iteration
    try WholeIteration.requireBounded(timeline.state)
    // Behind the last update a change may have been made that counts for the next iteration: the rules are those at work.
    timeline.move(to: Place(iteration: iteration, operation: 1))
    let start = timeline.state
    if let injection = start.injections.first {
      throw ScriptError(
        message: "\(injection.quantity.name) was put in by hand in this iteration, and a script would compute another")
    }
    if let mistake = start.experiment.network.alterations.first {
      let name = mistake.name.isEmpty || mistake.isSecret ? "a mistake" : mistake.name
      throw ScriptError(message: "\(name) is on, and a script would compute what is right: mistake none turns it off")
    }
    (number, network, reduction) = (iteration + 1, start.experiment.network, start.experiment.reduction)
    timeline.move(to: Place(iteration: iteration, operation: start.program.operations.count))
    let end = timeline.state
    do throws(NotComputed) {
      (x, y) = (try WholeIteration.rows(.x, of: start), try WholeIteration.rows(.y, of: start))
      loss = try end.value(of: Quantity(.loss)).elements[0]
      var layers: [LayerNumbers] = []
      for layer in 1...network.layers.count {
        let hasBiases = network.layers[layer - 1].bias != .none
        layers.append(
          LayerNumbers(
            weights: try WholeIteration.parameter(.w, layer, from: start, to: end),
            biases: hasBiases ? try WholeIteration.parameter(.b, layer, from: start, to: end) : nil))
      }
      self.layers = layers
    } catch {
      throw ScriptError(message: error.message)
    }
    try requireFinite()
  }

  /// What it is, in a few words: `2-2-1, one iteration of 4 samples`.
  package var words: Text { "\(network.sizes), one iteration of \(counted(x.rows, "sample"))" }

  private static func requireBounded(_ state: State) throws(ScriptError) {
    let network = state.experiment.network
    let kept = 3 + network.optimizer.memory.count
    let count = network.parameterCount * kept + state.batch.count * (network.inputs + network.outputs)
    guard count <= mostNumbers else {
      throw ScriptError(
        message:
          "this iteration has \(count) numbers, and a script holds at most \(mostNumbers); export weights writes as many as there are"
      )
    }
  }

  /// A quantity of the samples, a row for each.
  private static func rows(_ kind: Quantity.Kind, of state: State) throws(NotComputed) -> Matrix {
    var elements: [Double] = []
    for sample in state.batch.indices { elements += try state.value(of: Quantity(kind), sample: sample).elements }
    return Matrix(rows: state.batch.count, columns: elements.count / max(state.batch.count, 1), elements: elements)
  }

  private static func parameter(
    _ kind: Quantity.Kind, _ layer: Int, from start: State, to end: State
  ) throws(NotComputed) -> ParameterNumbers {
    let parameter = start.forward[layer - 1][kind]
    let network = start.experiment.network
    let own = network.layers[layer - 1]
    func matrix(_ elements: [Double]) -> Matrix {
      let columns = kind == .b ? max(elements.count, 1) : parameter.columns
      return Matrix(rows: elements.count / columns, columns: columns, elements: elements)
    }
    let gradient = try end.value(of: Quantity(kind == .b ? .db : .dw, layer)).elements
    let change = try end.value(of: Quantity(kind == .b ? .ub : .uw, layer)).elements
    let after = zip(parameter.values, change).map { $0 + $1 }
    let memory = zip(network.optimizer.memory, parameter.memory).map { (name: $0, value: matrix($1)) }
    return ParameterNumbers(
      before: matrix(parameter.values), gradient: matrix(gradient), after: matrix(after), memory: memory,
      updates: parameter.updates, isFrozen: kind == .b ? own.freezesBiases : own.freezesWeights)
  }

  /// A script that is held against what is no number would hold whatever it computes.
  private func requireFinite() throws(ScriptError) {
    func require(_ elements: [Double], _ name: String) throws(ScriptError) {
      guard let bad = elements.first(where: { !$0.isFinite }) else { return }
      throw ScriptError(
        message:
          "\(name) has \(bad.isNaN ? "nan" : bad < 0 ? "-inf" : "inf") in this iteration, and a script has nothing to be held against there"
      )
    }
    try require(x.elements + y.elements, "the batch")
    try require([loss], Quantity.Kind.loss.name)
    for (index, layer) in layers.enumerated() {
      for (name, numbers) in [("w", layer.weights)] + (layer.biases.map { [("b", $0)] } ?? []) {
        let name = "\(name)\(index + 1)"
        try require(numbers.before.elements, name)
        try require(numbers.gradient.elements, "d\(name)")
        try require(numbers.after.elements + numbers.memory.flatMap(\.value.elements), "\(name) after its update")
      }
    }
  }
}

/// Why an iteration cannot be written as a script.
package struct ScriptError: Error, Equatable, Sendable {
  /// What is wrong, as a user reads it; begins in lower case and has no full stop.
  package let message: Text
}
