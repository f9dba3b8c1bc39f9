// Braces that only colour what is in them.
extension TeXToken {
  /// The pieces without the braces that only colour what is in them: `S_k \color{red}{- y_k}` is `S_k - y_k`, as it is set. Where
  /// braces hold an index, a power or a function's argument they stay.
  static func withoutColours(_ tokens: [TeXToken]) -> [TeXToken] {
    guard tokens.contains(where: { $0.kind == .coloured }) else { return tokens }
    var open: [Int] = []
    var (closeOf, openOf): ([Int: Int], [Int: Int]) = ([:], [:])
    for (place, token) in tokens.enumerated() {
      if token.kind == .open { open.append(place) }
      if token.kind == .close, let start = open.popLast() { (closeOf[start], openOf[place]) = (place, start) }
    }
    var left: Set<Int> = []
    for place in tokens.indices where tokens[place].kind == .coloured {
      left.insert(place)
      guard let close = closeOf[place - 1], !isArgument(tokens, place - 1, openOf) else { continue }
      left.formUnion([place - 1, close])
    }
    return tokens.indices.filter { !left.contains($0) }.map { tokens[$0] }
  }

  /// Whether the braces that open at a place belong to what stands before them.
  private static func isArgument(_ tokens: [TeXToken], _ place: Int, _ openOf: [Int: Int]) -> Bool {
    func isFraction(_ place: Int) -> Bool {
      guard tokens.indices.contains(place), case .command(let name) = tokens[place].kind else { return false }
      return fractions.contains(name)
    }
    guard place > 0 else { return false }
    switch tokens[place - 1].kind {
    case .above, .below, .word: return true
    case .command(let name): return fractions.contains(name) || withArgument.contains(name)
    // The second part of a fraction.
    case .close: return openOf[place - 1].map { isFraction($0 - 1) } ?? false
    case .number, .letter: return isFraction(place - 2)
    default: return false
    }
  }

  private static let fractions: Set = ["frac", "dfrac", "tfrac", "cfrac"]
  /// Other commands that take what stands in the braces behind them.
  private static let withArgument: Set = [
    "sqrt", "underbrace", "overbrace", "substack", "log", "ln", "exp", "tanh", "sin", "cos", "tan", "arctan", "max",
    "min",
  ]
}
