import Glibc
import Language

/// The arguments of the program.
enum Options {
  static let version = "0.1"

  static let help = [
    "backstep, a step-through debugger for backpropagation",
    "",
    "  backstep [FILE]            the screen; FILE is replayed first",
    "  backstep present FILE      the screen; FILE is played a command at a time",
    "  backstep run FILE          no screen: runs FILE (- is standard input) and prints a transcript",
    "  backstep test FILE...      runs each and compares the answers it holds with fresh ones",
    "  backstep bench             the core's own speed",
    "",
    "      --json                 with run: one JSON object a line for each command",
    "      --lang LANGUAGE        the language of the screen: en",
    "      --help, --version",
    "",
    "Without a terminal, backstep alone is: backstep run -",
    "Exit status: 0 all well; 1 a verdict failed, or an answer differs; 2 a command failed; 130 interrupted.",
  ]

  /// Reads the arguments: options may stand anywhere, and `--` ends them.
  /// - Throws: a sentence about what is wrong with them.
  static func read(_ arguments: [String]) throws(UsageError) -> Front {
    var words: [String] = []
    var asJSON = false
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      // A lone - is standard input.
      guard argument.hasPrefix("-"), argument != "-" else {
        words.append(argument)
        continue
      }
      if argument == "--" {
        words += rest
        break
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let takesValue = parts[0] == "--lang"
      guard takesValue || parts.count == 1 else { throw UsageError("\(parts[0]) takes no value") }
      switch parts[0] {
      case "--json": asJSON = true
      case "--help", "-h": return .help
      case "--version": return .version
      case "--lang":
        guard let language = parts.count > 1 ? parts[1] : rest.popFirst() else {
          throw UsageError("--lang takes a language: en")
        }
        guard language == "en" else { throw UsageError("--lang \(language): the languages are: en") }
      default: throw UsageError("\(parts[0]) is not an option; see --help")
      }
    }
    let front = try front(words, asJSON: asJSON)
    if asJSON {
      guard case .run = front else { throw UsageError("--json belongs to: backstep run FILE --json") }
    }
    return front
  }

  private static func front(_ words: [String], asJSON: Bool) throws(UsageError) -> Front {
    switch words.first {
    case "run":
      guard words.count == 2 else { throw UsageError("run takes one file: backstep run FILE") }
      return .run(file: words[1], asJSON: asJSON)
    case "test":
      guard words.count > 1 else { throw UsageError("test takes files: backstep test FILE...") }
      return .test(files: Array(words.dropFirst()))
    case "bench":
      guard words.count == 1 else { throw UsageError("bench takes no arguments") }
      return .bench
    case "present":
      guard words.count == 2 else { throw UsageError("present takes one file: backstep present FILE") }
      return .present(file: words[1])
    default:
      guard words.count < 2 else { throw UsageError("\(words[0]) is not a command of backstep; see --help") }
      let hasTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
      if words.isEmpty, !hasTerminal { return .run(file: "-", asJSON: asJSON) }
      return .screen(file: words.first)
    }
  }
}
