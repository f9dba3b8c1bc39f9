import Engine
import Testing

struct PointsTests {
  @Test func pointsAreWorkedAsSamplesAre() throws {
    for seed in 0..<12 {
      var line = Timeline(Experiment.random(seed: seed))
      line.train(3)
      let data = line.experiment.data
      let points = try #require(line.state.forward(at: data.inputs))
      #expect(points.batch.count == data.count)
      line.move(to: line.endOfNext(.forward))
      for (slot, sample) in line.state.batch.enumerated() {
        for layer in 1...line.experiment.network.layers.count {
          for kind in [Quantity.Kind.net, .a] {
            let quantity = Quantity(kind, layer)
            let own = try line.state.value(of: quantity, sample: slot)
            #expect(try points.value(of: quantity, sample: sample) == own, "seed \(seed), \(quantity.name)")
          }
        }
      }
      #expect(throws: NotComputed.self) { try points.value(of: Quantity(.loss)) }
    }
  }

  @Test func withoutANetworkOrAPointThereIsNone() {
    #expect(Timeline().state.forward(at: [1, 2]) == nil)
    #expect(Timeline(Experiment.random(seed: 1)).state.forward(at: []) == nil)
  }
}
