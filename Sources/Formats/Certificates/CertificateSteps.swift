import Engine

/// The steps of a point, redone one by one.
struct CertificateSteps {
  /// What a step is, as far as others refer to it.
  private struct Done {
    let operation: String
    let name: String
    let operands: [Int]
    let result: CertificateNumber
    let usesSaid: Int
  }
  private var done: [Done] = []
  private var uses: [Int] = []
  private var generator: CertificateGenerator?
  private(set) var draws = false
  /// Where a function's value at some arguments was drawn.
  private var functions: [[String]: Int] = [:]
  /// The powers by their exponents, and the other way round.
  private var powers: [UInt64: UInt64] = [0: 1]
  private var exponents: [UInt64: UInt64] = [1: 0]

  // What the bound is counted from.
  private(set) var looked = 0
  private(set) var argument = 0
  private(set) var mostCited = 0
  private(set) var hasComparisons = false

  private static let mostPower: UInt64 = 1 << 20

  /// Without a stream nothing may be drawn.
  init(seed: Int?, stream: Int?) {
    if let seed, let stream { generator = CertificateGenerator(seed: seed, stream: stream) }
  }

  var count: Int { done.count }

  /// A step that came before, which is used once more.
  mutating func use(_ row: Int, in part: CertificatePart) throws(CertificateError) -> CertificateNumber {
    guard row >= 1, row <= done.count else { throw part.error("step \(row) does not stand before it") }
    uses[row - 1] += 1
    return done[row - 1].result
  }

  private mutating func next(in part: CertificatePart) throws(CertificateError) -> CertificateNumber {
    guard let value = generator?.next() else { throw part.error("it draws a number, and there is no seed or stream") }
    draws = true
    return CertificateNumber(value, 1)
  }

  /// Counts a value that was looked up, with the degrees of all that it is about.
  private mutating func look(_ numbers: [CertificateNumber]) {
    looked += 1
    argument = max(argument, numbers.map(\.degree).max() ?? 0)
  }

  // MARK: a step

  private static let required = ["step", "value", "degrees", "uses"]

  /// Redoes a step, and holds what it says against that.
  mutating func redo(_ part: CertificatePart) throws(CertificateError) {
    let members = try part.members(CertificateSteps.required, optional: ["name", "fraction", "of", "from"])
    guard let word = members["step"], let value = members["value"], let degrees = members["degrees"],
      let usesPart = members["uses"]
    else { return }
    let operation = try word.text
    let rows = try members["of"]?.wholes(1...max(done.count, 1)) ?? []
    var operands: [CertificateNumber] = []
    for row in rows { operands.append(try use(row, in: part)) }
    var cited: [Int] = []
    for row in try members["from"]?.wholes(-done.count...done.count) ?? [] {
      _ = try use(abs(row), in: part)
      cited.append(row)
    }
    let name = try members["name"]?.text
    let step = Given(
      part: part, operation: operation, name: name, fraction: members["fraction"], rows: rows, operands: operands,
      cited: cited)
    let result = try self.result(of: step)
    guard result.above < CertificateNumber.mostDegree, result.below < CertificateNumber.mostDegree else {
      throw part.error("its degree is too high")
    }
    let said = try value.digits
    guard !said.isNegative, said.size == result.value else {
      throw part.error("its value is \(result.value), and it says \(try value.text)")
    }
    let pair = try degrees.wholes(0...CertificateNumber.mostDegree)
    guard pair == [result.above, result.below] else {
      throw part.error("its degrees are \(result.above) and \(result.below), and it says others")
    }
    done.append(
      Done(
        operation: operation, name: name ?? "", operands: rows, result: result,
        usesSaid: try usesPart.whole(0...Int(Int32.max))))
    uses.append(0)
  }

  /// What a step says.
  private struct Given {
    let part: CertificatePart
    let operation: String
    let name: String?
    let fraction: CertificatePart?
    let rows: [Int]
    let operands: [CertificateNumber]
    let cited: [Int]

    /// Its only operand.
    var operand: CertificateNumber {
      get throws(CertificateError) {
        guard operands.count == 1 else { throw part.error("\(operation) has one operand") }
        return operands[0]
      }
    }

    /// Both its operands.
    var pair: (CertificateNumber, CertificateNumber) {
      get throws(CertificateError) {
        guard operands.count == 2 else { throw part.error("\(operation) has two operands") }
        return (operands[0], operands[1])
      }
    }
  }

  private mutating func result(of step: Given) throws(CertificateError) -> CertificateNumber {
    let (part, operation) = (step.part, step.operation)
    guard step.cited.isEmpty || ["again", "law", "root squared"].contains(operation),
      (step.fraction != nil) == (operation == "number"),
      (step.name != nil) == ["drawn", "again", "law"].contains(operation)
    else { throw part.error("\(operation) has parts that do not belong to it, or not all of its own") }
    switch operation {
    case "number": return try number(step)
    case "+":
      let (a, b) = try step.pair
      return a + b
    case "-":
      let (a, b) = try step.pair
      return a + -b
    case "*":
      let (a, b) = try step.pair
      if a.value == b.value { look([a, b, a * b]) }
      return a * b
    case "negate": return -(try step.operand)
    case "invert":
      guard let inverse = try step.operand.inverse else { throw part.error("it divides by 0") }
      return inverse
    case "drawn" where step.operands.isEmpty: return try next(in: part)
    default:
      let result = try lookedUp(step)
      look([result] + step.operands)
      mostCited = max(mostCited, step.cited.count)
      return result
    }
  }

  private func number(_ step: Given) throws(CertificateError) -> CertificateNumber {
    guard step.operands.isEmpty, let fraction = try step.fraction?.fraction else {
      throw step.part.error("a number has no operands")
    }
    let (above, below) = (try fraction.numerator.digits, try fraction.denominator.digits)
    guard above.size < CertificateNumber.modulus, below.size < CertificateNumber.modulus, below.size > 0,
      !below.isNegative, CertificateNumber.greatestDivisor(above.size, below.size) == 1
    else { throw step.part.error("this is no fraction in its lowest terms") }
    let value = CertificateNumber.product(above.size, CertificateNumber.inverse(below.size))
    return CertificateNumber(above.isNegative ? CertificateNumber.negative(value) : value)
  }
}

// What is looked up by its value: functions and their laws.
extension CertificateSteps {
  private mutating func lookedUp(_ step: Given) throws(CertificateError) -> CertificateNumber {
    let part = step.part
    switch step.operation {
    case "drawn": return try drawnValue(step)
    case "again":
      let row = functions[key(of: step)]
      guard let row, step.cited == [row] else { throw part.error("it was not drawn there at the same argument") }
      return done[row - 1].result
    case "law":
      guard ["exp", "log"].contains(step.name) else { throw part.error("only exp and log have this law") }
      return try keepingPair(step, try valueByLaw(step))
    case "power":
      let (a, b) = try step.pair
      guard done[step.rows[1] - 1].operation == "number", b.value <= CertificateSteps.mostPower else {
        throw part.error("a power is a whole number")
      }
      let times = Int(b.value)
      return CertificateNumber(CertificateNumber.power(a.value, b.value), a.above * times, a.below * times)
    case "root squared":
      let (a, b) = try step.pair
      guard step.cited.count == 1, let row = step.cited.first, row > 0, done[row - 1].name == "sqrt",
        let of = done[row - 1].operands.first, a.value == done[row - 1].result.value, b.value == a.value
      else { throw part.error("it is no root times itself") }
      return done[of - 1].result
    case "zero": return CertificateNumber(try step.operand.value == 0 ? 1 : 0)
    default: throw part.error("\(step.operation) is no step")
    }
  }

  private func key(of step: Given) -> [String] { [step.name ?? ""] + step.operands.map { String($0.value) } }

  /// The value of a function at an argument that was not met before.
  private mutating func drawnValue(_ step: Given) throws(CertificateError) -> CertificateNumber {
    guard step.operands.count <= 2, functions.updateValue(done.count + 1, forKey: key(of: step)) == nil else {
      throw step.part.error("it was drawn before at the same argument, or has more than two")
    }
    hasComparisons = hasComparisons || step.name == ">"
    var result = try next(in: step.part)
    guard step.name == "exp" || step.name == "log" else { return result }
    while step.name == "exp", result.value == 0 { result = try next(in: step.part) }
    return try keepingPair(step, result)
  }

  /// The value of exp or log by the law that exponents add up where powers are multiplied.
  private func valueByLaw(_ step: Given) throws(CertificateError) -> CertificateNumber {
    var (exponent, power) = (CertificateNumber(0), CertificateNumber(1))
    for row in step.cited {
      guard let pair = pair(abs(row)), let inverse = pair.power.inverse else {
        throw step.part.error("step \(abs(row)) is no value of exp or log")
      }
      exponent = exponent + (row < 0 ? -pair.exponent : pair.exponent)
      power = power * (row < 0 ? inverse : pair.power)
    }
    let (argument, result) = step.name == "exp" ? (exponent, power) : (power, exponent)
    guard argument.value == (try step.operand.value) else {
      throw step.part.error("those that it is made of do not make its argument")
    }
    return result
  }

  /// The exponent and the power of a step that is a value of exp or log.
  private func pair(_ row: Int) -> (exponent: CertificateNumber, power: CertificateNumber)? {
    guard row > 0, let of = done[row - 1].operands.first else { return nil }
    let (operand, result) = (done[of - 1].result, done[row - 1].result)
    switch done[row - 1].name {
    case "exp": return (operand, result)
    case "log": return (result, operand)
    default: return nil
    }
  }

  /// Keeps the exponent and the power of a step, each of which has one other.
  private mutating func keepingPair(
    _ step: Given, _ result: CertificateNumber
  ) throws(CertificateError) -> CertificateNumber {
    let operand = try step.operand.value
    let (exponent, power) = step.name == "exp" ? (operand, result.value) : (result.value, operand)
    guard power != 0, powers[exponent] ?? power == power, exponents[power] ?? exponent == exponent else {
      throw step.part.error("it has another value at the same argument")
    }
    let turned = (CertificateNumber.negative(exponent), CertificateNumber.inverse(power))
    (powers[exponent], powers[turned.0]) = (power, turned.1)
    (exponents[power], exponents[turned.1]) = (exponent, turned.0)
    return result
  }
}

// What else refers to steps.
extension CertificateSteps {
  /// Notes a comparison that is gone through.
  mutating func goThrough(_ gate: Int, in part: CertificatePart) throws(CertificateError) {
    let difference = try use(gate, in: part)
    guard difference.value != 0 else { throw part.error("a comparison of what is 0 has one outcome") }
    hasComparisons = true
  }

  /// Counts the comparisons that are gone through.
  mutating func count(gates: Set<Int>) {
    for gate in gates { look([done[gate - 1].result]) }
  }

  /// Whether each step was used as often as it says.
  func checkUses(in part: CertificatePart) throws(CertificateError) {
    for (place, step) in done.enumerated() where step.usesSaid != uses[place] {
      throw part.error("step \(place + 1) is used \(uses[place]) times, and says \(step.usesSaid)")
    }
  }
}
