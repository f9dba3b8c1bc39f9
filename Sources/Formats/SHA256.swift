/// The digest of bytes by which one sees whether they are the same: SHA-256, as FIPS 180-4 has it.
package enum SHA256 {
  /// The digest in 64 hexadecimal digits.
  package static func digest(of bytes: [UInt8]) -> String {
    var state = beginnings
    var padded = bytes + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    withUnsafeBytes(of: UInt64(bytes.count * 8).bigEndian) { padded += $0 }
    for start in stride(from: 0, to: padded.count, by: 64) { take(padded[start..<start + 64], into: &state) }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// The first 32 bits behind the point of the square roots of the first primes, and of their cube roots.
  private static let beginnings = primes.prefix(8).map { bits(behindPointOf: root($0, degree: 2)) }
  private static let constants = primes.map { bits(behindPointOf: root($0, degree: 3)) }

  private static let primes: [UInt64] = {
    var found: [UInt64] = []
    var number: UInt64 = 2
    while found.count < 64 {
      if found.allSatisfy({ number % $0 != 0 }) { found.append(number) }
      number += 1
    }
    return found
  }()

  /// The largest whole number whose power is at most a prime times 2^(32·degree): the root with 32 bits behind the point.
  private static func root(_ prime: UInt64, degree: Int) -> UInt64 {
    var (low, high): (UInt64, UInt64) = (0, 1 << 36)
    while low < high {
      let middle = (low + high + 1) / 2
      if isAtMost(middle, degree, prime) { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Whether middle^degree ≤ prime · 2^(32·degree), in numbers of four 32-bit words.
  private static func isAtMost(_ root: UInt64, _ degree: Int, _ prime: UInt64) -> Bool {
    var power: [UInt64] = [root & 0xFFFF_FFFF, root >> 32, 0, 0]
    for _ in 1..<degree {
      var product = [UInt64](repeating: 0, count: 6)
      for (place, digit) in [root & 0xFFFF_FFFF, root >> 32].enumerated() {
        var carry: UInt64 = 0
        for index in power.indices {
          let sum = product[index + place] + power[index] * digit + carry
          product[index + place] = sum & 0xFFFF_FFFF
          carry = sum >> 32
        }
        product[4 + place] += carry
      }
      power = Array(product.prefix(4))
    }
    let bound: [UInt64] = (0..<4).map { $0 == degree ? prime : 0 }
    for index in (0..<4).reversed() where power[index] != bound[index] { return power[index] < bound[index] }
    return true
  }

  private static func bits(behindPointOf root: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: root) }

  /// Takes a block of 64 bytes.
  private static func take(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
    func turned(_ x: UInt32, _ count: UInt32) -> UInt32 { x >> count | x << (32 - count) }
    var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { at in
      (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(block[at + $1]) }
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let one = turned(early, 7) ^ turned(early, 18) ^ early >> 3
      let other = turned(late, 17) ^ turned(late, 19) ^ late >> 10
      words.append(words[index - 16] &+ one &+ words[index - 7] &+ other)
    }
    var s = state
    for index in 0..<64 {
      let (a, e) = (s[0], s[4])
      let choice = (e & s[5]) ^ (~e & s[6])
      let majority = (a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2])
      let sum = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
      let first = s[7] &+ sum &+ choice &+ constants[index] &+ words[index]
      let second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) &+ majority
      s = [first &+ second, a, s[1], s[2], s[3] &+ first, e, s[5], s[6]]
    }
    for index in state.indices { state[index] = state[index] &+ s[index] }
  }
}
