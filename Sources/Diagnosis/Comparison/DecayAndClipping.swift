import Engine
import Notation

/// A number of a slip's own that is read off what was given. In other quantities the same slip has the same one.
package enum Measured: Equatable, Sendable {
  /// The share of the parameter that is added to its gradient.
  case share(Double)
  /// Where numbers are cut off.
  case bound(Double)
  /// How long they are made as a whole.
  case norm(Double)
  /// So many times what they should be, since all gradients together were too long.
  case factor(Double)
  /// In which order the units of a layer stand.
  case order([Int], ofLayer: Int)

  /// Whether it is an order, which leaves the numbers what they are.
  var isOrder: Bool { if case .order = self { true } else { false } }
}

extension Mistake.Subject {
  /// A formula with a share of the parameter added, or of a loss one of all weights' squares: the share that was found in another
  /// quantity, and the one that the numbers show where they show one at all.
  func decayed(_ formula: ElementFormula) -> [Expression] {
    guard let foreign, foreign.isWhole, !foreign.isOfBatch else { return [] }
    let layers = quantity.kind == .loss ? Array(1...network.layers.count) : [quantity.layer]
    let kind = quantity.kind == .loss ? Quantity.Kind.w : quantity.kind.gradientOf ?? quantity.kind
    guard kind.isParameter, !quantity.kind.isParameter else { return [] }
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
    let samples = Double(max(state.batch.count, 1))
    let isSum = quantity.kind.isOverSamples && state.experiment.reduction == .sum && samples > 1
    var shares = known.compactMap { if case .share(let share) = $0, quantity.kind != .loss { share } else { nil } }
    if let own = share(of: added, in: foreign, samples), !shares.contains(own) { shares.append(own) }
    return shares.map { share in
      // A formula of one sample is added up over all of them.
      let part = isSum ? Expression(.binary(.over, term.times(share), .number(samples))) : term.times(share)
      return Expression(.binary(.plus, formula.expression, part))
    }
  }

  /// Numbers that no formula says, with a share of the parameter added.
  func decayed(_ numbers: [Double]) -> [WrongNumbers] {
    guard let foreign, foreign.isWhole, !foreign.isOfBatch, let kind = quantity.kind.gradientOf, kind.isParameter,
      let parameter = state.forwardValue(of: Quantity(kind, quantity.layer))?.value.elements,
      parameter.count == numbers.count
    else { return [] }
    let own = share(of: parameter, in: foreign.held(against: numbers), Double(max(state.batch.count, 1)))
    let found = known.compactMap { if case .share(let share) = $0 { share } else { nil } } + [own].compactMap { $0 }
    return found.map { share in
      WrongNumbers(
        elements: zip(numbers, parameter).map { $0 + share * $1 },
        words: "\(shortest(share)) times \(Quantity(kind, quantity.layer).name) added to it", measured: .share(share))
    }
  }

  /// The share of some numbers by which what was given differs from what it is held against, as somebody may have typed it.
  private func share(of added: [Double], in foreign: ForeignNumbers, _ samples: Double) -> Double? {
    guard foreign.given.count == added.count, added.count > 2 || quantity.kind == .loss else { return nil }
    // What stands at a bound may have been cut off there.
    let bound = foreign.bound
    let places = added.indices.filter { bound == nil || abs(foreign.given.elements[$0]) != bound }
    guard let largest = places.max(by: { abs(added[$0]) < abs(added[$1]) }), added[largest] != 0 else { return nil }
    func difference(_ place: Int) -> Double { foreign.given.elements[place] - foreign.truth.elements[place] }
    // One number alone fits some share: it has to be known far better than the share is.
    guard places.count > 1 || abs(difference(largest)) > 1e6 * max(foreign.slack.elements[largest], 1e-13) else {
      return nil
    }
    let slack = foreign.slackWithRounding
    let shares = FittedFactor(
      making: places.map(difference), of: places.map { added[$0] }, within: places.map { slack[$0] })
    // Decay is a small share; its decimals are those of a number that somebody typed, which may be divided by the samples.
    return [1, samples].lazy.compactMap { divisor in shares?.typed(digits: 3, per: divisor).map { $0 / divisor } }
      .first { abs($0) < 1 }
  }

  /// The right gradients of all weights and biases, one after another.
  var allGradients: [Double] {
    network.layers.indices.flatMap { index in
      [Quantity.Kind.dw, .db].flatMap { (try? state.value(of: Quantity($0, index + 1)))?.elements ?? [] }
    }
  }
}

extension Expression {
  /// The share of a weight or a bias that is added somewhere in it.
  var shareOfParameter: Double? {
    if case .binary(.times, let left, let right) = kind, case .number(let literal) = left.kind,
      right.element?.quantity.kind.isParameter == true || right.wholeQuantity?.kind.isParameter == true
    {
      return literal.value
    }
    return children.lazy.compactMap(\.shareOfParameter).first
  }
}

extension ForeignNumbers {
  /// How many of the numbers stand within a bound, and say more than a sign; all where there is none.
  func countWithin(_ measured: Measured?) -> Int {
    guard case .bound(let bound) = measured else { return given.count }
    return given.elements.count { abs($0) < bound }
  }

  /// The size at which several of the numbers stand, and which none is beyond; nil where there is none.
  fileprivate var bound: Double? {
    let sizes = given.elements.map(abs)
    guard let bound = sizes.max(), bound > 0, sizes.count(where: { $0 == bound }) > 1 else { return nil }
    return bound
  }

  /// The size of the largest, where it is the only wrong one and somebody may have typed that; nil elsewhere.
  private var roundLargest: Double? {
    guard agreement.wrongCount == 1, isWrong(at: agreement.worstPlace) else { return nil }
    let size = abs(given.elements[agreement.worstPlace])
    let isTyped = size > 0 && Double(significant(size, digits: 2)) == size
    return isTyped && slack.elements[agreement.worstPlace] < 1e-3 * size
      && given.elements.allSatisfy { abs($0) <= size }
      ? size : nil
  }

  /// The right numbers cut off at the largest that was given, or made smaller as a whole so that they are as long as somebody
  /// typed: they alone, or all gradients together. What was found of that in others comes first.
  func clipped(among all: [Double], known: [Measured]) -> [WrongNumbers] {
    guard isWhole, quantity.kind.gradientOf != nil else { return [] }
    var found = known.compactMap { clipped(as: $0) }
    let bound = bound ?? roundLargest
    // What is clipped stands at one bound; what is not stands as it is. Where all stands at one, that is one that somebody typed.
    if let bound, truth.elements.contains(where: { abs($0) > bound }), !known.contains(.bound(bound)),
      given.elements.contains(where: { abs($0) < bound }) || Double(significant(bound, digits: 3)) == bound
    {
      found += [clipped(as: .bound(bound))].compactMap { $0 }
    }
    func length(_ numbers: [Double]) -> Double { numbers.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    // Of two numbers one is taken up by the factor.
    let largest = given.elements.reduce(0) { max($0, abs($1)) }
    let isExact = given.count > 2 || slack.elements.allSatisfy { $0 < 1e-12 * largest }
    // By their lengths, so that they may stand in another order besides.
    let (own, right) = (length(given.elements), length(truth.elements))
    guard own < right, own > 1e-9 * right, isExact, given.count > 1,
      let fitted = FittedFactor(making: [own], of: [right], within: [length(slackWithRounding)])
    else { return found }
    let lengths: [(numbers: [Double], words: Text, isOwn: Bool)] = [
      (truth.elements, "its norm", true), (all, "the norm of all gradients", false),
    ]
    for (numbers, words, isOwn) in lengths {
      let length = length(numbers)
      guard length > 0, let typed = fitted.typed(digits: 2, per: length) else { continue }
      found.append(
        WrongNumbers(
          elements: truth.elements.map { $0 * typed / length },
          words: "\(quantity.name) made smaller, so that \(words) is \(shortest(typed))", count: 100,
          measured: isOwn ? .norm(typed) : .factor(typed / length)))
    }
    return found
  }

  /// The right numbers as they become by what was measured; nil where they stay as they are.
  private func clipped(as measured: Measured) -> WrongNumbers? {
    let length = truth.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let (elements, words): ([Double], Text)
    switch measured {
    case .share, .order: return nil
    case .bound(let bound):
      elements = truth.elements.map { max(min($0, bound), -bound) }
      words = "\(quantity.name) cut off at \(significant(bound, digits: 6)) and \(significant(-bound, digits: 6))"
    case .norm(let norm):
      guard length > norm else { return nil }
      elements = truth.elements.map { $0 * norm / length }
      words = "\(quantity.name) made smaller, so that its norm is \(shortest(norm))"
    case .factor(let factor):
      elements = truth.elements.map { $0 * factor }
      words = "\(quantity.name) made smaller, as all gradients together were"
    }
    return elements == truth.elements ? nil : WrongNumbers(elements: elements, words: words, measured: measured)
  }
}

extension Matrix {
  /// Whether all of its numbers that are something have the same size.
  var hasOneSize: Bool {
    let sizes = elements.lazy.map(abs).filter { $0 != 0 }
    guard let least = sizes.min(), let largest = sizes.max() else { return true }
    return largest - least <= 1e-12 * largest
  }
}
