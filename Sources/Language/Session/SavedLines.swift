/// Which of a session's lines are in a file, and which files are its own. It is no part of what lines change: `undo` leaves
/// it as it is.
struct SavedLines: Sendable {
  /// The lines as they were when they were last saved, or opened.
  fileprivate(set) var lines: [Line] = []
  /// The file that they were last saved in, or that they came from where a session was saved in it.
  fileprivate(set) var file: String?
  /// The files that this session wrote, by their whole paths.
  fileprivate(set) var written: Set<String> = []
  /// The lesson that lines came from; it is not this session's to write over.
  fileprivate(set) var lesson: String?
}

extension Session {
  /// How many lines there are that no file has, or one where only some that a file has were taken back. What was merely
  /// looked at is no loss.
  package var unsavedCount: Int {
    func lasting(_ lines: [Line]) -> [Line] {
      lines.filter { (try? Session.command(of: $0))?.effect != .looks && $0.kind != .blank }
    }
    let (now, before) = (lasting(lines), lasting(saved.lines))
    guard now != before else { return 0 }
    return max(now.count - zip(now, before).prefix { $0 == $1 }.count, 1)
  }

  /// Whether there are such lines.
  package var hasUnsavedLines: Bool { unsavedCount > 0 }

  /// The `save` line for the file that the session was last saved in, or was saved in when it was opened; nil where there
  /// is none.
  package var saveLine: String? { saved.file.map { "save \(quotedWord($0))" } }

  /// The file name that is offered for the session: the file's that it was last saved in, or was opened from.
  package var offeredFile: String {
    if let file = saved.file { return file }
    if let lesson = saved.lesson?.split(separator: "/").last, lesson != "-" {
      return lesson.prefix { $0 != "." } + "-own.session"
    }
    let name = timeline.experiment.network.name
    return "\(name.isEmpty ? "network" : name).session"
  }

  /// Notes that what there is was there from the beginning, or came from a file. One that was itself a session, saved, is
  /// this session's own: going on with it and saving it again is no loss.
  package mutating func noteOpened(_ path: String? = nil, isOwn: Bool = false) {
    saved.lines = lines
    guard let path, isOwn else { return }
    saved.file = path
    saved.written.insert(Session.wholePath(path))
  }

  /// Notes that what there is came from a lesson.
  package mutating func noteLesson(_ path: String) {
    saved.lines = lines
    saved.lesson = path
  }

  /// Notes that a file was written; with all the lines where nothing is said.
  mutating func noteSaved(in path: String, all: Bool = true) {
    saved.written.insert(Session.wholePath(path))
    guard all else { return }
    saved.lines = lines
    saved.file = path
  }
}

/// A word as a line takes it: in quotes where it has blanks.
private func quotedWord(_ word: String) -> String {
  word.contains { " \t#".contains($0) } ? "\"\(word)\"" : word
}
