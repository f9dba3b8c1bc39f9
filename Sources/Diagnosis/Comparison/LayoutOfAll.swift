import Engine
import Notation

extension ForeignNumbers {
  /// How it was given, where that is another form than ours: `given with …`; nil where it was given as it is here.
  package func form(at state: State) -> Text? {
    let forms = orders.map(\.words) + [convention ?? assumed].compactMap { $0?.words(state, readIn: layout ?? .outIn) }
    return forms.first.map { first in forms.dropFirst().reduce(first) { "\($0), and \($1)" } }
  }

  /// Numbers of one place, in which a square matrix of weights is right the other way round only where nothing says that it
  /// ought to be as it is here: then it is the wrong way round.
  static func inOneLayout(
    _ all: [ForeignNumbers], weights: WeightLayout?, on line: Timeline
  ) -> [ForeignNumbers] {
    all.map { numbers in
      var read = numbers
      guard numbers.convention?.isTurned == true else {
        read.isLaidOut = numbers.isLaidOut(among: all, weights: weights)
        return read
      }
      switch numbers.turn(among: all, weights: weights, on: line) {
      case .form: break
      case .fault:
        read = numbers.asItIs
        read.isLaidOut = true
      case .either: read.doubt = .transposed
      }
      return read
    }
  }

  /// What it is that a matrix is right the other way round.
  private enum Turn {
    /// The form in which all are given.
    case form
    /// A mistake.
    case fault
    /// One or the other.
    case either
  }

  private func turn(among all: [ForeignNumbers], weights: WeightLayout?, on line: Timeline) -> Turn {
    // What is made of it tells whether it went in as it was given.
    let made = all.filter { $0.quantity.layer == quantity.layer && $0.quantity.kind.extent == .weights }
    for other in made where quantity.kind.isInjectable && other.quantity != quantity {
      switch Consequence(of: other, from: asItIs, on: line) {
      case .follows where !other.isRight: return .fault
      case .departsBesides where other.isRight: return .form
      default: break
      }
    }
    let others = all.filter { $0.quantity != quantity }
    let kin = others.filter { $0.quantity.kind == quantity.kind }
    if kin.contains(where: isOtherwise) { return .fault }
    if kin.contains(where: { $0.truth.rows != $0.truth.columns && isAlike($0) }) { return .form }
    if others.contains(where: isOtherwise) || weights.map({ $0 != toldLayout }) == true { return .fault }
    return others.contains(where: isAlike) || weights != nil ? .form : .either
  }

  /// Whether others say of wrong numbers that they are laid out as they were read.
  private func isLaidOut(among all: [ForeignNumbers], weights: WeightLayout?) -> Bool {
    guard quantity.kind.extent == .weights, let layout, !isRight else { return false }
    if let weights { return weights == layout }
    let told = all.filter { $0.quantity != quantity }.compactMap(\.toldLayout)
    return !told.isEmpty && told.allSatisfy { $0 == layout }
  }

  /// Wrong numbers as those of a square matrix in the other layout, where nothing says that they are not; nil of others.
  func turned(among all: [ForeignNumbers], weights: WeightLayout?, at state: State) -> ForeignNumbers? {
    let others = all.filter { $0.quantity != quantity }
    guard weights == nil, !isLaidOut, orders.isEmpty, assumed == nil, others.allSatisfy({ $0.toldLayout == nil }) else {
      return nil
    }
    return Convention.otherLayout(of: quantity, in: state).flatMap { read(in: $0, at: state, assuming: true) }
  }

  private func isAlike(_ other: ForeignNumbers) -> Bool { other.toldLayout.map { $0 == toldLayout } ?? false }

  /// Whether another is right as it is here, in a layout in which this one is not.
  private func isOtherwise(_ other: ForeignNumbers) -> Bool {
    other.convention?.isTurned != true && other.toldLayout.map { $0 != toldLayout } ?? false
  }

  /// How a matrix of weights was given, as its shape tells it, or its numbers; nil where both ways would be the same, or where it
  /// is right in neither.
  private var toldLayout: WeightLayout? {
    guard quantity.kind.extent == .weights, let layout else { return nil }
    guard truth.rows == truth.columns else { return layout }
    guard isRight, !isSymmetric else { return nil }
    return convention?.isTurned == true ? layout.other : layout
  }

  /// Whether it is the same the other way round, as far as its numbers were given.
  private var isSymmetric: Bool {
    let (other, otherSlack) = (given.transposed, slack.transposed)
    return given.elements.indices.allSatisfy { place in
      let allowed = slack.elements[place] + otherSlack.elements[place]
      let (one, another) = (given.elements[place], other.elements[place])
      return abs(one - another) <= allowed + 1e-9 * max(abs(one), abs(another))
    }
  }
}
