import Diagnosis
import Engine
import Formats
import Notation
import Panels

/// What `help` answers: all of it is read off the tables.
enum Help {
  /// What is listed under a name of its own.
  private static let lists: [(name: String, lines: [Text])] = [
    (
      "quantities",
      Quantity.Kind.all.map { kind in "\(kind.name)\(kind.isOfLayer ? "L" : ""): \(kind.meaning)" }
    ),
    (
      "functions",
      Function.all.map { "\($0.usage): \($0.meaning)" as Text }
        + ["every activation by name, sigmoid(v), and its derivative sigmoid'(v); a layer's own f2(v) and f2'(v)"]
    ),
    ("remarks", Remark.all.map { "\($0.name): \($0.meaning)" } + ["show health lists what is so here"]),
    (
      "fates",
      Fate.all.map { "\(String($0.sign)) \($0.name): \($0.meaning)" } + ["sweep draws what became of each training"]
    ),
    ("panels", Panel.body.map { "\($0.name): \($0.meaning)" }),
    ("strides", Stride.allCases.map { "\($0.name): \($0.meaning)" }),
    (
      "keys",
      Binding.all.filter { $0.contexts.isEmpty && !$0.meaning.isEmpty }.map { "\($0.shownKeys)  \($0.meaning)" }
    ),
  ]

  /// All names under which there is help.
  static let names: [String] = {
    var seen: Set<String> = []
    return (lists.map(\.name) + Topic.all.flatMap { [$0.name] + $0.otherNames + $0.elsewhere }).filter {
      seen.insert($0).inserted
    }
  }()

  /// Those that completion offers: no keys, which are a character or two, and no names of other programs.
  static let offered: [String] = {
    var seen: Set<String> = []
    let rules = ruleNames
    return (lists.map(\.name) + Topic.all.map(\.name) + rules).filter { $0.count > 1 && seen.insert($0).inserted }
  }()

  private static let ruleNames = Activation.names + Loss.names + Optimizer.names + Initialiser.names

  /// All commands, by group.
  static var overview: [Text] {
    Command.Group.allCases.flatMap { group -> [Text] in
      let rows = Command.all.filter { $0.group == group }
      return rows.isEmpty ? [] : ["\(group.words): \(rows.map(\.name).joined(separator: ", "))"]
    } + [
      "help COMMAND says more; so does help with the name of anything else: delta1, log, relu, adam, momentum, xor, a panel, a key;",
      "one of these lists what there is: \(lists.map(\.name).joined(separator: ", "))",
    ]
  }

  /// Help on all that goes by a name, or nil where nothing does.
  static func about(_ name: String, in session: Session) -> [Text]? {
    if let told = about(one: name, in: session) { return told }
    // `losses` is help on loss.
    return ["es", "s"].lazy.filter { name.count > $0.count + 2 && name.hasSuffix($0) }
      .compactMap { about(one: String(name.dropLast($0.count)), in: session) }.first
  }

  private static func about(one name: String, in session: Session) -> [Text]? {
    if let own = session.definitions.function(name) { return about(own, in: session.definitions) }
    if let list = lists.first(where: { $0.name == name }) { return list.lines }
    // `w1[2,1]` is a w1.
    let whole = name.hasSuffix("]") ? String(name.prefix { $0 != "[" }) : name
    if let quantity = Quantity.named(whole), quantity.layer > 0 { return Topic.about(quantity, in: session) }
    if let layer = layer(ofActivation: whole) { return about(activationOf: layer, in: session) }
    let topics = Topic.named(whole).isEmpty ? Topic.named(withoutModule(whole)) : Topic.named(whole)
    if !topics.isEmpty { return topics.flatMap { $0.text(session) } }
    if let known = Quantity.known(elsewhereAs: whole), let quantity = Quantity.named(known.name) {
      return Topic.about(quantity, in: session)
    }
    return (Saying.about(whole) ?? place(of: whole) ?? idle(key: whole)).map { [$0] }
  }

  /// What to say of a key that nothing is bound to, as `F5` or `^T`; nil of what is no key.
  private static func idle(key: String) -> Text? {
    let rest = key.dropFirst()
    let isFunction = key.first == "F" && !rest.isEmpty && rest.allSatisfy(\.isNumber)
    let isControl = key.first == "^" && rest.count == 1
    return isFunction || isControl ? "\(key), a key: it does nothing here; help keys lists those that do" : nil
  }

  private static func about(activationOf layer: Int, in session: Session) -> [Text] {
    let layers = session.timeline.experiment.network.layers
    let own: Text =
      layers.indices.contains(layer - 1)
      ? ", here \(layers[layer - 1].activation.rule.name)" : ""
    return [
      "f\(layer)(v), a function: the activation of layer \(layer)\(own); f\(layer)'(v) is its derivative",
      "for example:",
      Text(verbatim: "  print f\(layer)'(net\(layer))"),
    ]
  }

  /// Where a word belongs that is no command: `relu is an activation: dense N relu`. Nil where it belongs nowhere.
  static func place(of word: String) -> Text? {
    if let topic = Topic.named(word).first(where: { $0.line != nil }), let line = topic.line {
      return "\(word) is not a command but \(topic.kind), as in: \(line)"
    }
    let plain = withoutMarks(word)
    let usages = Command.all.filter { command in
      command.usage.split { !$0.isLetter && $0 != "-" }.dropFirst().contains {
        $0.first?.isLowercase == true && $0 == plain
      }
    }.map(\.usage)
    guard !usages.isEmpty, !plain.isEmpty else { return nil }
    return "\(word) is not a command by itself; it stands in: \(usages.prefix(3).joined(separator: "; "))"
  }

  /// How else a key is written: `Ctrl-L` for `^L`, `Right` for `→`.
  static func otherNames(ofKey key: String) -> [String] {
    let words = ["→": "Right", "←": "Left", "↑": "Up", "↓": "Down"]
    if let word = words[key] { return [word] }
    let long = ["PgDn": "PageDown", "PgUp": "PageUp", "Esc": "Escape", "Enter": "Return"]
    if let word = long[key] { return [word] }
    return key.count == 2 && key.hasPrefix("^") ? ["Ctrl-\(key.dropFirst())", "C-\(key.dropFirst())"] : []
  }

  /// Where keys count that do not count everywhere.
  static func place(ofKeysIn contexts: [String]) -> Text {
    let places = contexts.map { placesOfKeys[$0] ?? "in the panel \($0)" }
    guard let first = places.first else { return "" }
    return " " + places.dropFirst().reduce(first) { $0 + ", " + $1 }
  }

  /// Where the keys of a context count; of a panel's own, in that panel.
  private static let placesOfKeys: [String: Text] = [
    "run": "while training runs", "help": "while help is open", "menu": "in a menu", "edit": "while a value is typed",
    "prompt": "at the prompt", "search": "while an earlier line is looked for",
    "present": "while a lesson is presented",
    "leaving": "at the question whether to leave", "unsaved": "at the question about unsaved lines",
    "remedy": "where a line is offered", "bar": "after x",
  ]

  /// The rows of a table of rules, a line each.
  static func list<Row: ExplainedRule>(_: Row.Type) -> [Text] {
    Row.all.map { row in "  \(row.name)\(defaults(row)): \(row.meaning)\(otherNames(row.aliases))" }
  }

  /// What else may be typed for a name, to stand behind what it means.
  static func otherNames(_ names: [String]) -> Text { names.isEmpty ? "" : " (also \(names.joined(separator: ", ")))" }

  /// The settings of a rule at their initial values, as they are typed behind it.
  static func defaults(_ row: some Rule) -> String {
    row.settings.map { " \($0.name)=\(shown($0))" }.joined()
  }

  /// The initial value of a setting as it is typed.
  static func shown(_ setting: Setting) -> String {
    settingText(setting, setting.initial)
  }
}

/// A table of rules that help explains one by one.
protocol ExplainedRule: Rule {
  /// What a row is: `an activation`.
  static var kindName: Text { get }
  /// The formulas of a row, a line each.
  var helpFormulas: [String] { get }
}

extension Activation: ExplainedRule {
  static var kindName: Text { "an activation" }
  var helpFormulas: [String] { ["f(net) = \(formula)", "f'(net) = \(derivativeFormula)"] }
}

extension Loss: ExplainedRule {
  static var kindName: Text { "a loss" }
  var helpFormulas: [String] { ["L = \(formula)"] }
}

extension Optimizer: ExplainedRule {
  static var kindName: Text { "an optimizer" }
  var helpFormulas: [String] { formulas.map(\.explained) }
}

extension Initialiser: ExplainedRule {
  static var kindName: Text { "a scheme of init" }
  var helpFormulas: [String] { [formula] }
}
