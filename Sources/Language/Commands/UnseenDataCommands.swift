import Engine
import Formats
import Notation

extension Command {
  /// The commands for how the network sees inputs, and for inputs that it has not seen.
  static let unseenData: [Command] = [
    Command(
      "scale", .data, "scale standard|minmax|none",
      """
      Brings the inputs to a common size: \(Scaling.summary). What they are moved and divided by is read off the samples \
      to train on, and taken for the held-out ones and for predict as well; x is what the network sees.
      """,
      example: "input 4\ndense 3 softmax\ndata iris\nscale standard", standing: .replaces,
      complete: { _, _ in Scaling.allCases.map(\.rawValue) }
    ) { session, arguments throws(CommandError) in
      let name = try arguments.choice("a scaling", of: Scaling.allCases.map(\.rawValue))
      try session.change(at: arguments.lastColumn) { experiment, _ throws(CommandError) in
        experiment.data.scaling = Scaling(rawValue: name) ?? .none
      }
      return .answer(session.scales)
    },
    Command(
      "holdout", .data, "holdout FRACTION [seed=N]",
      """
      Keeps a random share of the samples from training, drawn from the seed, so that holdout-accuracy says how many of \
      them come out right and show holdout which do not; holdout 0 puts them back.
      """,
      example: "input 4\ndense 3 softmax\ndata iris\nholdout 0.3 seed=2\nprint holdout-accuracy\nholdout 0",
      complete: { _, words in words.count > 1 ? ["seed="] : [] }
    ) { session, arguments throws(CommandError) in
      let word = try arguments.word("a share of the samples, from 0 to less than 1,")
      let fraction = try session.number(word)
      guard fraction >= 0, fraction < 1 else {
        throw CommandError(
          "a share from 0 to less than 1 was expected, not \(word.text)", at: word.range.lowerBound)
      }
      let seed = try arguments.seed(of: "holdout")
      try session.change(at: word.range.lowerBound) { experiment, _ throws(CommandError) in
        experiment.data.holdout = Holdout(fraction: fraction, seed: seed)
      }
      return .answer(session.heldOutCount)
    },
    Command(
      "predict", elsewhere: ["evaluate", "infer"], .data, "predict X…",
      """
      Says what the network as it is now makes of inputs; they are scaled as the samples are. Where the samples are of \
      classes, so is the output: of the largest one's, and a single output of that on its side of 0.5, or of 0 where all \
      targets to train on are -1 or 1.
      """,
      example: "input 2\ndense 1 sigmoid\npredict 0.5 1", effect: .looks
    ) { session, arguments throws(CommandError) in .answer(try session.predict(&arguments)) },
  ]
}

extension Scaling {
  /// What each of them makes of the inputs, for help.
  fileprivate static var summary: Text {
    allCases.filter { $0 != .none }.map { "\($0.rawValue) makes \($0.meaning)" as Text }.joined(separator: ", ")
  }
}

extension Arguments {
  /// Reads `seed=N`, 1 where there is none.
  mutating func seed(of command: String) throws(CommandError) -> Int {
    var seed = 1
    for setting in try settings() {
      guard setting.name == "seed" else {
        throw CommandError("\(command) has no setting \(setting.name); it has seed", at: setting.column)
      }
      seed = try Arguments.integer(setting.value, "a seed", in: 0...Int(Int32.max))
    }
    return seed
  }
}

extension Session {
  /// What the inputs are moved and divided by, a line for each column.
  fileprivate var scales: Answer {
    let data = timeline.experiment.data
    guard !data.scales.isEmpty, data.scales.count <= 20 else { return Answer() }
    var answer = Answer(
      verbatim: data.scales.enumerated().map { column, scale in
        let name = column < data.inputNames.count ? data.inputNames[column] : "x[\(column + 1)]"
        let sign = scale.offset < 0 ? "+" : "-"
        return "\(name): (x \(sign) \(writing.number(abs(scale.offset)))) / \(writing.number(scale.divisor))"
      })
    answer.fields = [
      .init("offsets", .init(data.scales.map(\.offset))), .init("divisors", .init(data.scales.map(\.divisor))),
    ]
    return answer
  }

  /// How many samples are held out.
  fileprivate var heldOutCount: Answer {
    let data = timeline.experiment.data
    guard !data.isEmpty else { return Answer() }
    let held = data.heldOutNumbers.count
    var answer = Answer(
      held == 0
        ? "no sample is held out, \(counted(data.count, "sample")) to train on"
        : "\(held) of \(counted(data.givenCount, "sample")) held out, \(data.count) to train on")
    answer.fields = [
      .init("held_out", .number(Double(held))), .init("training", .number(Double(data.count))),
    ]
    return answer
  }

  /// `predict X…`
  fileprivate func predict(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let experiment = timeline.experiment
    guard experiment.network.isComplete else {
      throw CommandError(experiment.obstacle ?? "there is no network yet", at: 0)
    }
    let column = arguments.column
    var given: [Double] = []
    while !arguments.isAtEnd { given += try numbers(&arguments) }
    guard given.count == experiment.network.inputs else {
      let wanted = counted(experiment.network.inputs, "number")
      let found: Text = given.isEmpty ? "" : "; there \(given.count == 1 ? "is 1" : "are \(given.count)" as Text)"
      throw CommandError("predict X… takes \(wanted), one for each input\(found)", at: column)
    }
    let data = experiment.data
    guard data.scales.isEmpty || data.scales.count == given.count else {
      throw CommandError(experiment.obstacle ?? "the samples do not fit the network", at: 0)
    }
    let outputs = timeline.state.outputs(for: data.scaled(given))
    var answer = Answer(
      ["out = \(writing.matrix(Matrix(column: outputs)))"], sayingAll: [.init("value", .init(outputs))])
    if let name = data.className(for: outputs) {
      answer.lines.append("class: \(name)")
      answer.fields.append(.init("class", .string(name)))
    }
    return answer
  }
}

extension Dataset {
  /// What the class is called that outputs stand for: the largest one's, and of one output that of the nearer end; nil
  /// where the samples name no classes.
  fileprivate func className(for outputs: [Double]) -> String? {
    guard !outputs.contains(where: \.isNaN) else { return nil }
    if outputs.count == 1, isOfSigns { return className(outputs[0] >= border ? 1 : 0) }
    if outputs.count == 1, let pair = zeroAndOne { return outputs[0] >= border ? pair.one : pair.zero }
    guard let names = classNames, names.count == outputs.count, let largest = State.largest(outputs) else { return nil }
    return names[largest]
  }
}
