import Glibc
import Testing

@testable import Formats

/// Files with faults that nobody thought of: whatever stands in one, it is read or refused, and soon. The seed is printed;
/// `BACKSTEP_FUZZ_SEED` gives it again, and `BACKSTEP_FUZZ_SECONDS` says how long to go on.
@Suite struct FuzzTests {
  @Test func damagedFilesAreReadOrRefused() throws {
    let given = getenv("BACKSTEP_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) }
    let seed = given ?? UInt64.random(in: 0..<1_000_000_000)
    let seconds = getenv("BACKSTEP_FUZZ_SECONDS").flatMap { Double(String(cString: $0)) } ?? 2
    print("BACKSTEP_FUZZ_SEED=\(seed)")
    var generator = Drawn(state: seed)
    let files = WrittenFile.all.filter { $0.bytes.count < 20_000 }
    try #require(!files.isEmpty)
    let end = ContinuousClock.now + .seconds(seconds)
    var tried = 0
    var read = 0
    while ContinuousClock.now < end {
      let file = files[Int.random(in: 0..<files.count, using: &generator)]
      let bytes = damaged(file.bytes, &generator)
      let clock = ContinuousClock()
      let spent = clock.measure {
        guard let arrays = try? ArrayFile(bytes, path: file.name) else { return }
        for name in [nil] + arrays.names.prefix(8).map(Optional.some) {
          guard let array = try? arrays.array(named: name) else { continue }
          read += 1
          #expect(array.elements.count == NumberArray.count(of: array.shape), "seed \(seed), try \(tried)")
          _ = try? array.matrix
        }
      }
      #expect(spent < .seconds(5), "seed \(seed), try \(tried): \(file.name)")
      tried += 1
    }
    // Some faults are in what nobody reads.
    #expect(tried > 100)
    #expect(read > 0)
  }

  /// A few bytes changed, taken out, put in or repeated, or the end cut off.
  private func damaged(_ bytes: [UInt8], _ generator: inout Drawn) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      // Headers matter most, which stand at the beginning and at the end.
      let near = Int.random(in: 0..<min(bytes.count, 160), using: &generator)
      let place = [near, bytes.count - 1 - near, Int.random(in: 0..<bytes.count, using: &generator)][
        Int.random(in: 0..<3, using: &generator)]
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes[place] = [0, 0xFF, 0x7F, 0x80][Int.random(in: 0..<4, using: &generator)]
      case 3: bytes.remove(at: place)
      case 4: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 5: bytes.removeLast(min(bytes.count, Int.random(in: 1...64, using: &generator)))
      case 6:
        for offset in 0..<min(8, bytes.count - place) { bytes[place + offset] = 0xFF }
      default:
        let other = Int.random(in: 0..<bytes.count, using: &generator)
        let piece = bytes[other..<min(other + 16, bytes.count)]
        bytes.replaceSubrange(place..<min(place + piece.count, bytes.count), with: piece)
      }
    }
    return bytes
  }
}

/// A small generator, so that a seed gives the same faults everywhere.
private struct Drawn: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
