import Engine

/// A place where an index stands bare, and how far it can run there.
struct Extent {
  let count: Int
  /// What is indexed, with its indices: `w2[k,j]`.
  let text: String
  /// Where that stands.
  let range: Range<Int>
  /// What it counts: `outputs`.
  let noun: Text
}

extension Names {
  /// The places in an expression where an index stands bare, seen through lets, `at`, `old` and quotes. Only those count
  /// that the index reaches: a sum over the same name takes it for itself.
  func extents(of index: String, in expression: Expression) throws(EvaluationError) -> [Extent] {
    try visit(expression)
    switch expression.kind {
    case .name(let name, _):
      guard name != index, case .definition(let definition, let inner) = try meaning(of: name, at: expression.range)
      else {
        return []
      }
      return try inner.extents(of: index, in: definition)
    case .fold(_, let own, let bounds, let body):
      var found: [Extent] = []
      for end in [bounds?.first, bounds?.last] {
        if let end { found += try extents(of: index, in: end) }
      }
      return own == index ? found : found + (try binding(own, slot: 0).extents(of: index, in: body))
    case .element(let base, let indices):
      var found = try extents(of: index, in: base)
      for (axis, place) in indices.enumerated() {
        if place.kind == .name(index, version: nil) {
          if let extent = try extent(along: axis, of: indices.count, base, expression) { found.append(extent) }
        } else {
          found += try extents(of: index, in: place)
        }
      }
      return found
    default:
      var found: [Extent] = []
      for child in expression.children { found += try extents(of: index, in: child) }
      return found
    }
  }

  /// The extents that a typed range is held against: those of what it indexes, and of `sample` the batch.
  func extentsOfRange(of index: String, in body: Expression) throws(EvaluationError) -> [Extent] {
    let batch = Extent(count: scope.sampleCount, text: index, range: place(body.range), noun: "samples")
    return try extents(of: index, in: body) + (index == "sample" ? [batch] : [])
  }

  /// Whether an index is used at all, bare or not.
  func uses(_ index: String, in expression: Expression) throws(EvaluationError) -> Bool {
    try visit(expression)
    if case .name(let name, _) = expression.kind {
      if name == index { return true }
      guard case .definition(let definition, let inner) = try meaning(of: name, at: expression.range) else {
        return false
      }
      return try inner.uses(index, in: definition)
    }
    for child in expression.children {
      if case .fold(_, index, _, child) = expression.kind { continue }
      if try uses(index, in: child) { return true }
    }
    return false
  }

  private func extent(
    along axis: Int, of indexCount: Int, _ base: Expression, _ element: Expression
  ) throws(EvaluationError) -> Extent? {
    let (name, text) = (quantity(base), element.description)
    if name == "loss", indexCount == 1 {
      return Extent(count: scope.sampleCount, text: text, range: place(element.range), noun: "samples")
    }
    guard let shape = try shape(of: base) else { return nil }
    let isRow = indexCount == 1 && shape.rows == 1
    let count = axis == 0 && !isRow ? shape.rows : shape.columns
    let noun = name.map { scope.unitNoun(of: $0, axis: isRow ? 1 : axis) } ?? ("elements" as Text)
    return Extent(count: count, text: text, range: place(element.range), noun: noun)
  }

  /// The quantity that is indexed, where it is read as it is.
  private func quantity(_ base: Expression) -> String? {
    switch base.kind {
    case .name(let name, _):
      if let definition = indices[name] == nil ? scope.definition(of: name) : nil {
        if case .name(let alias, _) = definition.kind { return Quantity.named(alias)?.name }
        return nil
      }
      return Quantity.named(name)?.name
    case .old(let inner), .at(_, let inner): return quantity(inner)
    default: return nil
    }
  }

  /// The range 1…count of an index that runs through some expressions; nil where it stands nowhere bare.
  /// - Throws: where two places give it different ends; the message names both.
  func agreedExtent(of index: String, in expressions: [Expression]) throws(EvaluationError) -> Extent? {
    var all: [Extent] = []
    for expression in expressions { all += try extents(of: index, in: expression) }
    guard let first = all.first else { return nil }
    if let odd = all.first(where: { $0.count != first.count }) {
      throw EvaluationError(
        "\(index) runs to \(first.count) in \(first.text) (\(first.noun)) but to \(odd.count) in \(odd.text) (\(odd.noun))",
        at: odd.range)
    }
    return first
  }
}
