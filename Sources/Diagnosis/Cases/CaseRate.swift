import Engine
import Notation

/// The learning rate of a case: w − rate · dw is what the update made.
struct CaseRate {
  let rate: Double
  /// What in the file told it; nil where it was said.
  let source: String?
  /// What it is for the file's own gradients, where those are in another form and it is another.
  let ofOwnGradients: Double?
  /// How many of the parameters come out so with the right gradients.
  private let fits: Int

  /// The rate under which the most new parameters come out, with the right gradients or else with the file's own; nil where
  /// none does, or there are none.
  static func find(_ reading: CaseReading, at state: State) -> CaseRate? {
    var best: CaseRate?
    for updated in reading.updated {
      guard let old = reading.parameter(updated.quantity), let kind = updated.quantity.kind.gradient else { continue }
      let gradient = Quantity(kind, updated.quantity.layer)
      let right = (try? state.value(of: gradient)).flatMap { simplest(from: old, by: $0, to: updated) }
      let own = reading.numbers(gradient).flatMap { simplest(from: old, by: $0.values, to: updated) }
      for rate in [right, own] {
        guard let rate, rate != best?.rate else { continue }
        let fits = reading.updated.count { $0.comes(from: reading, by: rate, at: state) }
        guard fits > best?.fits ?? -1 else { continue }
        best = CaseRate(
          rate: rate, source: updated.name, ofOwnGradients: own == rate ? nil : own, fits: fits)
      }
    }
    return best
  }

  /// The shortest rate that leads from old numbers to new ones; nil where none does.
  private static func simplest(from old: Matrix, by gradient: Matrix, to new: CaseNumbers) -> Double? {
    guard old.count == gradient.count, old.count == new.values.count else { return nil }
    let (before, slopes, after) = (old.elements, gradient.elements, new.values.elements)
    let square = slopes.reduce(0) { $0 + $1 * $1 }
    guard square > 0, square.isFinite else { return nil }
    let rate = zip(zip(before, after), slopes).reduce(0) { $0 + ($1.0.0 - $1.0.1) * $1.1 } / square
    guard rate > 0, rate.isFinite else { return nil }
    for digits in 1...17 {
      guard let short = Double(significant(rate, digits: digits)), short > 0 else { continue }
      let stepped = zip(before, slopes).map { $0 - short * $1 }
      if new.agree(with: Matrix(rows: new.values.rows, columns: new.values.columns, elements: stepped)) { return short }
    }
    return nil
  }
}

extension CaseNumbers {
  /// Whether an update with the right gradient makes them.
  fileprivate func comes(from reading: CaseReading, by rate: Double, at state: State) -> Bool {
    guard let old = reading.parameter(quantity), let kind = quantity.kind.gradient,
      let gradient = try? state.value(of: Quantity(kind, quantity.layer)), gradient.count == old.count
    else { return false }
    let stepped = zip(old.elements, gradient.elements).map { $0 - rate * $1 }
    return agree(with: Matrix(rows: values.rows, columns: values.columns, elements: stepped))
  }
}

extension CaseReading {
  /// A parameter as the file has it before the update.
  fileprivate func parameter(_ quantity: Quantity) -> Matrix? {
    guard weights.indices.contains(quantity.layer - 1) else { return nil }
    return quantity.kind == .w ? weights[quantity.layer - 1] : Matrix(column: biases[quantity.layer - 1])
  }
}
