import Testing

@testable import Engine

@Suite struct SharedNumbersTests {
  /// Many copies, each grown, cut and changed at random beside a plain array that says what it has to hold.
  @Test(arguments: 1...8) func copiesAreIndependent(seed: Int) {
    var generator = Generator(seed: seed)
    func below(_ count: Int) -> Int { Int(generator.unit() * Double(count)) }
    var all: [(shared: SharedNumbers, plain: [Double])] = [(SharedNumbers(), [])]
    for number in 1...3000 {
      let chosen = below(all.count)
      let count = all[chosen].plain.count
      switch below(12) {
      case 0 where all.count < 12: all.append(all[chosen])
      case 1 where all.count > 1: all.remove(at: chosen)
      case 2:
        let first = below(count)
        all[chosen].shared.removeSubrange(first..<count)
        all[chosen].plain.removeSubrange(first..<count)
      case 3 where count > 0:
        let index = below(count)
        all[chosen].shared[index] = -Double(number)
        all[chosen].plain[index] = -Double(number)
      case 4:
        all[chosen].shared.update { Double($0) - $1 }
        all[chosen].plain = all[chosen].plain.enumerated().map { Double($0) - $1 }
      default:
        let numbers = (0..<below(4)).map { Double(number + $0) }
        all[chosen].shared.append(contentsOf: numbers)
        all[chosen].plain += numbers
      }
      guard number % 50 == 0 else { continue }
      for (shared, plain) in all {
        #expect(shared.array == plain, "seed \(seed), after \(number) changes")
        #expect(shared.withUnsafeBufferPointer { Array($0) } == plain, "seed \(seed), after \(number) changes")
        for (other, numbers) in all { #expect((shared == other) == (plain == numbers), "seed \(seed), \(number)") }
      }
    }
  }
}
