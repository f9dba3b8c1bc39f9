import Engine
import Notation

/// A form in which others give the same quantity: a row of the table. It is no fault, and it is tried before one is looked
/// for.
package struct Convention: Sendable {
  /// What it is, as in "dw1 is given …", of numbers that were read in a layout.
  private let said: @Sendable (State, WeightLayout) -> Text
  private let about: About
  private let applies: @Sendable (Quantity, State) -> Bool
  /// Whether rows stand for columns.
  private(set) var isTurned = false
  /// How many times ours its numbers are; nil where they are the same in other places.
  private var factor: (@Sendable (State) -> Double)?
  /// Whether it has other numbers, and not the same ones in other places.
  package var changesNumbers: Bool { factor != nil }

  /// What of a quantity it changes; two that change the same are not taken together.
  private enum About: Int, Comparable {
    case shape, sign, size

    static func < (one: About, other: About) -> Bool { one.rawValue < other.rawValue }
  }

  /// How many times ours its numbers are; nil where they are the same in other places.
  func factor(at state: State) -> Double? { factor?(state) }

  /// What it is, as in "dw1 is given …".
  /// - Parameter layout: how matrices of weights were given by what had been said.
  package func words(_ state: State, readIn layout: WeightLayout = .outIn) -> Text { said(state, layout) }

  /// A quantity as this form has it.
  package func turned(_ value: Matrix, _ state: State) -> Matrix { turned(value, times: factor?(state) ?? 1) }

  /// What was given in this form as it would be here.
  func undone(_ value: Matrix, _ state: State) -> Matrix { turned(value, times: 1 / (factor?(state) ?? 1)) }

  private func turned(_ value: Matrix, times factor: Double) -> Matrix {
    (isTurned ? value.transposed : value).map { $0 * factor }
  }

  /// Whether a quantity may be given in it.
  func fits(_ quantity: Quantity, in state: State) -> Bool { applies(quantity, state) }

  /// Whether it is a sum for a mean over the samples, or a mean for a sum, where it is of parameters.
  package var isOtherReduction: Bool { about == .size }

  /// Whether it is of all gradients where it is of one: those of samples and those of parameters have the same sign.
  var isOfAllGradients: Bool { about == .sign }

  /// The forms whose numbers are so many times ours, for a quantity.
  static func factors(for quantity: Quantity, in state: State) -> [(form: Convention, factor: Double)] {
    all.compactMap { form in
      guard form.applies(quantity, state), let factor = form.factor?(state), factor.isFinite, factor != 0, factor != 1
      else { return nil }
      return (form, factor)
    }
  }

  /// That of a square matrix of weights whose rows stand for columns; nil of any other quantity.
  static func otherLayout(of quantity: Quantity, in state: State) -> Convention? {
    all.first { $0.isTurned && $0.applies(quantity, state) }
  }

  /// The first form that does it; those of one change come before those of two.
  static func first(
    for quantity: Quantity, in state: State, fits: (_ turned: (Matrix) -> Matrix) -> Bool
  ) -> Convention? {
    let fitting = all.filter { $0.applies(quantity, state) }
    let pairs = fitting.flatMap { first in fitting.filter { first.about < $0.about }.map { first.and($0) } }
    return (fitting + pairs).first { row in fits { row.turned($0, state) } }
  }

  private func and(_ other: Convention) -> Convention {
    var both = Convention(
      about, in: { "\(said($0, $1)), and \(other.said($0, $1))" },
      where: { applies($0, $1) && other.applies($0, $1) })
    both.isTurned = isTurned || other.isTurned
    if changesNumbers || other.changesNumbers { both.factor = { (factor?($0) ?? 1) * (other.factor?($0) ?? 1) } }
    return both
  }

  /// Every form; a new one is one row.
  private static let all: [Convention] = [
    Convention(
      .shape,
      in: { _, layout in
        switch layout {
        case .outIn: "given with a row for each input, as x·W has it (layout in-out)"
        case .inOut: "given with a row for each unit, as W·x has it (layout out-in)"
        }
      },
      where: { quantity, state in
        quantity.kind.extent == .weights
          && state.shape(of: quantity).map { $0.rows == $0.columns && $0.rows > 1 } == true
      }),
    Convention(
      .sign, { _ in "given with the opposite sign, as what is added in an update" },
      where: { quantity, _ in quantity.kind.gradientOf != nil }, times: { _ in -1 }),
    Convention(
      .sign,
      {
        "given as what is added in an update, -rate times the gradient, rate \(shortest($0.experiment.network.optimizer.rate))"
      },
      where: { quantity, state in
        let optimizer = state.experiment.network.optimizer
        return quantity.isGradientOfParameter && optimizer.isPlainDescent && optimizer.rate != 1 && optimizer.rate > 0
      }, times: { -$0.experiment.network.optimizer.rate }),
    Convention(
      .size, { "given summed over the \($0.batch.count) samples, where the mean is taken here (reduction sum)" },
      where: { quantity, state in
        quantity.kind.isOverSamples && state.batch.count > 1 && state.experiment.reduction == .mean
      }, times: { Double($0.batch.count) }),
    Convention(
      .size, { "given as the mean over the \($0.batch.count) samples, where the sum is taken here (reduction mean)" },
      where: { quantity, state in
        quantity.kind.isOverSamples && state.batch.count > 1 && state.experiment.reduction == .sum
      }, times: { 1 / Double($0.batch.count) }),
    Convention(
      .size, { "given divided by the \($0.batch.count) samples already" },
      where: { quantity, state in
        quantity.kind.isOfSample && quantity.kind.gradientOf != nil && state.batch.count > 1
      }, times: { 1 / Double($0.batch.count) }),
  ]

  /// A form whose numbers are so many times ours, or whose rows are our columns.
  private init(
    _ about: About, _ words: @escaping @Sendable (State) -> Text,
    where applies: @escaping @Sendable (Quantity, State) -> Bool, times factor: (@Sendable (State) -> Double)? = nil
  ) {
    self.init(about, in: { state, _ in words(state) }, where: applies, times: factor)
  }

  /// The same, whose words depend on the layout that the numbers were read in.
  private init(
    _ about: About, in said: @escaping @Sendable (State, WeightLayout) -> Text,
    where applies: @escaping @Sendable (Quantity, State) -> Bool, times factor: (@Sendable (State) -> Double)? = nil
  ) {
    (self.about, self.said, self.applies, self.factor) = (about, said, applies, factor)
    isTurned = about == .shape
  }
}

extension Quantity {
  /// Whether it is ∂L/∂w or ∂L/∂b of a layer.
  fileprivate var isGradientOfParameter: Bool { kind.gradientOf?.isParameter == true }
}
