/// A part of an expression that is read always as many steps ago, with the names that it was compiled with.
struct PartStepsAgo<N: Number> {
  let code: Code<N>
  let expression: Expression
  let names: Names
  let steps: Int
}

/// What a part was worth after each of the last steps of a walk, so that nothing goes back to look.
struct KeptSteps<N: Number> {
  /// How many steps ago something may be, to be kept.
  static var counts: ClosedRange<Int> { 1...512 }
  /// The most numbers that are kept of one part; of what has more nothing is.
  private static var most: Int { 1 << 16 }

  private let count: Int
  private var kept: [(step: Int, value: Result<Value<N>, EvaluationError>)] = []
  private var next = 0

  /// Keeps so many steps.
  init(_ count: Int) { self.count = count }

  /// Notes what the part is worth at a step, and forgets what is too long ago.
  mutating func note(_ value: Result<Value<N>, EvaluationError>, step: Int) {
    if case .success(let value) = value, value.count > KeptSteps.most / count {
      (kept, next) = ([], 0)
      return
    }
    if kept.count < count {
      kept.append((step, value))
    } else {
      kept[next] = (step, value)
      next = next + 1 == count ? 0 : next + 1
    }
  }

  /// What it was worth at a step; nil where that is not known.
  subscript(step step: Int) -> Result<Value<N>, EvaluationError>? {
    guard let newest = kept.isEmpty ? nil : kept[next == 0 ? kept.count - 1 : next - 1].step else { return nil }
    let ago = newest - step
    guard ago >= 0, ago < kept.count else { return nil }
    let place = next - 1 - ago
    let found = kept[place < 0 ? place + kept.count : place]
    return found.step == step ? found.value : nil
  }
}
