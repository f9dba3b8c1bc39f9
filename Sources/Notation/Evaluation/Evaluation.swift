import Engine

/// One run over an expression: the values of its indices, where it reads from, and how much work is left to it.
final class Evaluation {
  /// The values of the indices, by slot.
  var indices: [Int]
  /// Where quantities are read.
  var binding: Binding
  /// The operations on numbers so far.
  private(set) var work = 0
  private let maximumWork: Int

  /// How many elements a matrix may have that an expression makes.
  static let maximumCount = 1 << 21
  /// How many operations on numbers an evaluation may take.
  static let maximumWork = 30_000_000

  init(_ binding: Binding, slots: Int, maximumWork: Int = Evaluation.maximumWork) {
    self.binding = binding
    self.maximumWork = maximumWork
    indices = Array(repeating: 1, count: slots)
  }

  /// Counts work before it is done.
  /// - Throws: where it is more than an evaluation may take.
  func charge(_ times: Int, _ each: Int = 1) throws(EvaluationError) {
    let (product, overflow) = times.multipliedReportingOverflow(by: each)
    guard !overflow, product <= maximumWork - work else {
      throw EvaluationError("this takes more than \(maximumWork) operations on numbers")
    }
    work += product
  }

  /// The leading rows of a quantity that is computed in part here.
  func computedRows(of quantity: String) throws(EvaluationError) -> Value? {
    guard binding.seed == nil, let rows = binding.scope.computedRows(of: quantity, binding.reading) else { return nil }
    try charge(rows.count)
    return Value(rows)
  }

  /// Runs a part with another binding.
  func with<Result>(
    _ change: Binding.Change, _ part: () throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> Result {
    let outer = binding
    let (inner, cost) = try outer.changed(change)
    try charge(cost)
    binding = inner
    defer { binding = outer }
    return try part()
  }
}

/// A part of an expression, ready to run.
typealias Code = (Evaluation) throws(EvaluationError) -> Value

extension Expression {
  /// The value here. `maximumWork` is how many operations on numbers it may take, where that is fewer than any expression
  /// may.
  /// - Throws: `EvaluationError`: an unknown name, a quantity that is not computed yet, shapes that do not fit, or more
  ///   work than an expression may take.
  public func evaluate(in scope: any Scope, maximumWork: Int? = nil) throws(EvaluationError) -> Matrix {
    try value(in: scope, maximumWork: min(maximumWork ?? .max, Evaluation.maximumWork)).matrix
  }

  func value(in scope: any Scope, maximumWork: Int = Evaluation.maximumWork) throws(EvaluationError) -> Value {
    let compiler = Compiler()
    let code = try compiler.compile(self, Names(scope))
    return try code(Evaluation(Binding(scope), slots: compiler.slots, maximumWork: maximumWork))
  }
}
