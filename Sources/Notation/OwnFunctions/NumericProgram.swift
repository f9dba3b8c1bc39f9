import Engine

/// A body of numbers, ready to be worked out over runs of them: a list of operations, each of whose results has a place of its own,
/// and what stands in the body twice is worked out once. A run allocates a little once, and nothing for each number. Its
/// numbers have the bits that the evaluator gives them.
struct NumericProgram: Sendable {
  private enum Operation: Sendable {
    case argument(Int)
    case constant(Double)
    case plus(Int, Int)
    case minus(Int, Int)
    case times(Int, Int)
    case over(Int, Int)
    case negative(Int)
    case function(@Sendable (Double) -> Double, Int)
    case pair(@Sendable (Double, Double) -> Double, Int, Int)
  }

  /// In an order in which each reads only those before it; the last one is the result.
  private var operations: [Operation] = []

  /// How many numbers are taken through the operations together, as far as there is room for.
  private static let block = 64
  private static let room = 1 << 14

  /// A body that is written out, over one or two arguments.
  init(_ body: Expression, of arguments: [String]) {
    var known: [String: Int] = [:]
    _ = add(body, arguments, &known)
  }

  /// Works it out for `count` numbers of each argument; one that is nil is not read.
  func run(
    _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>? = nil, into result: UnsafeMutablePointer<Double>,
    count: Int
  ) {
    let block = max(1, min(NumericProgram.block, NumericProgram.room / max(operations.count, 1), count))
    withUnsafeTemporaryAllocation(of: Double.self, capacity: operations.count * block) { room in
      guard let start = room.baseAddress else { return }
      start.initialize(repeating: 0, count: operations.count * block)
      var done = 0
      while done < count {
        let size = min(block, count - done)
        for (place, operation) in operations.enumerated() {
          perform(operation, start, to: start + place * block, first + done, second.map { $0 + done }, block, size)
        }
        let last = start + (operations.count - 1) * block
        for index in 0..<size { result[done + index] = last[index] }
        done += size
      }
    }
  }

  @inline(__always)
  private func perform(
    _ operation: Operation, _ start: UnsafeMutablePointer<Double>, to: UnsafeMutablePointer<Double>,
    _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>?, _ block: Int, _ size: Int
  ) {
    func both(_ a: Int, _ b: Int, _ rule: (Double, Double) -> Double) {
      let (x, y) = (start + a * block, start + b * block)
      for index in 0..<size { to[index] = rule(x[index], y[index]) }
    }
    switch operation {
    case .argument(let place):
      let from = place == 0 ? first : second ?? first
      for index in 0..<size { to[index] = from[index] }
    case .constant(let number): for index in 0..<size { to[index] = number }
    case .plus(let a, let b): both(a, b, +)
    case .minus(let a, let b): both(a, b, -)
    case .times(let a, let b): both(a, b, *)
    case .over(let a, let b): both(a, b, /)
    case .negative(let a):
      let x = start + a * block
      for index in 0..<size { to[index] = -x[index] }
    case .function(let rule, let a):
      let x = start + a * block
      for index in 0..<size { to[index] = rule(x[index]) }
    case .pair(let rule, let a, let b): both(a, b, rule)
    }
  }

  // MARK: - Made of a body

  /// The place of what a part comes to; one that is there already is taken.
  private mutating func add(_ part: Expression, _ arguments: [String], _ known: inout [String: Int]) -> Int {
    let (key, operation): (String, Operation)
    switch part.kind {
    case .number(let literal): (key, operation) = ("\(literal.value.bitPattern)", .constant(literal.value))
    case .name(let name, _): (key, operation) = ("argument \(name)", .argument(arguments.firstIndex(of: name) ?? 0))
    case .unary(let sign, let operand):
      let a = add(operand, arguments, &known)
      key = "\(sign.rawValue) \(a)"
      operation = sign == .minus ? .negative(a) : .function({ $0.isTrue ? 0 : 1 }, a)
    case .binary(let sign, let left, let right):
      let (a, b) = (add(left, arguments, &known), add(right, arguments, &known))
      (key, operation) = ("\(sign.rawValue) \(a) \(b)", NumericProgram.operation(sign, a, b))
    case .call(let name, let isDerivative, let parts):
      let places = parts.map { add($0, arguments, &known) }
      key = "\(name)\(isDerivative ? "'" : "") \(places)"
      operation = NumericProgram.operation(call: name, isDerivative, places)
    default: (key, operation) = ("nan", .constant(.nan))
    }
    if let place = known[key] { return place }
    operations.append(operation)
    known[key] = operations.count - 1
    return operations.count - 1
  }

  private static func operation(_ sign: BinaryOperator, _ a: Int, _ b: Int) -> Operation {
    switch sign {
    case .plus: .plus(a, b)
    case .minus: .minus(a, b)
    case .times, .timesEach: .times(a, b)
    case .over, .overEach: .over(a, b)
    case .power: .pair({ power($0, $1) }, a, b)
    case .and: .pair({ $0.isTrue && $1.isTrue ? 1 : 0 }, a, b)
    case .or: .pair({ $0.isTrue || $1.isTrue ? 1 : 0 }, a, b)
    case .equal, .unequal, .less, .atMost, .greater, .atLeast, .near: .pair({ sign.holds($0, $1) ? 1 : 0 }, a, b)
    }
  }

  private static func operation(call name: String, _ isDerivative: Bool, _ places: [Int]) -> Operation {
    switch Function.named[name]?.rule {
    case .elementwise(let row): return .function(row.value, places[0])
    case .pairwise(let row): return .pair(row.value, places[0], places[1])
    case .fold(.max): return .pair({ $0 >= $1 ? $0 : $0.isNaN ? $0 : $1 }, places[0], places[1])
    case .fold(.min): return .pair({ $0 <= $1 ? $0 : $0.isNaN ? $0 : $1 }, places[0], places[1])
    default:
      guard let choice = Activation.named(name).map(ActivationChoice.init) else { return .constant(.nan) }
      guard isDerivative else { return .function({ choice.value($0) }, places[0]) }
      return .function({ choice.derivative(net: $0, a: choice.value($0)) }, places[0])
    }
  }
}
