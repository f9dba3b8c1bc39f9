import Engine

/// One run over an expression: the values of its indices, where it reads from, and how much work is left to it.
final class Evaluation<N: Number> {
  /// The values of the indices, by slot.
  var indices: [Int]
  /// The values of the names that are given, by slot.
  var given: [Value<N>] = []
  /// The values of the arguments of own functions, by slot.
  @exclusivity(unchecked) var arguments: [Value<N>]
  /// Where quantities are read.
  @exclusivity(unchecked) var binding: BoundScope<N>
  /// What stays as it is along a walk, by the memo of the part.
  @exclusivity(unchecked) var remembered: [Int: Value<N>] = [:]
  /// What parts were worth some steps ago, where a walk told.
  @exclusivity(unchecked) var stepsAgo: [KeptSteps<N>] = []
  private let budget: Budget

  init(_ binding: BoundScope<N>, _ compiler: Compiler<N>, maximumWork: Int = Budget.most) {
    self.binding = binding
    budget = Budget(maximumWork)
    indices = Array(repeating: 1, count: compiler.tally.slots)
    arguments = Array(repeating: .number(N(0)), count: compiler.tally.arguments)
  }

  /// A run that goes on in the moving numbers of another binding, with the indices as they are, and arguments that stand
  /// still.
  init<Base>(_ binding: BoundScope<N>, within other: Evaluation<Base>) where N == Dual<Base> {
    self.binding = binding
    budget = other.budget
    indices = other.indices
    arguments = other.arguments.map { Value<Dual<Base>>($0) }
  }

  /// Makes room for the indices of what was compiled since.
  func makeRoom(for compiler: Compiler<N>) {
    while indices.count < compiler.tally.slots { indices.append(1) }
    while arguments.count < compiler.tally.arguments { arguments.append(.number(N(0))) }
  }

  /// Begins anew at another place: what was read is read again.
  func renew() {
    binding.forget()
    budget.renew()
  }

  /// Takes so many operations on numbers at most from here on.
  func limit(to maximumWork: Int?) { budget.maximumWork = min(maximumWork ?? Budget.most, Budget.most) }

  /// Goes on at the same place, with what was read, as if nothing had been worked out yet.
  func refill() { budget.renew() }

  /// The operations on numbers so far.
  var work: Int { budget.work }

  /// Counts work before it is done.
  /// - Throws: where it is more than an evaluation may take.
  func charge(_ times: Int, _ each: Int = 1) throws(EvaluationError) { try budget.charge(times, each) }

  /// The leading rows of a quantity that is computed in part here.
  func computedRows(of quantity: String) throws(EvaluationError) -> Value<N>? {
    guard let rows = binding.scope.computedRows(of: quantity, binding.reading) else { return nil }
    try charge(rows.count)
    return rows
  }

  /// Runs a part with another binding.
  @inline(__always)
  func with<Result>(
    _ change: BoundScope<N>.Change, _ part: () throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> Result {
    try with(try binding.changed(change), part)
  }

  /// Runs a part at a sample, one of very many.
  func passing<Result>(
    sample: Int, _ part: () throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> Result {
    try with(try binding.passing(sample: sample), part)
  }

  @inline(__always)
  private func with<Result>(
    _ other: (binding: BoundScope<N>, cost: Int), _ part: () throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> Result {
    let outer = binding
    try charge(other.cost)
    binding = other.binding
    defer { binding = outer }
    return try part()
  }
}

/// How many operations on numbers an evaluation may take, and has taken.
final class Budget {
  @exclusivity(unchecked) private(set) var work = 0
  @exclusivity(unchecked) fileprivate(set) var maximumWork: Int
  private let sign = StopSign.current

  /// The most that any may take.
  static let most = 30_000_000

  func renew() { work = 0 }

  init(_ maximumWork: Int) { self.maximumWork = min(maximumWork, Budget.most) }

  func charge(_ times: Int, _ each: Int) throws(EvaluationError) {
    let (product, overflow) = times.multipliedReportingOverflow(by: each)
    guard !overflow, product <= maximumWork - work else {
      throw EvaluationError("this takes more than \(maximumWork) operations on numbers")
    }
    if let sign, sign.isUp { throw .stopped }
    work += product
  }
}

/// A part of an expression, ready to run.
typealias Code<N: Number> = (Evaluation<N>) throws(EvaluationError) -> Value<N>

/// An index or another whole number, ready to be worked out.
typealias IndexCode<N: Number> = (Evaluation<N>) throws(EvaluationError) -> Int

extension Expression {
  /// The value here. `maximumWork` is how many operations on numbers it may take, where that is fewer than any expression
  /// may.
  /// - Throws: `EvaluationError`: an unknown name, a quantity that is not computed yet, shapes that do not fit, or more
  ///   work than an expression may take.
  package func evaluate(in scope: StateScope, maximumWork: Int? = nil) throws(EvaluationError) -> Matrix {
    try value(in: scope, maximumWork: maximumWork ?? Budget.most).matrix
  }

  /// The value in the numbers of a scope.
  func value<S: Scope>(in scope: S, maximumWork: Int = Budget.most) throws(EvaluationError) -> Value<S.N> {
    let compiler = Compiler<S.N>()
    let code = try compiler.compile(self, Names(scope))
    return try code(Evaluation(BoundScope(scope), compiler, maximumWork: maximumWork))
  }
}

extension Scope {
  /// The whole number that an expression is here, where it is one that costs little.
  func whole(_ expression: Expression) -> Int? {
    try? expression.value(in: self, maximumWork: 10_000).number?.whole
  }
}
