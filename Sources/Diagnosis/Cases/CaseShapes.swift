import Engine
import Notation

// How the arrays of a case fit each other by their shapes.
extension CaseReading {
  /// The inputs, a sample a row. A single row of numbers is one sample, or as many samples of one input.
  static func inputs(_ array: CaseArray, before weights: CaseArray, _ layout: Layout) -> Matrix {
    guard array.isLine else { return layout.samplesAreRows ? array.matrix : array.matrix.transposed }
    let count = array.elements.count
    let isOneSample = weights.shape.contains(count) || weights.isLine && weights.elements.count == count
    return Matrix(rows: isOneSample ? 1 : count, columns: isOneSample ? count : 1, elements: array.elements)
  }

  /// The weights of all layers, each with a row for each unit.
  static func weights(
    _ contents: CaseContents, inputs: Int, _ layout: WeightLayout
  ) throws(Misfit) -> [Matrix] {
    var (weights, units): ([Matrix], Int) = ([], inputs)
    for (place, array) in contents.weights.enumerated() {
      let before = place == 0 ? contents.inputs : contents.weights[place - 1]
      guard let matrix = CaseReading.weights(array, inputs: units, layout) else {
        throw Misfit(
          "\(array.title) does not fit \(before.title) in any layout: \(units) of its rows or columns were expected",
          fitted: place)
      }
      weights.append(matrix)
      units = matrix.rows
    }
    return weights
  }

  /// The biases of all layers: one for each unit, one for the layer, or none.
  static func biases(_ contents: CaseContents, _ weights: [Matrix], fitted: Int) throws(Misfit) -> [[Double]] {
    var biases: [[Double]] = []
    for (matrix, array) in zip(weights, contents.biases) {
      if let array, array.elements.count != matrix.rows, array.elements.count != 1 {
        throw Misfit(
          "\(array.title) does not fit a layer of \(counted(matrix.rows, "unit")): one for each was expected",
          fitted: fitted + biases.count)
      }
      biases.append(array?.elements ?? [])
    }
    return biases
  }

  /// A matrix of weights with a row for each unit; nil where it does not take so many inputs.
  static func weights(_ array: CaseArray, inputs: Int, _ layout: WeightLayout) -> Matrix? {
    guard !array.elements.isEmpty else { return nil }
    if array.isLine {
      let count = array.elements.count
      // A row of numbers is one unit's weights, or those of as many units of one input.
      if count == inputs { return Matrix(rows: 1, columns: count, elements: array.elements) }
      return inputs == 1 ? Matrix(column: array.elements) : nil
    }
    let matrix = layout == .outIn ? array.matrix : array.matrix.transposed
    return matrix.columns == inputs ? matrix : nil
  }

  /// What has the shape of a matrix of weights, and whether it was given the other way round than the weights.
  static func like(_ weights: Matrix, _ array: CaseArray, _ layout: WeightLayout) -> (Matrix, Bool)? {
    if array.isLine {
      guard array.elements.count == weights.count, min(weights.rows, weights.columns) == 1 else { return nil }
      return (Matrix(rows: weights.rows, columns: weights.columns, elements: array.elements), false)
    }
    let (plain, turned) = (array.matrix, array.matrix.transposed)
    let (expected, other) = layout == .outIn ? (plain, turned) : (turned, plain)
    if expected.hasShape(of: weights) { return (expected, false) }
    return other.hasShape(of: weights) ? (other, true) : nil
  }

  /// Numbers of each sample, a sample a row, and whether they were given the other way round.
  static func ofSamples(
    _ array: CaseArray, samples: Int, _ extent: Int, _ layout: Layout
  ) -> (Matrix, Bool)? {
    guard array.elements.count == samples * extent, samples * extent > 0 else { return nil }
    if array.isLine || min(samples, extent) == 1 {
      return (Matrix(rows: samples, columns: extent, elements: array.elements), false)
    }
    let (plain, turned) = (array.matrix, array.matrix.transposed)
    let (expected, other) = layout.samplesAreRows ? (plain, turned) : (turned, plain)
    if expected.rows == samples, expected.columns == extent { return (expected, false) }
    return other.rows == samples && other.columns == extent ? (other, true) : nil
  }

  /// The targets, a sample a row; whole numbers, one for each sample, are classes where there are several outputs.
  static func targets(_ array: CaseArray, samples: Int, outputs: Int, _ layout: Layout) -> Matrix? {
    if let (targets, _) = ofSamples(array, samples: samples, outputs, layout) { return targets }
    let classes = array.elements.compactMap { Int(exactly: $0) }
    guard classes.count == samples, array.elements.count == samples, outputs > 1,
      classes.allSatisfy({ (0..<outputs).contains($0) })
    else { return nil }
    var targets = Matrix(rows: samples, columns: outputs)
    for (sample, number) in classes.enumerated() { targets[sample, number] = 1 }
    return targets
  }
}
