import Engine
import Notation

/// The arrays of a case in one of the ways that their shapes allow, each as it is here: a sample a row, weights with a row for
/// each unit.
struct CaseReading {
  /// The way: whether each sample is a row, and each unit of a matrix of weights.
  struct Layout: Hashable {
    let samplesAreRows: Bool
    let weights: WeightLayout
    var biasColumn = BiasColumn.none
  }

  let layout: Layout
  /// The inputs and the targets, a sample a row.
  let (inputs, targets): (Matrix, Matrix)
  let weights: [Matrix]
  /// The biases, as many numbers as a layer has; empty where it has none.
  let biases: [[Double]]
  /// What was computed, and the loss, in no order.
  private(set) var computed: [CaseNumbers]
  /// What the update made of the parameters.
  private(set) var updated: [CaseNumbers]
  let rate: Double?
  /// The layout that the names of the weights say by themselves, as those of PyTorch and Keras do.
  let namedLayout: WeightLayout?
  var sampleCount: Int { inputs.rows }
  var outputs: Int { weights.last?.rows ?? 0 }

  /// A way in which the shapes do not fit, and how many of the arrays did before.
  struct Misfit: Error {
    let error: CaseError
    let fitted: Int

    init(_ message: Text, fitted: Int) { (error, self.fitted) = (CaseError(message), fitted) }
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
    if readings.isEmpty { readings = withBiasColumns(contents, wishes) }
    if readings.isEmpty, let worst { throw worst.error }
    return readings
  }

  /// Every way in which the shapes fit where biases stand in the matrices of weights.
  private static func withBiasColumns(_ contents: CaseContents, _ wishes: CaseWishes) -> [CaseReading] {
    var readings: [CaseReading] = []
    for samplesAreRows in [true, false] where wishes.samplesAreRows ?? samplesAreRows == samplesAreRows {
      for weights in WeightLayout.allCases where wishes.layout ?? weights == weights {
        for column in [BiasColumn.last, .first] {
          let layout = Layout(samplesAreRows: samplesAreRows, weights: weights, biasColumn: column)
          let inputs = CaseReading.inputs(contents.inputs, before: contents.weights[0], layout)
          // A single row of numbers is one sample: no matrix of weights has as many inputs as it has.
          let shapes = contents.inputs.isLine ? [(1, contents.inputs.elements.count)] : [(inputs.rows, inputs.columns)]
          for (samples, units) in shapes {
            guard
              let split = contents.splittingBiases(column, inputs: units, samples: samples, layout),
              let new = try? CaseReading(split, layout), !readings.contains(where: { $0.isSame(as: new) })
            else { continue }
            readings.append(new)
          }
        }
      }
    }
    return readings
  }

  private func isSame(as other: CaseReading) -> Bool {
    inputs == other.inputs && targets == other.targets && weights == other.weights && biases == other.biases
      && zip(computed + updated, other.computed + other.updated).allSatisfy { $0.values == $1.values }
  }

  private init(_ contents: CaseContents, _ layout: Layout) throws(Misfit) {
    self.layout = layout
    let inputs = CaseReading.inputs(contents.inputs, before: contents.weights[0], layout)
    self.inputs = inputs
    weights = try CaseReading.weights(contents, inputs: inputs.columns, layout.weights)
    let named = Set(contents.weights.map(\.meaning.hasRowsOfInputs))
    namedLayout = named.count == 1 ? named.first?.map { $0 ? .inOut : .outIn } : nil
    let (samples, outputs) = (inputs.rows, weights.last?.rows ?? 0)
    var fitted = weights.count
    guard let targets = CaseReading.targets(contents.targets, samples: samples, outputs: outputs, layout) else {
      throw Misfit(
        "\(contents.targets.title) does not fit: \(counted(samples, "sample")) of \(contents.inputs.title), \(counted(outputs, "output")) of \(contents.weights.last?.title ?? "")",
        fitted: fitted)
    }
    self.targets = targets
    fitted += 1
    biases = try CaseReading.biases(contents, weights, fitted: fitted)
    (computed, updated) = ([], [])
    rate = contents.rate?.elements.first
    var found: [CaseNumbers] = []
    for (quantity, array) in contents.computed + contents.updated {
      if let numbers = try numbers(quantity, array, in: contents, fitted: fitted) { found.append(numbers) }
      fitted += 1
    }
    computed = found.filter { !$0.quantity.kind.isParameter }
    updated = found.filter { $0.quantity.kind.isParameter }
  }

  /// An array as its quantity has it; nil of several numbers where one was expected, such as a loss for each sample.
  private func numbers(
    _ quantity: Quantity, _ array: CaseArray, in contents: CaseContents, fitted: Int
  ) throws(Misfit) -> CaseNumbers? {
    let layer = quantity.layer - 1
    switch quantity.kind.extent {
    case .weights:
      guard let (value, isTurned) = CaseReading.like(weights[layer], array, layout.weights) else {
        throw Misfit("\(array.title) has not the shape of \(contents.weights[layer].title)", fitted: fitted)
      }
      return CaseNumbers(quantity, array, value, isTurned: isTurned, layout: layout.weights)
    case .biases:
      guard array.elements.count == biases[layer].count else {
        let isOfAll = sampleCount > 1 && array.elements.count == biases[layer].count * sampleCount
        let hint: Text = isOfAll ? ": its numbers for the samples are not added up" : ""
        throw Misfit(
          contents.biases[layer].map { "\(array.title) has not the shape of \($0.title)\(hint)" }
            ?? "\(array.title) is there, and no biases of layer \(layer + 1)", fitted: fitted)
      }
      return CaseNumbers(quantity, array, Matrix(column: array.elements), isTurned: false)
    case .units, .inputs:
      let extent = quantity.kind.isOfLayer ? weights[layer].rows : inputs.columns
      guard let (value, isTurned) = CaseReading.ofSamples(array, samples: sampleCount, extent, layout) else {
        throw Misfit(
          "\(array.title) does not fit: \(counted(sampleCount, "sample")) of \(counted(extent, "number"))",
          fitted: fitted)
      }
      return CaseNumbers(quantity, array, value, isTurned: isTurned)
    default:
      let isOne = array.elements.count == 1
      return isOne ? CaseNumbers(quantity, array, Matrix(column: array.elements), isTurned: false) : nil
    }
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
  /// How far each would be if what they come of was not rounded; nil where that need not have been.
  private let ofExact: Matrix?
  /// Whether they were worked out in single precision.
  let isSingle: Bool
  /// Whether they were given the other way round than those that they go with.
  package let isTurned: Bool
  /// How a matrix of weights was taken to be laid out; nil of what has no layout, or lies in a line.
  let layout: WeightLayout?

  init(_ quantity: Quantity, _ array: CaseArray, _ values: Matrix, isTurned: Bool, layout: WeightLayout? = nil) {
    (self.quantity, name, self.values, self.isTurned) = (quantity, array.name, values, isTurned)
    self.layout = array.isLine ? nil : isTurned ? layout?.other : layout
    (slack, isSingle) = (array.exactness.slack(of: values), array.exactness == .single)
    ofExact = array.comesOfRounded ? slack : nil
    if array.comesOfRounded {
      // What is small comes of a sum of what is not.
      let most = CaseExactness.carried * (slack.elements.max() ?? 0)
      slack = slack.map { max($0, most) }
    }
  }

  /// The same numbers where the weights and inputs are those that they come of, to the last digit.
  var comingOfExact: CaseNumbers {
    var exact = self
    exact.slack = ofExact ?? slack
    return exact
  }

  /// The same numbers with more allowed to each.
  func allowing(_ more: [Double]) -> CaseNumbers {
    var wider = self
    wider.slack = slack.adding(more)
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
