import Engine
import Testing

@testable import Language

/// What a run came to, and the headline that goes with it.
struct OutcomeTests {
  private let flowers = "input 4\ndense 8 tanh\ndense 3 softmax\nloss ce\ndata iris\n"

  @Test func thatAllIsTakenForOneClassIsSaid() throws {
    var session = try session(flowers)
    let before = session.timeline.state.score
    try session.execute(Line("run 10 epochs"))
    let outcome = try #require(session.outcome(since: before)?.description)
    #expect(outcome.hasPrefix("150 samples: loss 1.55 → "), "\(outcome)")
    #expect(outcome.hasSuffix("; accuracy 0.333, all taken for virginica"), "\(outcome)")
    // The batch's own loss would have one believe that all was learned.
    #expect(try session.value("loss").scalar.map { $0 < 0.001 } == true)
    #expect(try session.value("data-loss").scalar.map { $0 > 1 } == true)
  }

  @Test func numbersThatAreNearAreToldApart() throws {
    var session = try session(flowers + "batch all\nrate 0.000001")
    let before = session.timeline.state.score
    try session.execute(Line("run 1 epoch"))
    let outcome = try #require(session.outcome(since: before)?.description)
    let numbers = outcome.split { " ;,".contains($0) }.compactMap { Double($0) }
    try #require(numbers.count == 4, "\(outcome)")
    #expect(numbers[0] == 150 && numbers[1] != numbers[2], "\(outcome)")
  }

  @Test func theHeldOutAndOneSampleAreSaid() throws {
    let held = try session(flowers + "holdout 0.3\norder shuffle\nrate 0.02\nrun 3 epochs")
    #expect(try #require(held.outcome(since: nil)?.description).contains(", held out "))
    let one = try session("input 1\ndense 1 sigmoid\nsample 1 -> 0.3\nrun 5")
    #expect(try #require(one.outcome(since: nil)?.description).hasPrefix("1 sample: loss "))
    #expect(try session("input 1\ndense 1 sigmoid").outcome(since: nil) == nil)
  }

  @Test func aRunSaysOnTheScreenWhatAConditionCameTo() throws {
    var session = try session(flowers + "order shuffle\nrate 0.02")
    #expect(try session.execute(Line("step")).news == nil)
    #expect(try session.execute(Line("run 3")).news == [])
    let answer = try session.execute(Line("run until data-loss < 0.9 epoch max=200"))
    let words = try #require(answer.news?.first?.description)
    #expect(words.hasPrefix("data-loss < 0.9 holds after "))
    // The transcript's line stays as it was.
    #expect(answer.lines.count == 1 && answer.lines[0].description.hasSuffix("; " + words))
    #expect(try session.execute(Line("back 2")).news == nil)
  }

  @Test func itCanBeAskedForElsewhereInTimeToo() throws {
    let session = try session(xor + "run 3")
    let before = try session.value("at(14, data-loss)")
    #expect(try session.value("old(data-loss)") == before)
    #expect(try session.value("at(14, accuracy) == old(accuracy)").scalar == 1)
    #expect(try session.value("data-loss") != before)
    #expect(try session.value("2*data-loss - data-loss - data-loss").scalar == 0)
    #expect(answers(xor + "run 8\nplot data-loss").contains { $0.hasPrefix("data-loss in iterations 1 to 8: from ") })
    #expect(answers(xor + "expect data-loss < 1").last?.hasPrefix("holds: ") == true)
  }

  @Test func theHeadlineIsThatOfAllSamples() throws {
    let text = flowers + "batch 10\norder shuffle\nrate 0.02\nholdout 0.2\nrun 4 epochs\n"
    let session = try session(text)
    let loss = try #require(session.value("data-loss").scalar)
    let rail = try #require(answers(text + "show").first { $0.contains("fwd1") })
    let shown = rail.split(separator: " ").compactMap { Double($0) }
    #expect(shown.contains { abs($0 - loss) <= 1e-5 * loss }, "\(loss) in \(rail)")
    #expect(rail.contains("accuracy"))
    let panel = answers(text + "show loss")
    let heading = try #require(panel.first { $0.contains("Loss ") })
    #expect(heading.contains("held out") && heading.contains("batch loss"))
    #expect(panel.contains { $0.contains("─ all samples  ─ held out  ⣿ batches") })
    // Of one sample there is one loss.
    let one = answers("input 1\ndense 1 sigmoid\nsample 1 -> 0.3\nrun 5\nshow").joined(separator: "\n")
    #expect(one.contains(" loss 0.") && !one.contains("batch loss") && !one.contains("accuracy"))
  }
}
