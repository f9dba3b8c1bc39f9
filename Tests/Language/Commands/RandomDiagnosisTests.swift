import Engine
import Glibc
import Notation
import Testing

@testable import Language

/// Gradients made wrong in random networks by an implementation of its own, plain loops over arrays that know nothing of our
/// formulas, and printed with nine digits.
@Suite struct RandomDiagnosisTests {
  /// A network of two layers with tanh and sigmoid under half the squared error, and what it computes of each sample.
  private struct Plain {
    let sizes: (Int, Int, Int)
    let w1, w2: [[Double]]
    let b1, b2: [Double]
    let x, y: [[Double]]
    let rate = 0.25

    init(_ random: inout Generator, hidden: Int, outputs: Int, samples: Int) {
      func draw(_ rows: Int, _ columns: Int) -> [[Double]] {
        (0..<rows).map { _ in (0..<columns).map { _ in Double.random(in: -1...1, using: &random).rounded(to: 1e-3) } }
      }
      sizes = (3, hidden, outputs)
      (w1, w2) = (draw(hidden, 3), draw(outputs, hidden))
      (b1, b2) = (draw(1, hidden)[0], draw(1, outputs)[0])
      (x, y) = (draw(samples, 3), draw(samples, outputs).map { $0.map(abs) })
    }

    struct Pass {
      var net1, a1, a2, d2, d1: [Double]
    }

    func times(_ w: [[Double]], _ v: [Double], _ b: [Double]) -> [Double] {
      w.indices.map { k in v.indices.reduce(b[k]) { $0 + w[k][$1] * v[$1] } }
    }

    func back(_ w: [[Double]], _ d: [Double]) -> [Double] {
      (0..<sizes.1).map { j in d.indices.reduce(0) { $0 + d[$1] * w[$1][j] } }
    }

    func pass(_ n: Int) -> Pass {
      let net1 = times(w1, x[n], b1)
      let a1 = net1.map(tanh)
      let a2 = times(w2, a1, b2).map(logistic)
      let d2 = a2.indices.map { (a2[$0] - y[n][$0]) * a2[$0] * (1 - a2[$0]) }
      let d1 = zip(back(w2, d2), a1).map { $0 * (1 - $1 * $1) }
      return Pass(net1: net1, a1: a1, a2: a2, d2: d2, d1: d1)
    }

    func outer(_ d: [Double], _ v: [Double]) -> [[Double]] { d.map { d in v.map { d * $0 } } }

    func mean(_ matrices: [[[Double]]]) -> [[Double]] {
      matrices[0].indices.map { row in
        matrices[0][row].indices.map { column in
          matrices.reduce(0) { $0 + $1[row][column] } / Double(matrices.count)
        }
      }
    }

    var passes: [Pass] { x.indices.map(pass) }
    var dw2: [[Double]] { mean(passes.map { outer($0.d2, $0.a1) }) }

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

    var session: String {
      """
      input 3
      dense \(sizes.1) tanh
      dense \(sizes.2) sigmoid
      \(zip(x, y).map { "sample \(row($0)) -> \(row($1))" }.joined(separator: "\n"))
      batch all
      set w1 = \(text(w1))
      set b1 = \(column(b1))
      set w2 = \(text(w2))
      set b2 = \(column(b2))
      set rate = \(rate)
      forward
      backward

      """
    }

    func row(_ v: [Double]) -> String { v.map { significant($0, digits: 9) }.joined(separator: " ") }
    func text(_ m: [[Double]]) -> String { "[" + m.map(row).joined(separator: "; ") + "]" }
    func column(_ v: [Double]) -> String { "[" + v.map { significant($0, digits: 9) }.joined(separator: "; ") + "]" }
  }

  @Test(arguments: 1...20) func theSlipIsNamedFirst(seed: Int) {
    var random = Generator(seed: seed)
    let outputs = 2 + seed % 2
    let network = Plain(&random, hidden: seed % 3 == 0 ? outputs : 4, outputs: outputs, samples: 3)
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
    let network = Plain(&random, hidden: 4, outputs: 3, samples: 2)
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

private func logistic(_ v: Double) -> Double { 1 / (1 + exp(-v)) }

extension Double {
  fileprivate func rounded(to unit: Double) -> Double { (self / unit).rounded() * unit }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(of text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
