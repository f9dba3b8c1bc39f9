/// The samples that a network learns from: the same number of inputs and the same number of targets for each.
/// Both are kept flat, sample after sample, because the core reads them once an iteration at high speed.
///
/// What the core reads are the samples to train on, with their inputs scaled. Where something is scaled or held out, all
/// samples are kept beside them as they were given, and every change takes the two apart anew: the result depends on the
/// samples and the two settings, not on the order in which they came.
package struct Dataset: Equatable, Sendable {
  /// What the data is called: a built-in name such as `xor`, a file's name, or empty for samples typed by hand.
  package var name: String
  /// One name for each input column; empty where the columns have none.
  package var inputNames: [String]
  /// One name for each target column (for classes turned to one-hot, the classes); empty where there are none.
  package var targetNames: [String]
  /// The classes that the targets were written from; nil where they were given as numbers, or changed by hand since.
  package internal(set) var labels: ClassLabels?
  /// How those classes are written as targets; nil where there are none.
  package internal(set) var encoding: ClassLabels.Encoding?
  /// What the column of the classes is called, or empty.
  var labelName = ""
  /// How the inputs are scaled.
  package var scaling = Scaling.none { didSet { if scaling != oldValue { prepare() } } }
  /// Which samples are kept from training.
  package var holdout = Holdout.none { didSet { if holdout != oldValue { prepare() } } }

  /// The number of inputs of a sample.
  package var inputCount: Int { training.inputCount }
  /// The number of targets of a sample.
  package var targetCount: Int { training.targetCount }
  /// The number of samples to train on.
  package var count: Int { training.count }
  /// The inputs as the network sees them, sample after sample: `count * inputCount` of them.
  package var inputs: [Double] { training.inputs }
  /// The targets, sample after sample: `count * targetCount` of them.
  package var targets: [Double] { training.targets }

  /// The samples to train on where they lie, for the core. Inlined, as the whole would else be copied to read two parts.
  @inline(__always)
  var trained: (inputs: SharedNumbers, targets: SharedNumbers) { (training.sharedInputs, training.sharedTargets) }

  /// What each input column is moved and divided by; empty where nothing is scaled.
  package private(set) var scales: [ColumnScale] = []
  /// The samples that are held out, their inputs scaled as those to train on are.
  package private(set) var heldOut: Samples
  /// The numbers, from 0 and in order, of the held-out samples among all that were given.
  package private(set) var heldOutNumbers: [Int] = []
  private var training: Samples
  /// All samples as they were given; nil where those to train on are the same.
  private var given: Samples?

  /// No samples yet. The first one appended fixes the two counts, unless they are given here.
  package init(
    name: String = "", inputCount: Int = 0, targetCount: Int = 0, inputNames: [String] = [], targetNames: [String] = []
  ) {
    self.name = name
    self.inputNames = inputNames
    self.targetNames = targetNames
    training = Samples(inputCount: inputCount, targetCount: targetCount)
    heldOut = training
  }

  /// Whether there is no sample.
  package var isEmpty: Bool { count == 0 }

  /// The number of samples that were given: those to train on and those held out.
  package var givenCount: Int { count + heldOutNumbers.count }

  /// The inputs of a sample to train on, counted from 0; the slice's own indices go on from the sample before it.
  package func input(_ sample: Int) -> ArraySlice<Double> { training.input(sample) }

  /// The targets of a sample to train on, counted from 0.
  package func target(_ sample: Int) -> ArraySlice<Double> { training.target(sample) }

  // MARK: changing

  /// Adds a sample at the end. The first one says how many inputs and targets a sample has, where nothing has said so
  /// before; one that does not fit is left out, and the answer is then false.
  @discardableResult
  package mutating func append(input: some Collection<Double>, target: some Collection<Double>) -> Bool {
    keepTargets()
    guard given != nil || scaling != .none || holdout != .none else {
      guard training.append(input: input, target: target) else { return false }
      if count == 1 { heldOut = training.parted(takingOut: []).out }
      return true
    }
    var all = given ?? training
    guard all.append(input: input, target: target) else { return false }
    given = all
    prepare()
    return true
  }

  /// Puts a number in place of one input as the network sees it; sample and column are counted from 0. The scales stay
  /// as they are until samples, scaling or holdout change, so that the number is the one that was asked for.
  package mutating func setInput(_ sample: Int, _ column: Int, _ value: Double) {
    training.sharedInputs[sample * inputCount + column] = value
    let original = scales.isEmpty ? value : scales[column].given(value)
    let place = number(of: sample) * inputCount + column
    given?.sharedInputs[place] = original
  }

  /// Puts a number in place of one target; sample and column are counted from 0.
  package mutating func setTarget(_ sample: Int, _ column: Int, _ value: Double) {
    keepTargets()
    training.sharedTargets[sample * targetCount + column] = value
    let place = number(of: sample) * targetCount + column
    given?.sharedTargets[place] = value
  }

  /// Takes a sample out, by its number from 0 among all that were given; those behind it move up by one.
  package mutating func remove(at number: Int) {
    keepTargets()
    guard given != nil else { return training.remove(at: number) }
    given?.remove(at: number)
    prepare()
  }

  /// Takes other samples in place of all of these, with their names, and scales and holds out as before.
  package mutating func replace(with other: Dataset) {
    var new = other.asGiven
    new.scaling = scaling
    new.holdout = holdout
    self = new
  }

  /// All samples as they were given, nothing scaled or held out.
  package var asGiven: Dataset {
    var result = self
    result.scaling = .none
    result.holdout = .none
    return result
  }

  /// Holds the targets to what they are now, whatever classes they were written from.
  private mutating func keepTargets() {
    guard labels != nil else { return }
    (labels, encoding) = (nil, nil)
  }

  /// Puts other targets in place of those of all samples that were given, so many for each.
  mutating func write(_ targets: [Double], count: Int) {
    let all = (given ?? training).with(targets, count: count)
    if given != nil { given = all } else { training = all }
    prepare()
  }

  /// Takes the samples apart again into those to train on and those held out, and scales both.
  private mutating func prepare() {
    let all = given ?? training
    heldOutNumbers = holdout.samples(of: all.count)
    given = scaling == .none && heldOutNumbers.isEmpty ? nil : all
    (training, heldOut) = all.parted(takingOut: heldOutNumbers)
    scales = scaling.fit(training.inputs, columns: training.inputCount)
    training.scale(by: scales)
    heldOut.scale(by: scales)
  }
}

// MARK: - the samples among all that were given

extension Dataset {
  /// Where one of the given samples has gone.
  package enum Use: Equatable, Sendable {
    /// The sample of that number, from 0, of those to train on.
    case training(Int)
    /// The sample of that number, from 0, of those held out.
    case heldOut(Int)
  }

  /// Where a given sample, counted from 0, has gone.
  package func use(of number: Int) -> Use {
    let before = held(below: number)
    let isHeldOut = before < heldOutNumbers.count && heldOutNumbers[before] == number
    return isHeldOut ? .heldOut(before) : .training(number - before)
  }

  /// The number, from 0, that a sample to train on has among all that were given: the one that users read.
  package func number(of sample: Int) -> Int {
    // The k-th held-out sample comes before it where at most `sample` samples to train on come before that one.
    var (low, high) = (0, heldOutNumbers.count)
    while low < high {
      let middle = (low + high) / 2
      if heldOutNumbers[middle] - middle <= sample { low = middle + 1 } else { high = middle }
    }
    return sample + low
  }

  /// How many held-out samples have a smaller number.
  private func held(below number: Int) -> Int {
    var (low, high) = (0, heldOutNumbers.count)
    while low < high {
      let middle = (low + high) / 2
      if heldOutNumbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// What the network sees of inputs that are given as the samples were.
  package func scaled(_ input: [Double]) -> [Double] {
    scales.isEmpty ? input : zip(input, scales).map { $1.scaled($0) }
  }

  /// What a class, counted from 0, is called: by its column's name, else by its number; of one output the target itself.
  package func className(_ number: Int) -> String {
    if isOfSigns { return number == 0 ? "-1" : "1" }
    if targetCount == 1 { return zeroAndOne.map { number == 0 ? $0.zero : $0.one } ?? String(number) }
    return targetNames.indices.contains(number) ? targetNames[number] : "class \(number + 1)"
  }

  /// The names of the classes, where every target is one-hot and the columns have names; else nil.
  package var classNames: [String]? {
    guard targetCount > 1, targetNames.count == targetCount, training.isOneHot, heldOut.isOneHot else { return nil }
    return targetNames
  }
}
