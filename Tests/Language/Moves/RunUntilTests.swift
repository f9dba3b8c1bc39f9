import Engine
import Notation
import Testing

@testable import Language

/// `run until` stops where going on one iteration at a time and asking each time stops.
@Suite struct RunUntilTests {
  private static let conditions = [
    "loss < 0.12", "loss < 0", "iteration == 7", "step >= 40", "epoch == 3 and loss < 1", "phase == update",
    "max(k, abs(dw1[k,1])) < 0.02", "|dw2| < 0.05", "J1[1,1] > 0.21", "da2[1] < 0", "dx[1] > 0", "delta1[2] < 0",
    "out[1] > 0.55", "accuracy > 0.7", "uw1[1,1] > 0", "rate < 1", "a1[1] > 0.5 or sample == 2", "x[1] == 1",
    "w1[1,1] > old(w1[1,1])", "changed(epoch)", "d(loss)/d(w1[1,1]) < 0", "at(step-1, loss) < 0.2", "w1⟨0⟩[1,1] > 9",
    "changed(a2[1] > 0.5)", "at(step-1, changed(w1[1,1]))", "at(10, loss) < at(17, loss)", "w1⟨1⟩[1,1] != w1[1,1]",
    "at(step-7, loss) < loss", "old(data-loss) < data-loss", "d(out[1])/d(w2[1,1]) > 0.6",
    "sum(sample, loss[sample]) < 0.2", "z < 0.2", "f1(net1)[1] > 0.5", "not loss", "1", "0",
  ]

  @Test(arguments: conditions) func stopsWhereANaiveLoopDoes(condition: String) throws {
    for (seed, batch) in [(1, 1), (2, 2), (3, 4)] {
      var session = Session()
      try session.take(
        "input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\nbatch \(batch)\ninit xavier seed=\(seed)\nlet z = loss\nrun 2\n"
      )
      // The naive loop: after each iteration, is it so?
      var naive = session
      let expression = try Expression.parse(condition)
      var count = 0
      repeat {
        try naive.execute(Line("run 1"))
        count += 1
      } while try count < 25 && !naive.value(of: expression).holdsEverywhere
      let holds = try naive.value(of: expression).holdsEverywhere
      let answer = try session.execute(Line("run until \(condition) max=25")).lines.joined()
      #expect(session.timeline.place == naive.timeline.place, "\(condition), seed \(seed), batch \(batch)")
      #expect(session.timeline.state.parameters == naive.timeline.state.parameters)
      let words = holds ? "holds after \(count) iteration" : "does not hold after \(count) iteration"
      #expect(answer.description.contains(words), "\(answer)")
    }
  }

  /// A condition that has no value somewhere is an error, and takes the run back.
  @Test func anErrorTakesTheRunBack() throws {
    var session = Session()
    try session.take("input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\nbatch 3\n")
    // The second batch of an epoch has one sample, so that there is no second one.
    #expect(throws: CommandError.self) { try session.execute(Line("run until w1[3,1] > 0")) }
    #expect(throws: CommandError.self) { try session.execute(Line("run until foo > 0")) }
    #expect(session.timeline.place == Place())
  }

  @Test(arguments: ["op", "unit", "layer", "phase", "iteration", "epoch"])
  func whatIsNotComputedYetDoesNotHold(stride: String) throws {
    var session = try session("input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\nset w1 = 0.3\nset w2 = 0.2\n")
    let found = session.timeline
    try session.take("run until loss > 0 \(stride)")
    let state = session.timeline.state
    #expect(try state.value(of: Quantity(.loss)).elements[0] > 0)
    // As each stride by itself comes to it.
    var line = found
    repeat {
      line.move(to: line.place(1, on: try #require(Engine.Stride.named(stride))))
    } while ((try? line.state.value(of: Quantity(.loss)).elements[0]) ?? 0) <= 0
    #expect(line.place == session.timeline.place)
  }
}
