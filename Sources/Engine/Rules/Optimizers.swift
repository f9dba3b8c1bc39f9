// A new optimizer is one entry here: its rule as it runs, and the same rule line by line as it is explained.
extension Optimizer {
  /// Every optimizer; the first is the default.
  package static let all: [Optimizer] = [
    sgd.known(elsewhereAs: "gd", "gradient-descent", "stochastic-gradient-descent", "traingd")
      .known(as: "momentum", with: ["momentum": "0.9"]).known(as: "traingdm", with: ["momentum": "0.9"])
      .known(as: "nesterov", with: ["momentum": "0.9", "nesterov": "true"])
      .known(as: "nag", with: ["momentum": "0.9", "nesterov": "true"])
      .differing(
        "PyTorch's SGD is as here; Keras' SGD multiplies the gradient by the rate before it goes into the momentum, so that a rate that changes counts otherwise.",
        "Courses often have v <- momentum * v + (1 - momentum) * g: average=true.", decayElsewhere
      )
      .inTorch(
        "torch.optim.SGD", "lr={rate}", "momentum={momentum}", "dampening={dampening}", "weight_decay={weight-decay}",
        "nesterov={nesterov}", countsSteps: false, without: "average"),
    adagrad.differing(
      "PyTorch's Adagrad is as here; Keras' begins its squares at 0.1, and has eps 1e-7 under the root.",
      decayElsewhere
    )
    .inTorch(
      "torch.optim.Adagrad", "lr={rate}", "lr_decay={lr-decay}", "weight_decay={weight-decay}", "eps={eps}"),
    rmsprop.known(elsewhereAs: "rms").near(to: "adadelta", "rprop").differing(
      "PyTorch's RMSprop is as here, with alpha 0.99; Keras' has rho 0.9, rate 0.001 and eps 1e-7 under the root, and courses mostly 0.9.",
      decayElsewhere
    )
    .inTorch(
      "torch.optim.RMSprop", "lr={rate}", "alpha={alpha}", "eps={eps}", "weight_decay={weight-decay}",
      "momentum={momentum}", "centered={centered}"),
    adam(decoupled: false).differing(
      "PyTorch's Adam is as here; Keras' has eps 1e-7, and adds it before the root is divided by that of 1 - beta2^count.",
      decayElsewhere
    )
    .inTorch(
      "torch.optim.Adam", "lr={rate}", "betas=({beta1}, {beta2})", "eps={eps}", "weight_decay={weight-decay}",
      "amsgrad={amsgrad}"),
    adam(decoupled: true).differing(
      "PyTorch's AdamW is as here, with weight-decay 0.01; Keras' has 0.004.", decayElsewhere
    )
    .inTorch(
      "torch.optim.AdamW", "lr={rate}", "betas=({beta1}, {beta2})", "eps={eps}", "weight_decay={weight-decay}",
      "amsgrad={amsgrad}"),
  ]

  /// Whom the decay reaches, for help of every rule that has one.
  private static let decayElsewhere: Text =
    "PyTorch decays the biases too, as here; courses and Keras' kernel_regularizer spare them: decay-biases=false."

  private static func rate(_ initial: Double) -> Setting {
    .number(
      "rate", initial, in: 0...1e300, "the learning rate: how far a step goes along the gradient",
      aliases: ["lr", "learning-rate"]
    ).byFactors
  }
  private static func eps(_ initial: Double) -> Setting {
    .number("eps", initial, in: 0...1e300, "keeps the divisor from 0", aliases: ["epsilon"]).byFactors
  }
  private static let momentum = Setting.number("momentum", 0, in: 0...1e300, "how much of the last step is kept")

  private static func mean(inTorch torch: String, when condition: String? = nil) -> Memory {
    Memory("m", "the optimizer's momentum or first moment", inTorch: torch, when: condition)
  }
  private static func squares(inTorch torch: String) -> Memory {
    Memory("v", "the optimizer's squares", inTorch: torch, isOfSquares: true)
  }

  private static let sgd = Optimizer(
    name: "sgd", meaning: "gradient descent, with momentum where asked for",
    settings: [
      rate(1), momentum, .flag("nesterov", false, "looks ahead along the momentum"), weightDecay(0), decayBiases,
      .number("dampening", 0, in: 0...1, "how much of a gradient the momentum leaves out; the first it takes whole"),
      .flag("average", false, "makes the momentum a running mean of the gradients, from 0 on"),
    ],
    memory: [mean(inTorch: "momentum_buffer", when: "momentum")],
    formulas: [
      Line("g", "g + weight_decay * w", when: "weight-decay"),
      Line("m", wholeMomentum, when: "momentum !dampening !average"),
      Line("m", "momentum * m + (1 - (count > 1) * dampening) * g", when: "momentum dampening"),
      Line("m", meanMomentum, when: "average"),
      Line("u", plainDescent, when: "!momentum"),
      Line("u", alongMomentum, when: "momentum !nesterov"),
      Line("u", "-rate * (g + momentum * m)", when: "nesterov"),
    ],
    contradicts: { values in
      let (momentum, nesterov, dampening, average) = (values[1], values[2] == 1, values[5], values[6] == 1)
      if momentum == 0 {
        let needy = nesterov ? "nesterov" : average ? "average" : dampening > 0 ? "dampening" : nil
        return needy.map { "\($0) needs a momentum above 0" }
      }
      if nesterov && (dampening > 0 || average) {
        return "nesterov goes with plain momentum alone, without \(average ? "average" : "dampening")"
      }
      return average && dampening > 0 ? "average says how much of a gradient is taken, and so does dampening" : nil
    },
    update: { span, values in
      let (rate, momentum, nesterov, decay) = (values[0], values[1], values[2] != 0, values[3])
      // How much of a gradient the momentum takes.
      let share = values[6] != 0 ? 1 - momentum : span.count > 1 ? 1 - values[5] : 1
      if momentum == 0 {
        if decay == 0 { return span.each { _, g in -rate * g } }
        return span.each { w, g in -rate * (g + decay * w) }
      }
      let m = span.memory(0)
      span.eachIndex { w, g, index in
        let g = decay == 0 ? g : g + decay * w
        m[index] = momentum * m[index] + share * g
        return -rate * (nesterov ? g + momentum * m[index] : m[index])
      }
    })

  private static let adagrad = Optimizer(
    name: "adagrad", meaning: "each parameter's rate falls with the squares that it has seen",
    settings: [
      rate(0.01), .number("lr-decay", 0, in: 0...1e300, "how fast the rate itself falls"), eps(1e-10), weightDecay(0),
      decayBiases,
    ],
    memory: [squares(inTorch: "sum")],
    formulas: [
      Line("g", "g + weight_decay * w", when: "weight-decay"),
      Line("v", "v + g^2"),
      Line("u", "-rate / (1 + (count - 1) * lr_decay) * g / (sqrt(v) + eps)"),
    ],
    update: { span, values in
      let (rate, rateDecay, eps, decay) = (values[0], values[1], values[2], values[3])
      let v = span.memory(0)
      let now = -rate / (1 + Double(span.count - 1) * rateDecay)
      span.eachIndex { w, g, index in
        let g = decay == 0 ? g : g + decay * w
        v[index] += g * g
        return now * g / (v[index].squareRoot() + eps)
      }
    })

  private static let rmsprop = Optimizer(
    name: "rmsprop", meaning: "divides by the root of a running mean of squares",
    settings: [
      rate(0.01), .number("alpha", 0.99, in: 0...1, "how much of the mean of squares is kept", aliases: ["rho"]),
      eps(1e-8), momentum,
      .flag("centered", false, "takes the mean gradient's square off"), weightDecay(0), decayBiases,
    ],
    memory: [
      mean(inTorch: "momentum_buffer", when: "momentum"), squares(inTorch: "square_avg"),
      Memory("c", "centered rmsprop's mean gradient", inTorch: "grad_avg", when: "centered"),
    ],
    formulas: [
      Line("g", "g + weight_decay * w", when: "weight-decay"),
      Line("v", "alpha * v + (1 - alpha) * g^2"),
      Line("c", "c + (1 - alpha) * (g - c)", when: "centered"),
      Line("root", "sqrt(v - c^2) + eps", when: "centered"),
      Line("root", "sqrt(v) + eps", when: "!centered"),
      Line("m", "momentum * m + g / root", when: "momentum"),
      Line("u", "-rate * m", when: "momentum"),
      Line("u", "-rate * (g / root)", when: "!momentum"),
    ],
    update: { span, values in
      let (rate, alpha, eps, momentum, centered, decay) =
        (values[0], values[1], values[2], values[3], values[4] != 0, values[5])
      let (m, v, c) = (span.memory(0), span.memory(1), span.memory(2))
      span.eachIndex { w, g, index in
        let g = decay == 0 ? g : g + decay * w
        v[index] = alpha * v[index] + (1 - alpha) * (g * g)
        var square = v[index]
        if centered {
          c[index] += (1 - alpha) * (g - c[index])
          square -= c[index] * c[index]
        }
        let step = g / (square.squareRoot() + eps)
        if momentum == 0 { return -rate * step }
        m[index] = momentum * m[index] + step
        return -rate * m[index]
      }
    })

  private static func adam(decoupled: Bool) -> Optimizer {
    Optimizer(
      name: decoupled ? "adamw" : "adam",
      meaning: decoupled
        ? "adam with a weight decay that does not pass through its moments"
        : "a running mean of gradients over the root of a running mean of squares",
      settings: [
        rate(0.001),
        .number("beta1", 0.9, in: 0...0.9999999999999999, "how much of the mean gradient is kept", aliases: ["beta-1"]),
        .number("beta2", 0.999, in: 0...0.9999999999999999, "how much of the mean square is kept", aliases: ["beta-2"]),
        eps(1e-8),
        .flag("amsgrad", false, "divides by the largest mean square so far"), weightDecay(decoupled ? 0.01 : 0),
        decayBiases,
      ],
      memory: [
        mean(inTorch: "exp_avg"), squares(inTorch: "exp_avg_sq"),
        Memory("vmax", "amsgrad's largest squares", inTorch: "max_exp_avg_sq", when: "amsgrad", isOfSquares: true),
      ],
      formulas: [
        decoupled ? nil : Line("g", "g + weight_decay * w", when: "weight-decay"),
        Line("m", "m + (1 - beta1) * (g - m)"),
        Line("v", "beta2 * v + (1 - beta2) * g^2"),
        Line("vmax", "max(vmax, v)", when: "amsgrad"),
        Line("root", "sqrt(vmax) / sqrt(1 - beta2^count) + eps", when: "amsgrad"),
        Line("root", "sqrt(v) / sqrt(1 - beta2^count) + eps", when: "!amsgrad"),
        Line("u", "-rate / (1 - beta1^count) * m / root", when: decoupled ? "!weight-decay" : nil),
        decoupled
          ? Line("u", "-rate * weight_decay * w - rate / (1 - beta1^count) * m / root", when: "weight-decay") : nil,
      ].compactMap { $0 },
      update: { span, values in
        let (rate, beta1, beta2, eps, amsgrad, decay) =
          (values[0], values[1], values[2], values[3], values[4] != 0, values[5])
        let (m, v, largest) = (span.memory(0), span.memory(1), span.memory(2))
        let step = rate / (1 - power(beta1, Double(span.count)))
        let scale = (1 - power(beta2, Double(span.count))).squareRoot()
        span.eachIndex { w, g, index in
          let g = decoupled || decay == 0 ? g : g + decay * w
          m[index] += (1 - beta1) * (g - m[index])
          v[index] = beta2 * v[index] + (1 - beta2) * (g * g)
          if amsgrad { largest[index] = max(largest[index], v[index]) }
          let root = (amsgrad ? largest[index] : v[index]).squareRoot() / scale + eps
          return decoupled && decay != 0 ? -rate * decay * w - step * m[index] / root : -step * m[index] / root
        }
      })
  }
}
