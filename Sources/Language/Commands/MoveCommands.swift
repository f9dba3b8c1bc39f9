import Engine
import Notation

extension Command {
  /// The commands that move along the line of time.
  static let moving: [Command] = [
    Command(
      "step", short: ["s", "n"], elsewhere: ["next", "stepi", "nexti"], .move, "step [N] [STRIDE]",
      """
      Goes N strides on, 1 where none is said. A stride is unit, op, layer, phase, iteration or epoch; layer where none \
      is named. From inside a stride the rest of it counts as the first.
      """,
      example: small + "step\nstep 2 op\nstep phase", isStrides: true, complete: completeStride
    ) { session, arguments throws(CommandError) in
      try session.forward(&arguments, stride: .layer)
    },
    Command(
      "back", short: ["rs"], elsewhere: ["reverse-step", "reverse-next", "rn", "prev", "previous"], .move,
      "back [N] [STRIDE]",
      "Goes N strides back, to the same bits as before; stops at the beginning and says so.",
      example: small + "step 3\nback\nback 2 op", isStrides: true, complete: completeStride
    ) { session, arguments throws(CommandError) in
      let (count, stride) = try arguments.strides(.layer)
      let timeline = session.timeline
      let place = timeline.place(count, backBy: stride)
      let reach = count > 1 ? timeline.place(count - 1, backBy: stride) : timeline.place
      let isShort = reach == Place() || timeline.place == Place()
      return .move(try Move(.place(place), from: timeline, remark: isShort ? "this is the beginning" : ""))
    },
    phase("forward", .forward, "Goes on to the end of the next forward pass, the loss with it."),
    phase("backward", .backward, "Goes on to the end of the next backward pass."),
    phase("update", .update, "Goes on to the end of the next update."),
    Command(
      "run", elsewhere: ["train", "fit"], .move, "run N [STRIDE] | run until COND [STRIDE] [max=N]",
      """
      Trains N iterations, or strides of another size, or until a condition holds, looked at where each \
      stride that is named ends; where none is, where each iteration ends, or, where it asks for step, phase, layer or \
      changed(…), after every layer step, as `break COND` and `continue` always do; through max=N iterations at most. \
      data-loss is the loss over all samples, accuracy the share of them that comes out right, loss that of the last batch \
      only. It can be stopped between two steps.
      """,
      example: small
        + "run 10\nrun 2 epochs\nrun until data-loss < 0.12 epoch max=100\nrun until loss < 0.2 max=1000\nrun until phase == loss",
      complete: { session, words in
        if words.count == 1 { return ["until"] }
        return words.contains("until") ? session.names + ["max="] : completeStride(session, words)
      }
    ) { session, arguments throws(CommandError) in
      guard arguments.accept("until") else {
        guard !arguments.isAtEnd else {
          throw arguments.failure("a number was expected here, or until and a condition")
        }
        return try session.forward(&arguments, stride: .iteration)
      }
      return try session.runUntil(&arguments)
    },
    going,
  ]

  /// A small network that the examples move.
  static let small = "input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\n"

  private static func phase(_ name: String, _ phase: Phase, _ help: Text) -> Command {
    Command(name, .move, name, help, example: small + name) { session, _ throws(CommandError) in
      let timeline = session.timeline
      return .move(try Move(.place(timeline.endOfNext(phase)), from: timeline))
    }
  }

  @Sendable private static func completeStride(_ session: Session, _ words: [String]) -> [String] {
    Stride.allCases.map(\.name)
  }
}

extension Arguments {
  /// Reads `[N] [STRIDE]`.
  mutating func strides(_ stride: Stride) throws(CommandError) -> (count: Int, stride: Stride) {
    var count = 1
    if let first = peek?.text.first, first.isNumber || first == "-" || first == "+" {
      count = try integer("a number of strides", in: 1...Session.mostStrides)
    }
    guard let word = peek else { return (count, stride) }
    guard let named = Stride.named(word.text) else {
      let names = Stride.allCases.map(\.name)
      if let setting = SettingWord(word), Stride.named(setting.name) != nil {
        throw failure("a number of strides stands before their name: \(setting.value.text) \(setting.name)")
      }
      throw failure(
        "\(word.text) is not a stride; use \(names.joined(separator: ", "))"
          + suggestion(for: word.text, among: names + names.map { $0 + "s" }))
    }
    _ = try self.word("a stride")
    return (count, named)
  }
}

extension Session {
  /// The most strides of one command.
  static let mostStrides = 1_000_000_000

  func forward(_ arguments: inout Arguments, stride: Stride) throws(CommandError) -> Command.Outcome {
    let (count, stride) = try arguments.strides(stride)
    let timeline = timeline
    let place = timeline.place(count, on: stride)
    return .move(try Move(.place(place), from: timeline, isRun: stride >= .iteration))
  }

  /// `until COND [STRIDE] [max=N]`
  func runUntil(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    let condition = try arguments.condition()
    var named: Stride?
    var most = Session.mostStrides
    while let word = arguments.peek {
      if let stride = Stride.named(word.text) {
        named = stride
        _ = arguments.accept(word.text)
        continue
      }
      guard let setting = SettingWord(word), setting.name == "max" else {
        let value = arguments.line.words.dropFirst(arguments.index + 1).first?.text ?? "N"
        throw arguments.failure(
          word.text == "max"
            ? "a setting and its value are one word: max=\(value)"
            : "max=N, a stride or the end was expected here, not \(word.text)\(arguments.hintOnLeftover)")
      }
      _ = arguments.accept(word.text)
      most = try Arguments.integer(setting.value, "a number of strides", in: 1...Session.mostStrides)
    }
    try requireCondition(condition)
    let prospect = try requireProspect(of: condition, .ahead)
    let stride = named ?? (condition.turnsWithinIterations(in: scope) ? .layer : .iteration)
    // Of iterations as many layer steps as they have.
    if named == nil, stride == .layer {
      most = timeline.step(at: timeline.place(most, on: .iteration)) - timeline.state.step
    }
    if let last = prospect.lastStep { most = min(most, timeline.strides(of: stride, upTo: last)) }
    return .move(try Move(.until(condition, stride, most: most), from: timeline, isRun: true))
  }
}

extension Timeline {
  /// How many strides ahead there are at most up to a step, so that none behind it is asked; `Int.max` where that is not known.
  fileprivate func strides(of stride: Stride, upTo step: Int) -> Int {
    guard step < Session.mostStrides else { return .max }
    switch stride {
    case .unit, .operation: return .max
    case .layer, .phase: return max(step - state.step, 1)
    // Whoever goes by epochs takes no more of them than iterations.
    case .iteration, .epoch: return max(place(ofStep: step).iteration + 1 - state.completedIterations, 1)
    }
  }
}
