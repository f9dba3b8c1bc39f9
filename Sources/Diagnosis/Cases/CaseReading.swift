import Engine
import Notation

/// The arrays of a case in one of the ways that their shapes allow, each as it is here: a sample a row, weights with a row for
/// each unit.
struct CaseReading {
  /// The way: whether each sample is a row, and each unit of a matrix of weights.
  struct Layout: Hashable {
    let samplesAreRows: Bool
    let weights: WeightLayout
  }

  let layout: Layout
  /// The inputs and the targets, a sample a row.
  let (inputs, targets): (Matrix, Matrix)
  let weights: [Matrix]
  /// The biases, as many numbers as a layer has; empty where it has none.
  let biases: [[Double]]
  /// What was computed, and the loss, in no order.
  let computed: [CaseNumbers]
  /// What the update made of the parameters.
  let updated: [CaseNumbers]
  let rate: Double?
  /// The layout that the names of the weights say by themselves, as those of PyTorch and Keras do.
  let namedLayout: WeightLayout?
  var sampleCount: Int { inputs.rows }
  var outputs: Int { weights.last?.rows ?? 0 }

  /// A way in which the shapes do not fit, and how many of the arrays did before.
  struct Misfit: Error {
    let error: CaseError
    let fitted: Int
  }

  /// Every way in which the shapes fit; of ways that come to the same the first. Throws what is wrong with the one that goes
  /// furthest where there is none.
  static func all(of contents: CaseContents, _ wishes: CaseWishes) throws(CaseError) -> [CaseReading] {
    var readings: [CaseReading] = []
    var worst: Misfit?
    for samplesAreRows in [true, false] where wishes.samplesAreRows ?? samplesAreRows == samplesAreRows {
      for weights in WeightLayout.allCases where wishes.layout ?? weights == weights {
        do throws(Misfit) {
          let new = try CaseReading(contents, Layout(samplesAreRows: samplesAreRows, weights: weights))
          if !readings.contains(where: { $0.isSame(as: new) }) { readings.append(new) }
        } catch {
          if error.fitted > worst?.fitted ?? -1 { worst = error }
        }
      }
    }
    if readings.isEmpty, let worst { throw worst.error }
    return readings
  }

  private func isSame(as other: CaseReading) -> Bool {
    inputs == other.inputs && targets == other.targets && weights == other.weights && biases == other.biases
      && zip(computed + updated, other.computed + other.updated).allSatisfy { $0.values == $1.values }
  }

  private init(_ contents: CaseContents, _ layout: Layout) throws(Misfit) {
    self.layout = layout
    var fitted = 0
    func misfit(_ message: Text) -> Misfit { Misfit(error: CaseError(message), fitted: fitted) }
    let first = contents.weights[0]
    var inputs = layout.samplesAreRows ? contents.inputs.matrix : contents.inputs.matrix.transposed
    // A single row of numbers is one sample, or as many samples of one input.
    if contents.inputs.isLine {
      let count = contents.inputs.elements.count
      let isOneSample = first.shape.contains(count) || first.isLine && first.elements.count == count
      inputs = Matrix(
        rows: isOneSample ? 1 : count, columns: isOneSample ? count : 1, elements: contents.inputs.elements)
    }
    let count = inputs.rows
    guard inputs.count > 0 else { throw misfit("\(contents.inputs.title) is empty") }
    self.inputs = inputs
    var units = inputs.columns
    var weights: [Matrix] = []
    for (place, array) in contents.weights.enumerated() {
      let source: Text = place == 0 ? "\(contents.inputs.title)" : "\(contents.weights[place - 1].title)"
      guard let matrix = CaseReading.weights(array, inputs: units, layout.weights) else {
        throw misfit(
          "\(array.title) does not fit \(source) in any layout: \(units) of its rows or columns were expected")
      }
      weights.append(matrix)
      units = matrix.rows
      fitted += 1
    }
    self.weights = weights
    let named = Set(contents.weights.map(\.meaning.hasRowsOfInputs))
    namedLayout = named.count == 1 ? named.first?.map { $0 ? .inOut : .outIn } : nil
    guard let targets = CaseReading.targets(contents.targets, samples: count, outputs: units, layout) else {
      throw misfit(
        "\(contents.targets.title) does not fit: \(counted(count, "sample")) of \(contents.inputs.title), \(counted(units, "output")) of \(contents.weights.last?.title ?? "")"
      )
    }
    self.targets = targets
    fitted += 1
    var biases: [[Double]] = []
    for (matrix, array) in zip(weights, contents.biases) {
      guard let array else {
        biases.append([])
        continue
      }
      guard array.elements.count == matrix.rows || array.elements.count == 1 else {
        throw misfit(
          "\(array.title) does not fit a layer of \(counted(matrix.rows, "unit")): one for each was expected")
      }
      biases.append(array.elements)
      fitted += 1
    }
    self.biases = biases
    func read(_ quantity: Quantity, _ array: CaseArray) throws(Misfit) -> CaseNumbers? {
      let layer = quantity.layer - 1
      let isWeights = quantity.kind.extent == .weights
      guard !isWeights else {
        guard let (value, isTurned) = CaseReading.like(weights[layer], array, layout.weights) else {
          throw misfit("\(array.title) has not the shape of \(contents.weights[layer].title)")
        }
        return CaseNumbers(quantity, array, value, isTurned: isTurned)
      }
      if quantity.kind.extent == .biases {
        guard array.elements.count == biases[layer].count else {
          let hint: Text =
            array.elements.count == biases[layer].count * count && count > 1
            ? ": its numbers for the samples are not added up" : ""
          let name = contents.biases[layer].map(\.title)
          let wanted: Text =
            name.map { "\(array.title) has not the shape of \($0)\(hint)" }
            ?? "\(array.title) is there, and no biases of layer \(layer + 1)"
          throw misfit(wanted)
        }
        return CaseNumbers(quantity, array, Matrix(column: array.elements), isTurned: false)
      }
      if !quantity.kind.isOfSample {
        return array.elements.count == 1
          ? CaseNumbers(quantity, array, Matrix(column: array.elements), isTurned: false) : nil
      }
      let extent = quantity.kind.isOfLayer ? weights[layer].rows : quantity.kind == .dx ? inputs.columns : units
      guard let (value, isTurned) = CaseReading.ofSamples(array, samples: count, extent, layout) else {
        throw misfit("\(array.title) does not fit: \(counted(count, "sample")) of \(counted(extent, "number"))")
      }
      return CaseNumbers(quantity, array, value, isTurned: isTurned)
    }
    func readAll(_ all: [(quantity: Quantity, array: CaseArray)]) throws(Misfit) -> [CaseNumbers] {
      var found: [CaseNumbers] = []
      for (quantity, array) in all {
        if let numbers = try read(quantity, array) { found.append(numbers) }
        fitted += 1
      }
      return found
    }
    computed = try readAll(contents.computed)
    updated = try readAll(contents.updated)
    rate = contents.rate?.elements.first
  }

  // MARK: shapes

  /// A matrix of weights with a row for each unit; nil where it does not take so many inputs.
  private static func weights(_ array: CaseArray, inputs: Int, _ layout: WeightLayout) -> Matrix? {
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
  private static func like(_ weights: Matrix, _ array: CaseArray, _ layout: WeightLayout) -> (Matrix, Bool)? {
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
  private static func ofSamples(
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
  private static func targets(_ array: CaseArray, samples: Int, outputs: Int, _ layout: Layout) -> Matrix? {
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

/// Somebody else's numbers for a quantity of a case, as it is here: of what belongs to a sample one row a sample.
package struct CaseNumbers: Sendable {
  /// The quantity.
  package let quantity: Quantity
  /// The name in the file.
  package let name: String
  /// The numbers.
  package let values: Matrix
  /// How far each may be from what it stands for.
  package private(set) var slack: Matrix
  /// Whether they were worked out in single precision.
  let isSingle: Bool
  /// Whether they were given the other way round than those that they go with.
  package let isTurned: Bool

  init(_ quantity: Quantity, _ array: CaseArray, _ values: Matrix, isTurned: Bool) {
    (self.quantity, name, self.values, self.isTurned) = (quantity, array.name, values, isTurned)
    (slack, isSingle) = (array.exactness.slack(of: values), array.exactness == .single)
  }

  /// The same numbers with more allowed to each.
  func allowing(_ more: [Double]) -> CaseNumbers {
    var wider = self
    wider.slack = Matrix(rows: slack.rows, columns: slack.columns, elements: zip(slack.elements, more).map { $0 + $1 })
    return wider
  }

  /// Whether they are the derivatives of samples' losses, whose layer's others are made of the same numbers.
  var isOfSamples: Bool { quantity.kind.isOfSample && quantity.kind.gradientOf != nil }

  /// Whether numbers that were computed here are those; loosely where it is only looked for which of several they are.
  func agree(with numbers: Matrix, loosely: Bool = false) -> Bool {
    var rule = Agreement.Rule()
    rule.halfUnits = (nil, loosely && isSingle ? slack.map { 8 * $0 } : slack)
    return Agreement(numbers, values, by: rule).holds
  }
}
