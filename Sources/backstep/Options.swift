import Engine
import Notation
import Terminal

/// What the options of a call say.
struct Choices: Sendable {
  var asJSON = false
  /// Where a file is to be opened.
  var place: OpeningPlace?
  /// The session whose network and letters a page is read with.
  var session: String?
  /// A file of a workload's weights and samples.
  var data: String?
  /// What is printed in place of all else.
  var printed: [Text]?
}

/// An option of the command line: a row of the table that arguments are read by and that `--help` lists.
struct Option: Sendable {
  typealias Effect = @Sendable (inout Choices, String) throws(UsageError) -> Void

  /// The names that it goes by, the one that is listed first.
  let names: [String]
  /// What has to follow it; nil where nothing may.
  let argument: String?
  /// The fronts that take it, by their names; nil where all do.
  let fronts: [String]?
  /// What it does, in a few words; empty where its name says it.
  let meaning: Text
  let effect: Effect

  init(
    _ names: String..., argument: String? = nil, of fronts: [String]? = nil, _ meaning: Text = "",
    effect: @escaping Effect
  ) {
    self.names = names
    self.argument = argument
    self.fronts = fronts
    self.meaning = meaning
    self.effect = effect
  }

  private static let languages = ["en"]

  /// Every option; a new one is one row.
  static let all: [Option] = [
    Option("--json", of: ["run", "bench"], "one JSON object a line for each command, or each row of figures") {
      choices, _ in choices.asJSON = true
    },
    Option(
      "--at", argument: "PLACE", of: [""], "opens FILE at its start, its end, or a step: start, end or a number"
    ) { choices, place throws(UsageError) in
      guard let place = OpeningPlace(place) else {
        throw UsageError("--at \(place): start, end or the number of a step was expected")
      }
      choices.place = place
    },
    Option(
      "--session", argument: "SESSION", of: ["verify"], "the network and the letters that the pages are read with"
    ) { choices, file in choices.session = file },
    Option(
      "--data", argument: "FILE", of: ["bench"], "trains a workload of FILE when standard input says so, beside others"
    ) { choices, file in choices.data = file },
    Option(
      "--lang", argument: "LANGUAGE", "the language of the screen: \(languages.joined(separator: ", "))"
    ) { _, language throws(UsageError) in
      guard languages.contains(language) else {
        throw UsageError("--lang \(language): the languages are: \(languages.joined(separator: ", "))")
      }
    },
    Option("--help", "-h") { choices, _ in choices.printed = Option.help },
    Option("--version") { choices, _ in choices.printed = [Text(verbatim: "backstep \(Option.version)")] },
  ]

  static let version = "0.1"

  /// The option as it is written, with what follows it.
  private var usage: String { names[0] + (argument.map { " " + $0 } ?? "") }

  /// The fronts that take it, as a call of the first of them.
  private var calls: String? {
    fronts.flatMap { names in Front.all.first { $0.name == names.first } }.map { "\($0.usage) \(usage)" }
  }

  /// What `--help` prints.
  static var help: [Text] {
    func row(_ indent: Int, _ usage: String, _ meaning: Text) -> Text {
      let lead = String(repeating: " ", count: indent) + usage
      return Text(verbatim: lead + String(repeating: " ", count: max(29 - lead.count, 2))) + meaning
    }
    let spoken = all.filter { !$0.meaning.isEmpty }.map { option in
      // The front without a name goes without saying.
      let named = option.fronts?.filter { !$0.isEmpty } ?? []
      let fronts: Text = named.isEmpty ? "" : "with \(named.joined(separator: ", ")): "
      return row(6, option.usage, fronts + option.meaning)
    }
    let plain = all.filter(\.meaning.isEmpty).map(\.usage).joined(separator: ", ")
    var lines: [Text] = ["backstep, a step-through debugger for backpropagation", ""]
    lines += Front.all.map { row(2, $0.usage, $0.meaning) }
    lines.append("")
    lines += spoken
    lines += [Text(verbatim: "      " + plain), "", "Without a terminal, backstep alone is: backstep run -"]
    lines.append(
      "Exit status: 0 all well; 1 a verdict of FILE failed, or an answer differs; 2 a command failed; 130 interrupted.")
    return lines
  }

  // MARK: reading them

  /// Reads the arguments and does what they say: options may stand anywhere, and `--` ends them.
  /// - Throws: a sentence about what is wrong with them.
  static func start(_ arguments: [String]) throws(UsageError) -> ExitStatus {
    var words: [String] = []
    var given: [Option] = []
    var choices = Choices()
    var rest = arguments[...]
    while let argument = rest.popFirst(), choices.printed == nil {
      // A lone - is standard input.
      guard argument.hasPrefix("-"), argument != "-" else {
        words.append(argument)
        continue
      }
      if argument == "--" {
        words += rest
        break
      }
      given.append(try take(argument, &rest, &choices))
    }
    if let printed = choices.printed {
      Output.put(printed.map { Tongue.english($0) })
      return .well
    }
    let (front, files) = try Front.called(by: words)
    for option in given where option.fronts?.contains(front.name) == false {
      throw UsageError("\(option.names[0]) belongs to: \(option.calls ?? "")")
    }
    return try front.start(files, choices)
  }

  /// Reads an option, with what follows it behind an equals sign or as the next argument.
  private static func take(
    _ argument: String, _ rest: inout ArraySlice<String>, _ choices: inout Choices
  ) throws(UsageError) -> Option {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts[0]
    guard let option = all.first(where: { $0.names.contains(name) }) else {
      throw UsageError("\(name) is not an option\(suggestion(for: name, among: all.flatMap(\.names))); see --help")
    }
    var value = parts.count > 1 ? parts[1] : nil
    if let argument = option.argument {
      value = value ?? rest.popFirst()
      guard value != nil else { throw UsageError("\(name) takes a value: \(name) \(argument)") }
    } else if value != nil {
      throw UsageError("\(name) takes no value")
    }
    try option.effect(&choices, value ?? "")
    return option
  }
}
