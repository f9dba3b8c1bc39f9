import Engine
import Language
import Testing

/// Layers that grow, shrink, come and go at random, by lines of the session.
@Suite struct ShapeTests {
  /// What a line does to the layers: for each layer after it, the one that it was before (from 0), or nil if it is new.
  private typealias Origin = [Int?]

  private static let activations = ["sigmoid", "tanh", "relu", "leaky-relu slope=0.2", "softplus"]
  private static let biases = ["", " nobias", " sharedbias"]

  private static func randomLine(_ network: Network, _ generator: inout Generator) -> (line: String, origin: Origin) {
    func pick<Element>(_ list: [Element]) -> Element { list[Int.random(in: list.indices, using: &generator)] }
    func dense() -> String {
      "dense \(Int.random(in: 1...5, using: &generator)) \(pick(activations))\(pick(biases))"
    }
    let count = network.layers.count
    var origin: Origin = Array(0..<count)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0 where count < 5:
      let place = Int.random(in: 0...count, using: &generator)
      origin.insert(nil, at: place)
      return ("insert \(place + 1) \(dense())", origin)
    case 1 where count > 1:
      let place = Int.random(in: 0..<count, using: &generator)
      origin.remove(at: place)
      return ("remove \(place + 1)", origin)
    case 2 where count < 5: return (dense(), origin + [nil])
    case 3: return ("input \(Int.random(in: 1...4, using: &generator))", origin)
    default: return ("layer \(Int.random(in: 1...count, using: &generator)) \(dense())", origin)
    }
  }

  @Test(arguments: 1...24)
  func unitsThatStayKeepTheirBitsAndUndoIsExact(seed: Int) throws {
    var generator = Generator(seed: seed, stream: 5)
    var session = try session("input 2\ndense 3 tanh\ndense 2 sigmoid\noptimizer adam rate=0.05\n")
    for _ in 0..<12 {
      let network = session.timeline.experiment.network
      if Bool.random(using: &generator) {
        let inputs = Array(repeating: "0.5", count: network.inputs).joined(separator: " ")
        let targets = Array(repeating: "0.25", count: network.outputs).joined(separator: " ")
        try session.take("data none\nsample \(inputs) -> \(targets)\nstep 3 iterations\n")
      }
      let before = session
      let (line, origin) = ShapeTests.randomLine(network, &generator)
      try session.execute(Line(line))
      try expectKept(from: before, to: session, origin, line)
      let after = session
      try session.execute(Line("undo"))
      #expect(session.bits == before.bits, "\(line)")
      #expect(session.timeline.experiment == before.timeline.experiment)
      #expect(session.timeline.place == before.timeline.place)
      #expect(session.text == before.text)
      try session.execute(Line("redo"))
      #expect(session.bits == after.bits)
    }
    // The lines alone come to the same bits.
    var replayed = Session()
    try replayed.take(session.text)
    #expect(replayed.bits == session.bits)
  }

  private func expectKept(from before: Session, to after: Session, _ origin: Origin, _ line: String) throws {
    let network = after.timeline.experiment.network
    let (old, new) = (before.timeline.state.parameters, after.timeline.state.parameters)
    #expect(network.layers.count == origin.count, "\(line)")
    #expect(new.count == origin.count)
    for (index, source) in origin.enumerated() {
      let (w, b) = (new[index].w, new[index].b)
      let (units, inputs) = (network.units(index + 1), network.units(index))
      #expect(w.columns == inputs && w.values.count == units * inputs, "\(line)")
      #expect(b.values.count == network.layers[index].biasCount, "\(line)")
      #expect(w.memory.allSatisfy { $0.count == w.values.count } && b.memory.allSatisfy { $0.count == b.values.count })
      guard let source else { continue }
      let was = old[source].w
      for row in 0..<min(units, was.values.count / was.columns) {
        for column in 0..<min(inputs, was.columns) {
          let kept = w.values[row * inputs + column].bitPattern == was.values[row * was.columns + column].bitPattern
          #expect(kept, "\(line): w\(index + 1)[\(row + 1),\(column + 1)]")
        }
      }
      for (new, old) in zip(b.values, old[source].b.values) { #expect(new.bitPattern == old.bitPattern, "\(line)") }
      let isSameShape = was.columns == inputs && was.values.count == units * inputs
      if isSameShape { #expect(w.memory == was.memory && w.updates == was.updates, "\(line)") }
      if !isSameShape { #expect(w.memory.joined().allSatisfy { $0 == 0 } && w.updates == 0, "\(line)") }
    }
  }

  @Test func whatIsFrozenStaysFrozen() throws {
    var session = try session("input 2\ndense 2 sigmoid\nfreeze w1\nfreeze b1\nlayer 1 dense 3 tanh\n")
    #expect(session.timeline.experiment.network.layers[0].freezesWeights)
    #expect(session.timeline.experiment.network.layers[0].freezesBiases)
    try session.execute(Line("layer 1 dense 3 tanh nobias"))
    #expect(!session.timeline.experiment.network.layers[0].freezesBiases)
  }
}

/// Samples that are taken out, replaced and put elsewhere.
@Suite struct SampleCommandTests {
  private func inputs(_ session: Session) -> [Double] { session.timeline.experiment.data.asGiven.inputs }

  @Test func samplesAreTakenOutReplacedAndMoved() throws {
    var session = try session(xor)
    try session.take("unsample 1\nreorder 3 1\n")
    #expect(inputs(session) == [1, 1, 0, 1, 1, 0])
    try session.take("resample 2 0.5 1/4 -> 1\n")
    #expect(inputs(session) == [1, 1, 0.5, 0.25, 1, 0])
    #expect(session.timeline.experiment.data.targets == [0, 1, 1])
    try session.take("undo\nundo\nundo\n")
    #expect(inputs(session) == [0, 0, 0, 1, 1, 0, 1, 1])
  }

  @Test func numbersCountAllThatWereGiven() throws {
    var session = try session(xor + "holdout 0.5 seed=2\nscale minmax\n")
    try session.take("resample 4 8 8 -> 1\nreorder 4 1\n")
    #expect(inputs(session) == [8, 8, 0, 0, 0, 1, 1, 0])
    #expect(session.timeline.experiment.data.count == 2)
  }

  @Test func whatIsNotThereIsNamed() {
    #expect(play(xor + "unsample 5").contains("a sample from 1 to 4 was expected"))
    #expect(play(xor + "resample 1 0 -> 1").contains("the samples have 2 inputs and 1 target"))
    #expect(play("unsample 1").contains("there is no sample yet"))
  }
}
