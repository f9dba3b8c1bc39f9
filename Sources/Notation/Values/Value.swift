import Engine

/// What an expression is worth: a number, or a matrix, either with its tangent inside `d(…)`. Numbers stand apart so that
/// index sums, which are made of them, allocate nothing.
enum Value {
  case number(Dual)
  indirect case matrix(Matrix, tangent: Matrix?)

  /// A matrix, or a number where it has one element.
  init(_ matrix: Matrix, tangent: Matrix? = nil) {
    if let scalar = matrix.scalar {
      self = .number(Dual(scalar, tangent?.scalar ?? 0))
    } else {
      self = .matrix(matrix, tangent: tangent)
    }
  }

  init(_ number: Double) { self = .number(Dual(number)) }
  init(_ condition: Bool) { self = .number(Dual(condition ? 1 : 0)) }

  /// Without its tangent.
  var matrix: Matrix {
    switch self {
    case .number(let number): Matrix(number.value)
    case .matrix(let matrix, _): matrix
    }
  }

  /// The tangent, or nil where nothing moves.
  var tangent: Matrix? {
    switch self {
    case .number(let number): number.tangent == 0 ? nil : Matrix(number.tangent)
    case .matrix(_, let tangent): tangent
    }
  }

  /// The tangent, 0 where nothing moves.
  var derivative: Matrix {
    switch self {
    case .number(let number): Matrix(number.tangent)
    case .matrix(let matrix, let tangent): tangent ?? Matrix(rows: matrix.rows, columns: matrix.columns)
    }
  }

  /// The number of a 1×1 value.
  var number: Dual? { if case .number(let number) = self { number } else { nil } }

  var shape: Shape {
    switch self {
    case .number: .scalar
    case .matrix(let matrix, _): Shape(matrix.rows, matrix.columns)
    }
  }

  var count: Int {
    switch self {
    case .number: 1
    case .matrix(let matrix, _): matrix.count
    }
  }

  /// An element by its place, row by row, from 0.
  subscript(index: Int) -> Dual {
    switch self {
    case .number(let number): number
    case .matrix(let matrix, let tangent): Dual(matrix.elements[index], tangent?.elements[index] ?? 0)
    }
  }

  /// A value of a shape, made element by element in order.
  static func build(_ shape: Shape, moves: Bool, _ element: (Int) -> Dual) -> Value {
    if shape == .scalar { return .number(element(0)) }
    var values = [Double](repeating: 0, count: shape.count)
    guard moves else {
      for index in values.indices { values[index] = element(index).value }
      return .matrix(Matrix(rows: shape.rows, columns: shape.columns, elements: values), tangent: nil)
    }
    var tangents = values
    for index in values.indices {
      let dual = element(index)
      (values[index], tangents[index]) = (dual.value, dual.tangent)
    }
    return .matrix(
      Matrix(rows: shape.rows, columns: shape.columns, elements: values),
      tangent: Matrix(rows: shape.rows, columns: shape.columns, elements: tangents))
  }

  /// Whether it has a tangent that is kept.
  var moves: Bool {
    switch self {
    case .number(let number): number.tangent != 0
    case .matrix(_, let tangent): tangent != nil
    }
  }

  /// Each element put through a function.
  func map(_ transform: (Dual) -> Dual) -> Value {
    if case .number(let number) = self { return .number(transform(number)) }
    return .build(shape, moves: moves) { transform(self[$0]) }
  }
}

/// Rows and columns.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// A shape.
  public init(_ rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// That of a number.
  public static let scalar = Shape(1, 1)

  /// How many elements; `Int.max` where there are too many to count.
  public var count: Int {
    let (product, overflow) = rows.multipliedReportingOverflow(by: columns)
    return overflow ? .max : product
  }

  /// `2×3`, as a reader writes it.
  public var description: String { "\(rows)×\(columns)" }

  var transposed: Shape { Shape(columns, rows) }
}
