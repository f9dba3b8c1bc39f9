// A forward rule and its derivative stand on adjacent lines. A new activation is one entry here.
extension Activation {
  /// What a layer begins with where nothing is asked for.
  package static let usual = named("sigmoid") ?? all[0]

  /// Every activation.
  package static let all: [Activation] = [
    .elementwise(
      "identity", aliases: ["linear"], "net", derivative: "1", "the pre-activation itself: a linear layer",
      value: { net, _ in net },
      derivative: { _, _, _ in 1 }
    )
    .known(elsewhereAs: "purelin", "none", "id")
    .inTorch("nn.Identity()"),
    .elementwise(
      "sigmoid", aliases: ["logistic"], "1 / (1 + exp(-net))", derivative: "a * (1 - a)",
      "the logistic curve, between 0 and 1", in: 0...1,
      value: logistic, derivative: { _, a in a * (1 - a) }
    )
    .known(elsewhereAs: "logsig", "sigma", "expit")
    .inTorch("nn.Sigmoid()"),
    .elementwise(
      "tanh", "tanh(net)", derivative: "1 - a^2", "the hyperbolic tangent, between -1 and 1", in: -1...1,
      value: hyperbolicTangent, derivative: { _, a in 1 - a * a }
    )
    .defined("(exp(net) - exp(-net)) / (exp(net) + exp(-net))")
    .known(elsewhereAs: "tansig")
    .inTorch("nn.Tanh()"),
    .elementwise(
      "relu", "net * (net > 0)", derivative: "(net > 0)", "what is above 0; its derivative at 0 is 0",
      in: 0 ... .infinity,
      value: { net, _ in net > 0 ? net : net.isNaN ? net : 0 },
      derivative: { net, _, _ in net > 0 ? 1 : net.isNaN ? net : 0 }
    )
    .kinked { _ in [0] }
    .known(elsewhereAs: "poslin", "rectifier", "rectified-linear", "ramp").near(to: "relu6", "prelu", "crelu")
    .inTorch("nn.ReLU()"),
    .elementwise(
      "leaky-relu", "net * ((net > 0) + slope * (net <= 0))", derivative: "(net > 0) + slope * (net <= 0)",
      "what is above 0, and a little of what is below; its derivative at 0 is the slope",
      settings: [.number("slope", 0.01, "the derivative at and below 0", aliases: ["negative-slope", "alpha"])],
      value: { net, settings in net > 0 ? net : settings[0] * net },
      derivative: { net, _, settings in net > 0 ? 1 : net.isNaN ? net : settings[0] }
    )
    .kinked { settings in settings[0] == 1 ? [] : [0] }
    .known(elsewhereAs: "lrelu")
    .inTorch("nn.LeakyReLU({slope})"),
    .elementwise(
      "elu", "net * (net > 0) + alpha * (exp(net * (net <= 0)) - 1)",
      derivative: "(net > 0) + alpha * exp(net * (net <= 0)) * (net <= 0)",
      "what is above 0, and below it a curve that levels off at -alpha",
      settings: [.number("alpha", 1, "minus the level that it falls to")],
      value: { net, settings in net > 0 ? net : settings[0] * exponentialMinusOne(net) },
      derivative: { net, _, settings in net > 0 ? 1 : settings[0] * exponential(net) }
    )
    .kinked { settings in settings[0] == 1 ? [] : [0] }
    .inTorch("nn.ELU({alpha})"),
    .elementwise(
      "softplus", "log(1 + exp(net))", derivative: "1 / (1 + exp(-net))", "a smooth relu", in: 0 ... .infinity,
      value: softplus, derivative: softplusSlope
    )
    .known(elsewhereAs: "smooth-relu")
    // PyTorch takes it for net itself above a threshold of 20, where it is 2e-9 more; above 40 no double tells them apart.
    .inTorch("nn.Softplus(threshold=40)"),
    .elementwise(
      "gelu", "net * (1 + erf(net / sqrt(2))) / 2",
      derivative: "(1 + erf(net / sqrt(2))) / 2 + net * exp(-net^2 / 2) / sqrt(2 * 3.141592653589793)",
      "the input weighted by the share of a normal distribution below it; the exact form, with erf",
      value: gaussianErrorLinearUnit, derivative: gaussianErrorLinearUnitSlope
    )
    .inTorch("nn.GELU()"),
    .elementwise(
      "silu", aliases: ["swish"], "net / (1 + exp(-net))",
      derivative: "1 / (1 + exp(-net)) * (1 + net * (1 - 1 / (1 + exp(-net))))", "the input weighted by its sigmoid",
      value: sigmoidLinearUnit, derivative: sigmoidLinearUnitSlope
    )
    .inTorch("nn.SiLU()"),
    .whole(
      "softmax", "exp(net) / sum(exp(net))", computed: "exp(net - max(net)) / sum(exp(net - max(net)))",
      derivative: "a[i] * ((i == k) - a[k])", "the exponentials of the whole layer as shares of their sum", in: 0...1,
      between: Between(formula: "e^(net-max)") { net, _ in
        let largest = net.max() ?? 0
        return net.map { exponential($0 - largest) }
      },
      values: { net, a, count, _ in softmax(net, into: a, count: count) },
      jacobian: { _, a, i, k, _ in i == k ? a[i] * (1 - a[k]) : -a[i] * a[k] }
    )
    .derived(by: [
      (
        "((i == k) * exp(net[i]) * sum(h, exp(net[h])) - exp(net[i]) * exp(net[k])) / sum(h, exp(net[h]))^2",
        "quotient rule"
      ),
      (
        "exp(net[i]) / sum(h, exp(net[h])) * ((i == k) - exp(net[k]) / sum(h, exp(net[h])))",
        "what both terms have in common taken out"
      ),
    ])
    .known(elsewhereAs: "softargmax")
    .inTorch("nn.Softmax(dim=1)"),
  ]
}
