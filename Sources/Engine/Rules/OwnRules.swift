// Rules that a session makes for itself. What they compute comes from above; here they become rows like those of the tables.

extension Activation {
  /// A row that a session made: each unit by itself, without settings.
  /// - Parameters:
  ///   - source: what was typed to make it, by which it is told from another one of the same name.
  ///   - formula: f(net), over `net`.
  ///   - derivativeFormula: f′(net), over `net`.
  ///   - values: f of a run of pre-activations.
  ///   - slopes: f′ of a run of pre-activations.
  package static func own(
    _ name: String, from source: String, _ meaning: Text, _ formula: String, derivative derivativeFormula: String,
    values: @escaping @Sendable (_ net: UnsafePointer<Double>, _ a: UnsafeMutablePointer<Double>, _ count: Int) -> Void,
    slopes:
      @escaping @Sendable (_ net: UnsafePointer<Double>, _ slope: UnsafeMutablePointer<Double>, _ count: Int) -> Void
  ) -> Activation {
    Activation(
      name: name, aliases: [], meaning: meaning, settings: [], source: source, formula: formula, computedFormula: nil,
      derivativeFormula: derivativeFormula, range: -.infinity ... .infinity, between: nil,
      values: { net, a, count, _ in values(net, a, count) },
      slopes: { net, _, slope, count, _ in slopes(net, slope, count) },
      jacobian: { net, _, i, k, _ in
        guard i == k else { return 0 }
        var slope = 0.0
        slopes(net + i, &slope, 1)
        return slope
      },
      pullBack: nil)
  }
}

extension Loss {
  /// A row that a session made: the terms of the outputs, added.
  /// - Parameters:
  ///   - source: what was typed to make it, by which it is told from another one of the same name.
  ///   - formula: the whole, over the columns `y` and `a`.
  ///   - termFormula: one output's term, over its `y` and `a`.
  ///   - derivativeFormula: ∂term/∂a, over the same.
  ///   - terms: the terms of a run of outputs.
  ///   - slopes: ∂term/∂a of a run of outputs.
  package static func own(
    _ name: String, from source: String, _ meaning: Text, _ formula: String, term termFormula: String,
    derivative derivativeFormula: String,
    terms:
      @escaping @Sendable (
        _ y: UnsafePointer<Double>, _ a: UnsafePointer<Double>, _ terms: UnsafeMutablePointer<Double>, _ count: Int
      ) -> Void,
    slopes:
      @escaping @Sendable (
        _ y: UnsafePointer<Double>, _ a: UnsafePointer<Double>, _ slopes: UnsafeMutablePointer<Double>, _ count: Int
      ) -> Void
  ) -> Loss {
    Loss(
      name: name, source: source, meaning: meaning, formula: formula, termFormula: termFormula,
      derivativeFormula: derivativeFormula,
      sum: { y, a, count, _ in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { room in
          guard let start = room.baseAddress else { return 0 }
          start.initialize(repeating: 0, count: count)
          terms(y, a, start, count)
          var sum = 0.0
          for k in 0..<count { sum += start[k] }
          return sum
        }
      },
      slopes: { y, a, slope, count, _ in slopes(y, a, slope, count) })
  }
}
