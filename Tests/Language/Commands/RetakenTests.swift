import Diagnosis
import Engine
import Testing

@testable import Language

/// An iteration that is gone through again by code with other formulas in it.
@Suite struct RetakenTests {
  private static let networks = [
    """
    input 2
    dense 3 tanh
    dense 2 sigmoid
    sample 0.5 -0.3 -> 0 1
    sample 0.1 0.9 -> 1 0
    batch all
    run 3

    """,
    """
    input 3
    dense 4 relu
    dense 3 softmax
    loss cross-entropy
    optimizer adam
    sample 0.5 -0.3 0.2 -> 0 1 0
    sample 0.1 0.9 -1 -> 1 0 0
    sample -0.4 0.2 0.6 -> 0 0 1
    batch 2
    run 4

    """,
    // What was put in by hand stays.
    """
    input 2
    dense 3 sigmoid
    dense 3 tanh
    dense 1 sigmoid
    sample 0.5 -0.3 -> 1
    run 2
    inject a1[2] = 0.3

    """,
  ]

  /// It has the bits that a line has whose network was changed at the iteration's beginning, wherever it ends.
  @Test(arguments: networks) func itIsThatOfALineWithTheMistake(text: String) throws {
    let seed = Int.random(in: 1...Int(Int32.max))
    var (random, count) = (Generator(seed: seed), 0)
    for steps in 1...7 {
      let line = try session(text + "step \(steps)").timeline
      let begun = line.atBeginningOfIteration
      for mistake in Mistake.all.filter({ !$0.name.isEmpty }).shuffled(using: &random).prefix(12) {
        guard let network = mistake.made(in: line, layer: nil) else { continue }
        var changed = begun
        changed.change { experiment, _ in experiment.network = network }
        changed.move(to: line.place)
        let again = begun.state.retaken(by: network, upTo: line.place)
        #expect(again.place == changed.state.place && again.step == changed.state.step, "seed \(seed), \(mistake.name)")
        for quantity in Set(again.program.operations.map(\.quantity)) where quantity.kind.extent != .square {
          for sample in again.batch.indices {
            let bits = [again, changed.state].map { state in
              (try? state.value(of: quantity, sample: sample))?.elements.map(\.bitPattern)
            }
            #expect(bits[0] == bits[1], "seed \(seed), \(mistake.name), \(quantity.name) after \(steps) steps")
          }
        }
        count += 1
      }
    }
    #expect(count > 20)
  }
}
