import Glibc

/// Python with NumPy, where it is there: `BACKSTEP_PYTHON` names it, or else it is the system's.
enum Python {
  private static let path = getenv("BACKSTEP_PYTHON").map { String(cString: $0) } ?? "python3"

  static let isThere = output(of: "print(1)") == "1\n"
  static let hasNumPy = output(of: "import numpy; print(1)") == "1\n"
  static let hasPyTorch = output(of: "import numpy, torch; print(1)") == "1\n"

  /// What a program prints, its arguments behind it.
  static func output(of program: String, _ arguments: String...) -> String {
    let quoted = ([program] + arguments).map { "'" + $0.replacing("'", with: "'\\''") + "'" }
    guard let stream = popen("'\(path)' -c \(quoted.joined(separator: " ")) 2>/dev/null", "r") else { return "" }
    defer { pclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, stream)
      if count == 0 { break }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
