import Engine

/// A formula for every element of a quantity, over the letters of its indices: the quantity's own, or another one that
/// somebody may have had in its place.
package struct ElementFormula: Sendable {
  /// What it is for.
  package let quantity: Quantity
  /// The letters of its indices, as the page has them: `k`, `j`.
  package let letters: [String]
  /// The right side.
  package let expression: Expression
  /// How its sums are added up.
  package let order: SummationOrder

  /// The left side: `dw2[k,j]`.
  package var subject: Expression {
    letters.isEmpty ? .name(quantity.name) : Expression(.element(.name(quantity.name), letters.map { .name($0) }))
  }

  /// The formulas of a computed quantity, each with one more of what it reads written out: δ with ∂L/∂a in it, and dw with
  /// δ, as often as is said. The shortest comes first; none of what is given.
  package static func all(of quantity: Quantity, in network: Network, writingOut times: Int = 2) -> [ElementFormula] {
    guard let equation = Operation.equation(of: quantity, in: network) else { return [] }
    let letters = quantity.pageLetters(in: network)
    let place = EquationPlace(of: quantity, in: network, at: letters.map { .name($0) })
    var all: [ElementFormula] = []
    for equation in [equation] + equation.ways {
      var written = place.expression(equation)
      for _ in 0...times {
        all.append(
          ElementFormula(quantity: quantity, letters: letters, expression: written.settled, order: equation.order))
        let next = written.writtenOut(in: network)
        if next == written { break }
        written = next
      }
    }
    return all
  }

  /// No formula: of a quantity that is looked at in what it comes to.
  package init(unknown quantity: Quantity) {
    self.init(quantity: quantity, letters: [], expression: .name(quantity.name), order: .inSequence)
  }

  private init(quantity: Quantity, letters: [String], expression: Expression, order: SummationOrder) {
    (self.quantity, self.letters, self.expression, self.order) = (quantity, letters, expression, order)
  }

  /// The same element by another formula, over the same letters or others.
  package func replaced(by expression: Expression, over letters: [String]? = nil) -> ElementFormula {
    ElementFormula(quantity: quantity, letters: letters ?? self.letters, expression: expression, order: order)
  }

  /// What it gives at a state: of a quantity of one sample in that sample, of others added or averaged over these samples of
  /// the batch. Nil where it means nothing there.
  package func numbers(on ground: FormulaGround, samples: [Int]) -> FormulaNumbers? {
    FormulaNumbers(self, on: ground, samples: samples)
  }

  /// All of its numbers, in the quantity's shape; nil where it has none there.
  package func elements(on ground: FormulaGround, samples: [Int]) -> Matrix? {
    guard let shape = ground.state.shape(of: quantity), let numbers = numbers(on: ground, samples: samples) else {
      return nil
    }
    var (elements, work): ([Double], Int) = ([], 0)
    for place in 0..<shape.rows * shape.columns {
      guard let value = numbers.value(place, spending: &work) else { return nil }
      elements.append(value)
    }
    return Matrix(rows: shape.rows, columns: shape.columns, elements: elements)
  }
}

extension Expression {
  /// With ∂L/∂a and δ written out once where they stand.
  fileprivate func writtenOut(in network: Network) -> Expression {
    if case .element(let base, let indices) = kind, case .name(let name, version: nil) = base.kind,
      let quantity = Quantity.named(name), [.da, .delta].contains(quantity.kind),
      let equation = Operation.equation(of: quantity, in: network)
    {
      return EquationPlace(of: quantity, in: network, at: indices).expression(equation)
    }
    return mapChildren { $0.writtenOut(in: network) }
  }

  /// Every expression that comes of one node's being replaced.
  package func rewritten(_ change: (Expression) -> [Expression]) -> [Expression] {
    var all = change(self)
    var index = -1
    kind.forEachChild { child in
      index += 1
      for other in child.rewritten(change) {
        var place = -1
        all.append(
          mapChildren { old in
            place += 1
            return place == index ? other : old
          })
      }
    }
    return all
  }
}
