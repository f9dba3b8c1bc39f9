import Engine
import Notation

extension ForeignNumbers {
  /// Numbers of one case, in which a form is one of all gradients of a kind or of none: where one is right as it is, the
  /// others have to be.
  /// - Parameter parametersAsHere: whether others say that those of parameters are as they are here.
  static func consistent(
    _ all: [ForeignNumbers], parametersAsHere: Bool = false, at state: State
  ) -> [ForeignNumbers] {
    let areOfSamples = [true, false].filter { isOfSample in
      !isOfSample && parametersAsHere
        || all.contains { numbers in
          numbers.quantity.kind.gradientOf != nil && numbers.quantity.kind.isOfSample == isOfSample && numbers.isRight
            && numbers.convention?.changesNumbers != true && numbers.truth.elements.contains { $0 != 0 }
        }
    }
    let likely = all.map { $0.inLikelyForm(among: all, at: state) ?? $0 }
    return likely.map { numbers in
      let isOfThose = areOfSamples.contains(numbers.quantity.kind.isOfSample)
      return isOfThose && numbers.convention?.changesNumbers == true ? numbers.asItIs : numbers
    }
  }

  /// Whether it is a gradient of parameters that is right in a form with other numbers than here, which is not of all gradients.
  var isParametersInOtherForm: Bool {
    guard isRight, quantity.kind.gradientOf?.isParameter == true, let convention else { return false }
    return convention.changesNumbers && !convention.isOfAllGradients
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
  /// Of a gradient of parameters that follows from another, whether it does so as it is here, and not in another form; the same
  /// of one that a slip explains which is no factor, where it is as here. Nil of all else.
  var followsAsHere: Bool? {
    guard numbers.quantity.kind.gradientOf?.isParameter == true, numbers.given.count > 1 else { return nil }
    if case .follows = cause { return isAsHere }
    guard isAsHere, let first = found?.explanations.first, first.mistakes.count == 1,
      let wrong = first.wrong?.expression,
      !wrong.isNumber, !wrong.isMultiple(of: first.right.expression)
    else { return nil }
    return true
  }
}
