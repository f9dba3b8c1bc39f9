import Engine
import Testing

@testable import Notation

/// Pairs of doubles, and the radius that says how far off they may be.
@Suite struct BallTests {
  private static let seed = 21

  private func apply(_ name: String, _ ball: Ball) throws -> Ball {
    guard case .elementwise(let row)? = Function.named[name]?.rule else { throw EvaluationError("no \(name)") }
    return try Ball.function(row)(ball)
  }

  private func typed(_ text: String) throws -> Ball { try .typed(try #require(Literal(text: text))) }

  /// Digits that are known from tables, more than a double has.
  @Test(arguments: [
    ("exp", "1", "2.71828182845904523536028747135266249775724709"),
    ("exp", "-3.5", "0.0301973834223185007397862923636198450716605"),
    ("exp", "0.1", "1.10517091807564762481170782649024666822"),
    ("log", "2", "0.69314718055994530941723212145817656807550013"),
    ("log", "10", "2.30258509299404568401799145468436420760110149"),
    ("sqrt", "2", "1.41421356237309504880168872420969807856967188"),
    ("abs", "-0.1", "0.1"),
  ])
  func functionsHaveTheirDigits(name: String, argument: String, value: String) throws {
    let (found, known) = (try apply(name, try typed(argument)), try typed(value))
    #expect(Ball.gap(found, known) == 0, "\(found) against \(known)")
    #expect(found.radius < 1e-24 * abs(found.middle.high), "\(found)")
    // What is off by more than a double could show, and by less, is told apart.
    for off in ["1e-13", "1e-20"] { #expect(Ball.gap(found, known + (try typed(off))) > 0) }
  }

  @Test func theRadiusCoversWhatIsRounded() throws {
    var generator = Generator(seed: Self.seed)
    for _ in 0..<500 {
      let (x, y) = (Ball(core: generator.uniform(0.1, 5)), Ball(core: generator.uniform(0.1, 5)))
      let (sum, product) = (x + y, x * y)
      let cases = [
        (try apply("exp", sum), try apply("exp", x) * (try apply("exp", y))),
        (try apply("log", product), try apply("log", x) + (try apply("log", y))),
        (try apply("sqrt", x) * (try apply("sqrt", x)), x),
        (try Ball.quotient(product, y), x), (product * product, x * x * y * y),
        (try apply("log", try apply("exp", x)), x), ((x + y) * (x - y), x * x - y * y),
        (try Ball.power(x, Ball(7)), x * x * x * x * x * x * x),
        (try Ball.power(x, y), try apply("exp", y * (try apply("log", x)))),
      ]
      for (number, (a, b)) in cases.enumerated() {
        #expect(Ball.gap(a, b) == 0, "seed \(Self.seed), case \(number): \(a) against \(b)")
        #expect(a.radius + b.radius < 1e-22 * (1 + abs(a.middle.high)), "seed \(Self.seed), case \(number): \(a)")
        #expect(Ball.gap(a, b + (try typed("1e-17"))) > 0, "seed \(Self.seed), case \(number)")
      }
    }
  }

  @Test func functionsOfDoublesSayHowFarTheyAreOff() throws {
    var generator = Generator(seed: Self.seed)
    for _ in 0..<200 {
      let x = Ball(core: generator.uniform(-2, 2))
      let (sine, cosine) = (try apply("sin", x), try apply("cos", x))
      #expect(Ball.gap(sine * sine + cosine * cosine, Ball(1)) == 0, "seed \(Self.seed)")
      #expect(Ball.gap(try Ball.quotient(sine, cosine), try apply("tan", x)) == 0, "seed \(Self.seed)")
      #expect(Ball.gap(try apply("tan", try apply("atan", x)), x) == 0, "seed \(Self.seed)")
    }
  }

  @Test func comparisonsOfWhatMayBeEqualAreUndecided() throws {
    let (third, same) = (try Ball.quotient(Ball(1), Ball(3)), try typed("0.3333333333333333333333333333333333333333"))
    #expect(throws: EvaluationError.self) { try Ball.comparison(.less)(third, same) }
    #expect(try Ball.comparison(.less)(third, try typed("0.33333333333333333334")))
    #expect(try Ball.comparison(.atMost)(Ball(2), Ball(2)))
    #expect(throws: EvaluationError.self) { try Ball.quotient(Ball(1), third - same) }
  }
}
