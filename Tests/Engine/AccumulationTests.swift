import Testing

@testable import Engine

/// The contract at the head of Accumulation.swift, worked out here from single operations.
struct AccumulationTests {
  /// Eight partial sums of fused products folded by halves, then the rest one by one.
  private func documented(_ a: [Double], _ b: [Double]) -> Double {
    guard !a.isEmpty else { return 0 }
    let whole = a.count / 8 * 8
    var total = a[0] * b[0]
    if whole > 0 {
      var lanes = (0..<8).map { a[$0] * b[$0] }
      for index in 8..<max(whole, 8) { lanes[index % 8] = lanes[index % 8].addingProduct(a[index], b[index]) }
      let four = (0..<4).map { lanes[$0] + lanes[$0 + 4] }
      total = (four[0] + four[2]) + (four[1] + four[3])
    }
    for index in max(whole, 1)..<max(a.count, 1) { total = total.addingProduct(a[index], b[index]) }
    return total
  }

  @Test func lanesAreTheDocumentedOnesToTheBit() {
    var generator = Generator(seed: 21)
    for count in 0...70 {
      let (a, b) = ((0..<count).map { _ in generator.normal() }, (0..<count).map { _ in generator.normal() })
      #expect(dot(a, b, count: count) == documented(a, b), "\(count) products")
    }
  }

  /// (1 + 2⁻³⁰)² − 1 = 2⁻²⁹ + 2⁻⁶⁰: the last part is lost where the product is rounded before it is added.
  @Test func productsAreFused() {
    let near = 1 + 0x1p-30
    #expect(dot([-1, near], [1, near], count: 2) == 0x1p-29 + 0x1p-60)
    var sums = [0.0, 0]
    beginSums(&sums, [-1, -1], times: 1, 0..<2)
    addToSums(&sums, [near, 1], times: near, 0..<2)
    #expect(sums == [0x1p-29 + 0x1p-60, 0x1p-30])
  }

  /// A first term of −0 stays, which 0 in front would make 0.
  @Test func theFirstTermIsTakenAsItIs() {
    #expect(dot([-0.0], [1], count: 1).sign == .minus)
    #expect(sum([-0.0], count: 1).sign == .minus && sum([-0.0, -0.0], count: 2).sign == .minus)
    #expect(sum([1, 2, 4, 5], count: 3) == 7)
  }

  /// What is read many numbers at a time begins where eight of them do.
  @Test func buffersAreAligned() throws {
    for seed in 0..<20 {
      let line = Timeline(.random(seed: seed))
      for quantity in line.state.quantities {
        guard let place = line.state.workspace.place(of: quantity) else { continue }
        #expect(UInt(bitPattern: place) % 64 == 0, "\(quantity.name), seed \(seed)")
      }
    }
  }
}
