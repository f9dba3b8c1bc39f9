import Engine

// Operators between values. An error names both shapes and, where another operator was likely meant, that one.
extension Value {
  /// Element by element; a number goes with every element.
  @inline(__always)
  static func eachWith(
    _ a: Value, _ b: Value, _ sign: String, _ rule: (N, N) throws(EvaluationError) -> N
  ) throws(EvaluationError) -> Value {
    switch (a, b) {
    case (.number(let x), .number(let y)): return .number(try rule(x, y))
    case (.number(let x), .matrix(let shape, let y)):
      return try .build(shape) { i throws(EvaluationError) in try rule(x, y[i]) }
    case (.matrix(let shape, let x), .number(let y)):
      return try .build(shape) { i throws(EvaluationError) in try rule(x[i], y) }
    case (.matrix(let shape, let x), .matrix(let other, let y)):
      guard shape == other else {
        throw EvaluationError("\(sign) takes two of one shape, or a number; here \(shape) \(sign) \(other)")
      }
      return try .build(shape) { i throws(EvaluationError) in try rule(x[i], y[i]) }
    }
  }

  /// The matrix product; a number scales. The sums are the core's own, in the same order.
  static func product(_ a: Value, _ b: Value) throws(EvaluationError) -> Value {
    guard case .matrix(let left, let x) = a, case .matrix(let right, let y) = b else {
      return try eachWith(a, b, "*", *)
    }
    guard left.columns == right.rows else {
      let hint = left == right ? "; for element by element write .*" : ""
      throw EvaluationError("* takes as many columns as rows; here \(left) * \(right)\(hint)")
    }
    let shape = Shape(left.rows, right.columns)
    try shape.requireBounded()
    // Rows by rows of the transposed lie side by side.
    let columns = right.rows == 1 || right.columns == 1 ? y : b.transposed.elements
    let elements = x.withUnsafeBufferPointer { x in
      columns.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return Array(repeating: N(0), count: shape.count) }
        return (0..<shape.count).map { place in
          let (row, column) = place.quotientAndRemainder(dividingBy: shape.columns)
          return N.dot(x + row * left.columns, y + column * left.columns, count: left.columns)
        }
      }
    }
    return Value(shape, elements)
  }

  /// A quotient by a number.
  static func quotient(
    _ a: Value, _ b: Value, _ rule: (N, N) throws(EvaluationError) -> N
  ) throws(EvaluationError) -> Value {
    guard b.number != nil else {
      throw EvaluationError("/ divides by a number; for element by element write ./ (here \(a.shape) / \(b.shape))")
    }
    return try eachWith(a, b, "/", rule)
  }

  /// Whether it holds for all elements.
  static func comparison(
    _ a: Value, _ b: Value, _ sign: String, _ rule: (N, N) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) -> Bool {
    let held = try eachWith(a, b, sign) { (x, y) throws(EvaluationError) in N(try rule(x, y) ? 1 : 0) }
    return held.elements.allSatisfy { !$0.isZero }
  }

  /// Rows become columns.
  var transposed: Value {
    guard case .matrix(let shape, let elements) = self else { return self }
    guard shape.rows > 1, shape.columns > 1 else { return .matrix(shape.transposed, elements) }
    return .build(shape.transposed) { elements[$0 % shape.rows * shape.columns + $0 / shape.rows] }
  }

  /// The root of the sum of squares; of a number its absolute value.
  var norm: Value {
    get throws(EvaluationError) {
      switch self {
      case .number(let number): .number(try N.function(.absolute)(number))
      case .matrix(_, let elements): .number(try N.norm(elements))
      }
    }
  }

  /// One value out of blocks: side by side in rows, which stand in the text at these places, then under one another.
  static func blocks(_ rows: [[Value]], at places: [Range<Int>]) throws(EvaluationError) -> Value {
    var (height, width): (Int, Int?) = (0, nil)
    var elements: [N] = []
    for (index, row) in rows.enumerated() {
      guard let first = row.first?.shape else { continue }
      if let odd = row.first(where: { $0.shape.rows != first.rows }) {
        throw EvaluationError("in a matrix, elements side by side have as many rows; here \(first) and \(odd.shape)")
      }
      let columns = row.reduce(0) { $0 + $1.shape.columns }
      if let width, width != columns {
        throw EvaluationError(
          "the rows of a matrix are of one length; row 1 has \(counted(width, "element")), row \(index + 1) has \(columns)",
          at: places[index])
      }
      width = columns
      height += first.rows
      for line in 0..<first.rows {
        for block in row {
          for column in 0..<block.shape.columns { elements.append(block[line * block.shape.columns + column]) }
        }
      }
    }
    return Value(Shape(height, width ?? 0), elements)
  }
}
