import Engine
import Testing

struct GeneratorTests {
  @Test func isSplitMix64() {
    var generator = Generator(seed: 1_234_567)
    let drawn = (0..<5).map { _ in generator.next() }
    #expect(
      drawn == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func streamsAndSeedsAreApart() {
    var seen: Set<UInt64> = []
    for seed in -3...30 {
      for stream in 0..<30 {
        var generator = Generator(seed: seed, stream: stream)
        seen.insert(generator.next())
      }
    }
    #expect(seen.count == 34 * 30)
  }

  @Test func unitsAreUniformAndNormalsNormal() {
    var generator = Generator(seed: 3)
    let count = 50_000
    let units = (0..<count).map { _ in generator.unit() }
    #expect(units.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(units.reduce(0, +) / Double(count) - 0.5) < 0.006)
    let normals = (0..<count).map { _ in generator.normal() }
    let mean = normals.reduce(0, +) / Double(count)
    let variance = normals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    #expect(abs(mean) < 0.02)
    #expect(abs(variance - 1) < 0.03)
    // a normal distribution keeps 68.27 % within one deviation and 0.27 % beyond three
    #expect(abs(Double(normals.count { abs($0) < 1 }) / Double(count) - 0.6827) < 0.01)
    #expect(abs(Double(normals.count { abs($0) > 3 }) / Double(count) - 0.0027) < 0.001)
  }

  @Test func permutationsHoldEachNumberOnceAndComeEquallyOften() {
    var generator = Generator(seed: 11)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[generator.permutation(of: 3), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 150 })
    #expect(generator.permutation(of: 40).sorted() == Array(0..<40))
    #expect(generator.permutation(of: 0).isEmpty)
  }
}
