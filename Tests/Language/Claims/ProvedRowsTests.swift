import Engine
import Testing

@testable import Language

/// What the tables' rows say is proved: a proof of what a row gives is a test of the row.
@Suite struct ProvedRowsTests {
  /// What the rows of a layer give is what the loss's derivatives are, for every activation, bias and size of batch.
  @Test(arguments: Activation.all.map(\.name))
  func everyActivationsRowIsProved(name: String) throws {
    // Each in one of four kinds of network, which stand in the rows of their own.
    let kinds = [("", 1), (" nobias", 1), (" sharedbias", 1), ("", 3)]
    let number = Activation.all.firstIndex { $0.name == name } ?? 0
    for (bias, batch) in [kinds[number % kinds.count]] {
      let samples = (0..<batch).map { "sample 0.\($0 + 1) -0.4 -> 0.7 0.\($0 + 2)\n" }.joined()
      let text = "input 2\ndense 3 \(name)\(bias)\ndense 2 \(name)\(bias)\n\(samples)batch all\nforward\nbackward\n"
      var claims = [
        "dw1[k,j] = d(loss)/d(w1[k,j])", "dw2[k,j] = d(loss)/d(w2[k,j])", "delta1[k] = d(loss)/d(net1[k])",
        "delta2[k] = d(loss)/d(net2[k])", "da1[k] = d(loss)/d(a1[k])", "dx[j] = d(loss)/d(x[j])",
        "J1[i,k] = d(a1[i])/d(net1[k])", "da1 = w2' * delta2", "delta1 = J1' * da1",
      ]
      switch bias {
      case "": claims.append("db1[k] = d(loss)/d(b1[k])")
      case " sharedbias": claims += ["db1 = d(loss)/d(b1)", "db1 = mean(sample, sum(k, delta1[k]))"]
      default: break
      }
      try expect(claims, .proved, text)
      try expect(
        ["dw1[k,j] = d(loss)/d(w1[k,j]) + 1e-12", "delta2 = -da2", "da1 = w2' * delta2 * 1.001"], .refuted, text)
    }
  }

  /// Its f′ is the derivative of its f, which is written out here as its row has it.
  @Test func everyActivationsDerivativeIsProvedFromItsFormula() throws {
    for row in Activation.all where row.isElementwise && row.name != "gelu" {
      var text = "input 1\ndense 2 \(row.name)\nsample 1 -> 0 1\nforward\nbackward\n"
      var (body, slope) = (" " + row.definition + " ", " " + row.derivativeFormula + " ")
      for setting in row.settings {
        let place = setting.name
        (body, slope) = (
          body.replacing(place, with: "\(setting.initial)"), slope.replacing(place, with: "\(setting.initial)")
        )
      }
      body = body.replacing("net", with: "v")
      text += "let own(v) =\(body)\n"
      try expect(["f1'(net1[k]) = own'(net1[k])", "a1[k] = own(net1[k])"], .proved, text)
      guard row.name != "identity" else { continue }
      try expect(["f1'(net1[k]) = own'(net1[k]) + 1e-9 * net1[k]", "f1'(net1[k]) = own(net1[k])"], .refuted, text)
    }
  }

  @Test(arguments: Loss.all.map(\.name))
  func everyLossesRowIsProved(name: String) throws {
    let number = Loss.all.firstIndex { $0.name == name } ?? 0
    for (place, last) in ["sigmoid", "softmax", "softplus"].enumerated() {
      for (batch, reduction) in [[(1, "mean"), (2, "mean"), (2, "sum")][(number + place) % 3]] {
        let samples = (0..<batch).map { "sample 0.\($0 + 1) -0.4 -> 0.7 0.\($0 + 2)\n" }.joined()
        let text =
          "input 2\ndense 2 tanh\ndense 2 \(last)\nloss \(name)\n\(samples)batch all\nreduction \(reduction)\nforward\nbackward\n"
        try expect(
          [
            "dw1[k,j] = d(loss)/d(w1[k,j])", "delta2[k] = d(loss)/d(net2[k])", "da2[k] = d(loss)/d(a2[k])",
            "delta2 = J2' * da2", "loss = \(reduction)(sample, loss[sample])",
            "dw2 = \(reduction)(sample, delta2 * a1')",
          ], .proved, text)
        try expect(["delta2[k] = d(loss)/d(net2[k]) * 1.0000000001", "delta2 = J2' * da2 + 1e-14"], .refuted, text)
      }
    }
  }

  @Test(arguments: [
    "sgd rate=0.3", "sgd rate=0.3 weight-decay=0.1", "sgd momentum=0.9", "sgd momentum=0.9 nesterov=true",
    "sgd momentum=0.9 dampening=0.1", "sgd momentum=0.9 average=true", "adagrad lr-decay=0.1", "rmsprop",
    "rmsprop momentum=0.5 centered=true", "adam", "adam amsgrad=true", "adamw",
  ])
  func everyOptimizersRowIsProved(optimizer: String) throws {
    let text =
      "input 2\ndense 2 tanh\ndense 2 sigmoid\noptimizer \(optimizer)\nsample 0.3 -0.4 -> 0.7 0.2\nupdate\n"
    try expect(
      ["w2[k,j] = old(w2[k,j]) + uw2[k,j]", "b1 = old(b1) + ub1", "dw1[k,j] = d(loss)/d(w1[k,j])"], .proved, text)
    try expect(["w2[k,j] = old(w2[k,j]) - uw2[k,j]"], .refuted, text)
    // The rule's own lines, as they can be typed.
    var session = try session(text)
    let change = answers(text + "help \(optimizer.split(separator: " ")[0])")
    #expect(!change.isEmpty)
    let rules: [String: [String]] = [
      "sgd rate=0.3": ["uw2 = -0.3 * dw2"], "sgd rate=0.3 weight-decay=0.1": ["uw2 = -0.3 * (dw2 + 0.1 * old(w2))"],
      "sgd momentum=0.9": ["uw2 = -mw2", "mw2[k,j] = 0.9 * m + g"], "rmsprop": ["vw2[k,j] = 0.99 * v + 0.01 * g^2"],
      "adam": ["mw2[k,j] = m + (1 - 0.9) * (g - m)", "uw2[k,j] = -rate / (1 - 0.9^count) * m / root"],
    ]
    for rule in rules[optimizer] ?? [] { #expect(try grade(rule, in: &session) == .proved, "\(optimizer): \(rule)") }
  }
}
