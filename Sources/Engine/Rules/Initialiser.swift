/// Where a layer's weights begin. Biases begin at 0 under every one of them.
package struct Initialiser: Rule {
  /// The name that `init` takes.
  package let name: String
  /// Other names that it goes by.
  package var aliases: [String] = []
  /// What other programs call it.
  package var elsewhere: [String] = []
  /// What they call it with some settings.
  package var elsewhereSet: [String: [String: String]] = [:]
  /// What comes near and is not the same.
  package var near: [String] = []
  /// What it is, in one sentence.
  package let meaning: Text
  /// What can be set.
  package let settings: [Setting]
  /// One weight's distribution, as a reader writes it.
  package let formula: String
  /// Which values of the settings don't go together, and why.
  var contradicts: @Sendable (_ values: [Double]) -> Text? = { _ in nil }
  /// Draws one weight: the generator, the units before, the units of the layer, the values of the settings.
  let draw: @Sendable (_ generator: inout Generator, _ before: Double, _ units: Double, _ values: [Double]) -> Double

  /// Why these values don't go together, or nil where they do.
  package func contradiction(_ values: [Double]) -> Text? { contradicts(values) }

  /// Every initialiser; a new one is one entry.
  package static let all: [Initialiser] = [
    Initialiser(
      name: "xavier", aliases: ["glorot", "xavier-uniform", "glorot-uniform"],
      meaning: "uniform, so wide that the variance passes through (Glorot and Bengio 2010)",
      settings: [], formula: "uniform between -r and r, r = sqrt(6 / (inputs + units))",
      draw: { generator, before, units, _ in
        let bound = (6 / (before + units)).squareRoot()
        return generator.uniform(-bound, bound)
      }),
    Initialiser(
      name: "xavier-normal", aliases: ["glorot-normal"], meaning: "the same variance, normally distributed",
      settings: [],
      formula: "normal, std = sqrt(2 / (inputs + units))",
      draw: { generator, before, units, _ in (2 / (before + units)).squareRoot() * generator.normal() }),
    Initialiser(
      name: "he", aliases: ["kaiming", "he-uniform", "kaiming-uniform"],
      meaning: "uniform, made for relu (He and others 2015)", settings: [],
      formula: "uniform between -r and r, r = sqrt(6 / inputs)",
      draw: { generator, before, _, _ in
        let bound = (6 / before).squareRoot()
        return generator.uniform(-bound, bound)
      }),
    Initialiser(
      name: "he-normal", aliases: ["kaiming-normal"], meaning: "the same variance, normally distributed", settings: [],
      formula: "normal, std = sqrt(2 / inputs)",
      draw: { generator, before, _, _ in (2 / before).squareRoot() * generator.normal() }),
    Initialiser(
      name: "uniform", meaning: "uniform between two numbers",
      settings: [.number("low", -0.5, "the lower end"), .number("high", 0.5, "the upper end")],
      formula: "uniform between low and high",
      contradicts: { $0[0] > $0[1] ? "low is above high" : nil },
      draw: { generator, _, _, values in generator.uniform(values[0], values[1]) }
    )
    .known(elsewhereAs: "random", "rand", "random-uniform"),
    Initialiser(
      name: "normal", meaning: "normally distributed",
      settings: [.number("mean", 0, "the middle"), .number("std", 1, in: 0...1e300, "the standard deviation")],
      formula: "normal, mean and std as given",
      draw: { generator, _, _, values in values[0] + values[1] * generator.normal() }
    )
    .known(elsewhereAs: "randn", "gauss", "gaussian", "random-normal"),
    Initialiser(
      name: "constant", meaning: "the same number everywhere", settings: [.number("value", 0, "the number")],
      formula: "value", draw: { _, _, _, values in values[0] }
    )
    .known(elsewhereAs: "fill").known(as: "ones", with: ["value": "1"]),
    Initialiser(
      name: "zeros", meaning: "0 everywhere: units that start alike stay alike", settings: [], formula: "0",
      draw: { _, _, _, _ in 0 }
    )
    .known(elsewhereAs: "zero"),
  ]
}

/// An initialiser with its settings' values.
package typealias InitialiserChoice = Choice<Initialiser>

extension Choice where Row == Initialiser {
  /// The weights of a layer, drawn row by row from the generator of this seed and layer.
  package func weights(units: Int, inputs: Int, seed: Int, layer: Int) -> Matrix {
    var generator = Generator(seed: seed, stream: layer)
    var result = Matrix(rows: units, columns: inputs)
    for row in 0..<units {
      for column in 0..<inputs {
        result[row, column] = rule.draw(&generator, Double(inputs), Double(units), values)
      }
    }
    return result
  }
}
