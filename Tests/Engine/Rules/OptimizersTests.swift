import Engine
import Testing

/// The rules against PyTorch's, option by option and step by step.
struct OptimizersTests {
  /// One weight and one bias on one sample: their gradients are the core's own, the steps are compared.
  private func experiment(_ optimizer: OptimizerChoice) throws -> Experiment {
    var network = Network()
    network.inputs = 1
    network.layers = [Layer(units: 1, activation: try .named("tanh"))]
    network.optimizer = optimizer
    var data = Dataset()
    for (x, y) in [(0.7, 0.9), (-1.2, 0.4), (0.3, -0.8)] { data.append(input: [x], target: [y]) }
    return Experiment(network: network, data: data)
  }

  private func scalar(_ state: State, _ kind: Quantity.Kind) throws -> Double {
    try state.value(of: Quantity(kind, 1)).elements[0]
  }

  /// All the ways to set an optimizer's options: each at its initial value and at others.
  private static func combinations(_ rule: Optimizer) -> [OptimizerChoice] {
    var found = [OptimizerChoice(rule)]
    for setting in rule.settings {
      let others: [Double] =
        switch setting.name {
        case "rate": [0.03]
        case "momentum": [0.9]
        case "alpha": [0.8]
        case "beta1": [0.7]
        case "beta2": [0.95]
        case "eps": [1e-3]
        case _ where setting.isFlag: [1 - setting.initial]
        default: [0.1]
        }
      found += found.flatMap { choice in
        others.map { value in
          var other = choice
          _ = other.set(setting.name, to: value)
          return other
        }
      }
    }
    return found.filter { $0.contradiction == nil }
  }

  @Test func theTableIsThatOfTheDesign() {
    let rows = Optimizer.all.map { row in
      ([row.name] + row.settings.map { "\($0.name)=\($0.isFlag ? String($0.initial != 0) : "\($0.initial)")" })
        .joined(separator: " ")
    }
    #expect(
      rows == [
        "sgd rate=1.0 momentum=0.0 nesterov=false weight-decay=0.0 decay-biases=true dampening=0.0 average=false",
        "adagrad rate=0.01 lr-decay=0.0 eps=1e-10 weight-decay=0.0 decay-biases=true",
        "rmsprop rate=0.01 alpha=0.99 eps=1e-08 momentum=0.0 centered=false weight-decay=0.0 decay-biases=true",
        "adam rate=0.001 beta1=0.9 beta2=0.999 eps=1e-08 amsgrad=false weight-decay=0.0 decay-biases=true",
        "adamw rate=0.001 beta1=0.9 beta2=0.999 eps=1e-08 amsgrad=false weight-decay=0.01 decay-biases=true",
      ])
  }

  @Test(arguments: Optimizer.all.map(\.name))
  func sevenStepsAreThoseOfPyTorch(name: String) throws {
    for choice in Self.combinations(try #require(Optimizer.named(name))) {
      var line = Timeline(try experiment(choice))
      var w = TorchRule(name: name, options: choice.options)
      let isSpared = choice.options["decay-biases"] == 0
      var b = TorchRule(
        name: name, options: choice.options.merging(isSpared ? ["weight-decay": 0] : [:]) { _, spared in spared })
      for iteration in 1...7 {
        let before = (w: try scalar(line.state, .w), b: try scalar(line.state, .b))
        line.train(iteration)
        let state = line.state
        let expected = (
          w: w.step(before.w, try scalar(state, .dw)), b: b.step(before.b, try scalar(state, .db))
        )
        let where_ = Comment(rawValue: "\(name) \(choice.options), step \(iteration)")
        #expect(agree(try scalar(state, .w), expected.w, within: 1e-14), where_)
        #expect(agree(try scalar(state, .b), expected.b, within: 1e-14), where_)
        #expect(agree(try scalar(state, .uw), expected.w - before.w, within: 1e-14), where_)
        #expect(agree(try scalar(state, .ub), expected.b - before.b, within: 1e-14), where_)
        try checkMemory(state, choice, w, where_)
      }
    }
  }

  private func checkMemory(_ state: State, _ choice: OptimizerChoice, _ w: TorchRule, _ comment: Comment) throws {
    for memory in ["m", "v", "c", "vmax"] {
      let kind = try #require(Quantity.Kind.memory(memory, of: .w))
      guard choice.memory.contains(memory) else {
        #expect(throws: NotComputed.self, comment) { try scalar(state, kind) }
        continue
      }
      let isMomentum = ["sgd", "rmsprop"].contains(choice.rule.name)
      let expected =
        switch memory {
        case "m": isMomentum ? w.b : w.m
        case "v": w.v
        case "c": w.average
        default: w.largest
        }
      #expect(agree(try scalar(state, kind), expected, within: 1e-14), comment)
    }
  }

  /// Worked by hand with w = 1 and the gradient w·1·1 = w (identity, x = 1, y = 0): two steps of each rule.
  static let worked: [(String, [String: Double], Double, Double)] = [
    ("sgd", ["rate": 0.5], 0.5, 0.25),
    // g = 1 + 0.2·1, then 0.4·1.2
    ("sgd", ["rate": 0.5, "weight-decay": 0.2], 0.4, 0.16),
    // b = 1, then 0.9 + 0.9
    ("sgd", ["rate": 0.1, "momentum": 0.9], 0.9, 0.72),
    // 1 + 0.9·1, then b = 0.9 + 0.81 and 0.81 + 0.9·1.71
    ("sgd", ["rate": 0.1, "momentum": 0.9, "nesterov": 1], 0.81, 0.5751),
    // b = 1, taken whole; then 0.9 + 0.5·0.9
    ("sgd", ["rate": 0.1, "momentum": 0.9, "dampening": 0.5], 0.9, 0.765),
    // v = 0.1·1; then 0.09 + 0.1·0.99
    ("sgd", ["rate": 0.1, "momentum": 0.9, "average": 1], 0.99, 0.9711),
    // 1/√1, then 0.5/√(1 + 0.25)
    ("adagrad", ["rate": 0.5, "eps": 0], 0.5, 0.276393202250021),
    // v = 0.25 and 1/√0.25, then v = 0.1875 + 0.0625 and 0.5/√0.25
    ("rmsprop", ["rate": 0.25, "alpha": 0.75, "eps": 0], 0.5, 0.25),
    // the first step is the rate; then m = 0.14, v = 0.001249, over 0.19 and 0.001999
    ("adam", ["rate": 0.5, "eps": 0], 0.5, 0.03391018059429546),
    // 1 − 0.25 − 0.5; then 0.25 − 0.0625, m = 0.115, v = 0.0010615
    ("adamw", ["rate": 0.5, "eps": 0, "weight-decay": 0.5], 0.25, -0.22779876683774974),
  ]

  @Test(arguments: worked)
  func twoStepsByHand(name: String, options: [String: Double], first: Double, second: Double) throws {
    let choice = try OptimizerChoice.named(name, options)
    var experiment = try experiment(choice)
    experiment.network.layers = [
      Layer(units: 1, activation: try .named("identity"), bias: .none)
    ]
    experiment.data = Dataset()
    experiment.data.append(input: [1], target: [0])
    var line = Timeline(experiment)
    line.change { _, parameters in parameters[0].w.values = [1] }
    line.train(1)
    #expect(agree(try scalar(line.state, .w), first, within: 1e-8), "\(name) \(options)")
    line.train(2)
    #expect(agree(try scalar(line.state, .w), second, within: 1e-8), "\(name) \(options)")
  }

  @Test func nesterovWantsMomentum() throws {
    #expect(try OptimizerChoice.named("sgd", ["nesterov": 1]).contradiction != nil)
    #expect(try OptimizerChoice.named("sgd", ["nesterov": 1, "momentum": 0.5]).contradiction == nil)
  }

  @Test(arguments: Optimizer.all.map(\.name))
  func frozenParametersAreLeftAloneDecayIncluded(name: String) throws {
    var experiment = try experiment(.named(name, ["weight-decay": 0.1]))
    experiment.network.layers[0].freezesWeights = true
    var line = Timeline(experiment)
    let before = try scalar(line.state, .w)
    line.train(5)
    #expect(try scalar(line.state, .w) == before)
    #expect(try scalar(line.state, .uw) == 0)
    #expect(try scalar(line.state, .dw) != 0)
    #expect(try scalar(line.state, .b) != 0)
    #expect(line.state.version(of: Quantity(.w, 1)) == 0)
    #expect(line.state.version(of: Quantity(.b, 1)) == 5)
  }

  /// A parameter that thaws begins to count its updates then: adam's correction is that of a first step.
  @Test func eachParameterCountsItsOwnUpdates() throws {
    var experiment = try experiment(.named("adam"))
    experiment.network.layers[0].freezesWeights = true
    var line = Timeline(experiment)
    line.train(5)
    line.change { experiment, _ in experiment.network.layers[0].freezesWeights = false }
    line.train(6)
    #expect(line.state.updates(of: Quantity(.w, 1)) == 1)
    #expect(line.state.updates(of: Quantity(.b, 1)) == 6)
    #expect(agree(abs(try scalar(line.state, .uw)), 0.001, within: 1e-9))
  }
}
