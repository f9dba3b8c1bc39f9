import Engine
import Testing

struct LossesTests {
  static let names = Loss.all.map(\.name)

  private func choice(_ name: String, delta: Double = 1) throws -> LossChoice {
    try .named(name, name == "huber" ? ["delta": delta] : [:])
  }

  /// One sample through one layer without bias whose weights are the identity, so that net is what is put in.
  private func state(_ activation: String, _ loss: String, net: [Double], y: [Double]) throws -> State {
    var network = Network()
    network.inputs = net.count
    network.layers = [Layer(units: net.count, activation: try .named(activation), bias: .none)]
    network.loss = try choice(loss)
    var data = Dataset()
    data.append(input: net, target: y)
    var line = Timeline(Experiment(network: network, data: data))
    line.change { _, parameters in
      parameters[0].w.values = net.indices.flatMap { k in net.indices.map { $0 == k ? 1.0 : 0 } }
    }
    line.train(1)
    return line.state
  }

  @Test func theTableIsThatOfTheDesign() {
    #expect(
      Loss.all.map { ([$0.name] + $0.aliases).joined(separator: " ") } == [
        "half-squared-error hse", "mean-squared-error mse", "cross-entropy ce", "binary-cross-entropy bce",
        "mean-absolute-error mae", "huber",
      ])
    #expect(Loss.named("bce")?.name == "binary-cross-entropy")
    #expect(Loss.named("huber")?.settings.map(\.initial) == [1, 0])
    let summable = Loss.all.filter { $0.settings.contains { $0.name == "outputs" } }.map(\.name)
    #expect(summable == ["mean-squared-error", "binary-cross-entropy", "mean-absolute-error", "huber"])
  }

  @Test(arguments: names)
  func valueAndDerivativeAgreeWithSwiftsOwn(name: String) throws {
    for seed in 1...20 {
      var generator = Generator(seed: seed)
      let n = generator.int(1..<6)
      let y = (0..<n).map { _ in generator.unit() }
      let a = (0..<n).map { _ in generator.uniform(0.001, 0.999) }
      let delta = generator.uniform(0.1, 0.9)
      let choice = try choice(name, delta: delta)
      let plain = PlainRules.loss(name, delta, y: y, a: a)
      #expect(agree(choice.value(y: y, a: a), plain, within: 1e-13), "seed \(seed)")
      let derivatives = zip(y, a).map { choice.derivative(y: $0, a: $1, n: n) }
      let swifts = PlainRules.lossGradient(name, delta, y: y, a: a)
      #expect(agree(derivatives, swifts, within: 1e-12), "seed \(seed)")
      for k in 0..<n {
        var (up, down) = (a, a)
        up[k] += 1e-6
        down[k] -= 1e-6
        let difference = (choice.value(y: y, a: up) - choice.value(y: y, a: down)) / 2e-6
        // near 0 and 1 the logarithms bend too much for a difference to say much
        guard a[k] > 0.05, a[k] < 0.95, abs(abs(y[k] - a[k]) - delta) > 1e-4, abs(y[k] - a[k]) > 1e-4 else { continue }
        #expect(agree(derivatives[k], difference, within: 1e-6), "seed \(seed), output \(k)")
      }
    }
  }

  @Test func byHand() throws {
    let (y, a) = ([1.0, 0, 3], [0.5, 0, 1])
    #expect(try choice("hse").value(y: y, a: a) == 2.125)
    #expect(try choice("mse").value(y: y, a: a) == 4.25 / 3)
    #expect(try choice("mae").value(y: y, a: a) == 2.5 / 3)
    // ½·0.25 + 0 + 1·(2 − ½), over 3
    #expect(try choice("huber").value(y: y, a: a) == 1.625 / 3)
    #expect(try choice("mae").derivative(y: 1, a: 1, n: 2) == 0)
    #expect(try choice("huber").derivative(y: 0, a: 1, n: 1) == 1)
    #expect(try choice("huber").derivative(y: 0, a: -7, n: 2) == -0.5)
  }

  @Test func zeroTimesLogZeroIsZero() throws {
    let (ce, bce) = (try choice("ce"), try choice("bce"))
    #expect(ce.value(y: [0, 1], a: [0, 1]) == 0)
    #expect(bce.value(y: [0, 1], a: [0, 1]) == 0)
    #expect(ce.derivative(y: 0, a: 0, n: 1) == 0)
    #expect(bce.derivative(y: 0, a: 0, n: 1) == 1)
    #expect(bce.derivative(y: 1, a: 1, n: 1) == -1)
    #expect(ce.value(y: [1], a: [0]) == .infinity)
  }

  @Test(arguments: [("softmax", "cross-entropy"), ("sigmoid", "binary-cross-entropy")])
  func theClosedFormIsTheLongWay(activation: String, loss: String) throws {
    for seed in 1...20 {
      var generator = Generator(seed: seed)
      let n = generator.int(1..<6)
      let net = (0..<n).map { _ in generator.uniform(-5, 5) }
      // targets that do not sum to one
      let y = (0..<n).map { _ in generator.uniform(0, 1) }
      let state = try state(activation, loss, net: net, y: y)
      let a = PlainRules.activate(activation, 0, net)
      let value = try state.value(of: Quantity(.loss)).elements[0]
      #expect(agree(value, PlainRules.loss(loss, 0, y: y, a: a), within: 1e-13), "seed \(seed)")
      let da = PlainRules.lossGradient(loss, 0, y: y, a: a)
      let jacobian = PlainRules.jacobian(activation, 0, net)
      let delta = (0..<n).map { k in (0..<n).reduce(0) { $0 + jacobian[$1][k] * da[$1] } }
      #expect(agree(try state.value(of: Quantity(.delta, 1)).elements, delta, within: 1e-12), "seed \(seed)")
      #expect(agree(try state.value(of: Quantity(.da, 1)).elements, da, within: 1e-12), "seed \(seed)")
    }
  }

  @Test func logitsOfAThousandAreExactUnderSoftmax() throws {
    let state = try state("softmax", "ce", net: [1000, -1000, 0], y: [0, 1, 0])
    #expect(try state.value(of: Quantity(.loss)).elements == [2000])
    #expect(try state.value(of: Quantity(.delta, 1)).elements == [1, -1, 0])
    let double = try self.state("softmax", "ce", net: [1000, 1000], y: [1, 1])
    #expect(try double.value(of: Quantity(.delta, 1)).elements == [0, 0])
    #expect(agree(try double.value(of: Quantity(.loss)).elements[0], 1.3862943611198906, within: 1e-15))
  }

  @Test func logitsOfAThousandAreExactUnderSigmoid() throws {
    let state = try state("sigmoid", "bce", net: [1000, -1000, 1000, -1000], y: [0, 1, 1, 0])
    #expect(try state.value(of: Quantity(.loss)).elements == [500])
    #expect(try state.value(of: Quantity(.delta, 1)).elements == [0.25, -0.25, 0, 0])
  }

  /// A loss that is almost nothing is still known to its last digits: log(1 + e^-40) = 4.248354255291589e-18.
  @Test(arguments: [("softmax", "ce", [40.0, 0], [1.0, 0]), ("sigmoid", "bce", [40], [1])])
  func theSmallEndOfTheLossIsKept(activation: String, loss: String, net: [Double], y: [Double]) throws {
    let value = try state(activation, loss, net: net, y: y).value(of: Quantity(.loss)).elements[0]
    #expect(agree(value * 1e18, 4.2483542552915889, within: 1e-15))
    let shifted = try state(activation, loss, net: net.map { $0 - 1000 }, y: y).value(of: Quantity(.loss)).elements[0]
    if activation == "softmax" { #expect(shifted == value) } else { #expect(shifted == 960) }
  }

  @Test func otherPairsHaveNoClosedForm() throws {
    for loss in Loss.all {
      for activation in Activation.all {
        let expected = [["softmax", "cross-entropy"], ["sigmoid", "binary-cross-entropy"]]
          .contains([activation.name, loss.name])
        #expect((LossChoice(loss).closedForm(after: activation) != nil) == expected)
      }
    }
  }
}
