import Glibc

/// Python with NumPy, where it is there: `BACKSTEP_PYTHON` names it, or else it is the system's.
package enum Python {
  fileprivate static let path = getenv("BACKSTEP_PYTHON").map { String(cString: $0) } ?? "python3"

  /// Whether there is one.
  package static let isThere = output(of: "print(1)") == "1\n"
  /// Whether it has NumPy.
  package static let hasNumPy = output(of: "import numpy; print(1)") == "1\n"
  /// Whether it has PyTorch too.
  package static let hasPyTorch = output(of: "import numpy, torch; print(1)") == "1\n"

  /// What a program prints, its arguments behind it. It goes by a file, since a long one is no word of a command, in a folder
  /// of its own, since Python looks for modules beside it.
  package static func output(of program: String, _ arguments: String...) -> String {
    let folder = "/tmp/backstep-python-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    let file = folder + "/program.py"
    guard mkdir(folder, 0o700) == 0 else { return "" }
    defer { rmdir(folder) }
    guard let written = fopen(file, "w") else { return "" }
    fputs(program, written)
    fclose(written)
    defer { unlink(file) }
    let words = [path, file] + arguments
    return TestSupport.output(of: words.map(quoted).joined(separator: " ") + " 2>/dev/null")
  }
}

extension Python {
  /// What a script prints, by its path, with what stands beside it.
  package static func run(_ script: String, _ arguments: String...) -> String { run(script, arguments) }

  /// The same with a list of arguments.
  package static func run(_ script: String, _ arguments: [String]) -> String {
    TestSupport.output(of: ([path, "-B", script] + arguments).map(quoted).joined(separator: " ") + " 2>&1")
  }
}
