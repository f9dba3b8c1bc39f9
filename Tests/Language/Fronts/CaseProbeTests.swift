import Engine
import Testing

@testable import Language

/// The lines that save a case.
@Suite struct CaseProbeTests {
  /// They are as few as one pastes.
  @Test(arguments: CaseProbe.all.map(\.name)) func areFew(_ name: String) throws {
    let lines = try #require(CaseProbe.named(name)).lines
    #expect(lines.count <= 10 && lines.allSatisfy { $0.count <= 110 })
    #expect(lines[0].hasPrefix("# "))
  }

  /// Every array that the one for NumPy names is understood when it comes back.
  @Test func theirNamesAreUnderstood() throws {
    let lines = try #require(CaseProbe.named("numpy")).lines.dropFirst(3)
    let names = lines.flatMap { line in
      line.prefix { $0 != "#" }.split { !$0.isLetter && !$0.isNumber && $0 != "=" }.filter { $0.contains("=") }.map {
        String($0.prefix { $0 != "=" })
      }
    }
    #expect(names.count == 18, "\(names)")
    for name in names { #expect(ForeignName(name) != nil, "\(name)") }
  }
}
