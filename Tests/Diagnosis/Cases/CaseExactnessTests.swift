import Engine
import Testing

@testable import Diagnosis

/// How exact numbers are is seen by how many digits they have.
@Suite struct CaseExactnessTests {
  private static let numbers = (1...40).map { 1 / Double($0 * $0 + 2) - 0.1 }

  @Test func whatHasAllItsDigitsIsExact() { #expect(CaseExactness(of: Self.numbers) == .double) }

  @Test(arguments: [4, 6, 9]) func roundedToDecimals(_ count: Int) {
    let power = (0..<count).reduce(1.0) { power, _ in power * 10 }
    #expect(CaseExactness(of: Self.numbers.map { ($0 * power).rounded() / power }) == .decimals(count))
  }

  @Test func roundedToSignificantDigits() {
    let written = [0.000123456, 12.3456, 1.23457, 0.0345678, 123456, 0.987654, -3.45678e-7]
    #expect(CaseExactness(of: written) == .digits(6))
  }

  @Test func singlePrecisionThatIsWrittenOut() {
    #expect(CaseExactness(of: Self.numbers.map { Double(Float($0)) }) == .single)
  }

  /// A toy's short numbers are no rounded ones: half a unit of their last digit would let anything pass.
  @Test(arguments: [[0.5, -1, 2, 0.25], [0], [], [1e300, .nan, .infinity]])
  func shortNumbersAreExact(_ numbers: [Double]) { #expect(CaseExactness(of: numbers) == .double) }

  @Test func whatMayBeOff() {
    let column = Matrix(column: [0.1234, 12.34, 0])
    #expect(CaseExactness.decimals(4).slack(of: column).elements.allSatisfy { abs($0 - 0.00005) < 1e-7 })
    let digits = CaseExactness.digits(4).slack(of: column).elements
    #expect(abs(digits[0] - 0.00005) < 1e-7 && abs(digits[1] - 0.005) < 1e-5 && digits[2] == 0)
    #expect(CaseExactness.double.slack(of: column).elements == [0, 0, 0])
  }
}
