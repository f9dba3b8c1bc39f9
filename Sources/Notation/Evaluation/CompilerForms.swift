// The forms that run through indices, steps and samples.
extension Compiler {
  /// Code for `sum(k, …)` and its kin.
  func compile(
    _ fold: Fold, _ index: String, _ bounds: Expression.Bounds?, _ body: Expression, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    let ends = try ends(fold, index, bounds, body, range, names)
    let slot = slot()
    let before = tally.nodes
    let isSample = index == Fold.overBatch
    let inner = (isSample ? names.elsewhere : names).binding(index, slot: slot)
    if fold == .sum, order == .inLanes, case .binary(.times, let left, let right) = body.kind {
      if bounds == nil, let whole = try rowTimesColumn(left, right, index, inner, range) { return whole }
      return dot(try compile(left, inner), try compile(right, inner), slot, ends)
    }
    let product: Term? =
      if fold == .sum || fold == .mean, order != .plain { try productTerm(body, inner, range) } else { nil }
    let term: Term = if let product { product } else { self.term(fold, try compile(body, inner)) }
    // What stands around it does not depend on its index.
    tally.reads.remove(slot)
    let cost = tally.nodes - before
    return { evaluation throws(EvaluationError) in
      do throws(EvaluationError) {
        let ends = try ends(evaluation)
        try evaluation.charge(ends.count, cost)
        var total: Value<N>?
        let areMany = isSample && ends.count > BoundScope<N>.maximumChildren.all
        for place in ends {
          evaluation.indices[slot] = place
          let before = total
          if areMany {
            total = try evaluation.passing(sample: place - 1) { () throws(EvaluationError) in
              try term(evaluation, before)
            }
          } else if isSample {
            total = try evaluation.with(.sample(place - 1)) { () throws(EvaluationError) in
              try term(evaluation, before)
            }
          } else {
            total = try term(evaluation, before)
          }
        }
        return try fold.finished(total, count: ends.count)
      } catch {
        throw error.located(range)
      }
    }
  }

  /// Takes a term to those before it.
  private typealias Term = (Evaluation<N>, _ before: Value<N>?) throws(EvaluationError) -> Value<N>

  private func term(_ fold: Fold, _ code: @escaping Code<N>) -> Term {
    let rule: (N, N) throws(EvaluationError) -> N = fold.rule()
    return { (evaluation, before) throws(EvaluationError) in
      let part = try code(evaluation)
      guard let before else { return part }
      return try .eachWith(before, part, fold.rawValue, rule)
    }
  }

  /// A term that is a product, which goes into the sum fused; nil of any other.
  private func productTerm(_ body: Expression, _ names: Names, _ range: Range<Int>) throws(EvaluationError) -> Term? {
    guard case .binary(.times, let left, let right) = body.kind else { return nil }
    let zeroWins = names.scope.zeroTargetsWin ? try names.isOfTargets(left) : false
    let (a, b) = (try compile(left, names), try compile(right, names))
    tally.nodes += 1
    let place = names.place(body.place)
    var factors: (Value<N>, Value<N>)?
    // Of matrices the product is the ordinary one, of what was worked out already.
    let product = operation(
      .times, { _ in factors?.0 ?? .number(N(0)) }, { _ in factors?.1 ?? .number(N(0)) }, place, zeroWins: zeroWins)
    return { (evaluation, before) throws(EvaluationError) in
      let (x, y) = (try a(evaluation), try b(evaluation))
      if case .number(let p) = x, case .number(let q) = y, !(zeroWins && p.isZero) {
        if case .number(let sum)? = before { return .number(.fused(p, q, plus: sum)) }
        if before == nil { return .number(p * q) }
      }
      factors = (x, y)
      let part = try product(evaluation)
      guard let before else { return part }
      return try .eachWith(before, part, "sum", +)
    }
  }

  /// A sum of products whose factors lie side by side: `w[k,j] * a[j]` over j, of a quantity's row and another's column.
  private func rowTimesColumn(
    _ left: Expression, _ right: Expression, _ index: String, _ names: Names, _ range: Range<Int>
  ) throws(EvaluationError) -> Code<N>? {
    guard case .element(let matrix, let places) = left.kind, case .element(let column, let own) = right.kind,
      places.count == 2, own.count == 1, places[1] == .name(index), own[0] == .name(index), places[0] != .name(index),
      case .name = matrix.kind, case .name = column.kind
    else { return nil }
    let (a, b) = (try compile(matrix, names), try compile(column, names))
    let row = try self.index(places[0], names)
    return { evaluation throws(EvaluationError) in
      try located(range) { () throws(EvaluationError) in
        let (left, right, place) = (try a(evaluation), try b(evaluation), try row(evaluation))
        let count = left.shape.columns
        guard right.count == count, (1...max(left.shape.rows, 1)).contains(place) else {
          throw EvaluationError("\(index) runs to \(count) in one factor, to \(right.count) in the other")
        }
        try evaluation.charge(1 + count / 8)
        return left.withElements { left in
          right.withElements { right in .number(N.dot(left + (place - 1) * count, right, count: count)) }
        }
      }
    }
  }

  /// A sum of products as the core takes that of a layer's net.
  private func dot(
    _ left: @escaping Code<N>, _ right: @escaping Code<N>, _ slot: Int,
    _ ends: @escaping (Evaluation<N>) throws(EvaluationError) -> Range<Int>
  ) -> Code<N> {
    tally.reads.remove(slot)
    return { evaluation throws(EvaluationError) in
      var (a, b): ([N], [N]) = ([], [])
      for place in try ends(evaluation) {
        evaluation.indices[slot] = place
        guard let x = try left(evaluation).number, let y = try right(evaluation).number else {
          throw EvaluationError("a sum of products of numbers was expected")
        }
        a.append(x)
        b.append(y)
      }
      return .number(
        a.withUnsafeBufferPointer { a in
          b.withUnsafeBufferPointer { b in
            guard let first = a.baseAddress, let second = b.baseAddress else { return N(0) }
            return N.dot(first, second, count: a.count)
          }
        })
    }
  }

  /// The range that an index runs through.
  private func ends(
    _ fold: Fold, _ index: String, _ bounds: Expression.Bounds?, _ body: Expression, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> (Evaluation<N>) throws(EvaluationError) -> Range<Int> {
    let inner = names.binding(index, slot: 0)
    guard let bounds else {
      if index == Fold.overBatch { return { 1..<max($0.binding.scope.sampleCount, 0) + 1 } }
      var extent = try inner.agreedRange(of: index, in: [body])
      if extent == nil { extent = try inner.intended(index, in: body) }
      guard let extent else {
        if let reason = try inner.whyNoRange(of: index, in: [body]) { throw reason }
        throw EvaluationError(
          try inner.uses(index, in: body)
            ? "\(index) has no range: it stands nowhere bare as an index; write \(index)=1..N"
            : "\(index) is not used in \(fold.rawValue)(\(index), …), so it has no range; with one, write \(index)=1..N",
          at: names.place(range))
      }
      let ends = 1..<max(extent.count, 0) + 1
      return { _ in ends }
    }
    func end(_ expression: Expression) throws(EvaluationError) -> IndexCode<N> {
      try self.index(expression, names) {
        EvaluationError("a range goes from one whole number to another, not to \($0.text)")
      }
    }
    let (first, last) = (try end(bounds.first), try end(bounds.last))
    let shortest = try inner.rangesHeldAgainst(of: index, in: body).min { $0.count < $1.count }
    return { evaluation throws(EvaluationError) in
      let (from, to) = (try first(evaluation), try last(evaluation))
      guard let shortest, from <= to, from < 1 || to > shortest.count else { return from..<max(from, to + 1) }
      // What is indexed beyond its end does not exist. It adds nothing to a sum, and a lint says so.
      guard fold == .sum else {
        throw EvaluationError(
          "\(index) indexes \(shortest.count) \(shortest.noun), the \(fold.rawValue) says \(from)..\(to)")
      }
      let start = max(from, 1)
      return start..<max(start, min(to, shortest.count) + 1)
    }
  }

  /// Code for `old(…)`.
  func compile(old body: Expression, _ names: Names) throws(EvaluationError) -> Code<N> {
    let code = try compile(body, names.elsewhere)
    return { evaluation throws(EvaluationError) in
      try evaluation.with(.forward) { () throws(EvaluationError) in try code(evaluation) }
    }
  }
}
