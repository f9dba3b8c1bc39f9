import Engine
import Notation

extension ForeignNumbers {
  /// Whether what it is here is what code with mistakes in it computes in this iteration, and another without them.
  package func isHeldAgainstFaultyCode(at state: State) -> Bool {
    let network = state.worked
    guard !network.alterations.isEmpty, let producer = state.program.producer(of: quantity),
      producer < state.place.operation, let right = state.retaken(by: network.withoutMistakes, until: quantity),
      let value = try? right.value(of: quantity, sample: sample, isOfBatch: isOfBatch)
    else { return false }
    return !Agreement(value, truth).holds
  }
}

extension Compared {
  /// What a network with mistakes in its code computes on the way back, or wrongly on the way forward, held against what it
  /// should be; nil where it has no mistake, or where one is a secret. Of a batch it is the sample on show.
  package init?(ofMistakesOn line: Timeline) {
    let network = line.experiment.network
    guard !network.alterations.isEmpty, !network.alterations.contains(where: \.isSecret), line.state.injected.isEmpty
    else { return nil }
    let wrong = line.state.withGradients
    var right = line.atBeginningOfIteration
    right.change { experiment, _ in experiment.network = network.withoutMistakes }
    right.move(to: right.endOfNext(.backward))
    let state = right.state
    var all: [ForeignNumbers] = []
    // Where a mistake is on the way forward, all behind it follows from that, but for what has one of its own.
    let altered = network.alterations.map(\.quantity)
    let isForward = altered.contains(where: \.kind.isForward)
    for operation in state.program.operations
    where isForward ? altered.contains(operation.quantity) : operation.phase == .backward {
      let quantity = operation.quantity
      guard quantity.kind.extent != .square, quantity.kind != .dx,
        let given = try? wrong.value(of: quantity, sample: quantity.kind.isOfSample ? state.selected : nil),
        let numbers = try? ForeignNumbers(
          quantity, given, slack: Matrix(rows: given.rows, columns: given.columns), at: state)
      else { continue }
      all.append(numbers)
    }
    // The weights are what they are, whatever a mistake makes of them.
    self.init(weights: .outIn)
    take(all, on: right)
  }
}
