import Notation
import Testing

@testable import Engine
@testable import Language

/// Random lines, one after another: wherever they come to, the numbers are, to the bit, those of a machine that keeps every
/// layer step of every future and has never gone back, with the changes that were made on this future and no others.
@Suite struct RandomWalkTests {
  /// A change, with where on the line of time it counts and where it was made.
  private struct Change: Hashable {
    let start: Int
    let place: Place
    let line: String
  }

  /// What is kept of a session by other means than its own.
  private struct Model {
    var changes: [Int: [Change]] = [1: []]
    var current = 1
    var next = 2
    var breaks = 0
  }

  /// The machine that keeps everything: for each future, which its changes tell, the session at every layer step that it has
  /// come by.
  private final class Keeper {
    private let fresh: Session
    private var kept: [[Change]: [Int: Session]] = [:]
    private var numbers: [[Change]: [Place: [String: [UInt64]]]] = [:]

    init(_ fresh: Session) { self.fresh = fresh }

    /// What is computed at a place of a future.
    func numbers(_ changes: [Change], at place: Place) throws -> [String: [UInt64]] {
      if let known = numbers[changes]?[place] { return known }
      let found = RandomWalkTests.numbers(try session(changes, at: place))
      numbers[changes, default: [:]][place] = found
      return found
    }

    private func session(_ changes: [Change], at place: Place) throws -> Session {
      guard let last = changes.last else { return ahead(of: [], from: 0, fresh, to: place) }
      let before = Array(changes.dropLast())
      // A change counts as made where its iteration begins, which is the end of the one before: there it is on show.
      let operations = fresh.timeline.state.program.operations.count
      if last.start > 0, place < Place(iteration: last.start - 1, operation: operations) {
        return try session(before, at: place)
      }
      var there = try kept[changes]?[-1] ?? session(before, at: last.place)
      if kept[changes]?[-1] == nil {
        try there.take(last.line)
        kept[changes, default: [:]][-1] = there
      }
      guard place < last.place else { return ahead(of: changes, from: there.timeline.state.step, there, to: place) }
      // Among the steps that were taken again.
      there.content.timeline.move(to: place)
      return there
    }

    /// Goes on, one layer step after another, from the last that is kept, and keeps each.
    private func ahead(of changes: [Change], from step: Int, _ first: Session, to place: Place) -> Session {
      let end = first.timeline.step(at: place)
      var step = step
      var session = kept[changes]?[end] ?? first
      if kept[changes]?[end] == nil {
        while let next = kept[changes]?[step + 1], step < end { (step, session) = (step + 1, next) }
        while session.timeline.state.step < end, session.timeline.place(1, on: .layer) <= place {
          session.content.timeline.move(to: session.timeline.place(1, on: .layer))
          kept[changes, default: [:]][session.timeline.state.step] = session
        }
      }
      session.content.timeline.move(to: place)
      return session
    }
  }

  /// What has to hold of every line of time, wherever one stands on it; the sentence that does not.
  private static func broken(_ line: Timeline, _ generator: inout Generator) -> String? {
    let step = Int(generator.next() % UInt64(line.step(at: line.furthest) + 1))
    let iterations = line.checkpoints.list.map(\.iteration)
    let starts = line.segments.map(\.start)
    let truths: [(String, Bool)] = [
      ("the place is no further than the furthest", line.place <= line.furthest),
      ("the state knows its step", line.state.step == line.step(at: line.place)),
      ("a step has one place", line.step(at: line.place(ofStep: step)) == step),
      ("a place has one name", line.canonical(line.place) == line.place),
      ("segments follow one another", zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 } && starts.first == 0),
      ("segments know their steps", line.segments.allSatisfy { $0.start == 0 || $0.steps > 0 }),
      ("checkpoints follow one another", zip(iterations, iterations.dropFirst()).allSatisfy { $0 < $1 }),
      ("no checkpoint is of what was not reached", iterations.last ?? 0 <= line.furthest.iteration + 1),
      ("no loss is of what was not reached", line.losses.latest?.iteration ?? 0 <= line.furthest.iteration),
      (
        "scores follow one another",
        zip(line.scores.points, line.scores.points.dropFirst()).allSatisfy {
          $0.iterations < $1.iterations
        }
      ),
    ]
    return truths.first { !$0.1 }?.0
  }

  private static let optimizers = Optimizer.all.map(\.name) + ["sgd momentum=0.9", "sgd momentum=0.9 nesterov=true"]

  private static func network(_ generator: inout Generator, seed: Int) -> String {
    func pick(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }
    let (inputs, outputs) = (1 + pick(3), 1 + pick(2))
    var lines = ["input \(inputs)"]
    for _ in 0..<1 + pick(2) {
      lines.append("dense \(1 + pick(3)) \(["sigmoid", "tanh", "relu", "softplus"][pick(4)])")
    }
    lines.append("dense \(outputs) identity")
    lines.append("optimizer \(optimizers[seed % optimizers.count])")
    lines.append("rate 0.05")
    for _ in 0..<3 + pick(3) {
      let numbers = (0..<inputs + outputs).map { _ in String(Double(pick(200)) / 100 - 1) }
      lines.append(
        "sample \(numbers.prefix(inputs).joined(separator: " ")) -> \(numbers.suffix(outputs).joined(separator: " "))")
    }
    lines.append("batch \(1 + pick(3))")
    if pick(2) == 0 { lines.append("order shuffle seed=\(seed)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The next line; nil where it would lead too far.
  private static func line(_ generator: inout Generator, _ session: Session) -> String {
    func pick(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }
    let strides = ["", "unit", "op", "layer", "phase", "iteration", "epoch"]
    let furthest = session.timeline.step(at: session.timeline.furthest)
    switch pick(17) {
    case 0...2: return "step \(1 + pick(4)) \(strides[pick(6)])"
    case 3...4: return "back \(1 + pick(5)) \(strides[pick(7)])"
    case 5...6: return "goto \(pick(furthest + 4))"
    case 7: return ["forward", "backward", "update", "run 2", "goto start", "goto end"][pick(6)]
    case 8: return "set w1[1,1] = \(Double(pick(100)) / 50 - 1)"
    case 9: return ["rate \(Double(1 + pick(9)) / 50)", "set b1 = \(Double(pick(10)) / 10)"][pick(2)]
    case 10: return "inject a1[1] = \(Double(pick(100)) / 100)"
    case 11: return "undo"
    case 12: return "redo"
    case 13: return session.breakpoints.isEmpty ? "break changed(w1[1,1])" : ["continue max=3", "rcontinue"][pick(2)]
    case 14: return "last w1[1,1]"
    case 15: return ["mark here", "goto \(pick(101))%", "branch b\(pick(1000))", "delete 1"][pick(4)]
    default:
      let others = session.futures.filter { $0.timeline != nil }
      return others.isEmpty ? "step" : "switch \(others[pick(others.count)].number)"
    }
  }

  /// Everything that is computed at a place.
  private static func numbers(_ session: Session) -> [String: [UInt64]] {
    let state = session.timeline.state
    var found: [String: [UInt64]] = [:]
    for name in session.scope.quantityNames {
      guard let quantity = Quantity.named(name), let value = try? state.value(of: quantity) else { continue }
      found[name] = value.elements.map(\.bitPattern)
    }
    return found
  }

  /// 10,000 lines in all.
  @Test(arguments: 0..<50) func nothingDependsOnTheWay(seed: Int) throws {
    var generator = Generator(seed: 7000 + seed)
    let base = Self.network(&generator, seed: seed)
    var session = try session(base)
    let fresh = session
    var model = Model()
    var (before, after): ([Model], [Model]) = ([], [])
    var said: [String] = []
    let keeper = Keeper(fresh)
    for number in 0..<200 {
      let line = Self.line(&generator, session)
      let (place, hadFuture) = (session.timeline.place, session.timeline.hasFuture)
      let (isEnd, future) = (session.timeline.state.isAtEnd, session.content.futures.current)
      let (couldUndo, couldRedo) = (session.undo.marks.count > fresh.undo.marks.count, session.canRedo)
      if line == "undo", !couldUndo { continue }
      if line == "redo", !couldRedo { continue }
      do throws(CommandError) { try session.execute(Line(line)) } catch {
        // What cannot be here, such as an injection into what is not there, changes nothing.
        #expect(session.timeline.place == place, "seed \(seed), \(number): \(line)")
        continue
      }
      said.append(line)
      switch line {
      case "undo":
        after.append(model)
        model = before.removeLast()
      case "redo":
        before.append(model)
        model = after.removeLast()
      default:
        before.append(model)
        after = []
        if line.hasPrefix("switch ") { model.current = Int(line.dropFirst(7)) ?? 0 }
        // What gives a thing the value that it has leaves the future as it is; the numbers below tell whether that is so.
        let isChange = !hadFuture || session.content.futures.current != future
        if ["set", "rat", "inj"].contains(line.prefix(3)), isChange {
          let own = model.changes[model.current] ?? []
          let start = place.iteration + (isEnd && place.operation > 0 ? 1 : 0)
          if hadFuture {
            model.current = model.next
            model.next += 1
          }
          model.changes[model.current] =
            own.filter { $0.start <= start } + [Change(start: start, place: place, line: line)]
        }
      }
      let timeline = session.timeline
      let its = try keeper.numbers(model.changes[model.current] ?? [], at: timeline.place)
      let mine = Self.numbers(session)
      #expect(mine == its, "seed \(seed), line \(number): \(said.suffix(12).joined(separator: "; "))\n\(base)")
      let broken = Self.broken(timeline, &generator)
      #expect(broken == nil, "seed \(seed), line \(number): \(said.suffix(12).joined(separator: "; "))\n\(base)")
      if mine != its { return }
    }
  }
}
