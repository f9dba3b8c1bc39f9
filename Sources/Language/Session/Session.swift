import Diagnosis
import Engine
import Notation
import Panels

/// The list of command lines given so far, and what they have come to. A value: a copy stays as it is.
package struct Session: Sendable {
  /// What lines change and `undo` restores.
  struct Content: Sendable {
    var timeline = Timeline(memory: SettingValues().memory / Session.shareOfTime)
    var definitions = Definitions()
    /// How matrices of weights are given.
    var layout = WeightLayout.outIn
    var watches = Trail<WatchedExpression>()
    var nextWatch = 1
    var breakpoints = Breakpoints()
    var bookmarks = Bookmarks()
    var futures = Futures()
    /// The iteration inside which something was changed last.
    var retaken: Retaken?
    var plot: Plot?
    /// What the map shows in the output's place.
    var mapped: Expression?
    /// What `set` gave the settings.
    var settings = SettingValues() {
      didSet { shareOutMemory() }
    }
    var title = ""

    /// Gives the line of time its share again, where it was kept within less.
    mutating func giveRoom() {
      let room = settings.memory / Session.shareOfTime
      if timeline.memory != room { timeline.memory = room }
    }

    /// Gives the lines of time their shares of the memory.
    mutating func shareOutMemory() {
      timeline.memory = settings.memory / Session.shareOfTime
      futures.keep(within: timeline.memory / Futures.share)
    }
  }

  @Shared var content = Content()
  /// The lines so far with their verdicts: commands, narration and blank lines.
  package internal(set) var entries: [Entry] = []
  /// What the watched expressions were worth when that was noted last, by their numbers.
  private(set) var watchedBefore: [Int: Matrix] = [:]
  /// What was compared in this iteration, as far as it is still about what is on show.
  package internal(set) var compared = Compared()
  /// The derivation that is written line by line, from the last claim on.
  var claimed: ClaimedDerivation?
  /// The last sweep, and where it was made.
  var swept: Swept?
  /// Whether the numbers of a draw in which a claim fails are told.
  var showsDraws = true
  /// What `undo` and `redo` go by.
  var undo = UndoHistory()
  /// Which lines are in a file.
  var saved = SavedLines()
  /// The folder of the file that lines came from last, where files are looked for first; nil where all were typed.
  var lastFolder: String?
  /// The line that is under way, and the ones inside it.
  var inProgress: LineInProgress?

  /// The share of the memory that the line of time may take: one half. Those aside have a quarter of that together, and
  /// `undo` and `redo` what is left.
  static let shareOfTime = 2

  /// An empty session.
  package init() {}

  /// What the lines of time leave to `undo` and `redo`, in bytes.
  var roomForUndo: Int { max(content.settings.memory - content.timeline.bytes - content.futures.bytes, 0) }

  /// About how many bytes are kept for going back, for other futures, and for `undo` and `redo`.
  package var bytesKept: Int { content.timeline.bytes + content.futures.bytes + undo.bytesKept }

  /// Notes what the watched expressions are worth, so that a scene can say what has changed since.
  package mutating func noteWatchedValues() { watchedBefore = watchedValues }

  /// The lines so far, as `save` writes them.
  package var lines: [Line] { entries.map(\.line) }
  /// Whether there is a line that `undo` can take back.
  package var canUndo: Bool { undo.canUndo }
  /// Whether there is a line that `redo` can do again.
  package var canRedo: Bool { !undo.undone.lines.isEmpty }
  /// The line of time.
  package var timeline: Timeline { content.timeline }
  /// What is shown of numbers: so many significant digits.
  package var digits: Int { content.settings[.digits] }
  /// The theme of the screen that was asked for; nil leaves it to the terminal.
  package var theme: Theme? { content.settings.theme }
  /// The title that was given, or empty.
  package var title: String { content.title }
  /// The names that `let` gave.
  package var definitions: Definitions { content.definitions }
  /// The breakpoints, in the order of their numbers.
  package var breakpoints: [Breakpoint] { content.breakpoints.all }
  /// The places that have a name, in the order in which they got it.
  package var bookmarks: Trail<Bookmark> { content.bookmarks.all }
  /// The watched expressions.
  package var watches: Trail<WatchedExpression> { content.watches }

  /// What names mean in expressions here. Keep it no longer than an evaluation takes: while it is there, a move has to
  /// copy what it reads.
  package var scope: StateScope {
    StateScope(content.timeline, definitions: content.definitions, layout: content.layout)
  }

  var writing: Writing { Writing(digits: digits) }

  /// The value of an expression here.
  func value(of expression: Expression) throws(CommandError) -> Matrix {
    // A number is worth what it says, wherever it stands.
    if case .number(let literal) = expression.kind { return Matrix(literal.value) }
    do { return try expression.evaluate(in: scope) } catch {
      throw CommandError(error.message, at: error.range?.lowerBound ?? expression.range.lowerBound)
    }
  }

  /// The value of an expression that has to be one number.
  func number(of expression: Expression, _ what: Text) throws(CommandError) -> Double {
    let value = try value(of: expression)
    guard let number = value.scalar else {
      throw CommandError("\(what) is one number, this is \(value.shape)", at: expression.range.lowerBound)
    }
    return number
  }
}

/// A line of the session.
package struct Entry: Equatable, Sendable {
  /// The line.
  package let line: Line
  /// Whether what it asserts held; nil where it asserts nothing.
  package let verdict: Bool?
}

/// An expression that is shown at every step.
package struct WatchedExpression: Equatable, Sendable {
  /// The number by which `unwatch` knows it.
  package let number: Int
  /// The expression.
  package let expression: Expression
  private let kept = KeptProbe()

  init(number: Int, expression: Expression) { (self.number, self.expression) = (number, expression) }

  /// What it is worth somewhere.
  func value(in scope: StateScope) throws(EvaluationError) -> Matrix { try kept.value(of: expression, in: scope) }

  /// Two are one where they show the same under the same number.
  package static func == (one: WatchedExpression, other: WatchedExpression) -> Bool {
    one.number == other.number && one.expression == other.expression
  }
}
