import Testing

@testable import Engine

/// In steady state a step, a step back and a run work in the block of numbers and the arrays that are there.
@Suite struct SteadyStateTests {
  /// Where the numbers of a state lie.
  private struct Addresses: Equatable {
    let block: ObjectIdentifier
    let noted: [UnsafePointer<Double>?]

    init(_ line: Timeline) {
      block = ObjectIdentifier(line.state.workspace)
      noted = line.state.forward.flatMap { layer in
        ([layer.w.values, layer.b.values] + layer.w.memory + layer.b.memory).map { numbers in
          numbers.withUnsafeBufferPointer(\.baseAddress)
        }
      }
    }
  }

  @Test(arguments: 1...12) func stepsAndRunsStayWhereTheyAre(seed: Int) {
    var line = Timeline(.random(seed: seed))
    // Behind the beginning, whose numbers the segment keeps, and off the checkpoints, which keep theirs.
    line.move(to: line.place(70, on: .iteration))
    let before = Addresses(line)
    for step in line.state.step..<(line.state.step + 40) { line.move(to: line.place(ofStep: step)) }
    #expect(Addresses(line) == before, "seed \(seed)")
    line.move(to: line.place(30, on: .iteration))
    #expect(Addresses(line) == before, "seed \(seed)")
    for _ in 0..<6 {
      line.move(to: line.place(ofStep: line.state.step - 1))
      #expect(Addresses(line).block == before.block, "seed \(seed)")
    }
  }
}
