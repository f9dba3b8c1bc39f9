import Engine

/// The network and the letters that the definitions on a page fix, as lines of a session: what a page calls
/// `z_k = f(\sum_j w_{kj} y_j)` is a layer.
struct GuessedNetwork {
  private var layers: [Layer] = []
  private var softmax: (output: TeXSymbol, net: TeXSymbol)?
  private var loss: (rule: String, heads: Set<String>, indices: [String: String])?
  private var hasRate = false
  /// How often letters are used as an output, as a pre-activation, and as a weight.
  private var (outputs, nets, weights): ([TeXSymbol: Int], [TeXSymbol: Int], [TeXSymbol: Int]) = ([:], [:], [:])

  /// A sum of weights times what they weigh.
  private struct Layer {
    var weight: TeXSymbol
    /// The index of its units, and that of what comes in.
    let (unit, input): (String, String)
    let from: TeXSymbol
    var bias: TeXSymbol?
    var net: TeXSymbol?
    var output: TeXSymbol?
    var activation: String?
  }

  /// The lines that build what some statements are about; nil where their definitions do not fix that.
  static func lines(of statements: [PageStatement]) -> [String]? {
    var guess = GuessedNetwork()
    for node in statements.flatMap({ $0.sides.compactMap { try? $0.node.get() } }).flatMap(\.all) {
      guess.takeUse(node)
    }
    let equations = statements.flatMap(\.neighbours)
    for (left, right) in equations { guess.takeLayer(left, right) }
    for (left, right) in equations { guess.takeActivation(left, right) }
    let losses = PageStatement.definedLoss(in: statements)
    for (left, right) in equations {
      // Where the page defines its loss, what else has a usual letter of a loss is something else: a Jacobian J.
      if let losses, let symbol = left.called, symbol.isUsualLoss, !losses.contains(symbol.head) { continue }
      guess.takeLoss(left, right)
    }
    let symbols = statements.flatMap { $0.sides.compactMap { try? $0.node.get() } }.flatMap(\.all).compactMap(\.symbol)
    guess.hasRate = symbols.contains { Quantity.onPages($0.head, ofLayer: false) == .rate }
    return guess.lines
  }

  // MARK: uses

  /// What is derived by what is its pre-activation, and so is what `f'` is taken at; a slip in one definition does no harm then.
  private mutating func takeUse(_ node: TeXNode) {
    switch node.kind {
    case .derivative(let body, let by):
      guard let output = body.symbol, let net = by.symbol, output.indices.count == 1, output.indices == net.indices,
        output.head != net.head
      else { return }
      outputs[output, default: 0] += 1
      nets[net, default: 0] += 1
    case .juxtaposed(let nodes):
      for (one, next) in zip(nodes, nodes.dropFirst()) {
        guard one.symbol?.primes == 1, case .bracketed(let parts, _) = next.kind, parts.count == 1,
          let net = parts[0].symbol, net.indices.count == 1
        else { continue }
        nets[net, default: 0] += 1
      }
    case .symbol(let symbol) where symbol.indices.count == 2: weights[symbol, default: 0] += 1
    default: break
    }
  }

  // MARK: definitions

  private mutating func takeLayer(_ left: TeXNode, _ right: TeXNode) {
    for node in right.all {
      guard var layer = GuessedNetwork.layer(node) else { continue }
      for outer in right.all {
        guard case .binary(.plus, let sum, let bias) = outer.kind, sum.stripped == node.stripped,
          let symbol = bias.symbol
        else { continue }
        layer.bias = symbol
      }
      // Which index comes first is told by most of the places.
      let turned = layer.weight.turned
      if let count = weights[turned], count > weights[layer.weight] ?? 0 { layer.weight = turned }
      if let known = layers.firstIndex(where: { $0.weight == layer.weight && $0.from == layer.from }) {
        layers[known].bias = layers[known].bias ?? layer.bias
      } else {
        layers.append(layer)
      }
    }
  }

  /// `\sum_j w_{kj} y_j`
  private static func layer(_ node: TeXNode) -> Layer? {
    guard case .fold(.sum, let ranges, let body) = node.kind, ranges.count == 1, ranges[0].condition == nil else {
      return nil
    }
    let factors = body.factors.compactMap(\.symbol)
    guard factors.count == 2, body.factors.count == 2 else { return nil }
    let index = ranges[0].index.text
    guard let weight = factors.first(where: { $0.indices.count == 2 && $0.layer == nil }),
      let from = factors.first(where: { $0.indices == [index] && $0.layer == nil }),
      let unit = weight.indices.first(where: { $0 != index }), weight.indices.contains(index)
    else { return nil }
    return Layer(weight: weight, unit: unit, input: index, from: from)
  }

  private mutating func takeActivation(_ left: TeXNode, _ right: TeXNode) {
    if let found = GuessedNetwork.softmax(left, right) { softmax = softmax ?? found }
    guard let symbol = left.symbol, symbol.indices.count == 1 else { return }
    guard let place = layers.firstIndex(where: { $0.unit == symbol.indices[0] }) else { return }
    func isNet(_ node: TeXNode) -> Bool {
      let node = node.stripped
      if let known = layers[place].net, node.symbol == known { return true }
      if case .binary(.plus, let sum, let bias) = node.kind, bias.symbol != nil { return isNet(sum) }
      guard let layer = GuessedNetwork.layer(node) else { return false }
      return [layer.weight, layer.weight.turned].contains(layers[place].weight) && layer.from == layers[place].from
    }
    if outputs[symbol] != nil { layers[place].output = symbol }
    if nets[symbol] != nil { layers[place].net = symbol }
    if isNet(right), outputs[symbol] == nil {
      layers[place].net = layers[place].net ?? symbol
      return
    }
    // What is applied to a pre-activation that is defined further down is one, too.
    let applied = right.application
    guard let applied, applied.argument.symbol.map({ $0.indices == [layers[place].unit] }) ?? isNet(applied.argument)
    else {
      return
    }
    if nets[symbol] == nil { layers[place].output = layers[place].output ?? symbol }
    layers[place].activation = layers[place].activation ?? applied.function
  }

  /// `S_i = e^{z_i} / \sum_j e^{z_j}`, whatever is wrong with its indices.
  private static func softmax(_ left: TeXNode, _ right: TeXNode) -> (output: TeXSymbol, net: TeXSymbol)? {
    guard case .binary(.over, let above, let below) = right.stripped.kind, let one = above.exponentials.first,
      case .fold(.sum, _, let body) = below.stripped.kind, let other = body.exponentials.first, one.indices.count == 1,
      one.head == other.head
    else { return nil }
    if let symbol = left.symbol, symbol.indices.count == 1 { return (symbol, one) }
    if case .juxtaposed(let nodes) = left.kind, nodes.count == 2, let symbol = nodes[0].symbol, symbol.indices.isEmpty,
      nodes[1].stripped.symbol?.head == one.head
    {
      return (symbol, one)
    }
    return nil
  }

  private mutating func takeLoss(_ left: TeXNode, _ right: TeXNode) {
    guard loss == nil, let symbol = left.called, symbol.indices.isEmpty, symbol.head.count == 1 else { return }
    let heads = Set(right.all.compactMap(\.symbol).map(\.head))
    let indices = Dictionary(
      right.all.compactMap(\.symbol).compactMap { symbol in symbol.indices.first.map { (symbol.head, $0) } },
      uniquingKeysWith: { first, _ in first })
    let calls = right.all.compactMap { node in if case .function(let name, _) = node.kind { name } else { nil } }
    if calls.count == 1, calls[0] == "log" {
      loss = ("cross-entropy", heads, indices)
    } else if calls == ["log", "log"] {
      loss = ("binary-cross-entropy", heads, indices)
    } else if calls.isEmpty, right.isHalfASquare {
      loss = ("half-squared-error", heads, indices)
    } else if calls.isEmpty, softmax == nil, right.hasSum, right.hasNorm, !right.hasFraction {
      loss = ("mean-squared-error outputs=sum", heads, indices)
    } else if let softmax, heads.contains(softmax.output.head) {
      loss = ("cross-entropy", heads, indices)
    } else if layers.contains(where: { $0.output.map { heads.contains($0.head) } ?? false }), right.hasNorm {
      loss = ("half-squared-error", heads, indices)
    }
  }

  // MARK: lines

  /// The sizes of inputs and layers, all different, so that no index fits by chance.
  private static let sizes = [3, 4, 2, 5, 6, 7, 8]

  private var lines: [String]? {
    guard let loss else { return nil }
    var lets: [String] = []
    func define(_ symbol: TeXSymbol, _ meaning: String) {
      let name = symbol.indices.isEmpty ? symbol.head : symbol.indexed
      let line = "let \(name) = \(meaning)"
      if name != meaning, !lets.contains(line) { lets.append(line) }
    }
    var dense: [String] = []
    let ordered = inOrder
    guard ordered.count == layers.count, layers.count < GuessedNetwork.sizes.count else { return nil }
    for (place, layer) in ordered.enumerated() {
      let number = place + 1
      let isLast = number == ordered.count
      let isSoftmax = isLast && softmax != nil
      let activation = isSoftmax ? "softmax" : layer.activation ?? (layer.output == nil ? "identity" : "sigmoid")
      dense.append("dense \(GuessedNetwork.sizes[number]) \(activation)\(layer.bias == nil ? " nobias" : "")")
      // Which index comes first says which way round the weights are.
      define(layer.weight, "w\(number)" + (layer.weight.indices.first == layer.unit ? "" : "'"))
      if let bias = layer.bias { define(bias, "b\(number)") }
      if let net = layer.net ?? (isSoftmax ? softmax?.net : nil) { define(net, "net\(number)") }
      if let output = layer.output { define(output, "a\(number)") }
      if number == 1, layer.from.head != "x" { define(layer.from, "x") }
    }
    if let softmax {
      if dense.isEmpty { dense = ["dense \(GuessedNetwork.sizes[1]) softmax"] }
      var (net, output) = (softmax.net, softmax.output)
      (net.indices, output.indices) = ([], [])
      define(net, "net\(dense.count)")
      define(output, "a\(dense.count)")
    }
    guard !dense.isEmpty else { return nil }
    let outputs = GuessedNetwork.sizes[dense.count]
    // The target is what the loss holds against the outputs.
    let own = Set([ordered.last?.output?.head, softmax?.output.head, softmax?.net.head].compactMap { $0 })
    for head in loss.heads.subtracting(own).sorted()
    where head.count == 1 && head != "e" && head.first?.isLetter == true {
      // Some letters are names here already: with an index they are not.
      let isHidden = ordered.contains { $0.output?.head == head }
      // A letter without an index beside others that have one counts something: the N of 1/N.
      guard head != "y" || isHidden, loss.indices.isEmpty || loss.indices[head] != nil,
        let index = ordered.last?.unit ?? loss.indices[head]
      else { continue }
      define(TeXSymbol(head: head, indices: [index]), "y")
    }
    let targets = (1...outputs).map { $0 == 1 ? "1" : "0" }.joined(separator: " ")
    let inputs = GuessedNetwork.inputs.prefix(GuessedNetwork.sizes[0]).joined(separator: " ")
    return ["input \(GuessedNetwork.sizes[0])"] + dense
      + ["loss \(loss.rule)"] + (hasRate ? [] : [Page.Reading.lineWithoutRate])
      + ["init uniform low=-1 high=1 seed=1", "sample \(inputs) -> \(targets)"] + lets
  }

  private static let inputs = ["0.5", "-0.3", "0.8"]

  /// The layers from the inputs on.
  private var inOrder: [Layer] {
    var rest = layers
    var ordered: [Layer] = []
    while let next = rest.firstIndex(where: { layer in
      ordered.last.map { $0.unit == layer.input } ?? !rest.contains { $0.unit == layer.input }
    }) {
      ordered.append(rest.remove(at: next))
    }
    return ordered
  }
}
