import Engine

/// A pair of doubles whose sum has about 106 binary digits: what a witness is told apart in.
struct DoublePair {
  var high: Double
  var low: Double

  init(_ high: Double, _ low: Double = 0) { (self.high, self.low) = (high, low) }

  /// a + b and what rounding took off it (Knuth).
  @inline(__always)
  static func sum(_ a: Double, _ b: Double) -> DoublePair {
    let s = a + b
    let t = s - a
    return DoublePair(s, (a - (s - t)) + (b - t))
  }

  /// a + b and what rounding took off it, where |a| ≥ |b| (Dekker).
  @inline(__always)
  static func ordered(_ a: Double, _ b: Double) -> DoublePair {
    let s = a + b
    return DoublePair(s, b - (s - a))
  }

  /// a·b and what rounding took off it.
  @inline(__always)
  static func product(_ a: Double, _ b: Double) -> DoublePair {
    let p = a * b
    return DoublePair(p, (-p).addingProduct(a, b))
  }

  static func + (a: DoublePair, b: DoublePair) -> DoublePair {
    var s = sum(a.high, b.high)
    let t = sum(a.low, b.low)
    s = ordered(s.high, s.low + t.high)
    return ordered(s.high, s.low + t.low)
  }

  static prefix func - (a: DoublePair) -> DoublePair { DoublePair(-a.high, -a.low) }
  static func - (a: DoublePair, b: DoublePair) -> DoublePair { a + -b }

  static func * (a: DoublePair, b: DoublePair) -> DoublePair {
    let p = product(a.high, b.high)
    return ordered(p.high, p.low.addingProduct(a.high, b.low).addingProduct(a.low, b.high))
  }

  static func / (a: DoublePair, b: DoublePair) -> DoublePair {
    let first = a.high / b.high
    let rest = a - b * DoublePair(first)
    let second = rest.high / b.high
    let third = (rest - b * DoublePair(second)).high / b.high
    return ordered(first, second) + DoublePair(third)
  }

  /// √a of what is above 0.
  var squareRoot: DoublePair {
    let root = high.squareRoot()
    let rest = self - DoublePair.product(root, root)
    return DoublePair.ordered(root, rest.high / (2 * root)) + DoublePair(0)
  }

  /// Times a power of 2, exactly.
  func scaled(by factor: Double) -> DoublePair { DoublePair(high * factor, low * factor) }

  private static let logOf2 = DoublePair(0.693_147_180_559_945_3, 2.319_046_813_846_299_6e-17)
  /// 1/2!, 1/3!, …
  private static let factorials: [DoublePair] = {
    var (term, all) = (DoublePair(1), [DoublePair]())
    for n in 2...12 {
      term = term / DoublePair(Double(n))
      all.append(term)
    }
    return all
  }()

  /// e^a, with an error below 2^-90 of it, for |a| up to 600.
  var exponential: DoublePair {
    let halvings = 256.0
    let twos = (high / DoublePair.logOf2.high).rounded()
    let small = (self - DoublePair.logOf2 * DoublePair(twos)).scaled(by: 1 / halvings)
    // e^r − 1, which is doubled so many times as (1 + t)² − 1 = 2t + t².
    var power = small
    var term = small
    for factorial in DoublePair.factorials {
      power = power * small
      term = term + power * factorial
    }
    for _ in 0..<8 { term = term.scaled(by: 2) + term * term }
    let scale = Double(sign: .plus, exponent: Int(twos), significand: 1)
    return (term + DoublePair(1)).scaled(by: scale)
  }

  /// log a of what is above 0, with an error about as small: one step of Halley's from the double's.
  var logarithm: DoublePair {
    let first = Engine.logarithm(high)
    let ratio = self * DoublePair(-first).exponential
    return DoublePair(first) + ((ratio - DoublePair(1)) / (ratio + DoublePair(1))).scaled(by: 2)
  }
}
