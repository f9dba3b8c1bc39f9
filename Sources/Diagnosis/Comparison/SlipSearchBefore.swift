import Engine
import Notation

extension SlipSearch {
  // MARK: one in what it is made of

  /// What it is made of on the way back, as far as that was not found right, and the slips that may be in it.
  func allFormsBefore() -> [(mistake: Mistake, form: Alteration)] {
    let (network, program) = (line.experiment.network, line.state.program)
    // A parameter is there all the time; what was given of it is what its update has made.
    guard let producer = program.operations.lastIndex(where: { $0.quantity == foreign.quantity }) else { return [] }
    var wanted: Set<Quantity> = [foreign.quantity]
    var forms: [(Mistake, Alteration)] = []
    for operation in program.operations[...producer].reversed() where wanted.contains(operation.quantity) {
      // What is right is made of nothing wrong.
      if !right.contains(operation.quantity) { wanted.formUnion(operation.reads(in: network)) }
      guard operation.quantity != foreign.quantity, operation.phase == .backward, operation.quantity.kind != .jacobian,
        !right.contains(operation.quantity), network.alteration(of: operation.quantity) == nil
      else {
        continue
      }
      for mistake in Mistake.all where !mistake.isRemote {
        forms += mistake.formsAnywhere(of: operation.quantity, in: network, line, written).map { (mistake, $0) }
      }
    }
    return forms
  }

  /// How many numbers may be kept of what came of slips before.
  private static let mostKept = 4_000_000

  /// The state where the line stands, with one of the formulas before it in the place of another, by its place among them.
  mutating func altered(byFormAt place: Int) -> State {
    if let known = before[place] { return known }
    var altered = begun
    let form = formsBefore[place].form
    altered.change { experiment, _ in experiment.network.alterations.append(form) }
    altered.move(to: line.place)
    let network = line.experiment.network
    let units = network.layers.reduce(network.inputs) { $0 + $1.units }
    let numbers = 6 * (network.parameterCount + units * max(line.state.batch.count, 1))
    if before.count < SlipSearch.mostKept / numbers { before[place] = altered.state }
    return altered.state
  }

  mutating func oneBefore() {
    let right = formulas.first ?? ElementFormula(unknown: foreign.quantity)
    let cost = line.experiment.network.parameterCount * max(line.state.batch.count, 1) * 6
    for (place, (mistake, form)) in formsBefore.enumerated() {
      guard work < SlipSearch.most.one else {
        left += 1
        continue
      }
      (work, tried) = (work + cost, tried + 1)
      guard
        let value = try? altered(byFormAt: place).value(
          of: foreign.quantity, sample: foreign.sample, isOfBatch: foreign.isOfBatch),
        foreign.agrees(with: value.elements)
      else { continue }
      found.append(Explanation(mistakes: [mistake], before: [form], right: right, wrong: nil, samples: nil))
    }
  }

  // MARK: one wherever the code can have it

  /// Trains this iteration, and the one before, with each mistake in the code: in every layer at once, or in one.
  mutating func oneInTheCode() {
    let network = line.experiment.network
    let right = formulas.first ?? ElementFormula(unknown: foreign.quantity)
    let cost = network.parameterCount * max(line.state.batch.count, 1) * 12
    for back in 0...min(line.place.iteration, 1) {
      var begun = line
      if back > 0 { begun.move(to: Place(iteration: line.place.iteration - back, operation: 1)) }
      let (beginning, rightNumbers) = (begun.atBeginningOfIteration, RightNumbers())
      for mistake in Mistake.all where !mistake.isRemote {
        // One that is in one formula of this iteration was tried already.
        for layer in [nil] + (back > 0 ? (1...network.layers.count).map(Int?.some) : []) where found.isEmpty {
          guard work < SlipSearch.most.two else { return left += 1 }
          (work, tried) = (work + cost, tried + 1)
          guard let faulty = mistake.made(in: begun, layer: layer, of: written, beside: rightNumbers) else { continue }
          var other = beginning
          other.change { experiment, _ in experiment.network = faulty }
          other.move(to: line.place)
          guard
            let value = try? other.state.value(
              of: foreign.quantity, sample: foreign.sample, isOfBatch: foreign.isOfBatch),
            foreign.agrees(with: value.elements),
            self.right.allSatisfy({ isAsBefore($0, at: other.state) })
          else { continue }
          found.append(
            Explanation(
              mistakes: [mistake], before: faulty.alterations, right: right, wrong: nil, samples: nil,
              iteration: back > 0 ? begun.state.iteration : nil))
        }
      }
    }
  }

  /// Whether a quantity that is right is so at another state too.
  private func isAsBefore(_ quantity: Quantity, at state: State) -> Bool {
    guard let before = try? line.state.value(of: quantity), let after = try? state.value(of: quantity) else {
      return true
    }
    return Agreement(before, after).holds
  }
}
