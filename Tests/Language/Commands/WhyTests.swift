import Engine
import Formats
import Notation
import Testing

@testable import Language

/// `why`: who wrote a number, held against a sum that is kept by hand along the way.
@Suite struct WhyTests {
  /// What an answer says for programs.
  private struct Told {
    var value = 0.0
    var start = 0.0
    var rest = 0.0
    var byHand: [Double] = []
    var shares: [(sample: Int?, sum: Double, updates: Int)] = []

    init(_ answer: Answer) {
      func number(_ name: String, _ members: [JSONMember]) -> Double? {
        if case .number(let number)? = members.first(where: { $0.key == name })?.value { number } else { nil }
      }
      func objects(_ name: String) -> [[JSONMember]] {
        guard case .array(let list)? = answer.fields.first(where: { $0.key == name })?.value else { return [] }
        return list.map { if case .object(let members) = $0 { members } else { [] } }
      }
      value = number("value", answer.fields) ?? .nan
      start = number("start", answer.fields) ?? .nan
      rest = number("rest", answer.fields) ?? .nan
      byHand = objects("by_hand").compactMap { number("change", $0) }
      shares = objects("shares").map {
        (number("sample", $0).map { Int($0) }, number("sum", $0) ?? .nan, Int(number("updates", $0) ?? -1))
      }
    }

    /// All of it in the order in which it stands.
    var sum: Double { shares.reduce(byHand.reduce(start, +)) { $0 + $1.sum } + rest }
  }

  private func told(_ line: String, in session: inout Session) throws -> Told {
    Told(try session.execute(Line(line)))
  }

  @Test(arguments: [("w2[1,1]", "uw2[1,1]"), ("b1[2]", "ub1[2]"), ("w1[2,1]", "uw1[2,1]")])
  func eachSampleHasWhatItsUpdatesMoved(name: String, change: String) throws {
    var walked = try session(xor)
    let start = try #require(try walked.value(name).scalar)
    var sums = [Int: (sum: Double, updates: Int)]()
    for _ in 0..<50 {
      try walked.take("run 1")
      let sample = Int(try walked.value("sample").scalar ?? 0)
      sums[sample, default: (0, 0)].sum += try walked.value(change).scalar ?? .nan
      sums[sample, default: (0, 0)].updates += 1
    }
    let told = try told("why \(name)", in: &walked)
    let now = try walked.value(name).scalar
    #expect(told.start == start && told.value == now)
    #expect(told.sum == told.value, "to the bit")
    #expect(abs(told.rest) < 1e-14)
    #expect(told.shares.count == 4)
    for share in told.shares {
      let own = try #require(sums[share.sample ?? 0])
      #expect(share.sum == own.sum && share.updates == own.updates, "sample \(share.sample ?? 0)")
    }
    // The largest come first.
    #expect(told.shares.map { abs($0.sum) } == told.shares.map { abs($0.sum) }.sorted(by: >))
  }

  /// What was set by hand stands by itself, wherever on the line it was done, and what comes later is none of it.
  @Test func changesByHandStandByThemselves() throws {
    var session = try session(xor + "run 5\nset w2[1,1] = 3\nrun 4\nstep 3\nset w2[1,1] = -1\nrun 6\nrate 2\nrun 3")
    let told = try told("why w2[1,1]", in: &session)
    #expect(told.byHand.count == 2 && told.sum == told.value && abs(told.rest) < 1e-13)
    try session.take("goto 35")
    #expect(try self.told("why w2[1,1]", in: &session).byHand.count == 1)
    try session.take("goto 34")
    let before = try self.told("why w2[1,1]", in: &session)
    #expect(before.byHand.isEmpty && before.shares.reduce(0) { $0 + $1.updates } == 4)
  }

  /// In the middle of an iteration an update counts once it is made.
  @Test func anUpdateUnderWayCountsOnceItIsMade() throws {
    var session = try session(xor + "run 3\nbackward")
    #expect(try told("why w1[1,1]", in: &session).shares.reduce(0) { $0 + $1.updates } == 3)
    try session.take("step")
    let told = try told("why w1[1,1]", in: &session)
    #expect(told.shares.reduce(0) { $0 + $1.updates } == 4 && told.sum == told.value)
    #expect(try self.told("why w2[1,1]", in: &session).shares.reduce(0) { $0 + $1.updates } == 3)
  }

  /// A batch's update is shared among its samples; a momentum's steps are shared by what each gradient has left in them.
  @Test(arguments: [
    "batch all", "batch 2\nreduction sum", "optimizer sgd rate=0.5 momentum=0.9",
    "optimizer sgd rate=0.5 momentum=0.9 average=true",
  ])
  func sharesAddUp(lines: String) throws {
    var session = try session(xor + lines + "\nrun 60")
    for name in ["w1[2,2]", "b2[1]", "w2[1,2]"] {
      let told = try told("why \(name)", in: &session)
      #expect(told.sum == told.value)
      #expect(told.shares.count == 4 && told.shares.allSatisfy { $0.sample != nil }, "\(lines) \(name)")
      #expect(abs(told.rest) < 1e-12, "\(lines) \(name): \(told.rest)")
    }
  }

  /// Where they would not add up nothing is said of samples.
  @Test(arguments: [
    ("optimizer adam rate=0.05", "adam, as it is set,"),
    ("optimizer sgd momentum=0.9 nesterov=true", "sgd, as it is set,"),
    ("optimizer rmsprop", "rmsprop, as it is set,"), ("optimizer sgd weight-decay=0.1", "or of the weight too"),
    ("optimizer sgd momentum=0.9\nbatch 2", "of whole batches"),
    ("optimizer sgd momentum=0.9\nrun 4\nset b1 = 1", "was changed by hand"),
    ("optimizer sgd momentum=0.9\nrun 4\nrate 0.1", "the optimizer was changed"),
    ("batch 2\nmistake missing-derivative layer=1", "with a mistake on"),
  ])
  func whatDoesNotAddUpIsNotShared(line: String, reason: String) throws {
    var session = try session(xor + line + "\nrun 30")
    let answer = try session.execute(Line("why w2[1,1]"))
    let told = Told(answer)
    #expect(told.shares.map(\.sample) == [nil] && told.sum == told.value && abs(told.rest) < 1e-12)
    let why = answer.lines.map(\.description).first { $0.hasPrefix("no sample has a share of its own: ") }
    #expect(why?.contains(reason) == true, "\(line): \(answer.lines)")
    #expect(why?.hasSuffix("; by updates is what all of them have moved it by") == true)
  }

  /// Where the optimizer was changed, the samples have their shares of what adds up before it and behind it.
  @Test(
    arguments: [
      (
        before: "optimizer sgd rate=0.5", after: "optimizer adam rate=0.01", updates: 20,
        reason: "from step 140 on: adam,"
      ),
      ("optimizer adam rate=0.01", "optimizer sgd rate=0.5", 30, "from step 0 to step 140: adam,"),
      ("optimizer sgd rate=0.5", "optimizer sgd rate=0.1 momentum=0.9", 50, nil),
      ("optimizer sgd rate=0.5 momentum=0.9", "optimizer sgd rate=0.1", 50, nil),
      ("optimizer sgd rate=0.5 momentum=0.9", "optimizer sgd rate=0.1 momentum=0.5", 0, "from step 0"),
    ] as [(before: String, after: String, updates: Int, reason: String?)])
  func sharesGoOnWhereTheOptimizerIsChanged(before: String, after: String, updates: Int, reason: String?) throws {
    var session = try session(xor + before + "\nrun 20\n" + after + "\nrun 30")
    let answer = try session.execute(Line("why w2[1,1]"))
    let told = Told(answer)
    #expect(told.sum == told.value && abs(told.rest) < 1e-12, "\(before), \(after): \(told.rest)")
    #expect(told.shares.filter { $0.sample != nil }.reduce(0) { $0 + $1.updates } == updates, "\(answer.lines)")
    #expect(told.shares.filter { $0.sample == nil }.reduce(0) { $0 + $1.updates } == 50 - updates)
    let why = answer.lines.map(\.description).first { $0.hasPrefix("no sample has a share of ") }
    guard let reason else { return #expect(why == nil, "\(answer.lines)") }
    #expect(
      updates == 0 ? why?.contains("the optimizer was changed") == true : why?.contains(reason) == true,
      "\(answer.lines)")
  }

  /// What is frozen is moved by no gradient, with a momentum too; and once it is let go it begins without one.
  @Test(arguments: ["optimizer sgd rate=0.5 momentum=0.9", "optimizer sgd rate=0.5 momentum=0.9\nbatch 2", "batch 2"])
  func whatIsFrozenHasNoShares(lines: String) throws {
    var session = try session(xor + lines + "\nfreeze w2\nrun 10")
    let frozen = try told("why w2[1,1]", in: &session)
    #expect(frozen.rest == 0 && frozen.shares.allSatisfy { $0.sum == 0 } && frozen.sum == frozen.value)
    try session.take("unfreeze w2\nrun 10")
    let free = try told("why w2[1,1]", in: &session)
    #expect(free.sum == free.value && abs(free.rest) < 1e-12 && free.value != frozen.value)
  }

  /// Inside an iteration a momentum has made of each gradient what it had time for.
  @Test func sharesThroughAMomentumCountTheUpdateUnderWay() throws {
    var session = try session(xor + "optimizer sgd rate=0.5 momentum=0.9\nrun 9")
    for _ in 0..<7 {
      try session.take("step")
      let told = try told("why w1[2,1]", in: &session)
      #expect(told.sum == told.value && abs(told.rest) < 1e-12, "\(told)")
    }
  }

  /// As many updates as are asked for, each with the line that goes to it: what they moved adds up to what the shares say.
  @Test func asManyAsAreAskedFor() throws {
    var session = try session(xor + "run 30\ninit xavier seed=5\nrun 10\nset b1[1] = 0.2\nrun 2")
    for name in ["w1[2,1]", "b1[1]"] {
      let all = try session.execute(Line("why \(name) all"))
      let shown = all.lines.map(\.description)
      #expect(shown.contains { $0.hasPrefix("  drawn at step 210 ") }, "\(shown)")
      #expect(shown.contains { $0.hasPrefix("  by hand at step 280 ") } == (name == "b1[1]"))
      let updates = shown.drop { !$0.hasPrefix("all updates that moved it, the largest first:") }.filter {
        $0.contains("; goto ")
      }
      // Those of samples whose first input is 0 leave that weight as it is. The last line is the way back.
      #expect(updates.count == (name == "b1[1]" ? 42 : 20) + 1)
      // Each is where it says.
      for update in updates.dropLast().prefix(12) {
        let step = try #require(update.split(separator: " ").last)
        var there = session
        try there.take("goto \(step)")
        let change = try #require(try there.value("u\(name)").scalar)
        let written = there.writing.number(change)
        #expect(update.contains(": \(written); goto"), "\(update)")
        #expect(Int(step).map { $0 % 7 } == 0)
      }
    }
    #expect(
      lastAnswer(xor + "run 30\nwhy w2[1,1] first 7").split(separator: "\n").filter { $0.contains(", sample ") }.count
        == 7)
    #expect(try complaint("why w2[1,1] first 0", after: xor + "run 3").contains("from 1 to 10000"))
  }

  @Test func theLargestAreUnfolded() throws {
    let shown = answers(xor + "run 20\nwhy w2[1,1] deep")
    #expect(shown.contains { $0.hasPrefix("the largest updates") })
    #expect(shown.contains { $0.contains("Δw2[1,1] = -rate · ∂L/∂w2[1,1]") }, "\(shown)")
    #expect(try complaint("why a1[1]", after: xor + "run 1").contains("explain says how"))
    #expect(
      try complaint("why last", after: xor + "run 1")
        == "5: last is a command: a weight or bias was expected here, as in why w1[1,1]")
    #expect(try complaint("why rate", after: xor).contains("no weight or bias"))
  }

  /// A sample leads to the largest of its updates, what was set by hand to where that was done, and so does a lone update.
  @Test func rowsLeadToWhatTheySayOf() throws {
    var session = try session(xor + "run 5\nset w2[1,1] = 3\nrun 40")
    let answer = try session.execute(Line("why w2[1,1] all"))
    var seen = 0
    for (row, lead) in answer.leads {
      let words = answer.lines[row].description
      guard words.hasPrefix("  sample ") || words.hasPrefix("  by hand ") else { continue }
      seen += 1
      guard words.hasPrefix("  sample ") else {
        #expect(lead.line == "goto 35", "\(words)")
        continue
      }
      // The updates are listed with the largest first.
      let sample = words.split(separator: " ")[1]
      let largest = answer.lines.first { $0.description.contains(", sample \(sample): ") }?.description ?? ""
      #expect(largest.hasSuffix("; \(lead.line)"), "\(words): \(lead.line), \(largest)")
    }
    #expect(seen == 5, "\(answer.lines)")
    var one = Session()
    try one.take(xor + "run 1")
    let lone = try one.execute(Line("why w2[1,1]"))
    #expect(lone.lines.contains { $0.description == "the update that moved it:" }, "\(lone.lines)")
    #expect(
      lone.leads.values.contains { $0.line == "goto 7" } && lone.lines.contains { $0.description.hasSuffix("; goto 7") }
    )
  }

  /// `deep` and how many may be asked for in either order.
  @Test func theOrderIsFree() {
    let lines = xor + "run 20\n"
    #expect(lastAnswer(lines + "why w2[1,1] deep first 2") == lastAnswer(lines + "why w2[1,1] first 2 deep"))
    #expect(lastAnswer(lines + "why w2[1,1] deep first 2").contains("Δw2[1,1] = "))
  }
}
