import Engine

/// A certificate whose numbers were all redone and are right.
package struct CertificateCheck: Equatable, Sendable {
  /// How many lines its derivation has.
  package let lines: Int
  /// A power of 2 below which the chance is, for each of its lines, that it is false.
  package let exponent: Int

  /// A bound that each line has to be below, as a power of 2.
  private static let enough = -64
  private static let mostPoints = 6
  /// How often a point may have been drawn anew.
  private static let redraws = 2

  /// Redoes every number of a certificate.
  /// - Throws: the first that is not right.
  package init(of bytes: [UInt8]) throws(CertificateError) {
    let tree: JSONTree
    do throws(FormatError) { tree = try JSONReader.read(bytes) } catch { throw CertificateError(error.message) }
    let whole = CertificatePart(tree, "certificate")
    let members = try whole.members(
      ["certificate", "about", "modulus", "network", "lines", "texts"], optional: ["seed"])
    guard let version = members["certificate"], let modulus = members["modulus"], let lines = members["lines"],
      let sum = members["texts"]
    else { throw whole.error("parts are missing") }
    _ = try version.whole(1...1)
    guard try modulus.text == String(CertificateNumber.modulus) else {
      throw modulus.error("it is \(CertificateNumber.modulus)")
    }
    var texts = CertificateTexts()
    whole.texts(into: &texts)
    let found = Int(texts.sum)
    guard try sum.whole(0...Int(UInt32.max)) == found else { throw sum.error("the sum of the words is \(found)") }
    let seed = try members["seed"]?.whole(0...Int(Int32.max))
    let parts = try lines.list(of: "line")
    guard !parts.isEmpty else { throw lines.error("there is no line") }
    var (worst, draws) = (Int.min, false)
    for part in parts {
      let line = try CertificateCheck.line(part, seed: seed)
      (worst, draws) = (max(worst, line.exponent), draws || line.draws)
    }
    guard draws || seed == nil else { throw whole.error("nothing is drawn, and there is a seed") }
    (self.lines, exponent) = (parts.count, worst)
  }

  private static func line(
    _ part: CertificatePart, seed: Int?
  ) throws(CertificateError) -> (exponent: Int, draws: Bool) {
    let members = try part.members(["claim", "holds", "formulas", "points", "exponent"])
    guard let pointsPart = members["points"], let said = members["exponent"] else {
      throw part.error("parts are missing")
    }
    let points = try pointsPart.list(of: "point")
    guard (2...mostPoints).contains(points.count) else { throw part.error("2 to \(mostPoints) points were expected") }
    var (exponent, draws) = (0, false)
    for (place, point) in points.enumerated() {
      let own = try self.point(point, number: place + 1, seed: seed)
      (exponent, draws) = (exponent + own.exponent, draws || own.draws)
    }
    guard try said.whole(-61 * mostPoints...0) == exponent else { throw said.error("the exponent is \(exponent)") }
    guard exponent < enough else { throw said.error("a chance below 2^\(enough) is wanted") }
    return (exponent, draws)
  }

  // MARK: a point

  private static func point(
    _ part: CertificatePart, number: Int, seed: Int?
  ) throws(CertificateError) -> (exponent: Int, draws: Bool) {
    let members = try part.members(
      ["steps", "patterns", "degree", "looked", "argument"], optional: ["stream"])
    guard let stepsPart = members["steps"], let patterns = members["patterns"], let degree = members["degree"],
      let looked = members["looked"], let argument = members["argument"]
    else { throw part.error("parts are missing") }
    let stream = try members["stream"]?.whole(number...(number + redraws * mostPoints))
    if let stream, (stream - number) % mostPoints != 0 { throw part.error("stream \(stream) is another point's") }
    var steps = CertificateSteps(seed: seed, stream: stream)
    for step in try stepsPart.list(of: "step") { try steps.redo(step) }
    guard steps.draws == (stream != nil) else { throw part.error("it has a stream just where something is drawn") }
    let found = try compare(patterns, &steps)
    try steps.checkUses(in: part)
    let whole = 0...(2 * CertificateNumber.mostDegree)
    for (name, said, isRight) in [
      ("degree", degree, found), ("looked", looked, steps.looked), ("argument", argument, steps.argument),
    ] {
      guard try said.whole(whole) == isRight else { throw part.error("\(name) is \(isRight)") }
    }
    guard let exponent = exponent(degree: found, steps) else { throw part.error("its bound says nothing") }
    return (exponent, steps.draws)
  }

  /// Holds both sides against each other in each pattern of the comparisons, which have to be all that there are.
  private static func compare(
    _ part: CertificatePart, _ steps: inout CertificateSteps
  ) throws(CertificateError) -> Int {
    let rows = 1...max(steps.count, 1)
    var (degree, compared, gates) = (0, 0, Set<Int>())
    // How the pattern before begins, up to the last comparison that it had above 0; this one has to turn that round.
    var expected: [(Int, Int)]? = []
    for pattern in try part.list(of: "pattern") {
      let members = try pattern.members(["outcomes", "sides"])
      guard let outcomesPart = members["outcomes"], let sides = members["sides"], let beginning = expected else {
        throw pattern.error("it was not expected")
      }
      let outcomes = try outcomesPart.pairs(0...rows.upperBound)
      guard outcomes.count >= beginning.count, zip(outcomes, beginning).allSatisfy({ $0 == $1 }),
        outcomes.dropFirst(beginning.count).allSatisfy({ $0.1 == 1 }),
        Set(outcomes.map(\.0)).count == outcomes.count
      else { throw pattern.error("it is not the next one in which the comparisons may turn out") }
      for (gate, _) in outcomes {
        try steps.goThrough(gate, in: pattern)
        gates.insert(gate)
      }
      expected = outcomes.lastIndex { $0.1 == 1 }.map { outcomes[..<$0] + [(outcomes[$0].0, 0)] }
      for (place, pair) in try sides.pairs(rows).enumerated() {
        let (left, right) = (try steps.use(pair.0, in: sides), try steps.use(pair.1, in: sides))
        guard left.value == right.value else {
          throw sides.error("the sides differ at element \(place + 1), steps \(pair.0) and \(pair.1)")
        }
        degree = max(degree, left.degreeOfDifference(to: right))
        compared += 1
      }
    }
    guard expected == nil else { throw part.error("not all outcomes of the comparisons are there") }
    guard compared > 0 else { throw part.error("nothing is compared") }
    steps.count(gates: gates)
    return degree
  }

  /// A power of 2 below which the chance is that sides which differ agree at a point; nil where that says nothing.
  private static func exponent(degree: Int, _ steps: CertificateSteps) -> Int? {
    let kinds = steps.hasComparisons ? 4_000_000 : 4
    let cited = steps.mostCited < 2 ? 0 : steps.mostCited + 1
    let tuples = [cited] + Array(repeating: 2 * steps.looked, count: cited)
    // In doubles first, so that nothing overflows.
    let about = Double(kinds) * Double(steps.looked) * Double(steps.looked) + tuples.reduce(1) { $0 * Double($1) }
    guard (about * Double(steps.argument) + Double(degree)) * 4 < 0x1p60 else { return nil }
    let relations = kinds * steps.looked * steps.looked + tuples.reduce(1, *)
    let ways = 4 * max(relations * steps.argument + degree, 1)
    return Int.bitWidth - ways.leadingZeroBitCount - 61
  }
}
