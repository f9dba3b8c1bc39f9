import Diagnosis
import Engine
import Notation

/// The values of one setting of a sweep, as they were typed: `A..B`, `A..B:N`, `A,B,C` or one number.
struct SweptValues {
  private let setting: SettingWord
  private let hyperparameter: Hyperparameter

  /// How many values lie between two ends where nothing is said, how many a sweep of nothing takes, and for how many epochs.
  static let usual = 20
  static let epochs = 100

  /// What is swept where nothing is said: the rate, and a few seeds.
  static func usualAxes(of experiment: Experiment) -> [Axis] {
    let all = Hyperparameter.all(of: experiment)
    let rate = experiment.network.optimizer.rate
    let (low, high) = rate > 0 ? (rate / 100, min(rate * 10, 1e300)) : (0.01, 10)
    return all.prefix(1).map { Axis($0, from: low, to: high, count: 13) }
      + all.filter(\.isSeed).map { Axis($0, from: 1, to: 10, count: 10) }
  }

  /// Values that make sense of what goes by a name, as they are typed: a range for a sweep, the present value for a future.
  static func examples(of name: String, in session: Session, severally: Bool) -> [String] {
    let experiment = session.timeline.experiment
    guard let one = Hyperparameter.all(of: experiment).first(where: { $0.isCalled(name) }) else { return [] }
    if one.isSeed { return [severally ? "1..10" : String(experiment.seed)] }
    if one.isBatch {
      let most = max(experiment.data.count, 1)
      return [severally && most > 1 ? "1..\(most)" : String(experiment.samplesPerBatch)]
    }
    let now = experiment.network.optimizer[one.name]
    guard severally else { return now.map { [shortest($0)] } ?? [] }
    if let now, now > 0, one.goesByFactors {
      let (low, high) = (max(now / 100, one.range.lowerBound), min(now * 10, one.range.upperBound))
      return ["\(shortest(low))..\(shortest(high))"]
    }
    return one.range.upperBound < 1e9 ? ["\(shortest(one.range.lowerBound))..\(shortest(one.range.upperBound))"] : []
  }

  init(_ setting: SettingWord, _ hyperparameter: Hyperparameter) {
    (self.setting, self.hyperparameter) = (setting, hyperparameter)
  }

  /// What was typed, as values.
  func axis(in session: Session) throws(CommandError) -> Axis {
    guard !setting.value.text.isEmpty else {
      throw CommandError(
        "a value was expected behind \(setting.name)=, without a blank", at: setting.value.range.lowerBound)
    }
    let text = setting.value.text
    guard let dots = text.range(ofDots: ()) else {
      var values: [Double] = []
      for part in parts(of: text, by: ",", from: 0) { values.append(try value(part, in: session)) }
      if let twice = values.indices.first(where: { values[..<$0].contains(values[$0]) }) {
        throw CommandError("\(shortest(values[twice])) is given twice", at: column)
      }
      return Axis(hyperparameter, values)
    }
    let low = try value(word(text[..<dots.lowerBound], at: 0), in: session)
    let behind = text.distance(from: text.startIndex, to: dots.upperBound)
    let ends = parts(of: String(text[dots.upperBound...]), by: ":", from: behind)
    guard let end = ends.first, ends.count <= 2 else {
      throw CommandError("\(setting.name)=A..B or \(setting.name)=A..B:N was expected", at: column)
    }
    let high = try value(end, in: session)
    guard low < high else {
      throw CommandError(
        "the smaller number comes first: \(setting.name)=\(end.text)..\(text[..<dots.lowerBound])", at: column)
    }
    return Axis(hyperparameter, from: low, to: high, count: try count(ends, from: low, to: high))
  }

  /// How many values there are to be: as many as were typed; of whole numbers all, where those are few or seeds.
  private func count(_ ends: [Word], from low: Double, to high: Double) throws(CommandError) -> Int {
    if ends.count == 2 {
      return try Arguments.integer(ends[1], "a number of values", in: 2...Sweep.most.futures)
    }
    guard hyperparameter.isWhole else { return SweptValues.usual }
    let all = high - low + 1
    if hyperparameter.isSeed, all > Double(Sweep.most.futures) {
      throw CommandError(
        "that is \(shortest(all)) seeds; at most \(Sweep.most.futures) futures are swept", at: column)
    }
    return hyperparameter.isSeed || all <= Double(SweptValues.usual) ? Int(all) : SweptValues.usual
  }

  private var column: Int { setting.value.range.lowerBound }

  private func word(_ text: some StringProtocol, at offset: Int) -> Word {
    Word(text: String(text), range: column + offset..<column + offset + text.count)
  }

  private func parts(of text: String, by separator: Character, from offset: Int) -> [Word] {
    var offset = offset
    return text.split(separator: separator, omittingEmptySubsequences: false).map { part in
      defer { offset += part.count + 1 }
      return word(part, at: offset)
    }
  }

  /// One value, within what makes sense.
  private func value(_ word: Word, in session: Session) throws(CommandError) -> Double {
    guard !word.text.isEmpty else { throw CommandError("a number was expected here", at: word.range.lowerBound) }
    let value = try session.number(word)
    guard hyperparameter.range.contains(value) else {
      throw CommandError(
        "\(hyperparameter.name) = \(shortest(value)) is out of range; \(hyperparameter.range.inWords) was expected",
        at: word.range.lowerBound)
    }
    guard !hyperparameter.isWhole || value == value.rounded() else {
      throw CommandError("\(hyperparameter.name) is a whole number, not \(word.text)", at: word.range.lowerBound)
    }
    return value
  }
}

extension String {
  /// Where `..` stands between two numbers; nil where it does not.
  fileprivate func range(ofDots: Void) -> Range<String.Index>? {
    var index = startIndex
    while index < endIndex {
      let next = self.index(after: index)
      if next < endIndex, self[index] == ".", self[next] == "." { return index..<self.index(after: next) }
      index = next
    }
    return nil
  }
}
