import Engine

extension Subject {
  /// The words of a page for it: `∂L/∂net_j, j=1`; a letter of the page's own in place of the quantity's, where a `let`
  /// gave one.
  func page(_ letters: [Quantity: String]) -> String {
    let kind = quantity.kind
    if kind == .jacobian {
      let (a, net) = (letters[Quantity(.a, layer)] ?? "a", letters[Quantity(.net, layer)] ?? "net")
      return "∂\(a)_i/∂\(net)_k, i=\(row) k=\(column)"
    }
    var symbol = letters[quantity] ?? kind.page
    if let below = kind.gradientOf, below.isOfSample, let letter = letters[Quantity(below, layer)] {
      symbol = "∂L/∂\(letter)"
    }
    let axes = (0..<(isSharedBias ? 0 : kind.extent.indexCount)).compactMap { axis in
      quantity.layer(along: axis, in: network).map { (letter: letter($0), place: axis == 0 ? row : column) }
    }
    guard !axes.isEmpty else { return symbol }
    let places = axes.map { "\($0.letter)=\($0.place)" }.joined(separator: " ")
    return "\(symbol)_\(axes.map(\.letter).joined()), \(places)"
  }

  /// The subject's name as formulas have it: `w2`, `dw1`, with the version that is on show.
  var expression: Expression {
    var version: Int?
    if quantity.kind.isParameter, let parameter = numbers.forwardParameter(quantity) {
      version = parameter.version + (isUpdated ? 1 : 0)
    }
    return .name(quantity.name, version: version, at: indices)
  }
}
