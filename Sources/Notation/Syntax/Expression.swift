import Engine

/// What was typed, as a tree. Every node knows the characters that it came from; two expressions are equal where they
/// say the same, wherever they stand.
package struct Expression: Sendable {
  /// What it is.
  package let kind: Kind
  /// The characters of the parsed text, counted from 0.
  package let range: Range<Int>
  /// The characters of the sign between two operands; nil of what has none, and of what was never typed.
  package let sign: Range<Int>?
  /// How many nodes stand above the lowest one, itself included. Bounded by `maximumDepth`, so that every walk over the tree ends well.
  package let depth: Int
  /// Made of what it says, and not of where: two that say the same have the same one.
  private let fingerprint: Int

  /// The deepest tree that is parsed, chains such as `a + a + …` included.
  package static let maximumDepth = 1000
  /// The longest text that is parsed, in bytes.
  package static let maximumLength = 1 << 18

  /// The kinds of node.
  package indirect enum Kind: Equatable, Sendable {
    /// `0.150`
    case number(Literal)
    /// `w2`, or at a version `w2⟨0⟩`; Greek letters are spelled out (`delta2`).
    case name(String, version: Int?)
    /// `w2[k,j]`: one or two indices.
    case element(Expression, [Expression])
    /// `[1 2; 3 4]`, by rows.
    case matrix([[Expression]])
    /// `from weights.npz "0.weight"`
    case file(GivenFile)
    /// `-a`, `not a`
    case unary(UnaryOperator, Expression)
    /// `a * b`, `a == b`, `a and b`
    case binary(BinaryOperator, Expression, Expression)
    /// `w2'`
    case transpose(Expression)
    /// `|v|`
    case norm(Expression)
    /// `exp(v)`, `f2(v)`, `sigmoid'(v)`
    case call(String, isDerivative: Bool, [Expression])
    /// `sum(k, …)`, or with a typed range `sum(k=1..4, …)`; `sample` as index runs over the batch.
    case fold(Fold, index: String, bounds: Bounds?, Expression)
    /// `at(STEP, EXPR)`
    case at(step: Expression, Expression)
    /// `old(EXPR)`
    case old(Expression)
    /// `d(EXPR)/d(QUANTITY[INDICES])`; `∂L/∂q` is the one with `loss` above.
    case derivative(of: Expression, by: Expression)
  }

  /// A typed range of an index, both ends included.
  package struct Bounds: Equatable, Sendable {
    /// The first value.
    package let first: Expression
    /// The last value.
    package let last: Expression

    /// A range.
    package init(_ first: Expression, _ last: Expression) {
      self.first = first
      self.last = last
    }
  }

  /// A node at a place in the text, between whose operands a sign may stand.
  package init(_ kind: Kind, range: Range<Int> = 0..<0, sign: Range<Int>? = nil) {
    self.kind = kind
    self.range = range
    self.sign = sign
    var (below, mark) = (0, Fingerprint())
    kind.mark(alone: &mark)
    kind.forEachChild { child in
      below = max(below, child.depth)
      mark.add(child.fingerprint)
    }
    depth = 1 + below
    fingerprint = mark.value
  }

  /// Where to point when what it does goes wrong: at its sign, else at all of it.
  package var place: Range<Int> { sign ?? range }

  /// Parses a whole text, in which these functions may be called beside those of the tables.
  /// - Throws: `SyntaxError`, with the place and what was expected there.
  package static func parse(
    _ text: String, functions: OwnFunctions = OwnFunctions()
  ) throws(SyntaxError) -> Expression {
    var parser = try Parser(text, functions: functions)
    let expression = try parser.expression()
    try parser.expectEnd()
    return expression
  }

  /// The nodes directly under this one, in the order they are written.
  package var children: [Expression] { kind.children }

  /// Whether a name stands in an index somewhere, where no sum takes it for its own.
  func isIndexed(by name: String, inIndex: Bool = false) -> Bool {
    switch kind {
    case .name(let own, version: nil): inIndex && own == name
    case .element(let base, let indices):
      base.isIndexed(by: name, inIndex: inIndex) || indices.contains { $0.isIndexed(by: name, inIndex: true) }
    case .fold(_, index: name, let bounds, _):
      [bounds?.first, bounds?.last].contains { $0?.isIndexed(by: name, inIndex: inIndex) == true }
    default: children.contains { $0.isIndexed(by: name, inIndex: inIndex) }
    }
  }
}

extension Expression {
  /// Whether it is the name of a quantity that has no layer, as it is now.
  package func names(_ kind: Quantity.Kind) -> Bool {
    if case .name(let name, version: nil) = self.kind { kind.isCalled(name) } else { false }
  }
}

extension Expression: Equatable {
  /// Whether two say the same, wherever they stand.
  package static func == (a: Expression, b: Expression) -> Bool {
    a.fingerprint == b.fingerprint && a.depth == b.depth && a.kind == b.kind
  }
}

extension Expression.Kind {
  /// The nodes directly under it, in the order they are written.
  var children: [Expression] {
    var all: [Expression] = []
    forEachChild { all.append($0) }
    return all
  }

  /// Visits the nodes directly under it, in the order they are written, without a list of them.
  @inline(__always)
  func forEachChild(_ visit: (Expression) -> Void) {
    switch self {
    case .number, .name, .file: break
    case .element(let base, let indices):
      visit(base)
      for index in indices { visit(index) }
    case .matrix(let rows):
      for row in rows { for element in row { visit(element) } }
    case .unary(_, let operand), .transpose(let operand), .norm(let operand), .old(let operand): visit(operand)
    case .binary(_, let left, let right):
      visit(left)
      visit(right)
    case .call(_, _, let arguments):
      for argument in arguments { visit(argument) }
    case .fold(_, _, let bounds, let body):
      if let bounds {
        visit(bounds.first)
        visit(bounds.last)
      }
      visit(body)
    case .at(let step, let body):
      visit(step)
      visit(body)
    case .derivative(let body, let quantity):
      visit(body)
      visit(quantity)
    }
  }
}

extension Expression: Hashable {
  /// Two that say the same have the same hash, wherever they stand.
  package func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}

extension Expression.Kind {
  /// What it is, without what stands under it.
  @inline(__always)
  fileprivate func mark(alone mark: inout Fingerprint) {
    switch self {
    case .number(let literal): mark.add(Int(truncatingIfNeeded: (literal.value + 0).bitPattern))
    case .name(let name, let version):
      mark.add(name)
      mark.add(version ?? -1)
    case .unary(let sign, _): mark.add(sign.rawValue)
    case .binary(let sign, _, _): mark.add(sign.rawValue)
    case .call(let name, let isDerivative, _):
      mark.add(name)
      mark.add(isDerivative ? 1 : 0)
    case .fold(let fold, let index, _, _):
      mark.add(fold.rawValue)
      mark.add(index)
    case .element(_, let indices): mark.add(indices.count)
    case .file, .matrix, .transpose, .norm, .at, .old, .derivative: break
    }
  }
}

/// A number made of others, one after another: expressions are made by the ten thousand where a slip is sought, and each has
/// one.
private struct Fingerprint {
  private(set) var value = 0

  @inline(__always)
  mutating func add(_ other: Int) {
    // The golden ratio's bits: each bit of what is added comes to stand in many.
    value = (value ^ other) &* Int(bitPattern: 0x9E37_79B9_7F4A_7C15)
    value ^= Int(bitPattern: UInt(bitPattern: value) >> 29)
  }

  @inline(__always)
  mutating func add(_ name: String) {
    var all: UInt = 0
    for byte in name.utf8 { all = all &* 0x100_0000_01B3 ^ UInt(byte) }
    add(Int(bitPattern: all))
  }
}
