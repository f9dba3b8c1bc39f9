import Engine

/// An iteration with its numbers drawn anew, a hundred times: the same network, loss, optimizer and place, with other
/// weights, biases, inputs and targets, with what the iteration before left of the gradients where a mistake reads that, and
/// with the optimizer's memory empty. What holds in every draw holds neither by a
/// lucky number nor by a condition that nobody has said.
package struct Draws: Sendable {
  /// How many there are.
  package static let count = 100
  /// The seed; the same one draws the same numbers on every machine.
  package let seed: Int
  /// Where the steps of every draw lead.
  package let place: Place
  private let beginning: Timeline

  /// The most multiplications that all draws together may take, and the most numbers that they may copy.
  package static let mostWork = 4_000_000_000

  /// Draws of the iteration at which a line of time stands.
  package init(around timeline: Timeline, seed: Int) {
    self.seed = seed
    place = timeline.place
    beginning = timeline.atBeginningOfIteration
  }

  /// About how many multiplications all draws together take: forward, backward and update of every sample.
  package var work: Int {
    let (experiment, samples) = (beginning.experiment, max(beginning.state.batch.count, 1))
    let steps = 6 * experiment.network.parameterCount * samples
    return Draws.count * (steps + 4 * (experiment.data.inputs.count + experiment.data.targets.count))
  }

  /// A draw, by its number from 1, at the beginning of the iteration; its steps have still to be taken.
  package func beginning(ofDraw number: Int) -> Timeline {
    var line = beginning
    var generator = Generator(seed: seed, stream: number)
    let batch = line.state.batch
    line.change { experiment, parameters in
      for index in parameters.indices {
        // So wide that pre-activations are of the order of 1, whatever the layer's size.
        let width = 2 / Double(max(experiment.network.units(index), 1)).squareRoot()
        parameters[index].w.draw(from: &generator, width: width)
        parameters[index].b.draw(from: &generator, width: 1)
        parameters[index].w.drawGradientBefore(in: experiment.network, from: &generator)
        parameters[index].b.drawGradientBefore(in: experiment.network, from: &generator)
      }
      let loss = experiment.network.loss.rule
      for sample in batch {
        for column in 0..<experiment.data.inputCount {
          experiment.data.setInput(sample, column, generator.uniform(-2, 2))
        }
        for (column, target) in Draws.targets(experiment.data.targetCount, for: loss, from: &generator).enumerated() {
          experiment.data.setTarget(sample, column, target)
        }
      }
    }
    return line
  }

  /// Targets that a loss takes: in (0,1) under binary cross-entropy, positive under cross-entropy and with a sum that is
  /// clearly not 1, else any.
  private static func targets(_ count: Int, for loss: Loss, from generator: inout Generator) -> [Double] {
    func draw(_ low: Double, _ high: Double) -> [Double] { (0..<count).map { _ in generator.uniform(low, high) } }
    switch loss.targets {
    case .probabilities: return draw(0.05, 0.95)
    case .distribution:
      let targets = draw(0.1, 1.5)
      let sum = targets.reduce(0, +)
      return abs(sum - 1) > 0.1 ? targets : targets.map { $0 * 1.5 }
    case .any: return draw(-2, 2)
    }
  }
}

extension Parameter {
  /// Takes numbers from -width to width in place of its own, and forgets what the optimizer remembered.
  fileprivate mutating func draw(from generator: inout Generator, width: Double) {
    for index in values.indices { values[index] = generator.uniform(-width, width) }
    clearMemory()
  }
}
