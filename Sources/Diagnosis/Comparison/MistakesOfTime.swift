import Engine
import Notation

extension Mistake {
  /// Slips in which iteration's numbers are taken.
  static let ofTime: [Mistake] = [
    Mistake(
      "accumulated", "the gradients of earlier iterations are still in it, since nothing sets them to zero",
      whole: { formula, subject in subject.accumulating(formula) }, reach: .gradientsBefore
    )
    .andOfNumbers { subject, line in
      let quantity = subject.quantity
      guard quantity.kind.gradientOf?.isParameter == true, let foreign = subject.foreign else { return [] }
      let iteration = line.place.iteration
      var sum = foreign.truth.elements
      return (max(iteration - mostIterations, 0)..<max(iteration, 0)).reversed().compactMap { earlier in
        guard let before = line.value(of: quantity, inIteration: earlier), before.count == sum.count else {
          return nil
        }
        sum = zip(sum, before.elements).map(+)
        let name = quantity.name
        let words: Text =
          earlier == iteration - 1
          ? "\(name) and \(name) of iteration \(earlier + 1)"
          : "the sum of \(name) over the iterations \(earlier + 1) to \(iteration + 1)"
        return WrongNumbers(elements: sum, words: words)
      }
    },
    Mistake("stale-activation", "the activations are those of the iteration before")
      .ofNumbers { subject, line in
        let (quantity, iteration) = (subject.quantity, line.place.iteration)
        guard iteration > 0, quantity.kind.gradientOf != nil, !quantity.kind.isParameter, let foreign = subject.foreign
        else { return [] }
        let forms = ElementFormula.all(of: quantity, in: subject.network)
        var seen: Set<Quantity> = []
        return forms.flatMap { form -> [WrongNumbers] in
          form.expression.quantities.filter { [.a, .net, .x].contains($0.kind) && seen.insert($0).inserted }
            .compactMap { stale in
              let samples = foreign.sample.map { [$0] } ?? Array(subject.state.batch.indices)
              guard
                let before = line.values(of: stale, ofSamples: samples, inIteration: iteration - 1),
                let elements = foreign.elements(of: form, with: before, for: stale, samples, at: subject.state)
              else { return nil }
              return WrongNumbers(
                elements: elements, words: "\(form.expression) with \(stale.name) of iteration \(iteration)")
            }
        }
      },
  ]

  /// The most iterations back that are added up.
  private static let mostIterations = 64
}

extension Timeline {
  /// What a quantity came to in an earlier iteration, counted from 0, at the sample on show; nil where it did not come.
  fileprivate func value(of quantity: Quantity, inIteration iteration: Int) -> Matrix? {
    var line = self
    let producer = state.program.producer(of: quantity).map { $0 + 1 } ?? 1
    line.move(to: Place(iteration: iteration, operation: producer))
    return try? line.state.value(of: quantity)
  }
}

extension Timeline {
  /// What a quantity came to in an earlier iteration at some places of its batch; nil where it did not come at all of them.
  fileprivate func values(of quantity: Quantity, ofSamples samples: [Int], inIteration iteration: Int) -> [Matrix]? {
    var line = self
    line.move(to: Place(iteration: iteration, operation: (state.program.producer(of: quantity) ?? 0) + 1))
    let values = samples.compactMap { sample in
      line.state.batch.indices.contains(sample) ? try? line.state.value(of: quantity, sample: sample) : nil
    }
    return values.count == samples.count ? values : nil
  }
}

extension ForeignNumbers {
  /// What a formula gives with another value of a quantity for each sample: those of all samples one under the other, or added
  /// up as here.
  fileprivate func elements(
    of form: ElementFormula, with values: [Matrix], for other: Quantity, _ samples: [Int], at state: State
  ) -> [Double]? {
    let ground = FormulaGround(state)
    var all: [[Double]] = []
    for (sample, value) in zip(samples, values) {
      let wrong = form.replaced(by: form.expression.reading(value, for: other))
      guard let elements = wrong.elements(on: ground, samples: [sample])?.elements else { return nil }
      all.append(elements)
    }
    guard quantity.kind.isOverSamples, let first = all.first else { return all.flatMap { $0 } }
    let divisor = state.experiment.reduction == .mean ? Double(samples.count) : 1
    return first.indices.map { place in all.reduce(0) { $0 + $1[place] } / divisor }
  }
}

extension Expression {
  /// The quantities whose elements it reads.
  var quantities: [Quantity] { (element.map { [$0.quantity] } ?? []) + children.flatMap(\.quantities) }

  /// Numbers in the place of a quantity.
  func reading(_ value: Matrix, for other: Quantity) -> Expression {
    if let (quantity, indices) = element, quantity == other { return Expression(.element(Expression(value), indices)) }
    return mapChildren { $0.reading(value, for: other) }
  }
}
