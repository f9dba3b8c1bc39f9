import Engine

/// Turns an expression into code for one evaluation: names are looked up and ranges inferred once, not for every element.
final class Compiler<N: Number> {
  /// In which order sums of products are taken.
  let order: SummationOrder
  /// What is counted, together with the compilers of the numbers that parts are worked out in.
  let tally: Tally
  /// What is read some steps ago, which an evaluation along a walk is told beforehand.
  private(set) var stepsAgo: [PartStepsAgo<N>] = []

  init(summed order: SummationOrder = .inSequence, _ tally: Tally = Tally()) {
    self.order = order
    self.tally = tally
  }

  /// A slot for an index.
  func slot() -> Int {
    tally.slots += 1
    return tally.slots - 1
  }

  /// A place among what is read some steps ago.
  func place(_ part: PartStepsAgo<N>) -> Int {
    stepsAgo.append(part)
    return stepsAgo.count - 1
  }

  /// Code for an expression.
  /// - Throws: where a name is unknown, or an index has no range or two.
  func compile(_ expression: Expression, _ names: Names) throws(EvaluationError) -> Code<N> {
    try names.visit(expression)
    tally.nodes += 1
    let range = names.place(expression.range)
    return switch expression.kind {
    case .number(let literal): try compile(literal: literal, range)
    case .name(let name, let version): try compile(name: name, version, range, names)
    case .element(let base, let indices): try compile(elementOf: base, indices, range, names)
    case .matrix(let rows): try compile(matrix: Expression.Kind.rowsMeant(by: rows), range, names)
    case .file(let file): compile(file: file)
    case .unary(let sign, let operand): try compile(sign, operand, names)
    case .binary(let sign, let left, let right):
      try compile(sign, left, right, names.place(expression.place), names)
    case .transpose(let operand):
      try compile(of: operand, names, range) { (value) throws(EvaluationError) in value.transposed }
    case .norm(let operand):
      try compile(of: operand, names, range) { (value) throws(EvaluationError) in try value.norm }
    case .call(let name, let isDerivative, let arguments):
      try compile(call: name, isDerivative, arguments, range, names)
    case .fold(let fold, let index, let bounds, let body): try compile(fold, index, bounds, body, range, names)
    case .at(let step, let body): try compile(at: step, body, names)
    case .old(let body): try compile(old: body, names)
    case .derivative(let body, let quantity): try N.derivative(of: body, by: quantity, self, names)
    }
  }

  private func compile(file: GivenFile) -> Code<N> {
    let matrix = file.matrix
    let value = Value<N>(Shape(matrix.rows, matrix.columns), matrix.elements.map { N(core: $0) })
    return { evaluation throws(EvaluationError) in
      try evaluation.charge(value.count)
      return value
    }
  }

  private func compile(literal: Literal, _ range: Range<Int>) throws(EvaluationError) -> Code<N> {
    let value = try located(range) { () throws(EvaluationError) in Value.number(try N.typed(literal)) }
    return { _ in value }
  }

  /// Code for what a rule makes of one value.
  func compile(
    of operand: Expression, _ names: Names, _ range: Range<Int>,
    _ rule: @escaping (Value<N>) throws(EvaluationError) -> Value<N>
  ) throws(EvaluationError) -> Code<N> {
    let code = try compile(operand, names)
    return { evaluation throws(EvaluationError) in
      let value = try code(evaluation)
      return try located(range) { () throws(EvaluationError) in
        try evaluation.charge(value.count)
        return try rule(value)
      }
    }
  }
}

/// What is counted while an expression is compiled.
final class Tally {
  /// How many slots for indices there are.
  var slots = 0
  /// How many slots for arguments of own functions there are.
  var arguments = 0
  /// How many nodes were compiled: what one run of a body costs.
  var nodes = 0
  /// How many parts are remembered.
  var memos = 0
  /// The slots that what is being compiled reads; names that are given, and arguments, read the slot -1.
  var reads: Set<Int> = []
  private var ids: [String: Int] = [:]

  /// The number of a quantity's name and version.
  func id(_ name: String, _ version: Int?) -> Int {
    let key = version.map { "\(name)⟨\($0)⟩" } ?? name
    if let id = ids[key] { return id }
    ids[key] = ids.count
    return ids.count - 1
  }

  /// Runs a part, and says which slots it reads.
  func reading<Result>(
    _ part: () throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> (result: Result, reads: Set<Int>) {
    let outer = reads
    reads = []
    defer { reads.formUnion(outer) }
    let result = try part()
    return (result, reads)
  }
}
