import Engine
import Notation

/// One command of the language: a row of the table that the prompt, help, completion, the README and the tests read.
package struct Command: Sendable {
  /// The groups in which help lists the commands.
  package enum Group: String, CaseIterable, Sendable {
    case build, data, move, look, verify, file, session

    /// What help calls it.
    var words: Text {
      switch self {
      case .build: "build"
      case .data: "data"
      case .move: "move"
      case .look: "look"
      case .verify: "verify"
      case .file: "file"
      case .session: "session"
      }
    }
  }

  /// What a command leaves behind.
  enum Effect: Sendable {
    /// It changes state: a line of the session that can be undone.
    case changes
    /// It only looks: a line of the session, nothing to undo.
    case looks
    /// It is no line of the session.
    case none
  }

  /// What the work of it grows with, besides the samples.
  enum Work: Sendable {
    /// With nothing much.
    case little
    /// With each parameter, or each mistake that there may be.
    case ofParameters
    /// With the file that is read.
    case ofFile
  }

  /// What a line of it does to those before it that are of the same command.
  enum Standing: Sendable {
    /// It comes to them.
    case adds
    /// It takes their place.
    case replaces
    /// It takes the place of those that give the same thing a value, or a part of it.
    case replacesTarget
    /// It takes the place of all there was.
    case beginsAfresh
  }

  /// The layer that a line of it is about, so that it is looked at.
  package enum LayerInLine: Sendable {
    /// None in particular.
    case none
    /// The last one.
    case last
    /// The one that the first word after the name counts.
    case counted
  }

  /// What came of a command: an answer at once, or work that may take long.
  enum Outcome {
    case answer(Answer)
    case move(Move)
    case script(Script)
    /// A look that is worked beside the screen where it takes long.
    case look(LongLook.Part)
  }

  typealias Act = @Sendable (inout Session, inout Arguments) throws(CommandError) -> Outcome
  typealias Complete = @Sendable (_ session: Session, _ words: [String]) -> [String]

  /// The name that is typed.
  package let name: String
  /// The short forms at the prompt; a file does not know them.
  package let shortForms: [String]
  /// What other programs call it: not understood, but answered with its name.
  let elsewhere: [String]
  /// The group.
  package let group: Group
  /// How it is called, as in `dense N ACTIVATION`.
  package let usage: String
  /// What it does.
  package let help: Text
  /// What help adds below that: the rows of the table that the command chooses from.
  let details: @Sendable () -> [Text]
  /// Lines that show it in use; a test runs them.
  package let example: String
  /// Whether it is an assertion, which `refute` can turn round.
  package let isVerdict: Bool
  /// Whether it changes state, so that `undo` takes it back.
  package var changesState: Bool { effect == .changes }
  /// Whether it goes back and forth among the lines that were given.
  package let goesAmongLines: Bool
  /// The layer that a line of it is about.
  package let layer: LayerInLine
  let effect: Effect
  let work: Work
  /// Whether what is done of it is kept where it is stopped, and answered.
  let keepsWhatIsDone: Bool
  let standing: Standing
  /// Whether lines of it that follow one another are one with as many strides.
  let isStrides: Bool
  /// Whether it moves along the line of time, so that Enter alone does it again.
  package let moves: Bool
  let act: Act
  let complete: Complete

  init(
    _ name: String, short shortForms: [String] = [], elsewhere: [String] = [], _ group: Group, _ usage: String,
    _ help: Text,
    details: @escaping @Sendable () -> [Text] = { [] }, example: String, effect: Effect = .changes,
    work: Work = .little, keepsWhatIsDone: Bool = false,
    standing: Standing = .adds, isVerdict: Bool = false, goesAmongLines: Bool = false,
    isStrides: Bool = false, moves: Bool? = nil, layer: LayerInLine = .none,
    complete: @escaping Complete = { _, _ in [] }, act: @escaping Act
  ) {
    self.name = name
    self.shortForms = shortForms
    self.elsewhere = elsewhere
    self.group = group
    self.usage = usage
    self.help = help
    self.details = details
    self.example = example
    self.effect = effect
    (self.work, self.keepsWhatIsDone) = (work, keepsWhatIsDone)
    self.standing = standing
    self.isVerdict = isVerdict
    (self.goesAmongLines, self.isStrides) = (goesAmongLines, isStrides)
    self.moves = moves ?? (group == .move)
    self.layer = layer
    self.complete = complete
    self.act = act
  }

  /// Every command, in the order of help; a new one is one entry in the list of its group.
  package static let all: [Command] =
    building + data + arrays + samples + unseenData + moving + breaking + parting + sweeping + injecting + looking
    + asking
    + verifying
    + continuing + deriving
    + pages + proving
    + checking + comparing + mistaking + hunting + files + exporting + sessionCommands

  /// Why a line of the command is none where it is written as an assignment, as in `rate = 0.5`.
  func complaintAboutSign(in line: Line) -> CommandError? {
    guard line.words.count > 1, line.words[1].text == "=" else { return nil }
    return CommandError("\(name) takes no =: \(usage)", at: line.words[1].range.lowerBound)
  }

  /// The words that stand by themselves in lines, such as `within`: those of the usages that no value is given to and that
  /// stand for nothing else.
  static let keywords: Set<String> = Set(all.flatMap(\.keywords))

  /// Those of this command, its name among them.
  var keywords: [String] {
    usage.split { !$0.isLetter && $0 != "-" && $0 != "=" && $0 != "." && $0 != "…" }
      .filter { $0.allSatisfy { $0.isLowercase || $0 == "-" } }.map(String.init)
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The command of that name.
  package static func named(_ name: String) -> Command? { byName[name] }

  /// The command that goes by another name in other programs.
  static func known(elsewhereAs name: String) -> Command? {
    all.first { $0.elsewhere.contains(name) } ?? Notation.known(elsewhereAs: name, among: all, \.elsewhere)
  }

  /// The command that a short form stands for at the prompt.
  package static func shortFor(_ name: String) -> Command? { all.first { $0.shortForms.contains(name) } }
}
