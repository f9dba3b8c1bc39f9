import Engine

// Which letters are the loss on a page: of those that usually are, the one that it defines, or else those that it derives.
extension PageStatement {
  /// The letters that are the loss under each heading; no entry where nothing tells which of the usual ones are.
  static func lossLetters(of statements: [PageStatement]) -> [Int: Set<String>] {
    var found: [Int: Set<String>] = [:]
    var earlier: Set<String>?
    for part in Set(statements.map(\.part)).sorted() {
      let own = statements.filter { $0.part == part }
      let derived = Set(own.flatMap(\.derivedLosses))
      if let defined = definedLoss(in: own) {
        (found[part], earlier) = (defined, defined)
      } else if let earlier, derived.isEmpty || !derived.isDisjoint(with: earlier) {
        // What is defined under one heading holds under those behind it.
        found[part] = earlier
      } else if !derived.isEmpty {
        found[part] = derived
      }
    }
    return found
  }

  /// The letters that the first definition of a loss gives it, before others of one that something is derived of; nil where
  /// there is none.
  static func definedLoss(in statements: [PageStatement]) -> Set<String>? {
    let defined = statements.compactMap(\.definedLoss)
    // `C = \max_k z_k` is derived by nothing.
    let derived = Set(statements.flatMap(\.derivedLosses))
    return defined.first { !$0.isDisjoint(with: derived) } ?? defined.first
  }

  /// The letters that it says to be something that a loss may be: `J(w) = L = -\sum_k y_k \log S_k`.
  private var definedLoss: Set<String>? {
    let nodes = sides.filter { [nil, .equal, .update].contains($0.relation) }.compactMap { try? $0.node.get() }
    guard let first = nodes.first?.called, first.isUsualLoss, nodes.dropFirst().contains(where: \.mayBeALoss) else {
      return nil
    }
    return Set(nodes.compactMap(\.called).filter(\.isUsualLoss).map(\.head))
  }

  /// The usual letters of a loss that something is derived of here.
  private var derivedLosses: [String] {
    sides.compactMap { try? $0.node.get() }.flatMap(\.all).compactMap { node in
      switch node.kind {
      case .derivative(let body, _), .gradient(let body, _):
        body.called.flatMap { $0.isUsualLoss ? $0.head : nil }
      default: nil
      }
    }
  }
}

extension TeXSymbol {
  /// Whether it is a letter that a loss usually has.
  var isUsualLoss: Bool {
    guard layer == nil, indices.isEmpty, primes == 0 else { return false }
    return Quantity.Kind.named(head) == .loss || Quantity.onPages(head, ofLayer: false) == .loss
  }
}

extension TeXNode {
  /// Whether there is a square, a norm, a logarithm or the like in it, as in every loss; what is made of another loss is none by
  /// itself: `J = L + \lambda \|w\|^2`.
  fileprivate var mayBeALoss: Bool {
    guard !all.contains(where: { $0.symbol?.isUsualLoss == true }) else { return false }
    return hasNorm
      || all.contains { node in
        switch node.kind {
        case .function(let name, _): ["log", "max", "abs"].contains(name)
        case .fold(.max, _, _): true
        default: false
        }
      }
  }
}
