import Diagnosis
import Engine
import Formats
import Notation
import Panels

/// One thing on which there is help: a row of one of the tables, and what help says of it.
struct Topic: Sendable {
  /// The name under which it is listed.
  let name: String
  /// The other names that are understood for it.
  var otherNames: [String] = []
  /// The names that it has in other programs.
  var elsewhere: [String] = []
  /// What it is, where it isn't one of the commands: `loss is a quantity`.
  let kind: Text
  /// A line in which it stands, for who typed its name as a command; nil where there is none, and of commands.
  var line: String?
  /// What help says, for a session as it stands; a test runs the lines of examples.
  let text: @Sendable (Session) -> [Text]

  /// Everything on which there is help, by the tables in the order in which help tells of them.
  static let all: [Topic] = [
    commands, quantities, functions, of(Activation.self, { "dense N \($0)" }), of(Loss.self, { "loss \($0)" }),
    of(Optimizer.self, { "optimizer \($0)" }), of(Initialiser.self, { "init \($0)" }), settings, settingsOfRules,
    strides, data, remarks, fates, panels, keys,
  ].flatMap { $0 }

  /// Those that go by a name: in its own spelling before any other, and before what only other programs call so.
  static func named(_ name: String) -> [Topic] {
    let exact = all.filter { $0.name == name || $0.otherNames.contains(name) }
    guard exact.isEmpty else { return exact }
    let plain = withoutMarks(name)
    guard !plain.isEmpty else { return [] }
    let own = all.filter { topic in ([topic.name] + topic.otherNames).contains { withoutMarks($0) == plain } }
    return own.isEmpty ? all.filter { topic in topic.elsewhere.contains { withoutMarks($0) == plain } } : own
  }

  private static func example(_ lines: String...) -> [Text] {
    ["for example:"] + lines.flatMap { $0.split(separator: "\n") }.map { Text(verbatim: "  " + $0) }
  }

  // MARK: the tables

  private static let commands = Command.all.map { command in
    Topic(
      name: command.name, otherNames: command.shortForms, elsewhere: command.elsewhere, kind: "a command"
    ) { _ in
      var lines = [Text(verbatim: command.usage), command.help]
      if !command.shortForms.isEmpty {
        lines.append("at the prompt also: \(command.shortForms.joined(separator: ", "))")
      }
      return lines + command.details() + example(command.example)
    }
  }

  private static let functions = Function.all.map { function in
    Topic(
      name: function.name, elsewhere: function.elsewhere, kind: "a function", line: "print \(function.example)"
    ) { _ in
      ["\(function.usage), a function: \(function.meaning)"] + example("print \(function.example)")
    }
  }

  private static func of<Row: ExplainedRule>(
    _: Row.Type, _ line: @escaping @Sendable (String) -> String
  ) -> [Topic] {
    Row.all.map { row in
      Topic(
        name: row.name, otherNames: row.aliases, elsewhere: row.elsewhere, kind: Row.kindName, line: line(row.name)
      ) { _ in
        ["\(row.name)\(Help.defaults(row)), \(Row.kindName): \(row.meaning)\(Help.otherNames(row.aliases))"]
          + row.settings.map { "  \($0.name): \($0.meaning)\(Help.otherNames($0.aliases))" }
          + row.helpFormulas.map { Text(verbatim: $0) } + row.differences
          + example(line(row.name).replacing("N", with: "2") + Help.defaults(row))
      }
    }
  }

  private static let settings = SessionSetting.all.map { setting in
    Topic(name: setting.name, kind: "a setting", line: "set \(setting.name) = \(setting.argument)") { _ in
      ["set \(setting.name) = \(setting.argument), a setting of the session: \(setting.meaning); \(setting.values)"]
        + example("set \(setting.name) = \(setting.example)")
    }
  }

  /// The settings of activations, losses, optimizers and schemes: each name once, with the rules that have it.
  private static let settingsOfRules: [Topic] = {
    var found: [(setting: Setting, rules: [String], line: String)] = []
    func add<Row: Rule>(_: Row.Type, _ command: String) {
      for row in Row.all {
        for setting in row.settings {
          let line = "\(command) \(row.name) \(setting.name)=\(Help.shown(setting))"
          if let known = found.firstIndex(where: { $0.setting.name == setting.name }) {
            found[known].rules.append(row.name)
          } else {
            found.append((setting, [row.name], line))
          }
        }
      }
    }
    add(Activation.self, "dense 2")
    add(Loss.self, "loss")
    add(Optimizer.self, "optimizer")
    add(Initialiser.self, "init")
    return found.map { setting, rules, line in
      Topic(name: setting.name, otherNames: setting.aliases, kind: "a setting", line: line) { _ in
        [
          "\(setting.name)=…, a setting of \(rules.joined(separator: ", ")): \(setting.meaning)\(Help.otherNames(setting.aliases))"
        ]
          + example(line)
      }
    }
  }()

  private static let strides = Stride.allCases.map { stride in
    let line = stride < .iteration ? "step 2 \(stride.name)" : "run 10 \(stride.name)s"
    return Topic(name: stride.name, otherNames: [stride.name + "s"], kind: "a stride", line: line) { _ in
      ["\(stride.name), a stride: \(stride.meaning)"] + example(line)
    }
  }

  private static let data = BuiltInData.all.map { data in
    Topic(name: data.name, kind: "a data set", line: "data \(data.name)") { _ in
      let inputs = (try? data.dataset())?.inputCount ?? 1
      let targets = (try? data.dataset())?.targetCount ?? 1
      return ["\(data.name), a data set: \(data.meaning)"]
        + example("network example", "input \(inputs)", "dense \(targets) sigmoid", "data \(data.name)")
    }
  }

  private static let remarks = Remark.all.map { remark in
    Topic(name: remark.name, otherNames: [remark.label.description], kind: "a remark", line: "show health") { _ in
      ["\(remark.name), a remark: \(remark.meaning)"] + example("show health")
    }
  }

  private static let fates = Fate.all.map { fate in
    Topic(name: fate.name, kind: "what may become of a training", line: "show health") { _ in
      [
        "\(fate.name), what may become of a training: \(fate.meaning)",
        "its sign on the map of a sweep is \(String(fate.sign)); show health says what became of this one so far",
      ] + example("show health")
    }
  }

  private static let panels = Panel.body.map { panel in
    Topic(name: panel.name, kind: "a panel", line: "show \(panel.name)") { _ in
      ["\(panel.name), a panel: \(panel.meaning)", "show \(panel.name) prints it; on the screen Tab goes to it"]
        + panel.signs.map { "  \($0.sign): \($0.meaning)" }
    }
  }

  private static let keys = Binding.all.filter { !$0.meaning.isEmpty }.flatMap { row in
    row.keys.map { key in
      Topic(name: key, otherNames: Help.otherNames(ofKey: key), kind: "a key") { _ in
        let others = row.keys.filter { $0 != key }
        let also: Text = others.isEmpty ? "" : "; also \(others.joined(separator: " "))"
        return ["\(key), a key\(Help.place(ofKeysIn: row.contexts)): \(row.meaning)\(also)"]
      }
    }
  }
}
