import Engine
import Notation

/// Looks for what a case does not say: the activations, the loss and how the samples become one. What was computed forward
/// decides first; a gradient may be wrong, so of what is left that is taken under which the first departure comes latest. Where
/// several stand equally well, and it makes a difference to what is compared, it is asked.
struct CaseSearch {
  private let wishes: CaseWishes
  /// How the loss was found in the file's own value for it; nil where it was not.
  private var lossFits = false

  /// The most numbers that may be worked on in all trials.
  private static let mostWork = 30_000_000
  /// The most trials that are made.
  private static let mostTrials = 5000

  /// What was found, and those that are the same beside all that the file has.
  struct Found {
    let trial: CaseTrial
    let same: [CaseTrial]
    /// Whether the file's value of the loss told the loss.
    let lossFits: Bool
  }

  /// Finds the trial to take. Throws what has to be said where none can be told.
  static func find(_ readings: [CaseReading], _ wishes: CaseWishes) throws(CaseError) -> Found {
    var search = CaseSearch(wishes: wishes)
    let trials = try search.trials(of: readings)
    guard var best = trials.first else { throw CaseError("no network comes of its shapes") }
    for trial in trials.dropFirst() where trial.isBetter(than: best) { best = trial }
    var equals = trials.filter { !best.isBetter(than: $0) && !$0.isBetter(than: best) }
    // Square matrices may fit both ways: then the names say it where they do.
    let named = equals.filter { $0.reading.namedLayout == $0.reading.layout.weights }
    if let first = named.first { (best, equals) = (first, named) }
    let hasGradients =
      best.judged.contains { $0.quantity.kind.gradientOf != nil } || best.judged.contains { $0.quantity.kind == .loss }
    let isTold = search.lossFits || wishes.loss != nil && equals.allSatisfy { $0.forward.isTold }
    if hasGradients, !isTold, !best.hasRightGradient,
      let question = search.question(trials, "no gradient of it is right, whatever they are")
    {
      throw question
    }
    // Those that make a difference, each for all that are the same as it.
    var others: [CaseTrial] = []
    for trial in equals where !([best] + others).contains(where: { trial.isSame(as: $0) }) { others.append(trial) }
    if !others.isEmpty, let misfit = search.misfit(in: best) { throw misfit }
    if !others.isEmpty, let question = search.question([best] + others, "several fit equally well") { throw question }
    return Found(trial: best, same: Array(equals.dropFirst()), lossFits: search.lossFits)
  }

  /// Every trial that the forward pass and the loss leave.
  private mutating func trials(of readings: [CaseReading]) throws(CaseError) -> [CaseTrial] {
    var open: [(reading: CaseReading, forward: CaseForward, loss: LossChoice, reduction: Reduction)] = []
    var quality = -1
    var misfit: CaseError?
    for reading in readings {
      let forwards: [CaseForward]
      do throws(CaseError) { forwards = try CaseForward.all(of: reading, wishes) } catch {
        misfit = error
        continue
      }
      for forward in forwards {
        for loss in losses(reading) {
          for reduction in reductions(reading) {
            let quality2 = forward.quality * 4 + lossQuality(reading, forward, loss, reduction)
            if quality2 > quality { (open, quality) = ([], quality2) }
            if quality2 == quality { open.append((reading, forward, loss, reduction)) }
          }
        }
      }
    }
    if open.isEmpty, let misfit { throw misfit }
    lossFits = quality % 4 > 0
    let size = open.first.map { $0.reading.sampleCount * $0.reading.weights.reduce(0) { $0 + $1.count } } ?? 0
    guard open.count <= CaseSearch.mostTrials, open.count * max(size, 1) < CaseSearch.mostWork else {
      throw CaseError(
        "it would take too long to try the \(open.count) combinations of activations, loss and reduction that may be meant",
        answers: [
          "activations=\(open[0].reading.weights.map { _ in "…" }.joined(separator: ","))", "loss=…",
        ])
    }
    var trials: [CaseTrial] = []
    for (reading, forward, loss, reduction) in open {
      do throws(NotComputed) {
        trials.append(try CaseTrial(reading, forward, loss: loss, reduction: reduction))
      } catch {
        throw CaseError(error.message)
      }
    }
    return trials
  }

  /// The losses that may be meant: every row, its terms averaged or added where there are several outputs.
  private func losses(_ reading: CaseReading) -> [LossChoice] {
    if let loss = wishes.loss { return [loss] }
    return Loss.all.flatMap { row -> [LossChoice] in
      let plain = LossChoice(row)
      var summed = plain
      let isOther = reading.outputs > 1 && summed.setOutputs(added: true)
      return isOther ? [plain, summed] : [plain]
    }
  }

  private func reductions(_ reading: CaseReading) -> [Reduction] {
    if let reduction = wishes.reduction { return [reduction] }
    return reading.sampleCount == 1 ? [.mean] : Reduction.allCases
  }

  /// How near the file's value of the loss comes: 3 where it is that, 2 where it is that of the file's own outputs, 1 where
  /// it is nearly so, as with something added inside a logarithm.
  private func lossQuality(
    _ reading: CaseReading, _ forward: CaseForward, _ loss: LossChoice, _ reduction: Reduction
  ) -> Int {
    guard let given = reading.numbers(Quantity(.loss)) else { return 0 }
    let value = reading.loss(loss, reduction, of: forward.a)
    if given.agree(with: Matrix(value), loosely: true) { return 3 }
    if let outputs = reading.numbers(Quantity(.a, reading.weights.count))?.values,
      given.agree(with: Matrix(reading.loss(loss, reduction, of: outputs)))
    {
      return 2
    }
    return abs(value - given.values.elements[0]) <= 1e-6 * abs(value) ? 1 : 0
  }

  /// What has to be said where the file has activations that no activation here gives; nil where it has none.
  private func misfit(in trial: CaseTrial) -> CaseError? {
    let (reading, forward) = (trial.reading, trial.forward)
    let count = reading.weights.count
    guard
      let layer = (1...count).first(where: {
        forward.evidence[$0 - 1] == .none && reading.numbers(Quantity(.a, $0)) != nil
      }), let given = reading.numbers(Quantity(.a, layer))
    else { return nil }
    var names = forward.activations.map(\.typed)
    if layer == count { names[layer - 1] = reading.usualOutput }
    let before = reading.numbers(Quantity(.net, layer))?.name ?? "net\(layer)"
    return CaseError(
      "\(given.name) comes of \(before) by no activation that there is here, so that it is wrong, or one of another kind",
      answers: ["activations=\(names.joined(separator: ","))"])
  }

  /// What has to be said to tell trials apart; nil where no setting would.
  private func question(_ trials: [CaseTrial], _ reason: Text) -> CaseError? {
    func distinct(_ name: String, _ text: (CaseTrial) -> String) -> [String] {
      var all: [String] = []
      for trial in trials where !all.contains(text(trial)) { all.append(text(trial)) }
      return all.count > 1 ? all.map { "\(name)=\($0)" } : []
    }
    let questions = [
      distinct("activations") { $0.forward.activations.map(\.typed).joined(separator: ",") },
      distinct("loss") { $0.loss.typed }, distinct("reduction") { $0.reduction.rawValue },
      distinct("layout") { $0.reading.layout.weights.rawValue },
      distinct("samples") { $0.reading.layout.samplesAreRows ? "rows" : "columns" },
    ].filter { !$0.isEmpty }
    guard !questions.isEmpty else { return nil }
    let lists = questions.map { answers in
      answers.prefix(5).joined(separator: " or ") + (answers.count > 5 ? " …" : "")
    }
    return CaseError(
      "it does not tell \(lists.joined(separator: ", nor ")): \(reason)", answers: questions.compactMap(\.first))
  }
}

extension CaseForward {
  /// How much of the file's forward pass it accounts for.
  var quality: Int {
    evidence.reduce(0) { sum, evidence in
      switch evidence {
      case .fits: sum + 2
      case .fitsThere: sum + 1
      case .said, .none: sum
      }
    }
  }

  /// Whether every activation was said or found in what was computed forward.
  var isTold: Bool { !evidence.contains(.none) }
}

extension Choice {
  /// It as a setting of `load case` says it: `huber:2`, `binary-cross-entropy:sum`.
  package var typed: String {
    rule.name
      + changed.map { ":" + ($0.setting.word(for: $0.value) ?? shortest($0.value)) }.joined()
  }
}

extension Choice where Row == Loss {
  /// Adds the outputs' terms or averages them; false where the loss has no such setting.
  package mutating func setOutputs(added: Bool) -> Bool { set("outputs", to: added ? 1 : 0) }
}

extension CaseReading {
  /// The activation that outputs mostly have with such targets: softmax where those of each sample sum to 1, sigmoid where
  /// all are within 0 and 1.
  fileprivate var usualOutput: String {
    let sums = (0..<targets.rows).map { row in (0..<targets.columns).reduce(0) { $0 + targets[row, $1] } }
    if targets.columns > 1, sums.allSatisfy({ abs($0 - 1) < 1e-9 }) { return "softmax" }
    return targets.elements.allSatisfy { 0...1 ~= $0 } ? "sigmoid" : "identity"
  }
}
