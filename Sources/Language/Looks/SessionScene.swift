import Engine
import Notation
import Panels

extension Session {
  /// Everything that panels draw of a session; the view, the prompt and what is going on are the front's to add. One that is
  /// to be brief, as during a run, has the last score that is known.
  package func scene(_ view: View = View(), isBrief: Bool = false) -> Scene {
    var scene = Scene(content.timeline)
    scene.view = view
    scene.score = content.timeline.latestScore(isRunning: isWorking || isBrief)
    scene.title = content.title.isEmpty ? content.timeline.experiment.network.name : content.title
    scene.lines = shortened.map { entry in
      let outcome: SessionLine.Outcome =
        entry.line.kind == .narration ? .narration : entry.verdict.map { $0 ? .holds : .fails } ?? .plain
      return SessionLine(entry.line.inOneRow, outcome: outcome)
    }
    scene.watches = watchesOnShow
    scene.futures = futuresOnShow(scene.score)
    scene.beside = beside(goingThere: !isWorking && !isBrief)
    let partings = scene.futures.partings
    scene.breaks = breaksOnShow(partings)
    scene.marks = marksOnShow(partings)
    scene.sweep = sweepOnShow
    scene.plot = content.plot?.curve(content.timeline)
    scene.mapped = mapped
    scene.pageNames = letters.map { PageName($0.value, $0.key) }.sorted { $0.name < $1.name }
    scene.digits = digits
    if let claimed, claimed.lines.count > 1 { (scene.claimed, scene.definitions) = (claimed, definitions) }
    if !compared.all.isEmpty, compared.isAbout(timeline.state) { scene.compared = compared }
    return scene
  }

  /// The quantities that a `let` names, with the names: what the user's own page calls them.
  package var letters: [Quantity: String] {
    var letters: [Quantity: String] = [:]
    for definition in content.definitions.all {
      if !definition.isFunction, case .name(let name, version: nil) = definition.expression.kind,
        let quantity = Quantity.named(name)
      {
        letters[quantity] = definition.name
      }
    }
    return letters
  }

  /// What the watched expressions are worth here, by their numbers; what is not computed is left out.
  var watchedValues: [Int: Matrix] {
    guard !content.watches.isEmpty else { return [:] }
    let scope = scope
    return Dictionary(
      uniqueKeysWithValues: content.watches.compactMap { watch in
        (try? watch.value(in: scope)).map { (watch.number, $0) }
      })
  }

  /// The last sweep, with the lines that open its futures from here.
  private var sweepOnShow: SweepOnShow? {
    guard let swept else { return nil }
    let origin = origin(of: swept)
    return SweepOnShow(swept.sweep, own: ownFuture(of: swept)) { swept.line(opening: $0, from: origin) }
  }

  /// Which of a sweep's futures is the one that is gone along, by its place in the list; nil where none is.
  private func ownFuture(of swept: Swept) -> Int? {
    guard let own = futures.first(where: { $0.number == content.futures.current }), own.parting == swept.step,
      own.origin.hasPrefix("future ")
    else { return nil }
    return swept.sweep.outcomes.indices.first { index in
      let line = "future \(swept.sweep.words(of: index))"
      return own.origin == line || own.origin.hasPrefix(line + " ")
    }
  }

  private var watchesOnShow: [Watch] {
    guard !content.watches.isEmpty else { return [] }
    let scope = scope
    return content.watches.map { watch in
      let value: Result<Matrix, NotComputed>
      do throws(EvaluationError) { value = .success(try watch.value(in: scope)) } catch {
        value = .failure(NotComputed(message: error.message))
      }
      let isChanged = (try? value.get()).map { $0 != watchedBefore[watch.number] } ?? false
      return Watch(
        watch.number, watch.expression.pretty, value: value, isChanged: isChanged,
        versions: versions(in: watch.expression))
    }
  }

  /// The most marks that are listed, the last ones.
  private static let mostMarksOnShow = 100

  /// The breakpoints and marks, with whether they are here.
  private func breaksOnShow(_ partings: [Int: Int]) -> [ListedBreak] {
    let state = content.timeline.state
    // Where a search would stop.
    let isEnd = state.stepInProgress == nil && state.place.operation > 0
    return breakpoints.map { one in
      let holds = isEnd && (try? value(of: one.condition.asCondition))?.holdsEverywhere == true
      return ListedBreak(name: one.name, text: one.condition.pretty, isHere: holds)
    }
      + marksListed.map { mark in
        let isElsewhere = isElsewhere(mark, partings)
        let future = isElsewhere ? futures.first { $0.number == mark.future }?.label : nil
        let stops = content.bookmarks.stopCount
        return ListedBreak(
          name: mark.name,
          text: "step \(mark.step)" + (future.map { " of future \($0)" } ?? "")
            + (mark.isStop && stops > 1 ? ", the last of \(stops) stops" : ""),
          isHere: mark.place == state.place && !isElsewhere)
      }
  }

  /// The marks that are listed: the last ones that were given by hand, and the last stop alone.
  private var marksListed: [Bookmark] {
    let marks = content.bookmarks
    let stop = marks.stopCount > 0 ? marks.all.last { $0.isStop } : nil
    return marks.given.suffix(Session.mostMarksOnShow) + (stop.map { [$0] } ?? [])
  }

  /// Whether a named place lies in another future, behind where that parts from the one that is gone along.
  func isElsewhere(_ mark: Bookmark) -> Bool { isElsewhere(mark, futuresOnShow(nil).partings) }

  private func isElsewhere(_ mark: Bookmark, _ partings: [Int: Int]) -> Bool {
    mark.future != content.futures.current && partings[mark.future].map { mark.step <= $0 } != true
  }

  /// The futures as the tree of them lists them; none where there is but one.
  private func futuresOnShow(_ score: ScoreCurve.Point?) -> [ListedFuture] {
    guard futures.count > 1 else { return [] }
    let beside = content.futures.beside?.future.number
    return futures.map { future in
      let end = future.end ?? Future.End(of: content.timeline, score: score)
      return ListedFuture(
        number: future.number, label: future.label, parent: future.parent, parting: future.parting, steps: end.steps,
        loss: end.loss, origin: future.origin, isCurrent: future.number == content.futures.current,
        isBeside: future.number == beside)
    }
  }

  /// The named places that lie on the line of time, and where breakpoints would stop as far as they say so by a number.
  private func marksOnShow(_ partings: [Int: Int]) -> [TimeMark] {
    let line = content.timeline
    let named = bookmarks.suffix(Session.mostMarksOnShow).filter { mark in
      mark.place <= line.furthest && !isElsewhere(mark, partings)
    }
    return named.map { TimeMark(name: $0.name, step: $0.step, kind: $0.isStop ? .stop : .place) }
      + breakpoints.compactMap { one in
        one.firstStep(on: line).map { TimeMark(name: one.name, step: $0, kind: .breakpoint) }
      }
  }

  /// The versions of the weights and biases that an expression reads, as in `⟨0⟩`; empty where it reads none.
  private func versions(in expression: Expression) -> String {
    let state = content.timeline.state
    let read = expression.names.compactMap(Quantity.named).filter(\.kind.isParameter)
    let found = Set(read.map { state.version(of: $0) }).sorted()
    return found.isEmpty ? "" : "⟨" + found.map(String.init).joined(separator: ",") + "⟩"
  }
}
