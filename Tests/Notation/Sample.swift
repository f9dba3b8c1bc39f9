import Engine
import Testing

@testable import Notation

/// Networks that the tests of this folder look at, and short ways to ask about them.
enum Sample {
  /// A network with uniform weights from a seed, and one sample for each list of inputs.
  static func timeline(
    _ sizes: [Int], _ activations: [String], loss: String = "half-squared-error", inputs: [[Double]],
    targets: [[Double]], batch: Int? = nil, reduction: Reduction = .mean, seed: Int = 7,
    prepare: (inout Experiment) -> Void = { _ in }
  ) throws -> Timeline {
    var network = Network(name: "test")
    network.inputs = sizes[0]
    for (units, name) in zip(sizes.dropFirst(), activations) {
      let activation = try #require(Activation.named(name))
      network.layers.append(Layer(units: units, activation: ActivationChoice(activation)))
    }
    network.loss = LossChoice(try #require(Loss.named(loss)))
    var experiment = Experiment(network: network, data: try dataset(inputs, targets))
    experiment.batchSize = batch
    experiment.reduction = reduction
    experiment.seed = seed
    prepare(&experiment)
    return Timeline(experiment)
  }

  private static func dataset(_ inputs: [[Double]], _ targets: [[Double]]) throws -> Dataset {
    var data = Dataset()
    for (input, target) in zip(inputs, targets) {
      let isTaken = data.append(input: input, target: target)
      #expect(isTaken)
    }
    return data
  }

  /// The 2-4-3 network of derivation B, no biases, after so many layer steps.
  static func perceptron(step: Int) throws -> StateScope {
    var line = try timeline(
      [2, 4, 3], ["sigmoid", "sigmoid"], inputs: [[0.6, -0.3]], targets: [[0.9, 0.2, 0.4]]
    ) { experiment in
      for index in experiment.network.layers.indices { experiment.network.layers[index].bias = .none }
    }
    line.move(to: line.place(ofStep: step))
    return StateScope(line)
  }

  /// One softmax layer of three logits under cross-entropy.
  static func softmax(step: Int, targets: [Double] = [1, 0, 0]) throws -> StateScope {
    var line = try timeline(
      [2, 3], ["softmax"], loss: "cross-entropy", inputs: [[0.8, -0.5]], targets: [targets])
    line.move(to: line.place(ofStep: step))
    return StateScope(line)
  }
}

/// The value of a text.
func value<S: Scope>(_ text: String, _ scope: S) throws -> Matrix where S.N == Double {
  try Expression.parse(text).value(in: scope).matrix
}

/// The number that a text is worth.
func number<S: Scope>(_ text: String, _ scope: S) throws -> Double where S.N == Double {
  try #require(try value(text, scope).scalar)
}

/// What is said about a text that has no value, with the column, or nil where it has one.
func complaint(_ text: String, _ scope: some Scope) -> String? {
  do {
    _ = try Expression.parse(text).value(in: scope)
    return nil
  } catch let error as SyntaxError {
    return "\(error.range.lowerBound + 1): \(error.message)"
  } catch let error as EvaluationError {
    return "\((error.range?.lowerBound ?? -1) + 1): \(error.message)"
  } catch {
    return "\(error)"
  }
}
