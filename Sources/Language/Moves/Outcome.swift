import Engine
import Notation

extension Session {
  /// What a run came to: `150 samples: loss 1.61 → 0.98; accuracy 0.333, all taken for virginica`. It takes the score before
  /// the run; nil where there is none now.
  package func outcome(since before: Score?) -> Text? {
    guard let point = timeline.latestScore() else { return nil }
    let now = point.trained
    var text: Text = "\(counted(now.samples, "sample")): loss \(Session.change(from: before?.loss, to: now.loss))"
    if let heldOut = point.holdoutLoss { text += ", held out \(significant(heldOut, digits: 3))" }
    if let accuracy = now.accuracy {
      text += "; accuracy \(significant(accuracy, digits: 3))"
      if let one = now.takenForAll { text += ", all taken for \(timeline.experiment.data.className(one))" }
    }
    return text
  }

  /// Two numbers with as few figures as tell them apart.
  private static func change(from before: Double?, to now: Double) -> String {
    guard let before else { return significant(now, digits: 3) }
    let digits =
      before == now ? 3 : (3...9).first { significant(before, digits: $0) != significant(now, digits: $0) } ?? 9
    return "\(significant(before, digits: digits)) → \(significant(now, digits: digits))"
  }
}
