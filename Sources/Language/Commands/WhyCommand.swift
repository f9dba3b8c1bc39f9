import Diagnosis
import Engine
import Formats
import Notation
import Panels

extension Command {
  /// The command that says who wrote a number.
  static let whyTold = Command(
    "why", elsewhere: ["blame", "origin"], .look, "why PARAMETER[INDICES] [first N|all] [deep]",
    """
    Says where a weight or bias comes from: what it started as, what was set by hand or drawn anew, and what each sample's \
    gradients have moved it by, the largest first, which add up to it with what rounding leaves; then the \
    \(ParameterOrigin.mostUpdates.usual) largest updates, or as many as are asked for, each with the line that goes there, with \
    `deep` and their derivations. On the screen Enter goes there, from a sample to the largest of its updates, and Esc comes \
    back to the list. Where an optimizer's memory scales one gradient by others, none has a share of its own.
    """,
    example: small + "run 40\nwhy w2[1,1]\nwhy w2[1,1] first 20\nwhy b1[2] deep", effect: .looks,
    complete: { session, words in words.count == 1 ? session.parameterNames : ["first", "all", "deep"] }
  ) { session, arguments throws(CommandError) in
    let expression = try arguments.expression("a weight or bias with its indices")
    var most = ParameterOrigin.mostUpdates.usual
    // Either way round.
    var isDeep = arguments.accept("deep")
    if arguments.accept("all") {
      most = ParameterOrigin.mostUpdates.asked
    } else if arguments.accept("first") {
      most = try arguments.integer("how many updates are to be said", in: 1...ParameterOrigin.mostUpdates.asked)
    }
    isDeep = arguments.accept("deep") || isDeep
    if let name = expression.names.first, let other = Quantity.named(name), !other.kind.isParameter {
      throw CommandError(
        "\(name) is no weight or bias: explain says how it comes about", at: expression.range.lowerBound)
    }
    if let name = expression.names.first, Quantity.named(name) == nil, session.definitions[name] == nil,
      Command.named(name) != nil
    {
      throw CommandError(
        "\(name) is a command: a weight or bias was expected here, as in why w1[1,1]", at: expression.range.lowerBound)
    }
    let element = try session.element(expression)
    guard element.quantity.kind.isParameter else {
      throw CommandError("a weight or bias was expected here, as in w1[1,1]", at: expression.range.lowerBound)
    }
    return .look { [most, isDeep] session throws(CommandError) in
      try session.answer(to: element, typed: expression, most, isDeep: isDeep)
    }
  }
}

extension Session {
  fileprivate func answer(
    to element: Element, typed: Expression, _ most: Int, isDeep: Bool
  ) throws(CommandError) -> Answer {
    let (sign, done) = (StopSign.current, ShareDone.current)
    done?.begin(from: Place(), to: timeline.place)
    let found = ParameterOrigin(of: element, on: timeline, keeping: most) { iteration in
      done?.note(iteration)
      return sign?.isUp == true
    }
    guard let origin = found else {
      throw CommandError(sign?.isUp == true ? "stopped" : "nothing is known of \(typed)", at: typed.range.lowerBound)
    }
    var rows: [(name: Text, number: Double, more: Text)] = [
      (
        origin.startStep == 0 ? "at the start" : "at step \(origin.startStep), where this network begins", origin.start,
        ""
      )
    ]
    let cell = Selection(element.quantity, row: element.row, column: element.column)
    var leads: [Int: Answer.Lead] = [:]
    for change in origin.byHand {
      leads[rows.count] = Answer.Lead(line: "goto \(change.step)", cell: cell)
      let name: Text = change.isDrawn ? "drawn at step \(change.step)" : "by hand at step \(change.step)"
      rows.append((name, change.change, ""))
    }
    for share in origin.shares.prefix(Session.mostShares) {
      // To the update of it that counts most: its derivation says how the sample's gradient came about.
      leads[rows.count] = share.largest.map { Answer.Lead(line: "goto \(timeline.step(at: $0))", cell: cell) }
      let count = counted(share.updates, "update")
      rows.append((share.sample.map { "sample \($0 + 1)" } ?? "by updates", share.sum, "in \(count)"))
    }
    let others = origin.shares.dropFirst(Session.mostShares)
    if !others.isEmpty {
      rows.append(
        (
          "\(counted(others.count, "other sample"))", others.reduce(0) { $0 + $1.sum },
          "in \(counted(others.reduce(0) { $0 + $1.updates }, "update"))"
        ))
    }
    if origin.rest != 0 { rows.append(("rounding", origin.rest, "")) }
    var answer = Answer(
      ["\(typed) = \(writing.number(origin.value)), after \(counted(origin.updates, "update")):"] + aligned(rows))
    // The first line says what the number is.
    for (row, lead) in leads { answer.leads[row + 1] = lead }
    answer.lines += origin.wordsOfShares
    for (line, lead) in lines(of: origin, element, isDeep: isDeep) {
      answer.leads[answer.lines.count] = lead
      answer.lines.append(line)
    }
    answer.fields = fields(of: origin)
    return answer
  }

  /// The most samples whose shares are listed one by one.
  private static let mostShares = 20

  private func aligned(_ rows: [(name: Text, number: Double, more: Text)]) -> [Text] {
    let names = rows.map(\.name.description.count).max() ?? 0
    return rows.map { row in
      let blanks = String(repeating: " ", count: names - row.name.description.count + 2)
      let sign = row.number < 0 ? "-" : "+"
      let end: Text = row.more.description.isEmpty ? "" : "  \(row.more)"
      return "  \(row.name)\(blanks)\(sign) \(writing.number(abs(row.number)))" + end
    }
  }

  /// The largest updates, each with where it leads: to the step with which it is complete; and how they came about.
  private func lines(
    of origin: ParameterOrigin, _ element: Element, isDeep: Bool
  ) -> [(Text, Answer.Lead?)] {
    guard origin.updates > 0 else { return [] }
    var change = element
    change.quantity = Quantity(element.quantity.kind.change ?? element.quantity.kind, element.quantity.layer)
    let name = change.quantity.name + change.indices(in: timeline.experiment.network)
    var line = timeline
    let moving = origin.largest.filter { $0.change != 0 }
    let isAll = moving.count < origin.largest.count || moving.count == origin.updates
    let head: Text =
      moving.isEmpty
      ? "no update has moved it"
      : origin.updates == 1
        ? "the update that moved it:" : isAll ? "all updates that moved it, the largest first:" : "the largest updates:"
    var found: [(Text, Answer.Lead?)] = [(head, nil)]
    let cell = Selection(element.quantity, row: element.row, column: element.column)
    for update in moving {
      let sample: Text = update.sample.map { ", sample \($0 + 1)" } ?? ""
      let lead = Answer.Lead(line: "goto \(timeline.step(at: update.place))", cell: cell)
      found.append(
        (
          """
          \(Text(verbatim: "  "))iteration \(update.iteration)\(sample): \(writing.number(update.change)); \
          \(lead.line)
          """, lead
        ))
      guard isDeep else { continue }
      line.move(to: update.place)
      let derivation = try? Derivation(of: change, in: line.state, digits: digits, letters: letters)
      found += (derivation?.lines(deep: false) ?? []).map { (Text(verbatim: "    " + $0), nil) }
    }
    if !isDeep, !moving.isEmpty {
      found.append(
        ("there explain \(name) shows how it came about; goto \(timeline.state.step) comes back here", nil))
    }
    return found
  }

  private func fields(of origin: ParameterOrigin) -> [JSONMember] {
    func object(_ members: [(String, Double)]) -> JSONValue {
      .object(members.map { JSONMember($0.0, .number($0.1)) })
    }
    return [
      .init("value", .number(origin.value)), .init("start", .number(origin.start)),
      .init(
        "by_hand",
        .array(
          origin.byHand.map { one in
            .object([
              .init("step", .number(Double(one.step))), .init("change", .number(one.change)),
              .init("drawn", .bool(one.isDrawn)),
            ])
          })),
      .init(
        "shares",
        .array(
          origin.shares.map { share in
            object(
              (share.sample.map { [("sample", Double($0 + 1))] } ?? []) + [
                ("sum", share.sum), ("updates", Double(share.updates)),
              ])
          })),
      .init("rest", .number(origin.rest)),
      .init(
        "largest",
        .array(
          origin.largest.map {
            object([
              ("iteration", Double($0.iteration)), ("step", Double(timeline.step(at: $0.place))), ("change", $0.change),
            ])
          })),
    ]
  }
}

extension ParameterOrigin {
  /// What the samples' shares are made of, and why there are none, or none in some of the updates.
  fileprivate var wordsOfShares: [Text] {
    var words: [Text] = []
    // Each reason once, with the steps of all updates that it is the reason of.
    var reasons: [(words: Text, steps: [Text])] = []
    for stretch in stretches {
      switch stretch.grouping {
      case .bySample: break
      case .throughMomentum:
        words = ["a sample's share is what its gradients have moved it by, at once and by way of the momentum"]
      case .together(let reason):
        let reason = reason.words(of: stretch.optimizer.rule.name)
        let end: Text = stretch.end.map { "to step \($0)" } ?? "on"
        let steps: Text = "from step \(stretch.step) \(end)"
        if let known = reasons.firstIndex(where: { $0.words.description == reason.description }) {
          reasons[known].steps.append(steps)
        } else {
          reasons.append((reason, [steps]))
        }
      }
    }
    guard !reasons.isEmpty else { return words }
    guard stretches.contains(where: { !$0.grouping.isTogether }) else {
      let all = reasons.map(\.words).joined(separator: "; ")
      return ["no sample has a share of its own: \(all); by updates is what all of them have moved it by"]
    }
    return words
      + reasons.map { reason in
        """
        no sample has a share of the updates \(reason.steps.joined(separator: ", ")): \(reason.words); by updates is what \
        those have moved it by
        """
      }
  }
}

extension ParameterOrigin.Reason {
  fileprivate func words(of optimizer: String) -> Text {
    switch self {
    case .manySamples: "there are more than \(ParameterOrigin.mostSamples)"
    case .mistake: "with a mistake on, a batch's gradient is not made of its samples' own"
    case .optimizer: "\(optimizer), as it is set, makes a step of several gradients, or of the weight too"
    case .optimizerChanged:
      "the optimizer was changed on the way, so that no one rule says what each gradient has come to"
    case .batches: "the momentum goes on with the gradients of whole batches"
    case .changed: "something was changed by hand on the way, and the momentum goes on from before"
    }
  }
}
