import Engine
import Formats
import Notation

/// What `help` answers: all of it is read off the tables.
enum Help {
  /// What there is help on besides commands.
  static var topics: [String] {
    ["quantities", "functions"] + Activation.all.map(\.name) + Loss.all.map(\.name) + Optimizer.all.map(\.name)
      + Initialiser.all.map(\.name)
  }

  /// All commands, by group.
  static var overview: [String] {
    Command.Group.allCases.flatMap { group -> [String] in
      let rows = Command.all.filter { $0.group == group }
      return rows.isEmpty ? [] : ["\(group.rawValue): \(rows.map(\.name).joined(separator: ", "))"]
    } + ["help COMMAND says more; so does help with the name of an activation, a loss, an optimizer or a scheme,"]
      + ["help quantities and help functions"]
  }

  /// Help on one thing, or nil where there is no such thing.
  static func about(_ name: String) -> [String]? {
    if let command = Command.named(name) ?? Command.shortFor(name) { return about(command) }
    switch name {
    case "quantities":
      return Quantity.Kind.allCases.map { kind in
        "\(kind.rawValue)\(kind.isOfLayer ? "L" : ""): \(kind.meaning)"
      }
    case "functions":
      return Function.all.map { "\($0.usage): \($0.meaning)" }
        + ["every activation by name, sigmoid(v), and its derivative sigmoid'(v); a layer's own f2(v) and f2'(v)"]
    default: return rule(name)
    }
  }

  private static func about(_ command: Command) -> [String] {
    var lines = [command.usage, command.help]
    if !command.shortForms.isEmpty {
      lines.append("at the prompt also: " + command.shortForms.joined(separator: ", "))
    }
    switch command.name {
    case "dense": lines += list(Activation.self)
    case "loss": lines += list(Loss.self)
    case "optimizer": lines += list(Optimizer.self)
    case "init": lines += list(Initialiser.self)
    case "data": lines += BuiltInData.all.map { "  \($0.name): \($0.meaning)" }
    default: break
    }
    return lines + ["for example:"] + command.example.split(separator: "\n").map { "  " + $0 }
  }

  private static func list<Row: Rule>(_: Row.Type) -> [String] {
    Row.all.map { row in "  \(row.name)\(defaults(row)): \(row.meaning)" }
  }

  private static func defaults<Row: Rule>(_ row: Row) -> String {
    row.settings.map { " \($0.name)=\($0.isFlag ? ($0.initial == 1 ? "true" : "false") : shortest($0.initial))" }
      .joined()
  }

  private static func rule(_ name: String) -> [String]? {
    var lines: [String] = []
    if let row = Activation.named(name) {
      lines += head("activation", row) + ["f(net) = \(row.formula)", "f'(net) = \(row.derivativeFormula)"]
    }
    if let row = Loss.named(name) { lines += head("loss", row) + ["L = \(row.formula)"] }
    if let row = Optimizer.named(name) {
      lines += head("optimizer", row) + row.formulas.map { "\($0.name) = \($0.expression)" }
    }
    if let row = Initialiser.named(name) { lines += head("scheme of init", row) + [row.formula] }
    return lines.isEmpty ? nil : lines
  }

  private static func head<Row: Rule>(_ kind: String, _ row: Row) -> [String] {
    ["\(row.name)\(defaults(row)), \(kind): \(row.meaning)"] + row.settings.map { "  \($0.name): \($0.meaning)" }
  }
}

extension Session {
  /// What to say about a word that is no command.
  static func complaint(about word: String) -> String {
    let near = suggestion(for: word, among: Command.all.map(\.name))
    if near.isEmpty, Quantity.named(word) != nil || word.contains("=") {
      return "\(word) is not a command; print \(word)? help lists the commands"
    }
    if let command = Command.shortFor(word) {
      return "\(word) is short for \(command.name) at the prompt only; a file says \(command.name)"
    }
    return "\(word) is not a command" + (near.isEmpty ? "; help lists them" : near)
  }
}
