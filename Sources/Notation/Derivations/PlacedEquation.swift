import Engine

/// Where an equation is written out: the layer that it stands for, its free letters, and what a page calls its quantities.
struct EquationPlace {
  let network: Network
  /// The layer that the equation's layer 1 is, from 1.
  let layer: Int
  /// What stands for the letters that are free in it; of those that sums bind, the network's own stand there.
  let letters: [String: Expression]
  /// How a quantity is written.
  let name: (Quantity) -> Expression

  /// Where the equation of a quantity is written out, at these indices.
  init(
    of quantity: Quantity, in network: Network, at indices: [Expression],
    name: @escaping (Quantity) -> Expression = { .name($0.name) }
  ) {
    let letters = zip(quantity.kind.extent.letters, indices)
    self.init(
      network: network, layer: Equation.layer(of: quantity, in: network),
      letters: Dictionary(letters, uniquingKeysWith: { first, _ in first }), name: name)
  }

  /// Where an equation is written out whose layer 1 is this one.
  init(
    network: Network, layer: Int, letters: [String: Expression],
    name: @escaping (Quantity) -> Expression = { .name($0.name) }
  ) {
    (self.network, self.layer, self.letters, self.name) = (network, layer, letters, name)
  }

  /// An equation here.
  func expression(_ equation: Equation) -> Expression {
    guard let own = equation.ownLetters else { return expression(equation.text, equation.parts) }
    let meaning = own.compactMapValues { letters[$0] }
    return written(Expression.formula(equation.text), meaning)
  }

  /// A formula that is written for its own layer, with the letters that belong here.
  private func written(_ expression: Expression, _ letters: [String: Expression]) -> Expression {
    switch expression.kind {
    case .name(let text, version: nil): return letters[text] ?? Quantity.named(text).map(name) ?? expression
    case .fold(let fold, let index, let bounds, let body):
      var inner = letters
      inner[index] = nil
      // A sum's letter that would take one of those that belong here goes out of its way.
      let taken = inner.values.contains(.name(index))
      let free = ["m", "h", "i", "j", "l", "k"].first { !inner.values.contains(.name($0)) && !body.mentions($0) }
      let own = taken ? free ?? index : index
      if own != index { inner[index] = .name(own) }
      return Expression(.fold(fold, index: own, bounds: bounds, written(body, inner)))
    default: return expression.mapChildren { written($0, letters) }
    }
  }

  /// An equation here as a page has it, where it is computed in another form; nil where it is not.
  func page(_ equation: Equation) -> Expression? {
    equation.pageText.isEmpty ? nil : expression(equation.pageText, equation.page)
  }

  /// An equation here in the form that it has where the targets sum to 1; nil where that is no other.
  func shared(_ equation: Equation) -> Expression? {
    equation.shared.isEmpty ? nil : expression(equation.text, equation.shared)
  }

  private func expression(_ text: String, _ parts: [String: Equation.Part]) -> Expression {
    // A bare number goes in last, so that it finds what it divides.
    let (numbers, others) = (parts.filter { $1.isNumber }, parts.filter { !$1.isNumber })
    let written = others.reduce(Expression.formula(text)) { $0.replacing($1.key, by: $1.value) }
    return placed(numbers.reduce(written) { $0.replacing($1.key, by: $1.value) }, letters).settled
  }

  /// Quantities of this layer and its neighbours in place of those of 1, 0 and 2, and the letters that belong here.
  private func placed(_ expression: Expression, _ letters: [String: Expression]) -> Expression {
    switch expression.kind {
    case .name(let text, version: nil):
      if let letter = letters[text] { return letter }
      return Equation.quantity(text, at: layer).map(name) ?? expression
    case .call(let function, let isDerivative, let arguments):
      let own = Notation.layer(ofActivation: function).map { "f\($0 - 1 + layer)" } ?? function
      return Expression(.call(own, isDerivative: isDerivative, arguments.map { placed($0, letters) }))
    case .fold(let fold, let index, let bounds, let body):
      let letter = pageLetter(index)
      var inner = letters
      inner[index] = .name(letter)
      return Expression(.fold(fold, index: letter, bounds: bounds, placed(body, inner)))
    default: return expression.mapChildren { placed($0, letters) }
    }
  }

  /// The page's letter for one of an equation.
  func pageLetter(_ letter: String) -> String {
    switch letter {
    case "k": network.indexLetter(ofLayer: layer)
    case "j": network.indexLetter(ofLayer: layer - 1)
    case "l": network.indexLetter(ofLayer: layer + 1)
    default: letter
    }
  }
}

extension Quantity {
  /// The letters of its indices as the page has them, as many as it has in a network: a bias that the whole layer has together
  /// has none.
  func pageLetters(in network: Network) -> [String] {
    let free = EquationPlace(of: self, in: network, at: [])
    let count = kind.extent.indexCount(in: network, layer: Equation.layer(of: self, in: network))
    return kind.extent.letters.prefix(count).map(free.pageLetter)
  }
}

extension Equation.Part {
  /// Whether it is a bare number, whatever the settings.
  fileprivate var isNumber: Bool { Expression.formula(formula).isNumber }
}

extension Expression {
  /// A part's formula in place of its name. A divisor that is a bare number is settled at once.
  fileprivate func replacing(_ name: String, by part: Equation.Part) -> Expression {
    let formula = Expression.formula(part.formula)
      .replacing(part.numbers.mapValues(Expression.number).merging(["Y": .name("y")]) { own, _ in own })
      .indexed(
        ["y": "y", "a": "a1", "net": "net1"], at: part.letter.map { .name($0) },
        letters: part.letter == nil ? ["k", "i"] : ["i", "h"])
    return replacing(name, by: formula, isFixed: part.isNumber)
  }

  private func replacing(_ name: String, by part: Expression, isFixed: Bool) -> Expression {
    switch kind {
    case .name(name, version: nil): return part
    case .binary(.over, let left, let right) where right == .name(name):
      return left.replacing(name, by: part, isFixed: isFixed).divided(by: part, isFixed: isFixed)
    default: return mapChildren { $0.replacing(name, by: part, isFixed: isFixed) }
    }
  }
}
