import Engine

extension Session {
  /// Takes back the last line that changed state, with what was looked at since, and gives the lines that changed it:
  /// more than one where a file was taken in.
  mutating func undoLines() throws(CommandError) -> [Line]? {
    guard let mark = undo.popMark() else { return nil }
    let taken = Array(entries[mark.lines...])
    let after = $content
    switch mark.back {
    case .content(let before):
      $content = before
      content.giveRoom()
    case .moveStart(let before):
      content.timeline.takeBack(to: before.place, furthest: before.furthest)
    case .replay:
      let kept = undo.beginning(before: mark.lines)
      var earlier = Session()
      if let kept {
        earlier.$content = kept.content
        earlier.entries = Array(entries[..<kept.lines])
      }
      do throws(CommandError) {
        for entry in entries[(kept?.lines ?? 0)..<mark.lines] { try earlier.replay(entry) }
      } catch {
        undo.putBack(mark)
        throw error
      }
      $content = earlier.$content
      undo.refresh(from: earlier.undo, end: mark.lines)
    }
    entries.removeLast(taken.count)
    // The lines of a derivation may be among those that were taken back.
    claimed = nil
    undo.put(UndoHistory.Undone(entries: taken, mark: mark), after)
    return Session.changing(taken)
  }

  /// Does again what was taken back last, and gives its lines.
  mutating func redoLines() throws(CommandError) -> [Line]? {
    let ahead = undo.undone
    guard let (undone, known) = undo.popUndone() else { return nil }
    if let known {
      $content = known
    } else {
      var again = self
      again.inProgress = nil
      do throws(CommandError) {
        for entry in undone.entries { try again.replay(entry) }
      } catch {
        undo.restore(marks: undo.marks.count - 1, undone: ahead, floor: undo.floor)
        throw error
      }
      $content = again.$content
    }
    entries += undone.entries
    claimed = nil
    return Session.changing(undone.entries)
  }

  /// Does a line again for what it changes: one that only looks is taken as it was, since it may be about lines before those
  /// that are done again.
  private mutating func replay(_ entry: Entry) throws(CommandError) {
    if let command = try? Session.command(of: entry.line), command.effect == .looks {
      entries.append(entry)
    } else {
      try execute(entry.line)
    }
  }

  private static func changing(_ entries: [Entry]) -> [Line] {
    entries.map(\.line).filter { (try? command(of: $0))?.effect == .changes }
  }
}
