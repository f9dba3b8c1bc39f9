import Engine

/// What became of a training, in a word: what a map of many futures shows of each.
package struct Fate: Sendable {
  /// The word.
  package let name: String
  /// The sign that stands for it where there is room for one character.
  package let sign: Character
  /// What it means, in a sentence.
  package let meaning: Text
  /// Whether it is something to be wished for, or to be put up with; else something went wrong.
  package let tone: Tone
  private let isSo: @Sendable (Health) -> Bool
  /// Whether it is so as far as the losses on the way tell; nil where they tell nothing of it.
  private let isToldBy: (@Sendable ([ScoreCurve.Point]) -> Bool)?

  /// How it is to be looked upon.
  package enum Tone: Sendable {
    case good, open, bad
  }

  /// Every one; of several that are so the first counts. A new one is one entry.
  package static let all: [Fate] = [
    Fate(
      name: "not-finite", sign: "!", meaning: "weights or the loss are no finite numbers any more", tone: .bad,
      toldBy: { $0.last?.trained.loss.isFinite == false }
    ) { $0.hasRemark(Remark.notFinite) },
    Fate(
      name: "converged", sign: "#",
      meaning: "nearly all comes out right, or the loss over all samples is a tenth of its largest or less", tone: .good
    ) { $0.hasLearned && $0.course.rise <= 0 },
    Fate(
      name: "dead", sign: "x",
      meaning: "a layer's units give the same for every sample, or its weights shrank to nothing", tone: .bad
    ) { health in ["dead-units", "saturated-units", "weights-vanished"].contains { health.hasRemark($0) } },
    Fate(
      name: "oscillates", sign: "~", meaning: "the loss over all samples goes up and down from epoch to epoch",
      tone: .bad
    ) { $0.oscillates },
    Fate(name: "grew", sign: "^", meaning: "the loss over all samples grew: the rate is too large", tone: .bad) {
      $0.hasRemark(Remark.lossGrew)
    },
    Fate(
      name: "unchanged", sign: "=", meaning: "the loss over all samples is to the bit what it was: nothing has moved",
      tone: .open, toldBy: \.isUnchanged),
    Fate(
      name: "stuck", sign: "-", meaning: "the loss over all samples went down by less than a tenth in the second half",
      tone: .open
    ) { $0.isStuck },
    Fate(
      name: "worse", sign: "/", meaning: "the loss over all samples is above what it was, after a few epochs",
      tone: .open, toldBy: { $0.rise > 0 }),
    Fate(
      name: "learning", sign: "+", meaning: "the loss over all samples still goes down", tone: .open,
      toldBy: { _ in true }),
  ]

  /// What became of a training.
  package init(_ health: Health) { self = Fate.all.first { $0.isSo(health) } ?? Fate.all[Fate.all.count - 1] }

  /// What became of a future of a sweep: where it would take too long to look at all of it, as far as its loss tells.
  package init(_ future: SweptFuture) {
    guard let health = Health(future) else {
      self = Fate.all.first { $0.isToldBy?(future.course) == true } ?? Fate.all[Fate.all.count - 1]
      return
    }
    self.init(health)
  }

  private init(
    name: String, sign: Character, meaning: Text, tone: Tone,
    toldBy isToldBy: (@Sendable ([ScoreCurve.Point]) -> Bool)? = nil, _ isSo: @escaping @Sendable (Health) -> Bool
  ) {
    (self.name, self.sign, self.meaning, self.tone) = (name, sign, meaning, tone)
    (self.isToldBy, self.isSo) = (isToldBy, isSo)
  }

  /// One that the losses on the way tell all of.
  private init(
    name: String, sign: Character, meaning: Text, tone: Tone,
    toldBy isToldBy: @escaping @Sendable ([ScoreCurve.Point]) -> Bool
  ) {
    self.init(name: name, sign: sign, meaning: meaning, tone: tone, toldBy: isToldBy) { isToldBy($0.course) }
  }

  /// Two are the same where they have the same name.
  package static func == (one: Fate, other: Fate) -> Bool { one.name == other.name }
}

extension Health {
  /// Whether a remark of that name is made.
  func hasRemark(_ name: String) -> Bool { remarks.contains { $0.remark.name == name } }

  /// Whether the loss goes up and down over the last epochs: it rises at least three times in eight, and more than half of what
  /// it falls it rises again, by more than a hundredth of itself in all.
  var oscillates: Bool {
    let losses = course.suffix(9).map(\.trained.loss)
    guard losses.count >= 5, losses.allSatisfy(\.isFinite), let least = losses.min(), let most = losses.max() else {
      return false
    }
    let changes = zip(losses.dropFirst(), losses).map { $0 - $1 }
    let rises = changes.filter { $0 > 0 }
    let (up, down) = (rises.reduce(0, +), changes.filter { $0 < 0 }.reduce(0, -))
    return 8 * rises.count >= 3 * changes.count && rises.count < changes.count && 2 * up > down
      && most - least > 0.01 * most
  }
}

extension [ScoreCurve.Point] {
  /// Whether the loss has not changed at all, as with a rate of 0.
  fileprivate var isUnchanged: Bool {
    guard count > 1, let first = first?.trained.loss else { return false }
    return allSatisfy { $0.trained.loss.bitPattern == first.bitPattern }
  }

  /// How far the loss is above what it was at the first; below 0 where it fell, and where there are fewer than two.
  fileprivate var rise: Double {
    guard count > 1, let first, let last else { return -1 }
    return last.trained.loss - first.trained.loss
  }
}
