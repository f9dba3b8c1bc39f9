import Engine

/// How far two sides agree, element by element.
public struct Agreement: Equatable, Sendable {
  /// How many elements were compared.
  public private(set) var count = 0
  /// How many of them differ.
  public private(set) var wrongCount = 0
  /// The largest absolute difference; NaN where one cannot be told.
  public private(set) var worst = 0.0
  /// The first element that differs.
  public private(set) var firstWrong: Difference?
  /// The shapes of both sides, where they are not the same: then nothing else was compared.
  public private(set) var shapes: Shapes?

  /// The shapes of two sides that have not the same.
  public struct Shapes: Equatable, Sendable {
    /// That of the left side.
    public let left: Shape
    /// That of the right side.
    public let right: Shape
  }

  /// An element that differs.
  public struct Difference: Equatable, Sendable {
    /// The claim's free indices and their values, counted from 1.
    public let indices: [Index]
    /// The element's row and column where the sides are no numbers, counted from 1.
    public let element: Element?
    /// The left side.
    public let left: Double
    /// The right side.
    public let right: Double
  }

  /// A free index with its value.
  public struct Index: Equatable, Sendable {
    /// The name.
    public let name: String
    /// The value, counted from 1.
    public let value: Int
  }

  /// Where an element stands in a matrix, counted from 1.
  public struct Element: Equatable, Sendable {
    /// The row.
    public let row: Int
    /// The column.
    public let column: Int
  }

  /// Whether all elements agree. Of no elements at all, they do.
  public var holds: Bool { wrongCount == 0 && shapes == nil }

  /// Nothing compared yet.
  public init() {}

  /// Two values compared by the rule of `~=`.
  public init(_ left: Matrix, _ right: Matrix, tolerance: Double? = nil) {
    compare(left, right, tolerance: tolerance, at: [])
  }

  /// Compares two values, at some values of the free indices.
  mutating func compare(_ left: Matrix, _ right: Matrix, tolerance: Double?, at indices: @autoclosure () -> [Index]) {
    guard left.hasShape(of: right) else {
      if shapes == nil {
        shapes = Shapes(left: Shape(left.rows, left.columns), right: Shape(right.rows, right.columns))
      }
      return
    }
    for place in 0..<left.count {
      let (a, b) = (left.elements[place], right.elements[place])
      count += 1
      note(a == b ? 0 : abs(a - b))
      if approximatelyEqual(a, b, tolerance: tolerance) { continue }
      wrongCount += 1
      guard firstWrong == nil else { continue }
      let (row, column) = place.quotientAndRemainder(dividingBy: max(left.columns, 1))
      let element = left.count == 1 ? nil : Element(row: row + 1, column: column + 1)
      firstWrong = Difference(indices: indices(), element: element, left: a, right: b)
    }
  }

  private mutating func note(_ difference: Double) {
    worst = worst.isNaN || difference.isNaN ? .nan : max(worst, difference)
  }
}
