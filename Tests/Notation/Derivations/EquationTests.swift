@testable import Engine
import Testing

@testable import Notation

/// The rows of the operations: each one's equation, typed at the prompt, is what its computation gives, to the bit.
struct EquationTests {
  /// Networks that have every row among them, each with what it is.
  static let networks: [(what: String, timeline: Timeline)] = {
    var all: [(String, Timeline)] = []
    func add(
      _ seed: Int, _ hidden: String, _ output: String, _ loss: String, _ bias: Layer.Bias = .own, samples: Int = 1,
      _ reduction: Reduction = .mean, units: Int? = nil
    ) {
      all.append(
        (
          "\(hidden) \(output) \(loss) \(bias) \(samples) \(reduction), seed \(seed)",
          DerivationTableTests.network(
            seed: seed, hidden: hidden, output: output, loss: loss, bias: bias, samples: samples, reduction: reduction,
            units: units)
        ))
    }
    for (seed, activation) in Activation.all.map(\.name).enumerated() {
      add(seed, activation, activation, "half-squared-error")
      add(seed + 20, activation, "identity", "mean-squared-error", samples: 3, units: 9)
    }
    for (seed, loss) in Loss.all.map(\.name).enumerated() {
      for output in ["sigmoid", "softmax"] { add(seed, "tanh", output, loss, samples: 2) }
    }
    for (seed, bias) in Layer.Bias.allCases.enumerated() {
      add(seed, "sigmoid", "softmax", "cross-entropy", bias, samples: 4, .sum)
      add(seed, "softmax", "tanh", "huber", bias, samples: 3)
    }
    return all
  }()

  @Test(arguments: networks.indices) func isWhatIsComputed(_ index: Int) throws {
    let (what, timeline) = Self.networks[index]
    let state = timeline.state
    for operation in state.program.operations {
      let quantity = operation.quantity
      let equation = try #require(Operation.equation(of: quantity, in: state.worked))
      let samples = quantity.kind.isOfSample ? Array(state.batch.indices) : [0]
      for sample in samples {
        let value = try state.value(of: quantity, sample: sample)
        for place in value.elements.indices {
          let (row, column) = place.quotientAndRemainder(dividingBy: value.columns)
          let subject = Subject(element: Element(quantity, row: row, column: column), numbers: StateNumbers(state))
          var formula = subject.place().expression(equation)
          if !quantity.kind.isOfSample, !quantity.kind.isParameter { formula = subject.overBatch(formula) }
          // As it is typed, so that what the page says is what is tried.
          let typed = try Expression.parse(formula.description)
          let compiler = Compiler<Double>(summed: equation.order)
          let scope = StateScope(state)
          let code = try compiler.compile(typed, Names(scope))
          let evaluation = Evaluation(BoundScope(scope, Reading(sample: sample)), compiler)
          let number = try code(evaluation).number
          #expect(
            number?.bitPattern == value.elements[place].bitPattern,
            "\(quantity.name)[\(row + 1),\(column + 1)] of sample \(sample + 1) is \(value.elements[place]), but \(formula) is \(number ?? .nan): \(what)"
          )
        }
      }
    }
  }

  /// Every row is one of those that were tried.
  @Test func everyRowIsTried() {
    var tried: Set<Int> = []
    for (_, timeline) in Self.networks {
      let network = timeline.state.worked
      for (index, row) in Operation.rows.enumerated() {
        for layer in 1...network.layers.count where row.applies(network, layer) { tried.insert(index) }
      }
    }
    #expect(tried.count == Operation.rows.count)
  }

  /// What an operation is said to read are the names in its equation as the parser finds them.
  @Test(arguments: networks.indices) func readsWhatStandsInIt(_ index: Int) throws {
    let (what, timeline) = Self.networks[index]
    let network = timeline.state.worked
    for operation in timeline.state.program.operations {
      let equation = try #require(Operation.equation(of: operation.quantity, in: network))
      let layer = Equation.layer(of: operation.quantity, in: network)
      let written = EquationPlace(network: network, layer: layer, letters: [:]).expression(equation)
      #expect(Self.names(in: written, of: network) == equation.reads(layer), "\(operation.quantity.name): \(what)")
    }
  }

  private static func names(in expression: Expression, of network: Network) -> Set<Quantity> {
    var found: Set<Quantity> = []
    if case .name(let name, _) = expression.kind, let quantity = Quantity.named(name) { found.insert(quantity) }
    if case .call(let name, true, _) = expression.kind, let layer = layer(ofActivation: name) {
      found.insert(Quantity(.jacobian, layer))
    }
    for child in expression.children { found.formUnion(names(in: child, of: network)) }
    return found
  }
}
