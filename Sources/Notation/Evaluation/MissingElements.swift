import Engine

extension Expression {
  /// Refuses an element that a quantity of this network has not, computed or not: of indices that are typed as numbers. Of the
  /// losses of a batch there are as many as `batch` says.
  package func requireElements(in scope: StateScope, batch: Int) throws(EvaluationError) {
    try Names(scope).walk(self) { (node, names) throws(EvaluationError) in
      guard case .element(let base, let indices) = node.kind else { return true }
      let places = indices.map(\.typedIndex)
      guard places.contains(where: { $0 != nil }) else { return true }
      if let name = try names.quantity(namedBy: base), Quantity.Kind.loss.isCalled(name), indices.count == 1 {
        guard let place = places[0], !(1...max(batch, 1)).contains(place) else { return true }
        throw EvaluationError(
          "the batch has \(counted(batch, "sample")): there is no loss[\(place)]", at: names.place(node.range))
      }
      guard let shape = try names.shape(of: base), shape.count > 0 else { return true }
      // An index that runs begins at the first.
      do throws(EvaluationError) {
        _ = try shape.place(places[0] ?? 1, indices.count > 1 ? places[1] ?? 1 : nil, of: base.description)
      } catch {
        throw error.located(names.place(node.range))
      }
      return true
    }
  }

  /// The shape that it has wherever it has a value; nil where that cannot be told.
  package func shape(in scope: StateScope) -> Shape? { (try? Names(scope).shape(of: self)) ?? nil }

  private var typedIndex: Int? {
    switch kind {
    case .number(let literal): Int(exactly: literal.value)
    case .unary(.minus, let operand): operand.typedIndex.map { -$0 }
    default: nil
    }
  }
}
