import Diagnosis
import Engine
import Formats
import Notation

/// How a comparison of gradients with differences reads.
struct CheckWords {
  private let check: GradientCheck
  private let cost: Expression?
  private let network: Network
  private let isAfterUpdate: Bool
  /// The samples of the batch by their numbers in the data, and the place of the one on show among them.
  private let samples: [Int]
  private let selected: Int
  private let writing: Writing

  /// The most units whose kinks are told one by one.
  private static let mostCrossings = 8

  init(_ check: GradientCheck, cost: Expression?, in session: Session) {
    let state = session.timeline.state
    (self.check, network, writing) = (check, state.experiment.network, session.writing)
    self.cost = cost.flatMap { $0.names(.loss) ? nil : $0 }
    (isAfterUpdate, selected) = (state.hasUpdated, state.selected)
    samples = state.batch.map { state.experiment.data.number(of: $0) + 1 }
  }

  /// The answer, with a row for each other step that was tried.
  func answer(_ sweep: [(step: StepSize, worst: CheckedNumber?)]) -> Answer {
    let kinks = crossings.prefix(CheckWords.mostCrossings).map(words(of:)) + moreCrossings
    var answer = Answer(
      Verdict(holds: check.holds, statement, worst: check.largestError),
      layers + bends + undecided + kinks + means + table(sweep))
    answer.fields = fields(sweep)
    return answer
  }

  // MARK: the verdict

  private var statement: Text {
    let subject: Text = cost.map { "d(\($0))/d(q)" } ?? "dw, db and dx"
    let numbers: Text =
      check.checked == check.count
      ? counted(check.count, "number") : "\(check.checked) of \(counted(check.count, "number")), spread evenly"
    let text: Text = "\(subject) against central differences, \(numbers)"
    guard let worst = check.worst else { return text + ", no number that differences decide" }
    let error: Text = "largest relative error \(writing.error(worst.relativeError)) at \(name(worst.element))"
    let tolerance: Text = "within \(shortest(check.tolerance))"
    guard !check.holds else { return text + ", " + error + ", " + tolerance }
    let wrong = check.quantities.reduce(0) { $0 + $1.differing }
    return text + ", \(wrong) wrong, " + error + ": \(sides(worst)), not " + tolerance
  }

  /// What the cost is differentiated by, or the gradient that is.
  private func name(_ element: Element) -> String {
    let kind = element.quantity.kind
    let gradient = cost == nil ? kind.gradient ?? kind : kind
    return Quantity(gradient, element.quantity.layer).name + element.indices(in: network)
  }

  /// `0.5 against 0.25`
  private func sides(_ number: CheckedNumber) -> Text { Comparison.against(number.exact, number.numeric, writing) }

  // MARK: layer by layer

  /// The quantities of each layer, and the inputs as layer 0.
  private var parts: [(layer: Int, quantities: [CheckedQuantity])] {
    var parts: [(layer: Int, quantities: [CheckedQuantity])] = []
    for quantity in check.quantities {
      if parts.last?.layer == quantity.quantity.layer, !parts.isEmpty {
        parts[parts.count - 1].quantities.append(quantity)
      } else {
        parts.append((quantity.quantity.layer, [quantity]))
      }
    }
    return parts
  }

  private func worst(of numbers: [CheckedNumber]) -> CheckedNumber? {
    numbers.reduce(nil) { worst, number in worst.map { number.isWorse(than: $0) ? number : $0 } ?? number }
  }

  private var layers: [Text] {
    parts.map { part in
      let subject: Text =
        part.layer == 0 ? (isBatch ? "inputs of \(sample(selected))" : "inputs") : "layer \(part.layer)"
      let decided = worst(of: part.quantities.compactMap(\.worst))
      guard let worst = decided ?? worst(of: part.quantities.compactMap(\.worstUndecided)) else {
        return subject + ": nothing that differences decide"
      }
      let words: Text =
        "\(subject): relative error \(writing.error(worst.relativeError)) at \(name(worst.element)), \(sides(worst))"
      return decided == nil ? words + ", which differences do not decide" : words
    }
  }

  private var isBatch: Bool { samples.count > 1 }

  /// `sample 3`, by its number in the data, of one of the batch.
  private func sample(_ slot: Int) -> Text { "sample \(samples.indices.contains(slot) ? samples[slot] : slot + 1)" }

  // MARK: what is no failure

  private var undecided: [Text] {
    let count = check.quantities.reduce(0) { $0 + $1.undecided }
    guard count > 0 else { return [] }
    let largest = check.quantities.reduce(0) { max($0, $1.largestUndecided) }
    return [
      """
      differences do not decide \(counted(count, "number")), off by up to \(writing.error(largest)): so far off are \
      the differences themselves, by rounding and by eps
      """
    ]
  }

  private var bends: [Text] {
    let count = check.quantities.reduce(0) { $0 + $1.bending }
    guard let first = check.quantities.compactMap(\.firstBend).first else { return [] }
    let subject =
      Quantity(first.element.quantity.kind, first.element.quantity.layer).name + first.element.indices(in: network)
    let others: Text = count > 1 ? ", and at \(counted(count - 1, "other"))" : ""
    return ["the cost itself has a kink at \(subject)\(others): \(sides(first)), no failure"]
  }

  private var crossings: [GradientCheck.Crossing] { check.crossings }

  /// `unit a1[2] crosses relu's kink between w1[2,1]+h and w1[2,1]-h: 0 against 0.5, no failure`
  private func words(of crossing: GradientCheck.Crossing) -> Text {
    let (kink, first) = (crossing.kink, crossing.first)
    let rule =
      kink.isOfLoss ? network.loss.rule.name : network.layers[kink.layer - 1].activation.rule.name
    let moved = first.element.quantity.name + first.element.indices(in: network)
    let unit = "\(Quantity(.a, kink.layer).name)[\(kink.unit + 1)]"
    let place: Text =
      kink.isOfLoss
      ? "where a - y = \(shortest(kink.place))"
      : "where \(Quantity(.net, kink.layer).name)[\(kink.unit + 1)] = \(shortest(kink.place))"
    let sample: Text = isBatch ? " in \(sample(kink.sample))" : ""
    let others: Text = crossing.others > 0 ? " (and with \(counted(crossing.others, "other number")))" : ""
    let end: Text
    switch first.finding {
    case .agrees: end = ", which differences do not feel"
    case .differs: end = ": \(sides(first)), and wrong on its own side too"
    default: end = ": \(sides(first)), no failure"
    }
    return "unit \(unit)\(sample) crosses \(rule)'s kink \(place) between \(moved)+\(h) and \(moved)-\(h)\(others)"
      + end
  }

  private var moreCrossings: [Text] {
    let more = check.crossings.count - CheckWords.mostCrossings
    return more > 0 ? ["and so do \(counted(more, "other unit"))"] : []
  }

  // MARK: how

  /// What is added and taken away.
  private var h: String {
    switch check.step {
    case .scaled: "h"
    case .fixed(let eps): shortest(eps)
    }
  }

  private var means: [Text] {
    let h: Text
    switch check.step {
    case .scaled(let eps): h = "h = \(writing.error(eps)) * max(1, |v|)"
    case .fixed(let eps): h = "h = \(shortest(eps))"
    }
    let passes = counted(check.passes, "forward pass", "forward passes")
    return ["\(passes), \(h)"]
      + (isAfterUpdate ? ["the weights are those that the forward pass read, before the update"] : [])
  }

  private func table(_ sweep: [(step: StepSize, worst: CheckedNumber?)]) -> [Text] {
    guard !sweep.isEmpty else { return [] }
    return ["eps     largest relative error"]
      + sweep.map { row in
        let eps = shortest(row.step.eps)
        let blanks = String(repeating: " ", count: max(8 - eps.count, 1))
        guard let worst = row.worst else { return "\(eps)\(blanks)every number crosses a kink" }
        return "\(eps)\(blanks)\(writing.error(worst.relativeError)) at \(name(worst.element))"
      }
  }

  // MARK: for programs

  private func fields(_ number: CheckedNumber) -> [JSONMember] {
    [
      JSONMember("at", .string(name(number.element))), JSONMember("exact", .number(number.exact)),
      JSONMember("numeric", .number(number.numeric)), JSONMember("relative", .number(number.relativeError)),
    ]
  }

  private func fields(_ sweep: [(step: StepSize, worst: CheckedNumber?)]) -> [JSONMember] {
    var fields = [
      JSONMember("eps", .number(check.step.eps)), JSONMember("tol", .number(check.tolerance)),
      JSONMember("passes", .number(Double(check.passes))), JSONMember("numbers", .number(Double(check.checked))),
      JSONMember("of", .number(Double(check.count))),
      JSONMember("wrong", .number(Double(check.quantities.reduce(0) { $0 + $1.differing }))),
      JSONMember("undecided", .number(Double(check.quantities.reduce(0) { $0 + $1.undecided }))),
    ]
    if let worst = check.worst { fields.append(JSONMember("relative", .number(worst.relativeError))) }
    fields.append(
      JSONMember(
        "layers",
        .array(
          parts.map { part in
            .object(
              [JSONMember("layer", .number(Double(part.layer)))]
                + (worst(of: part.quantities.compactMap(\.worst)).map { self.fields($0) } ?? []))
          })))
    if !check.crossings.isEmpty {
      fields.append(
        JSONMember(
          "kinks",
          .array(
            check.crossings.prefix(CheckWords.mostCrossings).map { crossing in
              .object(
                [
                  JSONMember("unit", .string("\(Quantity(.a, crossing.kink.layer).name)[\(crossing.kink.unit + 1)]")),
                  JSONMember("sample", .number(Double(crossing.kink.sample + 1))),
                ] + self.fields(crossing.first))
            })))
    }
    guard !sweep.isEmpty else { return fields }
    fields.append(
      JSONMember(
        "sweep",
        .array(
          sweep.map { row in
            .object([JSONMember("eps", .number(row.step.eps))] + (row.worst.map { self.fields($0) } ?? []))
          })))
    return fields
  }
}
