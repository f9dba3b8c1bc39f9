import Engine
import Notation

extension ForeignNumbers {
  /// The numbers that a formula gives with other samples' targets, inputs or activations: of what belongs to samples, each
  /// sample's own are sought among all of the batch; of what is added up over them, they are those of the next sample, or of the
  /// one before.
  func ofOtherSamples(in subject: Mistake.Subject) -> [WrongNumbers] {
    let samples = Array(subject.state.batch.indices)
    guard isWhole, samples.count > 1, samples.count <= Mistake.mostSamples else { return [] }
    let forms = ElementFormula.all(of: quantity, in: subject.network)
    let ground = FormulaGround(subject.state)
    var seen: Set<Quantity> = []
    return forms.flatMap { form -> [WrongNumbers] in
      let read = form.expression.quantities.filter {
        [.x, .y, .a, .delta].contains($0.kind) && seen.insert($0).inserted
      }
      return read.flatMap { moved -> [WrongNumbers] in
        let values = samples.compactMap { try? subject.state.value(of: moved, sample: $0) }
        guard values.count == samples.count else { return [] }
        let other = OtherSamples(numbers: self, form: form, moved: moved, values: values, ground: ground)
        return quantity.kind.isOfSample ? other.sought : quantity.kind.gradientOf == nil ? [] : other.shifted
      }
    }
  }
}

/// A formula with one of the quantities that it reads taken from other samples.
private struct OtherSamples {
  let numbers: ForeignNumbers
  let form: ElementFormula
  let moved: Quantity
  /// What that quantity is in each sample.
  let values: [Matrix]
  let ground: FormulaGround

  /// What the formula gives in a sample with the quantity of another.
  private func elements(_ sample: Int, with other: Int) -> [Double]? {
    form.replaced(by: form.expression.reading(values[other], for: moved)).elements(on: ground, samples: [sample])?
      .elements
  }

  /// Each sample's numbers with the other sample that gives what was given; nothing where one finds none.
  var sought: [WrongNumbers] {
    var (sources, found): ([Int], [Double]) = ([], [])
    for own in numbers.isOfBatch ? Array(values.indices) : [numbers.sample ?? 0] {
      let first = numbers.isOfBatch ? own * numbers.countOfOne : 0
      let fitting = values.indices.lazy.compactMap { other -> (Int, [Double])? in
        guard let elements = elements(own, with: other),
          elements.indices.allSatisfy({ numbers.agrees(at: first + $0, with: elements[$0]) })
        else { return nil }
        return (other, elements)
      }.first
      guard let fitting else { return [] }
      sources.append(fitting.0)
      found += fitting.1
    }
    let list = sources.map { "\($0 + 1)" }.joined(separator: ", ")
    return [
      WrongNumbers(
        elements: found, words: "\(form.expression) with \(moved.name) of sample \(list) of the batch",
        count: values.count * sources.count)
    ]
  }

  /// One of these numbers.
  private func value(at place: Int, _ sample: Int, with other: Int) -> Double? {
    var work = 0
    return form.replaced(by: form.expression.reading(values[other], for: moved)).numbers(on: ground, samples: [sample])?
      .value(place, spending: &work)
  }

  /// All samples added up, or averaged, each with the quantity of the next one, or of the one before.
  var shifted: [WrongNumbers] {
    let divisor = ground.state.experiment.reduction == .mean ? Double(values.count) : 1
    let places = numbers.largestPlaces
    return [(1, "the next sample" as Text), (values.count - 1, "the sample before")].compactMap { shift, words in
      // A few numbers tell most of them.
      let some = places.map { place in
        values.indices.reduce(0.0) { $0 + (value(at: place, $1, with: ($1 + shift) % values.count) ?? .nan) } / divisor
      }
      guard zip(places, some).allSatisfy({ numbers.agrees(at: $0, with: $1) }) else { return nil }
      var total: [Double] = []
      for own in values.indices {
        guard let elements = elements(own, with: (own + shift) % values.count) else { return nil }
        total = total.isEmpty ? elements : zip(total, elements).map(+)
      }
      return WrongNumbers(
        elements: total.map { $0 / divisor }, words: "\(form.expression) with \(moved.name) of \(words)")
    }
  }
}
