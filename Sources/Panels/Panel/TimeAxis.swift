/// The layer steps of a line of time in some columns: step 0 in the first, the furthest in the last.
struct TimeAxis {
  /// The columns.
  let columns: Range<Int>
  /// The furthest step, at least 1.
  let furthest: Int

  /// The distance between the first and the last column.
  private var length: Int { max(columns.count - 1, 1) }

  /// The column in which a step lies.
  func column(of step: Int) -> Int {
    let step = min(max(step, 0), furthest)
    return columns.lowerBound + min((step * length + furthest / 2) / max(furthest, 1), columns.count - 1)
  }

  /// The step that a column stands for: where there are more steps than columns, one of those in it.
  func step(at column: Int) -> Int {
    let distance = min(max(column - columns.lowerBound, 0), length)
    return (distance * furthest + length / 2) / length
  }

  /// The steps from a column on, up to the next one.
  func steps(at column: Int) -> ClosedRange<Int> {
    let first = step(at: column)
    return first...max(step(at: column + 1) - 1, first)
  }
}
