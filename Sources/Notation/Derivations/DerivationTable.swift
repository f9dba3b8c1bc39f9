import Engine

/// How a kind of quantity is derived: one row of the table.
struct DerivationRow: Sendable {
  /// What it is on a page, before its index: `∂L/∂net`.
  let symbol: String
  /// Its formula for an element.
  let formula: @Sendable (Subject) -> Formula

  /// The row of a kind. A new kind of quantity is one entry here; the compiler asks for it.
  static func of(_ kind: Quantity.Kind) -> DerivationRow {
    switch kind {
    case .x: DerivationRow(symbol: "x", formula: Formula.sampleValue)
    case .y: DerivationRow(symbol: "y", formula: Formula.sampleValue)
    case .net: DerivationRow(symbol: "net", formula: Formula.net)
    case .a: DerivationRow(symbol: "a", formula: Formula.activation)
    case .out: DerivationRow(symbol: "out", formula: Formula.out)
    case .loss: DerivationRow(symbol: "L", formula: Formula.loss)
    case .da: DerivationRow(symbol: "∂L/∂a", formula: Formula.activationGradient)
    case .jacobian: DerivationRow(symbol: "∂a/∂net", formula: Formula.jacobian)
    case .delta: DerivationRow(symbol: "∂L/∂net", formula: Formula.delta)
    case .dw: DerivationRow(symbol: "∂L/∂w", formula: Formula.weightGradient)
    case .db: DerivationRow(symbol: "∂L/∂b", formula: Formula.biasGradient)
    case .dx: DerivationRow(symbol: "∂L/∂x", formula: Formula.inputGradient)
    case .w: DerivationRow(symbol: "w", formula: Formula.parameter)
    case .b: DerivationRow(symbol: "b", formula: Formula.parameter)
    case .uw: DerivationRow(symbol: "Δw", formula: Formula.change)
    case .ub: DerivationRow(symbol: "Δb", formula: Formula.change)
    case .mw: DerivationRow(symbol: "m(w)", formula: Formula.change)
    case .mb: DerivationRow(symbol: "m(b)", formula: Formula.change)
    case .vw: DerivationRow(symbol: "v(w)", formula: Formula.change)
    case .vb: DerivationRow(symbol: "v(b)", formula: Formula.change)
    case .cw: DerivationRow(symbol: "c(w)", formula: Formula.change)
    case .cb: DerivationRow(symbol: "c(b)", formula: Formula.change)
    case .vmaxw: DerivationRow(symbol: "vmax(w)", formula: Formula.change)
    case .vmaxb: DerivationRow(symbol: "vmax(b)", formula: Formula.change)
    case .rate: DerivationRow(symbol: "rate", formula: Formula.rate)
    case .t, .step, .iteration, .epoch, .phase, .layer, .sample, .accuracy, .holdoutAccuracy:
      DerivationRow(symbol: kind.rawValue, formula: Formula.count)
    }
  }
}

extension Quantity.Kind {
  /// Whether it is there without being computed, so that nothing is left to unfold.
  var isGiven: Bool {
    switch self {
    case .x, .y, .rate, .t, .step, .iteration, .epoch, .phase, .layer, .sample, .accuracy, .holdoutAccuracy: true
    default: false
    }
  }
}

extension Subject {
  /// The words of a page for it: `∂L/∂net_j, j=1`; a letter of the page's own in place of the quantity's, where a `let`
  /// gave one.
  func page(_ letters: [Quantity: String]) -> String {
    let row = DerivationRow.of(quantity.kind)
    var symbol = row.symbol
    let (own, before) = (letter(quantity.layer), letter(max(quantity.layer - 1, 0)))
    if let letter = letters[quantity] { symbol = letter }
    if quantity.kind == .delta, let letter = letters[Quantity(.net, layer)] { symbol = "∂L/∂\(letter)" }
    if quantity.kind == .da, let letter = letters[Quantity(.a, layer)] { symbol = "∂L/∂\(letter)" }
    switch quantity.kind {
    case .jacobian:
      let (a, net) = (letters[Quantity(.a, layer)] ?? "a", letters[Quantity(.net, layer)] ?? "net")
      return "∂\(a)_i/∂\(net)_k, i=\(self.row) k=\(column)"
    case .x, .dx: return "\(symbol)_\(letter(0)), \(letter(0))=\(self.row)"
    case .y, .out: return "\(symbol)_\(letter(last)), \(letter(last))=\(self.row)"
    default: break
    }
    switch quantity.kind.indexCount {
    case 2: return "\(symbol)_\(own)\(before), \(own)=\(self.row) \(before)=\(column)"
    case 1: return isSharedBias ? symbol : "\(symbol)_\(own), \(own)=\(self.row)"
    default: return symbol
    }
  }

  /// Its name as formulas have it: `w2`, `dw1`, with the version that is on show.
  var expression: Expression {
    var version: Int?
    if quantity.kind.isParameter, let parameter = figures.forwardParameter(quantity) {
      version = parameter.version + (isUpdated ? 1 : 0)
    }
    let name = Expression.name(quantity.name, version: version)
    if quantity.kind == .loss {
      return element.sample.map { Expression(.element(name, [.number(Double($0 + 1))])) } ?? name
    }
    switch quantity.kind.indexCount {
    case 2: return Expression(.element(name, [.number(Double(row)), .number(Double(column))]))
    case 1: return isSharedBias ? name : Expression(.element(name, [.number(Double(row))]))
    default: return name
    }
  }
}
