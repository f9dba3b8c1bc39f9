import Engine
import Notation

// Functions that `let` makes, and the activations and losses that they are.
extension Session {
  /// Reads `NAME(ARGUMENT, …) = EXPR`; the answer is its derivative, where it is a function of numbers.
  mutating func defineFunction(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let column = arguments.column
    let definition = try arguments.function()
    let name = definition.name
    if let reason = Session.whyTakenForFunction(name) {
      throw CommandError("\(name) is taken: \(reason)", at: column)
    }
    if let circle = circle(through: definition) {
      let place = definition.expression.place(calling: circle.dropFirst().first ?? name)
      throw CommandError(
        "\(name) would be defined by itself: \(circle.joined(separator: " -> "))", at: place?.lowerBound ?? column)
    }
    try requireUnused(definition, at: column)
    content.definitions.define(definition)
    let derivative = try? definition.derivativeText(in: content.definitions)
    return Answer(derivative.flatMap { $0.count > Session.longestDerivative ? nil : [Text(verbatim: $0)] } ?? [])
  }

  /// A derivative of more characters than this is no answer that is read.
  static let longestDerivative = 400

  /// Why a function may not have a name, or nil where it may.
  private static func whyTakenForFunction(_ name: String) -> Text? {
    if let reason = whyTaken(name) { return reason }
    if Loss.named(name) != nil { return "it is a loss" }
    let isName = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isName && Expression.mayBeCalled(name) ? nil : "it is a word of the language"
  }

  /// Refuses to give a name another meaning while a layer or the loss is made of it.
  func requireUnused(_ definition: Definition, at column: Int) throws(CommandError) {
    let name = definition.name
    guard let before = content.definitions.definition(of: name), before != definition else { return }
    let network = timeline.experiment.network
    for (index, layer) in network.layers.enumerated() where layer.activation.rule.source != nil {
      let rule = layer.activation.rule.name
      guard isUsed(name, by: rule) else { continue }
      let how: Text = rule == name ? "\(name) is" : "\(name) is used by \(rule),"
      throw CommandError(
        "\(how) the activation of layer \(index + 1); give that another one first, as in layer \(index + 1) dense \(layer.units) tanh",
        at: column)
    }
    guard network.loss.rule.source != nil, isUsed(name, by: network.loss.rule.name) else { return }
    let rule = network.loss.rule.name
    let how: Text = rule == name ? "\(name) is" : "\(name) is used by \(rule),"
    throw CommandError("\(how) the loss; choose another one first, as in loss \(Loss.all[0].name)", at: column)
  }

  /// Whether a name is a function's, or stands in what it is made of.
  private func isUsed(_ name: String, by function: String) -> Bool {
    var seen: Set<String> = []
    var open = [function]
    while let used = open.popLast() {
      if used == name { return true }
      guard seen.insert(used).inserted, let next = content.definitions.definition(of: used) else { continue }
      open += next.uses
    }
    return false
  }

  // MARK: - As rules

  /// Reads an activation: a row of the table, or an own function of one argument.
  func activation(_ arguments: inout Arguments) throws(CommandError) -> Activation {
    let own = try own("an activation", &arguments) { own throws(EvaluationError) in
      try own.activation(in: content.definitions)
    }
    if let own { return own }
    return try arguments.rule("an activation", or: ownFunctions(ofArguments: 1), ownWith: "v")
  }

  /// Reads a loss: a row of the table, or an own function of two arguments.
  func loss(_ arguments: inout Arguments) throws(CommandError) -> Loss {
    let own = try own("a loss", &arguments) { own throws(EvaluationError) in try own.loss(in: content.definitions) }
    if let own { return own }
    return try arguments.rule("a loss", or: ownFunctions(ofArguments: 2), ownWith: "y, a")
  }

  /// Reads the name of an own function and makes a rule of it; nil where there is no such name.
  private func own<Rule>(
    _ rule: String, _ arguments: inout Arguments, made make: (Definition) throws(EvaluationError) -> Rule
  ) throws(CommandError) -> Rule? {
    guard let word = arguments.peek, let own = content.definitions.function(word.text) else { return nil }
    _ = arguments.accept(word.text)
    do { return try make(own) } catch {
      throw CommandError("\(own.name) cannot be \(rule): \(error.message)", at: word.range.lowerBound)
    }
  }

  /// The names of the own functions of so many arguments.
  func ownFunctions(ofArguments count: Int) -> [String] {
    content.definitions.all.filter { $0.parameters.count == count }.map(\.name)
  }

  /// The own functions that can be activations.
  var ownActivations: [Activation] {
    content.definitions.all.compactMap { try? $0.activation(in: content.definitions) }
  }

  /// The own functions that can be losses.
  var ownLosses: [Loss] { content.definitions.all.compactMap { try? $0.loss(in: content.definitions) } }

  /// An own function as an activation, by its name; nil where there is none.
  func ownActivation(_ name: String) -> ActivationChoice? {
    content.definitions.function(name).flatMap { try? $0.activation(in: content.definitions) }
      .map(ActivationChoice.init)
  }
}

extension Arguments {
  /// Whether a name with a parenthesis behind it comes next, and no sign before that.
  var beginsFunction: Bool {
    guard let word = peek else { return false }
    let rest = line.command.dropFirst(word.range.lowerBound)
    return rest.drop { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }.drop { $0 == " " || $0 == "\t" }.first
      == "("
  }

  /// Reads `NAME(ARGUMENT, …) = EXPR`, the rest of the line.
  mutating func function() throws(CommandError) -> Definition {
    do throws(SyntaxError) {
      var head = try Parser(line.command, from: column, readFile: readFile, functions: functions)
      guard let (name, parameters) = try head.functionHead() else {
        throw SyntaxError("a name was expected, as in bipolar(v)", at: column..<column + 1)
      }
      guard head.isAtEquals else {
        throw SyntaxError(
          "= was expected behind \(name)(\(parameters.joined(separator: ", ")))", at: head.position..<head.position)
      }
      // The function itself is known in its body, so that a circle can be told from a slip.
      let known = functions.and(Definition(name, of: parameters, Expression(.name(name, version: nil))))
      var body = try Parser(line.command, from: head.position + 1, readFile: readFile, functions: known)
      let expression = try body.expression()
      try body.expectEnd()
      skip()
      return Definition(name, of: parameters, expression)
    } catch {
      throw CommandError(error.message, at: min(error.range.lowerBound, line.command.count))
    }
  }
}

extension Help {
  /// What `help let` says of functions.
  static let ofOwnFunctions: [Text] = [
    "let bipolar(v) = 2 / (1 + exp(-v)) - 1 makes a function; the answer is its derivative, which is typed bipolar'(v).",
    "One of one argument can be an activation, dense 2 bipolar; one of two a loss, of the target and the output, whose terms are added over the outputs: loss logcosh. In those only the arguments, numbers and functions of numbers may stand; elsewhere a body may name quantities.",
    "A function of numbers goes element by element, as exp does, where its arguments are numbers or of one shape; of several arguments the derivative is that by the last one.",
    "A comparison counts as a constant: (v > 0) * v has the derivative (v > 0), which is 0 at 0; so have abs and sign. max and min go with the first of two that are equal.",
    "What is multiplied by 0 has to be finite: exp(v * (v <= 0)) stays so where exp(v) overflows.",
    "While a layer or the loss is made of a function, it cannot be made anew; give that another rule first.",
  ]

  /// What there is to say of a function that `let` made.
  static func about(_ function: Definition, in definitions: Definitions) -> [Text] {
    var lines: [Text] = ["\(function.usage), your own function", Text(verbatim: "  \(function.text)")]
    do throws(EvaluationError) {
      let derivative = try function.derivativeText(in: definitions)
      lines.append(Text(verbatim: "  \(derivative)"))
    } catch {
      lines.append("it has no derivative of its own: \(error.message)")
    }
    if (try? function.activation(in: definitions)) != nil {
      lines.append("it can be an activation: dense 2 \(function.name)")
    }
    if (try? function.loss(in: definitions)) != nil { lines.append("it can be a loss: loss \(function.name)") }
    return lines + ["for example:", Text(verbatim: "  print \(function.example)")]
  }
}

extension Definition {
  /// A call with numbers.
  fileprivate var example: String {
    "\(name)(\(parameters.indices.map { "0.\($0 + 1)" }.joined(separator: ", ")))"
  }
}

extension Expression {
  /// Where a name stands first, as a function or by itself.
  fileprivate func place(calling name: String) -> Range<Int>? {
    switch kind {
    case .name(name, _), .call(name, _, _): return range
    default:
      for child in children { if let found = child.place(calling: name) { return found } }
      return nil
    }
  }
}
