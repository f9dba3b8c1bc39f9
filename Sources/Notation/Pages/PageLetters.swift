import Engine

/// What the letters of a page stand for: what `let` gave them first, then the program's own names, then what everybody calls
/// so. A letter that `let` named with an index (`let y_j = a1`) is told from the same letter with another one.
struct PageLetters {
  let scope: StateScope
  private let network: Network
  /// The names that `let` gave by the letter before their index: `y` of `y_j`.
  private let indexed: [String: [(indices: String, meaning: Expression)]]

  /// What pages call the loss.
  private static let ofLoss: Set = ["L", "E", "C", "J", "l", "loss", "Loss", "cost", "Cost", "H"]
  /// What pages call any activation.
  private static let ofActivations: Set = ["f", "g", "h", "sigma", "phi", "varphi", "psi", "s"]
  /// What pages call the parts of a layer, beside the names that the rows have.
  private static let ofLayers: [String: Quantity.Kind] = [
    "z": .net, "net": .net, "a": .a, "h": .a, "o": .a, "w": .w, "theta": .w, "Theta": .w, "b": .b,
    "delta": .net.gradient ?? .net,
    "dz": .net.gradient ?? .net, "dw": .w.gradient ?? .w, "db": .b.gradient ?? .b, "da": .a.gradient ?? .a,
  ]

  /// The letters that stand as indices.
  private var indexLetters: Set<String> = []
  /// The layers whose units an index counts wherever it stands at a letter whose layer is known; the inputs are 0.
  private var families: [String: Int] = [:]

  /// The letters of a page, all of which are given so that an index can be told by the other letters that it stands at.
  init(_ scope: StateScope, among symbols: [TeXSymbol]) {
    self.scope = scope
    network = scope.state.worked
    var indexed: [String: [(String, Expression)]] = [:]
    for name in scope.definitionNames {
      guard let cut = name.firstIndex(of: "_"), let meaning = scope.definition(of: name) else { continue }
      indexed[String(name[..<cut]), default: []].append((String(name[name.index(after: cut)...]), meaning))
    }
    self.indexed = indexed
    indexLetters = Set(symbols.flatMap(\.indices))
    families = families(of: symbols)
  }

  private func families(of symbols: [TeXSymbol]) -> [String: Int] {
    var found: [String: Set<Int>] = [:]
    for symbol in Set(symbols) where !symbol.indices.isEmpty && symbol.indices.count <= 2 && symbol.layer == nil {
      guard let given = try? given(symbol, at: 0..<1) ?? (isQuantity(symbol.head) ? Expression.name(symbol.head) : nil)
      else {
        continue
      }
      var indices = symbol.indices
      var base = given
      if case .transpose(let inner) = given.kind { (base, indices) = (inner, indices.reversed()) }
      guard let quantity = quantity(base) else { continue }
      for (axis, index) in indices.enumerated() {
        let ends: [Quantity.Kind: Int] = [.x: 0, .y: layerCount]
        if let units = quantity.kind.isOfLayer ? quantity.layer : ends[quantity.kind] {
          found[index, default: []].insert(units - (axis == 1 ? 1 : 0))
        }
      }
    }
    return found.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  var layerCount: Int { network.layers.count }

  /// Whether all layers have the same activation, so that it does not matter which one's is meant.
  var hasOneActivation: Bool {
    network.layers.allSatisfy { $0.activation == network.layers.first?.activation }
  }

  /// The layer that an element or a quantity belongs to.
  func layer(of expression: Expression) -> Int? {
    let base = if case .element(let base, _) = expression.kind { base } else { expression }
    return quantity(base).flatMap { $0.layer > 0 ? $0.layer : nil }
  }

  /// What a letter is.
  enum Meaning {
    /// A value, whose indices still have to be put behind it.
    case value(Expression)
    /// An activation, of the layer that its argument belongs to where none is said.
    case activation(layer: Int?)
    /// A function that `let` made.
    case function(String)
    /// Kronecker's delta.
    case kronecker
  }

  /// What a symbol stands for, where the running layer is given; nil where nobody can know.
  /// - Throws: where it stands for two things, or for a layer that there is not.
  func meaning(of symbol: TeXSymbol, running: Int?, at range: Range<Int>) throws(SyntaxError) -> Meaning? {
    if let layer = symbol.layer { return try meaning(of: symbol, in: layer, running: running, at: range) }
    if let given = try given(symbol, at: range) { return .value(given) }
    let head = symbol.head
    if scope.function(named: head) != nil, symbol.indices.isEmpty { return .function(head) }
    if symbol.label.isEmpty, isQuantity(head) { return .value(.name(head)) }
    if let kind = PageLetters.ofLayers[head] ?? PageLetters.ofLayers[head.lowercased()], symbol.primes == 0,
      !PageLetters.ofActivations.contains(head) || !symbol.indices.isEmpty
    {
      if head == "delta", symbol.indices.count == 2 { return .kronecker }
      if let layer = layer(of: symbol) { return .value(.name(Quantity(kind, layer).name)) }
    }
    if PageLetters.ofLoss.contains(head), symbol.indices.isEmpty { return .value(.name(Quantity.Kind.loss.name)) }
    if PageLetters.ofActivations.contains(head) {
      let numbered = symbol.indices.first.flatMap { Int($0) }
      return .activation(layer: numbered ?? Int(symbol.label))
    }
    switch head {
    case "eta", "alpha": return .value(.name(Quantity.Kind.rate.name))
    case "yhat": return .value(.name(Quantity(.a, layerCount).name))
    case "t": return .value(.name(Quantity.Kind.y.name))
    default: return nil
    }
  }

  /// Whether nobody can know what a symbol stands for.
  func isUnknown(_ symbol: TeXSymbol, running: Int?) -> Bool {
    do throws(SyntaxError) { return try meaning(of: symbol, running: running, at: 0..<1) == nil } catch { return false }
  }

  /// Whether a name is a quantity's of this network.
  private func isQuantity(_ name: String) -> Bool {
    guard Quantity.named(name) != nil, scope.shape(of: name) != nil else { return false }
    return true
  }

  /// Whether a letter stands as an index somewhere.
  func isIndex(_ letter: String) -> Bool { indexLetters.contains(letter) }

  /// Whether `let` named it with its number, which is then no index: `let W_1 = w1`.
  func isNamedWhole(_ symbol: TeXSymbol) -> Bool {
    let own = symbol.indices.joined()
    return !own.isEmpty && own.allSatisfy(\.isNumber) && symbol.layer == nil
      && (indexed[symbol.head] ?? []).contains { $0.indices == own }
  }

  /// What `let` gave a symbol: its letter with these indices, or its letter alone, or with others where only one was named.
  private func given(_ symbol: TeXSymbol, at range: Range<Int>) throws(SyntaxError) -> Expression? {
    let named = indexed[symbol.head] ?? []
    let own = symbol.label.isEmpty ? symbol.indices.joined() : symbol.label
    if !own.isEmpty, let exact = named.first(where: { $0.indices == own }) { return exact.meaning }
    // The program's own name, where it is only called otherwise: then slips can be looked for by what it is.
    if let meaning = scope.definition(of: symbol.head) {
      return quantity(meaning) == nil ? .name(symbol.head) : meaning
    }
    guard symbol.label.isEmpty, let first = named.first else { return nil }
    // With numbers for letters, or none, it is the same as long as only one thing is called so.
    let isPlain = symbol.indices.allSatisfy { $0.first?.isNumber == true }
    let isOne = named.allSatisfy { $0.meaning == first.meaning }
    if isPlain || isOne, !isQuantity(symbol.head) || isPlain, isOne { return first.meaning }
    if isQuantity(symbol.head) { return nil }
    let ways = named.map { "\(symbol.head)_\($0.indices) is \($0.meaning)" }.joined(separator: ", ")
    throw SyntaxError(
      "\(symbol.indexed) may be more than one thing here: \(ways); let \(symbol.indexed) = … says it", at: range)
  }

  /// The layer that a letter without one belongs to: that of the index that it has, where a `let` tells that, or the only one.
  private func layer(of symbol: TeXSymbol) -> Int? {
    if layerCount == 1 { return 1 }
    guard let index = symbol.indices.first, let layer = families[index], layer > 0 else { return nil }
    return layer
  }

  /// Refuses letters that mean a column for each sample, where there is more than one.
  private func refuseSamples(_ symbol: TeXSymbol, at range: Range<Int>) throws(SyntaxError) {
    let bare = symbol.head.hasPrefix("d") && symbol.head.count == 2 ? String(symbol.head.dropFirst()) : symbol.head
    guard scope.sampleCount > 1, ["A", "Z", "H", "X", "Y"].contains(bare) || ["dz", "da"].contains(symbol.head) else {
      return
    }
    throw SyntaxError("a column for each sample is not read here: one sample's letters are small", at: range)
  }

  /// What a symbol of a layer stands for.
  private func meaning(
    of symbol: TeXSymbol, in layer: TeXLayer, running: Int?, at range: Range<Int>
  ) throws(SyntaxError) -> Meaning? {
    guard let number = layer.value(running: running, of: layerCount) else {
      throw SyntaxError("which layer \(symbol.written) is of is not said", at: range)
    }
    let head = symbol.head
    if let meaning = scope.definition(of: head + String(number)) {
      return .value(quantity(meaning) == nil ? .name(head + String(number)) : meaning)
    }
    if let kind = PageLetters.ofLayers[head] ?? PageLetters.ofLayers[head.lowercased()], symbol.primes == 0 {
      try refuseSamples(symbol, at: range)
      guard (kind == .a ? 0 : 1)...max(layerCount, 1) ~= number else {
        throw SyntaxError("there is no layer \(number): this network has \(counted(layerCount, "layer"))", at: range)
      }
      return .value(.name(number == 0 ? Quantity.Kind.x.name : Quantity(kind, number).name))
    }
    if PageLetters.ofActivations.contains(head), 1...max(layerCount, 1) ~= number { return .activation(layer: number) }
    return nil
  }

  /// The quantity that an expression is the name of, seen through a `let`.
  func quantity(_ expression: Expression) -> Quantity? {
    guard case .name(let name, version: nil) = expression.kind else { return nil }
    if let definition = scope.definition(of: name) { return quantity(definition) }
    return Quantity.named(name)
  }
}
