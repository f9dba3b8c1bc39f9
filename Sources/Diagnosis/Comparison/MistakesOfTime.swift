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
        guard iteration > 0, quantity.kind.gradientOf != nil, !quantity.kind.isParameter, let foreign = subject.foreign,
          !foreign.isOfBatch
        else { return [] }
        let forms = ElementFormula.all(of: quantity, in: subject.network)
        var seen: Set<Quantity> = []
        return forms.flatMap { form -> [WrongNumbers] in
          form.expression.quantities.filter { [.a, .net, .x].contains($0.kind) && seen.insert($0).inserted }
            .compactMap { stale in
              guard let before = line.value(of: stale, inIteration: iteration - 1) else { return nil }
              let wrong = form.replaced(by: form.expression.reading(before, for: stale))
              let samples = foreign.sample.map { [$0] } ?? Array(subject.state.batch.indices)
              guard let numbers = wrong.elements(on: FormulaGround(subject.state), samples: samples) else { return nil }
              return WrongNumbers(
                elements: numbers.elements, words: "\(form.expression) with \(stale.name) of iteration \(iteration)")
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

extension Expression {
  /// The quantities whose elements it reads.
  var quantities: [Quantity] { (element.map { [$0.quantity] } ?? []) + children.flatMap(\.quantities) }

  /// Numbers in the place of a quantity.
  func reading(_ value: Matrix, for other: Quantity) -> Expression {
    if let (quantity, indices) = element, quantity == other { return Expression(.element(Expression(value), indices)) }
    return mapChildren { $0.reading(value, for: other) }
  }
}
