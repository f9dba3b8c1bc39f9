import Engine

/// Writes a formula of the tables as Python has it, over arrays of NumPy or tensors of PyTorch. A column of the formula is
/// an array with a row for each sample there, so that what goes element by element goes over the whole batch at once, and
/// what is made of a column, such as its sum, is made of each row.
package struct PythonPrinter: Sendable {
  /// The library whose functions it calls.
  package enum Library: Sendable {
    case numpy, torch

    /// The module as scripts import it.
    var module: String { self == .numpy ? "np" : "torch" }
  }

  /// Why a formula has no such form.
  package struct Failure: Error, Equatable, Sendable {
    /// What is wrong, as a user reads it.
    package let message: Text
  }

  /// The library.
  package let library: Library
  /// What the names of a formula are called in the script; those that are not here keep their own.
  package var names: [String: String]
  /// The names that stand for arrays; all others are numbers of Python.
  package var arrays: Set<String>
  /// The names that stand for targets of which 0 takes its term away: 0 · log 0 is 0 then.
  package var winningTargets: Set<String>

  /// A printer over these arrays.
  package init(
    _ library: Library, arrays: Set<String>, names: [String: String] = [:], winningTargets: Set<String> = []
  ) {
    (self.library, self.arrays, self.names, self.winningTargets) = (library, arrays, names, winningTargets)
  }

  /// Whether a formula stands for an array.
  package func isArray(_ expression: Expression) -> Bool { expression.mentions(anyOf: arrays) }

  /// The formula in Python.
  /// - Throws: `Failure`, which names what Python cannot say.
  package func print(_ expression: Expression) throws(Failure) -> String {
    switch expression.kind {
    case .number(let literal): return number(literal.value)
    case .name(let name, version: nil): return names[name] ?? PythonPrinter.identifier(name)
    case .element(let base, let indices): return try element(base, indices)
    case .unary(.not, let operand): return call("logical_not", [try tensor(operand)])
    case .unary(.minus, let operand):
      let text =
        isTruth(operand) ? "1.0 * " + (try print(operand, atLeast: .product)) : try print(operand, atLeast: .minus)
      return text.hasPrefix("-") ? "-(\(text))" : "-" + text
    case .binary(let sign, let left, let right): return try print(sign, left, right)
    case .call(let name, let isDerivative, let arguments): return try print(name, isDerivative, arguments)
    default: throw failure(expression)
    }
  }

  /// A formula whose value is to be numbers: what is true or false becomes 1 or 0.
  package func printNumbers(_ expression: Expression) throws(Failure) -> String {
    isTruth(expression) ? "1.0 * " + (try print(expression, atLeast: .product)) : try print(expression)
  }

  /// A number as Python writes it, in its shortest form.
  package func number(_ value: Double) -> String {
    switch value {
    case .pi: library == .numpy ? "np.pi" : "torch.pi"
    case .infinity: "\(library.module).inf"
    default: value.isNaN ? "\(library.module).nan" : shortest(value)
    }
  }

  private func failure(_ part: Expression) -> Failure { Failure(message: "\(part) cannot be written in Python") }

  private func print(_ expression: Expression, atLeast precedence: Precedence) throws(Failure) -> String {
    let text = try print(expression)
    return self.precedence(expression, text) < precedence ? "(\(text))" : text
  }

  private func precedence(_ expression: Expression, _ text: String) -> Precedence {
    switch expression.kind {
    case .unary(.minus, let operand): isTruth(operand) ? .product : .minus
    case .number: text.hasPrefix("-") ? .minus : .postfix
    // What is called by a name holds together; the equality of two indices is a matrix.
    case .binary(.and, _, _), .binary(.or, _, _), .binary(.near, _, _): .postfix
    case .binary(.equal, let left, let right) where areIndices(left, right): .postfix
    case .binary(let sign, _, _): sign.precedence
    default: .postfix
    }
  }

  // MARK: - Operators

  private func print(_ sign: BinaryOperator, _ left: Expression, _ right: Expression) throws(Failure) -> String {
    switch sign {
    case .and: return call("logical_and", [try tensor(left), try tensor(right)])
    case .or: return call("logical_or", [try tensor(left), try tensor(right)])
    case .near: return call("isclose", [try tensor(left), try tensor(right), "rtol=1e-9", "atol=1e-12"])
    case .equal where areIndices(left, right): return "\(library.module).eye(a.shape[1])"
    default: break
    }
    let leftmost = sign.isComparison || sign == .power ? sign.precedence.tighter : sign.precedence
    // Python's arrays of truth values can be multiplied, but not taken from one another.
    let areBoth = isTruth(left) && isTruth(right)
    func operand(_ part: Expression, _ precedence: Precedence) throws(Failure) -> String {
      let isConverted = isTruth(part) && (sign == .minus || sign == .plus && areBoth || sign == .power)
      guard isConverted else { return try print(part, atLeast: precedence) }
      let text = "1.0 * " + (try print(part, atLeast: .product))
      return precedence > .product ? "(\(text))" : text
    }
    let a = try operand(left, leftmost)
    var b = ""
    if let guarded = try guardedOperand(sign, left, right) {
      b = guarded
    } else {
      b = try operand(right, sign == .power ? .minus : sign.precedence.tighter)
    }
    if b.hasPrefix("-"), sign != .power { b = "(\(b))" }
    return "\(a) \(sign.python) \(b)"
  }

  /// What stands behind a target of which 0 takes it away, without what has no value there: `Y * np.log(np.where(Y == 0, 1, A))`.
  private func guardedOperand(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression
  ) throws(Failure) -> String? {
    guard left.mentionsOnly(winningTargets), right.mentions(anyOf: arrays.subtracting(winningTargets)) else {
      return nil
    }
    var target = left
    if case .unary(.minus, let operand) = left.kind { target = operand }
    let isZero = "\(try print(target, atLeast: .sum)) == 0"
    switch (sign, right.kind) {
    case (.over, _), (.overEach, _): return call("where", [isZero, "1.0", try print(right)])
    case (.times, .call("log", isDerivative: false, let arguments)),
      (.timesEach, .call("log", isDerivative: false, let arguments)):
      return call("log", [call("where", [isZero, "1.0", try print(arguments[0])])])
    default: return nil
    }
  }

  /// Whether it is true or false in Python, and no number.
  private func isTruth(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .binary(.equal, let left, let right): !areIndices(left, right)
    case .binary(let sign, let left, let right):
      sign.isComparison || sign == .and || sign == .or
        || (sign == .times || sign == .timesEach) && isTruth(left) && isTruth(right)
    case .unary(.not, _): true
    case .call(let name, false, _): Function.named[name]?.isTruth == true
    default: false
    }
  }

  // MARK: - Indices of a Jacobian

  /// The places of an index of J[i,k] in an array with a row for each sample.
  private static let axes = ["i": "[:, :, None]", "k": "[:, None, :]"]

  private func areIndices(_ left: Expression, _ right: Expression) -> Bool {
    guard case .name(let one, nil) = left.kind, case .name(let other, nil) = right.kind else { return false }
    return PythonPrinter.axes[one] != nil && PythonPrinter.axes[other] != nil
  }

  private func element(_ base: Expression, _ indices: [Expression]) throws(Failure) -> String {
    guard indices.count == 1, case .name(let index, nil) = indices[0].kind, let axis = PythonPrinter.axes[index] else {
      throw failure(Expression(.element(base, indices)))
    }
    return try print(base, atLeast: .postfix) + axis
  }

  // MARK: - Functions

  private func call(_ name: String, _ arguments: [String]) -> String {
    "\(library.module).\(name)(\(arguments.joined(separator: ", ")))"
  }

  /// An argument of a function that takes nothing but arrays: PyTorch's take no plain numbers.
  private func tensor(_ argument: Expression) throws(Failure) -> String {
    let text = try printNumbers(argument)
    return library == .torch && !argument.mentions(anyOf: arrays) ? "torch.tensor(\(text))" : text
  }

  private func print(_ name: String, _ isDerivative: Bool, _ arguments: [Expression]) throws(Failure) -> String {
    if let row = Activation.named(name), arguments.count == 1 {
      let function = PythonPrinter.identifier(row.name)
      let value =
        row.isElementary ? call(row.name, [try tensor(arguments[0])]) : "\(function)(\(try print(arguments[0])))"
      return isDerivative ? "\(function)_derivative(\(try print(arguments[0])), \(value))" : value
    }
    guard !isDerivative, let row = Function.named[name] else {
      throw failure(Expression(.call(name, isDerivative: isDerivative, arguments)))
    }
    if name == "log", let exponent = arguments.first?.exponentPlusOne {
      return call("logaddexp", [library == .numpy ? "0" : "torch.tensor(0.0)", try tensor(exponent)])
    }
    switch (row.rule, arguments.count) {
    case (.fold(let fold), 1): return try rowwise(fold, arguments[0])
    case (.fold(let fold), 2) where fold.takesPairs: return try larger(fold, arguments)
    case (.elementwise, 1), (.pairwise, 2):
      let function = (library == .numpy ? row.inPython.numpy : row.inPython.torch) ?? "\(library.module).\(name)"
      var given: [String] = []
      for argument in arguments { given.append(try tensor(argument)) }
      return "\(function)(\(given.joined(separator: ", ")))"
    default: throw failure(Expression(.call(name, isDerivative: false, arguments)))
    }
  }

  /// A fold of each sample's row.
  private func rowwise(_ fold: Fold, _ argument: Expression) throws(Failure) -> String {
    let argument = try printNumbers(argument)
    guard library == .torch else { return call(fold.rawValue, [argument, "axis=1", "keepdims=True"]) }
    return call(fold.takesPairs ? "a\(fold.rawValue)" : fold.rawValue, [argument, "dim=1", "keepdim=True"])
  }

  /// The larger or smaller of two; of two that are equal the first, so that autograd goes with it as we do.
  private func larger(_ fold: Fold, _ pair: [Expression]) throws(Failure) -> String {
    let (a, b) = (try printNumbers(pair[0]), try printNumbers(pair[1]))
    if library == .numpy { return call("\(fold.rawValue)imum", [a, b]) }
    guard pair.contains(where: { $0.mentions(anyOf: arrays) }) else { return "\(fold.rawValue)(\(a), \(b))" }
    let (first, second) = (try print(pair[0], atLeast: .sum), try print(pair[1], atLeast: .sum))
    return call("where", ["\(first) \(fold == .max ? ">=" : "<=") \(second)", a, b])
  }
}

extension Expression {
  /// v where it is 1 + exp(v), whose logarithm both libraries have without overflow; else nil.
  fileprivate var exponentPlusOne: Expression? {
    guard case .binary(.plus, .number(1), let right) = kind,
      case .call("exp", isDerivative: false, let arguments) = right.kind
    else { return nil }
    return arguments.first
  }
}

extension BinaryOperator {
  /// The operator in Python, where it has a sign there.
  fileprivate var python: String {
    switch self {
    case .timesEach: "*"
    case .overEach: "/"
    case .power: "**"
    default: rawValue
    }
  }
}
