import Diagnosis
import Engine
import Language
import Panels

/// What is on the screen and what it will do with a key: a value that keys change. Nothing here knows the terminal, so that
/// what keys do can be tested as values.
package struct App: Sendable {
  /// The session.
  package internal(set) var session: Session
  /// What concerns only how it is looked at.
  package internal(set) var view = View() {
    didSet { if !view.isPlaying { playing = Play() } }
  }
  /// The prompt's line.
  package internal(set) var editor: LineEditor
  /// Whether keys go to the prompt.
  package internal(set) var isPromptOpen = false
  /// What there is to say; nil says which step comes next.
  package internal(set) var message: Message?
  /// Whether the program is over.
  package internal(set) var isOver = false
  /// What ended the program: a command in error in the file that it was opened with.
  package internal(set) var failure: CommandError?
  /// Whether a verdict failed in the file that it was opened with.
  var fileHasFailed = false
  /// The keys that came while something was worked out, which they wait for.
  var waitingKeys: [Key] = []
  /// The script that is presented; nil where none is.
  package internal(set) var presentation: Presentation?
  /// The size of the screen in cells.
  package var size = (width: 80, height: 24)
  /// Whether the screen has colours and half blocks.
  package var hasColours = false

  /// The language in which a reader is spoken to.
  var tongue = Tongue.english
  /// How training stands, as it was found after the last line.
  private(set) var health: Health?
  /// The character of the prompt's line at which it is in error.
  var caret: Int?
  /// A long answer, over the panels.
  var sheet: Sheet?
  /// The menu that is open.
  var menu: OpenMenu?
  /// The list from which one has gone to a place, which Esc goes back to.
  var leftList: OpenMenu?
  /// The number that is being edited in its place.
  var cellEdit: CellEdit?
  /// Whether a key that counts a value up or down is held.
  var held = Held()
  /// The number that was typed before a key.
  var count: Int?
  /// What an edit was refused with, while keys that would have been its value are not taken for commands.
  var refusal: Message?
  /// The guide, while it is followed.
  var guide: Guide?
  /// The line that is under way.
  var given: Given?
  /// What is still to be said of a line that was stopped.
  var owed: Owed?
  /// Whether somebody shows what there is between two keys, so that a stop is seen before the rest of it is reckoned.
  package var isShownBetweenKeys = false
  /// The lines that come after it.
  var queue: LineQueue?
  /// The line that goes to where a file is to stand, once it is replayed.
  var openingLine: String?
  /// Whether the script is being played to its end.
  var isPlayingOut = false
  /// The last move, for an empty Enter.
  var lastMove: String?
  /// What is known of the strides that are taken by themselves.
  var playing = Play()
  /// The session as it was when the mouse took hold of the line of time.
  var dragged: Dragged?
  /// What is to be put on the clipboard.
  var copied: String?
  /// Whether the terminal has to be drawn anew, whatever it shows.
  var needsRedraw = false
  /// The question that the next key answers.
  var question: Question?
  /// Whether the program is left as soon as the lines are in a file.
  var isLeavingOnceSaved = false

  /// A screen that shows a session, with something to say first.
  package init(_ session: Session, message: Message? = nil) {
    self.session = session
    self.session.noteOpened()
    self.message = message
    editor = LineEditor(history: session.lines.filter { $0.kind == .command }.map(\.spoken))
    view = view.afterStep(session.timeline.state)
    look()
  }

  /// Looks at how training stands.
  mutating func look() {
    owed = nil
    health = Health(session.timeline)
  }

  /// Goes to another session: an earlier one of a script, or the one that the mouse took hold of. Lines change the session
  /// that there is; nothing else puts another one in its place.
  mutating func replaceSession(with other: Session) {
    session = other
    sheet = nil
    look()
  }

  /// A screen on which a file is replayed: its lines are given by `advance(until:)`.
  package init(replaying file: LineBuffer, at place: OpeningPlace? = nil) {
    self.init(Session())
    queue = LineQueue(file: file)
    openingLine = place?.line
  }

  /// Who gave a line.
  enum Giver: Sendable {
    case file, key, player, prompt, script
  }

  /// A line that was given.
  struct Given: Sendable {
    let line: Line
    let giver: Giver
    /// Where the session stood before it.
    let place: Place
    /// Whether no step could be taken before it.
    let wasIncomplete: Bool
    /// The score before it, where it moves.
    let score: Score?
    /// When it began, for the pace of a run.
    let began: ContinuousClock.Instant
    /// The session before it, where a script may have to return to it.
    let before: Session?
  }

  /// Where the mouse took hold of the line of time.
  struct Dragged: Sendable {
    let session: Session
    /// The row in which it is held, of the whole line of time; nil of the steps of an iteration.
    let row: Int?
  }

  /// What could not be carried out of the file that was opened or presented; nil where all could.
  package var failureOfFile: CommandError? { failure ?? presentation?.failure }

  /// Whether a verdict failed in the file that was opened or presented.
  package var hasFailedVerdict: Bool { fileHasFailed || presentation?.hasFailed == true }

  /// Whether there is more to be said of what was stopped, once it is seen that it was.
  package var owesAnswer: Bool { owed != nil }

  /// Whether a run is under way, or lines wait to be given.
  package var isRunning: Bool { session.isWorking || queue != nil || isPlayingOut }
}
