import Engine
import Notation

/// How far numbers may be off that were worked out in single precision: the iteration is worked out a few times with every
/// weight, input and value of the forward pass moved as single precision rounds it, so that what is lost where numbers cancel,
/// or where an activation is flat, shows in what comes of them.
struct SingleRounding {
  private let experiment: Experiment
  private let parameters: [LayerParameters]

  /// How many times it is worked out, how far each number is moved then, and by how much more the largest difference counts.
  private static let (runs, step, factor) = (4, 0x1p-23, 8.0)
  /// The most values of the forward pass that are moved.
  private static let most = 20_000

  init(_ experiment: Experiment, _ parameters: [LayerParameters]) {
    (self.experiment, self.parameters) = (experiment, parameters)
  }

  /// Numbers with what rounding does to each allowed, where they are of single precision: as much as the largest of its layer may be off.
  func widening(_ all: [CaseNumbers]) -> [CaseNumbers] {
    guard all.contains(where: \.isSingle) else { return all }
    let exact = values(of: all, moved: nil)
    var generator = Generator(seed: 1, stream: 0)
    var more = exact.map { $0.map { _ in 0.0 } }
    for _ in 0..<SingleRounding.runs {
      for (place, moved) in values(of: all, moved: { $0 * (1 + SingleRounding.step * generator.sign()) }).enumerated() {
        for index in moved.indices {
          more[place][index] = max(more[place][index], SingleRounding.factor * abs(moved[index] - exact[place][index]))
        }
      }
    }
    // Whatever somebody's own formula is, it rounds as much as the largest of what it stands beside.
    let largest = more.map { $0.max() ?? 0 }
    return all.indices.map { place in
      guard all[place].isSingle else { return all[place] }
      let layer = all.indices.filter { all[$0].quantity.layer == all[place].quantity.layer && all[$0].isOfSamples }
      let beside = all[place].isOfSamples ? layer.map { largest[$0] }.max() ?? 0 : largest[place]
      return all[place].allowing(more[place].map { _ in beside })
    }
  }

  /// How far single precision may be off in a quantity of the iteration on show: what its rounding moves in it, and some units in
  /// the last place of the largest.
  static func slack(of quantity: Quantity, sample: Int?, isOfBatch: Bool, at state: State) -> Matrix {
    guard let truth = try? state.value(of: quantity, sample: sample, isOfBatch: isOfBatch) else { return Matrix(0) }
    let own = truth.singleSlack
    var experiment = state.experiment
    var data = Dataset()
    for sample in state.batch {
      data.append(input: experiment.data.input(sample), target: experiment.data.target(sample))
    }
    (experiment.data, experiment.batchSize) = (data, nil)
    let rounding = SingleRounding(experiment, state.forward)
    let slots = isOfBatch ? nil : sample
    let asked = [(quantity, slots, isOfBatch || quantity.kind.isOfSample && slots == nil)]
    let exact = rounding.values(of: asked, moved: nil)[0]
    guard exact.count == own.count else { return own }
    var generator = Generator(seed: 1, stream: 0)
    var most = 0.0
    for _ in 0..<runs {
      let moved = rounding.values(of: asked, moved: { $0 * (1 + step * generator.sign()) })[0]
      most = zip(moved, exact).reduce(most) { max($0, factor * abs($1.0 - $1.1)) }
    }
    return Matrix(rows: own.rows, columns: own.columns, elements: own.elements.map { max($0, most) })
  }

  private func values(of all: [CaseNumbers], moved: ((Double) -> Double)?) -> [[Double]] {
    let asked = all.map { ($0.quantity, nil as Int?, $0.quantity.kind.isOfSample) }
    return zip(all, values(of: asked, moved: moved)).map { $1.isEmpty ? $0.values.elements : $1 }
  }

  /// What the quantities come to, with each number on the way moved; nothing of what does not come.
  private func values(
    of all: [(quantity: Quantity, sample: Int?, isOfBatch: Bool)], moved: ((Double) -> Double)?
  ) -> [[Double]] {
    var timeline = Timeline(Experiment())
    timeline.change { experiment, parameters in
      (experiment, parameters) = (self.experiment, self.parameters)
      guard let moved else { return }
      for layer in parameters.indices {
        parameters[layer].w.values = parameters[layer].w.values.map(moved)
        parameters[layer].b.values = parameters[layer].b.values.map(moved)
      }
      for sample in 0..<experiment.data.count {
        for (column, input) in experiment.data.input(sample).enumerated() {
          experiment.data.setInput(sample, column, moved(input))
        }
      }
    }
    if let moved { inject(moved, into: &timeline) }
    timeline.move(to: timeline.endOfNext(.update))
    let state = timeline.state
    return all.map { (try? state.value(of: $0.quantity, sample: $0.sample, isOfBatch: $0.isOfBatch))?.elements ?? [] }
  }

  /// Moves the activations of all layers and samples.
  private func inject(_ moved: (Double) -> Double, into timeline: inout Timeline) {
    let network = experiment.network
    guard experiment.data.count * network.layers.reduce(0, { $0 + $1.units }) <= SingleRounding.most else { return }
    var forward = timeline
    forward.move(to: forward.endOfNext(.forward))
    timeline.move(to: Place(iteration: 0, operation: 1))
    for layer in 1...max(network.layers.count, 1) {
      let quantity = Quantity(.a, layer)
      for sample in timeline.state.batch.indices {
        guard let value = try? forward.state.value(of: quantity, sample: sample) else { continue }
        timeline.inject(Injection(quantity, sample: sample, all: value.elements.map(moved)))
      }
    }
  }
}

extension Generator {
  /// 1 or -1, drawn.
  fileprivate mutating func sign() -> Double { unit() < 0.5 ? -1 : 1 }
}

extension Matrix {
  /// Whether the numbers have no more digits than it takes to tell them apart in single precision, and some as many as it
  /// shows.
  var looksSingle: Bool {
    elements.allSatisfy { Double("\(Float($0))") == $0 || Double(Float($0)) == $0 }
      && elements.contains { value in
        "\(abs(value))".prefix { $0 != "e" }.drop { $0 == "0" || $0 == "." }.count { $0.isNumber } >= 7
      }
  }

  /// How far numbers that were worked out in single precision may be off: some units in the last place of the largest of
  /// them, since what is small comes of a difference or a sum of what is not.
  package var singleSlack: Matrix {
    let largest = elements.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    return Matrix(rows: rows, columns: columns, filledWith: largest * 0x1p-20)
  }
}
