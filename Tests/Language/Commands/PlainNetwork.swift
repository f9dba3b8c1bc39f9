import Engine
import Glibc
import Notation

@testable import Language

/// A network of two layers with tanh and sigmoid under half the squared error, and what it computes of each sample.
struct PlainNetwork {
  let sizes: (Int, Int, Int)
  var w1, w2: [[Double]]
  var b1, b2: [Double]
  let x, y: [[Double]]
  let rate = 0.25
  /// Where a slip cuts its gradients off.
  var bounds: [Double] = []
  /// What its gradients came to in the step before, where nothing sets them to zero.
  var left: [[[Double]]] = []

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

func logistic(_ v: Double) -> Double { 1 / (1 + exp(-v)) }

extension Double {
  func rounded(to unit: Double) -> Double { (self / unit).rounded() * unit }
}
