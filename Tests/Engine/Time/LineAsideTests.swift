import Engine
import Testing

struct LineAsideTests {
  /// Whatever way one goes along a line, the one that was left is seen where one stands, with the very bits that it has when
  /// one goes there along itself; not where it has not been.
  @Test(arguments: 0..<5)
  func itIsSeenWhereOneStands(seed: Int) {
    var generator = Generator(seed: seed, stream: 5)
    var left = Timeline(dense: Experiment.random(seed: seed))
    left.move(to: left.place(generator.int(30..<120), on: .layer))
    let isDeep = generator.chance(0.3)
    var line = left
    line.move(to: line.place(ofStep: generator.int(0..<30)))
    line.change { experiment, parameters in
      parameters[0].w.values[0] += 0.5
      // Then a step is another one in each.
      if isDeep, let last = experiment.network.layers.last { experiment.network.layers.append(last) }
    }
    let (aside, shared) = (LineAside(), Shared(wrappedValue: left))
    var (seen, inside) = (0, 0)
    for _ in 0..<20 {
      let (stride, count) = (generator.pick(Stride.allCases), generator.int(1..<4))
      let step = generator.int(0..<left.step(at: left.furthest))
      let places = [line.place(count, on: stride), line.place(count, backBy: stride), line.place(ofStep: step)]
      line.move(to: generator.pick(places))
      let there = left.place(whereStands: line)
      let state = aside.state(of: shared, where: line)
      #expect((state == nil) == (there > left.furthest), "seed \(seed), \(line.place)")
      guard let state else { continue }
      var straight = left
      straight.move(to: there)
      straight.select(line.state.chosen)
      #expect(difference(state, straight.state.bits) == nil, "seed \(seed), \(line.place)")
      #expect(state.step == line.state.step, "seed \(seed), \(line.place)")
      // A look without a step finds it where it is, and nowhere else.
      #expect(aside.state(of: shared, where: line, goingThere: false)?.bits == state.bits, "seed \(seed)")
      var next = line
      next.move(to: next.place(1, on: .layer))
      #expect(aside.state(of: shared, where: next, goingThere: false) == nil, "seed \(seed)")
      seen += 1
      inside += state.stepInProgress == nil ? 0 : 1
    }
    #expect(seen > 5, "seed \(seed)")
    #expect(isDeep || inside > 0, "seed \(seed): inside a layer's step too")
  }

  /// What is looked at is the line as it is now, not as it was.
  @Test func aLineThatHasChangedIsSeenAsItIs() throws {
    var left = Timeline(dense: Experiment.random(seed: 1))
    left.move(to: left.place(ofStep: 20))
    var line = left
    line.move(to: line.place(ofStep: 0))
    let aside = LineAside()
    line.move(to: line.place(ofStep: 10))
    #expect(aside.state(of: Shared(wrappedValue: left), where: line)?.bits == line.state.bits)
    left.move(to: left.place(ofStep: 0))
    left.change { _, parameters in parameters[0].w.values[0] += 1 }
    left.move(to: left.place(ofStep: 10))
    #expect(aside.state(of: Shared(wrappedValue: left), where: line)?.bits == left.state.bits)
    #expect(left.state.bits != line.state.bits)
  }
}
