/// What was found of an expression at the ends of some iterations; NaN where it has no value there. It belongs to a line of
/// time, which forgets what a change makes another.
package struct Records: Sendable {
  /// The numbers, by the iteration, counted from 0.
  package var values: [Int: Double] = [:]

  /// Nothing found yet.
  package init() {}

  /// Forgets the iterations from this one on.
  mutating func forget(from iteration: Int) {
    guard !values.isEmpty else { return }
    values = values.filter { $0.key < iteration }
  }
}

/// One number an iteration, for a curve. It is bounded: when it is full, one of every two numbers is dropped and the
/// spacing doubles. The first iteration's number stays, and so does that of the last.
package struct Curve: Equatable, Sendable {
  /// The numbers, each of the iteration that `iteration(ofIndex:spacing:)` names.
  package private(set) var values: [Double] = []
  /// How many iterations a number stands for.
  package private(set) var spacing = 1
  /// The last iteration that was reached, with its number.
  package private(set) var latest: Latest?
  /// The iteration whose number is wanted next.
  private(set) var next = 0
  /// A curve keeps fewer numbers than this.
  package static let capacity = 32_768

  /// An iteration, counted from 0, with its number.
  package struct Latest: Equatable, Sendable {
    /// The iteration.
    package let iteration: Int
    /// The number of that iteration.
    package let value: Double
  }

  /// No number yet.
  package init() {}

  /// The numbers from the first iteration to the last, which stands behind the evenly spaced ones where it is none of them;
  /// then `end` is that iteration.
  package var whole: (values: [Double], end: Int?) {
    guard let latest, let last = lastKept, latest.iteration > last else { return (values, nil) }
    return (values + [latest.value], latest.iteration)
  }

  /// The iteration of the last of the evenly spaced numbers.
  private var lastKept: Int? {
    values.isEmpty ? nil : Curve.iteration(ofIndex: values.count - 1, spacing: spacing)
  }

  /// Which iteration stands for a run of `spacing` of them, a power of two: the index-th run, both counted from 0. It is
  /// drawn by halves, by a fixed rule: the first of each run would be the same sample again and again where the samples of
  /// an epoch divide the spacing, and the curve would be that of one sample. Only the very first run stands by its first.
  package static func iteration(ofIndex index: Int, spacing: Int) -> Int {
    if index == 0 { return 0 }
    var (run, length) = (index, spacing)
    while length > 1 {
      let mixed = UInt64(truncatingIfNeeded: run &* 31 &+ length) &* 0x9E37_79B9_7F4A_7C15
      run = run * 2 + Int(mixed >> 63)
      length /= 2
    }
    return run
  }

  /// Takes an iteration's number: the last one's for as long as it is that, and for good where it is the one wanted next.
  mutating func record(_ value: Double, iteration: Int) {
    if latest.map({ $0.iteration <= iteration }) ?? true { latest = Latest(iteration: iteration, value: value) }
    guard iteration == next else { return }
    values.append(value)
    if values.count >= Curve.capacity { halve() }
    next = Curve.iteration(ofIndex: values.count, spacing: spacing)
  }

  private mutating func halve() {
    values = (0..<values.count / 2).map { index in
      values[
        Curve.iteration(ofIndex: index, spacing: spacing * 2) == Curve.iteration(ofIndex: 2 * index, spacing: spacing)
          ? 2 * index : 2 * index + 1]
    }
    spacing *= 2
  }

  /// Forgets the iterations from this one on.
  mutating func forget(from iteration: Int) {
    while !values.isEmpty, Curve.iteration(ofIndex: values.count - 1, spacing: spacing) >= iteration {
      values.removeLast()
    }
    if let known = latest, known.iteration >= iteration {
      latest = lastKept.map { Latest(iteration: $0, value: values[values.count - 1]) }
    }
    next = Curve.iteration(ofIndex: values.count, spacing: spacing)
  }
}
