import Formats
import Testing

@testable import Language

/// Sessions made from public questions, course sheets and files, each with the values that are right, which were computed
/// elsewhere. They lie in `Brought`, with the files that they read beside them.
@Suite struct BroughtSessionsTests {
  static let folder = #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/Brought"

  /// Their names, as the folder lists them.
  static let names: [String] = {
    guard let entries = try? Folder.entries(of: folder) else { return [] }
    return entries.map(\.name).filter { $0.hasSuffix(".session") }
  }()

  @Test func theyAreThere() { #expect(BroughtSessionsTests.names.count >= 31) }

  @Test(arguments: names) func comesOut(_ name: String) throws {
    let path = "\(BroughtSessionsTests.folder)/\(name)"
    let shown = play(try Files.readText(path), source: path)
    let complaints = shown.split(separator: "\n").filter { $0.hasPrefix("#= fails") || $0.hasPrefix(path) }
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
    #expect(shown.contains("#= holds"))
  }
}
