/// Which class each sample is of, where a column of targets names one: by a word, as in `setosa`, or by a number, as in 2.
/// How that is written as targets depends on the network: with as many outputs as there are classes it is one-hot, with one
/// output two classes are 0 and 1, and a number may also be what it says, a value to come near to.
package struct ClassLabels: Equatable, Sendable {
  /// How the classes are written as targets.
  package enum Encoding: Equatable, Sendable {
    /// One target, the number itself.
    case number
    /// One target: 0 for the first of two classes, 1 for the second.
    case zeroOrOne
    /// A target for each class, 1 for the sample's own and 0 for the others. Of classes that are their own order the first
    /// is the whole number given; nil where the classes are those that are listed.
    case oneHot(first: Int?, count: Int)
  }

  /// The classes that are listed, in their order.
  package let classes: [String]
  /// Each given sample's class, counted from 0 in that list.
  package let codes: [Int32]
  /// The classes as numbers, in ascending order; nil where they are words or their order was said.
  let numbers: [Double]?
  /// Whether it was said that these are classes, so that a number is never taken for a value.
  let areSaid: Bool

  /// So many numbers that are their own order are classes even where hardly any of them occur.
  private static let mostInOrder = 1000

  /// Words, or classes whose order was said.
  package init(classes: [String], codes: [Int32]) {
    self.classes = classes
    self.codes = codes
    numbers = nil
    areSaid = true
  }

  /// Numbers, whose order is their own. `areSaid` says that they are classes, whatever the network has.
  package init(numbers: [Double], codes: [Int32], areSaid: Bool) {
    classes = numbers.map { number in Int(exactly: number).map(String.init) ?? "\(number)" }
    self.codes = codes
    self.numbers = numbers
    self.areSaid = areSaid
  }

  /// How the classes are written for a network with so many outputs; 0 stands for a network that is not there yet. Where
  /// nothing fits, they are written as for that one.
  package func encoding(outputs: Int) -> Encoding {
    if outputs == 1 {
      if classes.count == 2, areSaid { return .zeroOrOne }
      // Three classes do not fit one output; the next move says so.
      return areSaid ? oneHot(outputs: nil) ?? listed : .number
    }
    if let encoding = oneHot(outputs: outputs) { return encoding }
    return areSaid ? oneHot(outputs: nil) ?? listed : .number
  }

  private var listed: Encoding { .oneHot(first: nil, count: classes.count) }

  /// One-hot targets for so many outputs, where they fit; for any number of them where there is nil.
  private func oneHot(outputs: Int?) -> Encoding? {
    guard let wholes else { return outputs.map { $0 == classes.count } ?? true ? listed : nil }
    let (least, greatest) = (wholes.first ?? 0, wholes.last ?? 0)
    guard let outputs else {
      let first = min(least, 1)
      let count = greatest - first + 1
      return least >= 0 && count <= ClassLabels.mostInOrder ? .oneHot(first: first, count: count) : listed
    }
    if least >= 0, greatest < outputs, outputs > 1 { return .oneHot(first: 0, count: outputs) }
    if least >= 1, greatest == outputs { return .oneHot(first: 1, count: outputs) }
    return classes.count == outputs ? listed : nil
  }

  /// The numbers, where all of them are whole and none is out of all proportion.
  private var wholes: [Int]? {
    guard let numbers else { return nil }
    let wholes = numbers.compactMap { abs($0) <= 1e9 ? Int(exactly: $0) : nil }
    return wholes.count == numbers.count ? wholes : nil
  }

  /// How many targets a sample has.
  package func targetCount(_ encoding: Encoding) -> Int {
    if case .oneHot(_, let count) = encoding { return count }
    return 1
  }

  /// What the targets of an encoding are called, one name a target; nil where it is one target.
  package func names(_ encoding: Encoding) -> [String]? {
    guard case .oneHot(let first, let count) = encoding else { return nil }
    return first.map { first in (0..<count).map { String(first + $0) } } ?? classes
  }

  /// The targets of all samples in an encoding, sample after sample.
  func targets(_ encoding: Encoding) -> [Double] {
    switch encoding {
    case .zeroOrOne: return codes.map(Double.init)
    case .number: return codes.map { numbers?[Int($0)] ?? Double($0) }
    case .oneHot(let first, let count):
      var targets = [Double](repeating: 0, count: codes.count * count)
      for (sample, code) in codes.enumerated() {
        let place = first.map { Int(numbers?[Int(code)] ?? 0) - $0 } ?? Int(code)
        targets[sample * count + place] = 1
      }
      return targets
    }
  }
}

extension Dataset {
  /// The most numbers that samples may hold together, one-hot targets included.
  package static let mostNumbers = 20_000_000

  /// Samples whose targets name classes: the inputs sample after sample, and the name of the column that the classes stood
  /// in. Their targets are written as for a network that is not there yet, until `writeTargets(for:)`.
  package init(
    name: String, inputs: [Double], inputCount: Int, inputNames: [String], labels: ClassLabels, labelName: String
  ) {
    self.init(name: name, inputCount: inputCount, targetCount: 1, inputNames: inputNames)
    targetNames = labelName.isEmpty ? [] : [labelName]
    for (sample, code) in labels.codes.enumerated() {
      append(input: inputs[sample * inputCount..<(sample + 1) * inputCount], target: [Double(code)])
    }
    self.labels = labels
    self.labelName = labelName
    writeTargets(for: 0)
  }

  /// Writes the targets of samples that name classes as a network with so many outputs takes them; 0 stands for one that is
  /// not there yet. Samples of which one was changed or added by hand stay as they are.
  package mutating func writeTargets(for outputs: Int) {
    guard let labels, let wanted = encodingMissing(for: outputs) else { return }
    encoding = wanted
    targetNames = labels.names(wanted) ?? (labelName.isEmpty ? [] : [labelName])
    write(labels.targets(wanted), count: labels.targetCount(wanted))
  }

  /// How the targets have to be written anew for so many outputs; nil where they are as they should be.
  func encodingMissing(for outputs: Int) -> ClassLabels.Encoding? {
    guard let labels else { return nil }
    let wanted = labels.encoding(outputs: outputs)
    guard wanted != encoding, givenCount * (inputCount + labels.targetCount(wanted)) <= Dataset.mostNumbers else {
      return nil
    }
    return wanted
  }

  /// What 0 and 1 stand for, where one output tells two classes apart.
  package var zeroAndOne: (zero: String, one: String)? {
    guard encoding == .zeroOrOne, let labels else { return nil }
    return (labels.classes[0], labels.classes[1])
  }

  /// Whether one output tells −1 from 1: all targets to train on are one of these, and −1 is among them.
  package var isOfSigns: Bool {
    targetCount == 1 && targets.allSatisfy { $0 == 1 || $0 == -1 } && targets.contains(-1)
  }

  /// On which side of what one output stands for the one class or the other: 0 where targets are −1 and 1, else 0.5.
  package var border: Double { isOfSigns ? 0 : 0.5 }

  /// The classes of one-hot targets that no sample is of, by their names.
  package var absentClasses: [String] {
    guard case .oneHot = encoding, let labels, let encoding, let names = labels.names(encoding) else { return [] }
    var occurs = [Bool](repeating: false, count: names.count)
    for sample in 0..<count {
      if let one = target(sample).firstIndex(of: 1) { occurs[one - sample * targetCount] = true }
    }
    return names.indices.filter { !occurs[$0] }.map { names[$0] }
  }
}
