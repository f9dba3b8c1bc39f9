import Engine

/// Both sides of a claim in more digits than a double has: what a witness is found by.
package struct Separation: Equatable, Sendable {
  /// An element at which the sides are different, whatever rounding did; nil where they could be told apart at none.
  package let apart: Apart?
  /// Whether the formulas, worked out so, give the numbers that are on show; nil where that could be told of none.
  package let agreesWithDoubles: Bool?
  /// Whether all elements could be worked out.
  package let isComplete: Bool

  /// Where two sides differ.
  package struct Apart: Equatable, Sendable {
    /// The element and both values.
    package let difference: Agreement.Difference
    /// By how much they differ at least.
    package let gap: Double
  }
}

extension Claim {
  /// Works out both sides at a state in pairs of doubles with an error bound, every quantity by its operation's formula. It
  /// goes through so many values of the free indices, evenly spaced where there are more.
  /// - Throws: where the claim means nothing there.
  package func separation(in scope: StateScope, elements most: Int = .max) throws(EvaluationError) -> Separation {
    let cache = FormulaCache()
    let result = FormulaCache.$current.withValue(cache) { () -> Result<Separation, EvaluationError> in
      do throws(EvaluationError) { return .success(try told(in: scope, most)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  private func told(in scope: StateScope, _ most: Int) throws(EvaluationError) -> Separation {
    let unfolding = Unfolding<Ball>(
      scope, UnfoldedEquations(scope), NumbersOfState(base: scope, rounded: quantitiesSet), mostWork: Budget.most)
    let unfolded = UnfoldedScope(unfolding)
    let (exact, plain) = (try compiled(in: unfolded), try compiled(in: scope))
    let (balls, doubles) = (try exact.evaluation(in: unfolded), try plain.evaluation(in: scope))
    var apart: Separation.Apart?
    var agrees: Bool?
    var isComplete = true
    for place in stride(from: 0, to: exact.count, by: max(exact.count / max(most, 1), 1)) where agrees != false {
      do throws(EvaluationError) {
        guard let shown = try plain.sides(at: place, doubles), let told = try exact.sides(at: place, balls) else {
          continue
        }
        for (ball, double) in [(told.left, shown.left), (told.right, shown.right)] {
          agrees = (agrees ?? true) && ball.isNear(double)
        }
        if apart == nil { apart = Claim.apart(told.left, told.right) { exact.indices(balls) } }
      } catch {
        guard error.lack != nil else { throw error }
        isComplete = false
      }
    }
    return Separation(apart: agrees == false ? nil : apart, agreesWithDoubles: agrees, isComplete: isComplete)
  }

  /// The quantities that `with` sets.
  private var quantitiesSet: Set<Quantity> {
    Set(
      substitutions.compactMap { substitution in
        let base = if case .element(let base, _) = substitution.quantity.kind { base } else { substitution.quantity }
        return if case .name(let name, version: nil) = base.kind { Quantity.named(name) } else { nil }
      })
  }

  private static func apart(
    _ left: Value<Ball>, _ right: Value<Ball>, at indices: () -> [Agreement.Index]
  ) -> Separation.Apart? {
    guard left.shape == right.shape else { return nil }
    for place in 0..<left.count {
      let gap = Ball.gap(left[place], right[place])
      guard gap > 0 else { continue }
      let (row, column) = place.quotientAndRemainder(dividingBy: max(left.shape.columns, 1))
      let difference = Agreement.Difference(
        indices: indices(), element: left.count == 1 ? nil : .init(row: row + 1, column: column + 1),
        left: left[place].middle.high, right: right[place].middle.high)
      return .init(difference: difference, gap: gap)
    }
    return nil
  }
}

extension Value<Ball> {
  /// Whether doubles are these numbers but for what was rounded. What has no value in doubles says nothing.
  fileprivate func isNear(_ doubles: Value<Double>) -> Bool {
    guard shape == doubles.shape else { return false }
    return (0..<count).allSatisfy { place in
      let (ball, double) = (self[place], doubles[place])
      guard double.isFinite else { return true }
      return abs(ball.middle.high - double) <= ball.radius + 1e-6 * max(1, abs(double))
    }
  }
}
