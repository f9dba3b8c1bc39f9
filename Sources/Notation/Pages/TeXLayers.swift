import Engine

extension TeXLayer {
  /// Reads a layer that stands above a letter, and what stands behind it there: `[1]T`. What is in round or square brackets
  /// is one, and so is the letter `l` or `L`.
  static func read(_ tokens: [TeXToken], onto symbol: TeXSymbol) -> (layer: TeXLayer?, rest: [TeXToken]) {
    var rest = tokens[...]
    let isBracketed = rest.first?.kind == .sign("(") || rest.first?.kind == .sign("[")
    if isBracketed { rest = rest.dropFirst() }
    guard let first = rest.first else { return (nil, tokens) }
    var layer: TeXLayer
    switch first.kind {
    case .number(let text) where isBracketed:
      guard let number = Int(text) else { return (nil, tokens) }
      layer = .number(number)
    case .letter("l"): layer = .running(0)
    case .letter("L"): layer = .last(0)
    default: return (nil, tokens)
    }
    rest = rest.dropFirst()
    if let sign = rest.first?.kind, sign == .sign("+") || sign == .sign("-"),
      case .number(let text)? = rest.dropFirst().first?.kind, let distance = Int(text), distance < 100
    {
      let offset = sign == .sign("+") ? distance : -distance
      switch layer {
      case .running: layer = .running(offset)
      case .last: layer = .last(offset)
      case .number: return (nil, tokens)
      }
      rest = rest.dropFirst(2)
    }
    if isBracketed {
      guard rest.first?.kind == .sign(")") || rest.first?.kind == .sign("]") else { return (nil, tokens) }
      rest = rest.dropFirst()
    }
    return (layer, Array(rest))
  }

  /// Which version what stands above says that something is of; nil where it says none, and in it nil for what it was before
  /// the update.
  static func version(_ tokens: [TeXToken]) -> Int?? {
    if tokens.count == 1, tokens[0].kind == .word("old") { return .some(nil) }
    guard tokens.count == 3, tokens[0].kind == .command("langle"), tokens[2].kind == .command("rangle"),
      case .number(let text) = tokens[1].kind, let number = Int(text)
    else { return nil }
    return number
  }

  /// Whether what stands above says that something is transposed.
  static func isTransposition(_ tokens: [TeXToken]) -> Bool {
    guard tokens.count == 1 else { return false }
    return [.letter("T"), .word("T"), .command("top"), .command("intercal"), .letter("intercal"), .letter("top")]
      .contains(tokens[0].kind)
  }
}
