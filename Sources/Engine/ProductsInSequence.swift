/// The factors on the left of many sums: one number for each row and term, wherever they lie.
struct LeftFactors {
  private let start: UnsafePointer<Double>
  /// How far it is from a row to the next, and from a term.
  private let row, term: Int

  /// Factors with so many numbers from one row to the next, and from one term to the next.
  init(_ start: UnsafePointer<Double>, row: Int, term: Int) { (self.start, self.row, self.term) = (start, row, term) }

  /// That of a row and a term.
  @inline(__always)
  subscript(row: Int, term: Int) -> Double { start[row * self.row + term * self.term] }
}

/// Many sums of products in sequence, Σ_t left[m,t]·right[t,j], side by side: see ProductsInLanes.swift. Rows of the factors
/// on the right and of the result have `width` numbers.
struct ProductsInSequence {
  let left: LeftFactors
  let terms: Int
  let right: UnsafePointer<Double>
  let result: UnsafeMutablePointer<Double>
  let width: Int
  /// Whether the sums go on from what the result has.
  var goesOn = false

  /// Takes the sums of some rows and columns. `room` has to have a place for eight numbers of each term.
  func take(_ rows: Range<Int>, _ columns: Range<Int>, room: UnsafeMutablePointer<Double>) {
    guard goesOn else { return takeSideBySide(rows, columns, room) }
    // What is added to may be taken once only.
    let row = rows.lowerBound + rows.count & ~3
    let column = columns.lowerBound + columns.count & ~7
    takeSideBySide(rows.lowerBound..<row, columns.lowerBound..<column, room)
    takeOneByOne(row..<rows.upperBound, columns.lowerBound..<column)
    takeOneByOne(rows, column..<columns.upperBound)
  }

  /// Takes them in runs that may overlap.
  @inline(__always)
  private func takeSideBySide(_ rows: Range<Int>, _ columns: Range<Int>, _ room: UnsafeMutablePointer<Double>) {
    guard terms > 1, columns.count >= 8 else { return takeOneByOne(rows, columns) }
    if rows.count >= 4 {
      for column in columns.starts(of: 8) {
        // Packed, since rows whose length is a power of two push each other out of what is near the processor.
        for term in 0..<terms { SIMD8<Double>.load(right + term * width + column).store(to: room + term * 8) }
        for row in rows.starts(of: 4) { takeFour(row, column, packed: room) }
      }
    } else {
      var column = columns.lowerBound
      while column + 32 <= columns.upperBound {
        for row in rows { take32(row, column) }
        column += 32
      }
      guard column < columns.upperBound else { return }
      for column in (max(columns.upperBound - 32, columns.lowerBound)..<columns.upperBound).starts(of: 8) {
        for row in rows { take8(row, column) }
      }
    }
  }

  /// Where there is too little to stand side by side: row by row, so that each number on the right is read in its turn.
  @inline(__always)
  private func takeOneByOne(_ rows: Range<Int>, _ columns: Range<Int>) {
    guard terms > 0 else { return }
    for row in rows {
      let sums = result + row * width
      if !goesOn { beginSums(sums, right, times: left[row, 0], columns) }
      for term in (goesOn ? 0 : 1)..<terms { addToSums(sums, right + term * width, times: left[row, term], columns) }
    }
  }

  /// Four rows by eight columns.
  @inline(__always)
  private func takeFour(_ row: Int, _ column: Int, packed: UnsafePointer<Double>) {
    let to = result + row * width + column
    var x = SIMD8<Double>.load(packed)
    var a = first(x, left[row, 0], to)
    var b = first(x, left[row + 1, 0], to + width)
    var c = first(x, left[row + 2, 0], to + 2 * width)
    var d = first(x, left[row + 3, 0], to + 3 * width)
    var term = 1
    while term < terms {
      x = SIMD8<Double>.load(packed + term * 8)
      a.addProduct(x, SIMD8(repeating: left[row, term]))
      b.addProduct(x, SIMD8(repeating: left[row + 1, term]))
      c.addProduct(x, SIMD8(repeating: left[row + 2, term]))
      d.addProduct(x, SIMD8(repeating: left[row + 3, term]))
      term += 1
    }
    a.store(to: to)
    b.store(to: to + width)
    c.store(to: to + 2 * width)
    d.store(to: to + 3 * width)
  }

  /// One row by 32 columns.
  @inline(__always)
  private func take32(_ row: Int, _ column: Int) {
    let to = result + row * width + column
    var (from, factor) = (right + column, left[row, 0])
    var a = first(SIMD8.load(from), factor, to)
    var b = first(SIMD8.load(from + 8), factor, to + 8)
    var c = first(SIMD8.load(from + 16), factor, to + 16)
    var d = first(SIMD8.load(from + 24), factor, to + 24)
    var term = 1
    while term < terms {
      (from, factor) = (from + width, left[row, term])
      a.addProduct(SIMD8<Double>.load(from), SIMD8(repeating: factor))
      b.addProduct(SIMD8<Double>.load(from + 8), SIMD8(repeating: factor))
      c.addProduct(SIMD8<Double>.load(from + 16), SIMD8(repeating: factor))
      d.addProduct(SIMD8<Double>.load(from + 24), SIMD8(repeating: factor))
      term += 1
    }
    a.store(to: to)
    b.store(to: to + 8)
    c.store(to: to + 16)
    d.store(to: to + 24)
  }

  /// One row by eight columns.
  @inline(__always)
  private func take8(_ row: Int, _ column: Int) {
    let to = result + row * width + column
    var sum = first(SIMD8.load(right + column), left[row, 0], to)
    var term = 1
    while term < terms {
      sum.addProduct(SIMD8<Double>.load(right + term * width + column), SIMD8(repeating: left[row, term]))
      term += 1
    }
    sum.store(to: to)
  }

  /// What eight sums are with their first product here.
  @inline(__always)
  private func first(
    _ factors: SIMD8<Double>, _ factor: Double, _ sums: UnsafeMutablePointer<Double>
  ) -> SIMD8<Double> {
    guard goesOn else { return factors * factor }
    var sums = SIMD8<Double>.load(sums)
    sums.addProduct(factors, SIMD8(repeating: factor))
    return sums
  }
}

extension Range<Int> {
  /// Where runs of so many begin, of which there is one at least; the last overlaps the one before where they don't come out
  /// even: to take a sum twice costs less than to take one alone.
  fileprivate func starts(of count: Int) -> some Sequence<Int> {
    let last = upperBound - count
    return stride(from: lowerBound, to: upperBound, by: count).lazy.map { Swift.min($0, last) }
  }
}
