import Testing

@testable import Engine

/// Zeros, infinities, what is no number, and where a result leaves the numbers or becomes subnormal.
@Suite struct ElementaryEndsTests {
  @Test func exponentials() {
    #expect(exponential(0) == 1 && exponential(-0.0) == 1)
    #expect(exponential(.infinity) == .infinity && exponential(-.infinity) == 0)
    #expect(exponential(709.782712893384).isFinite && exponential(709.7827128933841) == .infinity)
    #expect(exponential(-745.1332191019411) == Double.leastNonzeroMagnitude && exponential(-745.1332191019412) == 0)
    #expect(exponential(.nan).isNaN && exponentialMinusOne(.nan).isNaN)
    #expect(
      exponentialMinusOne(-0.0).sign == .minus
        && exponentialMinusOne(Double.leastNonzeroMagnitude) == Double.leastNonzeroMagnitude)
    #expect(exponentialMinusOne(-.infinity) == -1 && exponentialMinusOne(-50) == -1)
    #expect(exponentialMinusOne(710) == .infinity)
  }

  @Test func logarithms() {
    #expect(logarithm(1) == 0 && logarithm(1).sign == .plus)
    #expect(logarithm(0) == -.infinity && logarithm(-0.0) == -.infinity)
    #expect(logarithm(-1).isNaN && logarithm(-.infinity).isNaN && logarithm(.nan).isNaN)
    #expect(logarithm(.infinity) == .infinity)
    #expect(logarithmOfOnePlus(-1) == -.infinity && logarithmOfOnePlus(-1.5).isNaN && logarithmOfOnePlus(.nan).isNaN)
    #expect(
      logarithmOfOnePlus(-0.0).sign == .minus
        && logarithmOfOnePlus(Double.leastNonzeroMagnitude) == Double.leastNonzeroMagnitude)
    #expect(logarithmOfOnePlus(.infinity) == .infinity)
    #expect(logarithmOfOnePlus(.greatestFiniteMagnitude) == logarithm(.greatestFiniteMagnitude))
  }

  @Test func saturating() {
    for function in [hyperbolicTangent, errorFunction] {
      #expect(function(.infinity) == 1 && function(-.infinity) == -1 && function(.nan).isNaN)
      #expect(function(0).sign == .plus && function(-0.0).sign == .minus)
      #expect(function(30) == 1 && function(-30) == -1)
    }
    #expect(
      hyperbolicTangent(Double.leastNonzeroMagnitude) == Double.leastNonzeroMagnitude
        && errorFunction(Double.leastNonzeroMagnitude) == Double.leastNonzeroMagnitude)
    #expect(complementaryErrorFunction(0) == 1 && complementaryErrorFunction(.nan).isNaN)
    #expect(complementaryErrorFunction(.infinity) == 0 && complementaryErrorFunction(-.infinity) == 2)
    #expect(complementaryErrorFunction(27.226) == Double.leastNonzeroMagnitude && complementaryErrorFunction(27.3) == 0)
  }

  @Test func powers() {
    for y in [0, -0.0, 1, -3.5, .infinity, .nan] { #expect(power(1, y) == 1) }
    for x in [0, -0.0, 1, -3.5, .infinity, .nan] { #expect(power(x, 0) == 1) }
    #expect(power(.nan, 3).isNaN && power(3, .nan).isNaN && power(-8, 1 / 3.0).isNaN)
    #expect(power(0, 3) == 0 && power(-0.0, 3).sign == .minus && power(-0.0, 4).sign == .plus)
    #expect(power(0, -1) == .infinity && power(-0.0, -1) == -.infinity && power(-0.0, -0.5) == .infinity)
    #expect(power(-.infinity, 3) == -.infinity && power(-.infinity, -3) == 0 && power(.infinity, 0.5) == .infinity)
    #expect(power(-1, .infinity) == 1 && power(0.5, .infinity) == 0 && power(0.5, -.infinity) == .infinity)
    #expect(power(10, 309) == .infinity && power(-10, 309) == -.infinity && power(10, -324) == 0)
    #expect(
      power(1 + 0x1p-52, 0x1p70) == .infinity && power(1 - 0x1p-53, 0x1p70) == 0 && power(-3, 0x1p60) == .infinity)
    #expect(power(-1, 0x1p52 + 1) == -1 && power(-1, 0x1p53 - 1) == -1 && power(-1, 0x1p53 + 2) == 1)
    #expect(power(-1, 0x1p51 + 1) == -1 && power(-1, 0x1p51 + 0.5).isNaN)
    #expect(power(7, 1e-30) == 1 && power(0.9, .greatestFiniteMagnitude) == 0)
  }

  /// Where a function passes from one form to the next, it must not step back.
  @Test func neverFallsWhereItShouldRise() {
    let rising: [(@Sendable (Double) -> Double, [Double])] = [
      (exponential, [-700, -0.3466, -0.00542, 0.00542, 0.3466, 1, 700]),
      (exponentialMinusOne, [-40, -0.34657, -0x1p-54, 0x1p-54, 0.34657, 40]),
      (logarithm, [0x1p-1022, 0.7057, 0.9948, 0.9987, 1, 1.0052, 1.013, 1.4115]),
      (logarithmOfOnePlus, [-0.29, -0.0013, -0x1p-54, 0x1p-54, 0.0052, 0.4115, 1, 0x1p53]),
      (hyperbolicTangent, [-0.25, 0.25, 0.5, 1, 9.35, 9.36, 15, 18.7, 19.06, 22]),
      (errorFunction, [-0.5, 0x1p-300, 0.5, 0.75, 1, 1.25, 1.75, 2.75, 4.5, 5.9, 6]),
      ({ -complementaryErrorFunction($0) }, [-6, -1.25, -0.5, 0.5, 0.75, 1, 1.25, 1.75, 2.75, 4.5, 8, 27.2]),
      ({ power($0, 7.5) }, [0.7057, 0.9987, 1, 1.0052, 1.4115]),
    ]
    for (function, places) in rising {
      for place in places {
        var x = place
        for _ in 0..<200 { x = x.nextDown }
        var last = function(x)
        for _ in 0..<400 {
          x = x.nextUp
          let next = function(x)
          #expect(next >= last, "at \(x)")
          last = next
        }
      }
    }
  }
}
