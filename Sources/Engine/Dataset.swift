/// The samples that a network learns from: the same number of inputs and the same number of targets for each.
/// Both are kept flat, sample after sample, because the core reads them once an iteration at high speed.
public struct Dataset: Equatable, Sendable {
  /// What the data is called: a built-in name such as `xor`, a file's name, or empty for samples typed by hand.
  public var name: String
  /// One name for each input column; empty where the columns have none.
  public var inputNames: [String]
  /// One name for each target column (for classes turned to one-hot, the classes); empty where there are none.
  public var targetNames: [String]
  /// The number of inputs of a sample.
  public private(set) var inputCount: Int
  /// The number of targets of a sample.
  public private(set) var targetCount: Int
  /// The number of samples.
  public private(set) var count: Int
  /// All inputs, sample after sample: `count * inputCount` of them.
  public private(set) var inputs: [Double]
  /// All targets, sample after sample: `count * targetCount` of them.
  public private(set) var targets: [Double]

  /// No samples yet. The first one appended fixes the two counts, unless they are given here.
  public init(
    name: String = "", inputCount: Int = 0, targetCount: Int = 0, inputNames: [String] = [], targetNames: [String] = []
  ) {
    self.name = name
    self.inputNames = inputNames
    self.targetNames = targetNames
    self.inputCount = max(inputCount, 0)
    self.targetCount = max(targetCount, 0)
    count = 0
    inputs = []
    targets = []
  }

  /// Whether there is no sample.
  public var isEmpty: Bool { count == 0 }

  /// The inputs of a sample, counted from 0; the slice's own indices go on from the sample before it.
  public func input(_ sample: Int) -> ArraySlice<Double> {
    inputs[sample * inputCount..<(sample + 1) * inputCount]
  }

  /// The targets of a sample, counted from 0.
  public func target(_ sample: Int) -> ArraySlice<Double> {
    targets[sample * targetCount..<(sample + 1) * targetCount]
  }

  /// Adds a sample at the end. The first one says how many inputs and targets a sample has, where nothing has said so
  /// before; one that does not fit is left out, and the answer is then false.
  @discardableResult
  public mutating func append(input: some Collection<Double>, target: some Collection<Double>) -> Bool {
    if isEmpty && inputCount == 0 && targetCount == 0 {
      inputCount = input.count
      targetCount = target.count
    }
    guard input.count == inputCount, target.count == targetCount else { return false }
    inputs.append(contentsOf: input)
    targets.append(contentsOf: target)
    count += 1
    return true
  }

  /// Puts a number in place of one input; sample and column are counted from 0.
  public mutating func setInput(_ sample: Int, _ column: Int, _ value: Double) {
    inputs[sample * inputCount + column] = value
  }

  /// Puts a number in place of one target; sample and column are counted from 0.
  public mutating func setTarget(_ sample: Int, _ column: Int, _ value: Double) {
    targets[sample * targetCount + column] = value
  }

  /// Takes a sample out; those behind it move up by one.
  public mutating func remove(at sample: Int) {
    inputs.removeSubrange(sample * inputCount..<(sample + 1) * inputCount)
    targets.removeSubrange(sample * targetCount..<(sample + 1) * targetCount)
    count -= 1
  }
}
