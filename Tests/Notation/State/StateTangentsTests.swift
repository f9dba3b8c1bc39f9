import Engine
import Testing

@testable import Notation

/// d(…)/d(…) against central differences and against the core's own backward pass.
@Suite struct StateTangentsTests {
  private static let inputs = [[0.6, -0.3], [0.1, 0.8], [-0.5, 0.2]]
  private static let targets = [[0.9, 0.2, 0.4], [0.1, 0.7, 0.2], [0.3, 0.3, 0.4]]

  private func line(
    _ activations: [String], _ loss: String, batch: Int?, reduction: Reduction = .mean, bias: Layer.Bias = .own,
    change: (inout [LayerParameters]) -> Void = { _ in }
  ) throws -> Timeline {
    var line = try Sample.timeline(
      [2, 4, 3], activations, loss: loss, inputs: Self.inputs, targets: Self.targets, batch: batch, reduction: reduction
    ) { experiment in
      for index in experiment.network.layers.indices { experiment.network.layers[index].bias = bias }
    }
    line.change { _, parameters in
      for index in parameters.indices {
        for place in parameters[index].b.values.indices { parameters[index].b.values[place] = 0.1 * Double(place + 1) }
      }
      change(&parameters)
    }
    line.move(to: line.place(ofStep: 5))
    return line
  }

  /// Every activation, then every loss: the gradients that the core computes, by d(loss)/d(q).
  @Test(
    arguments: Activation.all.map { ($0.name, "half-squared-error") } + Loss.all.map { ("sigmoid", $0.name) }
      + [("softmax", "cross-entropy")])
  func agreesWithTheCore(activation: String, loss: String) throws {
    let hidden = activation == "softmax" ? "tanh" : activation
    for (batch, reduction, bias) in [(1, Reduction.mean, Layer.Bias.own), (3, .mean, .shared), (2, .sum, .own)] {
      let scope = StateScope(
        try line([hidden, activation], loss, batch: batch, reduction: reduction, bias: bias))
      for claim in [
        "dw2[k,j] = d(loss)/d(w2[k,j])", "dw1[j,i] = d(loss)/d(w1[j,i])", "db1 = d(loss)/d(b1)",
        "db2 = d(loss)/d(b2)",
        "delta2[k] = d(loss)/d(net2[k])", "delta1[j] = d(loss)/d(net1[j])", "dx = d(loss)/d(x)",
        "da1 = d(loss)/d(a1)",
        "da2[k] = d(loss)/d(a2[k])", "da2[k] = d(loss)/d(out[k])", "J2 = d(a2)/d(net2)", "J2 = d(out)/d(net2)",
        "w2 = d(net2)/d(a1)", "d(loss)/d(loss) = 1", "d(w1[1,2] * x[2])/d(w1[1,2]) = x[2]", "d(y[1])/d(x[1]) = 0",
        "d(net1[1])/d(a1[1]) = 0",
      ] {
        let agreement = try Claim.parse(claim).evaluate(in: scope)
        #expect(agreement.holds && agreement.count > 0, "\(claim) \(batch) \(reduction) \(bias): \(agreement)")
      }
    }
  }

  /// Expressions of forward quantities, by moving a weight or bias a little and running forward again.
  @Test(arguments: [
    "log(a2[1]) + a2[2] * net1[3]", "|a2|^2", "exp(net2)[1] / sum(exp(net2))", "max(a2) - min(net1)", "sqrt(loss + 1)",
    "tanh(w2 * a1)[2] * w2[1,1]", "f2'(net2)[1] * f1'(net1[2])", "mean(a1) ^ 3 + 2 ^ a1[1]",
    "erf(net1[1]) / (1 + a2[3]^2)",
    "prod(k, a2[k]) + sum(j, abs(net1[j]))", "sum(sample, a2[1] * y[2])", "loss[2] - loss", "norm(net2 .* a2)",
    "(outer(a2, a2) * diag(a2))[1,2]", "|[a2 net2]'|", "gelu'(net2[1]) + elu'(net1[1]) + silu'(net2[2])",
    "sum(f2'(net2)) + softmax'(net1)[1,2]", "max(0.5, a2[1]) ./ (1 + |b1|)", "-a2[1] * (a2[2] > 0.1)",
  ])
  func agreesWithCentralDifferences(text: String) throws {
    let expression = try Expression.parse(text)
    let scope = StateScope(try line(["tanh", "sigmoid"], "mse", batch: 3))
    let h = 1e-5
    for (seed, move) in [
      ("w1[3,2]", { (p: inout [LayerParameters], by: Double) in p[0].w.values[5] += by }),
      ("w2[1,1]", { (p: inout [LayerParameters], by: Double) in p[1].w.values[0] += by }),
      ("b1[2]", { (p: inout [LayerParameters], by: Double) in p[0].b.values[1] += by }),
    ] {
      func moved(_ by: Double) throws -> Double {
        let line = try line(["tanh", "sigmoid"], "mse", batch: 3) { move(&$0, by) }
        return try #require(try expression.evaluate(in: StateScope(line)).scalar)
      }
      let difference = try (moved(h) - moved(-h)) / (2 * h)
      let exact = try number("d(\(text))/d(\(seed))", scope)
      #expect(abs(exact - difference) < 1e-7, "\(seed): \(exact) against \(difference)")
    }
  }

  @Test func aBatchIsWrittenOut() throws {
    for (reduction, fold) in [(Reduction.mean, "mean"), (.sum, "sum")] {
      let scope = StateScope(try line(["tanh", "sigmoid"], "mse", batch: 3, reduction: reduction))
      for claim in [
        "dw2[k,j] = \(fold)(sample, delta2[k] * a1[j])", "loss = \(fold)(sample, sum(k, (y[k] - a2[k])^2) / 3)",
        "loss = \(fold)(sample, loss[sample])", "dw1 = \(fold)(sample, delta1 * x')", "db2 = \(fold)(sample, delta2)",
        "dw2[k,j] = \(fold)(sample, d(loss[sample])/d(w2[k,j]))", "loss = \(fold)(n, loss[n])",
        "sum(sample=2..2, a2[1]) = at(step, sum(sample=2..2, a2[1]))",
      ] {
        let agreement = try Claim.parse(claim).evaluate(in: scope)
        #expect(agreement.holds, "\(claim): \(agreement)")
      }
    }
  }

  /// What belongs to a sample moves that sample's own loss and nothing of another sample; the loss is the batch's inside
  /// and outside.
  @Test func whatBelongsToASampleMovesThatSampleOnly() throws {
    for reduction in [Reduction.mean, .sum] {
      var line = try line(["tanh", "sigmoid"], "mse", batch: 3, reduction: reduction)
      for selected in 0..<3 {
        line.select(selected)
        let (own, other) = (selected + 1, selected == 0 ? 3 : 1)
        for claim in [
          "d(loss[\(other)])/d(net1[j]) = 0 * delta1[j]", "d(loss[\(own)])/d(net1[j]) = delta1[j]",
          "d(loss[\(own)])/d(x) = dx", "d(loss[\(other)])/d(x) = 0 * dx",
          "d(loss^2)/d(net1[j]) = 2 * loss * d(loss)/d(net1[j])", "d(loss)/d(net1[j]) = delta1[j]",
          "d(exp(loss))/d(w1[j,i]) = exp(loss) * dw1[j,i]", "d(sum(sample, a2[1]))/d(net1[j]) = d(a2[1])/d(net1[j])",
          "d(sum(sample, loss[sample]))/d(net2[k]) = delta2[k]", "d(sum(sample, loss))/d(net2[k]) = 3 * delta2[k]",
          "sum(sample, d(loss[sample])/d(net2[k])) = sum(sample, delta2[k])",
          "sum(sample, d(loss[\(own)])/d(net2[k])) = delta2[k]", "d(sum(sample, x[i]))/d(x[i]) = 1",
          "d(sum(sample, sum(k, out[k])))/d(out[1]) = 1",
        ] {
          let agreement = try Claim.parse(claim).evaluate(in: StateScope(line))
          #expect(agreement.holds && agreement.count > 0, "\(claim) sample \(own) \(reduction): \(agreement)")
        }
      }
    }
  }

  /// Inside d(…) a weight is the one that the forward pass read, in whichever way it is written, and that is said where
  /// it is another one by now.
  @Test func insideADerivativeWeightsAreTheForwardPasses() throws {
    var line = try line(["tanh", "sigmoid"], "mse", batch: 3)
    let said: Text = "w1 inside d(…) is w1⟨0⟩, which the forward pass read; it is w1⟨1⟩ now"
    for (step, updated) in [(5, false), (6, true), (7, true)] {
      line.move(to: line.place(ofStep: step))
      let scope = StateScope(line, definitions: Definitions([Definition("v", try Expression.parse("w1"))]))
      for claim in [
        "d(w1[j,i]^2)/d(w1[j,i]) = 2 * old(w1[j,i])", "d(w1⟨0⟩[j,i]^2)/d(w1[j,i]) = 2 * w1⟨0⟩[j,i]",
        "d(old(w1[j,i])^2)/d(w1[j,i]) = 2 * old(w1[j,i])", "d(sum(w1 * x))/d(w1[1,i]) = x[i]",
        "d(v[j,i]^2)/d(w1[j,i]) = 2 * w1⟨0⟩[j,i]",
      ] {
        #expect(try Claim.parse(claim).evaluate(in: scope).holds, "\(claim) at step \(step)")
        let lints = try Claim.parse(claim).lints(in: scope).map(\.message)
        let isSaid = updated && !claim.contains("⟨0⟩[j,i]^2") && !claim.contains("(old")
        #expect(lints == (isSaid ? [said] : []), "\(claim) at step \(step)")
      }
      #expect(try Claim.parse("d(w1[j,i]^2)/d(w1[j,i]) = 2 * w1[j,i]").evaluate(in: scope).holds == !updated)
      #expect(try Expression.parse("d(loss)/d(w1)").lints(in: scope).isEmpty)
    }
  }

  @Test(arguments: [
    ("d(delta1[1])/d(w1[1,1])", "3: delta1 may not stand inside d(…): x, w, b, net, a, out, loss and y may"),
    ("d(loss)/d(delta1[1])", "11: delta1 may not stand under the line: x, w, b, net, a, out and loss may"),
    ("d(loss)/d(w1[9,1])", "11: w1 is 4×2: it has no row 9"),
    ("d(loss)/d(w1[9])", "11: w1 is 4×2 and takes two indices: w1[row,column]"),
    ("d(d(loss)/d(w1[1,1]))/d(w1[1,1])", "13: d(…)/d(…) may not stand inside d(…)"),
    ("d(at(2, loss))/d(w1[1,1])", "6: at(…) may not stand inside d(…)"),
    ("d(loss)/d(q[1])", "11: q is not known here; an index belongs to a claim, or to a sum(q, …) around it"),
  ])
  func errors(text: String, expected: String) throws {
    #expect(complaint(text, StateScope(try line(["tanh", "sigmoid"], "mse", batch: 3))) == expected)
  }

  @Test func logitsOfAThousandGiveFiniteDerivatives() throws {
    var line = try Sample.timeline([1, 2], ["softmax"], loss: "cross-entropy", inputs: [[1]], targets: [[0, 1]])
    line.change { _, parameters in parameters[0].w.values = [1000, -1000] }
    line.move(to: line.place(ofStep: 3))
    #expect(try Claim.parse("delta1[k] = d(loss)/d(net1[k])").evaluate(in: StateScope(line)).holds)
    #expect(try Claim.parse("delta1[1] = 1").evaluate(in: StateScope(line)).holds)
  }
}
