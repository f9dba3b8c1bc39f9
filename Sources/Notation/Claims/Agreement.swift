import Engine

/// How far two sides agree, element by element: the one place in which values are held against each other.
package struct Agreement: Equatable, Sendable {
  /// How many elements were compared.
  package private(set) var count = 0
  /// How many were left out, because a side has no value there.
  package private(set) var undefinedCount = 0
  /// About how many operations on numbers it took.
  package internal(set) var work = 0
  /// How many of them do not agree.
  package private(set) var wrongCount = 0
  /// The largest absolute difference; NaN where one cannot be told.
  package private(set) var worst = 0.0
  /// Where it is, row by row from 0, in the values compared last.
  package private(set) var worstPlace = 0
  /// The first element that does not agree.
  package private(set) var firstWrong: Difference?
  /// The shapes of both sides, where they are not the same: then nothing else was compared.
  package private(set) var shapes: Shapes?

  /// The shapes of two sides that have not the same.
  package struct Shapes: Equatable, Sendable {
    /// The shape of the left side.
    package let left: Shape
    /// The shape of the right side.
    package let right: Shape
  }

  /// An element that does not agree.
  package struct Difference: Equatable, Sendable {
    /// The claim's free indices and their values, counted from 1.
    package let indices: [Index]
    /// The element's row and column where the sides are no numbers, counted from 1.
    package let element: Element?
    /// The left side.
    package let left: Double
    /// The right side.
    package let right: Double
  }

  /// A free index with its value.
  package struct Index: Equatable, Sendable {
    /// The name.
    package let name: String
    /// The value, counted from 1.
    package let value: Int
  }

  /// Where an element stands in a matrix, counted from 1.
  package struct Element: Equatable, Sendable {
    /// The row.
    package let row: Int
    /// The column.
    package let column: Int
  }

  /// By which rule two elements agree.
  package struct Rule: Sendable {
    /// The comparison.
    package var sign = BinaryOperator.near
    /// What `~=` allows; by its own rule where nothing is said.
    package var tolerance: Double?
    /// Half a unit of each typed number's last digit, of the left side and of the right: `~=` allows what these account
    /// for. Nil of a side that is exact.
    package var halfUnits: (left: Matrix?, right: Matrix?) = (nil, nil)
    /// Whether one number goes with every element of the other side.
    package var spreads = false
    /// Whether elements at which a side has no finite value are left out.
    package var leavesOutUndefined = false

    /// `~=`, within a tolerance where one is given.
    package init(_ sign: BinaryOperator = .near, tolerance: Double? = nil) {
      (self.sign, self.tolerance) = (sign, tolerance)
    }

    /// Whether nothing is known of an element, so that it may be anything.
    func isUnknown(_ left: Int, _ right: Int) -> Bool {
      [(halfUnits.left, left), (halfUnits.right, right)].contains { half, place in
        half.map { $0.elements.indices.contains(place) && $0.elements[place] == .infinity } ?? false
      }
    }

    /// Whether two elements agree, which stand at these places of the left side and of the right.
    package func holds(_ a: Double, _ b: Double, _ left: Int, _ right: Int) -> Bool {
      if sign.holds(a, b, tolerance: tolerance) { return true }
      // An infinity is no rounding of anything else.
      guard sign == .near, a.isFinite, b.isFinite, halfUnits.left != nil || halfUnits.right != nil else { return false }
      func half(_ matrix: Matrix?, _ place: Int) -> Double {
        matrix.flatMap { $0.elements.indices.contains(place) ? $0.elements[place] : nil } ?? 0
      }
      let allowed = half(halfUnits.left, left) + half(halfUnits.right, right)
      // Typed digits are rounded to a Double themselves.
      return abs(a - b) <= allowed + 0x1p-52 * max(abs(a), abs(b))
    }
  }

  /// Whether all elements agree. Of no elements at all, they do.
  package var holds: Bool { wrongCount == 0 && shapes == nil }

  /// Nothing compared yet.
  package init() {}

  /// Two values compared.
  package init(_ left: Matrix, _ right: Matrix, by rule: Rule = Rule()) { compare(left, right, by: rule, at: []) }

  /// Compares two values, at some values of the free indices.
  mutating func compare(
    _ left: Matrix, _ right: Matrix, by rule: Rule = Rule(), at indices: @autoclosure () -> [Index]
  ) {
    let (spreadsLeft, spreadsRight) = (rule.spreads && left.count == 1, rule.spreads && right.count == 1)
    guard spreadsLeft || spreadsRight || left.hasShape(of: right) else {
      if shapes == nil {
        shapes = Shapes(left: Shape(left.rows, left.columns), right: Shape(right.rows, right.columns))
      }
      return
    }
    let whole = spreadsLeft ? right : left
    for place in 0..<whole.count {
      let (from, to) = (spreadsLeft ? 0 : place, spreadsRight ? 0 : place)
      let (a, b) = (left.elements[from], right.elements[to])
      if rule.leavesOutUndefined, !a.isFinite || !b.isFinite {
        undefinedCount += 1
        continue
      }
      count += 1
      // What nothing is known of has no error.
      if !rule.isUnknown(from, to) { note(a == b ? 0 : abs(a - b), place) }
      if rule.holds(a, b, from, to) { continue }
      wrongCount += 1
      guard firstWrong == nil else { continue }
      let (row, column) = place.quotientAndRemainder(dividingBy: max(whole.columns, 1))
      let element = whole.count == 1 ? nil : Element(row: row + 1, column: column + 1)
      firstWrong = Difference(indices: indices(), element: element, left: a, right: b)
    }
  }

  private mutating func note(_ difference: Double, _ place: Int) {
    guard difference > worst || difference.isNaN, !worst.isNaN else { return }
    (worst, worstPlace) = (difference, place)
  }
}
