import Diagnosis
import Engine
import Formats
import Notation

/// How a case that was loaded reads: what departs first and why, what was found of the network, and what is right.
struct CaseWords {
  private let solved: SolvedCase
  private let compared: [ForeignNumbers]
  private let session: Session
  /// The arrays of the file whose names mean nothing here.
  private let unread: [String]

  init(_ solved: SolvedCase, unread: [String], in session: Session) {
    (self.solved, compared, self.session, self.unread) = (solved, session.compared.all, session, unread)
  }

  var answer: Answer {
    let wrong = compared.filter { !$0.isRight }
    var answer = Answer(Verdict(holds: wrong.isEmpty, headline(wrong.first), worst: nil), [])
    var findings = [shapes] + found
    if !solved.unplaced.isEmpty {
      findings.append("not used, since it is not clear what they are: \(list(solved.unplaced))")
    }
    if !unread.isEmpty {
      findings.append("not read, since nothing here has such a name: \(list(unread))")
      if !solved.updated.isEmpty {
        findings.append(
          "what is new of the parameters is compared with a plain step down the gradient, without momentum")
      }
    }
    let turned = (solved.computed + solved.updated).filter(\.isTurned).map(\.name)
    if !turned.isEmpty { findings.append("given the other way round than the rest, and taken so: \(list(turned))") }
    if solved.isWithoutRate {
      findings.append(
        "not compared, since they are no step down the gradient at any one rate (rate=R says it): what is new of the parameters"
      )
    }
    let right = compared.filter { $0.isRight && $0.convention == nil }.map { name(of: $0) }
    if !right.isEmpty { findings.append("as they should be: \(list(right))") }
    var lines: [Text] = []
    for numbers in compared where numbers.isRight && numbers.convention != nil {
      lines += details(of: numbers).lines
    }
    lines = [ofAnotherLoss].compactMap { $0 } + lines
    if let first = wrong.first {
      let told = details(of: first)
      (answer.fields, lines) = (told.answer.fields, told.lines + lines)
      // What does not follow from the first is a fault of its own.
      for other in told.furtherFaults { lines += details(of: other).own }
      if solved.isRateUnknown, told.isUnexplained {
        lines.append("nothing says the learning rate; where updated weights may have been read, say it: rate=R")
      }
    }
    answer.lines += lines + findings
    answer.fields += fields(wrong)
    return answer
  }

  /// Where the loss is the mean over the samples and all gradients are sums, or the other way round: they are another loss's than
  /// the one that the file holds.
  private var ofAnotherLoss: Text? {
    let isLossRight = compared.contains { $0.quantity.kind == .loss && $0.isRight && $0.convention == nil }
    let gradients = compared.filter { $0.quantity.kind.gradientOf?.isParameter == true }
    let samples = session.timeline.state.batch.count
    guard isLossRight, samples > 1, !gradients.isEmpty,
      gradients.allSatisfy({ $0.isRight && $0.convention?.isOtherReduction == true })
    else { return nil }
    return solved.experiment.reduction == .mean
      ? "the loss that it holds is the mean over the \(samples) samples, and the gradients are sums: they are \(samples) times that loss's, and so is a step at the same rate"
      : "the loss that it holds is the sum over the \(samples) samples, and the gradients are means: that loss's are \(samples) times them, and so would be a step at the same rate"
  }

  private func list(_ names: [String]) -> String {
    names.prefix(24).joined(separator: ", ") + (names.count > 24 ? ", …" : "")
  }

  /// What a comparison says, without its verdict's word.
  private func details(of numbers: ForeignNumbers) -> Details {
    let words = CompareWords(numbers, in: session)
    let answer = words.answer
    let statement = [answer.verdict?.statement].compactMap { $0 }
    return Details(
      answer: answer, lines: statement + answer.lines.dropFirst(), own: statement + words.explanations,
      isUnexplained: words.isUnexplained, furtherFaults: words.furtherFaults)
  }

  private struct Details {
    let answer: Answer
    let lines: [Text]
    /// The same of one that is not the first.
    let own: [Text]
    let isUnexplained: Bool
    let furtherFaults: [ForeignNumbers]
  }

  private func headline(_ first: ForeignNumbers?) -> Text {
    let all = counted(compared.count, "quantity", "quantities")
    if let first { return "\(name(of: first)) departs first of the \(all) that it holds" }
    let others = compared.count { $0.convention != nil }
    return others == 0
      ? "all is well: \(all) as they should be" : "all is well, \(others) of \(all) in another form than here"
  }

  /// A quantity, with the file's name for it where that is another; what the update has left with its version.
  private func name(of numbers: ForeignNumbers) -> String {
    let quantity = numbers.quantity
    let isNew = quantity.kind.isParameter
    let given = (isNew ? solved.updated : solved.computed).first { $0.quantity == quantity }?.name
    let own = quantity.name + (isNew ? "⟨\(session.timeline.state.version(of: quantity))⟩" : "")
    return given.map { $0 == own ? own : "\(own) (\($0))" } ?? own
  }

  /// `3-4-2, from W1, W2; weights have a row for each input; 5 samples, each a row of X`
  private var shapes: Text {
    let network = solved.experiment.network
    let count = solved.experiment.data.count
    let rows: Text = solved.layout == .outIn ? "a row for each unit" : "a row for each input"
    let side: Text = solved.samplesAreRows ? "a row" : "a column"
    let text: Text =
      "\(network.sizes), from \(solved.names.weights.joined(separator: ", ")) with \(rows)\(solved.biasColumn.map { ", the biases in \($0)" } ?? "" as Text)"
    return text + "; \(counted(count, "sample"))\(count > 1 ? ", each \(side) of \(solved.names.inputs)" : "" as Text)"
  }

  /// What was found, each with what told it: `loss: cross-entropy, from loss`.
  private var found: [Text] {
    solved.findings.map { finding in
      var text: Text = "\(finding.setting):"
      for (place, value) in finding.values.enumerated() {
        text += place == 0 ? " \(value.name)" : ", \(value.name)"
        if let source = value.source { text += " from \(source)" }
        if !value.same.isEmpty { text += " (the same here: \(value.same.joined(separator: ", ")))" }
      }
      return text
    }
  }

  private func fields(_ wrong: [ForeignNumbers]) -> [JSONMember] {
    [
      JSONMember("compared", .array(compared.map { .string($0.quantity.name) })),
      JSONMember("departing", .array(wrong.map { .string($0.quantity.name) })),
      JSONMember(
        "found", .object(solved.findings.map { JSONMember($0.setting, .array($0.values.map { .string($0.name) })) })),
    ]
  }
}
