import Engine
import Notation

extension Compared {
  /// What a network with mistakes in its code computes on the way back, and forward where a mistake is there, held against what
  /// it should be; nil where it has none, or where one is a secret. Of a batch it is the sample on show.
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
    let isForward = network.alterations.contains { $0.quantity.kind.isForward }
    for operation in state.program.operations
    where operation.phase == .backward || operation.phase == .forward && isForward {
      let quantity = operation.quantity
      guard quantity.kind.extent != .square, quantity.kind != .dx,
        let given = try? wrong.value(of: quantity, sample: quantity.kind.isOfSample ? state.selected : nil),
        let numbers = try? ForeignNumbers(
          quantity, given, slack: Matrix(rows: given.rows, columns: given.columns), at: state)
      else { continue }
      all.append(numbers)
    }
    self.init()
    take(all, on: right)
  }
}
