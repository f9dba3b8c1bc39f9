import Diagnosis
import Engine
import Formats
import Notation

/// What `help` answers: all of it is read off the tables.
enum Help {
  /// What there is help on besides commands.
  static var topics: [String] {
    ["quantities", "functions", "remarks"] + ruleTables.flatMap { $0.names } + Remark.all.map(\.name)
  }

  /// All commands, by group.
  static var overview: [Text] {
    Command.Group.allCases.flatMap { group -> [Text] in
      let rows = Command.all.filter { $0.group == group }
      return rows.isEmpty ? [] : ["\(group.words): \(rows.map(\.name).joined(separator: ", "))"]
    } + [
      "help COMMAND says more; so does help with the name of an activation, a loss, an optimizer or a scheme,",
      "help quantities, help functions and help remarks",
    ]
  }

  /// Help on one thing, or nil where there is no such thing.
  static func about(_ name: String) -> [Text]? {
    if let command = Command.named(name) ?? Command.shortFor(name) { return about(command) }
    switch name {
    case "quantities":
      return Quantity.Kind.all.map { kind in
        "\(kind.name)\(kind.isOfLayer ? "L" : ""): \(kind.meaning)"
      }
    case "functions":
      return Function.all.map { "\($0.usage): \($0.meaning)" as Text }
        + ["every activation by name, sigmoid(v), and its derivative sigmoid'(v); a layer's own f2(v) and f2'(v)"]
    case "remarks": return Remark.all.map { "\($0.name): \($0.meaning)" } + ["show health lists what is so here"]
    default: return rule(name) ?? Remark.all.first { $0.name == name }.map { ["\($0.name), remark: \($0.meaning)"] }
    }
  }

  private static func about(_ command: Command) -> [Text] {
    var lines = [Text(verbatim: command.usage), command.help]
    if !command.shortForms.isEmpty {
      lines.append("at the prompt also: \(command.shortForms.joined(separator: ", "))")
    }
    lines += command.details()
    return lines + ["for example:"] + command.example.split(separator: "\n").map { Text(verbatim: "  " + $0) }
  }

  /// The rows of a table of rules, a line each.
  static func list<Row: ExplainedRule>(_: Row.Type) -> [Text] {
    Row.all.map { row in "  \(row.name)\(defaults(row)): \(row.meaning)\(otherNames(row.aliases))" }
  }

  /// What else may be typed for a name, to stand behind what it means.
  static func otherNames(_ names: [String]) -> Text { names.isEmpty ? "" : " (also \(names.joined(separator: ", ")))" }

  fileprivate static func defaults(_ row: some Rule) -> String {
    row.settings.map { " \($0.name)=\($0.isFlag ? ($0.initial == 1 ? "true" : "false") : shortest($0.initial))" }
      .joined()
  }

  /// The tables of rules on which there is help.
  private static let ruleTables: [any ExplainedRule.Type] = [
    Activation.self, Loss.self, Optimizer.self, Initialiser.self,
  ]

  private static func rule(_ name: String) -> [Text]? {
    let lines = ruleTables.flatMap { $0.help(on: name) }
    return lines.isEmpty ? nil : lines
  }
}

/// A table of rules that help explains one by one.
protocol ExplainedRule: Rule {
  /// What a row is: `activation`.
  static var kindName: Text { get }
  /// The formulas of a row, a line each.
  var helpFormulas: [String] { get }
}

extension ExplainedRule {
  fileprivate static func help(on name: String) -> [Text] {
    guard let row = named(name) else { return [] }
    return ["\(row.name)\(Help.defaults(row)), \(kindName): \(row.meaning)\(Help.otherNames(row.aliases))"]
      + row.settings.map { "  \($0.name): \($0.meaning)\(Help.otherNames($0.aliases))" }
      + row.helpFormulas.map { Text(verbatim: $0) }
  }
}

extension Activation: ExplainedRule {
  static var kindName: Text { "activation" }
  var helpFormulas: [String] { ["f(net) = \(formula)", "f'(net) = \(derivativeFormula)"] }
}

extension Loss: ExplainedRule {
  static var kindName: Text { "loss" }
  var helpFormulas: [String] { ["L = \(formula)"] }
}

extension Optimizer: ExplainedRule {
  static var kindName: Text { "optimizer" }
  var helpFormulas: [String] { formulas.map { "\($0.name) = \($0.expression)" } }
}

extension Initialiser: ExplainedRule {
  static var kindName: Text { "scheme of init" }
  var helpFormulas: [String] { [formula] }
}
