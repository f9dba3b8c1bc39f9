// A loss and its derivative stand on adjacent lines. A new loss is one entry here.
extension Loss {
  /// Every loss; the first is the default.
  package static let all: [Loss] = [
    Loss(
      name: "half-squared-error", aliases: ["hse"], meaning: "half the squared distance: L = 1/2 |y - a|^2",
      settings: [],
      sumFormula: "sum((y - a)^2)", termFormula: "(y - a)^2", divisorFormula: "2", derivativeFormula: "-2 * (y - a)",
      divisor: { _ in 2 },
      term: { y, a, _ in (y - a) * (y - a) },
      derivative: { y, a, _ in -2 * (y - a) },
      closedForm: nil
    )
    .known(elsewhereAs: "half-sse", "half-sum-of-squares").near(to: "squared-error", "quadratic", "l2", "l2-loss")
    .differing(
      "PyTorch and Keras have no half: MSELoss and MeanSquaredError are mean-squared-error here, and sum of squares is that with outputs=sum."
    ),
    Loss(
      name: "mean-squared-error", aliases: ["mse"], meaning: "the mean of the squared errors over the outputs",
      settings: [outputs],
      sumFormula: "sum((y - a)^2)", termFormula: "(y - a)^2", divisorFormula: "n", derivativeFormula: "-2 * (y - a)",
      divisor: { $0 },
      term: { y, a, _ in (y - a) * (y - a) },
      derivative: { y, a, _ in -2 * (y - a) },
      closedForm: nil
    )
    .known(elsewhereAs: "MSELoss", "mse-loss", "mean-square-error")
    .known(as: "sse", with: ["outputs": "sum"]).known(as: "sum-of-squares", with: ["outputs": "sum"])
    .known(as: "sum-squared-error", with: ["outputs": "sum"])
    .inTorch("F.mse_loss({a}, {y}, reduction=\"none\").sum(dim=1)")
    .differing(
      "PyTorch's MSELoss and Keras' MeanSquaredError divide by the outputs as here; PyTorch's reduction='sum' adds over outputs and samples: outputs=sum with reduction sum.",
      "Courses often add the outputs' squares (outputs=sum), or take half of that (half-squared-error)."),
    Loss(
      name: "cross-entropy", aliases: ["ce"], meaning: "-sum(y * log(a)): the surprise of the target under the output",
      settings: [],
      sumFormula: "-sum(y .* log(a))", termFormula: "-y * log(a)", divisorFormula: "1", derivativeFormula: "-y / a",
      divisor: { _ in 1 },
      term: { y, a, _ in y == 0 ? 0 : -y * logarithm(a) },
      derivative: { y, a, _ in y == 0 ? 0 : -y / a },
      targets: .distribution,
      closedForm: ClosedForm(
        activation: "softmax", lossFormula: "sum(y .* (log(sum(exp(net))) - net))",
        computedTermFormula: "y .* (log(sum(exp(net - max(net)))) - (net - max(net)))",
        slopeFormula: "a * sum(Y) - y",
        collectedFormulas: [
          ("-y[k] * (1 - a[k]) + sum(i, (i != k) * y[i] * a[k])", "a factor cancels in each term"),
          ("y[k] * a[k] + sum(i, (i != k) * y[i] * a[k]) - y[k]", "the product of the first term multiplied out"),
          ("sum(i, y[i] * a[k]) - y[k]", "the first term is that with i = k"),
        ],
        sharedFormula: "a - y",
        torch: "F.cross_entropy({net}, {y}, reduction=\"none\")",
        term: { net, y, logSum in y == 0 ? 0 : y * (logSum - net) },
        delta: { a, y, targetSum, _ in a * targetSum - y },
        needsLogSum: true)
    )
    .known(
      elsewhereAs: "CrossEntropyLoss", "categorical-crossentropy", "sparse-categorical-crossentropy",
      "softmax-cross-entropy"
    )
    .near(to: "NLLLoss", "nll", "log-loss", "kl-divergence")
    .differing(
      "PyTorch's CrossEntropyLoss takes what comes before softmax and has softmax in it; Keras' CategoricalCrossentropy divides each output by their sum first, where it is not told from_logits.",
      "All of them add over the outputs, as here."),
    Loss(
      name: "binary-cross-entropy", aliases: ["bce"],
      meaning: "the mean over the outputs of each one's own cross-entropy",
      settings: [outputs],
      sumFormula: "-sum(y .* log(a) + (1 - y) .* log(1 - a))",
      termFormula: "-(y * log(a) + (1 - y) * log(1 - a))", divisorFormula: "n",
      derivativeFormula: "(1 - y) / (1 - a) - y / a",
      divisor: { $0 },
      term: { y, a, _ in (y == 0 ? 0 : -y * logarithm(a)) + (y == 1 ? 0 : -(1 - y) * logarithm(1 - a)) },
      derivative: { y, a, _ in (y == 1 ? 0 : (1 - y) / (1 - a)) - (y == 0 ? 0 : y / a) },
      targets: .probabilities,
      closedForm: ClosedForm(
        activation: "sigmoid",
        computedTermFormula: "y .* softplus(-net) + (1 - y) .* softplus(net)", slopeFormula: "a - y",
        torch: "F.binary_cross_entropy_with_logits({net}, {y}, reduction=\"none\").sum(dim=1)",
        term: { net, y, _ in (y == 0 ? 0 : y * softplus(-net)) + (y == 1 ? 0 : (1 - y) * softplus(net)) },
        delta: { a, y, _, divisor in (a - y) / divisor },
        needsLogSum: false)
    )
    .known(elsewhereAs: "BCELoss", "BCEWithLogitsLoss", "logistic-loss", "sigmoid-cross-entropy")
    .differing(
      "PyTorch's BCELoss and Keras' BinaryCrossentropy average over the outputs as here; courses with several outputs mostly add them: outputs=sum.",
      "PyTorch bounds each log from below by -100, and Keras moves each output 1e-7 away from 0 and 1; here log 0 is -inf."
    ),
    Loss(
      name: "mean-absolute-error", aliases: ["mae"],
      meaning: "the mean distance over the outputs; its derivative at 0 is 0",
      settings: [outputs],
      sumFormula: "sum(abs(y - a))", termFormula: "abs(y - a)", divisorFormula: "n",
      derivativeFormula: "(a > y) - (a < y)",
      divisor: { $0 },
      term: { y, a, _ in abs(y - a) },
      derivative: { y, a, _ in a > y ? 1 : a < y ? -1 : a == y ? 0 : .nan },
      closedForm: nil
    )
    .kinked { _ in [0] }
    .known(elsewhereAs: "L1Loss", "l1", "absolute-error").known(as: "sae", with: ["outputs": "sum"])
    .inTorch("F.l1_loss({a}, {y}, reduction=\"none\").sum(dim=1)")
    .differing(
      "PyTorch's L1Loss and Keras' MeanAbsoluteError divide by the outputs as here; outputs=sum adds them."),
    Loss(
      name: "huber", meaning: "squared near the target, straight beyond delta",
      settings: [.number("delta", 1, in: 1e-300...1e300, "where the parabola becomes a line"), outputs],
      sumFormula:
        "sum(min(delta, abs(y - a)) .* (abs(y - a) - min(delta, abs(y - a)) / 2))",
      termFormula:
        "(abs(y - a) <= delta) * (y - a)^2 / 2 + (abs(y - a) > delta) * delta * (abs(y - a) - delta / 2)",
      divisorFormula: "n",
      derivativeFormula: "(abs(y - a) <= delta) * (a - y) + (abs(y - a) > delta) * delta * ((a > y) - (a < y))",
      divisor: { $0 },
      term: { y, a, settings in
        let (distance, delta) = (abs(y - a), settings[0])
        return distance <= delta ? 0.5 * distance * distance : delta * (distance - 0.5 * delta)
      },
      derivative: { y, a, settings in
        let delta = settings[0]
        return abs(y - a) <= delta ? a - y : a > y ? delta : a < y ? -delta : .nan
      },
      closedForm: nil
    )
    .kinked { settings in [-settings[0], settings[0]] }
    .known(elsewhereAs: "HuberLoss").near(to: "SmoothL1Loss", "smooth-l1")
    .inTorch("F.huber_loss({a}, {y}, delta={delta}, reduction=\"none\").sum(dim=1)")
    .differing(
      "PyTorch's HuberLoss and Keras' Huber are as here; PyTorch's SmoothL1Loss is this divided by delta, which it calls beta."
    ),
  ]
}
