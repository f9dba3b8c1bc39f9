/// A line that is under way: what to go back to if it fails, and what is still to be done. Going back is by counts and by
/// what the line itself keeps, so that a line costs what it does and no copy of the session.
struct LineInProgress: Sendable {
  /// How many lines and marks there were before the outermost line.
  let lines: Int
  let marks: Int
  /// What could be done again before it, and from where on lines could be taken back.
  let undone: UndoHistory.Ahead
  let floor: Int
  /// How the outermost line is taken back if it fails on its way.
  var back: UndoHistory.Back?
  /// The commands that have begun and not ended, the innermost last.
  var commands: [CommandInProgress] = []
  /// What has been answered so far.
  var answer: Answer?
  /// Whether a move to a place stops at breakpoints on its way.
  var stopsAtBreakpoints = false

  /// Before a line.
  init(in session: Session) {
    lines = session.entries.count
    marks = session.undo.marks.count
    undone = session.undo.undone
    floor = session.undo.floor
  }
}

/// A command that has begun and not ended.
struct CommandInProgress: Sendable {
  enum Task: Sendable {
    case move(Move)
    case script(Script)
    case look(LongLook)
  }

  let line: Line
  let command: Command
  var task: Task
}
