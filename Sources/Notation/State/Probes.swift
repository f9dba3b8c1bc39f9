import Engine

/// Expressions that are looked at together along a line of time, past changes made by hand too: where one has made another
/// network, they are compiled anew.
package final class Probes {
  private let expressions: [Expression]
  private let definitions: Definitions
  private let layout: WeightLayout
  /// Where they are looked at.
  private let ends: Visitor.Ends
  /// What they were compiled to for the stretch at hand; nil for one that means nothing there.
  private var probes: [Probe?] = []

  /// Expressions as the names stand now, to be looked at where iterations end or layer steps do.
  package init(_ expressions: [Expression], at ends: Visitor.Ends, definitions: Definitions, layout: WeightLayout) {
    (self.expressions, self.ends) = (expressions, ends)
    (self.definitions, self.layout) = (definitions, layout)
  }

  /// How many looks found a value, and why the first that found none did so, where that was for another reason than that
  /// something is not computed yet.
  @exclusivity(unchecked) package private(set) var (found, failure): (Int, EvaluationError?) = (0, nil)

  /// What is to be seen at a place.
  package struct Sight {
    /// The place, as long as the look takes.
    package let place: Passing
    fileprivate let all: Probes
    fileprivate let probes: [Probe?]
    /// Where the place is stood at and not passed.
    fileprivate let scope: StateScope?

    /// Whether an expression, by its place in the list, holds there. Where something is not computed yet, or it means
    /// nothing to the network as it is there, it does not.
    package func holds(_ index: Int) -> Bool {
      guard let probe = probes[index] else { return false }
      return all.looked { () throws(EvaluationError) in
        if let scope { try probe.holds(in: scope) } else { try probe.holds(at: place) }
      } ?? false
    }

    /// What an expression is worth there; nil where something is not computed yet, or it means nothing there.
    package func value(_ index: Int) -> Matrix? {
      guard let probe = probes[index] else { return nil }
      return all.looked { () throws(EvaluationError) in
        if let scope { try probe.value(in: scope) } else { try probe.value(at: place) }
      } ?? nil
    }
  }

  /// What comes of a look; nil where there is no value.
  private func looked<Result>(_ look: () throws(EvaluationError) -> Result) -> Result? {
    do throws(EvaluationError) {
      let result = try look()
      found += 1
      return result
    } catch {
      if !error.isNotComputed { failure = failure ?? error }
      return nil
    }
  }

  /// Goes ahead to a place, and looks where iterations or layer steps end on the way, there too. The walk stops where the
  /// look says so.
  package func walk(
    _ line: inout Timeline, to goal: Place, until deadline: ContinuousClock.Instant? = nil,
    looking look: @escaping (Sight) -> Bool
  ) -> Timeline.Arrival {
    var isCompiled = false
    while line.place < goal {
      let before = line.place
      // What looks elsewhere does so from where it was compiled.
      if !isCompiled { compile(at: line, anew: true) }
      var arrival = Timeline.Arrival.arrived
      if let end = plainEnd(of: line, towards: goal) {
        isCompiled = true
        arrival = line.walk(to: end, until: deadline, visiting: visitor(look))
      } else {
        isCompiled = false
        line.move(to: min(line.nextLayerStep, goal))
        compile(at: line, anew: false)
        if isEnd(line.state) {
          let scope = StateScope(line, definitions: definitions, layout: layout)
          if look(Sight(place: scope.passing, all: self, probes: probes, scope: scope)) { return .stopped }
        }
        if let deadline, ContinuousClock.now >= deadline { arrival = .interrupted }
      }
      // Where the data does not fit the network the line ends.
      guard arrival == .arrived, line.place > before else { return arrival }
    }
    return .arrived
  }

  /// Whether something ends at a place; where a change has made another network nothing has yet.
  private func isEnd(_ state: State) -> Bool {
    state.place.operation > 0 && (ends == .iterations ? state.isAtEnd : state.stepInProgress == nil)
  }

  /// How far a walk may go from here with what is compiled; nil where a change made by hand is too near, or where a look
  /// cannot begin.
  private func plainEnd(of line: Timeline, towards goal: Place) -> Place? {
    guard probes.allSatisfy({ $0?.mayBegin(at: line.state) != false }) else { return nil }
    guard let change = line.nextChange else { return goal }
    // What a change leaves is on show at the end of the iteration before it.
    guard change >= 2 else { return nil }
    let end = line.end(ofIteration: change - 2)
    return line.place < end ? min(end, goal) : nil
  }

  /// Compiles them for where the line stands; if not anew, then those alone whose names no longer mean the same.
  private func compile(at line: Timeline, anew: Bool) {
    let scope = StateScope(line, definitions: definitions, layout: layout)
    if probes.isEmpty { probes = expressions.map { _ in nil } }
    for (place, expression) in expressions.enumerated() where anew || probes[place]?.fits(scope) != true {
      probes[place] = try? Probe(expression, in: scope)
    }
  }

  private func visitor(_ look: @escaping (Sight) -> Bool) -> Visitor {
    let probes = probes
    return Visitor(joining: probes.compactMap { $0?.visitor(at: ends) { _ in false } }, at: ends) { [self] place in
      look(Sight(place: place, all: self, probes: probes, scope: nil))
    }
  }
}
