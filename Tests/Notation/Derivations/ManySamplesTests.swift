import Engine
import Testing

@testable import Notation

/// Batches of more samples than are kept at hand: what is written over all of them is what the core computes, and what is
/// said of one of them is that one's own.
@Suite struct ManySamplesTests {
  private static let count = 150

  private func line(_ reduction: Reduction) throws -> Timeline {
    var draws = Generator(seed: 3, stream: 1)
    func numbers(_ count: Int) -> [[Double]] {
      (0..<ManySamplesTests.count).map { _ in (0..<count).map { _ in draws.uniform(-1, 1) } }
    }
    var line = try Sample.timeline(
      [3, 4, 2], ["tanh", "sigmoid"], inputs: numbers(3), targets: numbers(2), reduction: reduction)
    line.move(to: line.place(5, on: .layer))
    return line
  }

  /// The sums taken sample after sample by hand, from what each sample has.
  @Test(arguments: [Reduction.mean, .sum]) func sumsRunOverEverySample(_ reduction: Reduction) throws {
    let line = try line(reduction)
    let (state, scope) = (line.state, StateScope(line))
    #expect(state.batch.count == ManySamplesTests.count)
    var (gradient, losses) = (0.0, 0.0)
    for sample in state.batch.indices {
      let delta = try state.value(of: Quantity(.delta, 1), sample: sample)
      let x = try state.value(of: Quantity(.x), sample: sample)
      gradient += delta[1, 0] * x[2, 0]
      losses += try state.loss(ofSample: sample)
    }
    let all = Double(ManySamplesTests.count)
    func near(_ text: String, _ number: Double) throws {
      let found = try #require(try value(text, scope).scalar)
      #expect(abs(found - number) <= 1e-12 * max(abs(number), 1), "\(text): \(found), \(number)")
    }
    try near("sum(sample, delta1[2] * x[3])", gradient)
    try near("mean(sample, loss[sample])", losses / all)
    try near("sum(sample, sum(k, delta2[k] * w2[k,2]) * f1'(net1[2]) * x[3])", gradient)
    // Inside each other, and with one sample by its number among all.
    try near("mean(sample, sum(sample, delta1[2] * x[3]))", gradient)
    try near("sum(sample, loss[sample] * loss[7])", losses * (try state.loss(ofSample: 6)))
    let share = reduction == .mean ? all : 1
    for (text, number) in [("dw1[2,3]", gradient / share), ("loss", losses / share)] { try near(text, number) }
  }

  /// The rows of a derivation: the first samples and the last, each with its own number, and the core's result.
  @Test(arguments: [Reduction.mean, .sum]) func aDerivationShowsSomeAndSumsAll(_ reduction: Reduction) throws {
    let line = try line(reduction)
    for (quantity, row, column) in [("dw1", 2, 3), ("db2", 1, 1), ("loss", 1, 1)] {
      let derivation = try line.derivation(quantity, row, column)
      let core = try line.state.value(of: try #require(Quantity.named(quantity)))
      let number = core[row - 1, column - 1]
      let last = try #require(derivation.lines.last { $0.kind == .result }?.value)
      #expect(abs(last - number) <= 1e-12 * max(abs(number), 1), "\(quantity)")
      let terms = derivation.lines.filter { $0.kind == .term }
      guard quantity == "dw1" else { continue }
      #expect(terms.map(\.label) == ["sample=1", "sample=2", "sample=3", "sample=4", "…", "sample=150"])
      for (term, sample) in zip(terms, [0, 1, 2, 3, nil, 149]) {
        guard let sample else { continue }
        let delta = try line.state.value(of: Quantity(.delta, 1), sample: sample)[1, 0]
        let x = try line.state.value(of: Quantity(.x), sample: sample)[2, 0]
        #expect(term.value == delta * x, "\(term.label)")
      }
    }
  }
}
