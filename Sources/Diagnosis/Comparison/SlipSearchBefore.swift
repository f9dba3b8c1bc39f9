import Engine
import Notation

extension SlipSearch {
  /// A slip in what a quantity is made of: the formula, and where it is kept what comes of it.
  typealias SlipBefore = (mistake: Mistake, form: Alteration, slip: AlteredIterations.Slip)

  // MARK: one in what it is made of

  /// What it is made of on the way back, as far as that was not found right, and the slips that may be in it.
  func allFormsBefore() -> [SlipBefore] {
    let (network, program) = (line.experiment.network, line.state.program)
    // A parameter is there all the time; what was given of it is what its update has made.
    guard let producer = program.operations.lastIndex(where: { $0.quantity == foreign.quantity }) else { return [] }
    var wanted: Set<Quantity> = [foreign.quantity]
    var forms: [SlipBefore] = []
    for operation in program.operations[...producer].reversed() where wanted.contains(operation.quantity) {
      // What is right is made of nothing wrong.
      if !right.contains(operation.quantity) { wanted.formUnion(operation.reads(in: network)) }
      guard operation.quantity != foreign.quantity, operation.phase == .backward, operation.quantity.kind != .jacobian,
        !right.contains(operation.quantity), network.alteration(of: operation.quantity) == nil
      else {
        continue
      }
      let quantity = operation.quantity
      forms += altered.forms(of: quantity).enumerated().map { place, slip in
        (slip.mistake, slip.form, AlteredIterations.Slip(quantity: quantity, place: place))
      }
    }
    return forms.filter { !$0.mistake.isRemote } + forms.filter(\.mistake.isRemote)
  }

  mutating func oneBefore() {
    let right = formulas.first ?? ElementFormula(unknown: foreign.quantity)
    let cost = line.experiment.network.parameterCount * max(line.state.batch.count, 1) * 6
    for (mistake, form, slip) in formsBefore {
      // One of many of its kind is no reason where a likelier one is.
      let isLikely = { (found: Explanation) in !found.leaves(mistake) && !found.mistakes.contains(where: \.isRemote) }
      guard !mistake.isRemote || !found.contains(where: isLikely) else { continue }
      guard work < SlipSearch.most.one else {
        left += 1
        continue
      }
      (work, tried) = (work + cost, tried + 1)
      let state = altered.state(with: slip)
      guard
        let value = try? state.value(
          of: foreign.quantity, sample: foreign.sample, isOfBatch: foreign.isOfBatch),
        foreign.agrees(with: value.elements), self.right.allSatisfy({ isAsBefore($0, at: state) }),
        !isSaid(mistake, of: form.quantity)
      else { continue }
      found.append(Explanation(mistakes: [mistake], before: [form], right: right, wrong: nil, samples: nil))
    }
  }

  /// Whether a slip was found in what another quantity is computed by, where another way to write that comes to the same.
  private func isSaid(_ mistake: Mistake, of quantity: Quantity) -> Bool {
    !mistake.isRemote
      && found.contains { $0.mistakes.map(\.name) == [mistake.name] && $0.before.map(\.quantity) == [quantity] }
  }

  // MARK: one wherever the code can have it

  /// Trains this iteration, and the one before, with each mistake in the code: in every layer at once, or in one.
  mutating func oneInTheCode() {
    let network = line.experiment.network
    let right = formulas.first ?? ElementFormula(unknown: foreign.quantity)
    let cost = network.parameterCount * max(line.state.batch.count, 1) * 12
    for back in 0...min(line.place.iteration, 1) {
      for (place, mistake) in Mistake.all.enumerated() where !mistake.isRemote && !mistake.isReadOffNumbers {
        // One that is in one formula of this iteration was tried already.
        for layer in [nil] + (back > 0 ? (1...network.layers.count).map(Int?.some) : []) where found.isEmpty {
          guard work < SlipSearch.most.two else { return left += 1 }
          (work, tried) = (work + cost, tried + 1)
          guard let other = altered.made(place, layer: layer, back: back) else { continue }
          guard
            let value = try? other.state.value(
              of: foreign.quantity, sample: foreign.sample, isOfBatch: foreign.isOfBatch),
            foreign.agrees(with: value.elements),
            self.right.allSatisfy({ isAsBefore($0, at: other.state) })
          else { continue }
          found.append(
            Explanation(
              mistakes: [mistake], before: other.network.alterations, right: right, wrong: nil, samples: nil,
              iteration: back > 0 ? line.state.iteration - back : nil))
        }
      }
    }
  }

  /// Whether a quantity that is right is so at another state too.
  func isAsBefore(_ quantity: Quantity, at state: State) -> Bool {
    guard let before = try? line.state.value(of: quantity), let after = try? state.value(of: quantity) else {
      return true
    }
    return Agreement(before, after).holds
  }
}
