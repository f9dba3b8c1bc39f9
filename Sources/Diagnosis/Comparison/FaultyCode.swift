import Engine
import Notation

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
    // Where a mistake is on the way forward, all behind it follows from that.
    let forward = network.alterations.map(\.quantity).filter(\.kind.isForward)
    for operation in state.program.operations
    where forward.isEmpty ? operation.phase == .backward : forward.contains(operation.quantity) {
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
