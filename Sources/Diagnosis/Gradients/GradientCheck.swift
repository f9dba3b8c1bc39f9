import Engine
import Notation

/// Every derivative of a cost at a place beside central differences.
package struct GradientCheck {
  /// What came of each quantity: layer by layer the weights and biases, then the inputs.
  package private(set) var quantities: [CheckedQuantity] = []
  /// The units that changed sides of a kink, each with the first number that was moved then, in the order in which they were
  /// met.
  package private(set) var crossings: [Crossing] = []
  /// How many forward passes it took.
  package var passes: Int { moving.pass.count }
  /// The step of the differences.
  package let step: StepSize
  /// How far a derivative and its difference may be apart, by the larger of them.
  package let tolerance: Double
  private let gradient: Gradient
  private var moving: CostOfIteration
  /// Where a unit's crossing stands.
  private var known: [Kink: Int] = [:]
  /// What differences decide, and by how much they are off is to be looked at for other steps.
  private var decided: [(element: Element, exact: Double)] = []

  /// A unit that changed sides of a kink between two ends of a difference.
  package struct Crossing: Sendable {
    /// The kink.
    package let kink: Kink
    /// The first number that was moved.
    package let first: CheckedNumber
    /// How many others were.
    package fileprivate(set) var others = 0
  }

  /// The most units whose crossings are kept.
  private static let mostCrossings = 1000

  /// Checks a gradient; nil where not even one number of each quantity can be looked at in the work that a check may take.
  /// - Throws: where the cost has no value.
  package init?(
    _ gradient: Gradient, step: StepSize = .usual, tolerance: Double = GradientCheck.usualTolerance,
    mostWork: Int? = nil
  ) throws(EvaluationError) {
    let pass = ForwardPass(gradient.state)
    guard let plan = CheckPlan(gradient, pass, mostWork: mostWork ?? CheckPlan.mostWork) else { return nil }
    (self.gradient, self.step, self.tolerance) = (gradient, step, tolerance)
    moving = try CostOfIteration(pass, read: gradient.read)
    for part in plan.parts { quantities.append(try check(part)) }
  }

  /// How far a derivative and its difference may be apart where nothing is said.
  package static let usualTolerance = 1e-6

  private mutating func check(_ part: CheckPlan.Part) throws(EvaluationError) -> CheckedQuantity {
    var checked = CheckedQuantity(part.quantity, count: part.count)
    let sample = part.quantity.kind.isOfSample ? gradient.state.selected : nil
    for place in part.places {
      if StopSign.current?.isUp == true { throw .stopped }
      let element = Element(
        part.quantity, row: place / part.columns, column: place % part.columns, sample: sample)
      moving.turn(to: element)
      let number = try CheckedNumber(
        element, exact: try gradient.exact(element), &moving, step, tolerance: tolerance)
      moving.putBack()
      checked.add(number)
      for kink in number.kinks { note(kink, number) }
      if number.finding == .agrees || number.finding == .differs { decided.append((element, number.exact)) }
    }
    return checked
  }

  private mutating func note(_ kink: Kink, _ number: CheckedNumber) {
    if let place = known[kink] {
      crossings[place].others += 1
    } else if crossings.count < GradientCheck.mostCrossings {
      known[kink] = crossings.count
      crossings.append(Crossing(kink: kink, first: number))
    }
  }

  /// Whether no gradient is wrong.
  package var holds: Bool { quantities.allSatisfy { $0.differing == 0 } }

  /// How many numbers were compared.
  package var checked: Int { quantities.reduce(0) { $0 + $1.checked } }

  /// How many there are.
  package var count: Int { quantities.reduce(0) { $0 + $1.count } }

  /// The one that is furthest off of those that differences decide; nil where there is none.
  package var worst: CheckedNumber? {
    quantities.compactMap(\.worst).reduce(nil) { worst, number in
      worst.map { $0.isWorse(than: number) ? $0 : number } ?? number
    }
  }

  /// The largest absolute difference of those that differences decide.
  package var largestError: Double {
    quantities.reduce(0) { $0.isNaN || $1.largestError.isNaN ? .nan : max($0, $1.largestError) }
  }

  // MARK: other steps

  /// The steps of a sweep.
  package static let sweep: [Double] = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12]

  /// How far off differences at another step are: the worst of the numbers that those at the check's own step decide, without
  /// those that go across a kink; as many of them as there is work for.
  package mutating func worst(at step: StepSize) throws(EvaluationError) -> CheckedNumber? {
    let each = decided.first.map { 2 * moving.pass.work(ofLayer: $0.element.quantity.layer) } ?? 1
    let most = max(CheckPlan.mostWork / GradientCheck.sweep.count / max(each, 1), 1)
    var worst: CheckedNumber?
    for place in CheckPlan.spread(min(most, decided.count), over: decided.count) {
      if StopSign.current?.isUp == true { throw .stopped }
      let (element, exact) = decided[place]
      moving.turn(to: element)
      let (difference, kinks) = try moving.difference(step)
      moving.putBack()
      guard kinks.isEmpty else { continue }
      let number = CheckedNumber(element, exact: exact, difference)
      if worst.map({ number.isWorse(than: $0) }) ?? true { worst = number }
    }
    return worst
  }
}
