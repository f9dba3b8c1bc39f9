import Engine
import Notation

extension Mistake {
  /// Slips in what is multiplied before it is added up over a batch, and in what it is added up over. They have no names.
  static let ofSums: [Mistake] = [
    Mistake("", "the means over the samples are multiplied, where the products should be averaged")
      .ofNumbers { subject, _ in
        guard let foreign = subject.foreign, foreign.isWhole, subject.quantity.kind == .dw else { return [] }
        let (delta, input) = (Quantity(.delta, subject.quantity.layer), Quantity.input(ofLayer: subject.quantity.layer))
        guard let deltas = subject.mean(of: delta), let inputs = subject.mean(of: input) else { return [] }
        let samples = Double(subject.state.batch.count)
        let products = deltas.flatMap { delta in inputs.map { delta * $0 } }
        let name = (delta: delta.name, input: input.name)
        return [
          (1, "the means of \(name.delta) and \(name.input)"),
          (samples, "the sum of \(name.delta) and the mean of \(name.input)"),
          (samples * samples, "the sums of \(name.delta) and \(name.input)"),
        ].map { factor, words in
          WrongNumbers(elements: products.map { $0 * factor }, words: "the product of \(words) over the samples")
        }
      },
    Mistake("", "it is added up over the units of each sample, where it should be over the samples")
      .ofNumbers { subject, _ in
        let (state, delta) = (subject.state, Quantity(.delta, subject.quantity.layer))
        guard let foreign = subject.foreign, foreign.isWhole, subject.quantity.kind == .db,
          state.batch.count == foreign.given.count, state.batch.count > 1
        else { return [] }
        let sums = state.batch.indices.compactMap { sample in
          (try? state.value(of: delta, sample: sample))?.elements.reduce(0, +)
        }
        guard sums.count == state.batch.count else { return [] }
        let samples = Double(state.batch.count)
        let factor = state.experiment.reduction == .mean ? 1 / samples : 1
        return [(factor, "sum"), (1 / samples, "mean"), (1, "sum")].map { factor, words in
          WrongNumbers(
            elements: sums.map { $0 * factor }, words: "the \(words) of \(delta.name) over the units, sample by sample")
        }
      },
    Mistake("", "the weight matrix is reshaped where it should be transposed")
      .ofNumbers { subject, _ in
        guard let foreign = subject.foreign, foreign.isWhole, subject.quantity.kind.gradientOf != nil else { return [] }
        let ground = FormulaGround(subject.state)
        return ElementFormula.all(of: subject.quantity, in: subject.network).flatMap { form -> [WrongNumbers] in
          Set(form.expression.quantities.filter { $0.kind == .w }).compactMap { weights in
            guard let own = try? subject.state.value(of: weights), own.rows != own.columns, own.rows > 1,
              own.columns > 1
            else { return nil }
            let laidOut = Matrix(rows: own.columns, columns: own.rows, elements: own.elements).transposed
            let wrong = form.replaced(by: form.expression.reading(laidOut, for: weights))
            let places = foreign.largestPlaces
            guard let some = foreign.values(of: wrong, at: places, on: ground),
              zip(places, some).allSatisfy({ foreign.agrees(at: $0, with: $1) }),
              let elements = foreign.elements(of: wrong, on: ground)
            else { return nil }
            return WrongNumbers(
              elements: elements,
              words: "\(form.expression) with \(weights.name) reshaped to \(own.columns)x\(own.rows)")
          }
        }
      },
  ]
}

extension Mistake.Subject {
  /// The mean of what belongs to samples over those of the batch; nil of a single one, and where it is not computed.
  fileprivate func mean(of quantity: Quantity) -> [Double]? {
    let samples = state.batch.indices.compactMap { (try? state.value(of: quantity, sample: $0))?.elements }
    guard samples.count == state.batch.count, samples.count > 1, let first = samples.first else { return nil }
    return first.indices.map { unit in samples.reduce(0) { $0 + $1[unit] } / Double(samples.count) }
  }
}

extension ForeignNumbers {
  /// A few of the places, those of the largest numbers, by which most formulas are told from what was given.
  var largestPlaces: [Int] {
    Array(given.elements.indices.sorted { abs(given.elements[$0]) > abs(given.elements[$1]) }.prefix(6))
  }

  /// What a formula gives at some places; nil where it means nothing.
  func values(of formula: ElementFormula, at places: [Int], on ground: FormulaGround) -> [Double]? {
    let samples = sample.map { [$0] } ?? Array(ground.state.batch.indices)
    guard let numbers = formula.numbers(on: ground, samples: samples) else { return nil }
    var work = 0
    let values = places.compactMap { place -> Double? in
      guard isOfBatch else { return numbers.value(place, spending: &work) }
      let (sample, unit) = place.quotientAndRemainder(dividingBy: max(countOfOne, 1))
      return numbers.value(unit, ofSample: sample, spending: &work)
    }
    return values.count == places.count ? values : nil
  }

  /// What a formula gives in the places of what was given; nil where it means nothing.
  func elements(of formula: ElementFormula, on ground: FormulaGround) -> [Double]? {
    let samples = Array(ground.state.batch.indices)
    guard isOfBatch else { return formula.elements(on: ground, samples: sample.map { [$0] } ?? samples)?.elements }
    let all = samples.compactMap { formula.elements(on: ground, samples: [$0])?.elements }
    return all.count == samples.count ? Array(all.joined()) : nil
  }
}
