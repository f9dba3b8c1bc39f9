import Diagnosis
import Engine
import Notation

// Somebody's numbers in other shapes than a quantity has here.
extension Session {
  /// Somebody's numbers for a quantity, which goes by the name that it was given: biases that stand in a column of a matrix of
  /// weights apart, and those of all samples of the batch where each is a row, or a column; with what is to be said of that.
  func foreign(
    _ expression: Expression, for quantity: Quantity, givenTo target: Expression, _ exactness: CaseExactness? = nil
  ) throws(CommandError) -> (numbers: [ForeignNumbers], said: [Text]) {
    let value = try value(of: expression, givenTo: target)
    let layout: WeightLayout? =
      expression.isLine(in: scope) ? nil : expression.isTurned(in: scope) ? .inOut : .outIn
    let slack = expression.slack(of: value, isTurned: layout == .inOut, exactness)
    if let (both, column) = apart(value, slack, of: quantity, layout) {
      let place = column.words(content.layout).map { ["\(quantity.name) is given with the biases in \($0)" as Text] }
      return (both, place ?? [])
    }
    if let all = ofBatch(value, slack, of: quantity) { return ([all], []) }
    if let turned = inOtherLayout(value, slack, of: quantity, layout) { return turned }
    // A single sample's row is its column.
    let isRow =
      (quantity.kind.isOfSample || quantity.kind.extent == .biases) && value.rows == 1
      && timeline.state.shape(of: quantity)?.rows == value.columns
    if !isRow { try requireShape(value, of: quantity, at: expression.range.lowerBound) }
    do throws(NotComputed) {
      let numbers = try ForeignNumbers(
        quantity, isRow ? value.transposed : value, slack: isRow ? slack.transposed : slack, layout: layout,
        at: timeline.state)
      return ([numbers], [])
    } catch {
      throw CommandError(error.message, at: target.range.lowerBound)
    }
  }

  /// A matrix of weights, or of their gradients, that has a row for what has a column here, which its shape says; nil of any
  /// other.
  private func inOtherLayout(
    _ value: Matrix, _ slack: Matrix, of quantity: Quantity, _ layout: WeightLayout?
  ) -> (numbers: [ForeignNumbers], said: [Text])? {
    guard quantity.kind.extent == .weights, let shape = timeline.state.shape(of: quantity), shape.rows != shape.columns,
      (value.rows, value.columns) == (shape.columns, shape.rows)
    else { return nil }
    let other: WeightLayout = layout == .inOut ? .outIn : .inOut
    let read = try? ForeignNumbers(
      quantity, value.transposed, slack: slack.transposed, layout: other, at: timeline.state)
    let words: Text =
      other == .inOut
      ? "with a row for each input, as x·W has it (layout in-out)"
      : "with a row for each unit, as W·x has it (layout out-in)"
    return read.map { ([$0], ["\(quantity.name) is given \(words)"]) }
  }

  /// One number of a quantity, at indices that are typed: of the others nothing is known, so that whatever they are is right.
  /// Nil where it is no number, or stands nowhere.
  func foreign(
    _ value: Matrix, _ slack: Matrix, for quantity: Quantity, at indices: [Expression]
  ) -> ForeignNumbers? {
    let places = indices.compactMap {
      if case .number(let literal) = $0.kind { Int(exactly: literal.value) } else { nil }
    }
    let wanted = quantity.kind.extent.indexCount(in: timeline.experiment.network, layer: quantity.layer)
    guard let shape = timeline.state.shape(of: quantity), value.count == 1, places.count == indices.count,
      places.count == wanted, let row = places.first, 1...shape.rows ~= row,
      1...shape.columns ~= places.dropFirst().first ?? 1
    else { return nil }
    let column = places.dropFirst().first ?? 1
    var given = Matrix(rows: shape.rows, columns: shape.columns)
    let unknown = [Double](repeating: .infinity, count: given.count)
    var allowed = Matrix(rows: shape.rows, columns: shape.columns, elements: unknown)
    (given[row - 1, column - 1], allowed[row - 1, column - 1]) = (value.elements[0], slack.elements[0])
    return try? ForeignNumbers(quantity, given, slack: allowed, layout: nil, at: timeline.state)
  }

  /// A matrix of weights, or of their gradients, that has the biases in its last column or its first, and these; nil of any
  /// other. Where both would do it is the one whose biases are right.
  private func apart(
    _ value: Matrix, _ slack: Matrix, of quantity: Quantity, _ layout: WeightLayout?
  ) -> (numbers: [ForeignNumbers], column: BiasColumn)? {
    let kind: Quantity.Kind? = quantity.kind == .dw ? .db : quantity.kind == .w ? .b : nil
    guard let kind, let shape = timeline.state.shape(of: quantity),
      timeline.state.shape(of: Quantity(kind, quantity.layer))?.rows == shape.rows,
      (value.rows, value.columns) == (shape.rows, shape.columns + 1)
    else { return nil }
    func parted(_ column: BiasColumn) -> (numbers: [ForeignNumbers], column: BiasColumn)? {
      let place = column.place(of: value.columns)
      let (given, allowed) = (value.parted(at: place), slack.parted(at: place))
      guard
        let weights = try? ForeignNumbers(
          quantity, given.rest, slack: allowed.rest, layout: layout, at: timeline.state),
        let biases = try? ForeignNumbers(
          Quantity(kind, quantity.layer), given.column, slack: allowed.column, at: timeline.state)
      else { return nil }
      return ([weights, biases], column)
    }
    guard let last = parted(.last), !last.numbers.allSatisfy(\.isRight), let first = parted(.first),
      first.numbers.contains(where: \.isRight)
    else { return parted(.last) }
    return first
  }

  /// Numbers of all samples of the batch, a sample a row or a column; nil of any other.
  private func ofBatch(_ value: Matrix, _ slack: Matrix, of quantity: Quantity) -> ForeignNumbers? {
    let samples = timeline.state.batch.count
    guard quantity.kind.isOfSample, samples > 1, let shape = timeline.state.shape(of: quantity) else { return nil }
    let forms = [(value, slack), (value.transposed, slack.transposed)].filter {
      ($0.0.rows, $0.0.columns) == (samples, shape.rows)
    }
    let read = forms.compactMap { try? ForeignNumbers(quantity, ofBatch: $0.0, slack: $0.1, at: timeline.state) }
    return read.first(where: \.isRight) ?? read.first
  }
}
