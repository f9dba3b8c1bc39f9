import Engine
import Glibc
import Language

/// A way of using the program: a row of the table that arguments are read by and that `--help` lists.
struct Front: Sendable {
  /// How many files it takes.
  enum Files: String, Sendable {
    case none = ""
    case oneAtMost = "[FILE]"
    case one = "FILE"
    case some = "FILE..."
    case oneAndSettings = "FILE [KEY=VALUE...]"

    func allows(_ count: Int) -> Bool {
      switch self {
      case .none: count == 0
      case .oneAtMost: count <= 1
      case .one: count == 1
      case .some, .oneAndSettings: count > 0
      }
    }

    /// In words, for a complaint.
    var words: Text {
      switch self {
      case .none: "no arguments"
      case .oneAtMost: "one file at most"
      case .one: "one file"
      case .some: "files"
      case .oneAndSettings: "one file, and what load case may be told of it"
      }
    }
  }

  typealias Start = @Sendable ([String], Choices) throws(UsageError) -> ExitStatus

  /// The word by which it is called; empty for the one that needs none.
  let name: String
  let files: Files
  /// The words that it takes in place of a file; nil where it takes files.
  let words: [String]?
  /// What it does, in a few words.
  let meaning: Text
  /// Runs it to its end.
  let start: Start

  init(_ name: String, _ files: Files, oneOf words: [String]? = nil, _ meaning: Text, start: @escaping Start) {
    self.name = name
    self.files = files
    self.words = words
    self.meaning = meaning
    self.start = start
  }

  /// How it is called.
  var usage: String {
    ["backstep", name, choice ?? files.rawValue].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The words that it takes, in brackets where it needs none.
  private var choice: String? {
    words.map { words in
      let list = words.joined(separator: "|")
      return files.allows(0) ? "[\(list)]" : list
    }
  }

  /// Every front; a new one is one row.
  static let all: [Front] = [
    Front("", .oneAtMost, "the screen: a small network, or FILE, opened where one goes on") {
      files, choices throws(UsageError) in
      let hasTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
      if files.isEmpty, !hasTerminal { return try printTranscript(of: "-", asJSON: false) }
      return try openScreen(on: files.first, at: choices.place)
    },
    Front("present", .one, "the screen: a lesson, a command at a time, its comments as narration") {
      files, _ throws(UsageError) in
      try openPresentation(of: files[0])
    },
    Front("run", .one, "no screen: the session with its answers; - is standard input") {
      files, choices throws(UsageError) in try printTranscript(of: files[0], asJSON: choices.asJSON)
    },
    Front("test", .some, "do the answers that each session holds still come out?") {
      files, _ throws(UsageError) in try compareAnswers(of: files)
    },
    Front("check-proof", .some, "redoes every number of the certificates that the command proof wrote") {
      files, _ throws(UsageError) in
      try checkCertificates(files)
    },
    Front("watch", .oneAndSettings, "compares a saved case each time its file is saved, until Ctrl-C") {
      words, _ throws(UsageError) in try watchCase(words[0], Array(words.dropFirst()))
    },
    Front("verify", .some, "judges the equations of LaTeX or Markdown pages, line by line") {
      pages, choices throws(UsageError) in try verifyPages(pages, with: choices.session)
    },
    Front("probe", .one, oneOf: CaseProbe.all.map(\.name), "prints the lines that save a case from one's own script") {
      words, _ in
      Output.put(CaseProbe.named(words[0])?.lines ?? [])
      return .well
    },
    Front(
      "bench", .oneAtMost, oneOf: ["history", "far", "bits"] + Workload.all.map(\.name),
      "how fast the core and the screen are here, what the past takes, whether the bits are the same"
    ) { words, choices throws(UsageError) in
      var sheet = BenchSheet(asJSON: choices.asJSON)
      switch (words.first, choices.data) {
      case (let name?, let data?):
        guard let workload = Workload.named(name) else { throw UsageError("--data goes with a workload, such as W1") }
        try PeerBench.serve(workload, data)
      case (nil, .some): throw UsageError("--data goes with a workload, such as W1")
      case ("history", nil): HistoryBench.run(&sheet)
      case ("far", nil): HistoryBench.runFar(&sheet)
      case ("bits", nil): BitsBench.run()
      case (let name, nil): Bench.run(&sheet, only: name.flatMap(Workload.named))
      }
      return .well
    },
  ]

  /// The front that some words call, and its files.
  /// - Throws: a sentence about what is wrong with them.
  static func called(by words: [String]) throws(UsageError) -> (front: Front, files: [String]) {
    if let front = all.first(where: { $0.name == words.first && !$0.name.isEmpty }) {
      let files = Array(words.dropFirst())
      guard front.files.allows(files.count) else {
        let wanted: Text = front.words.map { "one of \($0.joined(separator: ", "))" } ?? front.files.words
        throw UsageError("\(front.name) takes \(wanted): \(front.usage)")
      }
      if let words = front.words, let word = files.first, !words.contains(word) {
        throw UsageError("\(front.name) takes \(words.joined(separator: " or ")), not \(word): \(front.usage)")
      }
      return (front, files)
    }
    guard let front = all.first(where: \.name.isEmpty), front.files.allows(words.count) else {
      throw UsageError("\(words.first ?? "") is not a command of backstep; see --help")
    }
    return (front, words)
  }
}
