import Testing

@testable import Engine

/// A curve is bounded, and thinning it does not favour one sample of an epoch.
struct CurveTests {
  /// Each iteration's number is its own, so that one can see which were kept.
  private func curve(_ iterations: Int) -> Curve {
    var curve = Curve()
    for iteration in 0..<iterations { curve.record(Double(iteration), iteration: iteration) }
    return curve
  }

  @Test func everyIterationIsKeptWhileThereIsRoom() {
    #expect(curve(1000).values == (0..<1000).map(Double.init))
    #expect(curve(1000).spacing == 1)
  }

  @Test func aFullCurveKeepsOneOfEveryRun() {
    let curve = curve(300_000)
    #expect(curve.values.count < Curve.capacity)
    #expect(curve.spacing == 16)
    for (index, value) in curve.values.enumerated() {
      #expect(value == Double(Curve.iteration(ofIndex: index, spacing: curve.spacing)))
      #expect(Int(value) / curve.spacing == index)
    }
  }

  @Test func theKeptOnesComeFromAllSamplesOfAnEpoch() {
    let kept = curve(300_000).values.map { Int($0) % 4 }
    for sample in 0..<4 {
      let share = Double(kept.count { $0 == sample }) / Double(kept.count)
      #expect(abs(share - 0.25) < 0.03, "sample \(sample) has the share \(share)")
    }
  }

  /// However long a run is, the curve goes from its first iteration to its last.
  @Test(arguments: [1, 2, 1000, 32_767, 32_768, 99_999, 300_000, 300_007])
  func theFirstAndTheLastAreKept(iterations: Int) {
    let curve = curve(iterations)
    let (values, end) = curve.whole
    #expect(values.first == 0 && values.last == Double(iterations - 1))
    #expect(end == nil || end == iterations - 1)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    var shorter = curve
    shorter.forget(from: iterations / 2)
    #expect(shorter.whole.values.last.map { $0 < Double(max(iterations / 2, 1)) } ?? (iterations == 1))
    // An iteration that is taken again is not the last.
    var again = curve
    again.record(-1, iteration: 0)
    #expect(again == curve || iterations == 1)
  }

  @Test func whatIsForgottenIsTakenAgain() {
    var curve = curve(100_000)
    let before = curve
    curve.forget(from: 54_321)
    #expect(curve.values.allSatisfy { $0 < 54_321 })
    for iteration in 54_321..<100_000 { curve.record(Double(iteration), iteration: iteration) }
    #expect(curve == before)
    curve.forget(from: 0)
    #expect(curve.values.isEmpty)
  }

  /// A change early in a long past leaves a short curve, which is as fine as if no more had ever been trained.
  @Test func whatIsLeftOfALongCurveIsAsFineAsAShortOne() {
    let long = curve(3_000_000)
    for left in [0, 1, 300, 2047, 2048] {
      var shorter = long
      shorter.forget(from: left)
      #expect(shorter == curve(left), "the first \(left)")
      for iteration in left..<2300 { shorter.record(Double(iteration), iteration: iteration) }
      #expect(shorter == curve(max(left, 2300)), "after the first \(left)")
    }
    var half = long
    half.forget(from: 200_000)
    #expect(half.count >= Curve.beginning / 2)
    for (index, value) in half.values.enumerated() {
      #expect(value == Double(Curve.iteration(ofIndex: index, spacing: half.spacing)))
    }
    for iteration in 200_000..<3_000_000 { half.record(Double(iteration), iteration: iteration) }
    #expect(half == long)
  }
}
