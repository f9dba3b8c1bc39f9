import Engine

// d(…)/d(q): how the forward quantities move with one element, all before it held fixed.
extension StateScope {
  /// The forward quantities that move with an element, as far as they are computed.
  public func tangents(_ seed: Seed, _ reading: Reading) throws(EvaluationError) -> Tangents {
    guard let quantity = Quantity.named(seed.quantity), quantity.kind.isForward || quantity.kind == .loss else {
      throw EvaluationError("\(seed.quantity) may not stand under the line: x, w, b, net, a, out and loss may")
    }
    // The seed itself has to be there; weights and biases always are, and are large.
    if !quantity.kind.isParameter || state.shape(of: quantity) == nil {
      _ = try value(of: seed.quantity, Reading(sample: reading.sample, isForward: true))
    }
    if quantity.kind == .loss {
      let loss = Tangents.Moving(try value(of: "loss", Reading()), Matrix(1))
      return Tangents(quantities: ["loss": loss], sampleLoss: nil)
    }
    let moved = quantity.kind == .out ? Quantity(.a, state.worked.layers.count) : quantity
    let sample = reading.sample ?? state.selected
    let own = quantity.kind.isOfSample ? seed.sample ?? state.selected : sample
    var pass = TangentPass(self, seed, moved, sample: own)
    try pass.run()
    // Nothing of another sample moves with what belongs to one, but for the batch's loss.
    var result =
      own == sample
      ? Tangents(quantities: pass.quantities, sampleLoss: pass.loss) : Tangents(quantities: [:], sampleLoss: nil)
    if let loss = pass.loss {
      let tangent = quantity.kind.isOfSample ? loss.tangent : try batchTangent(seed, moved, sample, loss)
      result.quantities["loss"] = Tangents.Moving(try value(of: "loss", Reading()), tangent)
    }
    return result
  }

  /// How the batch's loss moves with a weight or bias: with each of its samples'; one sample's is known.
  private func batchTangent(
    _ seed: Seed, _ moved: Quantity, _ known: Int, _ own: Tangents.Moving
  ) throws(EvaluationError) -> Matrix {
    var total = 0.0
    for sample in 0..<sampleCount {
      guard sample != known else {
        total += own.tangent?.scalar ?? 0
        continue
      }
      var pass = TangentPass(self, seed, moved, sample: sample)
      try pass.run()
      total += pass.loss?.tangent?.scalar ?? 0
    }
    return Matrix(total / (state.experiment.reduction == .mean ? Double(max(sampleCount, 1)) : 1))
  }
}
