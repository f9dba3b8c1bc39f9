import Engine
import Testing

/// Random networks against training that was written a second time.
struct TrainingTests {
  @Test(arguments: Array(stride(from: 0, to: 400, by: 50)))
  func agreesWithAnIndependentImplementation(first: Int) {
    for seed in first..<first + 50 { compare(seed) }
  }

  private func compare(_ seed: Int) {
    let experiment = Experiment.random(seed: seed)
    var line = Timeline(experiment)
    var plain = PlainTraining(experiment, line.state.parameters)
    for iteration in 1...22 {
      line.train(iteration)
      plain.iterate(batch: line.state.batch)
      guard iteration <= 2 || iteration == 22 else { continue }
      let wrong = differences(line.state, plain, within: iteration <= 2 ? 1e-9 : 1e-7)
      #expect(wrong.isEmpty, "seed \(seed), iteration \(iteration)")
      if !wrong.isEmpty { return }
    }
  }

  /// What differs, in words.
  private func differences(_ state: State, _ plain: PlainTraining, within tolerance: Double) -> [String] {
    var wrong: [String] = []
    func check(_ quantity: Quantity, _ expected: [Double], sample: Int? = nil) {
      let value = (try? state.value(of: quantity, sample: sample))?.elements ?? []
      if !agree(value, expected, within: tolerance) { wrong.append("\(quantity.name): \(value), not \(expected)") }
    }
    check(Quantity(.loss), [plain.loss])
    for (slot, sample) in plain.samples.enumerated() {
      check(Quantity(.dx), sample.dx, sample: slot)
      for index in sample.net.indices {
        check(Quantity(.net, index + 1), sample.net[index], sample: slot)
        check(Quantity(.a, index + 1), sample.a[index], sample: slot)
        check(Quantity(.da, index + 1), sample.da[index], sample: slot)
        check(Quantity(.delta, index + 1), sample.delta[index], sample: slot)
        check(Quantity(.jacobian, index + 1), sample.jacobian[index].flatMap { $0 }, sample: slot)
      }
      if let loss = try? state.loss(ofSample: slot), !agree(loss, sample.loss, within: tolerance) {
        wrong.append("loss[\(slot + 1)]: \(loss), not \(sample.loss)")
      }
    }
    for index in plain.w.indices {
      let (w, b) = (plain.w[index], plain.b[index])
      check(Quantity(.w, index + 1), w.value.flatMap { $0 })
      check(Quantity(.dw, index + 1), w.gradient.flatMap { $0 })
      check(Quantity(.uw, index + 1), w.change.flatMap { $0 })
      guard state.experiment.network.layers[index].bias != .none else { continue }
      check(Quantity(.b, index + 1), b.value[0])
      check(Quantity(.db, index + 1), b.gradient[0])
      check(Quantity(.ub, index + 1), b.change[0])
    }
    return wrong
  }
}
