internal import CKernels

/// For which processors there are kernels of many sums of products at once, from the least to the most. All come to the same
/// bits.
enum KernelWidth: UInt32, CaseIterable {
  /// For every processor of its kind.
  case any
  /// With vectors of four numbers.
  case four
  /// With vectors of eight numbers.
  case eight

  /// The widest that this processor can run.
  static let widest = KernelWidth(rawValue: kernels_widest().rawValue) ?? .any

  fileprivate var inC: CKernels.KernelWidth { CKernels.KernelWidth(rawValue: rawValue) }

  /// to[s·width + k] = Σ_j w[k,j]·a[s,j] in lanes, for so many rows k of w and samples s, of eight products at least.
  @inline(__always)
  func productsInLanes(
    _ w: UnsafePointer<Double>, rows: Int, _ a: UnsafePointer<Double>, samples: Int, count: Int,
    to result: UnsafeMutablePointer<Double>, width: Int
  ) {
    kernels_products_in_lanes(inC, w, rows, a, samples, count, result, width)
  }

  /// w ← w + δ·a·factor for rows of weights, of eight columns at least, and what `dot` gives of each with another sample's inputs.
  @inline(__always)
  func descendAhead(
    _ w: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, times deltas: UnsafePointer<Double>,
    _ factor: Double, rows: Int, _ count: Int, ahead next: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    var all = DescentAhead(
      w: w, a: a, deltas: deltas, next: next, sums: sums, factor: factor, rows: rows, count: count)
    kernels_descend_ahead(inC, &all)
  }

  /// Takes the sums of some rows and columns in sequence, which may be gone on with below.
  @inline(__always)
  func take(_ sums: ProductsInSequence, _ rows: Range<Int>, _ columns: Range<Int>, descending descent: Descent? = nil) {
    let at = rows.lowerBound * sums.width + columns.lowerBound
    var all = SumsInSequence(
      left: sums.left.start + rows.lowerBound * sums.left.row, left_row: sums.left.row, left_term: sums.left.term,
      right: sums.right + columns.lowerBound,
      result: sums.result + at, width: sums.width, rows: rows.count, columns: columns.count, terms: sums.terms,
      goes_on: sums.goesOn, added_to: descent.map { $0.weights + at }, divisor: descent?.divisor.value ?? 1,
      inverse: descent?.divisor.exactInverse ?? 0, factor: descent?.factor ?? 0)
    kernels_products_in_sequence(inC, &all)
  }
}

/// Where sums are gradients that nobody looks at: what they are divided by, and w ← w + gradient·factor.
struct Descent {
  let weights: UnsafeMutablePointer<Double>
  let divisor: Divisor
  let factor: Double
}
