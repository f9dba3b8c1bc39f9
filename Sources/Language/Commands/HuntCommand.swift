import Diagnosis
import Engine
import Notation

extension Command {
  /// The command that hides a mistake to be found.
  static let hunting: [Command] = [
    Command(
      "hunt", elsewhere: ["game", "exercise"], .verify, "hunt [N] [seed=S] | hunt guess NAME | hunt over",
      """
      Turns N mistakes on, each of which shows in a gradient, and keeps which: the numbers are wrong, the formulas beside them \
      are right. guess names one; over gives up and says them all. Another seed hides others, beside those that are hidden.
      """,
      example: small + "hunt seed=3\nforward\nbackward\nhunt over", work: .ofParameters,
      complete: { _, words in
        words.count == 1 ? ["guess", "over", "seed="] : Mistake.names
      }
    ) { session, arguments throws(CommandError) in .answer(try session.hunt(&arguments)) }
  ]
}

extension Session {
  /// `hunt [N] [seed=S]`, `hunt guess NAME`, `hunt over`
  fileprivate mutating func hunt(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    if arguments.accept("guess") { return try guess(&arguments) }
    if arguments.accept("over", "reveal", "giveup") || arguments.accept("give") && arguments.accept("up") {
      try arguments.end()
      let secrets = try secrets()
      reveal { _ in true }
      return Answer(
        secrets.map(\.namedWords) + ["they stay on, and are shown from here on; mistake none turns them off"])
    }
    if let reason = timeline.experiment.obstacle { throw CommandError(reason, at: 0) }
    var count = 1
    if let word = arguments.peek, SettingWord(word) == nil {
      count = try arguments.integer("a number of mistakes", in: 1...Session.mostHidden)
    }
    var seed = 1
    for setting in try arguments.settings() {
      guard setting.name == "seed" else {
        throw CommandError("hunt has no setting \(setting.name); it has seed", at: setting.column)
      }
      seed = try Arguments.integer(setting.value, "a seed", in: 0...Int(Int32.max))
    }
    try arguments.end()
    var network = timeline.experiment.network
    let hiddenBefore = network.hiddenMistakes
    let before = hiddenBefore.count
    guard before + count <= Session.mostHidden else {
      let known = counted(before, "mistake")
      throw CommandError(
        "\(known) \(before == 1 ? "is" : "are" as Text) hidden already, of \(Session.mostHidden) at most; hunt over says which",
        at: 0)
    }
    var random = Generator(seed: seed)
    var hidden = 0
    for mistake in Mistake.all.filter({ !$0.name.isEmpty && $0.isInFormulas && !hiddenBefore.contains($0.name) })
      .shuffled(using: &random)
    where hidden < count {
      var line = timeline.atBeginningOfIteration
      line.change { experiment, _ in experiment.network = network }
      let layer = Int.random(in: 1...network.layers.count, using: &random)
      let made = mistake.made(in: line, layer: layer) ?? mistake.made(in: line, layer: nil)
      try CommandError.heedStopSign()
      guard let made else { continue }
      // Each is in formulas of its own, so that each can be found by itself.
      let others = Set(network.alterations.map(\.quantity))
      let added = made.alterations.filter { !network.alterations.contains($0) }
      guard added.allSatisfy({ !others.contains($0.quantity) }) else { continue }
      var other = network
      other.alterations += added.map { alteration in
        var secret = alteration
        secret.isSecret = true
        return secret
      }
      // What no number shows nobody can find, nor what another one hides.
      let allShow = other.hiddenMistakes.allSatisfy { name in
        line.shows(other.alterations.filter { $0.isSecret && $0.name == name }, in: other)
      }
      try CommandError.heedStopSign()
      guard allShow else { continue }
      network = other
      hidden += 1
    }
    guard hidden > 0 else {
      let other: Text = before == 0 ? "" : "other "
      throw CommandError("no \(other)mistake shows in this network and these samples", at: 0)
    }
    install(network)
    let all = before + hidden
    let added: Text = before == 0 ? "" : "\(counted(hidden, "mistake")) \(hidden == 1 ? "is" : "are" as Text) added: "
    let rest: Text = hidden == count ? "" : ", and no other shows"
    return Answer(
      """
      \(added)\(counted(all, "mistake")) \(all == 1 ? "is" : "are" as Text) hidden in the code of the way back\(rest); check shows \
      which gradients are wrong, hunt guess NAME names one, help mistake lists them, hunt over says which
      """)
  }

  /// `hunt guess NAME`
  private mutating func guess(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let hidden = timeline.experiment.network.hiddenMistakes.count
    let word = try arguments.word(
      "the name of a mistake, of which \(hidden) \(hidden == 1 ? "is" : "are") hidden (help mistake lists them)")
    try arguments.end()
    guard let mistake = Mistake.named(word.text) else { throw Session.noMistake(word, among: Mistake.names) }
    let hit = try secrets().filter { $0.name == mistake.name }
    guard !hit.isEmpty else { return Answer("no: \(mistake.name) is not in it") }
    reveal { $0.name == mistake.name }
    let left = timeline.experiment.network.hiddenMistakes.count
    let rest: Text = left == 0 ? "all are found; mistake none makes the code right" : "\(left) to go"
    return Answer(["yes: \(mistake.meaning)"] + hit.map(\.namedWords) + [rest])
  }

  /// How many may be hidden at once.
  private static let mostHidden = 3

  /// What is hidden.
  private func secrets() throws(CommandError) -> [Alteration] {
    let secrets = timeline.experiment.network.alterations.filter(\.isSecret)
    guard !secrets.isEmpty else { throw CommandError("nothing is hidden; hunt hides a mistake", at: 0) }
    return secrets
  }

  /// Shows what is hidden from here on.
  private mutating func reveal(_ isMeant: (Alteration) -> Bool) {
    var network = timeline.experiment.network
    for index in network.alterations.indices where isMeant(network.alterations[index]) {
      network.alterations[index].isSecret = false
    }
    install(network)
  }
}

extension Network {
  /// The names of the mistakes that are hidden in its code.
  fileprivate var hiddenMistakes: Set<String> { Set(alterations.filter(\.isSecret).map(\.name)) }
}

extension Alteration {
  /// What it is, for those who have found it.
  fileprivate var namedWords: Text { words.map { "\(name): \($0)" } ?? Text(verbatim: name) }
}
