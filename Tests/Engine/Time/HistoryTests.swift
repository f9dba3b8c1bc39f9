import Engine
import Testing

/// Random changes at random places, with random ways between them, against a line that goes straight from one change to
/// the next: only where and what was changed may count.
struct HistoryTests {
  struct Edit {
    let name: String
    let apply: (inout Experiment, inout [LayerParameters]) -> Void
  }

  private func edit(_ generator: inout Generator) -> Edit {
    let (number, which) = (generator.uniform(0.01, 0.2), generator.int(1..<5))
    let edits: [Edit] = [
      Edit(name: "rate") { experiment, _ in _ = experiment.network.optimizer.set("rate", to: number) },
      Edit(name: "set w1") { _, parameters in parameters[0].w.values[0] = number },
      Edit(name: "set w2") { _, parameters in parameters[1].w.values = parameters[1].w.values.map { _ in number } },
      Edit(name: "freeze") { experiment, _ in experiment.network.layers[0].freezesWeights.toggle() },
      Edit(name: "units") { experiment, _ in experiment.network.layers[0].units = which },
      Edit(name: "activation") { experiment, _ in
        experiment.network.layers[0].activation = ActivationChoice(Activation.all[which])
      },
      Edit(name: "bias") { experiment, _ in experiment.network.layers[1].bias = Layer.Bias.allCases[which % 3] },
      Edit(name: "loss") { experiment, _ in experiment.network.loss = LossChoice(Loss.all[which % 2]) },
      Edit(name: "optimizer") { experiment, _ in
        experiment.network.optimizer = OptimizerChoice(Optimizer.all[which])
      },
      Edit(name: "batch") { experiment, _ in experiment.batchSize = which },
      Edit(name: "order") { experiment, _ in experiment.order = .shuffle(seed: which) },
      Edit(name: "sample") { experiment, _ in experiment.data.append(input: [number, 0.5], target: [number]) },
      Edit(name: "input") { experiment, _ in experiment.data.setInput(0, 0, number) },
      Edit(name: "layer") { experiment, _ in
        let last = experiment.network.layers[experiment.network.layers.count - 1]
        if experiment.network.layers.count < 4 { experiment.network.layers.append(last) }
      },
    ]
    return generator.pick(edits)
  }

  private func experiment() throws -> Experiment {
    var network = Network()
    network.inputs = 2
    network.layers = [
      Layer(units: 3, activation: try .named("tanh")), Layer(units: 1, activation: try .named("sigmoid")),
    ]
    network.optimizer = try .named("sgd", ["rate": 0.1, "momentum": 0.5])
    var experiment = Experiment(network: network)
    for (x, y) in [(0.1, 0.9), (0.8, 0.3), (-0.4, 0.5)] { experiment.data.append(input: [x, 1 - x], target: [y]) }
    experiment.batchSize = 2
    return experiment
  }

  @Test(arguments: 0..<30)
  func onlyTheChangesCount(seed: Int) throws {
    var generator = Generator(seed: seed, stream: 3)
    let experiment = try experiment()
    let memory = generator.pick([0, 48 << 20])
    var line = Timeline(dense: experiment, memory: memory)
    var made: [(start: Int, place: Place, edit: Edit)] = []
    for _ in 0..<12 {
      for _ in 0..<generator.int(0..<5) {
        let (stride, count) = (generator.pick(Stride.allCases), generator.int(1..<6))
        line.move(to: generator.chance(0.6) ? line.place(count, on: stride) : line.place(count, backBy: stride))
      }
      let edit = edit(&generator)
      let start = line.place.iteration + (line.state.isAtEnd ? 1 : 0)
      made.removeAll { $0.start > start }
      made.append((start, line.place, edit))
      line.change(edit.apply)
      line.move(to: line.place(generator.int(0..<40), on: .operation))

      var straight = Timeline(experiment)
      for (_, place, edit) in made {
        straight.move(to: place)
        straight.change(edit.apply)
      }
      straight.move(to: line.place)
      let story = Comment(
        rawValue: "seed \(seed): " + made.map { "\($0.edit.name) at \($0.place)" }.joined(separator: ", "))
      #expect(difference(line.state, straight.state.bits) == nil, story)
      guard line.state.bits == straight.state.bits else { return }
    }
  }
}
