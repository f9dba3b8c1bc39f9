import Engine
import Notation

extension Mistake.Subject {
  /// A formula with a share of the parameter added, or of a loss one of all weights' squares: the share that the numbers show
  /// where they show one at all.
  func decayed(_ formula: ElementFormula) -> [Expression] {
    guard let foreign, foreign.isWhole, !foreign.isOfBatch else { return [] }
    let layers = quantity.kind == .loss ? Array(1...network.layers.count) : [quantity.layer]
    let kind = quantity.kind == .loss ? Quantity.Kind.w : quantity.kind.gradientOf ?? quantity.kind
    guard kind.isParameter, !quantity.kind.isParameter, foreign.given.count > 2 || quantity.kind == .loss else {
      return []
    }
    let parameters = layers.compactMap { state.forwardValue(of: Quantity(kind, $0))?.value.elements }
    guard parameters.count == layers.count else { return [] }
    let added: [Double]
    let term: Expression
    if quantity.kind == .loss {
      added = [parameters.joined().reduce(0) { $0 + $1 * $1 }]
      let squares = layers.map { Expression.formula("sum(w .* w)").replacing(["w": .name("w\($0)")]) }
      term = squares.dropFirst().reduce(squares[0]) { Expression(.binary(.plus, $0, $1)) }
    } else {
      added = parameters[0]
      let own = Quantity(kind, quantity.layer)
      term = formula.letters.isEmpty ? .name(own.name) : .element(own, formula.letters.map { .name($0) })
    }
    let sizes = added.map(abs)
    guard let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), sizes[largest] > 0,
      foreign.given.count == added.count
    else { return [] }
    let difference = foreign.given.elements[largest] - foreign.truth.elements[largest]
    // One number alone fits some share: it has to be known far better than the share is.
    guard added.count > 1 || abs(difference) > 1e6 * max(foreign.slack.elements[largest], 1e-13) else { return [] }
    let share = difference / added[largest]
    guard share.isFinite, share != 0, abs(share) < 1 else { return [] }
    // Decay is a small share; its decimals are those of a number that somebody typed, which may be divided by the samples.
    let samples = Double(max(state.batch.count, 1))
    let typed = [1, samples].lazy.compactMap { divisor -> Double? in
      guard let typed = Double(significant(share * divisor, digits: 3)), abs(typed / (share * divisor) - 1) < 1e-4
      else {
        return nil
      }
      return typed / divisor
    }.first
    guard let typed else { return [] }
    // A formula of one sample is added up over all of them.
    let isSum = quantity.kind.isOverSamples && state.experiment.reduction == .sum && samples > 1
    let part = isSum ? Expression(.binary(.over, term.times(typed), .number(samples))) : term.times(typed)
    return [Expression(.binary(.plus, formula.expression, part))]
  }

  /// The right gradients of all weights and biases, one after another.
  var allGradients: [Double] {
    network.layers.indices.flatMap { index in
      [Quantity.Kind.dw, .db].flatMap { (try? state.value(of: Quantity($0, index + 1)))?.elements ?? [] }
    }
  }
}

extension ForeignNumbers {
  /// The right numbers cut off at the largest that was given, or made smaller as a whole so that they are as long as somebody
  /// typed: they alone, or all gradients together.
  func clipped(among all: [Double]) -> [WrongNumbers] {
    let sizes = given.elements.map(abs)
    guard isWhole, quantity.kind.gradientOf != nil, let bound = sizes.max(), bound > 0 else { return [] }
    var found: [WrongNumbers] = []
    // What is clipped stands at one bound; what is not stands as it is.
    if truth.elements.contains(where: { abs($0) > bound }), sizes.count(where: { $0 == bound }) > 1 {
      found.append(
        WrongNumbers(
          elements: truth.elements.map { max(min($0, bound), -bound) },
          words: "\(quantity.name) cut off at \(significant(bound, digits: 6)) and \(significant(-bound, digits: 6))"))
    }
    func length(_ numbers: [Double]) -> Double { numbers.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let factor = length(given.elements) / length(truth.elements)
    let isExact = slack.elements.allSatisfy { $0 < 1e-6 * bound }
    guard factor.isFinite, factor > 1e-9, factor < 1, isExact, given.count > 2 else { return found }
    for (numbers, words): ([Double], Text) in [(truth.elements, "its norm"), (all, "the norm of all gradients")] {
      let length = length(numbers)
      guard length > 0, let typed = Double(significant(factor * length, digits: 2)) else { continue }
      found.append(
        WrongNumbers(
          elements: truth.elements.map { $0 * typed / length },
          words: "\(quantity.name) made smaller, so that \(words) is \(shortest(typed))", count: 100))
    }
    return found
  }
}
