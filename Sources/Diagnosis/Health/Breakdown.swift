import Engine
import Notation

/// The first number of a run that is not finite: where it was computed.
package struct Breakdown: Sendable {
  /// The number.
  package let element: Element
  /// Its value: an infinity, or not a number.
  package let value: Double
  /// The end of the layer step that computed it.
  package let place: Place
  /// The sample of the batch that it belongs to, from 1; nil of what belongs to none, or where there is only one.
  private let sample: Int?

  /// What it is: `net2[1] = inf is the first number that is not finite`.
  package var words: Text {
    let shape = element.quantity.kind.extent.indexCount
    let indices = [element.row + 1, element.column + 1].prefix(shape).map(String.init).joined(separator: ",")
    let name = shape == 0 ? element.quantity.name : "\(element.quantity.name)[\(indices)]"
    let whose: Text = sample.map { " of sample \($0) of the batch" } ?? ""
    return "\(name)\(whose) = \(significant(value, digits: 3)) is the first number that is not finite"
  }

  /// Looks for it on a line whose last loss is not finite; nil where none was computed behind a place.
  package init?(on line: Timeline, after start: Place) {
    var line = line
    // The loss that is not finite was computed in this iteration, or the one before.
    var iteration = line.place.iteration
    if line.place.operation == 0, iteration > start.iteration { iteration -= 1 }
    line.move(to: Place(iteration: iteration, operation: 1))
    // Weights that are not finite came with an earlier update.
    while iteration > start.iteration, !line.state.hasFiniteParameters {
      iteration -= 1
      line.move(to: Place(iteration: iteration, operation: 1))
    }
    for step in line.state.program.steps {
      for operation in step.operations {
        line.move(to: Place(iteration: iteration, operation: operation + 1))
        let quantity = line.state.program.operations[operation].quantity
        guard let found = line.state.firstNonFinite(of: quantity) else { continue }
        element = found.element
        value = found.value
        sample = found.element.sample.flatMap { line.state.batch.count > 1 ? $0 + 1 : nil }
        place = Place(iteration: iteration, operation: step.operations.upperBound)
        return
      }
    }
    return nil
  }
}

extension State {
  /// Whether all weights and biases are finite numbers.
  package var hasFiniteParameters: Bool {
    parameters.allSatisfy { ($0.w.values + $0.b.values).allSatisfy(\.isFinite) }
  }

  /// The first element of a quantity, of any sample, that is not finite.
  fileprivate func firstNonFinite(of quantity: Quantity) -> (element: Element, value: Double)? {
    for sample in quantity.kind.isOfSample ? Array(batch.indices) : [0] {
      guard let matrix = try? value(of: quantity, sample: sample),
        let place = matrix.elements.firstIndex(where: { !$0.isFinite })
      else { continue }
      let (row, column) = place.quotientAndRemainder(dividingBy: max(matrix.columns, 1))
      let element = Element(quantity, row: row, column: column, sample: quantity.kind.isOfSample ? sample : nil)
      return (element, matrix.elements[place])
    }
    return nil
  }
}
