import Engine
import Notation

/// A form in which others give the same quantity: a row of the table. It is no fault, and it is tried before one is looked
/// for.
package struct Convention: Sendable {
  /// What it is, as in "dw1 is right, …".
  package let words: @Sendable (Quantity, State) -> Text
  private let applies: @Sendable (Quantity, State) -> Bool
  private let change: @Sendable (Matrix, State) -> Matrix

  /// A quantity as this form has it.
  package func turned(_ value: Matrix, _ state: State) -> Matrix { change(value, state) }

  /// The first form that does it; those of one change come before those of two.
  static func first(
    for quantity: Quantity, in state: State, fits: (_ turned: (Matrix) -> Matrix) -> Bool
  ) -> Convention? {
    let fitting = all.filter { $0.applies(quantity, state) }
    if let one = fitting.first(where: { row in fits { row.change($0, state) } }) { return one }
    for (index, first) in fitting.enumerated() {
      for second in fitting.dropFirst(index + 1) {
        let both = Convention(
          words: { "\(first.words($0, $1)), and \(second.words($0, $1))" }, applies: first.applies,
          change: { second.change(first.change($0, $1), $1) })
        if fits({ both.change($0, state) }) { return both }
      }
    }
    return nil
  }

  /// Every form; a new one is one row.
  private static let all: [Convention] = [
    Convention(words: { _, _ in "given with a row for each input, as x·W has it (layout in-out)" }) { quantity, state in
      quantity.kind.extent == .weights && state.shape(of: quantity).map { $0.rows == $0.columns && $0.rows > 1 } == true
    } change: { value, _ in
      value.transposed
    },
    Convention(words: { _, _ in "given with the opposite sign, as what is added in an update" }) { quantity, _ in
      quantity.kind.gradientOf != nil
    } change: { value, _ in
      value.scaled(by: -1)
    },
    Convention(words: {
      "given summed over the \($1.batch.count) samples, where the mean is taken here (reduction sum)"
    }) { quantity, state in
      quantity.isGradientOfParameter && state.batch.count > 1 && state.experiment.reduction == .mean
    } change: { value, state in
      value.scaled(by: Double(state.batch.count))
    },
    Convention(words: {
      "given as the mean over the \($1.batch.count) samples, where the sum is taken here (reduction mean)"
    }) { quantity, state in
      quantity.isGradientOfParameter && state.batch.count > 1 && state.experiment.reduction == .sum
    } change: { value, state in
      value.scaled(by: 1 / Double(state.batch.count))
    },
    Convention(words: { "given divided by the \($1.batch.count) samples already" }) { quantity, state in
      quantity.kind.isOfSample && quantity.kind.gradientOf != nil && state.batch.count > 1
    } change: { value, state in
      value.scaled(by: 1 / Double(state.batch.count))
    },
    Convention(words: {
      "given times the learning rate \(shortest($1.experiment.network.optimizer.rate)), as an update has it"
    }) { quantity, state in
      let optimizer = state.experiment.network.optimizer
      return quantity.isGradientOfParameter && optimizer.isPlainDescent && optimizer.rate != 1 && optimizer.rate > 0
    } change: { value, state in
      value.scaled(by: state.experiment.network.optimizer.rate)
    },
  ]

  private init(
    words: @escaping @Sendable (Quantity, State) -> Text,
    applies: @escaping @Sendable (Quantity, State) -> Bool,
    change: @escaping @Sendable (Matrix, State) -> Matrix
  ) {
    (self.words, self.applies, self.change) = (words, applies, change)
  }
}

extension Quantity {
  /// Whether it is ∂L/∂w or ∂L/∂b of a layer.
  fileprivate var isGradientOfParameter: Bool { kind.gradientOf?.isParameter == true }
}

extension Matrix {
  fileprivate func scaled(by factor: Double) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: elements.map { $0 * factor })
  }
}
