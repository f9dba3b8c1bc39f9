import Engine
import Notation
import Testing

@testable import Language

/// `let f(v) = …` in a session.
@Suite struct OwnFunctionTests {
  private static let bipolar = "let bipolar(v) = 2 / (1 + exp(-v)) - 1\n"
  private static let logcosh = "let logcosh(y, a) = log((exp(y - a) + exp(a - y)) / 2)\n"
  private static let network = "input 2\ndense 2 bipolar\ndense 2 tanh\nsample 1 2 -> 0 1\n"

  /// A case that was brought (27b): the bipolar sigmoid of older textbooks, with the numbers of a page.
  @Test func theBipolarSigmoidOfATextbook() throws {
    var session = try session(
      "input 2\n" + OwnFunctionTests.bipolar
        + """
        dense 2 bipolar
        dense 1 bipolar
        rate 0.25
        set w1 = [0.6 -0.1; -0.3 0.4]
        set b1 = [0.3; 0.5]
        set w2 = [0.4 0.1]
        set b2 = -0.2
        sample -1 1 -> 1
        forward

        """)
    for line in [
      "expect out ~= -0.11214882664 within 1e-11", "expect a1 ~= [-0.19737532; 0.53704957] within 5e-9",
      "claim always delta2[k] = (a2[k] - y[k]) * (1 - a2[k]^2) / 2",
      "claim always delta1[j] = sum(k, delta2[k] * w2[k,j]) * bipolar'(net1[j])", "claim always a1 = bipolar(net1)",
      "claim J1[i,k] = (i == k) * bipolar'(net1[k])", "expect delta1 ~= [-0.10553799; -0.01953567] within 5e-9",
    ] {
      if line.hasPrefix("claim always delta2") { try session.take("backward") }
      let answer = try session.execute(Line(line))
      #expect(answer.verdict?.holds == true, "\(line): \(answer.lines)")
    }
    try session.take("update")
    #expect(try session.execute(Line("expect w2 ~= [0.37290627 0.17372086] within 5e-9")).verdict?.holds == true)
  }

  @Test func theAnswerIsTheDerivative() throws {
    #expect(answers(OwnFunctionTests.bipolar) == ["bipolar'(v) = 2 * exp(-v) / (1 + exp(-v))^2"])
    #expect(
      answers(OwnFunctionTests.logcosh)
        == ["logcosh'(y, a) = (exp(a - y) - exp(y - a)) / (exp(y - a) + exp(a - y))"])
    // What is no function of numbers has none.
    #expect(answers("let soft(v) = exp(v) / sum(exp(v))") == [])
  }

  @Test func anOwnLoss() throws {
    var session = try session(
      OwnFunctionTests.logcosh + "input 2\ndense 3 tanh\ndense 2 identity\nloss logcosh\nsample 1 2 -> 0.5 -1\nbackward"
    )
    for line in [
      "claim always da2[k] = tanh(a2[k] - y[k])", "claim always loss = sum(k, logcosh(y[k], a2[k]))",
      "claim always da2 = logcosh'(y, a2)", "claim always d(loss)/d(w2[k,j]) = tanh(a2[k] - y[k]) * a1[j]",
      "claim dw1[j,i] = d(loss)/d(w1[j,i])",
    ] {
      let answer = try session.execute(Line(line))
      #expect(answer.verdict?.holds == true, "\(line): \(answer.lines)")
    }
  }

  /// A sigmoid of one's own trains as the one that is there.
  @Test func trainsAsTheTablesOwn() throws {
    let own = try session(
      "let mysigmoid(v) = 1 / (1 + exp(-v))\ninput 2\ndense 3 mysigmoid\ndense 1 mysigmoid\ndata xor\nbatch all\nrate 2\nrun 20\n"
    )
    let table = try session("input 2\ndense 3 sigmoid\ndense 1 sigmoid\ndata xor\nbatch all\nrate 2\nrun 20\n")
    for (mine, its) in zip(own.timeline.state.parameters, table.timeline.state.parameters) {
      for (a, b) in zip(mine.w.values + mine.b.values, its.w.values + its.b.values) {
        #expect(abs(a - b) <= 1e-15 * max(1, abs(b)) * 4, "\(a), \(b)")
      }
    }
    var session = own
    #expect(try session.execute(Line("claim always a1 = sigmoid(net1)")).verdict?.holds == true)
    #expect(try session.execute(Line("claim always J2[k,k] = a2[k] * (1 - a2[k])")).verdict?.holds == true)
  }

  /// Undoing and doing again, going back and forth, and replaying what was saved come to the same bits.
  @Test func timeAndUndo() throws {
    let text =
      "let half(v) = v / 2\nlet own(v) = tanh(half(v)) + v / 10\ninput 2\ndense 3 own\ndense 2 own\n"
      + OwnFunctionTests.logcosh + "loss logcosh\nsample 1 2 -> 0 1\nrun 3\nbackward\n"
    var session = try session(text)
    let (bits, lines) = (session.bits, session.lines.map(\.text))
    try session.take("back 9\nstep 9")
    #expect(session.bits == bits)
    for _ in 0..<9 { try session.take("undo") }
    #expect(session.definitions.function("own") != nil && session.timeline.experiment.network.layers.isEmpty)
    for _ in 0..<9 { try session.take("redo") }
    #expect(session.bits == bits)
    try session.take("undo\nundo\nundo")
    #expect(session.timeline.experiment.network.loss.rule.name == "logcosh")
    try session.take("undo\nundo\nundo")
    #expect(session.timeline.experiment.network.loss.rule.name == "half-squared-error")
    var again = Session()
    try again.take(lines.joined(separator: "\n"))
    #expect(again.bits == bits)
  }

  /// What a layer is made of stays as it is; what nothing uses any more may be made anew.
  @Test func whatIsInUseStays() throws {
    let before = OwnFunctionTests.bipolar + OwnFunctionTests.network
    #expect(
      try complaint("let bipolar(v) = v", after: before)
        == "5: bipolar is the activation of layer 1; give that another one first, as in layer 1 dense 2 tanh")
    #expect(
      try complaint("let c = 4", after: "let c = 3\nlet g(v) = c * v\ninput 1\ndense 1 g")
        == "5: c is used by g, the activation of layer 1; give that another one first, as in layer 1 dense 1 tanh")
    #expect(
      try complaint("let logcosh(y, a) = y - a", after: OwnFunctionTests.logcosh + "loss logcosh")
        == "5: logcosh is the loss; choose another one first, as in loss half-squared-error")
    var session = try session(before)
    // The same again is no change.
    try session.take(OwnFunctionTests.bipolar)
    try session.take("layer 1 dense 2 tanh\nlet bipolar(v) = 2 * v\nlayer 1 dense 2 bipolar\nforward")
    #expect(try session.execute(Line("claim a1 = 2 * net1")).verdict?.holds == true)
  }

  @Test(arguments: [
    ("let f(v) = f(v) + 1", "12: f would be defined by itself: f -> f"),
    ("let half(v) = twice(v)", "15: half would be defined by itself: half -> twice -> half"),
    ("let exp(v) = v", "5: exp is taken: it is a function"), ("let huber(y, a) = y", "5: huber is taken: it is a loss"),
    ("let w1(v) = v", "5: w1 is taken: it is the name of a quantity"),
    ("let array(v) = v", "5: array is taken: it is a word of the language"),
    ("let f(v, v) = 1", "10: v is an argument of f already"),
    ("let f() = 1", "7: the name of an argument was expected, as in f(v)"),
    ("let f(exp) = 1", "7: exp is a function, and cannot be an argument"),
    ("let f(v = 1", "9: , and another argument, or ) was expected"), ("let f(v", "6: this ( is never closed"),
    ("let f(v) 3", "10: = was expected behind f(v)"), ("let f(v) = ", "11: a value was expected before the end"),
    ("dense 2 bad", "9: bad cannot be an activation: rate is neither an argument nor a number"),
    ("dense 2 pair", "9: pair cannot be an activation: pair(u, v) has 2 arguments, an activation has one"),
    ("dense 2 haif", "9: haif is not an activation; did you mean half?"),
    (
      "dense 2 mine",
      "9: mine is not an activation; there are \(Activation.all.map(\.name).joined(separator: ", ")); one of your own is made first: let mine(v) = …"
    ),
    (
      "loss mine",
      "6: mine is not a loss; there are \(Loss.all.map(\.name).joined(separator: ", ")); one of your own is made first: let mine(y, a) = …"
    ),
    (
      "loss half",
      "6: half cannot be a loss: half(v) has 1 argument, a loss has two, the target and the output: half(y, a)"
    ),
    ("loss par", "6: par is not a loss; did you mean pair?"),
    ("print half(1, 2)", "7: half(v) takes 1 argument, not 2"), ("print half", "7: half is a function: write half(v)"),
    ("print bad'(2)", "7: bad' is not known: rate is neither an argument nor a number"),
    ("print haif(2)", "7: haif is not a function; did you mean half?"),
    ("print pair([1; 2; 3], [1; 2])", "7: * takes as many columns as rows; here 3×1 * 2×1"),
  ])
  func errorsHaveTheirPlace(line: String, expected: String) throws {
    let before =
      "let half(v) = v / 2\nlet twice(v) = 4 * half(v)\nlet bad(v) = v * rate\nlet pair(u, v) = u * v\ninput 2"
    #expect(try complaint(line, after: before) == expected)
  }

  /// What a stored expression calls may become something else.
  @Test func whatIsNoFunctionAnyMore() throws {
    var session = try session("let g(v) = v + 1\nlet h(v) = g(v) * 2\nlet g = 3\n")
    #expect(throws: CommandError.self) { try session.take("print h(1)") }
    try session.take("let g(u, v) = u + v")
    #expect(try complaint("print h(1)", after: session.lines.map(\.text).joined(separator: "\n")).contains("takes 2"))
  }

  /// Functions of whole values, and those that read quantities.
  @Test func inExpressions() throws {
    var session = try session("input 2\ndense 3 tanh\ndense 2 tanh\nsample 1 -2 -> 0 1\nforward\n")
    try session.take(
      "let bipolar(v) = 2 / (1 + exp(-v)) - 1\nlet soft(v) = exp(v) / sum(exp(v))\nlet affine(m, v, b) = m * v + b\n"
        + "let scaled(v) = v * rate\nlet z = net1\nlet far(v) = v - z\nlet entry(m, i) = m[i]\nlet keep(k) = sum(j, w2[1,j]) * k"
    )
    func same(_ one: String, _ other: String) throws {
      #expect(try session.execute(Line("expect \(one) ~= \(other)")).verdict?.holds == true, "\(one), \(other)")
    }
    try same("bipolar(w1)", "2 * sigmoid(w1) - ones(3, 2)")
    try same("soft(net2)", "softmax(net2)")
    try same("affine(w1, x, b1)", "net1")
    try same("scaled(x)", "x * rate")
    try same("far(net1)", "zeros(3)")
    try same("entry(a1, 2)", "a1[2]")
    try same("sum(k, keep(k) * a2[k])", "sum(k, sum(j, w2[1,j]) * k * a2[k])")
    try same("d(bipolar(net2[1]))/d(net2[1])", "bipolar'(net2[1])")
    try same("d(soft(net2)[1])/d(net2[2])", "softmax'(net2)[1,2]")
    try same("at(0, scaled(x))", "x * rate")
    // What an argument is called is seen in the function's own body alone.
    try session.take("let q = v + 1\nlet lexical(v) = q * v\nlet indexed(v) = v * b2[k]")
    #expect(throws: CommandError.self) { try session.take("print lexical(2)") }
    #expect(throws: CommandError.self) { try session.take("print sum(k, indexed(1) * a2[k])") }
    try same("bipolar(bipolar(2))", "2 * sigmoid(bipolar(2)) - 1")
  }

  /// However long and deep what is given is, it is answered.
  @Test func hostile() throws {
    var session = Session()
    let deep = "let nest(v) = " + String(repeating: "exp(", count: 150) + "v" + String(repeating: ")", count: 150)
    try session.take(deep + "\nlet long(v) = v" + String(repeating: " * v", count: 800))
    try session.take(
      "let wide(v) = v" + String(repeating: " + v", count: 990) + "\nlet f0(v) = v\n".replacing("f0", with: "g0"))
    for number in 1...100 { try session.take("let g\(number)(v) = g\(number - 1)(v) + g\(number - 1)(v)") }
    try session.take("input 2")
    for name in ["long", "wide", "g12", "g100"] {
      #expect(throws: CommandError.self) { try session.take("dense 2 \(name)") }
    }
    for expression in ["g100(1)", "g100'(1)"] {
      #expect(throws: CommandError.self) { try session.take("print \(expression)") }
    }
    #expect(try session.value("1").scalar == 1)
    try session.take("dense 2 nest\ndense 2 g7\nsample 1 2 -> 0 1\nbackward\nhelp long\nhelp g100")
  }

  @Test func helpAndCompletion() throws {
    var session = try session(OwnFunctionTests.bipolar + OwnFunctionTests.logcosh + "input 2\n")
    let help = try session.execute(Line("help bipolar")).lines.map(\.description)
    #expect(help.contains("  bipolar'(v) = 2 * exp(-v) / (1 + exp(-v))^2"))
    #expect(help.contains("it can be an activation: dense 2 bipolar"))
    for line in help.suffix(1) { try session.take(String(line.dropFirst(2))) }
    #expect(session.completion(of: "dense 2 bi", at: 10).candidates == ["bipolar"])
    #expect(session.completion(of: "loss log", at: 8).candidates == ["logcosh"])
    #expect(session.completion(of: "print bip", at: 9).candidates == ["bipolar"])
    let menu = Menu(.losses, in: session)
    #expect(menu.rows.contains { $0.name.description == "logcosh" })
  }
}
