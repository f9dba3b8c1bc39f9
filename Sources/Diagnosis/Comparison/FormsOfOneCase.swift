import Engine
import Notation

extension ForeignNumbers {
  /// Numbers of one case, in which a form is one of all gradients of a kind or of none: where one is right as it is, the
  /// others have to be.
  /// - Parameter asHere: whether others say that those of samples (true) or of parameters (false) are as they are here.
  static func consistent(
    _ all: [ForeignNumbers], asHere: Set<Bool> = [], at state: State
  ) -> [ForeignNumbers] {
    let areOfSamples = [true, false].filter { isOfSample in
      asHere.contains(isOfSample)
        || all.contains { numbers in
          numbers.quantity.kind.gradientOf != nil && numbers.quantity.kind.isOfSample == isOfSample
            && numbers.isPlainlyRight
        }
    }
    let likely = all.map { $0.inLikelyForm(among: all, at: state) ?? $0 }
    let consistent = likely.map { numbers in
      let isOfThose = areOfSamples.contains(numbers.quantity.kind.isOfSample)
      return isOfThose && numbers.convention?.changesNumbers == true ? numbers.asItIs : numbers
    }
    return [true, false].reduce(consistent) { $0.inFormOfFirst(ofSamples: $1, at: state) }
  }

  /// Whether it is as many times ours as the first of others of its kind that is right and something; so it is where none is.
  func isInForm(ofFirst others: ArraySlice<ForeignNumbers>, at state: State) -> Bool {
    guard quantity.kind.gradientOf != nil else { return true }
    let first = others.first {
      $0.quantity.kind.gradientOf != nil && $0.quantity.kind.isOfSample == quantity.kind.isOfSample && $0.isRight
        && $0.truth.elements.contains { $0 != 0 }
    }
    return first.map { ($0.convention?.factor(at: state) ?? 1) == (convention?.factor(at: state) ?? 1) } ?? true
  }

  /// Whether it is right as it is here, and is something.
  var isPlainlyRight: Bool {
    isRight && convention?.changesNumbers != true && truth.elements.contains { $0 != 0 }
  }

  /// The same in the form that so few digits do not say, where others of its kind are right in that; nil where none is.
  private func inLikelyForm(among all: [ForeignNumbers], at state: State) -> ForeignNumbers? {
    guard let form = likelyConvention, convention == nil else { return nil }
    let isOfOthers = all.contains { other in
      other.quantity != quantity && other.quantity.kind.isOfSample == quantity.kind.isOfSample && other.isRight
        && other.convention.map { $0.hasSameFactor(as: form, at: state) } ?? false
    }
    guard isOfOthers else { return nil }
    var other = self
    other.convention = form
    other.agreement = ForeignNumbers.agreement(form.turned(truth, state), given, slack)
    return other
  }
}

extension Convention {
  /// The most that chance may have in it where numbers are taken to be given in another form.
  private static let mostChance = 0.1

  /// Whether numbers have enough digits to say that they are so many times ours: another sign needs none.
  func isSaid(by given: Matrix, within slack: Matrix, of quantity: Quantity, at state: State) -> Bool {
    guard changesNumbers, let factor = factor(at: state), abs(factor) != 1 else { return true }
    let size = given.elements.reduce(0) { max($0, abs($1)) }
    guard size > 0 else { return true }
    let tried = Double(Convention.factors(for: quantity, in: state).count)
    let chance = given.elements.indices.reduce(tried) { chance, place in
      let allowed = slack.elements[place] + 1e-12 + 1e-9 * abs(given.elements[place])
      return chance * min(allowed / size, 1)
    }
    return chance <= Convention.mostChance
  }

  /// Whether its numbers are as many times ours as another's are.
  fileprivate func hasSameFactor(as other: Convention, at state: State) -> Bool {
    factor(at: state) == other.factor(at: state)
  }
}

extension Departure {
  /// Of a gradient of parameters that follows from another, whether it does so as it is here, and not in another form; nil of
  /// all else.
  var followsAsHere: Bool? {
    guard case .follows = cause, isOfManyParameters else { return nil }
    return isAsHere
  }

  /// Whether it is a gradient of parameters that a slip explains as it is here, which is no factor.
  var isExplainedAsHere: Bool {
    guard isAsHere, isOfManyParameters, let first = found?.explanations.first, first.mistakes.count == 1,
      let wrong = first.wrong?.expression
    else { return false }
    return !wrong.isNumber && !wrong.isMultiple(of: first.right.expression)
  }

  private var isOfManyParameters: Bool {
    numbers.quantity.kind.gradientOf?.isParameter == true && numbers.given.count > 1
  }
}

extension [ForeignNumbers] {
  /// The same with those gradients as they are here that are so many times ours, and not as many times as the first of their
  /// kind that is right.
  fileprivate func inFormOfFirst(ofSamples isOfSample: Bool, at state: State) -> [ForeignNumbers] {
    let own = filter {
      $0.quantity.kind.gradientOf != nil && $0.quantity.kind.isOfSample == isOfSample && $0.isRight
        && $0.truth.elements.contains { $0 != 0 }
    }
    guard let first = own.min(by: { $0.comes(before: $1, in: state.program) }) else { return self }
    let form = first.convention?.factor(at: state) ?? 1
    return map { numbers in
      guard numbers.quantity.kind.gradientOf != nil, numbers.quantity.kind.isOfSample == isOfSample,
        let other = numbers.convention?.factor(at: state), other != form
      else { return numbers }
      return numbers.asItIs
    }
  }
}
