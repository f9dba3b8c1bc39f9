import Engine
import Testing

@testable import Notation

/// The formulas that the tables print, evaluated, against the rules that the tables run.
@Suite struct FormulaTests {
  private func columns(_ seed: Int) -> (y: Matrix, a: Matrix) {
    var generator = Generator(seed: seed)
    let count = 1 + seed % 4
    func column(_ low: Double, _ high: Double) -> Matrix {
      Matrix(column: (0..<count).map { _ in generator.uniform(low, high) })
    }
    return (column(0.05, 0.95), column(0.05, 0.95))
  }

  private func settings(_ settings: [Setting], _ values: [Double]) -> [String: Matrix] {
    Dictionary(uniqueKeysWithValues: zip(settings, values).map { ($0.formulaName, Matrix($1)) })
  }

  @Test(arguments: Activation.all.map(\.name))
  func activations(name: String) throws {
    let choice = ActivationChoice(try #require(Activation.named(name)))
    for seed in 1...8 {
      let net = columns(seed).y.map { ($0 - 0.5) * 6 }
      var names = settings(choice.rule.settings, choice.values)
      names["net"] = net
      let a = choice.value(of: net)
      if choice.rule.isElementwise {
        for place in 0..<net.count {
          names["net"] = Matrix(net.elements[place])
          names["a"] = Matrix(a.elements[place])
          #expect(approximatelyEqual(try worth(choice.rule.formula, names).scalar ?? .nan, a.elements[place]))
          let slope = choice.rule.derivative(net: net.elements[place], a: a.elements[place], choice.parameter)
          #expect(approximatelyEqual(try worth(choice.rule.derivativeFormula, names).scalar ?? .nan, slope))
        }
      } else {
        #expect(Agreement(try worth(choice.rule.formula, names), a).holds)
      }
    }
  }

  @Test(arguments: Loss.all.map(\.name))
  func losses(name: String) throws {
    for delta in [1, 0.1, 0.3] {
      var choice = LossChoice(try #require(Loss.named(name)))
      _ = choice.set("delta", to: delta)
      for seed in 1...8 {
        let (y, a) = columns(seed)
        var names = settings(choice.rule.settings, choice.values)
        (names["y"], names["a"], names["n"]) = (y, a, Matrix(Double(y.count)))
        let expected = choice.value(y: y.elements, a: a.elements)
        #expect(approximatelyEqual(try worth(choice.rule.formula, names).scalar ?? .nan, expected), "seed \(seed)")
        let terms = try (0..<y.count).map { place in
          (names["y"], names["a"]) = (Matrix(y.elements[place]), Matrix(a.elements[place]))
          let slope = choice.derivative(y: y.elements[place], a: a.elements[place], n: y.count)
          let divisor = try worth(choice.rule.divisorFormula, names).scalar ?? .nan
          let own = (try worth(choice.rule.derivativeFormula, names).scalar ?? .nan) / divisor
          #expect(approximatelyEqual(own, slope), "seed \(seed)")
          return (try worth(choice.rule.termFormula, names).scalar ?? .nan) / divisor
        }
        #expect(approximatelyEqual(terms.reduce(0, +), expected), "seed \(seed)")
      }
    }
  }

  private func worth(_ text: String, _ names: [String: Matrix]) throws -> Matrix {
    let (keys, values) = (names.keys.sorted(), names.sorted { $0.key < $1.key }.map { Value($0.value) })
    return try GivenFormula<Double>(try Expression.parse(text), of: keys).value(values).matrix
  }

  @Test func theLargerOfTwoNames() throws {
    let names = ["vmax": Matrix(column: [1, 5]), "v": Matrix(column: [3, 2])]
    #expect(try worth("max(vmax, v)", names) == Matrix(column: [3, 5]))
    #expect(try worth("min(vmax, v)", names) == Matrix(column: [1, 2]))
  }
}
