import Engine

/// A run that is under way.
package struct LiveRun: Equatable, Sendable {
  /// What runs, as `run 100000 epochs`.
  package var text: String
  /// The share that is done, from 0 to 1; nil where the end is not known.
  package var share: Double?
  /// Iterations a second; nil where that is not known, as in a search back, which moves nothing before it has found something.
  package var pace: Double?
  /// Where many lines run one after another: which of them is under way.
  package var line: Counted?
  /// Whether it takes no steps, but works something out.
  package var isLook = false

  /// The share as it is written, as `42%`; empty where it is not known.
  package var shareText: String { LiveRun.text(ofShare: share) }

  /// A share as it is written; empty where it is not known.
  package static func text(ofShare share: Double?) -> String {
    share.map { "\(Int(min(max($0, 0), 1) * 100))%" } ?? ""
  }

  /// What is said of it below the panels: how far it is comes first, so that nothing cuts it off.
  package var words: Text {
    let share = line == nil ? shareText : ""
    return "\(share.isEmpty ? "" : share + "  ")\(text)   \(howItStops)"
  }

  /// What Esc does meanwhile.
  package var howItStops: Text {
    if isLook { return "Esc stops it" }
    return line == nil ? "Esc stops it between two steps" : "Esc stops there"
  }

  /// One of many, counted from 1.
  package struct Counted: Equatable, Sendable {
    /// Which one.
    package var number: Int
    /// How many there are.
    package var count: Int

    /// One of so many.
    package init(_ number: Int, of count: Int) {
      self.number = number
      self.count = count
    }
  }

  /// A run.
  package init(_ text: String, share: Double?, pace: Double? = nil) {
    self.text = text
    self.share = share
    self.pace = pace
  }
}
