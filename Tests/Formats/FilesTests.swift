import Glibc
import Testing

@testable import Formats

/// A directory that is gone after the test.
private func withDirectory(_ body: (String) throws -> Void) throws {
  var template = Array("/tmp/backstep-test-XXXXXX".utf8CString)
  let made = try #require(mkdtemp(&template))
  let directory = String(cString: made)
  defer {
    if let entries = opendir(directory) {
      while let entry = readdir(entries) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        unlink(directory + "/" + name)
      }
      closedir(entries)
    }
    rmdir(directory)
  }
  try body(directory)
}

private func reason(_ body: () throws(FileError) -> Void) -> FileError.Reason? {
  do {
    try body()
    return nil
  } catch { return error.reason }
}

private func mode(_ path: String) -> mode_t {
  var status = stat()
  return lstat(path, &status) == 0 ? status.st_mode : 0
}

struct FilesTests {
  @Test func writesAndReadsBack() throws {
    try withDirectory { directory in
      let path = directory + "/a.session"
      try Files.write("δ = 1\n", to: path)
      #expect(try Files.readText(path) == "δ = 1\n")
      try Files.write("", to: path)
      #expect(try Files.readText(path) == "")
    }
  }

  @Test func keepsPermissionsAndLinks() throws {
    try withDirectory { directory in
      let (path, link) = (directory + "/a", directory + "/link")
      try Files.write("old", to: path)
      #expect(chmod(path, 0o640) == 0)
      #expect(symlink(path, link) == 0)
      try Files.write("new", to: link)
      #expect(mode(path) & 0o7777 == 0o640)
      #expect(mode(link) & S_IFMT == S_IFLNK)
      #expect(try Files.readText(path) == "new")
    }
  }

  @Test func aByteOrderMarkIsLeftOut() throws {
    try withDirectory { directory in
      try Files.write("\u{FEFF}x", to: directory + "/a")
      #expect(try Files.readText(directory + "/a") == "x")
    }
  }

  @Test func faultsHaveNames() throws {
    try withDirectory { directory in
      let path = directory + "/a"
      #expect(reason { () throws(FileError) in _ = try Files.readText(path) } == .notFound)
      #expect(reason { () throws(FileError) in _ = try Files.readText("a\0b") } == .notFound)
      #expect(reason { () throws(FileError) in _ = try Files.readText(directory) } == .isDirectory)
      #expect(reason { () throws(FileError) in try Files.write("x", to: directory) } == .isDirectory)
      #expect(reason { () throws(FileError) in try Files.write("x", to: path + "/no/where") } == .notFound)
      try Files.write(bytes: Array("one\ntw".utf8) + [0xFF], to: path)
      #expect(reason { () throws(FileError) in _ = try Files.readText(path) } == .notUTF8(line: 2))
      #expect(reason { () throws(FileError) in _ = try Files.readText(path, limit: 6) } == .tooLarge(limit: 6))
    }
  }

  @Test func messages() {
    func text(_ reason: FileError.Reason) -> String { "\(FileError(path: "a.csv", reason: reason))" }
    #expect(text(.notFound) == "a.csv: there is no such file or directory")
    #expect(text(.isDirectory) == "a.csv is a directory, and a file is expected")
    #expect(text(.isNoFile) == "a.csv is a pipe, a device or a socket, and a file is expected")
    #expect(text(.notPermitted) == "a.csv: permission denied")
    #expect(text(.tooLarge(limit: 10)) == "a.csv is too large; at most 10 bytes are read")
    #expect(text(.notUTF8(line: 3)) == "a.csv: line 3 is not UTF-8 text")
    #expect("\(FileError(path: "a", errno: ENOSPC))" == "a: No space left on device")
  }

  @Test func whatIsNoFileIsRefusedAndNotWaitedFor() throws {
    try withDirectory { directory in
      let pipe = directory + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      for path in [pipe, "/dev/zero", "/dev/null"] {
        #expect(reason { () throws(FileError) in _ = try Files.readText(path, limit: 1000) } == .isNoFile)
        #expect(reason { () throws(FileError) in try Files.write("x", to: path) } == .isNoFile)
      }
      #expect(mode(pipe) & S_IFMT == S_IFIFO)
    }
    #expect(mode("/dev/null") & S_IFMT == S_IFCHR)
  }
}
