import Engine
import Testing

struct InitialiserTests {
  /// Each scheme on a layer of 200 units over 300 inputs: its mean, its variance, and its bound where it has one.
  @Test(
    arguments: [
      ("xavier", [:], 0, 2.0 / 500, 0.10954451150103323), ("xavier-normal", [:], 0, 2.0 / 500, .infinity),
      ("he", [:], 0, 2.0 / 300, 0.1414213562373095), ("he-normal", [:], 0, 2.0 / 300, .infinity),
      ("uniform", ["low": -0.2, "high": 0.2], 0, 0.04 / 3, 0.2),
      ("normal", ["mean": 0.5, "std": 0.2], 0.5, 0.04, .infinity),
      ("constant", ["value": 0.3], 0.3, 0, 0.3), ("zeros", [:], 0, 0, 0),
    ] as [(String, [String: Double], Double, Double, Double)])
  func meanVarianceAndBound(
    name: String, settings: [String: Double], mean: Double, variance: Double, bound: Double
  ) throws {
    let choice = try InitialiserChoice.named(name, settings)
    let weights = choice.weights(units: 200, inputs: 300, seed: 4, layer: 1).elements
    let count = Double(weights.count)
    let average = weights.reduce(0, +) / count
    let spread = weights.reduce(0) { $0 + ($1 - average) * ($1 - average) } / count
    #expect(abs(average - mean) <= 4 * (variance / count).squareRoot() + 1e-12)
    #expect(abs(spread - variance) <= 0.02 * variance + 1e-15)
    #expect(weights.allSatisfy { abs($0) <= bound })
    // a uniform distribution comes near its ends
    if bound.isFinite { #expect((weights.max() ?? 0) > 0.99 * bound || bound == 0) }
  }

  @Test func theTableIsThatOfTheDesign() {
    #expect(
      Set(Initialiser.all.map(\.name)) == [
        "zeros", "constant", "uniform", "normal", "xavier", "xavier-normal", "he", "he-normal",
      ])
    #expect(Experiment().initialiser.rule.name == "xavier")
    #expect(Experiment().seed == 1)
  }

  @Test func aLayersWeightsDependOnSeedAndLayerAlone() {
    let choice = InitialiserChoice(Initialiser.all[0])
    let one = choice.weights(units: 3, inputs: 2, seed: 1, layer: 2)
    #expect(choice.weights(units: 3, inputs: 2, seed: 1, layer: 2) == one)
    #expect(choice.weights(units: 3, inputs: 2, seed: 2, layer: 2) != one)
    #expect(choice.weights(units: 3, inputs: 2, seed: 1, layer: 3) != one)
  }

  @Test func biasesBeginAtZero() {
    for seed in 0..<20 {
      let parameters = Experiment.random(seed: seed).initialParameters
      #expect(parameters.allSatisfy { $0.b.values.allSatisfy { $0 == 0 } }, "seed \(seed)")
    }
  }
}
