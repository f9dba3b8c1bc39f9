import Glibc

/// What lies in a folder, for choosing a file.
package enum Folder {
  /// An entry.
  package struct Entry: Equatable, Sendable {
    /// The name.
    package let name: String
    /// Whether it is a folder itself.
    package let isFolder: Bool
  }

  /// No more entries than this are read.
  package static let most = 2000

  /// The entries of a folder, folders first, by name; hidden ones are left out. Throws where it cannot be read.
  package static func entries(of path: String) throws(FileError) -> [Entry] {
    guard let folder = opendir(path) else { throw FileError(path: path, errno: errno) }
    defer { closedir(folder) }
    var found: [Entry] = []
    while found.count < most, let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      var status = stat()
      guard stat(path + "/" + name, &status) == 0 else { continue }
      found.append(Entry(name: name, isFolder: status.st_mode & S_IFMT == S_IFDIR))
    }
    return found.sorted { $0.isFolder == $1.isFolder ? $0.name < $1.name : $0.isFolder }
  }
}
