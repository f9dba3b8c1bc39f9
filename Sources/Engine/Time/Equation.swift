/// What an operation computes, in the session's own language: the one statement of the chain rule that there is.
///
/// It is written for layer 1, with 0 for the layer before and 2 for the one after, so that it says the same of every layer.
/// Its letters are `k` for a unit of the layer, `j` for one before, `l` for one after, and `i` for another one of the layer;
/// those of what it gives (`[k]`, of weights `[k,j]`, of J `[i,k]`) are free. Of parameters it reads those that the forward
/// pass read. What belongs to no sample is what it says of one, added or averaged over the batch.
package struct Equation: Sendable {
  /// The formula.
  package let text: String
  /// The rules' own formulas, by the names that they have in it.
  package let parts: [String: Part]
  /// In which order its sums of products are taken.
  package let order: SummationOrder
  /// The formula as a page has it, where it is computed in another form; empty where it is not.
  package private(set) var pageText = ""
  /// The rules' own formulas in it.
  package private(set) var page: [String: Part] = [:]
  /// Why it is computed in another form.
  package private(set) var remark: Text?

  /// A rule's own formula: of an activation, a loss, or both together.
  package struct Part: Sendable {
    /// The formula over the columns `y`, `a` and `net`, the whole target `Y`, the number `n` of outputs, and the settings.
    package let formula: String
    /// The letter at which the columns are taken; nil where the formula is over the whole of them.
    package let letter: String?
    /// The settings by the names that they have in the formula, and `n`.
    package let numbers: [String: Double]
  }

  /// A formula, with the rules' own formulas in it.
  package init(_ text: String, _ parts: [String: Part] = [:], summed order: SummationOrder = .plain) {
    (self.text, self.parts, self.order) = (text, parts, order)
  }

  /// Computed so, because `remark`, and written on a page with these formulas.
  func written(_ pageText: String, _ page: [String: Part], because remark: Text? = nil) -> Equation {
    var equation = self
    (equation.pageText, equation.page, equation.remark) = (pageText, page, remark)
    return equation
  }

  /// Computed so, because `remark`.
  package func because(_ remark: Text) -> Equation {
    var equation = self
    equation.remark = remark
    return equation
  }

  /// Its free letters by the names that they have in it, where it is written for the layer that it is of, with the names
  /// that quantities have there; nil of one that says the same of every layer.
  package private(set) var ownLetters: [String: String]?
  /// Whether it reads the weights and biases as they are, and not those that the forward pass read.
  package private(set) var readsPresent = false

  /// A formula written for one layer alone, with its own names for the free letters: `["j": "k"]` where its j is a unit of
  /// the layer.
  package init(written text: String, letters: [String: String], summed order: SummationOrder) {
    self.init(text, summed: order)
    ownLetters = letters
  }

  /// The same of the weights and biases as they are.
  package func ofPresentParameters() -> Equation {
    var equation = self
    equation.readsPresent = true
    return equation
  }

  /// What this way to the number is called beside others.
  package private(set) var name = ""
  /// Other ways to the same number.
  package private(set) var ways: [Equation] = []

  /// What the way is called by which a page defines the number.
  static let onThePage = "page"

  /// What a page defines it as: the same real number, computed here in another form.
  package var definition: Equation { ways.first { $0.name == Equation.onThePage } ?? self }

  func called(_ name: String) -> Equation {
    var equation = self
    equation.name = name
    return equation
  }

  /// The form that it has where the targets sum to 1.
  package private(set) var shared: [String: Part] = [:]

  func withTargetsSummingTo1(_ shared: [String: Part]) -> Equation {
    var equation = self
    equation.shared = shared
    return equation
  }

  func beside(_ ways: [Equation]) -> Equation {
    var equation = self
    equation.ways = ways
    return equation
  }

  /// What the words of the rules' formulas are in an equation; f′ is J's diagonal.
  private static let columns = ["Y": "y", "a": "a1", "net": "net1", "f1'": "J1"]

  /// The layer that stands for layer 1 in the equation of a quantity.
  package static func layer(of quantity: Quantity, in network: Network) -> Int {
    quantity.kind.isOfLayer ? quantity.layer : quantity.kind.extent == .inputs ? 1 : network.layers.count
  }

  /// The quantity that a name of an equation stands for where its layer 1 is another; nil of what is no quantity's name.
  package static func quantity(_ name: String, at layer: Int) -> Quantity? {
    guard let known = Quantity.named(name) else { return nil }
    if known.kind.isOfLayer { return Quantity(known.kind, known.layer - 1 + layer) }
    // What layer 0 has goes by a name of its own: a0 is x.
    return known.name == name ? known : Quantity.named(name.dropLast() + String(layer - 1))
  }

  /// Whether a name that begins so stands in it.
  func names(_ beginning: String) -> Bool {
    let words = text.utf8
    guard let letter = beginning.utf8.first else { return true }
    return words.indices.contains { words[$0] == letter && words[$0...].starts(with: beginning.utf8) }
  }

  /// The quantities that it reads, in a network whose layer it stands for: those whose names stand in it.
  package func reads(_ layer: Int) -> Set<Quantity> {
    var found: Set<Quantity> = []
    for formula in [text] + parts.values.map(\.formula) {
      for word in formula.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "'" }) {
        let name = Equation.columns[String(word)] ?? String(word)
        let quantity = ownLetters == nil ? Equation.quantity(name, at: layer) : Quantity.named(name)
        if let quantity { found.insert(quantity) }
      }
    }
    return found
  }
}

extension Choice {
  /// The settings under the names that they have in formulas.
  package var formulaNumbers: [String: Double] {
    Dictionary(zip(rule.settings.map(\.formulaName), values), uniquingKeysWith: { first, _ in first })
  }
}

extension Network {
  /// A formula of the loss's row, or of the loss's and the last activation's together.
  package func part(_ formula: String, at letter: String? = nil) -> Equation.Part {
    let numbers = loss.formulaNumbers.merging(["n": Double(outputs)]) { own, _ in own }
    return Equation.Part(formula: formula, letter: letter, numbers: numbers)
  }

  /// A formula of the row of a layer's activation; the layer is counted from 1.
  package func part(_ formula: String, ofLayer layer: Int, at letter: String? = nil) -> Equation.Part {
    Equation.Part(formula: formula, letter: letter, numbers: layers[layer - 1].activation.formulaNumbers)
  }
}
