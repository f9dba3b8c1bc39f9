import Engine

// Operators between values. An error names both shapes and, where another operator was likely meant, that one.
extension Value {
  /// Element by element; a number goes with every element.
  static func eachWith(
    _ a: Value, _ b: Value, _ sign: String, _ rule: (Dual, Dual) -> Dual
  ) throws(EvaluationError) -> Value {
    switch (a, b) {
    case (.number(let x), .number(let y)): return .number(rule(x, y))
    case (.number(let x), _): return .build(b.shape, moves: a.moves || b.moves) { rule(x, b[$0]) }
    case (_, .number(let y)): return .build(a.shape, moves: a.moves || b.moves) { rule(a[$0], y) }
    default:
      guard a.shape == b.shape else {
        throw EvaluationError("\(sign) takes two of one shape, or a number; here \(a.shape) \(sign) \(b.shape)")
      }
      return .build(a.shape, moves: a.moves || b.moves) { rule(a[$0], b[$0]) }
    }
  }

  /// The matrix product; a number scales. The sums are the core's own, in the same order.
  static func product(_ a: Value, _ b: Value) throws(EvaluationError) -> Value {
    if a.number != nil || b.number != nil { return try eachWith(a, b, "*", *) }
    let (left, right) = (a.matrix, b.matrix)
    guard let product = left.times(right) else {
      let hint = a.shape == b.shape ? "; for element by element write .*" : ""
      throw EvaluationError("* takes as many columns as rows; here \(a.shape) * \(b.shape)\(hint)")
    }
    let moved = [a.tangent.flatMap { $0.times(right) }, b.tangent.flatMap { left.times($0) }].compactMap { $0 }
    guard let first = moved.first else { return Value(product) }
    var tangent = first
    for other in moved.dropFirst() {
      tangent = Matrix(
        rows: tangent.rows, columns: tangent.columns, elements: zip(tangent.elements, other.elements).map(+))
    }
    return Value(product, tangent: tangent)
  }

  /// A quotient by a number.
  static func quotient(_ a: Value, _ b: Value) throws(EvaluationError) -> Value {
    guard b.number != nil else {
      throw EvaluationError("/ divides by a number; for element by element write ./ (here \(a.shape) / \(b.shape))")
    }
    return try eachWith(a, b, "/", /)
  }

  /// 1 where it holds for all elements, else 0.
  static func comparison(
    _ a: Value, _ b: Value, _ sign: String, _ rule: (Double, Double) -> Bool
  ) throws(EvaluationError) -> Value {
    let held = try eachWith(a, b, sign) { Dual(rule($0.value, $1.value) ? 1 : 0) }
    return Value((0..<held.count).allSatisfy { held[$0].value == 1 })
  }

  /// Rows become columns.
  var transposed: Value {
    switch self {
    case .number: self
    case .matrix(let matrix, let tangent): Value(matrix.transposed, tangent: tangent?.transposed)
    }
  }

  /// The root of the sum of squares; of a number its absolute value.
  var norm: Value {
    if case .number(let number) = self {
      return .number(number.through(abs(number.value), slope: number.value < 0 ? -1 : number.value > 0 ? 1 : 0))
    }
    // What is not a number beside an infinity would be lost in a maximum.
    if let odd = (0..<count).first(where: { self[$0].value.isNaN }) { return .number(Dual(self[odd].value)) }
    let largest = (0..<count).reduce(0) { max($0, abs(self[$1].value)) }
    // Far from 1, the squares would leave the range of a Double.
    let scale = largest > 1e140 || (largest < 1e-140 && largest > 0) ? largest : 1
    guard scale.isFinite else { return Value(scale) }
    let total = (0..<count).reduce(0) { $0 + (self[$1].value / scale) * (self[$1].value / scale) }
    let root = scale * total.squareRoot()
    let tangent = root == 0 ? 0 : (0..<count).reduce(0) { $0 + self[$1].value / root * self[$1].tangent }
    return .number(Dual(root, tangent))
  }

  /// One value out of blocks: rows side by side, then under one another.
  static func blocks(_ rows: [[Value]]) throws(EvaluationError) -> Value {
    var heights: [Int] = []
    var width: Int?
    var (values, tangents, moves): ([Double], [Double], Bool) = ([], [], false)
    for row in rows {
      let height = row.first?.shape.rows ?? 0
      if let odd = row.first(where: { $0.shape.rows != height }), let first = row.first {
        throw EvaluationError(
          "in a matrix, elements side by side have as many rows; here \(first.shape) and \(odd.shape)")
      }
      let columns = row.reduce(0) { $0 + $1.shape.columns }
      if let width, width != columns {
        throw EvaluationError("the rows of a matrix are of one length; here \(width) and \(columns) elements")
      }
      width = columns
      heights.append(height)
      for line in 0..<height {
        for block in row {
          for column in 0..<block.shape.columns {
            let element = block[line * block.shape.columns + column]
            values.append(element.value)
            tangents.append(element.tangent)
            moves = moves || element.tangent != 0
          }
        }
      }
    }
    let shape = Shape(heights.reduce(0, +), width ?? 0)
    return Value(
      Matrix(rows: shape.rows, columns: shape.columns, elements: values),
      tangent: moves ? Matrix(rows: shape.rows, columns: shape.columns, elements: tangents) : nil)
  }
}
