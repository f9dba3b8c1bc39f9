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
/// spacing doubles. The first iteration's number stays, and so does that of the last. What it had of the beginning before
/// it was thinned is kept as well, so that it is there when a change makes a beginning all that there is.
package struct Curve: Equatable, Sendable {
  /// The numbers but the last, each of the iteration that `iteration(ofIndex:spacing:)` names. A line that is kept shares them.
  private var shared = SharedNumbers()
  /// The last of the numbers, which is forgotten and found again where an iteration is changed.
  private var last: Double?
  /// How many iterations a number stands for.
  package private(set) var spacing = 1
  /// The last iteration that was reached, with its number.
  package private(set) var latest: Latest?
  /// The iteration whose number is wanted next.
  private(set) var next = 0
  /// The beginning as it was at each smaller spacing, from the smallest, which is 1.
  private var beginnings: [SharedNumbers] = []
  /// A curve keeps fewer numbers than this.
  package static let capacity = 32_768
  /// So many numbers of each beginning are kept: more than a screen has dots across.
  package static let beginning = 2048

  /// An iteration, counted from 0, with its number.
  package struct Latest: Equatable, Sendable {
    /// The iteration.
    package let iteration: Int
    /// The number of that iteration.
    package let value: Double
  }

  /// No number yet.
  package init() {}

  /// How many numbers there are.
  package var count: Int { shared.count + (last == nil ? 0 : 1) }

  /// How many numbers are kept in all, those that are not on the curve included.
  var kept: Int { count + Curve.beginning * beginnings.count }

  /// A number, by its index.
  package subscript(index: Int) -> Double { index == shared.count ? last ?? .nan : shared[index] }

  /// All numbers.
  package var values: [Double] { last.map { shared.array + [$0] } ?? [] }

  /// The numbers from the first iteration to the last, which stands behind the evenly spaced ones where it is none of them;
  /// then `end` is that iteration.
  package var whole: (values: [Double], end: Int?) {
    guard let latest, let kept = lastKept, latest.iteration > kept else { return (values, nil) }
    return (values + [latest.value], latest.iteration)
  }

  /// The iteration of the last of the evenly spaced numbers.
  private var lastKept: Int? {
    count == 0 ? nil : Curve.iteration(ofIndex: count - 1, spacing: spacing)
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
    append(value)
    if count >= Curve.capacity { halve() }
    next = Curve.iteration(ofIndex: count, spacing: spacing)
  }

  private mutating func append(_ value: Double) {
    if let last { shared.append(last) }
    last = value
  }

  private mutating func halve() {
    let all = values
    var beginning = SharedNumbers()
    beginning.append(contentsOf: all.prefix(Curve.beginning))
    beginnings.append(beginning)
    (shared, last) = (SharedNumbers(), nil)
    for index in 0..<all.count / 2 {
      let isFirst =
        Curve.iteration(ofIndex: index, spacing: spacing * 2) == Curve.iteration(ofIndex: 2 * index, spacing: spacing)
      append(all[isFirst ? 2 * index : 2 * index + 1])
    }
    spacing *= 2
  }

  /// Forgets the iterations from this one on. What is left is as fine as it was when it was the whole, or about so.
  mutating func forget(from iteration: Int) {
    if let finest = beginnings.indices.first(where: { iteration <= Curve.beginning << $0 }) {
      (shared, spacing) = (beginnings[finest], 1 << finest)
      last = shared.popLast()
      beginnings.removeSubrange(finest...)
    }
    while let kept = lastKept, kept >= iteration { last = shared.popLast() }
    if let known = latest, known.iteration >= iteration {
      latest = if let kept = lastKept, let last { Latest(iteration: kept, value: last) } else { nil }
    }
    next = Curve.iteration(ofIndex: count, spacing: spacing)
  }
}
