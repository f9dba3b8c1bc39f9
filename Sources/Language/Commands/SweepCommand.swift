import Diagnosis
import Engine
import Formats
import Notation
import Panels

extension Command {
  /// The commands that try many futures at once.
  static let sweeping: [Command] = [
    Command(
      "sweep", elsewhere: ["grid", "grid-search", "gridsearch"], .move,
      "sweep [SETTING=A..B[:N]|A,B…]… [seeds=A..B] [run N [STRIDE]]",
      """
      Trains many futures from this place, each with other values, and draws what became of each: rate=0.01..1 takes \
      \(SweptValues.usual) values between, rate=0.01..1:\(SweptValues.usual * 2) twice as many, rate=0.1,0.5,1 those three, \
      and seeds=1..100 draws the weights anew for each. Two settings may have several values; one comes across, the other, \
      or the seeds, down. What is swept is the optimizer's numbers (rate, momentum, …), batch and seed; \
      where nothing is said, the rate from a hundredth of what it is to ten times that, with ten seeds, and \
      \(SweptValues.epochs) epochs. The session stays where it is; `future` opens one of them, as Enter does in the panel.
      """,
      details: { Fate.all.map { "  \(String($0.sign)) \($0.name): \($0.meaning)" } },
      example: small + "sweep rate=0.1..10:5 seeds=1..4 run 20 epochs\nfuture rate=1 seed=3 run 20 epochs",
      effect: .looks, keepsWhatIsDone: true, moves: false, complete: completeSweep
    ) { session, arguments throws(CommandError) in
      let sweep = try session.sweepAsTyped(&arguments)
      return .look { session throws(CommandError) in session.sweep(sweep) }
    },
    Command(
      "future", .move, "future [SETTING=VALUE]… [from STEP [of FUTURE]] [run N [STRIDE]]",
      """
      Begins another future here, or from a step of this or another one, with other values of what `sweep` varies, and \
      trains it: to the same bits as in a sweep. The one that was there stays; `branch` gives the new one a name.
      """,
      example: small + "future rate=2 seed=3 run 20 epochs\nfuture rate=4 seed=3 from 0 of 1 run 20 epochs\nbranches",
      moves: false, complete: completeSweep
    ) { session, arguments throws(CommandError) in try session.openFuture(&arguments) },
  ]

  @Sendable private static func completeSweep(_ session: Session, _ words: [String]) -> [String] {
    if words.contains("run") { return [Stride.iteration, .epoch].map(\.name) }
    if let word = words.last, word.hasSuffix("=") {
      return SweptValues.examples(of: String(word.dropLast()), in: session, severally: words.first == "sweep")
    }
    return Hyperparameter.all(of: session.timeline.experiment).map { $0.name + "=" } + ["seeds=", "run"]
  }
}

/// The last sweep, and where it was made.
struct Swept: Sendable {
  var sweep: Sweep
  /// The number of the future that it was made in.
  let future: Int
  /// The step that its futures part from.
  let step: Int

  /// The line that opens one of its futures, by its place in the list.
  func line(opening index: Int, from origin: String) -> String {
    "future \(sweep.words(of: index))\(origin) \(sweep.run)"
  }
}

extension Session {
  /// What a sweep is to be, as it was typed.
  fileprivate func sweepAsTyped(_ arguments: inout Arguments) throws(CommandError) -> Sweep {
    if let obstacle = timeline.experiment.obstacle { throw CommandError(obstacle, at: 0) }
    var axes: [Axis] = []
    var columns: [Int] = []
    while let word = arguments.peek, word.text != "run" {
      guard let setting = SettingWord(word) else {
        throw arguments.failure("a setting with its values was expected here, as in rate=0.01..1, or run N epochs")
      }
      let hyperparameter = try hyperparameter(of: setting)
      if axes.contains(where: { $0.hyperparameter == hyperparameter }) {
        throw CommandError("\(hyperparameter.name) is given twice", at: setting.column)
      }
      axes.append(try SweptValues(setting, hyperparameter).axis(in: self))
      columns.append(setting.column)
      _ = arguments.accept(word.text)
    }
    let (count, stride) = try arguments.stretch() ?? (SweptValues.epochs, .epoch)
    if axes.isEmpty { axes = SweptValues.usualAxes(of: timeline.experiment) }
    let column = columns.last ?? 0
    var several = axes.filter { $0.values.count > 1 }
    guard several.count <= 2 else {
      throw CommandError(
        "two settings may have several values, these are \(several.map(\.hyperparameter.name).joined(separator: ", "))",
        at: column)
    }
    // Seeds come down: they are many, and in no order that says anything.
    if several.count == 2, several[0].hyperparameter.isSeed { several.reverse() }
    let across = several.first ?? axes[0]
    let fixed = axes.filter { $0.values.count == 1 && !($0.hyperparameter == across.hyperparameter) }
    if several.count == 2, across.values.count > Sweep.most.columns {
      throw CommandError(
        "\(across.hyperparameter.name) has \(across.values.count) values; \(Sweep.most.columns) at most have room across",
        at: column)
    }
    let sweep = Sweep(
      FutureTraining(from: timeline, count, stride), across: across, down: several.count == 2 ? several[1] : nil,
      fixed: fixed.map { ($0.hyperparameter, $0.values[0]) })
    try requireRoom(for: sweep, at: column)
    return sweep
  }

  /// The work that a sweep may take: samples times the numbers that each passes.
  private static let mostWork = 4e12

  /// Refuses what is too much, and values that don't go together.
  private func requireRoom(for sweep: Sweep, at column: Int) throws(CommandError) {
    let futures = sweep.outcomes.count
    guard futures <= Sweep.most.futures else {
      throw CommandError("that is \(futures) futures; at most \(Sweep.most.futures) are swept", at: column)
    }
    // What lengthens an iteration lies along one axis, so that each row and each column says how long its futures are.
    var samples = 0.0
    var longest = 0
    for index in 0..<futures {
      let settings = sweep.settings(of: index)
      let isFirst = index == 0 || settings.contains { $0.hyperparameter.isBatch }
      if isFirst { longest = sweep.training.length(settings).samples }
      samples += Double(longest)
      let experiment = sweep.training.experiment(settings)
      if let reason = experiment.network.optimizer.contradiction ?? (isFirst ? Session.excess(of: experiment) : nil) {
        throw CommandError("\(sweep.words(of: index)): \(reason)", at: column)
      }
    }
    let network = timeline.experiment.network
    let numbers = network.parameterCount + 8 * network.layers.reduce(network.inputs) { $0 + $1.units }
    guard samples * Double(numbers) <= Session.mostWork else {
      throw CommandError(
        "that is \(significant(samples, digits: 3)) samples for \(counted(futures, "future")) of this network, "
          + "\(significant(Session.mostWork / Double(numbers), digits: 3)) at most: fewer values, or a shorter run",
        at: column)
    }
  }

  /// The hyperparameter that a word gives values.
  fileprivate func hyperparameter(of setting: SettingWord) throws(CommandError) -> Hyperparameter {
    let all = Hyperparameter.all(of: timeline.experiment)
    if let found = all.first(where: { $0.isCalled(setting.name) }) { return found }
    let names = all.map(\.name)
    let near = suggestion(for: setting.name, among: names + all.map(\.plural))
    throw CommandError(
      "\(setting.name) cannot be varied\(near.isEmpty ? "; \(names.joined(separator: ", ")) can" : near)",
      at: setting.column)
  }

  /// Makes a sweep.
  fileprivate mutating func sweep(_ planned: Sweep) -> Answer {
    var sweep = planned
    let sign = StopSign.current
    let done = ShareDone.current
    done?.begin(of: sweep.outcomes.count * Sweep.parts)
    sweep.train(isStopped: { sign?.isUp == true }, passing: { done?.note($0) })
    swept = Swept(sweep: sweep, future: content.futures.current, step: sweep.training.origin.state.step)
    return swept.map(answer) ?? Answer()
  }

  /// What there is to say of a sweep.
  private func answer(_ swept: Swept) -> Answer {
    let sweep = swept.sweep
    let futures = sweep.outcomes.count
    var head: Text = "\(counted(futures, "future")) from step \(swept.step), \(sweep.run) each"
    if sweep.done < futures { head = "stopped: \(sweep.done) of \(head) are done" }
    if sweep.done > 0 { head += ": \(SweepMap.tally(of: sweep))" }
    var lines = [head]
    lines += SweepMap(sweep, width: Session.shownSize.width).lines(digits: writing.digits).map { Text(verbatim: $0) }
    let drawing = self.drawing(of: sweep)
    lines += drawing
    if let best = sweep.best, let outcome = sweep.outcomes[best] {
      lines.append(
        "the lowest loss is that of \(sweep.words(of: best)): \(SweepMap.words(of: outcome, writing.digits))")
      lines.append("it is opened by: \(swept.line(opening: best, from: origin(of: swept)))")
    }
    var answer = Answer(lines, sayingAll: fields(of: swept))
    answer.panel = Panel.sweep.name
    answer.besidePanel = drawing
    answer.isCutShort = sweep.done < futures
    return answer
  }

  /// That the weights which stand here are not those that are trained, where a seed draws others.
  private func drawing(of sweep: Sweep) -> [Text] {
    let scheme = timeline.experiment.initialiser.rule.name
    let isSwept = [sweep.across, sweep.down].contains {
      $0.map { $0.hyperparameter.isSeed && $0.values.count > 1 } == true
    }
    if isSwept { return ["each seed draws the weights anew, by \(scheme), in place of those that stand here"] }
    let isFixed = sweep.across.hyperparameter.isSeed || sweep.fixed.contains { $0.hyperparameter.isSeed }
    return isFixed ? ["the seed draws the weights anew, by \(scheme), in place of those that stand here"] : []
  }

  /// How the place that a sweep was made at is typed, from where the session stands; empty where it stands there.
  func origin(of swept: Swept) -> String {
    let isHere = content.futures.current == swept.future
    if isHere, timeline.stepBeforeIteration == swept.step { return "" }
    guard !isHere else { return " from \(swept.step)" }
    let label = futures.first { $0.number == swept.future }?.label ?? String(swept.future)
    return " from \(swept.step) of \(label)"
  }

  private func fields(of swept: Swept) -> [JSONMember] {
    let sweep = swept.sweep
    let futures = sweep.outcomes.indices.map { index -> JSONValue in
      var members = sweep.settings(of: index).map { JSONMember($0.hyperparameter.name, .number($0.value)) }
      if let outcome = sweep.outcomes[index] {
        members.append(.init("fate", .string(outcome.fate.name)))
        members.append(.init("loss", .number(outcome.loss)))
        if let accuracy = outcome.accuracy { members.append(.init("accuracy", .number(accuracy))) }
        members.append(.init("iterations", .number(Double(outcome.iterations))))
      }
      return .object(members)
    }
    return [
      .init("from", .number(Double(swept.step))), .init("run", .string(sweep.run)),
      .init("columns", .number(Double(sweep.columns))), .init("rows", .number(Double(sweep.rows))),
      .init("futures", .array(futures)),
    ]
  }

  /// `future [SETTING=VALUE]… [from STEP [of FUTURE]] [run N [STRIDE]]`
  fileprivate mutating func openFuture(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    let before = $content
    if let obstacle = timeline.experiment.obstacle { throw CommandError(obstacle, at: 0) }
    var settings: [FutureTraining.Setting] = []
    while let word = arguments.peek, let setting = SettingWord(word) {
      let hyperparameter = try hyperparameter(of: setting)
      if settings.contains(where: { $0.hyperparameter == hyperparameter }) {
        throw CommandError("\(hyperparameter.name) is given twice", at: setting.column)
      }
      let values = try SweptValues(setting, hyperparameter).axis(in: self).values
      guard values.count == 1 else {
        throw CommandError("one future takes one value; sweep tries many", at: setting.value.range.lowerBound)
      }
      settings.append((hyperparameter, values[0]))
      _ = arguments.accept(word.text)
    }
    let (place, from) = try origin(&arguments)
    let stretch = try arguments.stretch()
    let column = arguments.line.words.first?.range.upperBound ?? 0
    // The future that was there stays where one stood in it.
    content.futures.part(from: content.timeline)
    content.timeline.move(to: place)
    let asked = timeline.step(at: place)
    content.timeline.move(to: timeline.beginningOfIteration)
    let begun = timeline.step(at: timeline.place)
    let remark: Text =
      begun == asked ? "" : "a future begins where an iteration does: at step \(begun), not at step \(asked)"
    let experiment = FutureTraining(from: timeline, 1, .iteration).experiment(settings)
    if let reason = experiment.network.optimizer.contradiction ?? Session.excess(of: experiment) {
      throw CommandError(reason, at: column)
    }
    content.timeline.part(with: settings)
    guard let (count, stride) = stretch else {
      return .answer(Answer([whereItStands] + (remark.isEmpty ? [] : [remark])))
    }
    let typed = settings.map { "\($0.hyperparameter.name)=\(shortest($0.value))" }
    return .move(
      try Move(
        .place(timeline.place(count, on: stride)), from: timeline, remark: remark, isRun: true, before: before,
        opening: (["future"] + typed + from).joined(separator: " ")))
  }

  /// Reads `from STEP [of FUTURE]`, and goes over to that future. The answer is the place, and how it is typed.
  private mutating func origin(
    _ arguments: inout Arguments
  ) throws(CommandError) -> (place: Place, typed: [String]) {
    guard arguments.accept("from") else { return (timeline.place, []) }
    let step = try arguments.integer("a step", in: 0...1_000_000_000_000)
    let column = arguments.lastColumn
    var typed = ["from \(step)"]
    if arguments.accept("of") {
      let (future, _) = try future(&arguments)
      typed.append("of \(future.label)")
      if let line = content.futures.go(to: future, from: content.timeline) { content.timeline = line }
    }
    let reached = timeline.step(at: timeline.furthest)
    guard step <= reached else {
      throw CommandError("that future has been gone along as far as step \(reached)", at: column)
    }
    return (timeline.place(ofStep: step), typed)
  }
}

extension Arguments {
  /// Reads `run N [STRIDE]`, of whole iterations or epochs; nil where it does not come.
  fileprivate mutating func stretch() throws(CommandError) -> (count: Int, stride: Stride)? {
    guard accept("run") else { return nil }
    guard peek?.text.first?.isNumber == true else {
      throw failure("a number of iterations or epochs was expected here")
    }
    let (count, stride) = try strides(.iteration)
    guard stride >= .iteration else {
      throw CommandError("futures are trained by whole iterations or epochs", at: lastColumn)
    }
    return (count, stride)
  }
}
