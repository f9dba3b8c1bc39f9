import Engine
import Notation
import Testing

@Suite struct AlignedNumbersTests {
  /// Columns as a typesetter would write them, by hand.
  @Test(arguments: [
    ([1.05234, 0.27083, -0.0434], ["1.052", "0.271", "-0.043"]),
    ([0.2032, 0.0023142, -0.000004342, 0], ["0.2032", "0.0023", "-4.3e-6", "0.0000"]),
    ([6248, -1.5174, 0.25, 0.0123], ["6248", "-1.5", "0.25", "0.012"]),
    ([0.008771354, 0.009953953], ["0.008771", "0.009954"]),
    ([3.5102e-5, -2.1e-7, 0], ["3.510e-5", "-2.100e-7", "0"]),
    ([3.51e8, 12], ["3.510e8", "1.200e1"]),
    ([0.99996, 0.5, 0.99986, -0.0996], ["1.000", "0.500", "1.000", "-0.100"]),
    ([9.9996, 0.5, -0.99951], ["10.00", "0.50", "-1.00"]),
    ([-0.0, 1], ["0.000", "1.000"]), ([-1e-300, 1], ["-1.0e-300", "1.000"]),
  ])
  func aColumnByHand(_ values: [Double], _ texts: [String]) {
    let column = AlignedNumbers(values, digits: 4)
    #expect(values.map { column.text($0).trimmed } == texts)
  }

  @Test func givenNumbersHaveNoZerosThatSayNothing() {
    func texts(_ values: [Double], digits: Int = 4) -> [String] {
      let column = AlignedNumbers(given: values, digits: digits)
      return values.map { column.text($0) }
    }
    #expect(texts([6.7, 3, 4.5]) == ["6.7", "3.0", "4.5"])
    #expect(texts([0, 1, 0]) == ["0", "1", "0"])
    #expect(texts([0.05, 10]) == [" 0.05", "10.00"])
    #expect(texts([150, -7]) == ["150", " -7"])
  }

  /// In a narrow column the zeros before the points go, then digits; a sign is shown where it is asked for.
  @Test func aNarrowColumnLosesItsZerosFirst() {
    func texts(_ values: [Double], _ width: Int, isSigned: Bool = false) -> [String] {
      let column = AlignedNumbers(values, digits: 4, atMost: width, isSigned: isSigned)
      return values.map { column.text($0, width: width) }
    }
    #expect(texts([0.9023, -0.8962], 6) == [" .9023", "-.8962"])
    #expect(texts([0.9023, 0.8962], 6) == ["0.9023", "0.8962"])
    #expect(texts([1.234, -0.5], 6) == [" 1.234", "-0.500"])
    #expect(texts([12.34, -0.5], 5) == ["12.34", "-0.50"])
    #expect(texts([12.34, -0.5], 4) == ["12.3", "-0.5"])
    #expect(texts([123.4, -1.6e-10], 6) == [" 123.4", "-2e-10"])
    #expect(texts([0.00877, -0.0381], 7, isSigned: true) == ["+.00877", "-.03810"])
    #expect(texts([.nan, 1.5, -.infinity], 6) == ["   nan", " 1.500", "  -inf"])
  }

  /// Random columns: the points stand under each other, nothing but zero looks like zero, each text reads back within half
  /// a unit of what it shows, and the largest has its digits.
  @Test(arguments: 1...40)
  func randomColumns(_ seed: Int) throws {
    var generator = Generator(seed: seed)
    for _ in 0..<100 {
      let count = 1 + Int(generator.next() % 8)
      let spread = Double(generator.next() % 12)
      let values = (0..<count).map { _ -> Double in
        let exponent = generator.uniform(-spread, spread / 3)
        return generator.next() % 9 == 0 ? 0 : generator.uniform(-1, 1) * pow10(exponent)
      }
      let width = generator.next() % 2 == 0 ? Int.max : 7 + Int(generator.next() % 4)
      let column = AlignedNumbers(values, digits: 4, atMost: width)
      let texts = values.map { column.text($0) }
      #expect(Set(texts.map(\.count)) == [column.width], "seed \(seed): \(values) \(texts)")
      let points = texts.compactMap { text in
        text.firstIndex(of: ".").map { text.distance(from: text.startIndex, to: $0) }
      }
      // A column that is too narrow for a form has each number as it fits best.
      let isLoose = width < .max && zip(values, texts).allSatisfy { fitted($0, width: column.width, digits: 4) == $1 }
      #expect(Set(points).count <= 1 || isLoose, "seed \(seed): \(values) \(texts)")
      guard !isLoose else { continue }
      let largest = values.map(abs).max() ?? 0
      for (value, text) in zip(values, texts) {
        let read = try #require(Double(text.trimmed), "seed \(seed): \(text)")
        #expect((read == 0) == (value == 0), "seed \(seed): \(value) is \(text)")
        #expect(abs(read - value) <= max(abs(value) * 0.051, 0), "seed \(seed): \(value) is \(text)")
        if width == .max, abs(value) == largest {
          #expect(abs(read - value) <= 5.001e-4 * abs(value), "seed \(seed): \(value) is \(text)")
        }
      }
    }
  }

  private func pow10(_ exponent: Double) -> Double { power(10, exponent) }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
