import Glibc
import Testing

@testable import Formats

/// Files with faults that nobody thought of: whatever stands in one, it is read or refused, and soon. The seed is printed;
/// `BACKSTEP_FUZZ_SEED` gives it again, and `BACKSTEP_FUZZ_SECONDS` says how long to go on.
@Suite struct FuzzTests {
  /// A file that somebody's program wrote, and how it is read.
  enum Reader: String, CaseIterable {
    case npy, npz, safetensors, json, csv
    /// A table as samples, whatever its columns are taken for.
    case samples

    /// Sound files of the kind.
    var files: [WrittenFile] {
      switch self {
      case .npy, .npz, .safetensors:
        WrittenFile.all.filter { $0.bytes.count < 20_000 && $0.name.hasSuffix(".\(rawValue)") }.map {
          WrittenFile(name: $0.name, bytes: $0.bytes)
        }
      case .json:
        ["{\"w1\": [[1, 2.5e-3], [-3, 4]], \"net\": {\"0.bias\": [1, NaN]}}", "[[1,2],[3,4]]", "[1, null, \"a\"]"].map {
          WrittenFile(name: "a.json", bytes: Array($0.utf8))
        }
      case .csv, .samples:
        [
          "x1,x2,class\n0.1,0.5,0\n0.6,NA,2\n", "a;b;y\r\n0,5;1,25;ja\r\n-1,5;,75;nein\r\n",
          "# x y\n1.0e-01 2.0e-01\n 3 4\n", "150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n",
          "\"x\" \"y\"\n\"1\" 0.5 1\n\"2\" 0.7 0\n", ",a,\"b, c\",y\n0,1,2,p\n1,3,?,\"q \"\"r\"\"\"\n",
        ].map { WrittenFile(name: "a.csv", bytes: Array($0.utf8)) }
      }
    }

    /// Reads bytes; how many numbers came of it, 0 where they are refused.
    func read(_ bytes: [UInt8], _ name: String, _ draw: Int) -> Int {
      if self == .samples {
        let choice = SampleChoice(
          inputs: [nil, "1", "1..2", "-1,1"][draw % 4], classes: [nil, nil, "3", "0..3", "ja,nein"][draw % 5],
          dropsMissing: draw % 3 == 0)
        guard var data = try? CSV.read(bytes: bytes).samples(choice).data else { return 0 }
        for outputs in [0, 1, 2, 3, 10] { data.writeTargets(for: outputs) }
        return data.inputs.count == data.count * data.inputCount && data.targets.count == data.count * data.targetCount
          ? data.inputs.count : -1
      }
      guard let arrays = try? ArrayFile(bytes, path: name) else { return 0 }
      var count = 0
      for name in [nil] + arrays.names.prefix(8).map(Optional.some) {
        guard let array = try? arrays.array(named: name) else { continue }
        guard array.elements.count == NumberArray.count(of: array.shape) else { return -1 }
        _ = try? array.matrix
        count += max(array.elements.count, 1)
      }
      return count
    }
  }

  @Test(arguments: Reader.allCases) func damagedFilesAreReadOrRefused(_ reader: Reader) throws {
    let given = getenv("BACKSTEP_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) }
    let seed = given ?? UInt64.random(in: 0..<1_000_000_000)
    let seconds = getenv("BACKSTEP_FUZZ_SECONDS").flatMap { Double(String(cString: $0)) } ?? 0.5
    print("BACKSTEP_FUZZ_SEED=\(seed) (\(reader))")
    var generator = Drawn(state: seed)
    let files = reader.files
    try #require(!files.isEmpty)
    let end = ContinuousClock.now + .seconds(seconds)
    var tried = 0
    var read = 0
    while ContinuousClock.now < end || tried <= 100 {
      let file = files[Int.random(in: 0..<files.count, using: &generator)]
      let bytes = damaged(file.bytes, &generator)
      let draw = Int.random(in: 0..<60, using: &generator)
      var count = 0
      let spent = ContinuousClock().measure { count = reader.read(bytes, file.name, draw) }
      #expect(count >= 0 && spent < .seconds(20), "seed \(seed), try \(tried): \(file.name)")
      if count > 0 { read += 1 }
      tried += 1
    }
    print("BACKSTEP_FUZZ_SEED=\(seed) (\(reader)): \(tried) damaged files")
    // Some faults are in what nobody reads.
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
