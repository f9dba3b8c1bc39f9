import Testing

@testable import Engine

/// A run of units has the bits that each unit has by itself, whatever the processor takes at a time.
@Suite struct LanesTests {
  @Test(arguments: Activation.all.filter(\.isElementwise).map(\.name)) func aRunHasTheBitsOfEach(_ name: String) throws
  {
    let choice = ActivationChoice(try #require(Activation.named(name)))
    let seed = Int.random(in: 0...(.max))
    var draws = Generator(seed: seed)
    let sizes = [1e-300, 1e-9, 0.1, 1, 3, 40, 800, 1e300]
    var net = (0..<253).map { (draws.uniform(-1, 1)) * sizes[$0 % sizes.count] }
    net += [0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude]
    let a = choice.value(of: Matrix(rows: net.count, columns: 1, elements: net)).elements
    var slopes = a
    choice.rule.slopes?(net, a, &slopes, net.count, choice.values)
    for (unit, x) in net.enumerated() {
      #expect(a[unit].isSame(as: choice.value(x)), "seed \(seed), \(name)(\(x))")
      #expect(slopes[unit].isSame(as: choice.derivative(net: x, a: a[unit])), "seed \(seed), \(name)'(\(x))")
    }
  }
}

extension Double {
  /// Whether two numbers have the same bits, or neither is one.
  fileprivate func isSame(as other: Double) -> Bool { bitPattern == other.bitPattern || (isNaN && other.isNaN) }
}
