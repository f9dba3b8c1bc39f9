/// Values that were put in by hand in place of what an operation computes, in one iteration: an output gradient that a course
/// gives, a gradient for the test of an optimizer, somebody's own δ. What follows uses them.
package struct Injection: Equatable, Sendable {
  /// The quantity, which an operation of the iteration computes.
  package let quantity: Quantity
  /// The sample of the batch that it belongs to, from 0; nil of what belongs to none.
  package let sample: Int?
  /// Each element's value by its place, row by row from 0.
  package private(set) var values: [Int: Double]

  /// Values by their places, row by row from 0.
  package init(_ quantity: Quantity, sample: Int?, values: [Int: Double]) {
    (self.quantity, self.sample, self.values) = (quantity, sample, values)
  }

  /// Values of all places.
  package init(_ quantity: Quantity, sample: Int?, all values: some Sequence<Double>) {
    self.init(
      quantity, sample: sample,
      values: Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0.offset, $0.element) }))
  }

  /// Puts it beside others; of one place the last value counts.
  package func added(to others: [Injection]) -> [Injection] {
    var all = others
    guard let place = all.firstIndex(where: { $0.quantity == quantity && $0.sample == sample }) else {
      return all + [self]
    }
    all[place].values.merge(values) { _, new in new }
    return all
  }
}

extension Quantity {
  /// The quantity whose numbers it shows: `out` is the last layer's `a`.
  package func kept(in network: Network) -> Quantity {
    kind.lastLayersKind.map { Quantity($0, network.layers.count) } ?? self
  }
}

extension Quantity.Kind {
  /// Whether a value may be put in by hand in place of what an operation computes.
  package var isInjectable: Bool {
    if case .computed = row.source { true } else { lastLayersKind?.isInjectable ?? false }
  }
}

extension State {
  /// Puts in what was given by hand for some units of an operation that has just computed them.
  mutating func inject(after operation: Operation, _ units: Range<Int>) {
    for injection in injections where injection.quantity == operation.quantity {
      guard let start = workspace.place(of: injection.quantity), let shape = shape(of: injection.quantity),
        injection.sample ?? 0 < max(batch.count, 1)
      else { continue }
      let first = (injection.sample ?? 0) * shape.rows * shape.columns
      for (place, value) in injection.values where units.contains(place / max(shape.columns, 1)) {
        guard place < shape.rows * shape.columns else { continue }
        start[first + place] = value
      }
    }
  }

  /// Whether an element of a quantity was put in by hand in this iteration, and is there; `sample` is an index into the
  /// batch, the one on show where it is nil.
  package func isInjected(_ quantity: Quantity, row: Int, column: Int, sample: Int? = nil) -> Bool {
    guard !injections.isEmpty else { return false }
    let kept = quantity.kept(in: experiment.network)
    guard let shape = shape(of: kept), computedUnits(of: kept).map({ $0 > row }) ?? true else { return false }
    let slot = kept.kind.isOfSample ? sample ?? selected : nil
    return injections.contains {
      $0.quantity == kept && $0.sample == slot && $0.values[row * shape.columns + column] != nil
    }
  }

  /// The quantities of which something was put in by hand in this iteration.
  package var injected: Set<Quantity> { Set(injections.map(\.quantity)) }
}

extension Timeline {
  /// Puts values in by hand, as a change: at their place of the iteration that the place is in, or of the next one where that
  /// is over; the steps from their place on to here are taken again with them.
  package mutating func inject(_ injection: Injection) {
    change(with: injection) { _, _ in }
  }

  /// Whether the iteration on show is over, so that a change counts for the one to come.
  package var isBetweenIterations: Bool { state.isAtEnd && !state.program.operations.isEmpty }
}
