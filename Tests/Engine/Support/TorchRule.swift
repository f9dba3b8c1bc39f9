// PyTorch's update rules for one parameter, line by line from the algorithm boxes of torch.optim's documentation
// (SGD, Adagrad, RMSprop, Adam, AdamW), with its letters; options by the names that the session gives them.
struct TorchRule {
  let name: String
  let options: [String: Double]
  private var t = 0.0
  private(set) var b = 0.0
  private(set) var m = 0.0
  private(set) var v = 0.0
  private(set) var average = 0.0
  private(set) var largest = 0.0

  init(name: String, options: [String: Double]) {
    self.name = name
    self.options = options
  }

  private func option(_ name: String) -> Double { options[name] ?? 0 }

  /// θ_t from θ_(t−1) and the gradient.
  mutating func step(_ theta: Double, _ gradient: Double) -> Double {
    t += 1
    switch name {
    case "sgd": return sgd(theta, gradient)
    case "adagrad": return adagrad(theta, gradient)
    case "rmsprop": return rmsprop(theta, gradient)
    case "adam": return adam(theta, gradient + option("weight-decay") * theta)
    case "adamw": return adam(theta - option("rate") * option("weight-decay") * theta, gradient)
    default: return .nan
    }
  }

  private mutating func sgd(_ theta: Double, _ gradient: Double) -> Double {
    let (gamma, mu) = (option("rate"), option("momentum"))
    var g = gradient
    if option("weight-decay") != 0 { g = g + option("weight-decay") * theta }
    if mu != 0 {
      if option("average") != 0 {
        // No box of PyTorch's: v ← βv + (1 − β)g from 0, as the courses have it.
        b = mu * b + (1 - mu) * g
      } else if t > 1 {
        b = mu * b + (1 - option("dampening")) * g
      } else {
        b = g
      }
      if option("nesterov") != 0 { g = g + mu * b } else { g = b }
    }
    return theta - gamma * g
  }

  private mutating func adagrad(_ theta: Double, _ gradient: Double) -> Double {
    let gamma = option("rate") / (1 + (t - 1) * option("lr-decay"))
    var g = gradient
    if option("weight-decay") != 0 { g = g + option("weight-decay") * theta }
    v = v + g * g
    return theta - gamma * g / (v.squareRoot() + option("eps"))
  }

  private mutating func rmsprop(_ theta: Double, _ gradient: Double) -> Double {
    let alpha = option("alpha")
    var g = gradient
    if option("weight-decay") != 0 { g = g + option("weight-decay") * theta }
    v = alpha * v + (1 - alpha) * g * g
    var tilde = v
    if option("centered") != 0 {
      average = average * alpha + (1 - alpha) * g
      tilde = tilde - average * average
    }
    if option("momentum") > 0 {
      b = option("momentum") * b + g / (tilde.squareRoot() + option("eps"))
      return theta - option("rate") * b
    }
    return theta - option("rate") * g / (tilde.squareRoot() + option("eps"))
  }

  private mutating func adam(_ theta: Double, _ g: Double) -> Double {
    let (beta1, beta2) = (option("beta1"), option("beta2"))
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    let mHat = m / (1 - power(beta1))
    largest = max(largest, v)
    let vHat = (option("amsgrad") != 0 ? largest : v) / (1 - power(beta2))
    return theta - option("rate") * mHat / (vHat.squareRoot() + option("eps"))
  }

  private func power(_ base: Double) -> Double { (0..<Int(t)).reduce(1.0) { product, _ in product * base } }
}
