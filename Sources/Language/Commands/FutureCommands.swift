import Engine
import Formats
import Notation

extension Command {
  /// The commands that go among futures.
  static let parting: [Command] = [
    Command(
      "branch", .move, "branch NAME",
      """
      Names this future. A change in the past begins another one, and the one that was there stays, by its name or its \
      number: `branches` lists them, `switch` goes over to one, `diff` says where two part.
      """,
      example: small + "run 20\nbranch slow\ngoto start\nrate 10\nrun 20\nbranch fast\ndiff slow fast", moves: false
    ) { session, arguments throws(CommandError) in
      let word = try arguments.word("a name")
      let isName =
        word.text.first?.isLetter == true && word.text.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) }
      guard isName else {
        throw CommandError(
          "a future's name begins with a letter and goes on with letters, digits, - and _", at: word.range.lowerBound)
      }
      // Where a future is told from an expression by its name alone, as in `diff`, the expression would be out of reach.
      guard word.text != Session.noFuture else {
        throw CommandError(
          "\(word.text) stands for no future in diff; another name was expected here", at: word.range.lowerBound)
      }
      guard Quantity.named(word.text) == nil else {
        throw CommandError("\(word.text) is a quantity; another name was expected here", at: word.range.lowerBound)
      }
      if let other = session.content.futures.named(word.text), other.number != session.content.futures.current {
        throw CommandError("future \(other.number) is called \(word.text)", at: word.range.lowerBound)
      }
      session.content.futures.name(word.text)
      return .answer(Answer("\(word.text): future \(session.content.futures.current), \(session.whereItStands)"))
    },
    Command(
      "branches", .move, "branches",
      "Lists the futures: where each parted from which, by what, and how far it has gone.",
      example: small + "run 5\ngoto 7\nset w1[1,1] = 2\nbranches", effect: .looks, moves: false
    ) { session, _ in .answer(session.listedFutures) },
    Command(
      "switch", elsewhere: ["checkout"], .move, "switch NAME",
      "Goes over to another future, by its name or number: to where one stood in it when it was left.",
      example: small + "run 5\ngoto 7\nset w1[1,1] = 2\nrun 3\nswitch 1", moves: false,
      complete: { session, _ in session.futures.map(\.label) }
    ) { session, arguments throws(CommandError) in
      let (future, column) = try session.future(&arguments)
      guard let line = session.content.futures.go(to: future, from: session.content.timeline) else {
        throw CommandError("\(future.label) is the future that you are in", at: column)
      }
      session.content.timeline = line
      return .answer(Answer("\(future.label): \(session.whereItStands)"))
    },
    Command(
      "diff", .look, "diff [A [B]] [EXPR… [every [N] STRIDE] [from PLACE [to PLACE]]] | diff none",
      """
      Says where two futures part, by their names or numbers, and by how much: the loss, the weight or bias that is furthest \
      apart, and both curves in one. With expressions their values stand side by side, a row for every stride; B is the \
      future that you are in where none is named, and A the other one where there are two. From then on both are stepped side by side, wherever you are in one of \
      them: each move says the other's loss and the weight that is furthest apart, yours against its, and the screen shows \
      its numbers under yours where they differ, until `diff none`.
      """,
      example: small
        + "run 20\ngoto start\nrate 10\nrun 20\ndiff 1 2\nback\ndiff 1 2 loss w2[1,1] every 5 iterations\ndiff none",
      effect: .looks,
      complete: { session, words in
        session.futures.map(\.label) + (words.count == 1 ? [Session.noFuture] : []) + session.names
      }
    ) { session, arguments throws(CommandError) in try session.difference(&arguments) },
  ]
}

extension Session {
  /// Reads a future's name or number.
  func future(_ arguments: inout Arguments) throws(CommandError) -> (Future, column: Int) {
    let word = try arguments.word("a future's name or number")
    if let future = content.futures.named(word.text) { return (future, word.range.lowerBound) }
    throw CommandError(
      "there is no future \(word.text); branches lists them"
        + suggestion(for: word.text, among: futures.map(\.label)), at: word.range.lowerBound)
  }

  /// All futures, a line each, the one that is gone along marked.
  fileprivate var listedFutures: Answer {
    let current = content.futures.current
    var rows: [JSONValue] = []
    let lines = futures.map { future -> Text in
      let line = content.futures.timeline(of: future, here: timeline)
      var text: Text = "\(future.number == current ? "*" : " ") \(future.number)"
      if !future.name.isEmpty { text += " \(future.name)" }
      text += ": \(counted(line.step(at: line.furthest), "step"))"
      if let (name, loss) = line.lossAtItsEnd { text += ", \(name) = \(writing.number(loss))" }
      let parting = futures.first { $0.number == future.parent }.flatMap { parent in
        line.parting(from: content.futures.timeline(of: parent, here: timeline)).map { (parent, $0.step) }
      }
      if let (parent, step) = parting { text += "; parts from \(parent.label) at step \(step)" }
      if !future.origin.isEmpty { text += ", begun by \(future.origin)" }
      rows.append(
        .object([
          .init("number", .number(Double(future.number))), .init("name", .string(future.name)),
          .init("steps", .number(Double(line.step(at: line.furthest)))),
          .init("current", .bool(future.number == current)),
        ]))
      return text
    }
    return Answer(lines, fields: [.init("futures", .array(rows))])
  }
}

extension Timeline {
  /// The loss as far as the line was gone, with its name: over all samples, where there are several; nil where there is none.
  fileprivate var lossAtItsEnd: (name: String, loss: Double)? {
    var line = self
    line.move(to: furthest)
    return line.state.headlineLoss
  }
}

extension State {
  /// The loss by which training is judged, with its name: over all samples where there are several, else the one's.
  var headlineLoss: (name: String, loss: Double)? {
    let ofAll = experiment.data.count > 1 ? Quantity.named("data-loss") : nil
    let quantity = ofAll ?? Quantity(.loss)
    return (try? value(of: quantity))?.scalar.map { (quantity.name, $0) }
  }
}
