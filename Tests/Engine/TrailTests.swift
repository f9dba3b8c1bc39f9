import Testing

@testable import Engine

@Suite struct TrailTests {
  /// Many copies, each grown, cut and changed at random beside a plain array that says what it has to hold.
  @Test(arguments: 1...8) func copiesAreIndependent(seed: Int) {
    var generator = Generator(seed: seed)
    func below(_ count: Int) -> Int { Int(generator.unit() * Double(count)) }
    var all: [(trail: Trail<Int>, plain: [Int])] = [(Trail([0]), [0])]
    for number in 1...3000 {
      let chosen = below(all.count)
      switch below(10) {
      case 0 where all.count < 12: all.append(all[chosen])
      case 1 where all.count > 1: all.remove(at: chosen)
      case 2:
        let count = 1 + below(all[chosen].plain.count)
        all[chosen].trail.truncate(to: count)
        all[chosen].plain.removeLast(all[chosen].plain.count - count)
      case 3:
        all[chosen].trail.replaceLast(-number)
        all[chosen].plain[all[chosen].plain.count - 1] = -number
      default:
        all[chosen].trail.append(number)
        all[chosen].plain.append(number)
      }
      guard number % 50 == 0 else { continue }
      for (trail, plain) in all { #expect(Array(trail) == plain, "seed \(seed), after \(number) changes") }
    }
  }
}
