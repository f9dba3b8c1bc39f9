import Engine
import Testing

@testable import Notation

@Suite struct ResidueTests {
  private static let seed = 20

  @Test func theFieldsLawsHold() {
    var generator = Generator(seed: Self.seed)
    for _ in 0..<2000 {
      let (a, b, c) = (
        Residue(from: &generator), Residue(from: &generator), Residue(from: &generator)
      )
      #expect(a + b == b + a && a * b == b * a && (a + b) + c == a + (b + c), "seed \(Self.seed)")
      #expect((a * b) * c == a * (b * c) && a * (b + c) == a * b + a * c, "seed \(Self.seed)")
      #expect(a - b == a + -b && a - a == .zero && a + -a == .zero, "seed \(Self.seed)")
      #expect(a == .zero || a * a.inverse == .one, "seed \(Self.seed)")
      #expect([a, b, a + b, a * b, a - b, -a].allSatisfy { $0.value < Residue.modulus }, "seed \(Self.seed)")
    }
  }

  @Test func productsAreThoseOfWideNumbers() {
    var generator = Generator(seed: Self.seed)
    let edges = [0, 1, 2, Residue.modulus - 1, Residue.modulus - 2, Residue.modulus / 2].map { Int($0) }
    let drawn = (0..<500).map { _ in Int(Residue(from: &generator).value) }
    for a in edges + drawn.prefix(20) {
      for b in edges + drawn {
        let (high, low) = UInt64(a).multipliedFullWidth(by: UInt64(b))
        let rest = Residue.modulus.dividingFullWidth((high, low)).remainder
        #expect((Residue(a) * Residue(b)).value == rest, "seed \(Self.seed): \(a) * \(b)")
      }
    }
  }

  @Test func wholeNumbersWrapRound() {
    #expect(Residue(-1).value == Residue.modulus - 1)
    #expect(Residue(Int(Residue.modulus)) == .zero && Residue(Int.min) + Residue(Int.max) == Residue(-1))
    #expect(Residue(3).raised(to: 5) == Residue(243) && Residue(7).raised(to: 0) == .one)
  }
}

@Suite struct FieldNumberTests {
  private func typed(_ text: String) throws -> FieldNumber { try .typed(try #require(Literal(text: text))) }

  @Test(arguments: [
    ("0.1", 1, 10), ("1e-13", 1, 10_000_000_000_000), ("2.50", 5, 2), ("1.5e3", 1500, 1), ("-0.25", -1, 4),
    ("1E2", 100, 1), (".5", 1, 2), ("3.", 3, 1), ("0", 0, 1),
  ])
  func decimalsAreExactFractions(text: String, above: Int, below: Int) throws {
    #expect(try typed(text).residue * Residue(below) == Residue(above))
  }

  @Test func whatIsNoFractionIsRefused() throws {
    for literal in [Literal(.infinity), Literal(.nan), try #require(Literal(text: "1e-400"))] {
      #expect(throws: EvaluationError.self) { try FieldNumber.typed(literal) }
    }
  }

  @Test func degreesAreThoseOfFractions() throws {
    let (x, y) = (FieldNumber.drawn(Residue(3)), FieldNumber.drawn(Residue(5)))
    let quotient = try FieldNumber.quotient(x * x, y + FieldNumber(1))
    #expect(quotient.above == 2 && quotient.below == 1)
    let sum = quotient + (try FieldNumber.quotient(FieldNumber(1), x))
    #expect(sum.above == 3 && sum.below == 2)
    #expect((x * y - y * x).isZero && (sum * sum).above == 6)
    #expect(try FieldNumber.power(quotient, FieldNumber(-3)).above == 3)
    #expect(try FieldNumber.power(quotient, FieldNumber(-3)).below == 6)
  }

  @Test func aDivisionByNothingIsNone() {
    #expect(throws: EvaluationError.self) { try FieldNumber.quotient(FieldNumber(1), FieldNumber(0)) }
  }
}

extension ResidueTests {
  @Test func smallFractionsAreFound() throws {
    for (above, below) in [(1, 1), (4, 5), (-99, 100), (997, 3), (-1, 1000), (1000, 999)] {
      let fraction = Residue(above) * Residue(below).inverse
      let found = try #require(fraction.fraction(upTo: 1000, over: 1000))
      #expect(found == (above, below), "\(above)/\(below)")
    }
    #expect((Residue(1009) * Residue(7).inverse).fraction(upTo: 1000, over: 1000) == nil)
    var generator = Generator(seed: Self.seed)
    let found = (0..<10_000).filter { _ in Residue(from: &generator).fraction(upTo: 1000, over: 1000) != nil }
    #expect(found.isEmpty, "seed \(Self.seed)")
  }
}
