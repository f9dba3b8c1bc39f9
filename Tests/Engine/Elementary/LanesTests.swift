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

  /// The short cut for what is not above 0 has the bits of the long way, among the subnormal numbers too.
  @Test func theExponentialHasTheSameBitsBelowZero() {
    let seed = Int.random(in: 0...(.max))
    var draws = Generator(seed: seed)
    let sizes = [1e-300, 1e-9, 1, 40, 709, 745.2, 800, 1e300]
    let numbers = (0..<4000).map { -draws.uniform(0, 1) * sizes[$0 % sizes.count] }
    for x in numbers + [0, -0.0, -.infinity, .nan, -745.13, -745.14, -708.4, -760] {
      #expect(fallingExponential(x).isSame(as: exponential(x)), "seed \(seed), \(x)")
    }
  }

  /// Each of eight layers has the shares that it has alone.
  @Test func eightLayersHaveTheSharesOfEach() {
    let seed = Int.random(in: 0...(.max))
    var draws = Generator(seed: seed)
    for count in [1, 2, 3, 9] {
      var layers = (0..<8).map { lane in (0..<count).map { _ in draws.uniform(-1, 1) * [1, 30, 900][lane % 3] } }
      for (lane, odd) in [Double.infinity, -.infinity, .nan].enumerated() { layers[lane][count - 1] = odd }
      layers[3] = Array(repeating: -.infinity, count: count)
      layers[4] = Array(repeating: 0.5, count: count)
      let z = (0..<count).map { unit in Lanes((0..<8).map { layers[$0][unit] }) }
      var shares = z
      softmaxInLanes(z, into: &shares, count: count)
      for (lane, layer) in layers.enumerated() {
        var alone = layer
        softmax(layer, into: &alone, count: count)
        for unit in 0..<count {
          #expect(shares[unit][lane].isSame(as: alone[unit]), "seed \(seed), \(layer), unit \(unit)")
        }
      }
    }
  }
}

extension Double {
  /// Whether two numbers have the same bits, or neither is one.
  fileprivate func isSame(as other: Double) -> Bool { bitPattern == other.bitPattern || (isNaN && other.isNaN) }
}
