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
/// spacing doubles.
package struct Curve: Equatable, Sendable {
  /// The numbers, each of the iteration that `iteration(ofIndex:spacing:)` names.
  package private(set) var values: [Double] = []
  /// How many iterations a number stands for.
  package private(set) var spacing = 1
  /// The iteration whose number is wanted next.
  private(set) var next = 0
  static let capacity = 32_768

  /// No number yet.
  package init() {}

  /// Which iteration stands for a run of `spacing` of them, a power of two: the index-th run, both counted from 0. It is
  /// drawn by halves, by a fixed rule: the first of each run would be the same sample again and again where the samples of
  /// an epoch divide the spacing, and the curve would be that of one sample.
  package static func iteration(ofIndex index: Int, spacing: Int) -> Int {
    var (run, length) = (index, spacing)
    while length > 1 {
      let mixed = UInt64(truncatingIfNeeded: run &* 31 &+ length) &* 0x9E37_79B9_7F4A_7C15
      run = run * 2 + Int(mixed >> 63)
      length /= 2
    }
    return run
  }

  /// Takes an iteration's number, where it is the one wanted next.
  mutating func record(_ value: Double, iteration: Int) {
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
    next = Curve.iteration(ofIndex: values.count, spacing: spacing)
  }
}
