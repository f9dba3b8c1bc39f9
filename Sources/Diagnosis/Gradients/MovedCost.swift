import Engine
import Notation

/// A cost with one number moved, as far as a comparison with differences has to know it.
package protocol MovedCost {
  /// The number's value where it is not moved.
  var value: Double { get }
  /// The cost where it is not moved.
  var cost: Double { get }
  /// The cost where the number is another one.
  mutating func cost(at value: Double) throws(EvaluationError) -> Double
  /// The central difference, and the kinks that lie between its ends.
  mutating func difference(_ step: StepSize) throws(EvaluationError) -> (CentralDifference, kinks: [Kink])
}

/// The cost of an iteration, by a forward pass of its own.
package struct CostOfIteration: MovedCost {
  /// How the cost is read off a pass in which a number is moved.
  typealias Read = (_ pass: ForwardPass, _ element: Element) throws(EvaluationError) -> Double

  private(set) var pass: ForwardPass
  private let read: Read
  private var element = Element(Quantity(.x))
  private var ends: (low: KinkSides, high: KinkSides)
  /// The number that is moved, where it is not.
  package private(set) var value = 0.0
  /// The cost where it is not moved.
  package private(set) var cost = 0.0

  /// The cost where nothing is moved, by what belongs to the batch and by what belongs to the sample on show.
  private let unmoved: (ofBatch: Double, ofSample: Double)

  /// - Throws: where the cost has no value.
  init(_ pass: ForwardPass, read: @escaping Read) throws(EvaluationError) {
    (self.pass, self.read) = (pass, read)
    let sides = KinkSides(of: pass.network)
    ends = (sides, sides)
    unmoved = (
      try read(pass, Element(Quantity(.w, 1))), try read(pass, Element(Quantity(.x), sample: pass.state.selected))
    )
  }

  /// The cost of a batch; by an input, of its sample.
  static var loss: Read {
    { (pass, element) throws(EvaluationError) in element.sample.map { pass.loss(ofSample: $0) } ?? pass.batchLoss }
  }

  /// Goes over to another number, after the one before was put back.
  mutating func turn(to element: Element) {
    self.element = element
    if let sample = element.sample {
      (value, cost) = (pass.input(element.row, ofSample: sample), unmoved.ofSample)
    } else {
      (value, cost) = (pass.value(of: element.quantity, at: place), unmoved.ofBatch)
    }
  }

  /// Puts the number back.
  mutating func putBack() { move(to: value) }

  /// Where the number stands among its quantity's, row by row.
  private var place: Int {
    element.quantity.kind == .w
      ? element.row * pass.network.units(element.quantity.layer - 1) + element.column
      : element.row
  }

  private mutating func move(to value: Double) {
    if let sample = element.sample {
      pass.move(input: element.row, ofSample: sample, to: value)
    } else {
      pass.move(element.quantity, at: place, to: value)
    }
  }

  /// The cost where the number is another one.
  package mutating func cost(at value: Double) throws(EvaluationError) -> Double {
    move(to: value)
    pass.settle()
    return try read(pass, element)
  }

  /// The central difference at a step, and the kinks between its ends.
  package mutating func difference(_ step: StepSize) throws(EvaluationError) -> (CentralDifference, kinks: [Kink]) {
    let (width, layer) = (step.width(at: value), max(element.quantity.layer, 1))
    let (low, high) = (value - width, value + width)
    let below = try cost(at: low)
    ends.low.note(pass, from: layer)
    let above = try cost(at: high)
    ends.high.note(pass, from: layer)
    return (
      CentralDifference(low: low, high: high, costs: (below, above)),
      ends.high.between(ends.low, samples: pass.samples, from: layer)
    )
  }
}
