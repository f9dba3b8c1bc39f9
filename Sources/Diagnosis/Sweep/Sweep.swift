import Engine
import Notation

/// A thousand futures at once: each value of one hyperparameter with each value of another, trained for the same stretch from
/// the same place, and what became of each.
package struct Sweep: Sendable {
  /// What the columns are. Where it is the only axis, its values go on from row to row.
  package let across: Axis
  /// What the rows are; nil where there is one axis only.
  package let down: Axis?
  /// What all are given alike.
  package let fixed: [FutureTraining.Setting]
  /// How each is trained.
  package let training: FutureTraining
  /// What became of those that are done, row by row; nil of those that are not.
  package private(set) var outcomes: [Outcome?]

  /// What became of one.
  package struct Outcome: Equatable, Sendable {
    /// What became of it, in a word.
    package let fate: Fate
    /// The loss over all samples at its end.
    package let loss: Double
    /// The share of them that comes out right; nil where targets are no classes.
    package let accuracy: Double?
    /// The iterations that it took: fewer than were asked for where its loss was no finite number any more.
    package let iterations: Int

    init(_ future: SweptFuture) {
      fate = Fate(future)
      loss = future.score?.trained.loss ?? .nan
      accuracy = future.score?.trained.accuracy
      iterations = future.iterations
    }

    /// Two are the same to the bit.
    package static func == (one: Outcome, other: Outcome) -> Bool {
      one.fate == other.fate && one.loss.bitPattern == other.loss.bitPattern && one.accuracy == other.accuracy
        && one.iterations == other.iterations
    }
  }

  /// The most futures, the most columns, how many of one axis have a row of their own, and how many columns there are where
  /// more of one axis go on from row to row.
  package static let most = (futures: 10_000, columns: 64, listed: 24, wrapped: 50)

  /// A sweep of which nothing is done yet.
  package init(_ training: FutureTraining, across: Axis, down: Axis?, fixed: [FutureTraining.Setting] = []) {
    (self.training, self.across, self.down, self.fixed) = (training, across, down, fixed)
    outcomes = Array(repeating: nil, count: across.values.count * (down?.values.count ?? 1))
  }

  /// The columns of the map.
  package var columns: Int {
    guard down == nil else { return across.values.count }
    return isList ? 1 : Sweep.most.wrapped
  }
  /// Whether each has a row of its own, so that there is room for its numbers: few of one axis.
  package var isList: Bool { down == nil && across.values.count <= Sweep.most.listed }
  /// The rows of the map; the last one may be shorter than the others.
  package var rows: Int { (outcomes.count + columns - 1) / max(columns, 1) }
  /// How many futures are done.
  package var done: Int { outcomes.count { $0 != nil } }

  /// The place of a future in the list, from where it is on the map; nil where none is there.
  package func index(row: Int, column: Int) -> Int? {
    guard (0..<columns).contains(column), row >= 0 else { return nil }
    let index = row * columns + column
    return index < outcomes.count ? index : nil
  }

  /// What a future is given.
  package func settings(of index: Int) -> [FutureTraining.Setting] {
    guard let down else { return fixed + [(across.hyperparameter, across.values[index])] }
    let (row, column) = index.quotientAndRemainder(dividingBy: across.values.count)
    return fixed + [(across.hyperparameter, across.values[column]), (down.hyperparameter, down.values[row])]
  }

  /// How many parts of each future are told while it is trained.
  package static let parts = 100

  /// Trains those that are not done yet, side by side where they may go so, until it is stopped. It is told how many parts of
  /// all of them are done.
  package mutating func train(isStopped: () -> Bool = { false }, passing: (_ parts: Int) -> Void = { _ in }) {
    var done = (outcomes.count - outcomes.count { $0 == nil }) * Sweep.parts
    let left = outcomes.indices.filter { outcomes[$0] == nil }
    let settings = left.map(settings)
    for group in training.groups(of: settings) {
      let (before, whole) = (done, group.count * Sweep.parts)
      guard !isStopped(),
        let futures = training.train(
          group.map { settings[$0] }, isStopped: isStopped,
          passing: { passing(before + Int($0 * Double(whole))) })
      else { return }
      done += whole
      passing(done)
      for (place, future) in zip(group, futures) {
        guard !isStopped() else { return }
        outcomes[left[place]] = Outcome(future)
      }
    }
  }

  /// How many came to what, in the order of the table; what nothing came to is left out.
  package var tally: [(fate: Fate, count: Int)] {
    Fate.all.map { fate in (fate, outcomes.count { $0.map { $0.fate == fate } ?? false }) }.filter { $0.count > 0 }
  }

  /// The one with the lowest loss, of those that are done; nil where none has a finite one.
  package var best: Int? {
    outcomes.indices.filter { outcomes[$0]?.loss.isFinite == true }.min {
      (outcomes[$0]?.loss ?? .infinity) < (outcomes[$1]?.loss ?? .infinity)
    }
  }

  /// The settings of a future as they are typed: `rate=0.1 seed=3`.
  package func words(of index: Int) -> String {
    settings(of: index).map { "\($0.hyperparameter.name)=\(shortest($0.value))" }.joined(separator: " ")
  }

  /// How each is trained, as it is typed: `run 100 epochs`.
  package var run: String { "run \(training.count) \(training.stride.name)\(training.count == 1 ? "" : "s")" }
}
