import Engine
import Testing

struct SumTests {
  /// The documented order: eight partial sums folded by halves, then the rest one by one.
  private func documented(_ a: [Double], _ b: [Double]) -> Double {
    let whole = a.count / 8 * 8
    var lanes = Array(repeating: 0.0, count: 8)
    for index in 0..<whole { lanes[index % 8] += a[index] * b[index] }
    var total = 0.0
    if whole > 0 {
      let four = (0..<4).map { lanes[$0] + lanes[$0 + 4] }
      total = (four[0] + four[2]) + (four[1] + four[3])
    }
    for index in whole..<a.count { total += a[index] * b[index] }
    return total
  }

  @Test func theOrderIsTheDocumentedOneToTheBit() {
    var generator = Generator(seed: 21)
    for count in 0...70 {
      let (a, b) = ((0..<count).map { _ in generator.normal() }, (0..<count).map { _ in generator.normal() })
      #expect(dot(a, b, count: count) == documented(a, b), "\(count) products")
    }
  }
}
