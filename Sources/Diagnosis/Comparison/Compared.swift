import Engine
import Notation

/// What of somebody's was compared at one place: all of it in the order of computation, and what is wrong of it with what that
/// comes of.
package struct Compared: Sendable {
  /// What was given, in the order of computation.
  package private(set) var all: [ForeignNumbers] = []
  /// What is wrong of it, in that order.
  package private(set) var departures: [Departure] = []
  /// How the weights that the iteration began with were laid out where they were given too, so that they say the layout and the
  /// order of the units; nil where they are ours.
  private var weights: WeightLayout?
  /// What was given, before others said in which form it is.
  private var given: [ForeignNumbers] = []
  /// What was given in the form that all of it has, in the order of computation, before it was judged.
  private var read: [ForeignNumbers] = []

  /// Nothing.
  /// - Parameter weights: how the weights that the iteration began with were laid out, where they were given too.
  package init(weights: WeightLayout? = nil) { self.weights = weights }

  /// What was given for a quantity.
  package func numbers(of quantity: Quantity) -> ForeignNumbers? { all.first { $0.quantity == quantity } }

  /// What is wrong with a quantity; nil where it is right, or was not given.
  package func departure(of quantity: Quantity) -> Departure? { departures.first { $0.numbers.quantity == quantity } }

  /// Takes more in, each in the place of what was given for the same quantity before. What is no longer about what is on show
  /// at the place of a line is forgotten.
  package mutating func take(_ new: [ForeignNumbers], on line: Timeline) {
    let state = line.state
    let about = given.filter { $0.isAbout(state) }
    if about.isEmpty, !given.isEmpty { weights = nil }
    given = about.filter { old in !new.contains { $0.quantity == old.quantity } } + new
    let before = read
    read = reading(on: line)
    judge(before: before, on: line)
    // What follows from a wrong one as it is here says in which form the others are, just as what is right does.
    let asHere = kindsInTwoForms
    guard !asHere.isEmpty else { return }
    read = reading(asHere: asHere, on: line)
    judge(before: [], on: line)
  }

  /// Of the gradients of samples (true) and of parameters (false) those of which some are as they are here, and others in
  /// another form.
  private var kindsInTwoForms: Set<Bool> {
    Set([true, false]).filter { isOfSample in
      let own = all.filter {
        $0.quantity.kind.gradientOf != nil && $0.quantity.kind.isOfSample == isOfSample && $0.isRight
      }
      let others = isOfSample ? [] : departures
      let isHere = own.contains(where: \.isPlainlyRight) || others.contains { $0.followsAsHere == true }
      if own.contains(where: { $0.convention?.changesNumbers == true }), isHere { return true }
      // What a slip explains as it is here says less: what is right in another form stays right.
      return others.contains { $0.followsAsHere == false } && (isHere || others.contains(where: \.isExplainedAsHere))
    }
  }

  /// What was given, in the order of computation, in the form that all of it has: one that some are not in is none of the others
  /// either.
  /// - Parameter asHere: whether gradients of samples (true) or of parameters (false) are known to have the numbers that they
  ///   have here.
  private func reading(asHere: Set<Bool> = [], on line: Timeline) -> [ForeignNumbers] {
    let state = line.state
    let ordered = weights == nil ? ForeignNumbers.inOneOrder(given, on: line) : given
    let consistent = ForeignNumbers.consistent(ordered, asHere: asHere, at: state)
    let alike = ForeignNumbers.inOneLayout(consistent, weights: weights, on: line)
    return alike.map { numbers in
      var read = numbers.moved(by: alike, on: line) ?? numbers
      let kind = read.quantity.kind
      read.isInOurForm = read.isInOurForm || kind.gradientOf != nil && asHere.contains(kind.isOfSample)
      return read
    }.sorted { $0.comes(before: $1, in: state.program) }
  }

  /// Finds what is wrong, and why: what comes before all that is other than it was stands as it is.
  private mutating func judge(before: [ForeignNumbers], on line: Timeline) {
    let (sameCount, judged) = (zip(read, before).prefix { $0.isSame(as: $1) }.count, all)
    all = read
    for place in 0..<sameCount {
      all[place] = judged[place]
      all[place].doubt = read[place].doubt
    }
    let same = all.prefix(sameCount).map(\.quantity)
    let altered = AlteredIterations(line)
    departures = departures.filter { same.contains($0.numbers.quantity) }
    for place in all.indices where !same.contains(all[place].quantity) {
      let earlier = all[..<place]
      // What was typed with few digits carries them on.
      let rounded = earlier.filter { $0.isRight && $0.isRounded }.map { $0.inOurNumbers(at: line.state) }
      if !all[place].isRight, let right = all[place].right(after: rounded, on: line),
        right.isInForm(ofFirst: earlier, at: line.state)
      {
        all[place] = right
      }
      // What comes of a wrong one is no other form of the right.
      let faults = departures.filter(\.isFault).map(\.numbers)
      if all[place].isRight, all[place].convention?.changesNumbers == true,
        faults.contains(where: { Consequence(of: all[place].asItIs, from: $0, on: line) == .follows })
      {
        all[place] = all[place].asItIs
      }
      guard !all[place].isRight else { continue }
      let right = plainlyRight
      let numbers = all[place]
      let alike = numbers.readAlike(all, departures.compactMap(\.form), at: line.state)
      // In the form of the others a factor more is a slip like others: as it is, it would have to be one alone.
      let plain = Departure(
        numbers, after: departures, rounded: rounded, right: right, among: all, on: line, altered,
        ones: alike?.assumed?.changesNumbers == true)
      let other = (plain.isFault ? alike : nil).map {
        Departure($0, after: departures, rounded: rounded, right: right, among: all, on: line, altered)
      }
      // A slip in a matrix that is turned besides: what nothing else tells may be its layout.
      if plain.isTurnedBesides, let turned = numbers.turned(among: all, weights: weights, at: line.state) {
        let other = Departure(turned, after: departures, rounded: rounded, right: right, among: all, on: line, altered)
        if other.isPlainer(than: plain) {
          all[place].doubt = .transposed
          departures.append(other)
          continue
        }
      }
      departures.append(other.map { $0.isLikelier(than: plain) ? $0 : plain } ?? plain)
    }
    explainByLaterOnes(on: line)
  }

  /// Looks once more for what explains those that nothing does, now that what is behind them says what slips measure.
  private mutating func explainByLaterOnes(on line: Timeline) {
    for place in departures.indices where departures[place].isUnexplained {
      let (numbers, earlier) = (departures[place].numbers, Array(departures[..<place]))
      let later = departures[(place + 1)...].flatMap(\.measured)
      guard !later.isEmpty else { continue }
      let rounded = all.filter { $0.isRight && $0.isRounded && $0.comes(before: numbers, in: line.state.program) }
        .map { $0.inOurNumbers(at: line.state) }
      let again = Departure(
        numbers, after: earlier, rounded: rounded, right: plainlyRight, among: all, on: line, measuredLater: later)
      if again.isPlainer(than: departures[place]) { departures[place] = again }
    }
  }

  /// What is right as it is here.
  private var plainlyRight: Set<Quantity> {
    Set(all.filter { $0.isRight && $0.convention == nil }.map(\.quantity))
  }

  /// Whether all of it is still about what is on show.
  package func isAbout(_ state: State) -> Bool { all.allSatisfy { $0.isAbout(state) } }

  /// Those that are right.
  package var right: [ForeignNumbers] { all.filter(\.isRight) }
}
