import Engine
import Notation

/// Somebody else's numbers for a quantity, held against what it is here.
package struct ForeignNumbers: Sendable {
  /// The quantity, as it is kept: `a2` for `out` of two layers.
  package let quantity: Quantity
  /// The sample of the batch that it belongs to, from 0; nil of what belongs to none.
  package let sample: Int?
  /// Whether the numbers are those of all samples of the batch, one sample's under the other's.
  package let isOfBatch: Bool
  /// How many samples the batch has.
  package let sampleCount: Int
  /// What it is here.
  package private(set) var truth: Matrix
  /// What was given, in the shape that it has here.
  package let given: Matrix
  /// How far each number that was given may be from what it stands for.
  package let slack: Matrix
  /// How a matrix of weights was taken to be laid out; nil where what was given does not say it.
  package private(set) var layout: WeightLayout?
  /// The orders of layers' units in which it was given, where they are others than ours.
  package private(set) var orders: [UnitOrder] = []
  /// What else would explain it, where nothing that was compared tells which it is; nil where nothing else would.
  package internal(set) var doubt: Doubt?
  /// The convention by which what was given is the same thing in another form; nil where it is as here, or is wrong.
  package internal(set) var convention: Convention?
  /// One in which it would be right too, which so few digits do not say by themselves.
  private(set) var likelyConvention: Convention?
  /// The convention by which it is read, since others that are right are given so; it is wrong all the same.
  package private(set) var assumed: Convention?
  /// Whether something says that it is laid out as it was read, so that the other way round is a slip.
  var isLaidOut = false
  /// Whether something says that they are no others than ours in another form, so that such ones are a slip.
  var isInOurForm = false
  /// Whether it is right within single precision and not within what was typed, so that it was worked out in that.
  package let isSingle: Bool
  /// How what was given agrees with what it is here, by that convention.
  package internal(set) var agreement: Agreement

  /// Compares numbers with a quantity, at the place where a state is.
  /// - Parameters:
  ///   - given: the numbers, in the quantity's shape.
  ///   - slack: how far each may be from what it stands for, besides the rounding of a Double.
  ///   - layout: how a matrix of weights was taken to be laid out, before it was brought into that shape.
  /// - Throws: where the quantity is not computed yet.
  package init(
    _ quantity: Quantity, _ given: Matrix, slack: Matrix, layout: WeightLayout? = .outIn, at state: State
  ) throws(NotComputed) {
    let sample = quantity.kind.isOfSample ? state.selected : nil
    try self.init(quantity, sample: sample, isOfBatch: false, given, slack: slack, at: state)
    self.layout = layout
  }

  /// Compares numbers of all samples of the batch, a sample a row, with a quantity of a sample.
  package init(_ quantity: Quantity, ofBatch given: Matrix, slack: Matrix, at state: State) throws(NotComputed) {
    try self.init(
      quantity, sample: nil, isOfBatch: true, Matrix(column: given.elements), slack: Matrix(column: slack.elements),
      at: state)
  }

  /// Compares what a case has of a quantity: of what belongs to a sample, that of all samples of the batch.
  package init(ofBatch numbers: CaseNumbers, at state: State) throws(NotComputed) {
    let isOfBatch = numbers.quantity.kind.isOfSample && state.batch.count > 1
    func column(_ matrix: Matrix) -> Matrix {
      numbers.quantity.kind.isOfSample ? Matrix(column: matrix.elements) : matrix
    }
    try self.init(
      numbers.quantity, sample: numbers.quantity.kind.isOfSample && !isOfBatch ? 0 : nil, isOfBatch: isOfBatch,
      column(numbers.values), slack: column(numbers.slack), at: state)
    layout = numbers.layout
  }

  private init(
    _ quantity: Quantity, sample: Int?, isOfBatch: Bool, _ given: Matrix, slack: Matrix, at state: State
  ) throws(NotComputed) {
    (self.quantity, self.sample, self.isOfBatch) = (quantity, sample, isOfBatch)
    sampleCount = state.batch.count
    truth = try state.value(of: quantity, sample: sample, isOfBatch: isOfBatch)
    (self.given, self.slack) = (given, slack)
    let (truth, quantity) = (truth, quantity)
    let plain = ForeignNumbers.agreement(truth, given, slack)
    let found =
      plain.holds
      ? nil
      : Convention.first(for: quantity, in: state) { turned in
        ForeignNumbers.agreement(turned(truth), given, slack).holds
      }
    // Single precision is no mistake, and comes before anything that would have to be one. Such numbers have no more digits than
    // it takes to tell them apart in it.
    let looksSingle = !plain.holds && found == nil && given.looksSingle
    func single() -> Agreement {
      let wide = SingleRounding.slack(of: quantity, sample: sample, isOfBatch: isOfBatch, at: state)
      return ForeignNumbers.agreement(truth, given, slack.adding(wide.elements))
    }
    let otherwise = looksSingle ? single() : plain
    isSingle = looksSingle && otherwise.holds
    let isSaid = found?.isSaid(by: given, within: slack, of: quantity, at: state) ?? true
    (convention, likelyConvention) = isSaid ? (found, nil) : (nil, found)
    agreement = convention.map { ForeignNumbers.agreement($0.turned(truth, state), given, slack) } ?? otherwise
  }

  /// What an update made of a parameter, held against what it makes of it by the gradients as they were given, in the form of
  /// those; nil where it is another thing again.
  func moved(by gradients: [ForeignNumbers], on line: Timeline) -> ForeignNumbers? {
    guard quantity.kind.isParameter, !isRight,
      let gradient = gradients.first(where: {
        $0.quantity == quantity.kind.gradient.map { Quantity($0, quantity.layer) }
      }), let form = gradient.convention, form.changesNumbers, !form.isOfAllGradients,
      let value = Carried([gradient], on: line).value(of: self)
    else { return nil }
    var moved = self
    moved.agreement = ForeignNumbers.agreement(value, given, slack)
    guard moved.agreement.holds else { return nil }
    moved.convention = form
    return moved
  }

  /// The same numbers held against what the quantity is at another state, each off by so much more at most; nil where it is
  /// not computed there.
  func held(against state: State, within more: [Double]) -> ForeignNumbers? {
    read(as: given, slack: slack.adding(more), at: state)
  }

  /// The same held against other numbers than ours, in no other form.
  func held(against numbers: [Double]) -> ForeignNumbers {
    var other = self
    other.truth = Matrix(rows: truth.rows, columns: truth.columns, elements: numbers)
    return other.asItIs
  }

  /// Numbers of a sample, or of none, at another place in the place of what was given, in no other form; nil where the quantity
  /// is not computed there.
  func with(_ numbers: [Double], within slack: Double, ofSample sample: Int?, at state: State) -> ForeignNumbers? {
    guard let shape = state.shape(of: quantity), shape.rows * shape.columns == numbers.count else { return nil }
    func matrix(_ elements: [Double]) -> Matrix { Matrix(rows: shape.rows, columns: shape.columns, elements: elements) }
    return
      (try? ForeignNumbers(
        quantity, sample: sample, isOfBatch: false, matrix(numbers), slack: matrix(numbers.map { _ in slack }),
        at: state))?
      .asItIs
  }

  /// The same with no other form allowed.
  var asItIs: ForeignNumbers {
    var plain = self
    (plain.convention, plain.agreement) = (nil, ForeignNumbers.agreement(truth, given, slack))
    return plain
  }

  /// Whether the same was given for the same, and is right or wrong as that is.
  func isSame(as other: ForeignNumbers) -> Bool {
    quantity == other.quantity && sample == other.sample && truth == other.truth && given == other.given
      && slack == other.slack && isRight == other.isRight
  }

  /// Whether the number at a place is wrong, counted row by row from 0.
  package func isWrong(at place: Int) -> Bool { !isRight && !agrees(at: place, with: truth.elements[place]) }

  /// Whether they were typed with fewer digits than they have.
  var isRounded: Bool { quantity.kind.isInjectable && isWhole && slack.elements.contains { $0 > 0 } }

  /// The same with the numbers that it would have here, where it is right in another form.
  func inOurNumbers(at state: State) -> ForeignNumbers {
    guard let convention, convention.changesNumbers else { return self }
    return read(in: convention, at: state) ?? self
  }

  /// The same as right, where it comes of others as these were typed; nil where it does not.
  func right(after rounded: [ForeignNumbers], on line: Timeline) -> ForeignNumbers? {
    guard !rounded.isEmpty, let held = Carried(rounded, on: line).held(self), held.truth != truth, held.isRight else {
      return nil
    }
    var right = self
    (right.agreement, right.convention) = (held.agreement, held.convention)
    return right
  }

  /// How many of its numbers were given.
  package var givenCount: Int { slack.elements.count(where: \.isFinite) }

  /// Whether all of its numbers were given.
  var isWhole: Bool { slack.elements.allSatisfy(\.isFinite) }

  /// Whether it comes before another in the order of computation; what an update made of a parameter comes last.
  package func comes(before other: ForeignNumbers, in program: Program) -> Bool {
    let (rank, otherRank) = (quantity.rankOfComparison, other.quantity.rankOfComparison)
    guard rank == otherRank else { return rank < otherRank }
    return quantity.kind.isParameter
      ? quantity.layer < other.quantity.layer : program.computes(quantity, before: other.quantity)
  }

  /// Wrong numbers read in the form in which others of one place are given that are right: the sign of one gradient is that of
  /// all, and what is a mean or a sum over the samples, or laid out the other way round, is so of all parameters. Nil where none
  /// of those is in another form, nor are `more` others.
  func readAlike(_ others: [ForeignNumbers], _ more: [Convention], at state: State) -> ForeignNumbers? {
    guard quantity.kind.gradientOf != nil else { return nil }
    let gradients = others.filter { $0.isRight && $0.quantity.kind.gradientOf != nil }
    let alike = gradients.filter { $0.quantity.kind.isOfSample == quantity.kind.isOfSample }
    let forms =
      alike.compactMap(\.convention)
      + gradients.compactMap(\.convention).filter { $0.changesNumbers && $0.isOfAllGradients }
    guard let form = (forms + more).first(where: { $0.fits(quantity, in: state) }) else { return nil }
    return read(in: form, at: state, assuming: true)
  }

  /// What was given in a form, as it would be given here; `isAssumed` where it is wrong all the same.
  func read(in form: Convention, at state: State, assuming isAssumed: Bool = false) -> ForeignNumbers? {
    var read = read(as: form.undone(given, state), slack: form.undone(slack, state).map(abs), at: state)
    guard isAssumed else { return read }
    // In one form more it would be right, which it is not.
    if read?.convention?.changesNumbers == true { read = read?.asItIs }
    read?.assumed = form
    return read
  }

  /// What was given with a layer's units in our order.
  func read(in order: UnitOrder, at state: State) -> ForeignNumbers? {
    var read = read(as: order.undone(given, of: self), slack: order.undone(slack, of: self), at: state)
    read?.orders.append(order)
    return read
  }

  /// Other numbers in the place of what was given.
  private func read(as given: Matrix, slack: Matrix, at state: State) -> ForeignNumbers? {
    guard
      var read = try? ForeignNumbers(
        quantity, sample: sample, isOfBatch: isOfBatch, given, slack: slack, at: state)
    else { return nil }
    if let form = read.convention, isLaidOut && form.isTurned || isInOurForm && form.changesNumbers {
      read = read.asItIs
    }
    (read.layout, read.orders) = (layout, orders)
    (read.isLaidOut, read.isInOurForm) = (isLaidOut, isInOurForm)
    return read
  }

  /// Whether it is what it is here, in whatever form.
  package var isRight: Bool { agreement.holds }

  static func agreement(_ truth: Matrix, _ given: Matrix, _ slack: Matrix) -> Agreement {
    Agreement(truth, given, by: rule(slack))
  }

  /// The rule of `~=`, and what the numbers that were given may be off besides.
  private static func rule(_ slack: Matrix) -> Agreement.Rule {
    var rule = Agreement.Rule()
    rule.halfUnits = (nil, slack)
    return rule
  }

  /// Whether it is still about what is on show: the same quantity with the same value.
  package func isAbout(_ state: State) -> Bool {
    (sample == nil || sample == state.selected)
      && (try? state.value(of: quantity, sample: sample, isOfBatch: isOfBatch)) == truth
  }

  /// How many numbers one sample has of it.
  package var countOfOne: Int { isOfBatch && sampleCount > 0 ? truth.count / sampleCount : truth.count }

  /// What one sample of the batch has of numbers of all.
  func part(_ numbers: [Double], ofSample sample: Int) -> ArraySlice<Double> {
    numbers[sample * countOfOne..<(sample + 1) * countOfOne]
  }

  /// Whether numbers agree with what was given.
  func agrees(with numbers: Matrix) -> Bool { ForeignNumbers.agreement(numbers, given, slack).holds }

  /// Whether as many numbers agree with what was given, each in its place.
  func agrees(with numbers: [Double]) -> Bool {
    numbers.count == given.count && numbers.indices.allSatisfy { agrees(at: $0, with: numbers[$0]) }
  }

  /// Whether a number agrees with what was given at a place; what is not finite tells nothing.
  func agrees(at place: Int, with number: Double) -> Bool {
    number.isFinite && ForeignNumbers.rule(slack).holds(number, given.elements[place], place, place)
  }
}

extension Quantity {
  /// What is computed on the way comes before what an update has made.
  fileprivate var rankOfComparison: Int { kind.isParameter ? 1 : 0 }
}

extension State {
  /// The value of a quantity of a sample, or of all samples of the batch, one under the other.
  func value(of quantity: Quantity, sample: Int?, isOfBatch: Bool) throws(NotComputed) -> Matrix {
    guard isOfBatch else { return try value(of: quantity, sample: sample) }
    var elements: [Double] = []
    for sample in batch.indices { elements += try value(of: quantity, sample: sample).elements }
    return Matrix(column: elements)
  }
}
