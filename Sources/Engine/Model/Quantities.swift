// A new quantity is one entry here; with code of ours that reads it by its name, also a constant below.
extension Quantity {
  /// Every kind of quantity, those that the optimizers remember last.
  static let rows: [Row] =
    [
      Row(
        "x", "the inputs of the sample on show", .inputs, .sample, of: .sample,
        elsewhere: ["input", "inputs", "features"], inFiles: ["x-train", "xs", "x-batch", "train-x"]),
      Row(
        "y", "the targets of the sample on show", .outputs, .sample, of: .sample,
        elsewhere: ["target", "targets", "label", "labels", "y-true"],
        inFiles: ["t", "y-train", "ys", "y-batch", "train-y", "ground-truth"]),
      Row(
        "out", "the last layer's activations", .outputs, .ofLastLayer("a"), of: .sample,
        elsewhere: ["output", "outputs", "y-hat", "y-pred", "pred", "prediction", "predictions", "ŷ"],
        inFiles: ["prob", "probs", "probabilities"]),
      Row(
        "loss", "the loss of the batch", .scalar, .computed, of: .samples, page: "L",
        elsewhere: ["error", "cost", "err", "batch-loss", "L"], inFiles: ["J", "loss-value", "total-loss"],
        onPages: ["E", "C", "l"],
        obstacle: { $0.network.layers.isEmpty ? $0.obstacle : nil }),
      Row(
        "rate", "the learning rate", .scalar, .setting { $0.experiment.network.optimizer.rate },
        elsewhere: Optimizer.rate.aliases + ["eta", "η"], inFiles: ["step-size", "lrate"],
        onPages: ["alpha"]),
      Row("t", "the iteration, from 1", .scalar, .counted { Double($0.iteration) }),
      Row("dx", "the loss's derivative by the inputs", .inputs, .computed, of: .sample, gradientOf: "x"),
      Row(
        "accuracy",
        "the share of all samples to train on that come out right: the largest output at the largest target, one output on its target's side of 0.5, or of 0 where targets are -1 and 1",
        .scalar, .measured { $0.accuracy },
        obstacle: { $0.obstacle }),
      Row(
        "holdout-accuracy", "the share of the held-out samples that come out right, as accuracy has it", .scalar,
        .measured { $0.holdoutAccuracy }, obstacle: withoutHoldout),
      Row(
        "data-loss", "the loss over all samples to train on", .scalar, .measured { $0.dataLoss },
        obstacle: { $0.obstacle }),
      Row(
        "holdout-loss", "the loss over the held-out samples", .scalar, .measured { $0.holdoutLoss },
        obstacle: withoutHoldout),
      Row("step", "the layer steps completed", .scalar, .counted { Double($0.step) }),
      Row("iteration", "the iteration, from 1", .scalar, .counted { Double($0.iteration) }),
      Row("epoch", "the epoch, from 1", .scalar, .counted { Double($0.epoch) }),
      Row(
        "phase", "the phase of the step just completed", .scalar,
        .counted { Double(Phase.allCases.firstIndex(of: $0.phase) ?? 0) }),
      Row("layer", "the layer of the step just completed", .scalar, .counted { Double($0.layer) }),
      Row("sample", "the number of the sample on show", .scalar, .counted { Double($0.sampleNumber) }),
      Row(
        "w", "weights, one row for each unit", .weights, .parameter,
        elsewhere: ["weight", "weights", "theta", "kernel"]),
      Row("b", "biases", .biases, .parameter, elsewhere: ["bias", "biases"]),
      Row(
        "net", "pre-activations, w * a + b", .units, .computed, of: .sample,
        elsewhere: ["z", "logit", "logits", "preactivation", "pre-activation"], inFiles: ["pre", "pre-act"]),
      Row(
        "a", "activations, f(net)", .units, .computed, of: .sample, atInput: "x",
        elsewhere: ["activation", "activations", "h", "hidden", "o"], inFiles: ["act", "acts"]),
      Row(
        "da", "the loss's derivative by the activations", .units, .computed, of: .sample, gradientOf: "a",
        atInput: "dx"),
      Row(
        "delta", "the loss's derivative by the pre-activations", .units, .computed, of: .sample,
        gradientOf: "net", shown: "δ", elsewhere: ["dz", "grad-net", "grad-z"]),
      Row(
        "dw", "the loss's derivative by the weights", .weights, .computed, of: .samples, gradientOf: "w",
        elsewhere: ["grad-w", "gradw", "w-grad", "grad", "gradient"]),
      Row(
        "db", "the loss's derivative by the biases", .biases, .computed, of: .samples, gradientOf: "b",
        elsewhere: ["grad-b", "gradb", "b-grad"]),
      Row(
        "J", "J[i,k], activation i by pre-activation k", .square,
        .derived { state, layer, sample in
          state.workspace.layers[layer - 1].activation.jacobian(
            net: state.stored(Quantity(.net, layer), sample: sample),
            a: state.stored(Quantity(.a, layer), sample: sample))
        },
        of: .sample, page: "∂a/∂net", elsewhere: ["jacobian"]),
      Row("uw", "the change that the update makes to the weights", .weights, .change, page: "Δw"),
      Row("ub", "the change that the update makes to the biases", .biases, .change, page: "Δb"),
      Row("countw", "how many updates the optimizer has made to the weights", .layer, .counts("w")),
      Row("countb", "how many updates the optimizer has made to the biases", .layer, .counts("b")),
    ] + gradientsBefore + memoryRows

  /// The gradients of the iteration before, for code that does not set them to zero.
  private static let gradientsBefore = [("w", "weights", Extent.weights), ("b", "biases", .biases)].map {
    parameter, plural, extent in
    Row(
      Kind.slotOfGradients + parameter, "the gradient of the \(plural) as the iteration before left it", extent,
      .gradientBefore("d" + parameter), page: "∂L/∂\(parameter) before")
  }

  /// Why what is measured on the held-out samples has no value.
  @Sendable private static func withoutHoldout(_ experiment: Experiment) -> Text? {
    experiment.obstacle
      ?? (experiment.data.heldOut.count == 0 ? "no sample is held out; take some out: holdout 0.3" : nil)
  }

  /// What the optimizers remember of weights and of biases: each name once, as the first optimizer that has it puts it.
  private static var memoryRows: [Row] {
    var names: Set<String> = []
    let kept = Optimizer.all.flatMap(\.memory).filter { names.insert($0.name).inserted }
    return kept.flatMap { memory in
      [("w", "weights", Extent.weights), ("b", "biases", .biases)].map { parameter, plural, extent in
        Row(
          memory.name + parameter, "\(memory.meaning) of the \(plural)", extent, .memory(memory.name),
          page: "\(memory.name)(\(parameter))")
      }
    }
  }
}

// The kinds that code reads by name.
extension Quantity.Kind {
  /// The inputs.
  package static let x = Self("x")
  /// The targets.
  package static let y = Self("y")
  /// The last layer's activations.
  package static let out = Self("out")
  /// The batch's loss.
  package static let loss = Self("loss")
  /// The learning rate.
  package static let rate = Self("rate")
  /// The layer steps completed.
  package static let step = Self("step")
  /// The phase of the step on show.
  package static let phase = Self("phase")
  /// The layer of the step just completed.
  package static let layer = Self("layer")
  /// ∂L/∂x.
  package static let dx = Self("dx")
  /// The number of the sample on show.
  package static let sample = Self("sample")
  /// Weights.
  package static let w = Self("w")
  /// Biases.
  package static let b = Self("b")
  /// Pre-activations.
  package static let net = Self("net")
  /// Activations.
  package static let a = Self("a")
  /// ∂L/∂a.
  package static let da = Self("da")
  /// ∂L/∂net.
  package static let delta = Self("delta")
  /// ∂L/∂w.
  package static let dw = Self("dw")
  /// ∂L/∂b.
  package static let db = Self("db")
  /// ∂a/∂net.
  package static let jacobian = Self("J")
  /// The weights' change.
  package static let uw = Self("uw")
  /// The biases' change.
  package static let ub = Self("ub")
}
