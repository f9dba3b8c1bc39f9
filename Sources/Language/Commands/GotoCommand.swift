import Engine
import Notation

extension Command {
  /// The command that goes to a place by its name.
  static let going = Command(
    "goto", elsewhere: ["jump", "seek"], .move,
    "goto STEP|+N|-N|PERCENT|iteration N|epoch N|PHASE [LAYER]|MARK|start|end",
    """
    Goes to a step, back or ahead; ahead of the furthest that was reached, the network is trained on to there. `start` is \
    step 0, `end` the furthest that was reached, `50%` halfway to it, `+3` three steps on from here and `-3` three back. \
    `iteration 300` is where iteration 300 ends, `backward \
    2` the next place where layer 2's backward step has just ended, and a name is where `mark` put it.
    """,
    example: small + "goto 12\ngoto start\ngoto iteration 3\ngoto backward 1\ngoto 50%\nmark here\ngoto end\ngoto here",
    complete: { session, words in
      words.count == 1 ? Session.placeWords + session.bookmarks.map(\.name) : []
    }
  ) { session, arguments throws(CommandError) in
    let place = try session.place(&arguments)
    return .move(try Move(.place(place), from: session.timeline))
  }
}

extension Session {
  /// The phases that a place can be named by.
  private static let phases: [Phase] = [.forward, .loss, .backward, .update]
  /// The strides that are counted from the beginning.
  static let countedStrides: [Stride] = [.iteration, .epoch]

  /// The words that say by themselves where to go.
  static let placeWords = ["start", "end"] + countedStrides.map(\.name) + phases.map(\.rawValue)

  /// Reads a place.
  func place(_ arguments: inout Arguments) throws(CommandError) -> Place {
    let what: Text = "start, end, iteration N, epoch N, a phase, a mark or a step"
    guard let word = arguments.peek else { throw arguments.failure("\(what) was expected here") }
    if arguments.accept("start") { return Place() }
    if arguments.accept("end") { return timeline.furthest }
    // As the step is called everywhere else; alone the number says it too.
    if content.bookmarks[word.text] == nil, arguments.accept(Quantity.Kind.step.name) {
      return timeline.place(ofStep: try arguments.integer("the number of a step", in: 0...Session.mostStrides))
    }
    if let stride = Session.countedStrides.first(where: { $0.name == word.text }) {
      _ = arguments.accept(word.text)
      return try place(
        ofNumber: arguments.integer("the number of an \(stride.name)", in: 1...Session.mostStrides), stride)
    }
    if let phase = Session.phases.first(where: { $0.rawValue == word.text }) {
      _ = arguments.accept(word.text)
      return try place(of: phase, &arguments)
    }
    if let mark = content.bookmarks[word.text] {
      // What lies behind the parting is of that future alone.
      if isElsewhere(mark) {
        throw arguments.failure(
          "\(mark.name) is a mark of future \(mark.future); switch \(mark.future) goes over to it")
      }
      _ = arguments.accept(word.text)
      return mark.place
    }
    if word.text.hasSuffix("%") { return try place(atShare: word, &arguments) }
    if word.text.hasPrefix("+") || word.text.hasPrefix("-") { return try place(&arguments, from: timeline.state.step) }
    if word.text.first?.isLetter == true {
      let names = Session.placeWords + bookmarks.map(\.name)
      throw arguments.failure(
        "\(word.text) is no mark; \(what) was expected here" + suggestion(for: word.text, among: names))
    }
    return timeline.place(ofStep: try arguments.integer("start, end or a step", in: 0...Session.mostStrides))
  }

  /// Where an iteration or epoch ends that is counted from the beginning.
  private func place(ofNumber number: Int, _ stride: Stride) -> Place {
    stride == .epoch ? timeline.end(ofEpoch: number) : timeline.end(ofIteration: number - 1)
  }

  /// The next place where a phase has just ended, or a layer's step of it.
  private func place(of phase: Phase, _ arguments: inout Arguments) throws(CommandError) -> Place {
    guard let word = arguments.peek, word.text != "to" else { return timeline.endOfNext(phase) }
    guard phase != .loss else { throw arguments.failure("the loss has no layer") }
    let layers = timeline.experiment.network.layers.count
    let layer = try arguments.integer("a layer", in: 1...max(layers, 1))
    guard let place = timeline.endOfNext(phase, layer: layer) else {
      throw CommandError("there is no layer \(layer)", at: arguments.lastColumn)
    }
    return place
  }

  /// `+3` or `-3`: so many steps from one.
  private func place(_ arguments: inout Arguments, from step: Int) throws(CommandError) -> Place {
    let count = try arguments.integer("a number of steps", in: -step...Session.mostStrides)
    return timeline.place(ofStep: step + count)
  }

  /// `50%`: so much of the way to the furthest step that was reached.
  private func place(atShare word: Word, _ arguments: inout Arguments) throws(CommandError) -> Place {
    guard let percent = Double(word.text.dropLast()), (0...100).contains(percent) else {
      throw arguments.failure("\(word.text) is no share from 0% to 100%")
    }
    _ = arguments.accept(word.text)
    let steps = Double(timeline.step(at: timeline.furthest))
    return timeline.place(ofStep: Int((steps * percent / 100).rounded()))
  }
}
