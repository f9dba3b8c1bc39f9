import Engine
import Notation

// What `let` gives names.
extension Session {
  mutating func define(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    if arguments.beginsFunction { return try defineFunction(&arguments) }
    let isKept = arguments.acceptKeep()
    let word = try arguments.word("a name")
    let column = word.range.lowerBound
    var name = word.text
    // `let z=net1`, without blanks.
    if let equals = name.firstIndex(of: "=") { name = String(name[..<equals]) }
    let isName = name.first?.isLetter == true && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    guard isName else {
      throw CommandError("a name begins with a letter and goes on with letters and digits", at: column)
    }
    if let reason = Session.whyTaken(name) { throw CommandError("\(name) is taken: \(reason)", at: column) }
    let typed = try arguments.assigned(name, at: column)
    let expression = try isKept ? kept(typed) : keepingValues(in: typed)
    let definition = Definition(name, expression)
    if let circle = circle(through: definition) {
      throw CommandError("\(name) would be defined by itself: \(circle.joined(separator: " -> "))", at: column)
    }
    try requireUnused(definition, at: column)
    content.definitions.define(definition)
    return expression == typed ? Answer() : Answer(verbatim: ["\(name) = \(expression)"])
  }

  /// An expression's value as it is now, written out.
  private func kept(_ expression: Expression) throws(CommandError) -> Expression {
    let value = try value(of: expression)
    guard value.elements.allSatisfy(\.isFinite) else {
      throw CommandError("only finite numbers can be kept", at: expression.range.lowerBound)
    }
    guard value.count <= Session.mostKept else {
      throw CommandError(
        "\(value.shape) is too much to be kept; at most \(Session.mostKept) numbers are",
        at: expression.range.lowerBound)
    }
    let written = Expression(value)
    // What was weights stands the way round that is computed with, whatever way matrices are given.
    return content.layout == .inOut && expression.isOfWeights(in: scope)
      ? Expression(.call(Function.valueNow, isDerivative: false, [written])) : written
  }

  /// The most numbers that `let` keeps.
  private static let mostKept = 100_000

  /// An expression in which what stands in `value(…)` is what it is now.
  func keepingValues(in expression: Expression) throws(CommandError) -> Expression {
    if case .call(Function.valueNow, _, let arguments) = expression.kind, let argument = arguments.first {
      return try kept(argument)
    }
    guard expression.callsValueNow else { return expression }
    var failure: CommandError?
    let result = expression.mapChildren { child in
      do throws(CommandError) { return try keepingValues(in: child) } catch {
        failure = failure ?? error
        return child
      }
    }
    if let failure { throw failure }
    return result
  }

  /// Why a name may not be given by `let`, or nil where it may: it means something already in an expression, begins a line
  /// or parts one.
  static func whyTaken(_ name: String) -> Text? {
    if Quantity.named(name) != nil { return "it is the name of a quantity" }
    let isFunction = Function.all.contains { $0.name == name } || Activation.named(name) != nil
    if isFunction, name != Function.valueNow { return "it is a function" }
    if name.hasPrefix("f"), name.count > 1, name.dropFirst().allSatisfy(\.isNumber) {
      return "f1, f2 … are the layers' activations"
    }
    if Literal(text: name) != nil { return "it is a number" }
    if Command.named(name) != nil { return "it is a command" }
    let isOperator = BinaryOperator(rawValue: name) != nil || UnaryOperator(rawValue: name) != nil
    if isOperator || Command.keywords.contains(name) || SessionSetting.named(name) != nil
      || Phase(rawValue: name) != nil
    {
      return "it is a word of the language"
    }
    return nil
  }

  /// The names by which a definition would come back to itself.
  func circle(through definition: Definition) -> [String]? {
    var seen: Set<String> = []
    // What is still to be looked at, each name with those that led to it; none twice.
    var open = definition.uses.sorted().map { [$0] }
    while let way = open.popLast(), let used = way.last {
      if used == definition.name { return [definition.name] + way }
      guard seen.insert(used).inserted, let next = content.definitions.definition(of: used) else { continue }
      open += next.uses.sorted().map { way + [$0] }
    }
    return nil
  }
}

extension Arguments {
  /// Reads `keep` before the name that is given; where `=` comes behind it, it is the name itself.
  fileprivate mutating func acceptKeep() -> Bool {
    let rest = line.words.dropFirst(index + 1)
    guard let next = rest.first, !next.text.hasPrefix("=") else { return false }
    return accept("keep")
  }

  /// The bracket behind a bare name, where the line has no `=`: a value, and no index.
  var valueWithoutSign: Word? {
    let rest = line.words.dropFirst(index)
    guard let name = rest.first, let value = rest.dropFirst().first, name.text.last?.isWordy == true,
      value.text.hasPrefix("["), !line.command.contains("=")
    else { return nil }
    return value
  }

  /// Reads `QUANTITY[INDICES] = EXPR`; `what` says what was expected.
  mutating func assignment(_ what: Text) throws(CommandError) -> (target: Expression, value: Expression) {
    guard !isAtEnd else { throw failure(what) }
    if let value = valueWithoutSign {
      throw CommandError("= was expected before the value, as in set w1 = [1 2; 3 4]", at: value.range.lowerBound)
    }
    do throws(SyntaxError) {
      var parser = try Parser(line.command, from: column, readFile: readFile, functions: functions)
      let target = try parser.expression()
      guard try parser.acceptEquals() else {
        throw SyntaxError(
          "= was expected here\(withSign(behind: target, at: parser.position))", at: parser.position..<parser.position)
      }
      let value = try parser.expression()
      try parser.expectEnd()
      skip()
      return (target, value)
    } catch {
      throw CommandError(error.message, at: min(error.range.lowerBound, line.command.count))
    }
  }

  /// Reads `= EXPR` behind a name that is next and that no expression has; nil, with nothing read, where no = stands there.
  mutating func value(behind name: String) throws(CommandError) -> Expression? {
    do throws(SyntaxError) {
      var parser = try Parser(line.command, from: column + name.count, readFile: readFile, functions: functions)
      guard try parser.acceptEquals() else { return nil }
      let value = try parser.expression()
      try parser.expectEnd()
      skip()
      return value
    } catch {
      throw CommandError(error.message, at: min(error.range.lowerBound, line.command.count))
    }
  }

  /// The line with the sign that it lacks behind what it is about: `: compare dw1[2,1] = 0.3`; nothing where it would not be
  /// right then either.
  private func withSign(behind target: Expression, at position: Int) -> Text {
    let command = line.words.first?.text ?? ""
    switch target.kind {
    case .binary(let sign, let name, let value) where sign == .equal || sign == .near:
      return ", in place of \(sign.rawValue): \(command) \(name) = \(value)"
    case .name, .element:
      let rest = String(line.command.dropFirst(position))
      guard let value = try? Expression.parse(rest, functions: functions) else { return "" }
      return ": \(command) \(target) = \(value)"
    default: return ""
    }
  }

  /// Reads `= EXPR` behind a name, with or without blanks around the sign.
  mutating func assigned(_ name: String, at column: Int) throws(CommandError) -> Expression {
    do throws(SyntaxError) {
      var parser = try Parser(line.command, from: column + name.count, readFile: readFile, functions: functions)
      guard try parser.acceptEquals() else {
        throw SyntaxError("= was expected behind \(name)", at: parser.position..<parser.position)
      }
      let expression = try parser.expression()
      try parser.expectEnd()
      skip()
      return expression
    } catch {
      throw CommandError(error.message, at: min(error.range.lowerBound, line.command.count))
    }
  }
}

extension Character {
  fileprivate var isWordy: Bool { isLetter || isNumber }
}

extension Definition {
  /// The names that stand in what it stands for, those of functions among them; indices and its own arguments are none.
  var uses: Set<String> { expression.names.union(expression.calls).subtracting(parameters) }
}

extension Expression {
  /// The names that stand in it, indices and functions not counted.
  var names: Set<String> {
    switch kind {
    case .name(let name, _): return [name]
    case .fold(_, let index, _, _):
      return children.reduce(into: Set<String>()) { $0.formUnion($1.names) }.subtracting([index])
    default: return children.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    }
  }

  /// Whether `value(…)` stands in it.
  fileprivate var callsValueNow: Bool { calls.contains(Function.valueNow) }

  /// The functions that are called in it.
  fileprivate var calls: Set<String> {
    let own: Set<String> = if case .call(let name, _, _) = kind { [name] } else { [] }
    return children.reduce(into: own) { $0.formUnion($1.calls) }
  }
}
