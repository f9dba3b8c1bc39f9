/// A formula in the place of an operation's own: what code with a slip in it computes there. All that reads the operation's
/// equation reads this one then, derivations among them.
package struct Alteration: Equatable, Sendable {
  /// What it gives other numbers for.
  package let quantity: Quantity
  /// What it is called, as in `missing-derivative`; empty of a formula of the user's own.
  package let name: String
  /// The formula, as it is written for this quantity.
  package let equation: Equation
  /// Of which samples it is computed.
  package let samples: Samples
  /// Whether it reads what a gradient came to in the iteration before, so that this has to be kept.
  package let readsGradientsBefore: Bool
  /// Whether it is kept from those who look: formulas and derivations show what should be there.
  package var isSecret = false
  /// Computes some units, row by row; of what belongs to a sample those of the first of some samples, then those of the next.
  /// Nil where the operation's own arithmetic does it, on other numbers.
  let computation: Computation?

  /// How it computes.
  package typealias Computation = @Sendable (_ place: Passing, _ units: Range<Int>, _ samples: Range<Int>) -> [Double]

  /// Of which samples of the batch something is computed.
  package enum Samples: String, Equatable, Sendable {
    /// Of each of them.
    case each
    /// Of the last alone, in place of all.
    case last
    /// Of the next one, in place of each.
    case next

    /// Which sample is read in the place of one, from 0 in a batch of so many; nil is the one on show.
    package func read(for sample: Int?, onShow: Int, of count: Int) -> Int? {
      switch self {
      case .each: sample
      case .last: max(count - 1, 0)
      case .next: ((sample ?? onShow) + 1) % max(count, 1)
      }
    }
  }

  /// A formula for a quantity that an operation computes.
  package init(
    of quantity: Quantity, called name: String, _ equation: Equation, samples: Samples = .each,
    computation: Computation?
  ) {
    (self.quantity, self.name, self.equation, self.samples) = (quantity, name, equation, samples)
    self.computation = computation
    readsGradientsBefore = equation.names(Quantity.Kind.slotOfGradients)
  }

  /// Two are the same where they say the same of the same quantity.
  package static func == (one: Alteration, other: Alteration) -> Bool {
    one.quantity == other.quantity && one.name == other.name && one.samples == other.samples
      && one.equation.text == other.equation.text && one.isSecret == other.isSecret
  }
}

extension Network {
  /// What stands in the place of the formula of a quantity, as far as that is no secret; nil where its own does.
  package func alteration(of quantity: Quantity) -> Alteration? {
    alterations.isEmpty ? nil : alterations.first { $0.quantity == quantity && !$0.isSecret }
  }

  /// What the mistakes are called that a layer has, or all layers, each once, in the order in which they were made.
  package func mistakes(ofLayer layer: Int? = nil) -> [String] {
    alterations.filter { $0.quantity.layer == layer ?? $0.quantity.layer && !$0.isSecret }.reduce(into: []) {
      names, alteration in
      let name = alteration.name.isEmpty ? "in \(alteration.quantity.name)" : alteration.name
      if !names.contains(name) { names.append(name) }
    }
  }
}

extension Network {
  /// Whether the operations' formulas are those of another network, mistakes aside: the same layers and the same loss, whatever
  /// is frozen.
  package func hasSameFormulas(as other: Network) -> Bool {
    inputs == other.inputs && loss == other.loss && layers.count == other.layers.count
      && zip(layers, other.layers).allSatisfy {
        $0.units == $1.units && $0.activation == $1.activation && $0.bias == $1.bias
      }
  }

  /// Whether each layer is updated as soon as its gradients are there, so that the layers before it are reached through
  /// weights that have moved: backward L, update L, backward L−1, …
  package var updatesOnTheWayBack: Bool { alterations.contains { $0.equation.readsPresent } }

  /// The network with no mistake in it.
  package var withoutMistakes: Network {
    var network = self
    network.alterations = []
    return network
  }
}

extension State {
  /// Does some units of an operation by another formula than its own; of what belongs to a sample for some samples, where not
  /// for all.
  mutating func perform(
    _ operation: Operation, by alteration: Alteration, _ units: Range<Int>, samples some: Range<Int>? = nil
  ) {
    guard let computation = alteration.computation, let start = workspace.place(of: operation.quantity),
      let shape = shape(of: operation.quantity)
    else { return }
    let samples = operation.quantity.kind.isOfSample ? some ?? 0..<workspace.samples : 0..<1
    let numbers = withUnsafePointer(to: &self) { computation(Passing($0), units, samples) }
    let count = units.count * shape.columns
    guard numbers.count == count * samples.count else { return }
    for (index, sample) in samples.enumerated() {
      let first = (sample * shape.rows + units.lowerBound) * shape.columns
      for place in 0..<count { start[first + place] = numbers[index * count + place] }
    }
  }
}
