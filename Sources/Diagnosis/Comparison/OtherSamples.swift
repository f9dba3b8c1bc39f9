import Engine
import Notation

extension ForeignNumbers {
  /// The numbers that a formula gives with the targets of other samples, or their inputs: each sample's own are sought among
  /// all of the batch, and one that fits none ends it.
  func ofOtherSamples(in subject: Mistake.Subject) -> [WrongNumbers] {
    let state = subject.state
    let samples = Array(state.batch.indices)
    guard quantity.kind.isOfSample, isWhole, samples.count > 1, samples.count <= Mistake.mostSamples else { return [] }
    return [Quantity(.y), Quantity(.x)].flatMap { moved -> [WrongNumbers] in
      let values = samples.compactMap { try? state.value(of: moved, sample: $0) }
      let forms = ElementFormula.all(of: quantity, in: subject.network).filter {
        $0.expression.quantities.contains(moved)
      }
      guard values.count == samples.count, let form = forms.first else { return [] }
      var (sources, elements): ([Int], [Double]) = ([], [])
      for own in isOfBatch ? samples : [sample ?? 0] {
        let first = isOfBatch ? own * countOfOne : 0
        let found = samples.lazy.compactMap { other -> (Int, [Double])? in
          let wrong = form.replaced(by: form.expression.reading(values[other], for: moved))
          guard let numbers = wrong.elements(at: state, samples: [own]),
            numbers.indices.allSatisfy({ agrees(at: first + $0, with: numbers[$0]) })
          else { return nil }
          return (other, numbers)
        }.first
        guard let found else { return [] }
        sources.append(found.0)
        elements += found.1
      }
      let list = sources.map { "\($0 + 1)" }.joined(separator: ", ")
      let words: Text = "\(form.expression) with \(moved.name) of sample \(list) of the batch"
      return [WrongNumbers(elements: elements, words: words, count: samples.count * sources.count)]
    }
  }
}
