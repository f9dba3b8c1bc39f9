import Engine

/// Works out the formulas of a derivation in the core's own order, so that the result is the core's to the last bit wherever
/// the formula is what the core computes. It is a scope of the one evaluator: a state, a sample, indices and names that are
/// given; what is compiled once and what is fetched once is kept for the next formula.
struct FormulaValues {
  let numbers: StateNumbers
  /// The sample that is read; nil for the one on show.
  private(set) var sample: Int?
  /// The values of the indices, from 1.
  private(set) var indices: [String: Int] = [:]
  private let kept: Kept

  /// What all formulas of a derivation share.
  private final class Kept {
    let scope: StateScope
    let compiler: Compiler<Double>
    let evaluation: Evaluation<Double>
    var names: Names
    var codes: [(expression: Expression, code: Code<Double>)] = []
    /// What formulas are worth by themselves: a sum over a batch may take long, and stands in several rows.
    var known: [(expression: Expression, value: Double)] = []

    init(_ state: State, _ order: SummationOrder) {
      scope = StateScope(state)
      compiler = Compiler(summed: order)
      evaluation = Evaluation(BoundScope(scope), compiler)
      names = Names(scope)
    }

    func slot(of index: String) -> Int {
      if let slot = names.indices[index] { return slot }
      names.indices[index] = compiler.slot()
      return compiler.tally.slots - 1
    }

    func code(of expression: Expression) throws(EvaluationError) -> Code<Double> {
      evaluation.makeRoom(for: compiler)
      if let known = codes.first(where: { $0.expression == expression }) { return known.code }
      let code = try compiler.compile(expression, names)
      evaluation.makeRoom(for: compiler)
      codes.append((expression, code))
      return code
    }
  }

  init(_ numbers: StateNumbers, sample: Int?, summed order: SummationOrder = .inSequence, names: [String: Double] = [:])
  {
    (self.numbers, self.sample) = (numbers, sample)
    kept = Kept(numbers.state, order)
    for (name, value) in names { give(name, value) }
  }

  /// Gives a name a value, for the formulas to come.
  func give(_ name: String, _ value: Double) {
    kept.known = []
    if let slot = kept.names.given[name] { return kept.evaluation.given[slot] = .number(value) }
    kept.names.given[name] = kept.evaluation.given.count
    kept.evaluation.given.append(.number(value))
  }

  /// The number that a formula is worth.
  /// - Throws: where something that it reads is not computed yet.
  func value(_ expression: Expression) throws(NotComputed) -> Double {
    guard sample == nil, indices.isEmpty else { return try worked(expression) }
    if let known = kept.known.first(where: { $0.expression == expression }) { return known.value }
    let value = try worked(expression)
    kept.known.append((expression, value))
    return value
  }

  private func worked(_ expression: Expression) throws(NotComputed) -> Double {
    do throws(EvaluationError) {
      let slots = indices.map { (slot: kept.slot(of: $0.key), place: $0.value) }
      let code = try kept.code(of: expression)
      for (slot, place) in slots { kept.evaluation.indices[slot] = place }
      guard let sample else { return try code(kept.evaluation).number ?? .nan }
      return try kept.evaluation.with(.sample(sample)) { () throws(EvaluationError) in
        try code(kept.evaluation).number ?? .nan
      }
    } catch {
      throw NotComputed(message: error.message)
    }
  }

  /// With an index at a place, from 1.
  func binding(_ index: String, _ place: Int) -> FormulaValues {
    var inner = self
    inner.indices[index] = place
    if index == Fold.overBatch { inner.sample = place - 1 }
    return inner
  }

  /// The values that an index runs through in a body, and what it counts there.
  func extent(of index: String, in body: Expression) -> IndexRange? {
    let names = kept.names.binding(index, slot: 0)
    if index == Fold.overBatch {
      return IndexRange(count: kept.scope.sampleCount, text: index, range: body.range, noun: "samples")
    }
    return try? names.agreedRange(of: index, in: [body])
  }

  /// The values that an index runs through in a body.
  func places(of index: String, in body: Expression) -> ClosedRange<Int> {
    1...max(extent(of: index, in: body)?.count ?? 1, 1)
  }

  // MARK: - Elements

  /// An element as a formula names it: with the version of a weight, where one is written.
  struct Read {
    var element: Element
    var version: Int?
  }

  /// The element that a name or an indexed name stands for; nil where it is none.
  func element(_ expression: Expression) -> Read? {
    switch expression.kind {
    case .name(let name, let version):
      guard indices[name] == nil, kept.names.given[name] == nil, let quantity = Quantity.named(name) else { return nil }
      return Read(element: Element(quantity, sample: sampleRead(quantity)), version: version)
    case .element(let base, let indices):
      guard case .name(let name, let version) = base.kind, let quantity = Quantity.named(name) else { return nil }
      var places: [Int] = []
      for index in indices {
        guard let place = place(index) else { return nil }
        places.append(place - 1)
      }
      if quantity.kind == .loss { return Read(element: Element(quantity, sample: places[0]), version: nil) }
      return Read(
        element: Element(
          quantity, row: places[0], column: places.count > 1 ? places[1] : 0, sample: sampleRead(quantity)),
        version: version)
    default: return nil
    }
  }

  /// `a2[k]` for `net2[k]`: the derivative of an activation reads both.
  func activationBeside(_ net: Expression, _ layer: Int) -> Read? {
    guard var read = element(net), read.element.quantity == Quantity(.net, layer) else { return nil }
    read.element.quantity = Quantity(.a, layer)
    return read
  }

  private func sampleRead(_ quantity: Quantity) -> Int? { quantity.kind.isOfSample ? sample : nil }

  private func place(_ index: Expression) -> Int? {
    switch index.kind {
    case .number(let literal): Int(exactly: literal.value)
    case .name(let name, version: nil): indices[name]
    default: nil
    }
  }
}
