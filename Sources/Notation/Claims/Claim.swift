import Engine

/// An equation as it is claimed: `LEFT = RIGHT [where CONDITION] [with QUANTITY = EXPR]`. Indices that nothing binds are
/// free and run over their extents.
package struct Claim: Equatable, Sendable {
  /// What stands left of `=`.
  package fileprivate(set) var left: Expression
  /// What stands right of it.
  package fileprivate(set) var right: Expression
  /// What the free indices have to fulfil.
  package fileprivate(set) var condition: Expression?
  /// What `=` allows; its own rule where nothing was said.
  package var tolerance: Tolerance?
  /// By what the two sides are compared, element by element.
  package var sign = BinaryOperator.near
  /// Whether it was written as a comparison, and no equation.
  package var isExpected = false
  /// Whether it goes on with a line before, so that its left side is not its own.
  package var goesOn = false
  /// What is set before the claim is tried, in order.
  package fileprivate(set) var substitutions: [Substitution] = []

  /// `with y = y / sum(y)`
  package struct Substitution: Equatable, Sendable {
    /// The quantity, or an element of it.
    package let quantity: Expression
    /// What it is set to.
    package let value: Expression
  }

  /// Two sides and nothing more.
  package init(_ left: Expression, _ right: Expression) {
    self.left = left
    self.right = right
  }

  /// The claim with both sides read another way; nil where a side cannot be read so.
  package func reading(_ read: (Expression) -> Expression?) -> Claim? {
    guard let left = read(left), let right = read(right) else { return nil }
    var claim = self
    (claim.left, claim.right) = (left, right)
    return claim
  }

  /// The claim with another side.
  package func with(left: Expression? = nil, right: Expression? = nil) -> Claim {
    var claim = self
    (claim.left, claim.right) = (left ?? self.left, right ?? self.right)
    return claim
  }

  /// The claim where a further condition holds.
  package func restricted(to condition: Expression) -> Claim {
    var claim = self
    claim.condition = self.condition.map { Expression(.binary(.and, $0, condition)) } ?? condition
    return claim
  }

  /// The claim with something set before.
  package func setting(_ quantity: Expression, to value: Expression) -> Claim {
    var claim = self
    claim.substitutions.append(Substitution(quantity: quantity, value: value))
    return claim
  }

  /// The claim under what another one is under too: that one's condition holds, and what it sets is set before.
  func under(_ other: Claim) -> Claim {
    var claim = self
    claim.substitutions = other.substitutions + substitutions
    if let first = other.condition {
      claim.condition = condition.map { Expression(.binary(.and, first, $0)) } ?? first
    }
    return claim
  }

  /// All of it, as it is typed.
  package var typed: String { "\(left) = \(right)\(clauses())" }

  /// What stands behind its sides, as it is typed: ` where i != k with y = y / sum(y)`; only what another one before it does
  /// not have, where one is given.
  package func clauses(after other: Claim? = nil) -> String {
    let own = condition == other?.condition ? nil : condition
    let set = substitutions.dropFirst(other?.substitutions.count ?? 0)
    return (own.map { " where \($0)" } ?? "")
      + (set.isEmpty ? "" : " with " + set.map { "\($0.quantity) = \($0.value)" }.joined(separator: ", "))
  }

  /// Half a unit of the last digit of the numbers that a side is typed as, of the coarsest of them; nil where neither side
  /// is typed as numbers, or one of them has fewer than three decimals, which is meant as it stands.
  package var coarsestHalfUnit: Double? {
    guard let half = [left, right].compactMap({ $0.halfUnits?.elements.max() }).max(), half < 1e-3 else { return nil }
    return half
  }

  /// Parses a whole text.
  package static func parse(_ text: String) throws(SyntaxError) -> Claim {
    var parser = try Parser(text)
    let claim = try parser.claim()
    try parser.expectEnd()
    return claim
  }

  /// The lints of both sides and of the condition.
  package func lints(in scope: StateScope) -> [Lint] {
    guard let free = try? freeNames(scope) else { return [] }
    return ([left, right] + (condition.map { [$0] } ?? [])).flatMap { (try? free.names.lints($0)) ?? [] }
  }

  /// The indices that nothing binds, in the order in which they are met.
  /// - Throws: where one has no range.
  package func freeIndices(in scope: StateScope) throws(EvaluationError) -> [String] {
    try freeNames(scope).free.map(\.name)
  }

  /// The same, where every name in it means something.
  /// - Throws: where one does not, or an index has no range.
  package func freeIndicesAmongKnownNames(in scope: StateScope) throws(EvaluationError) -> [String] {
    try compiled(in: scope).free.map(\.name)
  }

  /// Compares both sides, for every value of the free indices that fulfils the condition. `=` is `~=`, within the tolerance
  /// where one is given; sides of different shapes do not agree. `maximumWork` is how many operations on numbers it may
  /// take, where that is fewer than any expression may; `allowingForDigits` counts numbers that are typed as right within half
  /// a unit of their last digit; `leavingOutUndefined` leaves out elements at which a side has no finite value,
  /// and `stoppingAtFirstWrong` compares no further than to the first that does not agree. `prepared` is what one evaluation
  /// leaves to the next, at the same place of the same network.
  /// - Throws: `EvaluationError` where a side has no value, an index has no range or two, or it is too much work.
  package func evaluate(
    in scope: StateScope, maximumWork: Int? = nil, allowingForDigits: Bool = false,
    leavingOutUndefined: Bool = false, stoppingAtFirstWrong: Bool = false, prepared: PreparedClaim? = nil
  ) throws(EvaluationError) -> Agreement {
    var rule = Agreement.Rule(sign, tolerance: tolerance?.amount)
    rule.leavesOutUndefined = leavingOutUndefined
    if allowingForDigits || tolerance == .digits {
      let fitting = fitted(in: scope)
      rule.halfUnits = (fitting.left.halfUnits, fitting.right.halfUnits)
    }
    return try agreement(
      in: scope, by: rule, maximumWork: maximumWork ?? Budget.most, stoppingAtFirstWrong: stoppingAtFirstWrong,
      prepared: prepared)
  }

  /// The claim as it is read here: a side that is given the other way round than the other one, as a row for a column or in
  /// another layout of weights, is transposed.
  package func fitted(in scope: StateScope) -> Claim {
    guard let names = try? freeNames(scope).names, let turned = try? names.turned(.near, left, right),
      turned.left || turned.right
    else { return self }
    var claim = self
    claim.left = turned.left ? left.transposed : left
    claim.right = turned.right ? right.transposed : right
    return claim
  }

  func agreement<S: Scope>(
    in scope: S, by rule: Agreement.Rule = Agreement.Rule(), maximumWork: Int = Budget.most,
    stoppingAtFirstWrong: Bool = false, prepared: PreparedClaim? = nil
  ) throws(EvaluationError) -> Agreement where S.N == Double {
    let compiled = if let known = prepared?.compiled { known } else { try compiled(in: scope) }
    let evaluation = try compiled.evaluation(in: scope, maximumWork: maximumWork)
    evaluation.binding.equations = prepared?.equations
    defer { prepared?.keep(compiled, evaluation.binding.equations) }
    var agreement = Agreement()
    try compiled.eachSides(evaluation) { left, right, indices in
      agreement.compare(left.matrix, right.matrix, by: rule, at: indices())
      return agreement.shapes == nil && !(stoppingAtFirstWrong && agreement.wrongCount > 0)
    }
    agreement.work = evaluation.work
    return agreement
  }

  /// How many derivatives are asked for in it.
  package var derivatives: Int {
    func derivatives(_ expression: Expression) -> Int {
      if case .derivative = expression.kind { return 1 }
      return expression.children.reduce(0) { $0 + derivatives($1) }
    }
    return derivatives(left) + derivatives(right)
  }

  /// The claim compiled in the numbers of a scope.
  func compiled<S: Scope>(in scope: S) throws(EvaluationError) -> CompiledClaim<S.N> {
    let (names, free) = try freeNames(scope)
    let turned = try names.turned(.near, self.left, self.right)
    let (left, right) = (
      turned.left ? self.left.transposed : self.left, turned.right ? self.right.transposed : self.right
    )
    let compiler = Compiler<S.N>()
    for _ in free { _ = compiler.slot() }
    let (a, b) = (try compiler.compile(left, names), try compiler.compile(right, names))
    let rule: Code<S.N>? = if let condition { try compiler.compile(condition, names) } else { nil }
    return CompiledClaim(free: free, left: a, right: b, condition: rule, compiler: compiler, range: left.range)
  }

  /// The names of the rule that makes what stands on the left.
  private func ruleNames(_ names: Names) throws(EvaluationError) -> [String: Expression] {
    let (base, indices) = if case .element(let base, let indices) = left.kind { (base, indices) } else { (left, []) }
    guard let quantity = try names.quantity(namedBy: base) else { return [:] }
    return names.scope.ruleNames(of: quantity, at: indices)
  }

  // MARK: - Free indices

  struct FreeIndex {
    let name: String
    let count: Int
  }

  /// The names with the free indices bound to the first slots, and those indices with their ranges.
  private func freeNames(_ scope: any Scope) throws(EvaluationError) -> (names: Names, free: [FreeIndex]) {
    var names = Names(scope)
    names.isClaim = true
    let sides = [left, right] + (condition.map { [$0] } ?? [])
    var found: [String] = []
    try names.collectFreeIndices(left, &found)
    names.ruleNames = try ruleNames(names).filter { !found.contains($0.key) }
    for side in sides { try names.collectFreeIndices(side, &found) }
    for (slot, name) in found.enumerated() { names.indices[name] = slot }
    var free: [FreeIndex] = []
    for name in found {
      guard let extent = try names.agreedRange(of: name, in: sides) else {
        throw try names.whyNoRange(of: name, in: sides) ?? EvaluationError("\(name) has no range here", at: left.range)
      }
      free.append(FreeIndex(name: name, count: extent.count))
    }
    return (names, free)
  }
}

extension Parser {
  /// Reads a claim, from its left side to the end of its last clause.
  package mutating func claim() throws(SyntaxError) -> Claim {
    let left = try expression()
    guard try acceptEquals() else {
      if case .binary(let sign, _, _) = left.kind, sign == .equal || sign == .near, let place = left.sign {
        throw SyntaxError("a claim is an equation: write = in place of \(sign.rawValue)", at: place)
      }
      throw SyntaxError("= and the other side of the claim were expected\(hintOnLeftover)", at: token.range)
    }
    var claim = Claim(left, try expression())
    try clauses(of: &claim)
    return claim
  }

  /// Reads a side that goes on with a claim, and the clauses behind it; what stands left of it is left open.
  package mutating func nextSide() throws(SyntaxError) -> Claim {
    let side = try expression()
    var claim = Claim(side, side)
    try clauses(of: &claim)
    return claim
  }

  private mutating func clauses(of claim: inout Claim) throws(SyntaxError) {
    while true {
      if try accept(word: "where") {
        let condition = try expression()
        claim.condition =
          if let first = claim.condition {
            try node(.binary(.and, first, condition), from: first.range.lowerBound)
          } else {
            condition
          }
      } else if try accept(word: "with") {
        repeat { claim.substitutions.append(try substitution()) } while try accept(.comma)
      } else {
        return
      }
    }
  }

  private mutating func substitution() throws(SyntaxError) -> Claim.Substitution {
    let quantity = try parse(.postfix)
    let base = if case .element(let base, _) = quantity.kind { base } else { quantity }
    guard case .name = base.kind else {
      throw SyntaxError("a quantity was expected after with, as in with y = y / sum(y)", at: quantity.range)
    }
    guard try acceptEquals() else { throw SyntaxError("= was expected after with \(quantity)", at: token.range) }
    return Claim.Substitution(quantity: quantity, value: try expression())
  }
}

extension Names {
  /// The names that stand bare as an index and that nothing gives a meaning, in the order in which they are met.
  func collectFreeIndices(_ expression: Expression, _ found: inout [String]) throws(EvaluationError) {
    var met = found
    try walk(expression) { (node, names) throws(EvaluationError) in
      guard case .element(_, let indices) = node.kind else { return true }
      for index in indices {
        guard case .name(let name, nil) = index.kind, !met.contains(name) else { continue }
        if case .unknown = try names.meaning(of: name, at: index.range) { met.append(name) }
      }
      return true
    }
    found = met
  }
}
