import Engine

/// A place where an index stands bare, and how far it can run there.
struct IndexRange {
  let count: Int
  /// What is indexed, with its indices: `w2[k,j]`.
  let text: String
  /// Where that stands.
  let range: Range<Int>
  /// What it counts: `outputs`.
  let noun: Text
  /// The quantity that is indexed there, and along which axis, where it is read as it is.
  var quantity: (name: String, axis: Int)?
}

extension Names {
  /// The places in an expression where an index stands bare, seen through lets, `at`, `old` and quotes. Only those count
  /// that the index reaches: a sum over the same name takes it for itself.
  func ranges(of index: String, in expression: Expression) throws(EvaluationError) -> [IndexRange] {
    var found: [IndexRange] = []
    try looking(for: index).walk(expression) { (node, names) throws(EvaluationError) in
      guard names.isLooked(for: index), case .element(let base, let indices) = node.kind else { return true }
      for (axis, place) in indices.enumerated() where place.kind == .name(index, version: nil) {
        if let extent = try names.extent(along: axis, of: indices.count, base, node) { found.append(extent) }
      }
      return true
    }
    return found
  }

  /// The extents that a typed range is held against: those of what it indexes, and of `sample` the batch.
  func rangesHeldAgainst(of index: String, in body: Expression) throws(EvaluationError) -> [IndexRange] {
    let batch = IndexRange(count: scope.sampleCount, text: index, range: place(body.range), noun: "samples")
    return try ranges(of: index, in: body) + (index == Fold.overBatch ? [batch] : [])
  }

  /// Whether an index is used at all, bare or not.
  func uses(_ index: String, in expression: Expression) throws(EvaluationError) -> Bool {
    var isUsed = false
    try looking(for: index).walk(expression) { (node, names) throws(EvaluationError) in
      if case .name(index, _) = node.kind, names.isLooked(for: index) { isUsed = true }
      return !isUsed
    }
    return isUsed
  }

  /// The slot of an index that is only looked for, so that it can be told from one of that name inside.
  private static let looked = -1

  private func looking(for index: String) -> Names { binding(index, slot: Names.looked) }

  private func isLooked(for index: String) -> Bool { indices[index] == Names.looked }

  private func extent(
    along axis: Int, of indexCount: Int, _ base: Expression, _ element: Expression
  ) throws(EvaluationError) -> IndexRange? {
    let (name, text) = (quantity(base), element.description)
    if let name, Quantity.Kind.loss.isCalled(name), indexCount == 1 {
      return IndexRange(count: scope.sampleCount, text: text, range: place(element.range), noun: "samples")
    }
    guard let shape = try shape(of: base) else { return nil }
    let isRow = indexCount == 1 && shape.rows == 1
    let count = axis == 0 && !isRow ? shape.rows : shape.columns
    let noun = name.map { scope.unitNoun(of: $0, axis: isRow ? 1 : axis) } ?? ("elements" as Text)
    return IndexRange(
      count: count, text: text, range: place(element.range), noun: noun, quantity: name.map { ($0, isRow ? 1 : axis) })
  }

  /// The quantity that is indexed, where it is read as it is.
  private func quantity(_ base: Expression) -> String? {
    switch base.kind {
    case .name(let name, _):
      if arguments[name] != nil { return nil }
      if let definition = indices[name] == nil ? scope.definition(of: name) : nil {
        if case .name(let alias, _) = definition.kind { return Quantity.named(alias)?.name }
        return nil
      }
      return Quantity.named(name)?.name
    case .old(let inner), .at(_, let inner): return quantity(inner)
    default: return nil
    }
  }

  /// Why an index that stands bare in some expressions has no range there: what it indexes first has no meaning here.
  func whyNoRange(of index: String, in expressions: [Expression]) throws(EvaluationError) -> EvaluationError? {
    var reason: EvaluationError?
    for expression in expressions {
      try looking(for: index).walk(expression) { (node, names) throws(EvaluationError) in
        guard reason == nil, names.isLooked(for: index), case .element(let base, let indices) = node.kind,
          indices.contains(where: { $0.kind == .name(index, version: nil) })
        else { return reason == nil }
        try names.walk(base) { (inner, names) throws(EvaluationError) in
          if reason == nil, case .name(let name, _) = inner.kind,
            case .unknown = try names.meaning(of: name, at: inner.range)
          {
            reason = EvaluationError(names.complaint(name), at: names.place(inner.range))
          }
          return reason == nil
        }
        return reason == nil
      }
    }
    return reason
  }

  /// The range 1…count of an index that runs through some expressions; nil where it stands nowhere bare.
  /// - Throws: where two places give it different ends; the message names both.
  func agreedRange(of index: String, in expressions: [Expression]) throws(EvaluationError) -> IndexRange? {
    var all: [IndexRange] = []
    for expression in expressions { all += try ranges(of: index, in: expression) }
    guard let first = all.first else { return nil }
    if let odd = all.first(where: { $0.count != first.count }) {
      throw EvaluationError(
        "\(index) runs to \(first.count) in \(first.text) (\(first.noun)) but to \(odd.count) in \(odd.text) (\(odd.noun))",
        at: odd.range)
    }
    return first
  }
}
