import Formats
import Glibc
import Testing

/// A file as another program wrote it, and what it holds.
struct WrittenFile: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]
  var arrays: [(name: String, shape: [Int], bits: [UInt64])] = []
  var testDescription: String { name }

  /// Those that NumPy and the safetensors package wrote: `BACKSTEP_ARRAYS` names a file that was made just now, else the
  /// one that is kept is read.
  static let all: [WrittenFile] = {
    let kept = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let path = getenv("BACKSTEP_ARRAYS").map { String(cString: $0) } ?? "/\(kept)/Fixtures/files.txt"
    guard let text = try? Files.readText(path) else { return [] }
    var files: [WrittenFile] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words[0] == "FILE" {
        files.append(WrittenFile(name: words[1], bytes: bytes(words[2])))
      } else {
        files[files.count - 1].arrays.append(
          (
            words[1] == "-" ? "" : words[1],
            words[2] == "-" ? [] : words[2].split(separator: ",").compactMap { Int($0) },
            words[3] == "-" ? [] : words[3].split(separator: ",").compactMap { UInt64($0, radix: 16) }
          ))
      }
    }
    return files
  }()

  private static func bytes(_ digits: String) -> [UInt8] {
    let values = digits.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x61 + 10 }
    return stride(from: 0, to: values.count - 1, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}
