import Engine
import Glibc

/// Why a file could not be read or written.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kinds of reason.
  package enum Reason: Equatable, Sendable {
    /// There is no such file, or no such directory to put it in.
    case notFound
    /// There is no such file, neither in a folder that was looked in first nor in the working directory.
    case notFoundBeside(folder: String, workingDirectory: String)
    /// A directory.
    case isDirectory
    /// A pipe, a device or a socket, on which one may wait for ever.
    case isNoFile
    /// The user may not.
    case notPermitted
    /// More bytes than the bound that is given here.
    case tooLarge(limit: Int)
    /// The line, counted from 1, is not UTF-8.
    case notUTF8(line: Int)
    /// Anything else, in the system's words.
    case system(String)
  }

  /// The file as the user named it.
  package var path: String
  /// The reason.
  package var reason: Reason

  /// The path and what is wrong with it, in one sentence.
  package var description: String { message.description }

  /// What is wrong, in words for a reader.
  package var message: Text {
    switch reason {
    case .notFound: "\(path): there is no such file or directory"
    case .notFoundBeside(let folder, let workingDirectory):
      "\(path): there is no such file beside the session, in \(folder), nor in the working directory, \(workingDirectory)"
    case .isDirectory: "\(path) is a directory, and a file is expected"
    case .isNoFile: "\(path) is a pipe, a device or a socket, and a file is expected"
    case .notPermitted: "\(path): permission denied"
    case .tooLarge(let limit): "\(path) is too large; at most \(limit) bytes are read"
    case .notUTF8(let line): "\(path): line \(line) is not UTF-8 text"
    case .system(let words): "\(path): \(words)"
    }
  }

  /// Whether there is no such file.
  package var isNotFound: Bool {
    switch reason {
    case .notFound, .notFoundBeside: true
    default: false
    }
  }

  /// The reason that `errno` holds.
  init(path: String, errno code: Int32) {
    self.path = path
    reason =
      switch code {
      case ENOENT, ENOTDIR: .notFound
      case EISDIR: .isDirectory
      case EACCES, EPERM, EROFS: .notPermitted
      default: .system(String(cString: strerror(code)))
      }
  }

  /// A path and a reason.
  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

/// Reading and writing whole files.
package enum Files {
  /// The largest text that is read where nobody says otherwise: 64 MB.
  package static let largestText = 64 << 20

  /// The text of a UTF-8 file, a byte order mark left out. Throws where there is none, where it is a directory, larger
  /// than the limit (in bytes), or not UTF-8.
  package static func readText(_ path: String, limit: Int = largestText) throws(FileError) -> String {
    let bytes = try read(path, limit: limit)
    if let bad = firstInvalidByte(bytes) {
      throw FileError(path: path, reason: .notUTF8(line: TextPosition(of: bad, in: bytes).line))
    }
    return String(
      decoding: bytes.starts(with: byteOrderMark) ? bytes[byteOrderMark.count...] : bytes[...], as: UTF8.self)
  }

  /// The bytes of a file. The limit holds for one that grows meanwhile, too.
  package static func read(_ path: String, limit: Int = largestText) throws(FileError) -> [UInt8] {
    try checkName(path)
    // Opening a pipe would wait for someone to write into it.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw FileError(path: path, errno: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileError(path: path, errno: errno) }
    try checkKind(status, of: path)
    if Int(status.st_size) > limit { throw FileError(path: path, reason: .tooLarge(limit: limit)) }

    var bytes: [UInt8] = []
    bytes.reserveCapacity(max(Int(status.st_size), 0))
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(path: path, errno: errno)
      }
      guard bytes.count + count <= limit else { throw FileError(path: path, reason: .tooLarge(limit: limit)) }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Where a file is that was named in a session: beside it, or else in the working directory.
  package static func find(_ path: String, beside folder: String?) throws(FileError) -> String {
    try checkName(path)
    guard !path.hasPrefix("/"), let folder, folder != "." else { return path }
    let beside = folder.hasSuffix("/") ? folder + path : folder + "/" + path
    if access(beside, F_OK) == 0 { return beside }
    guard access(path, F_OK) == 0 else {
      let directory = getcwd(nil, 0)
      defer { free(directory) }
      throw FileError(
        path: path,
        reason: .notFoundBeside(folder: folder, workingDirectory: directory.map { String(cString: $0) } ?? "."))
    }
    return path
  }

  /// How many bytes a file has that was named in a session; 0 where there is none.
  package static func size(_ path: String, beside folder: String?) -> Int {
    var status = stat()
    guard let found = try? find(path, beside: folder), stat(found, &status) == 0 else { return 0 }
    return Int(status.st_size)
  }

  /// The first line of a file as text, of its first 4096 bytes, however long it is; nil where it cannot be read.
  package static func firstLine(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, (try? checkKind(status, of: path)) != nil else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = max(Glibc.read(file, &bytes, bytes.count), 0)
    return String(decoding: bytes.prefix(count).prefix { $0 != 10 }, as: UTF8.self)
  }

  /// Whether a path leads to an ordinary file, which writing would replace.
  package static func isThere(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Writes a text, whole or not at all: it goes into a new file beside the old one, which then takes its name, so that
  /// a crash or a full disk leaves the old one as it was. The permissions of the old file are kept, and a link stays a
  /// link.
  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(bytes: Array(text.utf8), to: path)
  }

  /// Writes bytes; see `write(_:to:)`.
  package static func write(bytes: [UInt8], to path: String) throws(FileError) {
    try checkName(path)
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw FileError(path: path, errno: errno) }
      return try replace(path, shownAs: path, with: bytes, mode: nil)
    }
    try checkKind(status, of: path)
    guard access(path, W_OK) == 0 else { throw FileError(path: path, errno: errno) }
    guard let real = realpath(path, nil) else { throw FileError(path: path, errno: errno) }
    defer { free(real) }
    try replace(String(cString: real), shownAs: path, with: bytes, mode: status.st_mode & 0o7777)
  }

  /// Puts a new file in the place of a path; without a mode the system's own for new files is used.
  private static func replace(
    _ path: String, shownAs shown: String, with bytes: [UInt8], mode: mode_t?
  ) throws(FileError) {
    let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var temporary = ""
    var file: Int32 = -1
    for attempt in 0..<100 where file < 0 {
      temporary = "\(directory).backstep-\(getpid())-\(attempt)"
      file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if file < 0 && errno != EEXIST { break }
    }
    guard file >= 0 else { throw FileError(path: shown, errno: errno) }
    do throws(FileError) {
      defer { close(file) }
      try writeAll(bytes, to: file, of: shown)
      if let mode, fchmod(file, mode) != 0 { throw FileError(path: shown, errno: errno) }
      if fsync(file) != 0 { throw FileError(path: shown, errno: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let reason = FileError(path: shown, errno: errno)
      unlink(temporary)
      throw reason
    }
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32, of path: String) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(path: path, errno: errno)
      }
      rest = rest.dropFirst(count)
    }
  }

  /// The system's calls end a name at its first zero byte, and would open another file than the one named.
  private static func checkName(_ path: String) throws(FileError) {
    if path.isEmpty || path.utf8.contains(0) { throw FileError(path: path, reason: .notFound) }
  }

  /// Refuses what is not an ordinary file.
  private static func checkKind(_ status: stat, of path: String) throws(FileError) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError(path: path, reason: .isDirectory)
    default: throw FileError(path: path, reason: .isNoFile)
    }
  }
}
