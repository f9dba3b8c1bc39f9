import Engine
import Notation

/// A network with data and a batch that the speed of training is measured by: a row of the table of workloads. All of them train
/// by plain gradient descent at rate 0.01.
struct Workload: Sendable {
  /// The name by which it is called.
  let name: String
  /// The units from input to output.
  let sizes: [Int]
  /// What the layers before the last are activated by, and the last.
  let activations: (hidden: String, last: String)
  /// The loss.
  let loss: String
  /// The samples of a batch.
  let batch: Int
  /// The iterations whose weights stand for all its bits.
  let iterations: Int

  /// Every workload; a new one is one row.
  static let all = [
    Workload("W1", [2, 2, 1], ("sigmoid", "sigmoid"), "half-squared-error", batch: 1, iterations: 142_858),
    Workload("W2", [4, 8, 3], ("tanh", "softmax"), "cross-entropy", batch: 1, iterations: 142_858),
    Workload("W3", [64, 32, 10], ("tanh", "softmax"), "cross-entropy", batch: 1, iterations: 142_858),
    Workload("W4", [784, 128, 10], ("relu", "softmax"), "cross-entropy", batch: 1, iterations: 20_000),
    Workload("W5", [784, 128, 10], ("relu", "softmax"), "cross-entropy", batch: 32, iterations: 1000),
    Workload("W6", [784, 512, 512, 10], ("relu", "softmax"), "cross-entropy", batch: 64, iterations: 100),
  ]

  /// The workload of that name.
  static func named(_ name: String) -> Workload? { all.first { $0.name == name } }

  private init(
    _ name: String, _ sizes: [Int], _ activations: (hidden: String, last: String), _ loss: String, batch: Int,
    iterations: Int
  ) {
    (self.name, self.sizes, self.activations, self.loss) = (name, sizes, activations, loss)
    (self.batch, self.iterations) = (batch, iterations)
  }

  /// What it is, as a table shows it.
  var title: String {
    "\(name) \(sizes.map(String.init).joined(separator: "-")) \(activations.hidden)"
      + (batch > 1 ? ", batch \(batch)" : "")
  }

  /// The operations on numbers that a sample takes, each product with its sum as two: forward, for the gradients of the weights,
  /// which with one sample is their update, and for δ but in the first layer.
  var operationsOfSample: Double {
    let weights = zip(sizes, sizes.dropFirst()).map { Double($0 * $1) }
    return 6 * weights.reduce(0, +) - 2 * weights[0]
  }

  /// The network.
  var network: Network {
    var network = Network()
    network.inputs = sizes[0]
    network.layers = sizes.indices.dropFirst().map { layer in
      let name = layer == sizes.count - 1 ? activations.last : activations.hidden
      return Layer(units: sizes[layer], activation: ActivationChoice(.named(name) ?? .usual))
    }
    network.loss = LossChoice(Loss.named(loss) ?? Loss.all[0])
    _ = network.optimizer.set(Optimizer.rate.name, to: 0.01)
    return network
  }

  /// An experiment with samples that look like nothing in particular, the same on every machine.
  var experiment: Experiment {
    var generator = Generator(seed: 7)
    let outputs = sizes[sizes.count - 1]
    let isXor = sizes[0] == 2
    return experiment(
      (0..<(sizes[0] < 64 ? 256 : 512)).map { _ in
        let x = (0..<sizes[0]).map { _ in isXor ? generator.unit().rounded() : generator.unit() }
        let chosen = isXor ? (x[0] == x[1] ? 0 : 1) : Int(generator.next() % UInt64(outputs))
        return (x, chosen)
      })
  }

  /// An experiment with samples, each with the class that it belongs to; of one output, its target.
  func experiment(_ samples: [(x: [Double], chosen: Int)]) -> Experiment {
    let outputs = sizes[sizes.count - 1]
    var data = Dataset()
    for (x, chosen) in samples {
      data.append(input: x, target: outputs == 1 ? [Double(chosen)] : (0..<outputs).map { $0 == chosen ? 1 : 0 })
    }
    var experiment = Experiment(network: network, data: data)
    experiment.batchSize = batch
    return experiment
  }
}
