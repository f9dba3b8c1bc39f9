import Diagnosis
import Engine
import Notation

extension Command {
  /// The command that trains with wrong code.
  static let mistaking: [Command] = [
    Command(
      "mistake", elsewhere: ["bug", "fault", "slip"], .verify,
      "mistake NAME [layer=L] | mistake QUANTITY = EXPR | mistake none",
      """
      Trains with a mistake in the code of the backward pass: from here on every step, panel and derivation shows what the \
      faulty code computes, and says so. Several can be on at once; none turns them off. A mistake of your own is a formula \
      for a gradient, or for net on the way forward, of a whole quantity or over its indices.
      """,
      details: {
        let all = Mistake.all.filter { !$0.name.isEmpty }
        let untrained = all.filter(\.isOfNumbersAlone).map(\.name).joined(separator: ", ")
        return all.map { "\($0.name): \($0.meaning)" }
          + (untrained.isEmpty
            ? [] : ["\(untrained): compare tells from numbers alone, and nothing is trained with them"])
      },
      example: small
        + "mistake missing-derivative layer=1\nbackward\nmistake none\nmistake dw1[j,i] = delta1[j]\nbackward",
      complete: { session, words in
        words.count == 1
          ? ["none"] + Mistake.names + session.mistakableNames : ["layer="]
      }
    ) { session, arguments throws(CommandError) in .answer(try session.mistake(&arguments)) }
  ]
}

extension Session {
  /// `mistake NAME [layer=L]`, `mistake QUANTITY = EXPR`, `mistake none`
  fileprivate mutating func mistake(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let word = try arguments.word("a mistake (help mistake lists them)")
    let column = word.range.lowerBound
    if word.text == "none" {
      try arguments.end()
      guard !timeline.experiment.network.alterations.isEmpty else { return Answer("no mistake is on") }
      install(timeline.experiment.network.withoutMistakes)
      return Answer("the code is right again")
    }
    if let reason = timeline.experiment.obstacle { throw CommandError(reason, at: 0) }
    guard let mistake = Mistake.named(word.text) else { return try ownMistake(&arguments, word) }
    let layer = try layer(in: &arguments, of: mistake)
    try arguments.end()
    guard let network = mistake.made(in: timeline, layer: layer, ahead: Session.iterationsToShowIn) else {
      let place: Text = layer.map { "layer \($0) of this network" } ?? "this network"
      let others = (1...timeline.experiment.network.layers.count).filter {
        $0 != layer && mistake.made(in: timeline, layer: $0, ahead: Session.iterationsToShowIn) != nil
      }
      let elsewhere: Text =
        layer == nil || others.isEmpty
        ? Session.reason(of: mistake, in: timeline)
        : "; it does in \(others.map { "layer \($0)" }.joined(separator: ", "))"
      throw CommandError("\(mistake.name) changes nothing in \(place)\(elsewhere)", at: column)
    }
    let before = timeline.experiment.network
    install(network)
    return Answer(Session.said(of: mistake, network, before))
  }

  /// A mistake of the user's own: a formula for what a layer computes, on the way forward or back.
  private mutating func ownMistake(_ arguments: inout Arguments, _ word: Word) throws(CommandError) -> Answer {
    let column = word.range.lowerBound
    arguments.unread()
    guard arguments.line.command.contains("=") else {
      throw Session.noMistake(word, among: Mistake.names + ["none"])
    }
    let (target, expression) = try arguments.assignment(
      "what a layer computes was expected here: delta1, dw1[j,i], net2[k]")
    let (name, indices) = try Session.target(target)
    guard let quantity = Quantity.named(name) else { throw Session.unknown(name, at: column, among: mistakableNames) }
    guard mistakableNames.contains(quantity.name) else {
      throw CommandError(
        "\(name) is computed by its own formula; net, da, delta, dw and db of a layer may be by another, and dx",
        at: column)
    }
    var letters: [String] = []
    for index in indices {
      guard case .name(let letter, version: nil) = index.kind, !letters.contains(letter) else {
        throw CommandError(
          "a letter was expected here, another for each index, as in dw1[j,i]", at: index.range.lowerBound)
      }
      letters.append(letter)
    }
    let wanted = quantity.kind.extent.indexCount(in: timeline.experiment.network, layer: quantity.layer)
    guard letters.isEmpty || letters.count == wanted else {
      throw CommandError("\(name) has \(counted(wanted, "index", "indices"))", at: column)
    }
    try requireMeaning(of: expression, for: target, over: letters)
    guard
      let own = Alteration.own(expression, of: quantity, over: letters, in: timeline, content.definitions)
    else {
      throw CommandError(
        "this gives no finite numbers in the shape of \(name) where \(name) is computed",
        at: expression.range.lowerBound)
    }
    var network = timeline.experiment.network
    network.alterations.removeAll { $0.quantity == quantity }
    network.alterations.append(own)
    install(network)
    return Answer("\(quantity.name) is computed by this formula from here on; mistake none gives its own back")
  }

  /// Refuses a formula in which a name means nothing, or an index that stands for nothing.
  private func requireMeaning(
    of expression: Expression, for target: Expression, over letters: [String]
  ) throws(CommandError) {
    let free: [String]
    do throws(EvaluationError) {
      free = try Claim(target, expression).freeIndicesAmongKnownNames(in: scope)
    } catch {
      throw CommandError(error.message, at: error.range?.lowerBound ?? expression.range.lowerBound)
    }
    if let stray = free.first(where: { !letters.contains($0) }) {
      throw CommandError(
        "\(stray) stands for nothing on the left; a sum over it is sum(\(stray), …)", at: expression.range.lowerBound)
    }
  }

  /// What to say of a word that names no mistake.
  static func noMistake(_ word: Word, among names: [String]) -> CommandError {
    CommandError(
      "\(word.text) is not a mistake\(suggestion(for: word.text, among: names)); help mistake lists them",
      at: word.range.lowerBound)
  }

  /// In how many iterations behind the next one a mistake may show where the next has only zeros to show.
  private static let iterationsToShowIn = 8

  /// The layer that is meant; nil where none is said.
  private func layer(in arguments: inout Arguments, of mistake: Mistake) throws(CommandError) -> Int? {
    var layer: Int?
    for setting in try arguments.settings() {
      guard setting.name == "layer" else {
        throw CommandError("\(mistake.name) has no setting \(setting.name); it has layer", at: setting.column)
      }
      layer = try Arguments.integer(setting.value, "a layer", in: 1...timeline.experiment.network.layers.count)
    }
    return layer
  }

  /// Goes on with another network of the same layers from here.
  mutating func install(_ network: Network) {
    partWhereThereIsAFuture()
    content.change { experiment, _ in experiment.network = network }
  }

  /// What is computed wrongly from here on.
  private static func said(of mistake: Mistake, _ network: Network, _ before: Network) -> Text {
    let formulas = network.alterations.filter { !before.alterations.contains($0) }
      .compactMap { $0.words ?? $0.quantity.equation(in: network).map { Text(verbatim: $0) } }
    let order: Text =
      network.updatesOnTheWayBack && !before.updatesOnTheWayBack
      ? "; each layer is updated behind its own backward step" : ""
    let later: Text = mistake.showsLater ? ", from the next iteration on" : ""
    return "on: \(mistake.meaning)\(later)\(order); \(formulas.joined(separator: ", "))"
  }

  /// Why a mistake cannot show, as far as that is known.
  private static func reason(of mistake: Mistake, in timeline: Timeline) -> Text {
    if mistake.isOfNumbersAlone { return ": compare tells it from numbers, and it is no formula to train with" }
    return timeline.state.batch.count == 1 && mistake.needsSeveralSamples
      ? ": a batch of one sample cannot show it" : ""
  }

  /// The names of what may be computed by another formula.
  fileprivate var mistakableNames: [String] {
    timeline.state.program.operations.filter {
      // The slopes are worked out of the activations: with others of them they would be no derivatives.
      ($0.phase == .backward && $0.quantity.kind.extent != .square) || $0.quantity.kind == .net
    }
    .map(\.quantity.name)
  }
}
