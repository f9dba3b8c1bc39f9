/// One named number that a rule (an activation, a loss, an optimizer, an initialiser) can be given as `name=value`.
package struct Setting: Equatable, Sendable {
  /// The name as it is typed, such as `weight-decay`.
  package let name: String
  /// The value where none is given.
  package let initial: Double
  /// The values that make sense; the ends belong to it.
  package let range: ClosedRange<Double>
  /// The words that may be typed, each kept as its place from 0; empty of a number.
  package let words: [String]
  /// What it does, in a few words.
  package let meaning: Text
  /// The other names that it goes by.
  package let aliases: [String]
  /// Whether it is its size that counts, a tenth or ten times as much, so that values are spread by equal factors.
  package private(set) var goesByFactors = false

  /// The setting, one whose size is what counts.
  var byFactors: Setting {
    var setting = self
    setting.goesByFactors = true
    return setting
  }

  /// A setting that holds a number.
  package static func number(
    _ name: String, _ initial: Double, in range: ClosedRange<Double> = -1e300...1e300, _ meaning: Text,
    aliases: [String] = []
  ) -> Setting {
    Setting(name: name, initial: initial, range: range, words: [], meaning: meaning, aliases: aliases)
  }

  /// A setting that is on or off.
  package static func flag(_ name: String, _ initial: Bool, _ meaning: Text) -> Setting {
    Setting(name: name, initial: initial ? 1 : 0, range: 0...1, words: flags, meaning: meaning, aliases: [])
  }

  /// A setting that is one of some words, the first where none is given.
  package static func choice(_ name: String, _ words: [String], _ meaning: Text) -> Setting {
    Setting(
      name: name, initial: 0, range: 0...Double(max(words.count - 1, 0)), words: words, meaning: meaning, aliases: [])
  }

  private static let flags = ["false", "true"]

  /// Whether it is typed `true` or `false`; kept as 1 or 0.
  package var isFlag: Bool { words == Setting.flags }

  /// The word that a value stands for; nil of a number.
  package func word(for value: Double) -> String? {
    Int(exactly: value).flatMap { words.indices.contains($0) ? words[$0] : nil }
  }

  /// Whether a name is one of the others that it goes by, its own as it stands in a formula among them.
  package func isCalled(_ name: String) -> Bool {
    name != self.name && (aliases + [self.name]).contains { $0 == name || Setting.formulaName($0) == name }
  }

  /// The name as it stands in a formula: `weight-decay` would read as a difference there, so it is `weight_decay`.
  package var formulaName: String { Setting.formulaName(name) }

  private static func formulaName(_ name: String) -> String { String(name.map { $0 == "-" ? "_" : $0 }) }
}

/// What the tables of rules have in common: a name to be typed, settings and a sentence of help.
package protocol Rule: Sendable {
  /// The name that is typed.
  var name: String { get }
  /// Other names that may be typed for it.
  var aliases: [String] { get }
  /// What other programs call it, understood as well; what is said of it is under its own name.
  var elsewhere: [String] { get set }
  /// What other programs call it with some settings: `sse` is `mean-squared-error` with `outputs=sum`.
  var elsewhereSet: [String: [String: String]] { get set }
  /// What other programs have that comes near and is not the same: answered with its name.
  var near: [String] { get set }
  /// What it is, in one sentence.
  var meaning: Text { get }
  /// What can be set, in the order in which the values are kept.
  var settings: [Setting] { get }
  /// What a session typed to make it; nil of a row of the table.
  var source: String? { get }
  /// Every rule of this kind.
  static var all: [Self] { get }
  /// Why values of the settings, each of which would do by itself, don't go together; nil where they do.
  func contradiction(_ values: [Double]) -> Text?
  /// The row as values of its settings make it, where they change its formulas.
  func with(_ values: [Double]) -> Self
  /// How other programs and courses have it otherwise, a sentence each.
  var differences: [Text] { get }
}

extension Rule {
  /// Values contradict each other nowhere, where a row says nothing.
  package func contradiction(_ values: [Double]) -> Text? { nil }

  /// No setting changes a formula, where a row says nothing.
  package func with(_ values: [Double]) -> Self { self }

  /// Others have it as it is here, where a row says nothing.
  package var differences: [Text] { [] }

  /// A row of the table, where it says nothing else.
  package var source: String? { nil }

  /// The rule of that name or alias.
  package static func named(_ name: String) -> Self? {
    all.first { $0.name == name } ?? all.first { $0.aliases.contains(name) }
  }

  /// The row with what other programs call it.
  func known(elsewhereAs names: String...) -> Self {
    var row = self
    row.elsewhere = names
    return row
  }

  /// The row with a name that other programs have for it with some settings.
  func known(as name: String, with settings: [String: String]) -> Self {
    var row = self
    row.elsewhereSet[name] = settings
    return row
  }

  /// The row with the names of what comes near.
  func near(to names: String...) -> Self {
    var row = self
    row.near = names
    return row
  }

  /// Every name that may be typed, the rules' own before the others.
  package static var names: [String] { all.map(\.name) + all.flatMap(\.aliases) }

  /// The setting of that name or alias.
  package func setting(_ name: String) -> Setting? {
    settings.first { $0.name == name } ?? settings.first { $0.isCalled(name) }
  }
}

/// A rule with the values of its settings: what a network holds.
package struct Choice<Row: Rule>: Equatable, Sendable {
  /// A row holds many words and closures; behind one reference, a copy of a network costs little.
  private final class Kept: Sendable {
    let rule: Row
    init(_ rule: Row) { self.rule = rule }
  }

  private var kept: Kept
  /// The rule.
  package var rule: Row { _read { yield kept.rule } }
  /// A value for each of its settings, in their order.
  package private(set) var values: [Double]

  /// A rule with its settings' initial values.
  package init(_ rule: Row) {
    kept = Kept(rule)
    values = rule.settings.map(\.initial)
  }

  /// The value of a setting, or nil where the rule has none of that name.
  package subscript(_ name: String) -> Double? {
    rule.settings.firstIndex { $0.name == name }.map { values[$0] }
  }

  /// Gives a setting a value; false, and nothing changed, where the rule has no such setting or the value is
  /// outside its range.
  package mutating func set(_ name: String, to value: Double) -> Bool {
    guard let index = rule.settings.firstIndex(where: { $0.name == name }),
      rule.settings[index].range.contains(value)
    else { return false }
    guard values[index] != value else { return true }
    values[index] = value
    kept = Kept(rule.with(values))
    return true
  }

  /// The first setting's value, or 0: what a rule with at most one setting computes with.
  package var parameter: Double { values.first ?? 0 }

  /// Why the values don't go together, or nil where they do.
  package var contradiction: Text? { rule.contradiction(values) }

  /// The settings that differ from their initial values, with the values.
  package var changed: [(setting: Setting, value: Double)] {
    zip(rule.settings, values).filter { $0.0.initial != $0.1 }.map { (setting: $0.0, value: $0.1) }
  }

  /// Two choices are the same when rule and values are.
  package static func == (one: Choice, other: Choice) -> Bool {
    (one.kept === other.kept || one.rule.name == other.rule.name && one.rule.source == other.rule.source)
      && one.values == other.values
  }
}
