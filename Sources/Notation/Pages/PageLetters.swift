import Engine

/// What the letters of a page stand for: what `let` gave them first, then the program's own names, then what everybody calls
/// so. A letter that `let` named with an index (`let y_j = a1`) is told from the same letter with another one.
struct PageLetters {
  let scope: StateScope
  private let network: Network
  /// The names that `let` gave by the letter before their index: `y` of `y_j`.
  private let indexed: [String: [(indices: String, meaning: Expression)]]

  /// What pages call any activation.
  private static let ofActivations: Set = ["f", "g", "h", "sigma", "phi", "varphi", "psi"]

  /// The letters that mean nothing by what is usual.
  private let redefined: Set<String>
  /// The letters that are the loss where no `let` says it; nil where the page does not tell, and all usual ones are.
  private let losses: Set<String>?
  /// The letters that stand as indices.
  private var indexLetters: Set<String> = []
  /// The layers whose units an index counts wherever it stands at a letter whose layer is known; the inputs are 0.
  private var families: [String: Int] = [:]

  /// The letters of a page, all of which are given so that an index can be told by the other letters that it stands at.
  init(
    _ scope: StateScope, among symbols: [TeXSymbol], redefined: Set<String> = [], losses: Set<String>? = nil
  ) {
    self.scope = scope
    (self.redefined, self.losses) = (redefined, losses)
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
      guard let given = try? given(symbol, at: 0..<1) ?? (isQuantity(symbol) ? Expression.name(symbol.head) : nil)
      else {
        continue
      }
      var indices = symbol.indices
      var base = given
      if case .transpose(let inner) = given.kind { (base, indices) = (inner, indices.reversed()) }
      guard let quantity = quantity(base) else { continue }
      for (axis, index) in indices.enumerated() {
        if let layer = quantity.layer(along: axis, in: network) { found[index, default: []].insert(layer) }
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
    if symbol.label.isEmpty, isQuantity(symbol) { return .value(.name(head)) }
    return conventional(symbol)
  }

  /// What a symbol without a layer stands for by what everybody calls so.
  private func conventional(_ symbol: TeXSymbol) -> Meaning? {
    let head = symbol.head
    guard !redefined.contains(head) else { return nil }
    let isActivation = PageLetters.ofActivations.contains(head)
    if symbol.primes == 0, !isActivation || !symbol.indices.isEmpty {
      if head == "delta", symbol.indices.count == 2 { return .kronecker }
      if let kind = Quantity.onPages(head, ofLayer: true), !isOfSamples(symbol, kind), let layer = layer(of: symbol) {
        return .value(.name(Quantity(kind, layer).name))
      }
    }
    if isActivation {
      // With a letter below it is somebody's unit, and no function.
      let number = symbol.indices.first.flatMap { Int($0) } ?? Int(symbol.label)
      return symbol.indices.isEmpty || number != nil ? .activation(layer: number) : nil
    }
    guard let kind = Quantity.onPages(head, ofLayer: false),
      kind.extent.indexCount > 0 || symbol.indices.isEmpty
    else { return nil }
    if kind == .loss, let losses, !losses.contains(head) { return nil }
    // The last layer's activations are better known as those.
    return .value(.name(kind == .out ? Quantity(.a, layerCount).name : kind.name))
  }

  /// Whether a symbol stands for what it does only by what everybody calls so: nobody said it.
  func isConventional(_ symbol: TeXSymbol) -> Bool {
    guard symbol.layer == nil else {
      let isGiven = scope.definitionNames.contains { name in
        name.hasPrefix(symbol.head) && Int(name.dropFirst(symbol.head.count)) != nil
      }
      return !isGiven && Quantity.Kind.named(symbol.head) == nil
    }
    return (try? given(symbol, at: 0..<1)) == nil && scope.function(named: symbol.head) == nil && !isQuantity(symbol)
  }

  /// Whether a symbol stands for a gradient.
  func isGradient(_ symbol: TeXSymbol, running: Int?) -> Bool {
    do throws(SyntaxError) {
      guard case .value(let meaning) = try meaning(of: symbol, running: running, at: 0..<1) else { return false }
      return quantity(meaning)?.kind.gradientOf != nil
    } catch { return false }
  }

  /// The lowest layer that a letter has: activations go on down to the inputs.
  func lowestLayer(of symbol: TeXSymbol) -> Int { Quantity.onPages(symbol.head, ofLayer: true) == .a ? 0 : 1 }

  /// Whether nobody can know what a symbol stands for.
  func isUnknown(_ symbol: TeXSymbol, running: Int?) -> Bool {
    do throws(SyntaxError) { return try meaning(of: symbol, running: running, at: 0..<1) == nil } catch { return false }
  }

  /// Whether a symbol has the name of a quantity of this network, which takes as many indices; t on a page is the target.
  private func isQuantity(_ symbol: TeXSymbol) -> Bool {
    guard let quantity = Quantity.named(symbol.head), scope.shape(of: symbol.head) != nil else { return false }
    return quantity.kind.extent.indexCount(in: network, layer: quantity.layer) > 0
      || symbol.indices.isEmpty && Quantity.onPages(symbol.head, ofLayer: false) == nil
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
    if isOne, isPlain || !isQuantity(symbol) { return first.meaning }
    if isQuantity(symbol) { return nil }
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

  /// Whether a letter means a column for each sample: a large one, where there is more than one.
  private func isOfSamples(_ symbol: TeXSymbol, _ kind: Quantity.Kind) -> Bool {
    scope.sampleCount > 1 && kind.isOfSample && symbol.head.last?.isUppercase == true
  }

  /// The letters that stand for quantities of two kinds, told apart by their indices, and what they are.
  func doubles(among symbols: [TeXSymbol]) -> [String: String] {
    var found: [String: String] = [:]
    for head in Set(symbols.map(\.head)) {
      let named = (indexed[head] ?? []).filter { quantity($0.meaning) != nil }
      guard Set(named.compactMap { quantity($0.meaning)?.kind }).count > 1 else { continue }
      found[head] = named.map { "\(head)_\($0.indices) is \($0.meaning)" }.joined(separator: ", ")
    }
    return found
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
    if let kind = Quantity.onPages(head, ofLayer: true), symbol.primes == 0, !redefined.contains(head) {
      guard !isOfSamples(symbol, kind) else {
        throw SyntaxError("a column for each sample is not read here: one sample's letters are small", at: range)
      }
      guard lowestLayer(of: symbol)...max(layerCount, 1) ~= number else {
        throw SyntaxError("there is no layer \(number): this network has \(counted(layerCount, "layer"))", at: range)
      }
      // Layer 0 of a is x.
      return (Quantity.named(kind.name + String(number))?.name).map { .value(.name($0)) }
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
