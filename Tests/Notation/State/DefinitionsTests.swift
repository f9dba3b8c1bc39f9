import Engine
import Testing

@testable import Notation

@Suite struct DefinitionsTests {
  /// Many copies, each given names at random, old ones again among them, beside a plain list that says what it has to hold.
  @Test(arguments: 1...8) func copiesAreIndependent(seed: Int) {
    var generator = Generator(seed: seed)
    func below(_ count: Int) -> Int { Int(generator.unit() * Double(count)) }
    var all: [(made: Definitions, plain: [Definition])] = [(Definitions(), [])]
    for number in 1...2000 {
      let chosen = below(all.count)
      switch below(8) {
      case 0 where all.count < 12: all.append(all[chosen])
      case 1 where all.count > 1: all.remove(at: chosen)
      default:
        let definition = Definition("q\(below(40))", .number(Double(number)))
        all[chosen].made.define(definition)
        all[chosen].plain.removeAll { $0.name == definition.name }
        all[chosen].plain.append(definition)
      }
      guard number % 50 == 0 else { continue }
      for (made, plain) in all {
        #expect(made.all == plain, "seed \(seed), after \(number) changes")
        for name in (0..<40).map({ "q\($0)" }) {
          #expect(
            made[name] == plain.first { $0.name == name }?.expression, "seed \(seed), after \(number) changes: \(name)")
        }
        #expect(made == Definitions(plain))
        #expect(made != Definitions(plain + [Definition("other", .number(0))]))
      }
    }
  }
}
