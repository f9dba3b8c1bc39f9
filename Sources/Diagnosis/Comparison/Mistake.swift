import Engine
import Notation

/// A slip that is known: an edit of the formula of what is computed. A row of the table, which many formulas refer to.
package final class Mistake: Sendable {
  /// Its name, as in `missing-derivative`; empty of an edit that has none.
  package let name: String
  /// What went wrong.
  package let meaning: Text
  /// Its name, or what it is where it has none.
  package var title: String { name.isEmpty ? meaning.description : name }
  /// What it makes of one node of a formula.
  let edits: @Sendable (Expression, Subject) -> [Expression]
  /// What it makes of the whole formula.
  let wholes: @Sendable (ElementFormula, Subject) -> [Expression]
  /// The samples of which it is computed, where they are others.
  let samples: @Sendable (Subject) -> [[Int]]
  /// Where it is, in a network that is trained with it on.
  let reach: Reach
  /// The numbers that it gives, where no formula of an element says them.
  let numbers: @Sendable (Subject, Timeline) -> [WrongNumbers]
  /// Whether what it gives is made of the right numbers alone: cut off, or put in another order.
  let rearranges: Bool
  /// What undoes it in what somebody has written.
  let repair: Repair

  /// Whether it is a reason only where nothing before it in the table is one: there are so many of its kind that one may
  /// come to the same as a likelier slip.
  let isRemote: Bool
  /// Whose rule it takes, of which there are several: of a wrong formula's, the names of those that say it.
  let sources: @Sendable (Expression, Subject) -> [String]
  /// The names of likelier slips beside which it is a reason all the same: whoever makes one computes what the other does.
  let besides: Set<String>

  /// Whether it is another rule for the whole, whatever was there before, so that another slip has to be made in it.
  var isOfWholeRule: Bool { if case .outputGradient = reach { true } else { false } }

  /// Where in the code of a backward pass a mistake is made.
  enum Reach: Sendable {
    /// In every operation whose formula it changes.
    case everywhere
    /// Where the loss is differentiated.
    case outputGradient
    /// Where the gradients of weights and biases are added over the batch; of which samples.
    case parameterGradients(Alteration.Samples)
    /// Where the gradients of weights and biases are added to those of the iteration before.
    case gradientsBefore
    /// Where the loss is differentiated, with another sample's numbers.
    case otherSample
    /// In the order of the steps.
    case order
    /// It is told from numbers alone, and no formula to train with.
    case numbers
  }

  /// What an edit may look at.
  final class Subject: Sendable {
    let quantity: Quantity
    let state: State
    /// What was given for it, and what is right; nil where a network is trained.
    let foreign: ForeignNumbers?
    /// What slips that were found in other quantities measure.
    let known: [Measured]
    var network: Network { state.worked }

    init(quantity: Quantity, state: State, foreign: ForeignNumbers? = nil, known: [Measured] = []) {
      (self.quantity, self.state, self.foreign, self.known) = (quantity, state, foreign, known)
    }

    /// The same, with other numbers given.
    func with(_ foreign: ForeignNumbers) -> Subject {
      Subject(quantity: quantity, state: state, foreign: foreign, known: known)
    }

    /// f′ of a layer as it stands in a formula: what it is called, at what it is taken, and of which activation; nil of
    /// anything else.
    func slope(_ node: Expression) -> (name: String, net: Expression, activation: ActivationChoice)? {
      guard case .call(let name, true, let arguments) = node.kind, let net = arguments.first,
        let layer = Notation.layer(ofActivation: name), network.layers.indices.contains(layer - 1)
      else { return nil }
      return (name, net, network.layers[layer - 1].activation)
    }
  }

  init(
    _ name: String, _ meaning: Text,
    node: @escaping @Sendable (Expression, Subject) -> [Expression] = { _, _ in [] },
    whole: @escaping @Sendable (ElementFormula, Subject) -> [Expression] = { _, _ in [] },
    samples: @escaping @Sendable (Subject) -> [[Int]] = { _ in [] }, reach: Reach = .everywhere, isRemote: Bool = false
  ) {
    (self.name, self.meaning, edits, wholes) = (name, meaning, node, whole)
    (self.samples, self.reach) = (samples, reach)
    self.isRemote = isRemote || name.isEmpty
    (besides, sources) = ([], { _, _ in [] })
    (numbers, rearranges, repair) = ({ _, _ in [] }, false, Repair())
  }

  /// A row with more in it.
  private init(
    _ row: Mistake, reach: Reach? = nil, numbers: (@Sendable (Subject, Timeline) -> [WrongNumbers])? = nil,
    rearranges: Bool = false, repair: Repair? = nil, besides: Set<String> = [],
    sources: (@Sendable (Expression, Subject) -> [String])? = nil
  ) {
    (name, meaning, edits, wholes) = (row.name, row.meaning, row.edits, row.wholes)
    (samples, isRemote, self.besides) = (row.samples, row.isRemote, row.besides.union(besides))
    (self.reach, self.numbers) = (reach ?? row.reach, numbers ?? row.numbers)
    self.sources = sources ?? row.sources
    (self.rearranges, self.repair) = (rearranges || row.rearranges, repair ?? row.repair)
  }

  /// Every mistake, the likeliest first; a new one is one row of a list.
  package static let all: [Mistake] =
    ofTheChainRule + ofSizes + ofRules + ofArrays + ofTime + unnamed + ofSums + ofLetters

  /// The names of those that have one.
  package static let names: [String] = all.map(\.name).filter { !$0.isEmpty }

  /// The most samples of a batch that are looked at one by one.
  static let mostSamples = 64

  /// The row of a slip that is told from numbers alone.
  func ofNumbers(_ numbers: @escaping @Sendable (Subject, Timeline) -> [WrongNumbers]) -> Mistake {
    Mistake(self, reach: .numbers, numbers: numbers)
  }

  /// The row, which may be told from numbers alone as well.
  func andOfNumbers(
    rearranging rearranges: Bool = false, _ numbers: @escaping @Sendable (Subject, Timeline) -> [WrongNumbers]
  ) -> Mistake {
    Mistake(self, numbers: numbers, rearranges: rearranges)
  }

  /// The row, which is told beside likelier slips that come to the same.
  func told(beside names: String...) -> Mistake { Mistake(self, besides: Set(names)) }

  /// The row, whose wrong formulas are those of one among several.
  func of(_ sources: @escaping @Sendable (Expression, Subject) -> [String]) -> Mistake {
    Mistake(self, sources: sources)
  }

  // MARK: - What undoes it

  /// The row, with what would undo it at one node of what somebody has written.
  func undone(_ edit: @escaping @Sendable (Expression, Repair.Surroundings) -> [Expression]) -> Mistake {
    Mistake(self, repair: Repair(node: edit, whole: repair.whole))
  }

  /// The row, with what would undo it in the whole of a side that somebody has written.
  func undoneOfWhole(_ edit: @escaping @Sendable (Expression, Repair.Surroundings) -> [Expression]) -> Mistake {
    Mistake(self, repair: Repair(node: repair.node, whole: edit))
  }
}

extension Expression {
  /// `w2[k,j]` as the quantity and its indices; nil of anything else.
  var element: (quantity: Quantity, indices: [Expression])? {
    guard case .element(let base, let indices) = kind, case .name(let name, version: nil) = base.kind,
      let quantity = Quantity.named(name)
    else { return nil }
    return (quantity, indices)
  }

  /// An element of a quantity; of one that has no indices, the quantity.
  static func element(_ quantity: Quantity, _ indices: [Expression]) -> Expression {
    indices.isEmpty ? .name(quantity.name) : Expression(.element(.name(quantity.name), indices))
  }

  /// A formula times a number.
  func times(_ factor: Double) -> Expression { Expression(.binary(.times, .number(factor), self)) }

  /// It divided by a count.
  func over(_ count: Double) -> Expression { Expression(.binary(.over, self, .number(count))) }

  /// Whether it is f′ at something.
  var isSlope: Bool { if case .call(_, true, _) = kind { true } else { false } }

  /// The quantities of one kind in place of another's of the same layer.
  func reading(_ kind: Quantity.Kind, for other: Quantity.Kind) -> Expression {
    guard let (quantity, indices) = element, quantity.kind == other else {
      return mapChildren { $0.reading(kind, for: other) }
    }
    return .element(Quantity(kind, quantity.layer), indices)
  }

  /// The quantities of another layer in place of one's, at the same indices or at others.
  func inLayer(_ other: Int, for layer: Int, at place: [Expression]? = nil) -> Expression {
    guard let (quantity, indices) = element, quantity.layer == layer else {
      return mapChildren { $0.inLayer(other, for: layer, at: place) }
    }
    return .element(Quantity(quantity.kind, other), place ?? indices)
  }

  /// The letters that stand as indices in it, but for one.
  func letters(besides letter: String) -> [String] {
    var found: [String] = []
    func look(_ expression: Expression) {
      if let (_, indices) = expression.element {
        for case .name(let name, version: nil) in indices.map(\.kind) where name != letter && !found.contains(name) {
          found.append(name)
        }
      }
      expression.children.forEach(look)
    }
    look(self)
    return found
  }

  /// Whether an index of that name is bound in it.
  func binds(_ letter: String) -> Bool {
    if case .fold(_, letter, _, _) = kind { return true }
    return children.contains { $0.binds(letter) }
  }

  /// Whether a quantity of a kind is read in it.
  func names(of kind: Quantity.Kind) -> Bool {
    element?.0.kind == kind || children.contains { $0.names(of: kind) }
  }
}
