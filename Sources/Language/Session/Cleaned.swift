import Engine

extension Session {
  /// The lines without those that later ones replaced: what stood before the network was begun afresh, and what was set and
  /// set again before anything was done with it. The lines that are left are played, and have to come to the same; where
  /// they would not, all are kept.
  var cleaned: [Line] {
    let all = shortened.map(\.line)
    let replaced = Session.replaced(in: all)
    guard !replaced.isEmpty else { return all }
    let left = all.indices.filter { !replaced.contains($0) }.map { all[$0] }
    return comesToTheSame(left) ? left : all
  }

  /// The indices of the lines that later ones replace, as far as the table of commands tells.
  private static func replaced(in lines: [Line]) -> Set<Int> {
    var replaced: Set<Int> = []
    // What is said further on, before anything is done with it, and whether a network is begun there.
    var (later, laterOfSession, isAfresh): (Set<String>, Set<String>, Bool) = ([], [], false)
    for index in lines.indices.reversed() {
      let line = lines[index]
      guard line.kind == .command, let command = try? Session.command(of: line) else {
        if isAfresh { replaced.insert(index) }
        continue
      }
      let subject = command.standing == .replacesTarget ? line.target : ""
      // What is said of the session outlasts its networks.
      let isOfSession = command.group == .session || SessionSetting.named(subject) != nil
      if isAfresh, !isOfSession { replaced.insert(index) }
      let (own, wider) = ("\(command.name) \(subject)", "\(command.name) \(subject.prefix { $0 != "[" })")
      switch command.standing {
      case .beginsAfresh: (isAfresh, later) = (true, [])
      case .replaces, .replacesTarget:
        if later.contains(wider) || laterOfSession.contains(own) { replaced.insert(index) }
        if isOfSession { laterOfSession.insert(own) } else if !later.insert(own).inserted { replaced.insert(index) }
      case .adds: if ![.build, .data].contains(command.group) { (later, laterOfSession) = ([], []) }
      }
    }
    return replaced
  }

  /// Whether lines come to what these come to: the same experiment, numbers, place and settings.
  private func comesToTheSame(_ lines: [Line]) -> Bool {
    var other = Session()
    do throws(CommandError) {
      for line in lines { try other.execute(line) }
    } catch {
      return false
    }
    let (mine, its) = (timeline.state.parameters, other.timeline.state.parameters)
    return timeline.experiment == other.timeline.experiment && timeline.place == other.timeline.place
      && mine.count == its.count && zip(mine, its).allSatisfy { $0.w.isSame(as: $1.w) && $0.b.isSame(as: $1.b) }
      && title == other.title && content.settings == other.content.settings && content.layout == other.content.layout
      && watches.count == other.watches.count && breakpoints.count == other.breakpoints.count
      && bookmarks.count == other.bookmarks.count
  }
}

extension Parameter {
  /// Whether it has the same numbers, to the bit, and remembers the same.
  fileprivate func isSame(as other: Parameter) -> Bool {
    values.count == other.values.count && zip(values, other.values).allSatisfy { $0.bitPattern == $1.bitPattern }
      && memory == other.memory && updates == other.updates
  }
}

extension Line {
  /// What stands between the command's name and its equals sign, without blanks.
  fileprivate var target: String {
    let name = words.first?.range.upperBound ?? 0
    return command.dropFirst(name).prefix { $0 != "=" }.filter { $0 != " " }
  }
}
