/// The factors on the left of many sums: one number for each row and term, wherever they lie.
struct LeftFactors {
  let start: UnsafePointer<Double>
  /// How far it is from a row to the next, and from a term.
  let row, term: Int

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

  /// Takes the sums of some rows and columns.
  func take(_ rows: Range<Int>, _ columns: Range<Int>, by kernels: KernelWidth = .widest) {
    guard terms > 1, columns.count >= 8 else { return takeOneByOne(rows, columns) }
    if rows.count > 1 { return kernels.take(self, rows, columns) }
    var column = columns.lowerBound
    while column + 32 <= columns.upperBound {
      for row in rows { take32(row, column) }
      column += 32
    }
    takeOneByOne(rows, column..<columns.upperBound)
  }

  /// Takes the sums of some rows and all columns as gradients, down which weights go; the result is as it may be.
  func take(_ rows: Range<Int>, descending descent: Descent, by kernels: KernelWidth = .widest) {
    if terms > 1, width >= 8, rows.count > 1 {
      return kernels.take(self, rows, 0..<width, descending: descent)
    }
    take(rows, 0..<width)
    let (sums, weights) = (result + rows.lowerBound * width, descent.weights + rows.lowerBound * width)
    descent.divisor.divide(sums, rows.count * width)
    for index in 0..<rows.count * width { weights[index] += sums[index] * descent.factor }
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
