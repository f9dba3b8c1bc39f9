import Engine

/// What names mean at the place that a walk comes by.
struct PassingScope: ScopeOverState {
  /// A state's scope that goes along with the walk.
  let base: StateScope
  /// Where other steps are read.
  private let others: OtherSteps

  /// A scope that begins at a place.
  init(along passing: Passing, _ others: OtherSteps) {
    base = StateScope(along: passing, definitions: others.definitions, layout: others.layout)
    self.others = others
  }

  func lent(_ quantity: String) -> Lent? {
    guard let known = Quantity.named(quantity) else { return nil }
    if let number = Passing.number(known) { return .number { [base] in number(base.passing) } }
    return known.kind.isKept ? .numbers { [base] in base.passing.numbers(known) } : nil
  }

  func number(of quantity: Quantity, _ row: Int, _ column: Int?, sample: Int?) -> Double? {
    base.passing.number(of: quantity, row, column, sample: sample)
  }

  func loss(ofSample sample: Int) -> Double? { base.loss(ofSample: sample) }

  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Value<Double> {
    if let version = reading.version, let known = Quantity.named(quantity) {
      return Value(try others.value(of: known, version: version, from: base))
    }
    // Along a walk nobody reads why something has no value, and most places may have none.
    if others.isPassed, let known = Quantity.named(quantity), known.kind.isKept, !base.passing.isComputed(known) {
      throw OtherSteps.notThere
    }
    return try base.value(of: quantity, reading)
  }

  func at(step: Int) throws(EvaluationError) -> any Scope<Double> {
    if step == base.state.step, base.state.stepInProgress == nil { return self }
    return try others.scope(atStep: step, from: base.state.place)
  }

  func moving(
    with seed: Seed, _ reading: Reading, by equations: inout CompiledEquations?
  ) throws(EvaluationError) -> any Scope<Dual<Double>> {
    try base.moving(with: seed, reading, by: &equations)
  }
}

/// The other steps that an expression reads along a walk: lines that go beside it, each to a step of its own, so that what
/// is always as far behind costs what the walk itself does.
final class OtherSteps {
  /// A line, with the scope of where it is.
  private final class Beside {
    let line: LineBeside
    let scope: PassingScope
    /// Whether the look under way reads it.
    var isRead = true

    init(_ start: Timeline, _ others: OtherSteps) {
      line = LineBeside(start)
      scope = PassingScope(along: line.passing, others)
    }
  }

  private struct Version: Hashable {
    let quantity: Quantity
    let number: Int
  }

  /// Whether places are passed, and not stood at by someone who wants to know why something has no value.
  @exclusivity(unchecked) var isPassed = false
  /// What stands for the reason why something has no value at a place that is passed.
  static let notThere = EvaluationError("not computed yet", isNotComputed: true)

  /// The line as it was where the walk began; nil where it is unknown.
  private var start: Timeline?
  fileprivate let definitions: Definitions
  fileprivate let layout: WeightLayout
  @exclusivity(unchecked) private var beside: [Beside] = []
  private var versions: [Version: Matrix] = [:]
  /// How many lines are kept for the next look.
  private static let most = 4

  init(from scope: StateScope) {
    (start, definitions, layout) = (scope.timeline, scope.definitions, scope.layout)
  }

  /// Begins anew on a line that may be another.
  func restart(_ start: Timeline?) {
    self.start = start
    beside = []
    versions = [:]
  }

  /// Begins the next look.
  func renew() {
    guard !beside.isEmpty else { return }
    for line in beside { line.isRead = false }
  }

  /// The names at another step, which is reached where the walk or its line has been there.
  func scope(atStep step: Int, from place: Place) throws(EvaluationError) -> PassingScope {
    guard let start else { throw EvaluationError("another step cannot be read here") }
    let target = start.place(ofStep: step)
    guard step >= 0, target <= max(start.furthest, place) else {
      throw EvaluationError("step \(step) has not been reached yet", isNotComputed: true)
    }
    let there = line(for: target, start)
    there.line.move(to: target)
    there.scope.base.follow(there.line.passing)
    return there.scope
  }

  /// The one that has the shortest way ahead, of those that this look does not read yet.
  private func line(for target: Place, _ start: Timeline) -> Beside {
    var (behind, free): (Beside?, Beside?) = (nil, nil)
    for one in beside where !one.isRead {
      free = free ?? one
      let place = one.line.place
      if place <= target, behind.map({ $0.line.place < place }) ?? true { behind = one }
    }
    if let found = behind ?? (beside.count < OtherSteps.most ? nil : free) {
      found.isRead = true
      return found
    }
    let new = Beside(start, self)
    if beside.count < OtherSteps.most { beside.append(new) }
    return new
  }

  /// A weight, bias or memory of some version, which is looked for once.
  func value(of quantity: Quantity, version: Int, from scope: StateScope) throws(EvaluationError) -> Matrix {
    let wanted = Version(quantity: quantity, number: version)
    if let known = versions[wanted] { return known }
    scope.stand(on: start)
    defer { scope.follow(scope.passing) }
    let value = try scope.value(of: quantity, version: version)
    versions[wanted] = value
    return value
  }
}

extension Passing {
  /// One number of a quantity where it lies, by its indices from 1; nil where it has none of its own there.
  func number(of quantity: Quantity, _ row: Int, _ column: Int?, sample: Int?) -> Double? {
    guard let numbers = numbers(quantity, sample: sample) else { return nil }
    let (rows, columns) = shape(of: quantity)
    guard let place = try? Shape(rows, columns).place(row, column, of: quantity.name) else { return nil }
    return numbers[place]
  }
}
