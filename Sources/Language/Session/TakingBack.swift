import Engine

extension Session {
  /// Takes back the last line that changed state, with what was looked at since, and gives the lines that changed it:
  /// more than one where a file was taken in.
  mutating func undoLines() throws(CommandError) -> [Line]? {
    guard let mark = undo.popMark() else { return nil }
    let taken = Array(entries[mark.lines...])
    let after = content
    switch mark.back {
    case .content(let before): content = before
    case .moveStart(let before):
      content.timeline.takeBack(to: before.place, furthest: before.furthest)
    case .replay:
      let kept = undo.beginning(before: mark.lines)
      var earlier = Session()
      if let kept {
        earlier.content = kept.content
        earlier.entries = Array(entries[..<kept.lines])
      }
      do throws(CommandError) {
        for entry in entries[(kept?.lines ?? 0)..<mark.lines] { try earlier.execute(entry.line) }
      } catch {
        undo.putBack(mark)
        throw error
      }
      content = earlier.content
      undo.refresh(from: earlier.undo, end: mark.lines)
    }
    entries.removeLast(taken.count)
    undo.put(UndoHistory.Undone(entries: taken, mark: mark), after)
    return Session.changing(taken)
  }

  /// Does again what was taken back last, and gives its lines.
  mutating func redoLines() throws(CommandError) -> [Line]? {
    let ahead = undo.undone
    guard let (undone, known) = undo.popUndone() else { return nil }
    if let known {
      content = known
    } else {
      var again = self
      again.inProgress = nil
      do throws(CommandError) {
        for entry in undone.entries { try again.execute(entry.line) }
      } catch {
        undo.restore(marks: undo.marks.count - 1, undone: ahead, floor: undo.floor)
        throw error
      }
      content = again.content
    }
    entries += undone.entries
    return Session.changing(undone.entries)
  }

  private static func changing(_ entries: [Entry]) -> [Line] {
    entries.map(\.line).filter { (try? command(of: $0))?.effect == .changes }
  }
}
