import Engine
import Notation
import Testing

@testable import Language

/// Random lines, one after another: wherever they come to, the numbers are, to the bit, those of a session that has never
/// gone back, with the changes that were made on this future and no others.
@Suite struct RandomWalkTests {
  /// A change, with where on the line of time it counts and where it was made.
  private struct Change {
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
    switch pick(16) {
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

  @Test(arguments: 0..<12) func nothingDependsOnTheWay(seed: Int) throws {
    var generator = Generator(seed: 7000 + seed)
    let base = Self.network(&generator, seed: seed)
    var session = try session(base)
    let fresh = session
    var model = Model()
    var (before, after): ([Model], [Model]) = ([], [])
    var said: [String] = []
    for number in 0..<150 {
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
      var other = fresh
      for change in model.changes[model.current] ?? [] {
        other.content.timeline.move(to: change.place)
        try other.take(change.line)
      }
      other.content.timeline.move(to: session.timeline.place)
      let (mine, its) = (Self.numbers(session), Self.numbers(other))
      #expect(mine == its, "seed \(seed), line \(number): \(said.suffix(12).joined(separator: "; "))\n\(base)")
      #expect(session.timeline.place <= session.timeline.furthest, "seed \(seed)")
      if mine != its { return }
    }
  }
}
