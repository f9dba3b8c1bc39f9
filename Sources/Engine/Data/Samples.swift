/// Samples, kept flat: inputs and targets sample after sample.
package struct Samples: Equatable, Sendable {
  /// The number of inputs of a sample.
  package private(set) var inputCount: Int
  /// The number of targets of a sample.
  package private(set) var targetCount: Int
  /// The number of samples.
  package private(set) var count = 0
  /// All inputs, `count * inputCount` of them.
  package var inputs: [Double] { sharedInputs.array }
  /// All targets, `count * targetCount` of them.
  package var targets: [Double] { sharedTargets.array }
  /// The inputs and the targets where they lie. A line that adds a sample copies none of those before.
  var (sharedInputs, sharedTargets) = (SharedNumbers(), SharedNumbers())

  init(inputCount: Int, targetCount: Int) {
    self.inputCount = max(inputCount, 0)
    self.targetCount = max(targetCount, 0)
  }

  /// The inputs of a sample, counted from 0; the slice's own indices go on from the sample before it.
  package func input(_ sample: Int) -> ArraySlice<Double> {
    sharedInputs[sample * inputCount..<(sample + 1) * inputCount]
  }

  /// The targets of a sample, counted from 0.
  package func target(_ sample: Int) -> ArraySlice<Double> {
    sharedTargets[sample * targetCount..<(sample + 1) * targetCount]
  }

  /// Whether every target is 1 in one place and 0 in all others.
  var isOneHot: Bool {
    (0..<count).allSatisfy { sample in
      let target = target(sample)
      return target.allSatisfy { $0 == 0 || $0 == 1 } && target.count { $0 == 1 } == 1
    }
  }

  /// Adds a sample that fits at the end; the first one says what fits, where nothing has said so before.
  mutating func append(input: some Collection<Double>, target: some Collection<Double>) -> Bool {
    if count == 0 && inputCount == 0 && targetCount == 0 {
      inputCount = input.count
      targetCount = target.count
    }
    guard input.count == inputCount, target.count == targetCount else { return false }
    sharedInputs.append(contentsOf: input)
    sharedTargets.append(contentsOf: target)
    count += 1
    return true
  }

  /// Takes a sample out; those behind it move up by one.
  mutating func remove(at sample: Int) {
    sharedInputs.removeSubrange(sample * inputCount..<(sample + 1) * inputCount)
    sharedTargets.removeSubrange(sample * targetCount..<(sample + 1) * targetCount)
    count -= 1
  }

  /// The inputs with other targets, so many for each sample.
  func with(_ targets: [Double], count targetCount: Int) -> Samples {
    var result = self
    result.targetCount = targetCount
    result.sharedTargets = SharedNumbers()
    result.sharedTargets.append(contentsOf: targets)
    return result
  }

  /// The samples without some, whose numbers are given in order, and those by themselves.
  func parted(takingOut numbers: [Int]) -> (rest: Samples, out: Samples) {
    var out = Samples(inputCount: inputCount, targetCount: targetCount)
    guard !numbers.isEmpty else { return (self, out) }
    var rest = out
    var next = numbers[...]
    for sample in 0..<count {
      if sample == next.first {
        next.removeFirst()
        _ = out.append(input: input(sample), target: target(sample))
      } else {
        _ = rest.append(input: input(sample), target: target(sample))
      }
    }
    return (rest, out)
  }

  /// Scales every input by its column.
  mutating func scale(by scales: [ColumnScale]) {
    guard !scales.isEmpty else { return }
    sharedInputs.update { index, input in scales[index % inputCount].scaled(input) }
  }
}
