import Engine

/// An expression that is looked at again and again along a walk: compiled once, and read out of the workspace of each place
/// that the walk comes by. What it reads of other steps and weights goes along with the walk.
package final class Probe {
  /// What it reads, as far as a walk has to know.
  private let needs: Names.Needs
  /// About how many operations on numbers a look takes, as the dearest so far says.
  @exclusivity(unchecked) package private(set) var cost: Int
  private let whole: SteppedPart
  /// What it reads some steps ago.
  private let told: [(part: SteppedPart, steps: Int)]
  private let evaluation: Evaluation<Double>
  private let scope: PassingScope
  private let others: OtherSteps
  /// What it comes to where there is nothing to evaluate.
  private let plain: PlainComparison?
  /// What it was compiled for.
  private let fit: Fit

  /// What names mean without the numbers: as long as it stays, so does what was compiled.
  private struct Fit: Equatable {
    let definitions: Definitions
    let network, worked: Network
    let sampleCount: Int

    init(_ scope: StateScope) {
      definitions = scope.definitions
      (network, worked) = (scope.state.experiment.network, scope.state.worked)
      sampleCount = scope.state.batch.count
    }
  }

  /// Compiles an expression for the places from here on.
  /// - Throws: where a name is unknown, or an index has no range or two.
  package init(_ expression: Expression, in base: StateScope) throws(EvaluationError) {
    fit = Fit(base)
    others = OtherSteps(from: base)
    scope = PassingScope(along: base.passing, others)
    let (names, compiler) = (Names(scope), Compiler<Double>())
    plain = try PlainComparison(expression, names)
    needs = try names.needs(of: expression, base.state.worked.layers.count)
    let program = base.state.program
    whole = SteppedPart(
      try compiler.compile(expression, names), try StepDependence(of: expression, names, in: program))
    told = try compiler.stepsAgo.map { (part) throws(EvaluationError) in
      (SteppedPart(part.code, try StepDependence(of: part.expression, part.names, in: program)), part.steps)
    }
    cost = compiler.tally.nodes
    evaluation = Evaluation(BoundScope(scope), compiler)
    evaluation.stepsAgo = told.map { KeptSteps($0.steps) }
    // While a line is kept, whoever goes on with it has to copy all its numbers first.
    if !needs.readsElsewhere { others.restart(nil) }
  }

  // Other steps are read in scopes that know where to find others.
  deinit { others.restart(nil) }

  /// A visitor that stops a walk where `stops` says so, at places that have all that this reads. With `passing` it need not be
  /// asked at the end of an iteration with a loss that is finite, and of which the expression does not hold, where that
  /// reads the loss alone; then `passing` is told.
  package func visitor(
    at ends: Visitor.Ends, passing: (() -> Void)? = nil, stops: @escaping (Passing) -> Bool
  ) -> Visitor {
    // At the ends of iterations what is one step ago is told, and what is longer ago is looked up.
    let isTold = told.contains { ends == .layerSteps || $0.steps == 1 }
    return Visitor(
      at: ends, reads: needs.quantities, readsForward: needs.readsForward, cost: cost,
      before: isTold ? { [self] in lookAhead(at: $0) } : nil, mayStop: ends == .iterations ? mayHold(passing) : nil,
      stops: stops)
  }

  /// Whether it may hold of a loss, or that is not finite; nil where it reads more.
  private func mayHold(_ passing: (() -> Void)?) -> ((Double) -> Bool)? {
    guard let plain, let passing else { return nil }
    return { loss in
      if plain.holds(ofLoss: loss) || !loss.isFinite { return true }
      passing()
      return false
    }
  }

  /// Whether a walk with its visitor may begin here: what is read a step ago is there where a step has ended.
  package func mayBegin(at state: State) -> Bool { told.isEmpty || state.stepInProgress == nil }

  /// The value at a place; nil where something is not computed yet.
  /// - Throws: where it has no value for another reason.
  package func value(at place: Passing) throws(EvaluationError) -> Matrix? {
    others.isPassed = true
    do throws(EvaluationError) { return try look(at: place).matrix } catch {
      guard error.isNotComputed else { throw error }
      return nil
    }
  }

  /// Whether it holds at a place: whether all its elements are other than 0. Where something is not computed yet, it does
  /// not.
  /// - Throws: where it has no value for another reason.
  package func holds(at place: Passing) throws(EvaluationError) -> Bool {
    if let plain { return plain.holds(at: place) }
    others.isPassed = true
    do throws(EvaluationError) { return try look(at: place).holdsEverywhere } catch {
      guard error.isNotComputed else { throw error }
      return false
    }
  }

  /// Looks at what later places read of this one.
  private func lookAhead(at place: Passing) {
    let step = place.step
    var isRenewed = false
    for (index, (part, _)) in told.enumerated() {
      if part.needsLook(at: place, step), !isRenewed {
        begin(at: place)
        isRenewed = true
      }
      evaluation.stepsAgo[index].note(part.look(at: place, step, evaluation), step: step)
    }
  }

  private func look(at place: Passing) throws(EvaluationError) -> Value<Double> {
    let step = place.step
    if whole.needsLook(at: place, step) { begin(at: place) }
    let value = whole.look(at: place, step, evaluation)
    if evaluation.work > cost { cost = evaluation.work }
    return try value.get()
  }

  private func begin(at place: Passing) {
    scope.base.follow(place)
    others.renew()
    evaluation.renew()
  }

  // MARK: looking without a walk

  /// Whether what was compiled is still what the expression means in a scope.
  package func fits(_ scope: StateScope) -> Bool { fit == Fit(scope) }

  /// The value in a scope that it fits, wherever that is on whatever line. Nothing of it is kept.
  /// - Throws: what evaluating it would.
  package func value(in other: StateScope, maximumWork: Int? = nil) throws(EvaluationError) -> Matrix {
    others.restart(other.timeline)
    others.isPassed = false
    evaluation.remembered = [:]
    forgetSteps()
    evaluation.limit(to: maximumWork)
    defer {
      others.restart(nil)
      evaluation.renew()
      forgetSteps()
    }
    return try look(at: other.passing).matrix
  }

  /// What was seen on the way here counts no more.
  private func forgetSteps() {
    whole.forget()
    for (index, (part, steps)) in told.enumerated() {
      part.forget()
      evaluation.stepsAgo[index] = KeptSteps(steps)
    }
  }

  /// Whether it holds in a scope that it fits: whether all its elements are other than 0. Where something is not computed
  /// yet, it does not.
  /// - Throws: where it has no value for another reason.
  package func holds(in other: StateScope) throws(EvaluationError) -> Bool {
    do throws(EvaluationError) { return try value(in: other).holdsEverywhere } catch {
      guard error.isNotComputed else { throw error }
      return false
    }
  }
}

extension Value<Double> {
  /// Whether all elements are other than 0.
  fileprivate var holdsEverywhere: Bool {
    switch self {
    case .number(let number): number.isTrue
    case .matrix(_, let elements): elements.allSatisfy(\.isTrue)
    }
  }
}

extension Names {
  /// What an expression reads along a walk.
  struct Needs {
    /// The quantities; nil where they are made of more than has a place of its own.
    var quantities: Set<Quantity>? = []
    /// Whether it reads the weights that the forward pass read.
    var readsForward = false
    /// Whether it may read other steps, or other weights than are there.
    var readsElsewhere = false
  }

  fileprivate func needs(of expression: Expression, _ layers: Int) throws(EvaluationError) -> Needs {
    var needs = Needs()
    try walk(expression) { (node, names) throws(EvaluationError) in
      switch node.kind {
      case .name(_, .some), .old, .derivative: (needs.readsForward, needs.readsElsewhere) = (true, true)
      case .at, .call(Function.changed, _, _): needs.readsElsewhere = true
      default: break
      }
      guard case .name(let name, _) = node.kind,
        case .quantity(let own, _) = try names.meaning(of: name, at: node.range), let quantity = Quantity.named(own)
      else { return true }
      needs.quantities?.insert(quantity.kind.lastLayersKind.map { Quantity($0, layers) } ?? quantity)
      // What is not kept is made of what its layer has.
      if !quantity.kind.isKept, quantity.kind.isOfSample, quantity.kind.lastLayersKind == nil {
        needs.quantities = nil
      }
      return true
    }
    return needs
  }
}
