// A loss and its derivative stand on adjacent lines. A new loss is one entry here.
extension Loss {
  /// Every loss; the first is the default.
  package static let all: [Loss] = [
    Loss(
      name: "half-squared-error", aliases: ["hse"], meaning: "half the squared distance: L = 1/2 |y - a|^2",
      settings: [],
      formula: "sum((y - a)^2) / 2", termFormula: "(y - a)^2", divisorFormula: "2", derivativeFormula: "-2 * (y - a)",
      divisor: { _ in 2 },
      term: { y, a, _ in (y - a) * (y - a) },
      derivative: { y, a, _ in -2 * (y - a) },
      closedForm: nil
    )
    .known(elsewhereAs: "squared-error", "quadratic", "l2", "l2-loss"),
    Loss(
      name: "mean-squared-error", aliases: ["mse"], meaning: "the mean of the squared errors over the outputs",
      settings: [],
      formula: "sum((y - a)^2) / n", termFormula: "(y - a)^2", divisorFormula: "n", derivativeFormula: "-2 * (y - a)",
      divisor: { $0 },
      term: { y, a, _ in (y - a) * (y - a) },
      derivative: { y, a, _ in -2 * (y - a) },
      closedForm: nil
    )
    .known(elsewhereAs: "MSELoss", "mse-loss", "mean-square-error"),
    Loss(
      name: "cross-entropy", aliases: ["ce"], meaning: "-sum(y * log(a)): the surprise of the target under the output",
      settings: [],
      formula: "-sum(y .* log(a))", termFormula: "-y * log(a)", divisorFormula: "1", derivativeFormula: "-y / a",
      divisor: { _ in 1 },
      term: { y, a, _ in y == 0 ? 0 : -y * logarithm(a) },
      derivative: { y, a, _ in y == 0 ? 0 : -y / a },
      targets: .distribution,
      closedForm: ClosedForm(
        activation: "softmax", lossFormula: "sum(y .* (log(sum(exp(net))) - net))",
        computedLossFormula: "sum(y .* (log(sum(exp(net - max(net)))) - (net - max(net))))",
        deltaFormula: "a * sum(Y) - y",
        splitFormula: "-y[k] * (1 - a[k]) + sum(i, (i != k) * y[i] * a[k])", sharedFormula: "a - y",
        term: { net, y, logSum in y == 0 ? 0 : y * (logSum - net) },
        delta: { a, y, targetSum, _ in a * targetSum - y },
        needsLogSum: true)
    )
    .known(
      elsewhereAs: "CrossEntropyLoss", "categorical-crossentropy", "sparse-categorical-crossentropy",
      "softmax-cross-entropy", "NLLLoss", "nll", "log-loss"),
    Loss(
      name: "binary-cross-entropy", aliases: ["bce"],
      meaning: "the mean over the outputs of each one's own cross-entropy",
      settings: [],
      formula: "-sum(y .* log(a) + (1 - y) .* log(1 - a)) / n",
      termFormula: "-(y * log(a) + (1 - y) * log(1 - a))", divisorFormula: "n",
      derivativeFormula: "(1 - y) / (1 - a) - y / a",
      divisor: { $0 },
      term: { y, a, _ in (y == 0 ? 0 : -y * logarithm(a)) + (y == 1 ? 0 : -(1 - y) * logarithm(1 - a)) },
      derivative: { y, a, _ in (y == 1 ? 0 : (1 - y) / (1 - a)) - (y == 0 ? 0 : y / a) },
      targets: .probabilities,
      closedForm: ClosedForm(
        activation: "sigmoid",
        computedLossFormula: "sum(y .* softplus(-net) + (1 - y) .* softplus(net)) / n", deltaFormula: "(a - y) / n",
        term: { net, y, _ in (y == 0 ? 0 : y * softplus(-net)) + (y == 1 ? 0 : (1 - y) * softplus(net)) },
        delta: { a, y, _, n in (a - y) / n },
        needsLogSum: false)
    )
    .known(elsewhereAs: "BCELoss", "BCEWithLogitsLoss", "logistic-loss", "sigmoid-cross-entropy"),
    Loss(
      name: "mean-absolute-error", aliases: ["mae"],
      meaning: "the mean distance over the outputs; its derivative at 0 is 0",
      settings: [],
      formula: "sum(abs(y - a)) / n", termFormula: "abs(y - a)", divisorFormula: "n",
      derivativeFormula: "(a > y) - (a < y)",
      divisor: { $0 },
      term: { y, a, _ in abs(y - a) },
      derivative: { y, a, _ in a > y ? 1 : a < y ? -1 : a == y ? 0 : .nan },
      closedForm: nil
    )
    .known(elsewhereAs: "L1Loss", "l1", "absolute-error"),
    Loss(
      name: "huber", meaning: "squared near the target, straight beyond delta",
      settings: [.number("delta", 1, in: 1e-300...1e300, "where the parabola becomes a line")],
      formula:
        "sum(min(delta, abs(y - a)) .* (abs(y - a) - min(delta, abs(y - a)) / 2)) / n",
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
    .known(elsewhereAs: "HuberLoss", "SmoothL1Loss", "smooth-l1"),
  ]
}
