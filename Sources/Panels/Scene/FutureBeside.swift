import Engine

/// Another future, which is looked at beside the one that is gone along.
package struct FutureBeside: Sendable {
  /// What there is of it at the step on show.
  package enum Standing: Sendable {
    /// Its state there.
    case there(State)
    /// Both are still the same; they part after so many steps, or never where that is nil.
    case same(until: Int?)
    /// It has gone so many steps, and no further.
    case ended(step: Int)
    /// A step of it takes so long that it is not taken for a look.
    case tooLong
    /// It is not looked for now, while a run is on its way.
    case unknown
  }

  /// Its name, else its number.
  package let label: String
  /// What there is of it.
  package let standing: Standing

  /// A future and what there is of it.
  package init(_ label: String, _ standing: Standing) { (self.label, self.standing) = (label, standing) }

  /// Its state at the step on show; nil where there is none, or it is the same.
  var state: State? { if case .there(let state) = standing { state } else { nil } }

  /// Why there is none to be held against ours; nil where there is one.
  package var note: Text? {
    switch standing {
    case .there, .unknown: nil
    case .same(until: let step?): "\(label): the same up to step \(step), where they part"
    case .same(until: nil): "\(label): the same, the two do not part"
    case .ended(let step): "\(label) ends at step \(step)"
    case .tooLong: "\(label): its steps take too long to be taken beside these"
    }
  }

  /// How what is its own is written: that is another's, and nothing wrong, unless it is no finite number.
  static func style(of value: Double = 0) -> Style { Style(value.isFinite ? .label : .bad) }

  /// What stands before its numbers.
  var mark: String { "≠" + label.clipped(to: 7) }
}
