import Engine

/// What an expression is worth: a number, or a matrix of numbers. Numbers stand apart so that index sums, which are made of
/// them, allocate nothing.
enum Value<N: Number>: Sendable {
  case number(N)
  /// Row by row; of no matrix with one element.
  case matrix(Shape, [N])

  /// A matrix, or a number where it has one element.
  init(_ shape: Shape, _ elements: [N]) {
    self = elements.count == 1 ? .number(elements[0]) : .matrix(shape, elements)
  }

  init(_ condition: Bool) { self = .number(N(condition ? 1 : 0)) }

  /// The number of a 1×1 value.
  var number: N? { if case .number(let number) = self { number } else { nil } }

  var shape: Shape {
    switch self {
    case .number: .scalar
    case .matrix(let shape, _): shape
    }
  }

  var count: Int {
    switch self {
    case .number: 1
    case .matrix(_, let elements): elements.count
    }
  }

  var elements: [N] {
    switch self {
    case .number(let number): [number]
    case .matrix(_, let elements): elements
    }
  }

  /// An element by its place, row by row, from 0.
  subscript(index: Int) -> N {
    switch self {
    case .number(let number): number
    case .matrix(_, let elements): elements[index]
    }
  }

  /// Lends the elements, row by row.
  func withElements<Result>(_ use: (UnsafePointer<N>) -> Result) -> Result {
    switch self {
    case .number(let number): return withUnsafePointer(to: number, use)
    case .matrix(_, let elements):
      return elements.withUnsafeBufferPointer { elements in
        guard let first = elements.baseAddress else { return withUnsafePointer(to: N(0), use) }
        return use(first)
      }
    }
  }

  /// A value in a message.
  var text: String { number?.text ?? "\(shape)" }

  /// A value of a shape, made element by element in order.
  @inline(__always)
  static func build(
    _ shape: Shape, _ element: (Int) throws(EvaluationError) -> N
  ) throws(EvaluationError) -> Value {
    if shape == .scalar { return .number(try element(0)) }
    var elements: [N] = []
    elements.reserveCapacity(shape.count)
    for index in 0..<shape.count { elements.append(try element(index)) }
    return .matrix(shape, elements)
  }

  /// A value made element by element by a rule that cannot fail.
  @inline(__always)
  static func build(_ shape: Shape, _ element: (Int) -> N) -> Value {
    if shape == .scalar { return .number(element(0)) }
    return .matrix(shape, (0..<shape.count).map(element))
  }

  /// Each element put through a function.
  @inline(__always)
  func map(_ transform: (N) throws(EvaluationError) -> N) throws(EvaluationError) -> Value {
    switch self {
    case .number(let number): .number(try transform(number))
    case .matrix(let shape, let elements): try .build(shape) { i throws(EvaluationError) in try transform(elements[i]) }
    }
  }
}

extension Value<Double> {
  init(_ matrix: Matrix) { self.init(Shape(matrix.rows, matrix.columns), matrix.elements) }

  var matrix: Matrix {
    switch self {
    case .number(let number): Matrix(number)
    case .matrix(let shape, let elements): Matrix(rows: shape.rows, columns: shape.columns, elements: elements)
    }
  }
}
