import Engine

/// An expression that is looked at again and again along a walk: compiled once, and read out of the workspace of each place
/// that the walk comes by.
package final class Probe {
  /// The quantities that it reads; nil where it reads more than a place shows of itself: another step, other weights, a
  /// derivative. Then it has no value along a walk, and a walk has to stop for it.
  package let reads: Set<Quantity>?
  /// About how many operations on numbers a look takes, as the first one says.
  @exclusivity(unchecked) package private(set) var cost: Int
  private let source: PassingScope.Source
  private let compiler = Compiler<Double>()
  private let code: Code<Double>
  private let evaluation: Evaluation<Double>

  /// Compiles an expression for the places from here on.
  /// - Throws: where a name is unknown, or an index has no range or two.
  package init(_ expression: Expression, in base: StateScope) throws(EvaluationError) {
    let found = try Names(PassingScope(base, lends: true)).readsHere(expression)
    reads = found?.quantities
    let scope = PassingScope(base, lends: found?.isOfOneSample ?? true)
    source = scope.source
    let names = Names(scope)
    code = try compiler.compile(expression, names)
    cost = compiler.tally.nodes
    evaluation = Evaluation(BoundScope(scope), compiler)
  }

  /// The value at a place; nil where something is not computed yet.
  /// - Throws: where it has no value for another reason.
  package func value(at place: Passing) throws(EvaluationError) -> Matrix? {
    do throws(EvaluationError) { return try look(at: place).matrix } catch {
      guard error.isNotComputed else { throw error }
      return nil
    }
  }

  /// Whether it holds at a place: whether all its elements are other than 0. Where something is not computed yet, it does
  /// not.
  /// - Throws: where it has no value for another reason.
  package func holds(at place: Passing) throws(EvaluationError) -> Bool {
    do throws(EvaluationError) {
      switch try look(at: place) {
      case .number(let number): return number.isTrue
      case .matrix(_, let elements): return elements.allSatisfy(\.isTrue)
      }
    } catch {
      guard error.isNotComputed else { throw error }
      return false
    }
  }

  private func look(at place: Passing) throws(EvaluationError) -> Value<Double> {
    source.place = place
    evaluation.renew()
    let value = try code(evaluation)
    if evaluation.work > cost { cost = evaluation.work }
    return value
  }
}

/// What names mean at the place that a walk comes by.
private struct PassingScope: ScopeOverState {
  /// What the names mean where the walk began: shapes, lets and activations stay as they are.
  let base: StateScope
  let source = Source()
  /// Whether numbers are lent: those of the sample on show, so that an expression that goes through others fetches them.
  let lends: Bool

  /// The place at hand.
  final class Source {
    // Looked at many million times a second, and by nobody else meanwhile.
    @exclusivity(unchecked) var place: Passing?
  }

  init(_ base: StateScope, lends: Bool) { (self.base, self.lends) = (base, lends) }

  func lent(_ quantity: String) -> Lent? {
    guard lends, let known = Quantity.named(quantity) else { return nil }
    if let number = Passing.number(known) {
      return .number { [source] in
        guard let place = source.place else { return nil }
        return number(place)
      }
    }
    return known.kind.isKept ? .numbers { [source] in source.place.flatMap { $0.numbers(known) } } : nil
  }

  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Value<Double> {
    guard let place = source.place, let known = Quantity.named(quantity) else {
      throw EvaluationError("\(quantity) is not known here")
    }
    do { return Value(try place.value(of: known, sample: reading.sample)) } catch {
      // The place says whether it will come, not the one where the walk began.
      throw EvaluationError(error.message, isNotComputed: !place.isComputed(known))
    }
  }

  func at(step: Int) throws(EvaluationError) -> any Scope<Double> {
    throw EvaluationError("another step cannot be read here")
  }

  var sampleCount: Int { source.place?.sampleCount ?? base.sampleCount }
}

extension Names {
  /// The quantities that an expression reads, where it reads nothing but the place that it stands at, and whether it reads
  /// them of the sample on show alone; nil where it reads another step, other weights or a derivative.
  fileprivate func readsHere(
    _ expression: Expression
  ) throws(EvaluationError) -> (quantities: Set<Quantity>, isOfOneSample: Bool)? {
    var found: Set<Quantity> = []
    var (isHere, isOfOneSample) = (true, true)
    try walk(expression) { (node, names) throws(EvaluationError) in
      switch node.kind {
      case .name(_, .some), .at, .old, .derivative, .call("changed", _, _): isHere = false
      case .fold(_, index: "sample", _, _): isOfOneSample = false
      case .element(let base, let indices) where base == .name("loss") && indices.count == 1: isOfOneSample = false
      case .name(let name, _):
        guard case .quantity(let own, _) = try names.meaning(of: name, at: node.range) else { break }
        guard let quantity = Quantity.named(own) else { break }
        found.insert(quantity)
        // What is not kept is made of what its layer has.
        if !quantity.kind.isKept, quantity.kind.isOfSample { isHere = false }
      default: break
      }
      return isHere
    }
    return isHere ? (found, isOfOneSample) : nil
  }
}
