import Engine
import Notation
import Testing

@testable import Diagnosis

/// A function of one number in the place of a network's cost.
struct FunctionOfOne: MovedCost {
  let value: Double
  let function: (Double) -> Double
  var cost: Double { function(value) }
  mutating func cost(at value: Double) -> Double { function(value) }
  mutating func difference(_ step: StepSize) -> (CentralDifference, kinks: [Kink]) {
    (CentralDifference(of: function, at: value, step), [])
  }
}

@Suite struct DifferencesTests {
  private let element = Element(Quantity(.w, 1))

  private func finding(
    _ exact: Double, at value: Double, _ step: StepSize = .usual, by function: @escaping (Double) -> Double
  ) throws -> CheckedNumber.Finding {
    var moving = FunctionOfOne(value: value, function: function)
    return try CheckedNumber(element, exact: exact, &moving, step, tolerance: 1e-6).finding
  }

  @Test func theUsualStepIsTheCubeRootOfTheDistanceFromOneToTheNextNumber() {
    let eps = StepSize.usual.eps
    #expect(abs(eps * eps * eps / 1.0.ulp - 1) < 1e-14)
    #expect(StepSize.usual.width(at: 0.5) == eps && StepSize.usual.width(at: -200) == 200 * eps)
    #expect(StepSize.fixed(1e-4).width(at: -200) == 1e-4)
  }

  @Test func aDifferenceIsWorkedOutByHand() {
    // (2.5³ - 1.5³) / 1 = 15.625 - 3.375
    let cube = CentralDifference(of: { $0 * $0 * $0 }, at: 2, .fixed(0.5))
    #expect(cube.slope == 12.25)
    // 4 units of the last digit of 15.625, by a distance of 1.
    #expect(cube.rounding == 4 * 0x1p-49)
    #expect(CentralDifference(of: { $0 }, at: 1, .fixed(1e-20)).slope.isNaN)
  }

  @Test func theErrorIsRelativeToTheLargerOfTheTwo() {
    #expect(CentralDifference.relativeError(2, 1) == 0.5 && CentralDifference.relativeError(-1, 1) == 2)
    #expect(CentralDifference.relativeError(0, 0) == 0 && CentralDifference.relativeError(0, 1e-300) == 1)
    #expect(CentralDifference.relativeError(.nan, 1).isNaN && CentralDifference.relativeError(.nan, .nan).isNaN)
  }

  @Test func aWrongDerivativeDiffersAndARightOneAgrees() throws {
    let cube = { (x: Double) in x * x * x }
    #expect(try finding(12, at: 2, by: cube) == .agrees)
    for wrong in [12.001, 11.999, -12, 0, 24, .nan, .infinity] {
      #expect(try finding(wrong, at: 2, by: cube) == .differs)
    }
    // Large numbers, and a curve that is steep for the step.
    #expect(try finding(3e10, at: 1e5, by: cube) == .agrees)
    #expect(try finding(3.0003e10, at: 1e5, by: cube) == .differs)
  }

  @Test func whatTheStepIsTooWideOrTooNarrowForIsUndecided() throws {
    let wave = { (x: Double) in sine(1000 * x) }
    // At h = 1e-3 the difference is sin(1) of the slope, 16 % off; at the usual one 6e-6.
    #expect(try finding(1000, at: 0, .fixed(1e-3), by: wave) == .undecided)
    #expect(try finding(1000, at: 0, by: wave) == .undecided)
    #expect(try finding(1000, at: 0, .fixed(1e-7), by: wave) == .agrees)
    #expect(try finding(990, at: 0, by: wave) == .differs)
    let flat = { (x: Double) in 1e6 + x * x }
    #expect(try finding(1e-9, at: 5e-10, by: flat) == .undecided)
    #expect(try finding(2, at: 1, .fixed(1e-14), by: flat) == .undecided)
  }

  @Test func aBendOfTheCostItselfIsNoFailureButADerivativeOutsideItIs() throws {
    // The difference at 0 is the mean of both slopes.
    #expect(try finding(0, at: 0) { abs($0) } == .agrees)
    for exact in [0.5, 1, -1] { #expect(try finding(exact, at: 0) { abs($0) } == .bends) }
    #expect(try finding(1, at: 1e-9) { abs($0) } == .bends)
    #expect(try finding(1.5, at: 0) { abs($0) } == .differs)
    #expect(try finding(0, at: 0) { max($0, 0) } == .bends)
    #expect(try finding(-0.5, at: 0) { max($0, 0) } == .differs)
  }

  @Test func whatHasNoValueAtOneSideIsUndecidedAndWhatHasNoneHereDiffers() throws {
    #expect(try finding(1e9, at: 1e-9) { $0 > 0 ? $0.squareRoot() : .nan } == .undecided)
    #expect(try finding(1, at: 0) { _ in .nan } == .differs)
    #expect(try finding(1, at: 0) { _ in .infinity } == .differs)
  }

  @Test func placesAreSpreadOverRowsAndColumns() {
    #expect(CheckPlan.spread(6, over: 6) == [0, 1, 2, 3, 4, 5] && CheckPlan.spread(9, over: 2) == [0, 1])
    for (looked, rows, columns) in [(40, 32, 64), (100, 100, 100), (7, 4, 4), (1, 1, 9)] {
      let places = CheckPlan.spread(looked, over: rows * columns)
      #expect(Set(places).count == looked && places.allSatisfy { (0..<rows * columns).contains($0) })
      #expect(Set(places.map { $0 % columns }).count >= min(looked, columns) / 2)
      #expect(Set(places.map { $0 / columns }).count >= min(looked, rows) / 2)
    }
  }
}

/// sin x by its power series, for small x.
private func sine(_ x: Double) -> Double {
  var (sum, term) = (0.0, x)
  for n in 1..<20 {
    sum += term
    term *= -x * x / Double(2 * n * (2 * n + 1))
  }
  return sum
}
