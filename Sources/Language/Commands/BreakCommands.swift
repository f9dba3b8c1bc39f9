import Engine
import Notation

extension Command {
  /// The commands that stop where something holds, and name places.
  static let breaking: [Command] = [
    breakpoint(
      "break", short: ["b"], elsewhere: ["breakpoint"], isTemporary: false,
      """
      Sets a breakpoint: `continue` and `rcontinue` stop where the condition holds, looked at after every layer step. What \
      is not computed yet at a step does not hold there; where it goes on holding, each step is a stop. What can hold at no \
      step is refused. `break changed(EXPR)` watches a value: a stop shows what it was and what it is. `show breaks` lists them with their numbers.
      """,
      example:
        "break loss < 0.1\nbreak changed(w2[1,1]) and layer == 2\nbreak phase == backward and layer == 1\ncontinue"),
    breakpoint(
      "tbreak", short: ["tb"], elsewhere: [], isTemporary: true,
      "Sets a breakpoint that is gone once it has stopped `continue` or `rcontinue`.",
      example: "tbreak iteration == 3\ncontinue"),
    Command(
      "delete", short: ["d"], elsewhere: ["unbreak"], .move, "delete N…|all|MARK|marks",
      """
      Takes breakpoints away, by their numbers, or `all` of them; or a mark, by its name, or all marks, those of stops among \
      them.
      """,
      example: small + "break loss < 0.1\ndelete 1\nmark here\ndelete here\nmark there\ndelete marks", moves: false,
      complete: { session, _ in
        session.breakpoints.map { String($0.number) } + Session.deletedWords + session.bookmarks.map(\.name)
      }
    ) { session, arguments throws(CommandError) in try session.delete(&arguments) },
    Command(
      "continue", short: ["c"], elsewhere: ["resume"], .move, "continue [max=N]",
      """
      Trains on to the next place where a breakpoint's condition holds, through N iterations at most; where none is said \
      through all that this future has gone already, or 100000. Enter at the empty prompt goes on to the next one. Each \
      place where it stops is marked: `goto stop1` is the first again, and `delete stop1` takes that mark away.
      """,
      example: small + "break loss < 0.2\ncontinue max=1000", complete: { _, _ in ["max="] }
    ) { session, arguments throws(CommandError) in
      let isSaid = arguments.peek != nil
      let most = session.timeline.place(try arguments.most("a number of iterations"), on: .iteration)
      // What has been gone is known: `rcontinue` from its end finds all of it too.
      let end = isSaid ? most : max(most, session.timeline.furthest)
      return .move(try session.search(.ahead(end)))
    },
    Command(
      "rcontinue", short: ["rc"], elsewhere: ["reverse-continue"], .move, "rcontinue",
      """
      Goes back to the last place before this one where a breakpoint's condition holds: there `continue` would have stopped \
      on its way. Where none holds it goes back to the beginning.
      """,
      example: small + "break phase == loss\nrun 3\nrcontinue"
    ) { session, _ throws(CommandError) in .move(try session.search(.behind())) },
    Command(
      "last", elsewhere: ["rwatch"], .move, "last EXPR",
      """
      Goes back to the step that wrote a value, and shows what it was and what it became; where that is the step that has \
      just been taken, one stays. The same again, or Enter at the empty prompt, goes on to the change before that. Of a matrix \
      it is the last change of any number in it.
      """,
      example: small + "run 3\nlast w2[1,1]\nlast delta1[1]", complete: { session, _ in session.names }
    ) { session, arguments throws(CommandError) in
      let expression = try arguments.expression("a quantity, or another expression")
      try session.requireElements(of: expression)
      // One that stands where the number was written is told so, once; then what was before it is asked for.
      let search = Search(
        for: .change(of: expression), .behind(), startCounts: !session.repeatsItsLastChange(arguments.line))
      return .move(try Move(.search(search), from: session.timeline))
    },
    Command(
      "mark", elsewhere: ["bookmark"], .move, "mark NAME",
      "Gives this place on the line of time a name: `goto NAME` comes back to it. `show breaks` lists the marks as well.",
      example: small + "step 3\nmark lecture\nrun 5\ngoto lecture", moves: false
    ) { session, arguments throws(CommandError) in try session.mark(&arguments) },
  ]

  private static func breakpoint(
    _ name: String, short: [String], elsewhere: [String], isTemporary: Bool, _ help: Text, example: String
  ) -> Command {
    Command(
      name, short: short, elsewhere: elsewhere, .move, "\(name) COND", help, example: small + example, moves: false,
      complete: { session, _ in session.names }
    ) { session, arguments throws(CommandError) in
      if let word = arguments.peek, ["none", "off", "clear"].contains(word.text), session.definitions[word.text] == nil
      {
        throw arguments.failure(
          "a condition was expected here; delete all takes all breakpoints away, delete N one of them")
      }
      let condition = try session.keepingValues(in: arguments.condition())
      try session.requireCondition(condition)
      let doubts = try session.doubts(about: condition)
      let new = session.content.breakpoints.set(condition, isTemporary: isTemporary)
      var answer = Answer(verbatim: [new.words])
      answer.warnings = condition.lints(in: session.scope).map(\.message) + doubts
      return .answer(answer)
    }
  }
}

extension Arguments {
  /// Through how many iterations `continue` goes where nothing is said: a condition that never holds comes to an end.
  fileprivate static let usualMost = 100_000

  /// Reads `[max=N]`: the most of something.
  fileprivate mutating func most(_ what: Text) throws(CommandError) -> Int {
    guard let word = peek else { return Arguments.usualMost }
    guard let setting = SettingWord(word), setting.name == "max" else {
      throw failure("max=N or the end was expected here, not \(word.text)")
    }
    _ = accept(word.text)
    return try Arguments.integer(setting.value, what, in: 1...Session.mostStrides)
  }
}

extension Session {
  /// The words by which `delete` takes more than one away.
  fileprivate static let deletedWords = ["all", "marks"]

  /// The words that may stand before what `delete` takes away.
  fileprivate static let deletedThings = ["break", "tbreak", "breakpoint", "mark"]

  /// Refuses an expression that means nothing; one of quantities that this network has not may mean something elsewhere on
  /// the line of time, or on another.
  func requireMeaning(of expression: Expression) throws(CommandError) {
    do throws(CommandError) { try requireSense(of: expression) } catch {
      let names = expression.names
      let isOfQuantities = names.allSatisfy { Quantity.named($0) != nil || content.definitions[$0] != nil }
      guard !names.isEmpty, isOfQuantities else { throw error }
      // What can't be compiled means nothing at any step of this network.
      let isCompiled = (try? Probe(expression, in: scope)) != nil
      guard isCompiled || mayBeElsewhere(names) else { throw error }
    }
  }

  /// Whether there may be quantities elsewhere which this network has not: it is still being built, or there was, or is in
  /// another future, another one with as many layers.
  private func mayBeElsewhere(_ names: Set<String>) -> Bool {
    let experiment = timeline.experiment
    guard experiment.obstacle == nil else { return true }
    let layers = names.compactMap { Quantity.named($0)?.layer }.max() ?? 0
    return content.futures.all.contains { future in
      content.futures.timeline(of: future, here: timeline).networks.contains {
        $0 != experiment.network && $0.layers.count >= layers
      }
    }
  }

  /// Whether a line is the same as the one before it, of those that changed something or moved.
  fileprivate func repeatsItsLastChange(_ line: Line) -> Bool {
    let before = entries.last { (try? Session.command(of: $0.line))?.effect == .changes }
    return before?.line.words.map(\.text) == line.words.map(\.text)
  }

  /// A search for a breakpoint's stop.
  fileprivate func search(_ direction: Search.Direction) throws(CommandError) -> Move {
    guard !breakpoints.isEmpty else {
      throw CommandError("there is no breakpoint; break COND sets one, as in break loss < 0.1", at: 0)
    }
    let search = Search(for: .breakpoints(breakpoints), direction)
    return try Move(.search(search), from: timeline, isRun: search.isAhead, before: $content)
  }

  /// Marks where a search has stopped, and takes away what was to stop once.
  mutating func noteStop(at met: [Breakpoint]) {
    content.bookmarks.makeStop(at: timeline.state, of: content.futures.current)
    guard met.contains(where: \.isTemporary) else { return }
    let gone = Set(met.filter(\.isTemporary).map(\.number))
    content.breakpoints.delete { gone.contains($0.number) }
  }

  fileprivate mutating func delete(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    // What is taken away may be named before its number or its name; a mark may be called so itself.
    if let word = arguments.peek, Session.deletedThings.contains(word.text), content.bookmarks[word.text] == nil {
      _ = arguments.accept(word.text)
    }
    if arguments.accept("marks") {
      guard !bookmarks.isEmpty else {
        throw CommandError("there is no mark; mark NAME makes one", at: arguments.lastColumn)
      }
      content.bookmarks.deleteAll()
      return .answer(Answer())
    }
    let isAll = arguments.accept("all") || content.bookmarks["breaks"] == nil && arguments.accept("breaks")
    if !isAll, let word = arguments.peek, word.text.first?.isLetter == true {
      guard content.bookmarks[word.text] != nil else {
        throw arguments.failure(
          "\(word.text) is no mark; a mark, marks, the number of a breakpoint, or all was expected here"
            + suggestion(for: word.text, among: bookmarks.map(\.name)))
      }
      _ = arguments.accept(word.text)
      content.bookmarks.delete(word.text)
      return .answer(Answer())
    }
    guard !breakpoints.isEmpty else {
      throw CommandError(
        "there is no breakpoint; break COND sets one", at: isAll ? arguments.lastColumn : arguments.column)
    }
    if isAll {
      content.breakpoints.delete { _ in true }
      return .answer(Answer())
    }
    // One after another, and none where one of them is wrong.
    var taken: [Int] = []
    repeat {
      let number = try arguments.integer(
        "the number of a breakpoint, all, marks or a mark", in: 0...Session.mostStrides)
      guard breakpoints.contains(where: { $0.number == number }) else {
        let numbers = breakpoints.map { String($0.number) }
        throw CommandError(
          numbers.count == 1
            ? "there is no breakpoint \(number); the only one is \(numbers[0])"
            : "there is no breakpoint \(number); there are \(numbers.joined(separator: ", "))", at: arguments.lastColumn
        )
      }
      taken.append(number)
    } while !arguments.isAtEnd
    content.breakpoints.delete { taken.contains($0.number) }
    return .answer(Answer())
  }

  fileprivate mutating func mark(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    let word = try arguments.word("a name")
    let name = word.text
    guard name.first?.isLetter == true, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else {
      throw CommandError(
        "a mark's name begins with a letter and goes on with letters, digits, - and _", at: word.range.lowerBound)
    }
    guard !Session.placeWords.contains(name) else {
      throw CommandError("\(name) says by itself where to go", at: word.range.lowerBound)
    }
    guard !Session.deletedWords.contains(name) else {
      throw CommandError("\(name) says by itself what delete takes away", at: word.range.lowerBound)
    }
    content.bookmarks.make(name, at: timeline.state, of: content.futures.current)
    return .answer(Answer("\(name): \(timeline.state.stepInWords)"))
  }
}
