import Engine
import Notation

/// An iteration gone through again as somebody's code went through it: with their numbers in the places of ours, and with the
/// slips that were found in it.
struct Carried {
  /// At the iteration's beginning, where what is put in counts for it, with the slips on.
  private let begun: Timeline
  private let here: Place
  private let given: [ForeignNumbers]

  /// How many numbers are moved one by one to see how far their last digit carries.
  private static let mostMoved = 64
  /// The same of a whole batch.
  private static let mostMovedOfBatch = 16

  /// - Parameters:
  ///   - given: the numbers that stand in the places of ours.
  ///   - slips: formulas that stand in the places of ours.
  ///   - line: where the iteration stands.
  init(_ given: [ForeignNumbers], slips: [Alteration] = [], on line: Timeline) {
    (self.given, here) = (given, line.place)
    var begun = line
    // Behind the last update, what is put in would count for the next iteration; and of many samples, each would have the
    // steps up to here taken again.
    if here.operation > 1 { begun.move(to: Place(iteration: here.iteration, operation: 1)) }
    if !slips.isEmpty {
      begun.change { experiment, _ in
        experiment.network.alterations = experiment.network.alterations.replaced(by: slips)
      }
    }
    self.begun = begun
  }

  /// The line at the same place as before.
  var line: Timeline { line { $0.given.elements } }

  private func line(_ numbers: (ForeignNumbers) -> [Double]) -> Timeline {
    var line = begun
    for foreign in given {
      let all = numbers(foreign)
      for sample in foreign.isOfBatch ? Array(begun.state.batch.indices) : [foreign.sample ?? 0] {
        line.inject(
          foreign.isOfBatch
            ? Injection(foreign.quantity, sample: sample, all: foreign.part(all, ofSample: sample))
            : Injection(foreign.quantity, sample: foreign.sample, all: all))
      }
    }
    line.move(to: here)
    return line
  }

  /// Whether a quantity comes to other numbers then than it is here, and these are those that were given.
  func gives(_ later: ForeignNumbers) -> Bool {
    value(of: later).map { $0 != later.truth && later.agrees(with: $0) } ?? false
  }

  /// What a quantity comes to then; nil where it does not come.
  func value(of later: ForeignNumbers) -> Matrix? { value(of: later, on: line) }

  private func value(of later: ForeignNumbers, on line: Timeline) -> Matrix? {
    try? line.state.value(of: later.quantity, sample: later.sample, isOfBatch: later.isOfBatch)
  }

  /// The numbers that were given held against what a quantity comes to then, as exactly as that is known; nil where it does not
  /// come.
  func held(_ later: ForeignNumbers) -> ForeignNumbers? {
    let line = line
    return value(of: later, on: line).flatMap {
      later.held(against: line.state, within: slack(of: later, around: $0))
    }
  }

  /// How far each number of it may be off by what the numbers that were put in may be off: to first order what each number's
  /// own slack moves, added up.
  func slack(of later: ForeignNumbers, around value: Matrix) -> [Double] {
    var slack = [Double](repeating: 0, count: value.count)
    for foreign in given {
      let places = foreign.slack.elements.indices.filter { foreign.slack.elements[$0] > 0 }
      let most = foreign.isOfBatch ? Carried.mostMovedOfBatch : Carried.mostMoved
      var own = [Double](repeating: 0, count: value.count)
      for place in places.prefix(most) {
        let moved = line { other in
          var numbers = other.given.elements
          if other.quantity == foreign.quantity { numbers[place] += other.slack.elements[place] }
          return numbers
        }
        guard let other = self.value(of: later, on: moved) else { continue }
        for index in own.indices { own[index] += abs(other.elements[index] - value.elements[index]) }
      }
      // Those that were not moved are taken to move as much.
      let share = Double(places.count) / Double(max(min(places.count, most), 1))
      for index in slack.indices { slack[index] += own[index] * share }
    }
    return slack
  }
}

extension [Alteration] {
  /// These, with others in the places of those of the same quantities.
  func replaced(by others: [Alteration]) -> [Alteration] {
    filter { old in !others.contains { $0.quantity == old.quantity } } + others
  }
}
