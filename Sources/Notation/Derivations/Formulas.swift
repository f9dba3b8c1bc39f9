import Engine

/// How one number comes about, in the session's own language: what a derivation puts numbers into.
struct Formula {
  /// A line before the last one: its name, which the lines below may use, and what it is worth.
  struct Step {
    let name: String
    let expression: Expression
  }

  /// Another way to the same number.
  struct Way {
    let name: String
    let expression: Expression
  }

  /// A part of a formula that is a quantity of its own: the sum in a hidden δ is ∂L/∂a.
  struct Part {
    let expression: Expression
    let element: Element
  }

  /// The lines before the last.
  var steps: [Step] = []
  /// What it is, as the core computes it; nil where it is given.
  var expression: Expression?
  /// The expression as the page has it, where the core computes it in another form.
  var shown: Expression?
  /// The rule's own names with their values: settings, the optimizer's memory.
  var names: [String: Double] = [:]
  /// Where the number comes from, where it is given; else a remark on the formula.
  var remark: Text = ""
  /// Parts that have a name.
  var parts: [Part] = []
  /// Other ways to the same number, the last being this one.
  var ways: [Way] = []
  /// What this way is called beside the others.
  var ownWay = ""
  /// What the numbers call for to be said.
  var notes: [Text] = []
  /// In which order sums of products are taken.
  var order = SummationOrder.inSequence

  /// A formula.
  init(_ expression: Expression) { self.expression = expression.settled }

  /// What is given.
  static func given(_ remark: Text) -> Formula {
    var formula = Formula(Expression.number(0))
    formula.expression = nil
    formula.remark = remark
    return formula
  }
}

/// What a derivation is of, with what formulas are written from.
struct Subject {
  let element: Element
  let numbers: StateNumbers

  var network: Network { numbers.network }
  var state: State { numbers.state }
  var quantity: Quantity { element.quantity }
  var layer: Int { element.quantity.layer }
  var last: Int { network.layers.count }
  /// The element's indices as they are written, from 1.
  var row: Int { element.row + 1 }
  var column: Int { element.column + 1 }

  /// The index letter of a layer's units.
  func letter(_ layer: Int) -> String { network.indexLetter(ofLayer: layer) }

  /// The indices as they are typed; none of what has none, such as a shared bias.
  var indices: [Expression] {
    if quantity.kind == .loss { return element.sample.map { [.number(Double($0 + 1))] } ?? [] }
    let places = [row, column].map { Expression.number(Double($0)) }
    return Array(places.prefix(isSharedBias ? 0 : quantity.kind.extent.indexCount))
  }

  /// A quantity at the same indices, of parameters in the version that this iteration's forward pass read: `w2<0>[1,2]`.
  func read(_ other: Quantity) -> Expression {
    let version = other.kind.isParameter ? numbers.forwardParameter(other)?.version ?? 0 : nil
    return .name(other.name, version: version, at: indices)
  }

  /// Whether it belongs to a bias that the whole layer has together.
  var isSharedBias: Bool {
    quantity.kind.parameter == .b && layer >= 1 && layer <= last && network.layers[layer - 1].bias == .shared
  }

  /// The sample of the batch that its formula reads, from 0; nil is the one on show. With a mistake on that may be another
  /// than its own.
  var sampleRead: Int? {
    let read = network.alteration(of: quantity)?.samples ?? .each
    return read.read(for: element.sample, onShow: state.selected, of: samples)
  }

  /// A formula so that it can be typed: one that reads another sample than the one on show says whose numbers it reads.
  func typed(_ formula: Expression) -> Expression {
    guard quantity.kind == .loss || sampleRead != element.sample, let sample = sampleRead, sample != state.selected
    else {
      return formula
    }
    return formula.ofSample(sample)
  }

  /// How many samples the batch has.
  var samples: Int { state.batch.count }
}

extension Network {
  /// The index letter that a page has for a layer's units: k at the output, j before it, i before that; layer 0 is the
  /// input. Where a network has more layers than there are letters they come again, never next to one another.
  package func indexLetter(ofLayer layer: Int) -> String {
    let letters = Array("kjihpqrs")
    let place = max(layers.count - layer, 0)
    return String(place < letters.count ? letters[place] : letters[2 + (place - 2) % (letters.count - 2)])
  }
}

extension Expression {
  /// What it is of a sample of the batch, counted from 0, whichever is on show.
  func ofSample(_ sample: Int) -> Expression {
    let number = Expression.number(Double(sample + 1))
    return Expression(.fold(.sum, index: Fold.overBatch, bounds: .init(number, number), self))
  }
}
