import Engine
import Formats
import Notation

extension Command {
  /// The command that writes a derivation.
  static let deriving: [Command] = [
    Command(
      "derive", elsewhere: ["derivation"], .verify, "derive QUANTITY[INDICES] [tex|md]",
      """
      Writes the derivation of a quantity: from its definition by the chain rule to its closed form, each line with the rule \
      that gives it, and each proved from the one before. The lines can be pasted back: = goes on with them. Letters that let \
      gave stand for what they mean. tex and md write it for a page.
      """,
      example: small + "forward\nbackward\nderive delta1[j]\nderive dw2 tex",
      effect: .looks,
      complete: { session, words in words.count == 1 ? session.names : DerivationForm.allCases.map(\.rawValue) }
    ) { session, arguments throws(CommandError) in .answer(try session.derive(&arguments)) }
  ]
}

/// How a derivation is written for a page.
private enum DerivationForm: String, CaseIterable {
  case tex, md
}

extension Session {
  /// `derive QUANTITY[INDICES] [tex|md]`
  fileprivate mutating func derive(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let expression = try arguments.expression("a quantity")
    var form: DerivationForm?
    for known in DerivationForm.allCases where arguments.accept(known.rawValue) { form = known }
    try arguments.end()
    let column = expression.range.lowerBound
    let (quantity, indices) = try subject(of: expression)
    let state = timeline.state
    do throws(NotComputed) { _ = try state.value(of: quantity) } catch { throw CommandError(error.message, at: column) }
    if quantity.kind.isParameter, !state.isComputed(Quantity(quantity.kind == .b ? .ub : .uw, quantity.layer)) {
      throw CommandError(
        "\(quantity.name) is given until its update; derive d\(quantity.name), or \(quantity.name) once it is updated",
        at: column)
    }
    let fold: Fold? = state.batch.count == 1 ? nil : timeline.experiment.reduction == .mean ? .mean : .sum
    let letters = letters
    guard
      let derivation = DerivationInLines(
        of: quantity, at: indices, in: state.worked, overBatch: fold,
        version: quantity.kind.parameter.flatMap { state.forwardValue(of: Quantity($0, quantity.layer))?.version },
        name: { .name(letters[$0] ?? $0.name) })
    else {
      throw CommandError("\(quantity.name) is given: no formula makes it", at: column)
    }
    let judged = try judge(derivation)
    guard let last = judged.lines.last else {
      throw CommandError("no line of it could be shown to hold at this place", at: column)
    }
    written = judged
    let count = judged.lines.count
    let proved = judged.lines.count { $0.word == Verdict.Grade.proved.rawValue }
    let verdict: Text =
      proved == count
      ? "\(counted(count, "line")), each proved from the one before"
      : "\(counted(count, "line")), \(proved) of them proved from the one before, the others tested"
    var answer = Answer(lines(of: judged, derivation, form).map { Text(verbatim: $0) })
    if form == nil { answer.lines.append(verdict) }
    answer.fields = [
      JSONMember("lines", .array(judged.lines.map { .string($0.side.description) })),
      JSONMember("rules", .array(judged.lines.map { .string(derivation.rule(of: $0.side).description) })),
      JSONMember("verdicts", .array(judged.lines.map { .string($0.word) })),
      JSONMember("result", .string(last.side.description)),
    ]
    return answer
  }

  /// The quantity that an expression names, by its own name or one that `let` gave, and the indices behind it.
  private func subject(of expression: Expression) throws(CommandError) -> (Quantity, [Expression]) {
    var (name, indices) = try Session.target(expression)
    if let definition = content.definitions[name], case .name(let meant, version: nil) = definition.kind {
      name = meant
    }
    let column = expression.range.lowerBound
    guard let quantity = Quantity.named(name) else {
      throw Session.unknown(name, at: column, among: scope.quantityNames)
    }
    let wanted = quantity.kind.extent.indexCount(in: timeline.experiment.network, layer: quantity.layer)
    guard indices.isEmpty || indices.count == wanted else {
      throw CommandError("\(quantity.name) has \(counted(wanted, "index", "indices"))", at: column)
    }
    for index in indices {
      switch index.kind {
      case .number(let literal) where literal.value >= 1 && literal.value == literal.value.rounded(): break
      case .name(let letter, version: nil) where Quantity.named(letter) == nil && content.definitions[letter] == nil:
        break
      default: throw CommandError("an index here is a number or a letter", at: index.range.lowerBound)
      }
    }
    return (quantity, indices)
  }

  /// The lines that follow, each from the last one that does.
  private func judge(_ derivation: DerivationInLines) throws(CommandError) -> WrittenDerivation {
    var judged: WrittenDerivation?
    for line in derivation.lines {
      // An index that neither side says the range of has it from the subject.
      var found: (claim: Claim, verdict: Verdict)?
      for side in [judged?.lines.last?.side, derivation.subject].compactMap({ $0 }) where found == nil {
        // The formulas are what is computed in one draw; the proof is for all.
        guard let claim = line.claim(after: side),
          let verdict = (try? Trial(claim, in: self, seed: 1, besideAProof: 1).answer())?.verdict
        else { continue }
        found = (claim, verdict)
      }
      guard let (claim, verdict) = found, verdict.holds else { continue }
      let entry = WrittenDerivation.Line(claim, side: line.expression, holds: true, word: verdict.word)
      if judged == nil { judged = WrittenDerivation(entry, seed: 1) } else { judged?.append(entry) }
    }
    guard let judged else { throw CommandError("no line of it holds at this place", at: 0) }
    return judged
  }

  private func lines(
    of judged: WrittenDerivation, _ derivation: DerivationInLines, _ form: DerivationForm?
  ) -> [String] {
    let rules = judged.lines.map { Tongue.english(derivation.rule(of: $0.side)) }
    let sides = judged.lines.map(\.side)
    guard let form else {
      return zip(sides, rules).enumerated().map { place, line in
        (place == 0 ? "claim always \(derivation.subject) = " : "= ")
          + "\(line.0)\(judged.lines[place].claim.clauses())  # \(line.1)"
      }
    }
    let rows = zip(sides, rules).enumerated().map { place, line in
      (place == 0 ? derivation.subject.tex : "") + " &= \(line.0.tex) && \\text{\(line.1)} \\\\"
    }
    let aligned = ["\\begin{aligned}"] + rows + ["\\end{aligned}"]
    switch form {
    case .tex: return ["\\["] + aligned + ["\\]"]
    case .md: return ["$$"] + aligned + ["$$"]
    }
  }
}

extension WrittenLine {
  /// What it claims behind another side.
  fileprivate func claim(after side: Expression) -> Claim? {
    clause.isEmpty ? Claim(side, expression) : try? Claim.parse("\(side) = \(expression) \(clause)")
  }
}

extension DerivationInLines {
  /// The rule that gives a line.
  fileprivate func rule(of side: Expression) -> Text { lines.first { $0.expression == side }?.rule ?? "" }
}
