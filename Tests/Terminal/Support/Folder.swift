import Glibc
import Testing
import TestSupport

/// A folder that goes away with the test.
final class Folder {
  let path: String

  init() {
    var template = Array("/tmp/backstep-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  deinit { _ = output(of: "rm -rf \(quoted(path))") }

  func write(_ text: String, to name: String) throws {
    let file = try #require(fopen("\(path)/\(name)", "w"))
    defer { fclose(file) }
    fputs(text, file)
  }

  func read(_ name: String) -> String { output(of: "cat \(quoted("\(path)/\(name)"))") }
}
