// netl = wl · a(l−1) + bl,  al = fl(netl)
extension Workspace {
  /// Pre-activations of the given units: net[k] = Σ_j w[k,j]·a[j] + b[k], for every sample of the batch.
  func computeNet(_ index: Int, _ units: Range<Int>) {
    let layer = layers + index
    let (width, inputs, biases) = (layer.pointee.units, layer.pointee.inputs, layer.pointee.biases)
    let (w, b, net) = (layer.pointee.w, layer.pointee.b, layer.pointee.net)
    let input = self.input(of: index)
    for sample in 0..<samples {
      let from = input + sample * inputs
      let to = net + sample * width
      for unit in units {
        let sum = dot(w + unit * inputs, from, count: inputs)
        to[unit] = biases == 0 ? sum : sum + b[biases == 1 ? 0 : unit]
      }
    }
  }

  /// Activations of the given units: a = f(net). Softmax is computed as a whole, and the units asked for are kept.
  func computeActivations(_ index: Int, _ units: Range<Int>) {
    let layer = layers + index
    let width = layer.pointee.units
    let (net, a) = (layer.pointee.net, layer.pointee.a)
    switch layer.pointee.activation.rule.kind {
    case .elementwise(let value, _):
      let parameter = layer.pointee.activation.parameter
      for sample in 0..<samples {
        for at in sample * width + units.lowerBound..<sample * width + units.upperBound {
          a[at] = value(net[at], parameter)
        }
      }
    case .softmax:
      for sample in 0..<samples { softmax(net + sample * width, into: a + sample * width, count: width) }
    }
  }

  /// Each sample's loss, from net where there is a closed form, and their mean or sum.
  func computeLoss() {
    let last = layers + (layerCount - 1)
    let count = last.pointee.units
    let setting = network.loss.parameter
    let rule = network.loss.rule
    let divisor = rule.divisor(Double(count))
    var total = 0.0
    for sample in 0..<samples {
      let (net, a, y) = (
        last.pointee.net + sample * count, last.pointee.a + sample * count, self.y + sample * count
      )
      var sum = 0.0
      if let closedForm {
        let (largest, logSum) = closedForm.needsLogSum ? logSumExponential(net, count: count) : (0, 0)
        for k in 0..<count { sum += closedForm.term(net[k] - largest, y[k], logSum) }
      } else {
        for k in 0..<count { sum += rule.term(y[k], a[k], setting) }
      }
      losses[sample] = sum / divisor
      total += losses[sample]
    }
    loss = reduction == .mean ? total / Double(samples) : total
  }
}
