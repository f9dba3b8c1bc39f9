import Engine

// Training written once more from section 2 of the design, with nested arrays and one sample at a time, so that it can
// share no mistake with the core. δ goes the long way, through ∂L/∂a and the Jacobian, closed form or not.
struct PlainTraining {
  struct Parameter {
    var value: [[Double]]
    var gradient: [[Double]] = []
    var change: [[Double]] = []
    var rules: [[TorchRule]]

    init(_ value: [[Double]], _ optimizer: OptimizerChoice, isOfBiases: Bool = false) {
      self.value = value
      var options = optimizer.options
      if isOfBiases, options["decay-biases"] == 0 { options["weight-decay"] = 0 }
      let rule = TorchRule(name: optimizer.rule.name, options: options)
      rules = value.map { $0.map { _ in rule } }
    }

    /// w ← w + u by each element's own rule; frozen ones are passed over.
    mutating func update(isFrozen: Bool) {
      change = value.map { $0.map { _ in 0 } }
      guard !isFrozen else { return }
      for row in value.indices {
        for column in value[row].indices {
          let new = rules[row][column].step(value[row][column], gradient[row][column])
          change[row][column] = new - value[row][column]
          value[row][column] = new
        }
      }
    }
  }

  /// What one sample's passes computed; arrays over layers, the first at index 0.
  struct Sample {
    var net: [[Double]] = []
    var a: [[Double]] = []
    var da: [[Double]] = []
    var jacobian: [[[Double]]] = []
    var delta: [[Double]] = []
    var dx: [Double] = []
    var loss = 0.0
  }

  let experiment: Experiment
  var w: [Parameter]
  var b: [Parameter]
  var samples: [Sample] = []
  var loss = 0.0

  init(_ experiment: Experiment, _ parameters: [LayerParameters]) {
    self.experiment = experiment
    let optimizer = experiment.network.optimizer
    w = parameters.map { layer in
      let width = layer.w.columns
      let rows = stride(from: 0, to: layer.w.values.count, by: width).map { Array(layer.w.values[$0..<$0 + width]) }
      return Parameter(rows, optimizer)
    }
    b = parameters.map { Parameter([$0.b.values], optimizer, isOfBiases: true) }
  }

  /// One iteration on these samples of the data.
  mutating func iterate(batch: [Int]) {
    samples = batch.map { pass(x: Array(experiment.data.input($0)), y: Array(experiment.data.target($0))) }
    let share = experiment.reduction == .mean ? 1 / Double(batch.count) : 1
    loss = samples.reduce(0) { $0 + $1.loss } * share
    for (index, layer) in experiment.network.layers.enumerated() {
      w[index].gradient = w[index].value.map { $0.map { _ in 0 } }
      b[index].gradient = [b[index].value[0].map { _ in 0 }]
      for (slot, sample) in samples.enumerated() {
        let input = index == 0 ? Array(experiment.data.input(batch[slot])) : sample.a[index - 1]
        for (k, delta) in sample.delta[index].enumerated() {
          for j in input.indices { w[index].gradient[k][j] += delta * input[j] * share }
          switch layer.bias {
          case .own: b[index].gradient[0][k] += delta * share
          case .shared: b[index].gradient[0][0] += delta * share
          case .none: break
          }
        }
      }
    }
    for (index, layer) in experiment.network.layers.enumerated() {
      w[index].update(isFrozen: layer.freezesWeights)
      b[index].update(isFrozen: layer.freezesBiases)
    }
  }

  private func pass(x: [Double], y: [Double]) -> Sample {
    var sample = Sample()
    var input = x
    let layers = experiment.network.layers
    for (index, layer) in layers.enumerated() {
      let net = w[index].value.enumerated().map { k, row in
        zip(row, input).reduce(0) { $0 + $1.0 * $1.1 } + bias(index, k, layer.bias)
      }
      let activation = layer.activation
      sample.net.append(net)
      input = PlainRules.activate(activation.rule.name, activation.values.first ?? 0, net)
      sample.a.append(input)
      sample.jacobian.append(PlainRules.jacobian(activation.rule.name, activation.values.first ?? 0, net))
    }
    let rule = experiment.network.loss
    let (name, setting, isSummed) = (rule.rule.name, rule.values.first ?? 0, rule["outputs"] == 1)
    sample.loss = PlainRules.loss(name, setting, y: y, a: input, isSummed: isSummed)
    var da = PlainRules.lossGradient(name, setting, y: y, a: input, isSummed: isSummed)
    for index in layers.indices.reversed() {
      let delta = PlainTraining.transposed(sample.jacobian[index], times: da)
      sample.da.insert(da, at: 0)
      sample.delta.insert(delta, at: 0)
      da = PlainTraining.transposed(w[index].value, times: delta)
    }
    sample.dx = da
    return sample
  }

  private func bias(_ index: Int, _ unit: Int, _ kind: Layer.Bias) -> Double {
    switch kind {
    case .own: b[index].value[0][unit]
    case .shared: b[index].value[0][0]
    case .none: 0
    }
  }

  private static func transposed(_ matrix: [[Double]], times column: [Double]) -> [Double] {
    (matrix.first ?? []).indices.map { j in matrix.indices.reduce(0) { $0 + matrix[$1][j] * column[$1] } }
  }
}
