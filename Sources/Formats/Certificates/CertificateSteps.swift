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
  /// What was drawn for a function's arguments.
  private var functions: [[String]: Int] = [:]
  /// The powers by their exponents, and the other way round.
  private var powers: [UInt64: UInt64] = [0: 1]
  private var exponents: [UInt64: UInt64] = [1: 0]

  // What the bound is counted from.
  private(set) var looked = 0
  private(set) var argument = 0
  private(set) var mostCited = 0
  private(set) var hasComparisons = false

  /// The largest factor by which a comparison is another one.
  private static let mostFactor: UInt64 = 1000
  private static let mostPower: UInt64 = 1 << 20
  private static let mostRoot: UInt64 = 1 << 30

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

  private mutating func look(_ numbers: CertificateNumber...) {
    looked += 1
    note(numbers)
  }

  private mutating func note(_ numbers: [CertificateNumber]) {
    for number in numbers { argument = max(argument, number.degree) }
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
    let isOfLaw = operation.hasSuffix("law") || operation.hasSuffix("again") || operation == "root squared"
    guard step.cited.isEmpty || isOfLaw, (step.fraction != nil) == ["number", "above again"].contains(operation),
      (step.name != nil) == ["drawn", "function drawn", "function again", "root by law"].contains(operation)
    else { throw part.error("\(operation) has parts that do not belong to it") }
    switch operation {
    case "number":
      guard step.operands.isEmpty, let fraction = try step.fraction?.fraction else {
        throw part.error("a number has no operands")
      }
      let (above, below) = (try fraction.numerator.digits, try fraction.denominator.digits)
      guard above.size < CertificateNumber.modulus, below.size < CertificateNumber.modulus, below.size > 0,
        !below.isNegative
      else { throw part.error("this is no fraction") }
      let value = CertificateNumber.product(above.size, CertificateNumber.inverse(below.size))
      return CertificateNumber(above.isNegative ? CertificateNumber.negative(value) : value)
    case "drawn":
      guard step.operands.isEmpty else { throw part.error("what is drawn has no operands") }
      return try next(in: part)
    case "+":
      let (a, b) = try step.pair
      return a + b
    case "-":
      let (a, b) = try step.pair
      return a + -b
    case "*":
      let (a, b) = try step.pair
      if a.value == b.value { look(a, b, a * b) }
      return a * b
    case "negate": return -(try step.operand)
    case "invert":
      guard let inverse = try step.operand.inverse else { throw part.error("it divides by 0") }
      return inverse
    case "power":
      let (a, b) = try step.pair
      guard done[step.rows[1] - 1].operation == "number", b.value <= CertificateSteps.mostPower else {
        throw part.error("a power is a whole number")
      }
      let times = Int(b.value)
      let power = CertificateNumber(CertificateNumber.power(a.value, b.value), a.above * times, a.below * times)
      look(a, b, power)
      return power
    case "zero":
      let operand = try step.operand
      let result = CertificateNumber(operand.value == 0 ? 1 : 0)
      look(operand, result)
      return result
    default: return try ofFunction(step)
    }
  }
}

// Functions and their laws.
extension CertificateSteps {
  private mutating func ofFunction(_ step: Given) throws(CertificateError) -> CertificateNumber {
    let part = step.part
    let result: CertificateNumber
    switch step.operation {
    case "function drawn":
      guard (1...2).contains(step.operands.count) else { throw part.error("a function has one or two operands") }
      let key = try key(of: step.name, step.operands)
      guard functions.updateValue(done.count + 1, forKey: key) == nil else {
        throw part.error("it was drawn before for the same argument")
      }
      result = try next(in: part)
    case "function again":
      let row = functions[try key(of: step.name, step.operands)]
      guard let row, step.cited == [row] else { throw part.error("it was not drawn there for the same argument") }
      result = done[row - 1].result
    case "root by law":
      let u = try step.operand
      let value: UInt64 = try squareRoot(of: u.value, in: part)
      result = CertificateNumber(value, u.above, u.below)
    case "root squared":
      let (a, b) = try step.pair
      guard step.cited.count == 1, let row = step.cited.first, row > 0, done[row - 1].name == "sqrt",
        done[row - 1].operation.hasPrefix("function"), let of = done[row - 1].operands.first,
        a.value == done[row - 1].result.value, b.value == a.value
      else { throw part.error("it is no root times itself") }
      result = done[of - 1].result
    case "exp drawn", "log drawn", "exp by law", "log by law": result = try power(step)
    case "above drawn":
      guard try step.operand.value != 0 else { throw part.error("a difference that is 0 is not above it") }
      hasComparisons = true
      result = try next(in: part)
    case "above again":
      guard step.cited.count == 1, let row = step.cited.first, row > 0, done[row - 1].operation == "above drawn",
        let of = done[row - 1].operands.first, let fraction = step.fraction
      else { throw part.error("it is no comparison of a step that was drawn") }
      let isNegated = try checkMultiple(try step.operand, done[of - 1].result, fraction)
      let above = done[row - 1].result
      hasComparisons = true
      result = isNegated ? CertificateNumber(1) + -above : above
    default: throw part.error("\(step.operation) is no step")
    }
    look(result)
    note(step.operands)
    return result
  }

  private func key(of name: String?, _ operands: [CertificateNumber]) throws(CertificateError) -> [String] {
    [name ?? ""] + operands.map { String($0.value) }
  }

  /// The root that is a small whole number.
  private func squareRoot(of square: UInt64, in part: CertificatePart) throws(CertificateError) -> UInt64 {
    let root = UInt64(Double(square).squareRoot().rounded())
    guard root < CertificateSteps.mostRoot, root * root == square else { throw part.error("its root is not known") }
    return root
  }

  /// A power by its exponent or the other way round: drawn, or the product, or sum, of others.
  private mutating func power(_ step: Given) throws(CertificateError) -> CertificateNumber {
    let part = step.part
    let operand = try step.operand
    let isExponential = step.operation.hasPrefix("exp")
    var result = CertificateNumber(isExponential ? 1 : 0)
    if step.operation.hasSuffix("drawn") {
      result = try next(in: part)
      while isExponential, result.value == 0 { result = try next(in: part) }
    } else {
      var argument = CertificateNumber(isExponential ? 0 : 1)
      for row in step.cited {
        guard let pair = pair(abs(row)), let inverse = pair.power.inverse else {
          throw part.error("step \(abs(row)) is neither an exponential nor a logarithm")
        }
        let (exponent, power) = row < 0 ? (-pair.exponent, inverse) : pair
        argument = isExponential ? argument + exponent : argument * power
        result = isExponential ? result * power : result + exponent
      }
      guard argument.value == operand.value else { throw part.error("those that it is made of do not make its argument") }
      mostCited = max(mostCited, step.cited.count)
    }
    let (exponent, power) = isExponential ? (operand.value, result.value) : (result.value, operand.value)
    guard power != 0, powers[exponent] ?? power == power, exponents[power] ?? exponent == exponent else {
      throw part.error("it has another value at the same argument")
    }
    let turned = (CertificateNumber.negative(exponent), CertificateNumber.inverse(power))
    (powers[exponent], powers[turned.0]) = (power, turned.1)
    (exponents[power], exponents[turned.1]) = (exponent, turned.0)
    return result
  }

  private func pair(_ row: Int) -> (exponent: CertificateNumber, power: CertificateNumber)? {
    guard row > 0, let of = done[row - 1].operands.first else { return nil }
    let (operand, result) = (done[of - 1].result, done[row - 1].result)
    if done[row - 1].operation.hasPrefix("exp ") { return (operand, result) }
    return done[row - 1].operation.hasPrefix("log ") ? (result, operand) : nil
  }

  /// Whether a difference is a negative multiple of another one.
  private func checkMultiple(
    _ difference: CertificateNumber, _ gate: CertificateNumber, _ fraction: CertificatePart
  ) throws(CertificateError) -> Bool {
    let (above, below) = try fraction.fraction
    let (numerator, denominator) = (try above.digits, try below.digits)
    let range = 1...CertificateSteps.mostFactor
    let multiple = CertificateNumber.product(numerator.size % CertificateNumber.modulus, gate.value)
    guard range.contains(numerator.size), range.contains(denominator.size), !denominator.isNegative, gate.value != 0,
      CertificateNumber.product(denominator.size, difference.value)
        == (numerator.isNegative ? CertificateNumber.negative(multiple) : multiple)
    else { throw fraction.error("it is not so many times the other") }
    return numerator.isNegative
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
    looked += gates.count
    note(gates.map { done[$0 - 1].result })
  }

  /// Notes a comparison that is decided by another one.
  mutating func multiple(_ part: CertificatePart) throws(CertificateError) {
    let members = try part.members(["difference", "gate", "fraction"])
    guard let first = members["difference"], let second = members["gate"], let fraction = members["fraction"] else {
      return
    }
    let range = 1...max(done.count, 1)
    let difference = try use(try first.whole(range), in: part)
    let gate = try use(try second.whole(range), in: part)
    _ = try checkMultiple(difference, gate, fraction)
    hasComparisons = true
    look(difference)
  }

  /// Whether each step was used as often as it says.
  func checkUses(in part: CertificatePart) throws(CertificateError) {
    for (place, step) in done.enumerated() where step.usesSaid != uses[place] {
      throw part.error("step \(place + 1) is used \(uses[place]) times, and says \(step.usesSaid)")
    }
  }
}
