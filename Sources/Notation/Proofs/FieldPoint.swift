import Engine

/// A point of the field at which both sides of a claim are worked out: what was drawn there.
///
/// A function is a free generator: a number drawn for each argument, the same one for equal arguments, so that what is equal
/// for whatever it gives is equal for it. The laws that hold here beyond that are those of this file. A comparison of quantities
/// is a gate: where gates are free it is a number drawn for each difference, else a choice, and all choices are gone through.
final class FieldPoint: @unchecked Sendable {
  /// The point that is worked at.
  @TaskLocal static var current: FieldPoint?

  /// The point that is worked at, or an error where there is none.
  static var here: FieldPoint {
    get throws(EvaluationError) {
      guard let current else { throw EvaluationError("a function has no value outside a point", lack: .undecided) }
      return current
    }
  }

  /// What is shown for more than is claimed, where it can be.
  struct Assumptions: Hashable {
    /// Activations are free: what is shown holds for any differentiable one in their place.
    var activationsAreFree: Bool
    /// Of comparisons nothing is known but that equal differences compare equally.
    var gatesAreFree: Bool
    /// The optimizer's memory is drawn too, and how many updates it has counted.
    var memoryIsFree: Bool
  }

  let assumptions: Assumptions
  /// The activations that may be free, by their names.
  let freeActivations: Set<String>
  private var random: Generator

  /// Where all that is done here is put down; nil where it is not.
  let tape: Tape?

  init(
    _ assumptions: Assumptions, freeing freeActivations: Set<String> = [], seed: Int, number: Int, tape: Tape? = nil
  ) {
    (self.assumptions, self.freeActivations, self.tape) = (assumptions, freeActivations, tape)
    random = Generator(seed: seed, stream: number)
  }

  private func draw() -> Residue { Residue(from: &random) }

  /// A number that is drawn, by the name that a tape has it under.
  func drawn(_ name: @autoclosure () -> String) -> FieldNumber {
    let drawn = FieldNumber.drawn(draw())
    return tape?.note(.drawn, [], name: name(), giving: drawn) ?? drawn
  }

  // MARK: what was met

  /// What a proof says of what it is for, and what its bound is made of.
  struct Tally {
    /// How many arguments were looked up among others.
    var looked = 0
    /// How many other differences were held against 0.
    var tests = 0
    /// The largest degree of an argument, numerator and denominator together.
    var degree = 1
    /// The functions that are more than their generators know.
    var functions: Set<String> = []
    /// The activations that were free.
    var activations: Set<String> = []
    /// Whether the optimizer's memory was read.
    var readsMemory = false
    /// Whether a comparison was a gate.
    var hasGates = false
    /// Whether something was asked that is so at single points only: whether two numbers which differ are equal.
    var asksForSinglePoints = false
    /// Whether a constant has more digits than the field.
    var hasLongConstants = false

    /// Why what is the same here is no proof; nil where it is one.
    var lack: Text? {
      if hasLongConstants { return "its numbers have too many digits for an exact proof" }
      return asksForSinglePoints ? "== of numbers holds at single points, which a proof leaves out" : nil
    }
  }
  var tally = Tally()

  func note(_ argument: FieldNumber) { tally.degree = max(tally.degree, argument.above + argument.below) }

  // MARK: generators

  private struct Key: Hashable {
    let name: String
    let first: Residue
    var second = Residue.zero
  }
  private var generators: [Key: FieldNumber] = [:]
  /// What is known to be whose logarithm: log undoes exp, and exp log.
  private var logarithms: [Residue: FieldNumber] = [:]
  /// Whose logarithm is known, in the order in which they were met.
  private var factors: [Residue] = []
  /// The arguments of log that were met, each with its own.
  private var logarithmsDrawn: [(argument: FieldNumber, value: FieldNumber)] = []
  private var exponentials: [Residue: FieldNumber] = [:]
  /// The arguments of exp that were met, each as the smaller one of u and −u.
  private var exponents: [Residue] = []
  private var roots: [Residue: (root: FieldNumber, square: FieldNumber)] = [:]

  /// A function of which nothing is known but that equal arguments give equal values.
  func free(_ name: String, _ a: FieldNumber, _ b: FieldNumber? = nil, real: Double) -> FieldNumber {
    tally.functions.insert(name)
    return generator(name, a, b, real: real)
  }

  func generator(
    _ name: String, _ a: FieldNumber, _ b: FieldNumber? = nil, real: Double = .nan
  ) -> FieldNumber {
    let key = Key(name: name, first: a.residue, second: b?.residue ?? .zero)
    if let known = generators[key] {
      guard let tape else { return known }
      return tape.note(
        .again, [a, b].compactMap { $0 }, name: name, citing: [Int(known.step)], giving: known)
    }
    note(a)
    if let b { note(b) }
    tally.looked += 1
    let number = FieldNumber(draw(), above: 1, real: real)
    let drawn = tape?.note(.drawn, [a, b].compactMap { $0 }, name: name, giving: number) ?? number
    generators[key] = drawn
    return drawn
  }

  /// e^u: e^0 = 1, e^−u = 1/e^u, e^(log v) = v, and e^(v+w) = e^v·e^w where e^v and e^w stand in the claim.
  func exponential(_ u: FieldNumber) throws(EvaluationError) -> FieldNumber {
    if u.isZero { return noted(.law, "exp", u, FieldNumber(1), []) }
    tally.functions.insert("exp")
    if let known = try known(exponentialOf: u.residue) {
      return noted(.law, "exp", u, known, [tape?.pair(ofExponent: u.residue)])
    }
    note(u)
    tally.looked += 1
    let (key, isNegated) = u.residue.canonical(or: -u.residue)
    let argument = isNegated ? -u : u
    let value: FieldNumber
    if let (product, summands) = try product(exponentialOf: key) {
      value = noted(.law, "exp", argument, product, summands.map { tape?.pair(ofExponent: $0) })
    } else {
      var drawn: Residue
      repeat { drawn = draw() } while drawn == .zero
      let power = FieldNumber(drawn, above: 1, real: Engine.exponential(argument.real))
      value = noted(.drawn, "exp", argument, power, [])
    }
    remember(value, asExponentialOf: key)
    note(argument, asLogarithmOf: value.residue)
    tape?.keep(value, byExponent: key)
    tape?.keep(value, byPower: value.residue)
    return isNegated ? noted(.law, "exp", u, try value.inverted, [tape?.pair(ofExponent: u.residue)]) : value
  }

  /// What a law of exp or log gives, put down where there is a tape.
  private func noted(
    _ operation: WrittenStep.Operation, _ name: String, _ operand: FieldNumber, _ result: FieldNumber,
    _ pairs: @autoclosure () -> [Int?]
  ) -> FieldNumber {
    guard let tape else { return result }
    return tape.note(operation, name, operand, giving: result, from: pairs())
  }

  private func known(exponentialOf u: Residue) throws(EvaluationError) -> FieldNumber? {
    let (key, isNegated) = u.canonical(or: -u)
    guard let known = exponentials[key] else { return nil }
    return isNegated ? try known.inverted : known
  }

  private func remember(_ value: FieldNumber, asExponentialOf key: Residue) {
    if exponentials.updateValue(value, forKey: key) == nil { exponents.append(key) }
  }

  /// How many arguments of exp are looked at to find another one as the sum of two.
  private static let mostSummands = 500

  /// What e^u is by those of two arguments whose sum or difference u is.
  private func product(
    exponentialOf u: Residue
  ) throws(EvaluationError) -> (product: FieldNumber, summands: [Residue])? {
    guard exponents.count <= FieldPoint.mostSummands else { return nil }
    // Each of u ± v is looked for among all that are known, and could be one of them by chance.
    tally.tests += 4 * exponents.count * exponents.count
    for summand in exponents {
      for summand in [summand, -summand] {
        guard let rest = try known(exponentialOf: u - summand), let own = try known(exponentialOf: summand) else {
          continue
        }
        return (own * rest, [summand, u - summand])
      }
    }
    return nil
  }

  /// log v: log 1 = 0, log(1/v) = −log v, log(e^u) = u, and log(e^u·v) = u + log v for an e^u that stands in the claim.
  func logarithm(_ v: FieldNumber) throws(EvaluationError) -> FieldNumber {
    guard !v.isZero, !(v.real <= 0) else { throw EvaluationError("a logarithm of 0 or less", lack: .undefined) }
    if v.residue == .one { return noted(.law, "log", v, FieldNumber(0), []) }
    tally.functions.insert("log")
    if let known = logarithms[v.residue] {
      return noted(.law, "log", v, known, [tape?.pair(ofPower: v.residue)])
    }
    note(v)
    tally.looked += 1
    if let related = related(v) { return related }
    let number = FieldNumber(draw(), above: 1, real: Engine.logarithm(v.real))
    let drawn = noted(.drawn, "log", v, number, [])
    remember(drawn, asLogarithmOf: v)
    return drawn
  }

  private func remember(_ value: FieldNumber, asLogarithmOf v: FieldNumber) {
    note(value, asLogarithmOf: v.residue)
    logarithmsDrawn.append((v, value))
    let (key, isNegated) = value.residue.canonical(or: -value.residue)
    tape?.keep(value, byPower: v.residue)
    tape?.keep(value, byExponent: key, isNegated: isNegated)
    remember(isNegated ? (try? v.inverted) ?? v : v, asExponentialOf: key)
  }

  private func note(_ value: FieldNumber, asLogarithmOf residue: Residue) {
    let inverse = residue.inverse
    (logarithms[residue], logarithms[inverse]) = (value, -value)
    factors += [residue, inverse]
  }

  /// How many products are looked at to find a logarithm in others.
  private static let mostProducts = 40_000

  private func related(_ v: FieldNumber) -> FieldNumber? {
    guard !factors.isEmpty, logarithmsDrawn.count * factors.count <= FieldPoint.mostProducts else { return nil }
    for (argument, value) in logarithmsDrawn {
      // What is left of v, or of 1/v, beside an argument whose logarithm is there.
      for (rest, known) in [(v.residue * argument.residue.inverse, value), (v.residue * argument.residue, -value)] {
        // Each product is looked for among all whose logarithm is known.
        tally.tests += (factors.count + 1) * logarithms.count
        // What rest is of v is the argument, or 1 over it.
        if let whole = logarithms[rest] { return found(known + whole, v, [v.residue * rest.inverse, rest]) }
        for factor in factors {
          if let whole = logarithms[rest * factor], let own = logarithms[factor] {
            return found(
              known + whole - own, v, [v.residue * rest.inverse, rest * factor, factor.inverse])
          }
        }
      }
    }
    return nil
  }

  private func found(_ sum: FieldNumber, _ v: FieldNumber, _ parts: [Residue]) -> FieldNumber {
    let value = noted(.law, "log", v, sum, parts.map { tape?.pair(ofPower: $0) })
    note(value, asLogarithmOf: v.residue)
    tape?.keep(value, byPower: v.residue)
    return value
  }

  /// √u, of whose square is known that it is u.
  func root(_ u: FieldNumber) throws(EvaluationError) -> FieldNumber {
    guard !(u.real < 0) else { throw EvaluationError("the root of a negative number", lack: .undefined) }
    if u.isZero || u.residue == .one { return notedRoot(u, of: u) }
    let real = u.real.squareRoot()
    if let whole = real.whole, Residue(whole) * Residue(whole) == u.residue {
      return notedRoot(FieldNumber(whole), of: u)
    }
    let root = free("sqrt", u, real: real)
    if roots[root.residue] == nil { roots[root.residue] = (root, u) }
    return root
  }

  /// A root that is there without drawing it.
  private func notedRoot(_ root: FieldNumber, of u: FieldNumber) -> FieldNumber {
    if let tape, u.step != 0 { tape.noteZero(u - root * root) }
    return root
  }

  /// What a root is the root of; nil of what is none.
  func square(ofRoot a: FieldNumber, _ b: FieldNumber) -> FieldNumber? {
    guard !roots.isEmpty else { return nil }
    tally.tests += roots.count
    guard let (root, square) = roots[a.residue] else { return nil }
    return tape?.note(.rootSquared, [a, b], citing: [Int(root.step)], giving: square) ?? square
  }

  /// An activation, or its derivative, as a free one; nil where it is not free.
  func activated(_ net: FieldNumber, by choice: ActivationChoice, isDerivative: Bool) -> FieldNumber? {
    guard assumptions.activationsAreFree, freeActivations.contains(choice.rule.name) else { return nil }
    tally.activations.insert(choice.rule.name)
    return generator(choice.rule.name + "\(choice.values)" + (isDerivative ? "'" : ""), net)
  }

  // MARK: comparisons

  /// The comparisons that were met, and how they turn out.
  var gates = FieldGates()
}
