// deltal = fl′(netl) ⊙ (w(l+1)ᵀ · delta(l+1)),  dwl = deltal · a(l−1)ᵀ,  dbl = deltal
extension Workspace {
  /// ∂L/∂a of the given units: from the loss at the output, else w(l+1)ᵀ · delta(l+1).
  func computeActivationGradient(_ index: Int, _ units: Range<Int>) {
    let layer = layers + index
    let width = layer.pointee.units
    if index + 1 < layerCount {
      return pullBack(from: index + 1, into: layer.pointee.da, width: width, units)
    }
    let (rule, setting) = (network.loss.rule, network.loss.parameter)
    let divisor = rule.divisor(Double(width))
    for at in 0..<samples {
      for unit in at * width + units.lowerBound..<at * width + units.upperBound {
        layer.pointee.da[unit] = rule.derivative(y[unit], layer.pointee.a[unit], setting) / divisor
      }
    }
  }

  /// ∂L/∂x of the given inputs: w1ᵀ · delta1.
  func computeInputGradient(_ units: Range<Int>) {
    pullBack(from: 0, into: dx, width: network.inputs, units)
  }

  /// wᵀ · delta of layer `index`, for some of the units before it. The sum over k runs from the first unit to the last.
  private func pullBack(
    from index: Int, into result: UnsafeMutablePointer<Double>, width: Int, _ units: Range<Int>
  ) {
    let next = layers + index
    let (w, outputs) = (next.pointee.w, next.pointee.units)
    for sample in 0..<samples {
      let delta = next.pointee.delta + sample * outputs
      let to = result + sample * width
      for j in units { to[j] = w[j] * delta[0] }
      for k in 1..<max(outputs, 1) {
        let (row, factor) = (w + k * width, delta[k])
        for j in units { to[j] += row[j] * factor }
      }
    }
  }

  /// The Jacobian of the given units: f′(net) on the diagonal. Softmax's is read off its activations where it is needed.
  func computeJacobian(_ index: Int, _ units: Range<Int>) {
    let layer = layers + index
    guard case .elementwise(_, let derivative) = layer.pointee.activation.rule.kind else { return }
    let (net, a, slope) = (layer.pointee.net, layer.pointee.a, layer.pointee.slope)
    let (width, parameter) = (layer.pointee.units, layer.pointee.activation.parameter)
    for sample in 0..<samples {
      for at in sample * width + units.lowerBound..<sample * width + units.upperBound {
        slope[at] = derivative(net[at], a[at], parameter)
      }
    }
  }

  /// δ = ∂L/∂net of the given units: the closed form where there is one, else Jᵀ · ∂L/∂a.
  func computeDelta(_ index: Int, _ units: Range<Int>) {
    let layer = layers + index
    let width = layer.pointee.units
    for sample in 0..<samples {
      let offset = sample * width
      let (a, da, delta) = (layer.pointee.a + offset, layer.pointee.da + offset, layer.pointee.delta + offset)
      if index == layerCount - 1, let closedForm {
        let y = self.y + offset
        var targetSum = 0.0
        for k in 0..<width { targetSum += y[k] }
        for k in units { delta[k] = closedForm.delta(a[k], y[k], targetSum, Double(width)) }
      } else if layer.pointee.isElementwise {
        let slope = layer.pointee.slope + offset
        for k in units { delta[k] = slope[k] * da[k] }
      } else {
        for k in units {
          var sum = 0.0
          for i in 0..<width { sum += softmaxJacobian(a[i], a[k], isDiagonal: i == k) * da[i] }
          delta[k] = sum
        }
      }
    }
  }

  /// ∂L/∂w of the given rows: dw[k,j] = δ[k]·a[j], averaged or added over the batch from its first sample to its last.
  func computeWeightGradient(_ index: Int, _ rows: Range<Int>) {
    let layer = layers + index
    let (width, inputs) = (layer.pointee.units, layer.pointee.inputs)
    let input = self.input(of: index)
    for k in rows {
      let dw = layer.pointee.dw + k * inputs
      let delta = layer.pointee.delta + k
      let first = delta[0]
      for j in 0..<inputs { dw[j] = first * input[j] }
      for sample in 1..<max(samples, 1) {
        let (from, factor) = (input + sample * inputs, delta[sample * width])
        for j in 0..<inputs { dw[j] += factor * from[j] }
      }
      if reduction == .mean, samples > 1 {
        let count = Double(samples)
        for j in 0..<inputs { dw[j] /= count }
      }
    }
  }

  /// ∂L/∂b of the given units: δ, or for a shared bias the sum of the layer's δ; averaged or added over the batch.
  func computeBiasGradient(_ index: Int, _ units: Range<Int>) {
    let layer = layers + index
    let (width, biases) = (layer.pointee.units, layer.pointee.biases)
    let isShared = network.layers[index].bias == .shared
    for k in units where k < biases {
      var sum = 0.0
      for sample in 0..<samples {
        let delta = layer.pointee.delta + sample * width
        if isShared { for unit in 0..<width { sum += delta[unit] } } else { sum += delta[k] }
      }
      layer.pointee.db[k] = reduction == .mean && samples > 1 ? sum / Double(samples) : sum
    }
  }
}
