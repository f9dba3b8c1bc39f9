import Engine
import Formats
import Notation
import Panels

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
    ) { session, arguments throws(CommandError) in try session.derive(&arguments) }
  ]
}

/// How a derivation is written for a page.
private enum DerivationForm: String, CaseIterable {
  case tex, md
}

extension Session {
  /// `derive QUANTITY[INDICES] [tex|md]`
  fileprivate func derive(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    let expression = try arguments.expression("a quantity")
    var form: DerivationForm?
    for known in DerivationForm.allCases where arguments.accept(known.rawValue) { form = known }
    if let word = arguments.peek, form == nil {
      let forms = DerivationForm.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandError("\(forms) or nothing was expected here", at: word.range.lowerBound)
    }
    try arguments.end()
    let given = form
    return .look { session throws(CommandError) in try session.derive(expression, given) }
  }

  /// The derivation of what an expression names.
  private mutating func derive(
    _ expression: Expression, _ form: DerivationForm?
  ) throws(CommandError) -> Answer {
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
    let (letters, scope) = (letters, scope)
    guard
      let derivation = WrittenDerivation(
        of: quantity, at: indices, in: state.worked, overBatch: fold,
        sampleRead: { $0.read(for: nil, onShow: state.selected, of: state.batch.count) },
        updated: { state.isMoved($0, since: scope.versions(of: $0.name)) },
        ruleNames: { scope.ruleBeginnings(of: $0.name, at: $1) },
        name: { .name(letters[$0].flatMap { $0.contains("_") ? nil : $0 } ?? $0.name) })
    else {
      let why: Text = quantity.kind.isMeasured ? "measured over all samples" : "given"
      throw CommandError("\(quantity.name) is \(why): no formula of the iteration makes it", at: column)
    }
    let judged = judge(derivation)
    guard let first = judged.first, let last = judged.last else {
      let isHidden = state.worked.alterations.contains(where: \.isSecret)
      let why: Text = isHidden ? ": hunt has hidden a mistake in what is computed; hunt over says which" : ""
      throw CommandError("no line of it holds at this place\(why)", at: column)
    }
    var whole = ClaimedDerivation(first.judged, seed: Session.seedOfDerivations)
    for line in judged.dropFirst() { whole.append(line.judged) }
    claimed = whole
    let proved = judged.count { $0.judged.word == Verdict.Grade.proved.rawValue }
    let verdict: Text =
      proved == judged.count
      ? judged.count == 1 ? "1 line, proved" : "\(counted(judged.count, "line")), each proved from the one before"
      : "\(counted(judged.count, "line")), \(proved) of them proved from the one before, the others tested"
    var answer = Answer(lines(of: whole, form).map { Text(verbatim: $0) })
    let lost = derivation.lines.count - judged.count
    if lost > 0 {
      answer.warnings.append(
        "\(counted(lost, "line")) of it \(lost == 1 ? "is left out, which does" : "are left out, which do") not hold at this place: with a mistake on, say"
      )
    }
    if form == nil {
      answer.lines.append(verdict)
      if judged.count > 1 { answer.panel = Panel.claims.name }
    }
    answer.fields = [
      JSONMember("lines", .array(judged.map { .string($0.line.expression.description) })),
      JSONMember("rules", .array(judged.map { .string($0.line.rule.description) })),
      JSONMember("verdicts", .array(judged.map { .string($0.judged.word) })),
      JSONMember("result", .string(last.line.expression.description)),
    ]
    return answer
  }

  /// The quantity that an expression names, by its own name or one that `let` gave, and the indices behind it.
  private func subject(of expression: Expression) throws(CommandError) -> (Quantity, [Expression]) {
    let column = expression.range.lowerBound
    if case .derivative(_, let quantity) = expression.kind, case .name(let below, version: nil) = quantity.kind,
      let quantity = Quantity.named(below), let gradient = quantity.kind.gradient
    {
      let name = Quantity(gradient, quantity.layer).name
      throw CommandError("derive takes a quantity by its name: this is \(name)", at: column)
    }
    var (name, indices) = try Session.target(expression)
    if let definition = content.definitions[name], case .name(let meant, version: nil) = definition.kind {
      name = meant
    }
    guard let quantity = Quantity.named(name)?.kept(in: timeline.experiment.network) else {
      throw Session.unknown(name, at: column, among: scope.quantityNames)
    }
    let wanted = quantity.kind.extent.indexCount(in: timeline.experiment.network, layer: quantity.layer)
    guard indices.isEmpty || indices.count == wanted else {
      throw CommandError("\(quantity.name) has \(counted(wanted, "index", "indices"))", at: column)
    }
    for index in indices {
      switch index.kind {
      case .number(let literal) where literal.value >= 1 && literal.value == literal.value.rounded(): break
      case .name(let letter, version: nil)
      where Session.whyTaken(letter) == nil && content.definitions[letter] == nil:
        break
      case .name(let letter, version: nil):
        throw CommandError(
          "\(letter) has a meaning here and is no index; take another letter", at: index.range.lowerBound)
      default:
        throw CommandError("an index here is a number from 1 on or a letter", at: index.range.lowerBound)
      }
    }
    if let shape = timeline.state.shape(of: quantity) {
      let extents = indices.count == 2 ? [shape.rows, shape.columns] : [shape.rows * shape.columns]
      for (index, extent) in zip(indices, extents) {
        guard case .number(let literal) = index.kind, literal.value > Double(extent) else { continue }
        throw CommandError("this index of \(quantity.name) runs from 1 to \(extent)", at: index.range.lowerBound)
      }
    }
    return (quantity, indices)
  }

  /// A line with what was found of it.
  private typealias JudgedLine = (line: WrittenLine, judged: ClaimedDerivation.Line)

  /// The draws in which the formulas are held against what is computed.
  private static let seedOfDerivations = 1

  /// The lines that follow, each from the last one that does.
  private func judge(_ derivation: WrittenDerivation) -> [JudgedLine] {
    var judged: [JudgedLine] = []
    for line in derivation.lines {
      // An index that neither side says the range of has it from the subject.
      for side in [judged.last?.line.expression, derivation.subject].compactMap({ $0 }) {
        // The formulas are what is computed in one draw; the proof is for all.
        guard let claim = line.claim(after: side),
          let trial = try? Trial(claim, in: self, seed: Session.seedOfDerivations, besideAProof: 1),
          let verdict = (try? trial.answer())?.verdict
        else { continue }
        if verdict.holds {
          judged.append(
            (line, .init(claim, side: line.expression, holds: true, word: verdict.word, rule: line.rule)))
        }
        break
      }
    }
    return judged
  }

  private func lines(of derivation: ClaimedDerivation, _ form: DerivationForm?) -> [String] {
    switch form {
    case nil: derivation.typed
    case .tex: ["\\["] + derivation.aligned + ["\\]"]
    case .md: ["$$"] + derivation.aligned + ["$$"]
    }
  }
}

extension State {
  /// Whether a weight matrix or bias vector, or some rows of it, are no longer what the forward pass read; or a gradient that
  /// is kept what the iteration before left.
  fileprivate func isMoved(_ parameter: Quantity, since versions: (forward: Int, present: Int)?) -> Bool {
    guard let versions else { return false }
    let change = Quantity(parameter.kind.parameter == .b ? .ub : .uw, parameter.layer)
    return versions.present != versions.forward || computedUnits(of: change).map { $0 > 0 } ?? false
  }
}

extension WrittenLine {
  /// What it claims behind another side.
  fileprivate func claim(after side: Expression) -> Claim? {
    clause.isEmpty ? Claim(side, expression) : try? Claim.parse("\(side) = \(expression) \(clause)")
  }
}
