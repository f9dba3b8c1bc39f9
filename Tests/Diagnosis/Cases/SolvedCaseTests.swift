import Engine
import Glibc
import Testing

@testable import Diagnosis

/// Cases made by plain loops: one layer, three inputs, two outputs, four samples, a sample a row.
@Suite struct SolvedCaseTests {
  private static let x = [[0.5, -1, 0.25], [1.5, 0.75, -0.5], [-0.3, 0.9, 0.4], [0.8, -0.2, -1.1]]
  private static let y = [[0.2, 0.9], [0.7, 0.1], [0.4, 0.6], [0.3, 0.8]]
  private static let w = [[0.3, -0.6, 0.5], [-0.4, 0.2, 0.7]]
  private static let b = [0.1, -0.2]

  private static func sums(_ sample: Int) -> [Double] {
    zip(w, b).map { weights, bias in
      zip(weights, x[sample]).reduce(bias) { (sum: Double, pair: (Double, Double)) in sum + pair.0 * pair.1 }
    }
  }

  private static func array(_ name: String, _ rows: [[Double]]) throws -> CaseArray {
    try #require(
      CaseArray(name: name, shape: [rows.count, rows[0].count], elements: rows.flatMap { $0 }, isSingle: false))
  }

  private static func line(_ name: String, _ numbers: [Double]) throws -> CaseArray {
    try #require(CaseArray(name: name, shape: [numbers.count], elements: numbers, isSingle: false))
  }

  private static func given() throws -> [CaseArray] {
    [try array("X", x), try array("Y", y), try array("W", w), try line("b", b)]
  }

  /// δ of half the squared error behind tanh.
  private static func deltas() -> [[Double]] {
    (0..<4).map { sample in
      zip(sums(sample), y[sample]).map { net, target in
        let a = tanh(net)
        return (a - target) * (1 - a * a)
      }
    }
  }

  @Test func activationsAreToldByTheirValues() throws {
    let a = (0..<4).map { Self.sums($0).map { tanh($0) } }
    let solved = try SolvedCase(try Self.given() + [try Self.array("A", a)], CaseWishes())
    #expect(solved.experiment.network.layers.map(\.activation.rule.name) == ["tanh"])
    #expect(solved.computed.map(\.quantity.name) == ["a1"])
  }

  /// Without anything computed forward, gradients tell it, as long as one of them is right.
  @Test func aRightGradientTellsAllOfIt() throws {
    let delta = try Self.array("dZ", Self.deltas())
    let solved = try SolvedCase(try Self.given() + [delta], CaseWishes())
    #expect(solved.experiment.network.layers.map(\.activation.rule.name) == ["tanh"])
    #expect(solved.experiment.network.loss.rule.name == "half-squared-error")
    let wrong = try Self.array("dZ", Self.deltas().map { $0.map { $0 * $0 + 1 } })
    #expect(throws: CaseError.self) { try SolvedCase(try Self.given() + [wrong], CaseWishes()) }
  }

  /// Whether the samples were averaged makes a difference to dw alone, and is asked only where that is there and wrong.
  @Test func onlyWhatMakesADifferenceIsAsked() throws {
    let delta = try Self.array("dZ", Self.deltas())
    #expect(try SolvedCase(try Self.given() + [delta], CaseWishes()).experiment.reduction == .mean)
    let gradient = try Self.array("dW", [[9, 8, 7], [6, 5, 4]])
    do {
      _ = try SolvedCase(try Self.given() + [delta, gradient], CaseWishes())
      Issue.record("taken")
    } catch let error as CaseError {
      #expect(error.answers == ["reduction=mean"])
    }
    var wishes = CaseWishes()
    wishes.reduction = .sum
    #expect(try SolvedCase(try Self.given() + [delta, gradient], wishes).experiment.reduction == .sum)
  }

  /// The rate is what leads from the old weights to the new ones.
  @Test(arguments: [0.1, 0.03, 2]) func theRateIsFound(_ rate: Double) throws {
    let deltas = Self.deltas()
    let new = (0..<2).map { unit in
      (0..<3).map { input in
        let gradient = (0..<4).reduce(0.0) { $0 + deltas[$1][unit] * Self.x[$1][input] } / 4
        return Self.w[unit][input] - rate * gradient
      }
    }
    let arrays = try Self.given() + [try Self.array("dZ", deltas), try Self.array("W_new", new)]
    let solved = try SolvedCase(arrays, CaseWishes())
    #expect(solved.experiment.network.optimizer.rate == rate)
    let aside = try Self.array("W_new", new.map { $0.map { $0 * $0 } })
    let other = try SolvedCase(try Self.given() + [try Self.array("dZ", deltas), aside], CaseWishes())
    #expect(other.isWithoutRate && other.updated.isEmpty)
  }
}
