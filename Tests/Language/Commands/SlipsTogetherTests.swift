import Engine
import Glibc
import Testing

@testable import Language

/// Several slips in one gradient, of which some show in no formula of an element, made by plain loops.
@Suite struct SlipsTogetherTests {
  /// The reasons that are told of the last line, each as the names of its slips.
  private func told(_ lines: String, to network: PlainNetwork) -> [Set<String>] {
    let faults = ToldFault.all(in: play(network.session + lines))
    return faults.last?.reasons.map { Set($0) } ?? []
  }

  private func network(_ seed: Int, outputs: Int = 3) -> PlainNetwork {
    var random = Generator(seed: seed)
    return PlainNetwork(&random, hidden: 3, outputs: outputs, samples: 3)
  }

  /// Two of them stand in one sum, so that neither is a factor of the whole.
  @Test(arguments: 1...6) func threeInOneFormula(seed: Int) {
    let network = network(seed)
    let pass = network.pass(0)
    let plain2 = zip(pass.a2, network.y[0]).map { $0 - $1 }
    let dw2 = network.dw2
    let moved = network.w2.indices.map { k in
      network.w2[k].indices.map { network.w2[k][$0] - network.rate * dw2[k][$0] }
    }
    let turned = network.w2.indices.map { k in network.w2.indices.map { network.w2[$0][k] } }
    let slopes = pass.a1.map { 1 - tanh($0) * tanh($0) }
    for (w, name) in [(moved, "updated-weights"), (turned, "untransposed-weight")] {
      let delta1 = zip(network.back(w, plain2), slopes).map { $0 * $1 }
      let reasons = told("compare delta1 = \(network.column(delta1))", to: network)
      #expect(
        reasons.first == ["missing-derivative", "derivative-of-activation", name], "seed \(seed), \(name): \(reasons)")
    }
  }

  /// A share of the weights is known again where all is so many times too small, or cut off.
  @Test(arguments: 1...6) func decayBesides(seed: Int) {
    let network = network(seed)
    let dw2 = network.dw2
    let decayed = dw2.indices.map { k in dw2[k].indices.map { dw2[k][$0] + 0.02 * network.w2[k][$0] } }
    let slow = decayed.map { $0.map { network.rate * $0 } }
    #expect(
      told("compare dw2 = \(network.text(slow))", to: network).first == ["learning-rate-included", "weight-decay"],
      "seed \(seed)")
    let bound = decayed.joined().map(abs).sorted()[5].rounded(to: 1e-4)
    let cut = decayed.map { $0.map { max(min($0, bound), -bound) } }
    let reasons = told("compare dw2 = \(network.text(cut))", to: network)
    #expect(reasons.first == ["weight-decay", "clipped"], "seed \(seed): \(reasons)")
  }

  /// Each sample has the input of the one before, and twice its gradient.
  @Test(arguments: 1...6) func anotherSampleBesides(seed: Int) {
    let network = network(seed)
    let (passes, x) = (network.passes, network.x)
    let dw1 = network.mean(
      x.indices.map { n in
        let slopes = passes[n].a1.map { 1 - tanh($0) * tanh($0) }
        let delta = zip(network.back(network.w2, passes[n].d2), slopes).map { $0 * $1 }
        return network.outer(delta, x[(n + x.count - 1) % x.count])
      })
    let reasons = told("compare dw1 = \(network.text(dw1))", to: network)
    #expect(reasons.first == ["derivative-of-activation", "wrong-sample"], "seed \(seed): \(reasons)")
  }

  /// Rows in another order of what was made shorter first.
  @Test(arguments: 1...6) func shorterInAnotherOrder(seed: Int) {
    let network = network(seed)
    let dw2 = network.dw2
    let length = dw2.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
    let norm = (0.6 * length * 100).rounded() / 100
    let made = [dw2[2], dw2[0], dw2[1]].map { $0.map { $0 * norm / length } }
    let reasons = told("compare dw2 = \(network.text(made))", to: network)
    #expect(reasons.first == ["permuted", "clipped"], "seed \(seed): \(reasons)")
  }

  /// By two numbers alone nobody could tell to what norm they were cut; another gradient has told it.
  @Test(arguments: 1...6) func aNormIsKnownFromAnother(seed: Int) {
    let network = network(seed, outputs: 2)
    let (dw2, db2) = (network.dw2, network.mean(network.passes.map { [$0.d2] })[0])
    func length(_ all: [Double]) -> Double { all.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let norm = (0.5 * min(length(Array(dw2.joined())), length(db2)) * 1000).rounded() / 1000
    let short2 = dw2.map { $0.map { $0 * norm / length(Array(dw2.joined())) } }
    let first = "refute compare dw2 = \(network.text(short2))\n"
    let shown = lastAnswer(
      network.session + first + "compare db2 = \(network.column(db2.map { $0 * norm / length(db2) }))")
    #expect(shown.contains("\ndb2 comes of the same slip as dw2"), "seed \(seed): \(shown)")
  }

  /// A share of the weights in what was reshaped where it should be transposed.
  @Test(arguments: 1...6) func decayInAnotherOrder(seed: Int) {
    let network = network(seed, outputs: 2)
    let dw2 = network.dw2
    let turned = (0..<3).flatMap { j in dw2.map { $0[j] } }
    let made = (0..<2).map { (k: Int) -> [Double] in
      (0..<3).map { (j: Int) -> Double in turned[3 * k + j] + 0.02 * network.w2[k][j] }
    }
    let reasons = told("compare dw2 = \(network.text(made))", to: network)
    #expect(reasons.first == ["reshaped", "weight-decay"], "seed \(seed): \(reasons)")
  }
}
