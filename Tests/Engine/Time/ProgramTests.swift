import Engine
import Testing

struct ProgramTests {
  @Test(arguments: 0..<20)
  func anIterationIsForwardLossBackwardUpdate(seed: Int) {
    let network = Experiment.random(seed: seed).network
    let program = Program(network)
    let layers = network.layers.count
    let expected =
      (1...layers).map { "forward \($0)" } + ["loss 0"] + (1...layers).reversed().map { "backward \($0)" }
      + (1...layers).map { "update \($0)" }
    #expect(program.steps.map { "\($0.phase) \($0.layer)" } == expected)
    #expect(program.steps.count == 3 * layers + 1)
    for step in program.steps {
      let names = program.operations[step.operations].map { $0.quantity.kind }
      let hasBias = step.layer > 0 && network.layers[step.layer - 1].bias != .none
      let kinds: [Quantity.Kind] =
        switch step.phase {
        case .forward: [.net, .a]
        case .loss: [.loss]
        case .backward: [.da, .jacobian, .delta, .dw] + (hasBias ? [.db] : []) + (step.layer == 1 ? [.dx] : [])
        default: [.w] + (hasBias ? [.b] : [])
        }
      #expect(names == kinds, "seed \(seed)")
    }
  }

  @Test func nothingWithoutALayer() {
    #expect(Program(Network()).operations.isEmpty)
    #expect(Program(Network()).steps.isEmpty)
  }
}
