import Engine
import Glibc
import Notation
import Testing

@testable import Language

/// Gradients made wrong in random networks by an implementation of its own, plain loops over arrays that know nothing of our
/// formulas, and printed with nine digits.
@Suite struct RandomDiagnosisTests {
  @Test(arguments: 1...20) func theSlipIsNamedFirst(seed: Int) {
    var random = Generator(seed: seed)
    let outputs = 2 + seed % 2
    let network = PlainNetwork(&random, hidden: seed % 3 == 0 ? outputs : 4, outputs: outputs, samples: 3)
    for slip in network.slips {
      let shown = play(network.session + "compare \(slip.line)")
      let told = shown.split(separator: "\n").drop { !$0.hasPrefix("#= fails") }.dropFirst()
      let names = told.compactMap { $0.dropFirst(3).split(separator: ":").first.map(String.init) }
      #expect(names.first == slip.name, "seed \(seed), \(slip.name): \(told.joined(separator: "\n"))")
    }
  }

  /// What no slip explains has no reason, and what is right has no fault.
  @Test(arguments: 21...30) func noReasonIsMadeUp(seed: Int) {
    var random = Generator(seed: seed)
    let network = PlainNetwork(&random, hidden: 4, outputs: 3, samples: 2)
    let lines = (0..<20).map { _ in
      let noise = network.pass(0).d1.map { $0 * Double.random(in: 0.3...1.7, using: &random) + 0.001 }
      return "compare delta1 = \(network.column(noise))"
    }
    let shown = play(network.session + lines.joined(separator: "\n"))
    #expect(shown.components(of: "no single slip") == lines.count, "seed \(seed): \(shown)")
    let right = network.pass(0)
    let holds = play(
      network.session + "compare delta1 = \(network.column(right.d1))\ncompare delta2 = \(network.column(right.d2))"
        + "\ncompare dw2 = \(network.text(network.dw2))")
    #expect(holds.components(of: "#= holds: ") == 3, "seed \(seed): \(holds)")
  }
}

extension PlainNetwork {
  /// Each slip with the line that brings what it gives; its name first.
  var slips: [(name: String, line: String)] {
    let (all, one) = (passes, pass(0))
    let moved = w2.indices.map { k in w2[k].indices.map { w2[k][$0] - rate * dw2[k][$0] } }
    var slips: [(name: String, line: String)] = [
      (
        "missing-derivative",
        "dw2 = \(text(mean(zip(all, y).map { pass, y in outer(zip(pass.a2, y).map { $0 - $1 }, pass.a1) })))"
      ),
      ("missing-derivative", "delta1 = \(column(back(w2, one.d2)))"),
      (
        "derivative-of-activation",
        "delta1 = \(column(zip(back(w2, one.d2), one.a1).map { $0 * (1 - tanh($1) * tanh($1)) }))"
      ),
      ("activation-formula-at-net", "delta1 = \(column(zip(back(w2, one.d2), one.net1).map { $0 * (1 - $1 * $1) }))"),
      ("updated-weights", "delta1 = \(column(zip(back(moved, one.d2), one.a1).map { $0 * (1 - $1 * $1) }))"),
      (
        "gradient-for-weight",
        "delta1 = \(column(one.a1.indices.map { j in dw2.reduce(0) { $0 + $1[j] } * (1 - one.a1[j] * one.a1[j]) }))"
      ),
      ("last-sample-only", "dw1 = \(text(outer(all[all.count - 1].d1, x[x.count - 1])))"),
      ("wrong-sample", "delta1 = \(column(all[all.count - 1].d1))"),
      (
        "summed-bias",
        "db1 = \(column(one.d1.map { _ in all.reduce(0) { $0 + $1.d1.reduce(0, +) } / Double(all.count) }))"
      ),
      ("missing-half", "dw1 = \(text(mean(all.indices.map { outer(all[$0].d1.map { 2 * $0 }, x[$0]) })))"),
      ("sign", "delta2 = \(column(one.a2.indices.map { (one.a2[$0] + y[0][$0]) * one.a2[$0] * (1 - one.a2[$0]) }))"),
    ]
    if sizes.1 == sizes.2 {
      let turned = w2.indices.map { k in w2.indices.map { w2[$0][k] } }
      slips.append(("transposed", "delta1 = \(column(zip(back(turned, one.d2), one.a1).map { $0 * (1 - $1 * $1) }))"))
    }
    return slips
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(of text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
