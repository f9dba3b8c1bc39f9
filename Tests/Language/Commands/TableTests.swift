import Engine
import Formats
import Notation
import Testing

@testable import Language

/// `table`: what expressions were worth along the line of time, as if it had been logged.
@Suite struct TableTests {
  /// The rows that a session comes to which is looked at after every iteration.
  private func logged(_ expressions: [String], iterations: Int) throws -> [[Double]] {
    var session = try session(xor)
    var rows: [[Double]] = []
    for _ in 0..<iterations {
      try session.take("run 1")
      rows.append(try expressions.flatMap { try session.value($0).elements })
    }
    return rows
  }

  private func columns(_ answer: Answer) -> [String: [Double]] {
    guard case .object(let members) = answer.fields.first(where: { $0.key == "columns" })?.value else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: members.map { member in
        guard case .array(let list) = member.value else { return (member.key, []) }
        return (member.key, list.map { if case .number(let number) = $0 { number } else { .nan } })
      })
  }

  @Test func rowsAreWhatWasThereAtTheTime() throws {
    var session = try session(xor + "run 12\ngoto 3")
    let answer = try session.execute(Line("table loss w2 delta1[1]"))
    let columns = columns(answer)
    let rows = try logged(["loss", "w2", "delta1[1]"], iterations: 12)
    for (name, place) in [("loss", 0), ("w2[1,1]", 1), ("w2[1,2]", 2), ("delta1[1]", 3)] {
      #expect(columns[name] == rows.map { $0[place] }, "\(name)")
    }
    #expect(columns["step"] == (1...12).map { Double(7 * $0) })
    #expect(session.timeline.state.step == 3)
  }

  /// A stride of one's own, and a part of the history; what is not computed at a step is left out.
  @Test func stridesAndRangesAreTaken() throws {
    var session = try session(xor + "run 6")
    let layers = columns(try session.execute(Line("table step loss every layer from 9 to 12")))
    #expect(layers["step"] == nil || layers["step"] == [9, 10, 11, 12])
    #expect(layers["loss"]?.map(\.isNaN) == [true, false, false, false])
    let third = columns(try session.execute(Line("table loss every 3 iterations")))
    #expect(third["iteration"] == [3, 6])
  }

  /// The ends are places as `goto` takes them, and on the line of time that one stands on what `goto` makes of them.
  @Test(arguments: [
    ("from iteration 2 to iteration 4", [14, 21, 28]), ("from iteration 5", [35, 42]),
    ("from epoch 1 to end", [28, 35, 42]),
    ("from start to iteration 1", [7]), ("from here to 28", [21, 28]), ("from 50% to 100%", [21, 28, 35, 42]),
    ("from 15 to 34", [21, 28]), ("from update 2 to backward", [21]),
  ]) func rowsBeginAndEndAtPlaces(_ range: String, _ steps: [Double]) throws {
    var session = try session(xor + "run 6\ngoto 20\nmark here")
    #expect(columns(try session.execute(Line("table loss \(range)")))["step"] == steps)
    let folder = TemporaryFolder()
    try session.execute(Line("table loss \(range) to \(folder.path)/part.csv"))
    #expect(folder.text("part.csv").split(separator: "\n").count == steps.count + 1)
  }

  @Test func placesThatAreNoneAreNamed() throws {
    let lines = xor + "run 6\n"
    #expect(try complaint("table loss from iteration 7 to 50", after: lines).hasPrefix("17: step 49 was not reached"))
    #expect(try complaint("table loss from 30 to iteration 2", after: lines).hasPrefix("23: that is step 14"))
    #expect(try complaint("table loss from nowhere", after: lines).hasPrefix("17: nowhere is no mark"))
    #expect(try complaint("table loss from", after: lines).contains("was expected here"))
    // On either line an iteration is its own.
    let two = lines + "goto iteration 3\ninsert 1 dense 2 tanh\nrun 3\ndiff 1 2 loss from iteration 5 to iteration 6"
    #expect(
      lastAnswer(two).split(separator: "\n").dropFirst().compactMap { $0.split(separator: " ").first }.map(String.init)
        == ["35", "41", "42", "51"])
  }

  /// However many samples there are: never more rows than are shown, at least a fifth of that, and all samples.
  @Test func thinningLetsAllSamplesComeBy() {
    for period in [1, 2, 3, 4, 6, 30, 150, 210, 2310] {
      for count in [40, 41, 130, 1000, 99_999] {
        var thinning = Thinning(most: 40, period: period)
        var kept: [Int] = []
        for row in 0..<count where row % thinning.spacing == 0 {
          kept.append(row)
          guard kept.count > thinning.room else { continue }
          thinning.widen()
          kept.removeAll { $0 % thinning.spacing != 0 }
        }
        let spacing = thinning.shown(of: count)
        let shown = kept.filter { $0 % spacing == 0 }
        #expect(shown == Array(stride(from: 0, to: count, by: spacing)), "\(period), \(count)")
        #expect(shown.count <= 40 && shown.count >= min(count, 40) / 5, "\(period), \(count): \(shown.count)")
        #expect(Set(shown.map { $0 % period }).count == min(shown.count, period))
      }
    }
  }

  @Test func manyRowsAreThinnedOutAndAllGoIntoAFile() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/history.csv"
    var session = try session(xor + "run 1000")
    let shown = try session.execute(Line("table loss"))
    #expect(shown.lines.count <= 44 && shown.lines.last?.description.contains("of 1000 rows") == true)
    #expect(columns(shown)["iteration"]?.last == 1000)
    // The rows that are shown are not all of the same sample.
    #expect(Set(columns(try session.execute(Line("table sample")))["sample"] ?? []) == [1, 2, 3, 4])
    let written = try session.execute(Line("table loss w2 to \(path)"))
    #expect(written.lines.first?.description.contains("1000 rows") == true)
    let text = folder.text("history.csv")
    let rows = text.split(separator: "\n")
    #expect(rows.count == 1001 && rows[0] == "step,iteration,loss,\"w2[1,1]\",\"w2[1,2]\"")
    // As many digits as it takes: what is read back is the same number.
    let last = rows[1000].split(separator: ",").compactMap { Double($0) }
    let (loss, weight) = (try session.value("loss").scalar, try session.value("w2[1,1]").scalar)
    #expect(last[2] == loss && last[3] == weight)
    // Once more is no harm; over something else it is not written.
    try session.execute(Line("table loss to \(path)"))
    folder.write("other.csv", "mine\n")
    #expect(throws: CommandError.self) { try session.execute(Line("table loss to \(folder.path)/other.csv")) }
  }

  /// How many rows there will be is known before they are worked out, but for those at the ends.
  @Test(arguments: [
    "", " every layer", " every 3 layers", " every phase", " every 2 iterations", " every epoch",
    " every layer from 9 to 40",
  ])
  func rowsAreCountedAhead(_ rest: String) throws {
    var session = try session(xor + "run 12")
    var arguments = Arguments(Line("table loss\(rest)"))
    let query = try TableQuery(&arguments, in: session, furthest: session.timeline.state.step)
    let answer = try session.execute(Line("table loss\(rest)"))
    guard case .number(let rows)? = answer.fields.first(where: { $0.key == "rows" })?.value else {
      Issue.record("\(answer)")
      return
    }
    #expect((Int(rows) - 4...Int(rows)).contains(query.rowsAtLeast(on: session.timeline)), "\(rows)")
  }

  /// What would be too much for a file is refused before it is worked out, with what would fit, and that does fit.
  @Test(arguments: [
    (line: "table loss every layer", stride: "layer", column: 18), ("table loss every 2 layers", "layer", 18),
    ("table loss from 1", "iteration", 12), ("table loss", "iteration", 15),
  ])
  func tooManyRowsAreRefusedBefore(line: String, stride: String, column: Int) throws {
    let folder = TemporaryFolder()
    var session = try session(xor + "run 12")
    var arguments = Arguments(Line(line))
    let query = try TableQuery(&arguments, in: session, furthest: session.timeline.state.step)
    let rows = query.rowsAtLeast(on: session.timeline)
    #expect(query.excess(on: session.timeline, over: rows) == nil)
    let excess = try #require(query.excess(on: session.timeline, over: 5)).description
    #expect(excess.hasPrefix("that is more than \(rows - 1) rows, and a file takes at most 5: every "), "\(excess)")
    #expect((query.column ?? 14) + 1 == column)
    let every = try #require(excess.split(separator: " ").dropLast(2).last.flatMap { Int($0) })
    let fitting = "table loss every \(every) \(stride)s to \(folder.path)/few.csv"
    let answer = try session.execute(Line(fitting))
    #expect(answer.lines.first.map { Int($0.description.prefix { $0.isNumber }) ?? 9 } ?? 9 <= 5, "\(answer)")
  }

  /// A phase stands as the word that is typed for it, wherever it is said what one was.
  @Test func aPhaseIsAWord() throws {
    let run = xor + "run 2\n"
    let rows = lastAnswer(run + "table phase every layer from 1 to 7").split(separator: "\n")
    #expect(
      rows.dropFirst().map { $0.split(separator: " ").last }
        == ["forward", "forward", "loss", "backward", "backward", "update", "update"])
    #expect(lastAnswer(run + "print phase") == "phase = update")
    #expect(lastAnswer(run + "last phase").hasPrefix("phase: backward → update at step 13 (update, layer 1"))
    #expect(lastAnswer(run + "print phase + 1") == "phase + 1 = 5")
  }

  /// A number alone counts layer steps, whatever stands behind it.
  @Test func aNumberAloneCountsLayerSteps() {
    let run = "input 2\ndense 1 sigmoid\nsample 0.5 1 -> 1\nrun 9\n"
    #expect(
      lastAnswer(run + "table loss every 5 from 3 to 20") == lastAnswer(run + "table loss every 5 layers from 3 to 20"))
    #expect(lastAnswer(run + "table loss every 5 from 3 to 20").hasPrefix("step"))
  }

  /// A stride may stand behind the range as well as before it.
  @Test func strideAndRangeStandInAnyOrder() throws {
    let lines = ["table loss every 2 iterations from 3 to 20", "table loss from 3 to 20 every 2 iterations"]
    let run = "input 2\ndense 1 sigmoid\nsample 0.5 1 -> 1\nrun 9\n"
    #expect(lastAnswer(run + lines[0]) == lastAnswer(run + lines[1]))
    #expect(lastAnswer(run + lines[1]).contains("iteration"))
  }
}
