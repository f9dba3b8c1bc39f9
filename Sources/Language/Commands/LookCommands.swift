import Engine
import Notation
import Panels

extension Command {
  /// The commands that look.
  static let looking: [Command] = [
    Command(
      "print", short: ["p"], elsewhere: ["echo", "inspect", "eval", "disp"], .look, "print EXPR",
      "Says what an expression is worth here.",
      example: small + "step\nprint a1\nprint w1 * x + b1", effect: .looks, complete: { session, _ in session.names }
    ) { session, arguments throws(CommandError) in
      let expression = try arguments.expression()
      var value = try session.value(of: expression)
      if expression.isTurned(in: session.scope, shown: true) { value = value.transposed }
      var answer = Answer(
        ["\(expression) = \(session.writing.value(value, of: expression))"],
        sayingAll: [.init("value", .init(value, of: expression, in: session))])
      answer.warnings = expression.lints(in: session.scope).map(\.message)
      return .answer(answer)
    },
    Command(
      "show", elsewhere: ["info", "ls", "list"], .look, "show [PANEL]",
      "Draws a panel as the screen does, or without a name the whole screen.", example: small + "show network\nshow",
      effect: .looks, complete: { _, _ in Panel.body.map(\.name) }
    ) { session, arguments throws(CommandError) in .answer(try session.show(&arguments)) },
    Command(
      "explain", .look, "explain QUANTITY[INDICES] [deep]",
      "Shows the chain rule at one number, with its very numbers put in; with `deep` down to inputs, weights and targets.",
      example: small + "forward\nbackward\nexplain dw1[1,1]\nexplain delta1[2] deep", effect: .looks,
      complete: { session, words in words.count == 1 ? session.scope.quantityNames : ["deep"] }
    ) { session, arguments throws(CommandError) in .answer(try session.explain(&arguments)) },
    Command(
      "watch", elsewhere: ["display"], .look, "watch EXPR",
      """
      Keeps an expression in the screen's panel of watches, with what it is at every step from here on. Without a screen \
      nothing is said at a step: `show watch` draws the panel, `print` says one value.
      """,
      example: small + "watch |dw1|", complete: { session, _ in session.names }
    ) { session, arguments throws(CommandError) in
      let expression = try arguments.expression()
      try session.requireSense(of: expression)
      let number = session.content.nextWatch
      session.content.watches.append(WatchedExpression(number: number, expression: expression))
      session.content.nextWatch += 1
      var answer = Answer("watch \(number): \(expression)")
      answer.warnings = expression.lints(in: session.scope).map(\.message)
      return .answer(answer)
    },
    Command(
      "unwatch", elsewhere: ["undisplay"], .look, "unwatch N", "Takes a watch away, by its number.",
      example: small + "watch loss\nunwatch 1",
      complete: { session, _ in session.watches.map { String($0.number) } }
    ) { session, arguments throws(CommandError) in
      guard !session.watches.isEmpty else { throw arguments.failure("nothing is watched") }
      let number = try arguments.integer("the number of a watch", in: 1...max(session.content.nextWatch - 1, 1))
      guard session.watches.contains(where: { $0.number == number }) else {
        throw CommandError("there is no watch \(number)", at: arguments.lastColumn)
      }
      session.content.watches = Trail(session.watches.filter { $0.number != number })
      return .answer(Answer())
    },
    Command(
      "plot", .look, "plot EXPR… [every [N] STRIDE] [from A [to B]]",
      """
      Draws one number over the iterations so far, taken at each one's end, and keeps it on the screen as a panel. Of \
      many iterations up to \(Plot.most.looks) are looked at, of the loss up to \(Curve.capacity) kept; the first and the last \
      are always among them. Several numbers, another stride, or a part of the history, as `table` takes them, are drawn once, \
      over the steps, and not kept.
      """,
      example: small + "run 5 iterations\nplot loss\nplot |dw1|\nplot delta1[1] loss every layer from 8 to 21",
      complete: completeQuery
    ) { session, arguments throws(CommandError) in try session.plot(&arguments) },
    Command(
      "map", .look, "map [EXPR]",
      """
      Shows one number over the plane of two inputs, or along one, in the output's place: any expression of x, w, b, net, \
      a and out, as the present weights make it at each point. What is shown is told from 0, or from 0.5 where all \
      values lie between 0 and 1; where the sign changes there is a line. Alone it goes back to the output.
      """,
      example: small + "run 50 iterations\nmap a1[1]\nmap net1[2] - net1[1]\nmap",
      complete: { session, _ in session.names }
    ) { session, arguments throws(CommandError) in .answer(try session.map(&arguments)) },
  ]
}
