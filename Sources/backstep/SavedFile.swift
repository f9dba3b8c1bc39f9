import Engine
import Glibc

/// A file that is saved now and then by somebody else: tells when. The system wakes it; while nothing changes, it does
/// nothing.
struct SavedFile {
  private let path: String
  private let descriptor: Int32
  /// What it is called in the folders that are watched: a link's own name, and that of the file behind it.
  private let names: Set<String>

  /// Begins to watch a file, which need not be there yet.
  /// - Throws: a sentence that says why its folder cannot be watched.
  init(_ path: String) throws(UsageError) {
    self.path = path
    descriptor = inotify_init1(Int32(O_CLOEXEC | O_NONBLOCK))
    guard descriptor >= 0 else { throw UsageError("\(path) cannot be watched: \(String(cString: strerror(errno)))") }
    var names: Set<String> = []
    for place in [path, SavedFile.real(path)].compactMap({ $0 }) {
      let (folder, name) = SavedFile.parts(of: place)
      guard inotify_add_watch(descriptor, folder, UInt32(IN_CLOSE_WRITE | IN_MOVED_TO)) >= 0 else {
        throw UsageError("\(folder) cannot be watched: \(String(cString: strerror(errno)))")
      }
      names.insert(name)
    }
    self.names = names
  }

  /// Whether it is there.
  var isThere: Bool { access(path, F_OK) == 0 }

  /// Waits until it has been saved, or so many milliseconds; for ever where nothing is said. Ctrl-C ends it as well. Tells
  /// whether it was saved.
  func waits(milliseconds: Int32 = -1) -> Bool {
    while !Interruption.hasCome {
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&ready, 1, milliseconds)
      if count == 0 { return false }
      if count > 0, wasSaved() { return true }
    }
    return false
  }

  /// Reads what has happened in the folders; whether the file is among it.
  private func wasSaved() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    var isSaved = false
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return isSaved }
      var place = 0
      // Each is four numbers of four bytes, of which the last is the length of the name that follows.
      while place + 16 <= count {
        let length = buffer[(place + 12)..<(place + 16)].reversed().reduce(0) { $0 << 8 | Int($1) }
        let name = buffer[min(place + 16, count)..<min(place + 16 + length, count)].prefix { $0 != 0 }
        if names.contains(String(decoding: name, as: UTF8.self)) { isSaved = true }
        place += 16 + length
      }
    }
  }

  private static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let end = path.lastIndex(of: "/") else { return (".", path) }
    return (String(path[...end]), String(path[path.index(after: end)...]))
  }
}
