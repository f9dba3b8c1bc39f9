import Engine
import Testing

@testable import Language

/// What people type who come from a page, from another program or for the first time: each complaint says what would have
/// been right, under the very place.
@Suite struct SlipsTests {
  static let there = mazur + "forward\nbackward\n"

  private func complaint(_ line: String) throws -> String { try LanguageTests.complaint(line, after: Self.there) }

  @Test(arguments: [
    ("set learning-rate = 0.1", "5: learning-rate is not known; it is called rate here"),
    ("expect w1 = w1", "11: nothing more was expected here, there is =; to compare, write == or ~="),
    ("claim a1 == a1", "10: a claim is an equation: write = in place of =="),
    ("claim a1 ~= a1", "10: a claim is an equation: write = in place of ~="),
    ("set w1 [1 2;3 4]", "8: = was expected before the value, as in set w1 = [1 2; 3 4]"),
    ("set b1 [1; 2]", "8: = was expected before the value, as in set w1 = [1 2; 3 4]"),
    ("set w1[1,2] 0.5", "13: = was expected here: set w1[1,2] = 0.5"),
    ("set rate 0.5", "10: = was expected here: set rate = 0.5"),
    ("compare dw1[2,1] 0.3", "18: = was expected here: compare dw1[2,1] = 0.3"),
    ("compare dw1[2,1] == 0.3", "24: = was expected here, in place of ==: compare dw1[2,1] = 0.3"),
    ("compare dw1[2,1]", "17: = was expected here"),
    ("print 2 w1", "9: nothing more was expected here, there is w1; there is no implicit product, write *"),
    (
      "claim dw1[j,i] = delta1[j] x[i]",
      "28: nothing more was expected here, there is x[i]; there is no implicit product, write *"
    ),
    ("set w1 = 2 w1", "12: an operator or the end was expected; there is no implicit product, write *"),
    ("expect loss ~= 1 wihtin 2", "18: nothing more was expected here, there is wihtin; did you mean within?"),
    ("print a1 .^ 2", "10: .^ is written ^ here"),
    ("rate=0.5", "1: rate takes no =: rate R"), ("rate = 0.5", "6: rate takes no =: rate R"),
    ("w1 = [1 2; 3 4]", "1: w1 is not a command; set w1 = [1 2; 3 4]?"),
    ("w1[1,1] = 3", "1: w1[1,1] is not a command; set w1[1,1] = 3?"),
    ("q = net1", "1: q is not a command; let q = net1?"),
    ("z", "1: z is not a command; help lists them"),
    ("w1", "1: w1 is not a command; print w1? help lists the commands"),
    ("expect loss ~= 0.3 within=0.1", "20: within stands without =: within 0.1"),
    ("expect loss ~= 0.3 tol=0.1", "20: nothing more was expected here, there is tol=0.1"),
    ("expect loss ~ 0.3", "13: ~ is written ~= here"),
    (
      "run until loss = 0.1",
      "16: = compares nothing; did you mean loss == 0.1?"
    ),
    ("run until loss < 0.1 max 10", "22: a setting and its value are one word: max=10"),
    ("predict (1, 2)", "9: numbers are given without brackets here, as in 0.5 1"),
    ("print lr", "7: lr is not known here; it is called rate"),
    ("set lr = 2", "5: lr is not known; it is called rate here"),
    ("set learning_rate = 2", "5: learning_rate is not known; it is called rate here"),
    ("print ln(2)", "7: ln is not a function; here it is called log: log(v)"),
    ("print transpose(w1)", "7: transpose(…) is written ' here"), ("print dot(w1, x)", "7: dot(…) is written * here"),
    ("init seed=3", "6: a scheme was expected before seed=3, as in xavier seed=3"),
    ("optimizer rate=0.5", "11: an optimizer was expected before rate=0.5, as in sgd rate=0.5"),
    ("print w1[0,0]", "7: w1 is 2×2: it has no row 0; indices begin at 1"),
    ("print a1[-1]", "7: a1 is 2×1: it has no element -1; indices begin at 1"),
    ("print sum(a1, axis=0)", "15: sum(…) takes no settings; along one index it is sum(j, w1[j,1])"),
    ("print argmax(a1)", "7: argmax is not a function; help functions lists them"),
    ("show weights", "6: weights is not a panel; print w1 shows its numbers"),
    ("print w1[:,1]", "10: an index is one number here, as in w1[1,2]: there are no slices"),
    ("print a1(1)", "7: a1 is not a function; for a product write a1 * (…), for an element a1[…]"),
    ("print x1", "7: x1 is not known here; an element is written x[1]"),
    ("print W", "7: W is a layer's, and says of which: w1"),
    ("print a1;", "9: an operator, a blank or the end was expected; a line ends without ;"),
    ("print 2 ** 3", "9: ** is written ^ here"), ("print w1 @ x", "10: @ is written * here"),
    ("run until loss < 1 && t > 3", "20: && is written and here"), ("print !1", "7: ! is written not here"),
    ("print a1 || 1", "10: nothing more was expected here, there is ||; of two conditions, or joins them"),
    ("dense 4, relu", "8: words are parted by blanks alone: 4"),
    ("run epochs=10", "5: a number of strides stands before their name: 10 epochs"),
    ("show w1", "6: w1 is not a panel; print w1 shows its numbers"),
    ("w1 := [1 2; 3 4]", "1: w1 is not a command; set w1 = [1 2; 3 4]?"),
    ("batch=2", "1: batch takes no =: batch N|all"), ("x=2", "1: x=2 is not a command; set x=2?"),
  ])
  func ofSigns(line: String, expected: String) throws { #expect(try complaint(line) == expected) }

  @Test(arguments: [
    ("optimizer sgd 0.5", "15: 0.5 lacks the name of a setting, as in rate=0.5; sgd has rate, "),
    ("optimizer sgd rate 0.5", "15: a setting and its value are one word: rate=0.5"),
    ("optimizer sgd lr 0.5", "15: a setting and its value are one word: rate=0.5"),
    ("loss huber 2", "12: 2 lacks the name of a setting, as in delta=2"),
    ("init normal 0.1", "13: 0.1 lacks the name of a setting, as in mean=0.1; normal has mean, std, seed, layer"),
    ("init he seed 3", "9: a setting and its value are one word: seed=3"),
    ("dense 2 leaky-relu 0.1", "20: 0.1 lacks the name of a setting, as in slope=0.1"),
    ("dense tanh 2", "7: the number of units comes first: dense 2 tanh"),
    ("optimizer sgd rate=1 lr=2", "22: rate is given twice"),
    (
      "print leaky-relu(-1, slope=0.1)",
      "22: leaky-relu(v) takes 1 argument and has slope=0.01; a layer's own, such as f1(v), has what its dense line gives it"
    ),
  ])
  func ofSettings(line: String, expected: String) throws { #expect(try complaint(line).hasPrefix(expected)) }

  @Test(arguments: [
    ("run 1e3", 1000), ("run 10e-1", 1), ("run 2.0", 2), ("run +3", 3), ("run 1e0 iteration", 1),
  ])
  func wholeNumbersInOtherWords(line: String, iterations: Int) throws {
    var session = try session(mazur)
    try session.execute(Line(line))
    #expect(session.timeline.state.step == 7 * iterations)
  }

  @Test(arguments: [
    ("run 1.5", "1.5 is not a whole number"), ("run 1e10", "1e10 is out of range"), ("run 1e400", "1e400 is"),
    ("run 0x10", "0x10 is not a whole number"), ("run 1e99", "1e99 is out of range"),
    ("run -1e0", "-1e0 is out of range"),
  ])
  func whatIsNoneIsRefused(line: String, expected: String) throws {
    #expect(try complaint(line).hasPrefix("5: " + expected))
  }

  /// The caret stands under the sign or the word that is wrong, not where the expression begins.
  @Test(arguments: [
    ("expect loss < 1 within 0.1", 17), ("expect loss within 0.1", 13), ("print f1'(net1) * (w2' * delta2)", 17),
    ("claim delta1 = f1'(net1) * (w2' * delta2)", 26), ("print (w1) + x", 12), ("print a1 + w1 + x", 10),
    ("claim delta1 = f1'(net1) .* (w2' * (delta2 + w1))", 44), ("print w1 == x", 10),
    ("print sum(k, (w1 / w1) * a1[k])", 18), ("watch x ./ w1", 9),
  ])
  func caretsStandUnderTheFault(line: String, column: Int) throws {
    #expect(try complaint(line).hasPrefix("\(column): "))
  }

  @Test(arguments: [
    ("dense 1 ReLU", "relu"), ("dense 1 LeakyReLU", "leaky-relu"), ("dense 1 nn.Sigmoid", "sigmoid"),
    ("loss MSE", "mean-squared-error"), ("loss mean_squared_error", "mean-squared-error"), ("optimizer SGD", "sgd"),
    ("init He_Normal", "he-normal"),
  ])
  func namesInOtherSpellingsAreUnderstood(line: String, expected: String) throws {
    var session = try session("input 2\ndense 2 tanh")
    #expect(try session.execute(Line(line)).lines == [])
    let network = session.timeline.experiment.network
    let rules = [network.layers.last?.activation.rule.name, network.loss.rule.name, network.optimizer.rule.name]
    #expect((rules + [session.timeline.experiment.initialiser.rule.name]).contains(expected))
  }

  /// What is written with a point elsewhere.
  @Test(arguments: [
    ("print np.dot(w1, x)", "7: dot(…) is written * here"),
    ("print np.exp(1)", "7: functions stand by themselves here: exp(v), not np.exp"),
    ("print torch.sigmoid(net1)", "7: functions stand by themselves here: sigmoid(v), not torch.sigmoid"),
    ("print math.ln(2)", "7: ln is not a function; here it is called log: log(v)"),
    ("print w1.shape", "7: w1.shape is not needed here: help w1 says its shape"),
    ("print w1.grad", "7: w1.grad is called dw1 here"), ("print a1.sum()", "7: a1.sum is written sum(a1) here"),
    ("print w1.T", "9: .T is written ' here"), ("print a.b", "7: there is no a.b: names have no . in them here"),
    ("print 2 .x", "9: a number, a name or an operator was expected, not ."),
  ])
  func membersOfOtherLanguages(line: String, expected: String) throws { #expect(try complaint(line) == expected) }

  /// Quantities and values by the names that they have elsewhere.
  @Test(arguments: [
    ("print z1", "net1"), ("print y_hat", "out"), ("print labels", "y"), ("print cost", "loss"),
    ("print weights", "w, with the layer's number: w1"), ("print L", "loss"), ("print bias2", "b2"),
  ])
  func quantitiesByOtherNames(line: String, expected: String) throws {
    #expect(try complaint(line) == "7: \(line.dropFirst(6)) is not known here; it is called \(expected)")
  }

  @Test(arguments: [("print True", "1"), ("print pi", "3.141592653589793")])
  func valuesByOtherNames(line: String, expected: String) throws {
    #expect(try complaint(line) == "7: \(line.dropFirst(6)) is written \(expected) here")
  }

  /// Rules by the names that PyTorch, Keras and MATLAB have for them.
  @Test(arguments: [
    ("loss BCELoss", "binary-cross-entropy"), ("loss nn.CrossEntropyLoss", "cross-entropy"),
    ("loss l1", "mean-absolute-error"), ("loss sse", "mean-squared-error outputs=sum"),
    ("loss categorical_crossentropy", "cross-entropy"), ("dense 2 tansig", "tanh"), ("dense 2 purelin", "identity"),
    ("optimizer gd", "sgd"), ("init randn", "normal"), ("optimizer momentum rate=0.1", "sgd momentum=0.9"),
    ("optimizer nesterov lr=0.1", "sgd momentum=0.9 nesterov=true"), ("init ones", "constant value=1"),
  ])
  func rulesByOtherNames(line: String, expected: String) throws {
    var session = try session("input 2\ndense 2 tanh")
    let name = line.split(separator: " ").first { !["loss", "dense", "2", "optimizer", "init"].contains($0) } ?? ""
    #expect(try session.execute(Line(line)).lines.first?.description == "\(name) is called \(expected) here")
  }

  @Test func whatANameImpliesIsSetAndCanBeSaidOtherwise() throws {
    let session = try session("loss SSE\noptimizer Momentum momentum=0.5 lr=0.1")
    #expect(session.timeline.experiment.network.loss["outputs"] == 1)
    #expect(session.timeline.experiment.network.optimizer["momentum"] == 0.5)
    #expect(session.timeline.experiment.network.optimizer.rate == 0.1)
  }

  /// What comes near and is not the same is not taken for it.
  @Test(arguments: [
    ("dense 2 relu6", "relu6 is not known; what comes near is relu"),
    ("loss NLLLoss", "NLLLoss is not known; what comes near is cross-entropy"),
    ("loss SmoothL1Loss", "SmoothL1Loss is not known; what comes near is huber"),
    ("optimizer Adadelta", "Adadelta is not known; what comes near is rmsprop"),
  ])
  func whatComesNearIsNamed(line: String, expected: String) throws {
    #expect(try complaint(line).hasSuffix(expected))
  }

  /// Those names lead to one row, and hide no name of a table's own.
  @Test func namesOfRulesFromElsewhereAreNobodysHere() {
    func check<Row: Rule>(_: Row.Type) {
      let names = Row.all.flatMap { $0.elsewhere + $0.elsewhereSet.keys + $0.near }
      #expect(Set(names).count == names.count)
      for name in names { #expect(Row.named(name) == nil, "\(name)") }
    }
    check(Activation.self)
    check(Loss.self)
    check(Optimizer.self)
    check(Initialiser.self)
    let names = Quantity.Kind.all.flatMap(\.elsewhere)
    #expect(Set(names).count == names.count)
    for name in names { #expect(Quantity.Kind.named(name) == nil, "\(name)") }
  }

  @Test func settingsAreUnderstoodAsFormulasAndPyTorchHaveThem() throws {
    let session = try session(
      "input 1\ndense 1 tanh\noptimizer adam learning_rate=0.5 weight_decay=0.1 epsilon=1e-3 beta_1=0.8")
    let optimizer = session.timeline.experiment.network.optimizer
    #expect(optimizer.rate == 0.5 && optimizer["weight-decay"] == 0.1 && optimizer["eps"] == 1e-3)
    #expect(optimizer["beta1"] == 0.8)
  }

  /// Lines of Python.
  @Test(arguments: [
    ("print(a1)", "what belongs to a command stands behind it, without brackets: print a1"),
    ("plt.plot(data_loss)", "what belongs to a command stands behind it, without brackets: plot data_loss"),
    ("Dense(4, 'relu')", "what belongs to a command stands behind it, without brackets: dense 4 relu"),
    ("forward()", "what belongs to a command stands behind it, without brackets: forward"),
    (
      "nn.Linear(2, 4)",
      "nn.Linear is not a command; here it is called dense: dense N ACTIVATION [key=value…] [nobias|sharedbias]"
    ),
    (
      "model.fit(x, y)",
      "model.fit is not a command; here it is called run: run N [STRIDE] | run until COND [STRIDE] [max=N]"
    ),
    ("import torch", "import is not a command; nothing has to be imported: help functions lists what can be called"),
    ("optimizer.step()", "optimizer.step() is not a command; update goes to the end of the update"),
    (":wq", ":wq is not a command; save FILE writes the session, and quit leaves"),
    ("epochs=10", "epochs is not a command but a stride, as in: run 10 epochs"),
    ("momentum 0.9", "momentum is not a command but a setting, as in: optimizer sgd momentum=0"),
    ("adam", "adam is not a command but an optimizer, as in: optimizer adam"),
    ("lr=0.1", "lr is not a command; here it is called rate: rate R"),
    ("learning_rate = 0.1", "learning_rate is not a command; here it is called rate: rate R"),
    (
      "seed 3",
      "seed is not a command by itself; it stands in: init SCHEME [key=value…] [seed=N] [layer=L]; order sequential|shuffle [seed=N]; holdout FRACTION [seed=N]"
    ),
    ("f(x) = x^2", "f(x) is not a command; let NAME = EXPR gives an expression a name"),
  ])
  func linesOfOtherLanguages(line: String, expected: String) throws {
    #expect(try complaint(line) == "1: \(expected)")
  }

  /// Cross-entropy of one sigmoid unit learns nothing from targets of 0: the loss that is meant is named.
  @Test func crossEntropyOfOneOutputNamesTheBinaryOne() throws {
    let shown = play("input 2\ndense 2 tanh\ndense 1 sigmoid\nloss cross-entropy\ndata xor\nshow health\n")
    #expect(shown.contains("what is yes or no has: loss binary-cross-entropy"))
    #expect(shown.contains("try: loss binary-cross-entropy"))
    #expect(!play("input 2\ndense 2 softmax\nloss cross-entropy\nsample 1 2 -> 1 0").contains("binary"))
  }

  @Test(arguments: [
    ("open a.session", "1: open is not a command; here it is called source: source FILE"),
    (":w", "1: :w is not a command; here it is called save: save [network] FILE [clean]"),
    (":e a.session", "1: :e is not a command; here it is called source: source FILE"),
    ("lr 0.5", "1: lr is not a command; here it is called rate: rate R"),
    (":step", "1: a line begins without a colon: step"),
  ])
  func commandsOfOtherPrograms(line: String, expected: String) throws { #expect(try complaint(line) == expected) }

  /// A name from elsewhere leads to one command, and hides no name of our own.
  @Test func namesFromElsewhereAreNobodysHere() {
    let names = Command.all.flatMap(\.elsewhere)
    #expect(Set(names).count == names.count)
    for name in names { #expect(Command.named(name) == nil && Command.shortFor(name) == nil, "\(name)") }
  }
}
