import Engine
import Notation

/// A layer as it is put together in a menu, before it is a line.
package struct LayerDraft: Hashable, Sendable {
  /// Its place, counted from 1.
  let position: Int
  /// Whether it is added there; else it takes the place of the layer that is there.
  let isNew: Bool
  /// Whether it is added behind all others.
  let isLast: Bool
  var units: Int
  var activation: String
  /// The settings as they are typed, in the order of the activation's own.
  var settings: [String]
  var bias: Layer.Bias

  /// A new layer, with the units and the activation of another.
  init(newAt position: Int, of count: Int, like layer: Layer?) {
    let rule = layer?.activation.rule ?? .usual
    self.position = position
    isNew = true
    isLast = position > count
    units = layer?.units ?? 2
    activation = rule.name
    settings = (layer?.activation.values ?? rule.settings.map(\.initial)).map { shortest($0) }
    bias = .own
  }

  /// A layer that is there.
  init(_ layer: Layer, at position: Int) {
    self.position = position
    isNew = false
    isLast = false
    units = layer.units
    activation = layer.activation.rule.name
    settings = layer.activation.values.map { shortest($0) }
    bias = layer.bias
  }

  /// The same with another activation and its initial settings.
  func with(activation rule: Activation) -> LayerDraft {
    var draft = self
    if rule.name != activation { draft.settings = rule.settings.map { shortest($0.initial) } }
    draft.activation = rule.name
    return draft
  }

  func with(units: Int) -> LayerDraft {
    var draft = self
    draft.units = units
    return draft
  }

  /// The same with the next kind of biases.
  var withNextBias: LayerDraft {
    var draft = self
    let all = Layer.Bias.allCases
    draft.bias = all[((all.firstIndex(of: bias) ?? 0) + 1) % all.count]
    return draft
  }

  /// The line that it comes to.
  var line: String {
    let rule = Activation.named(activation)
    let given = settingWords(rule?.settings ?? [], settings)
    let words = ["dense \(units) \(activation)"] + given + (bias == .own ? [] : [bias.rawValue])
    let dense = words.joined(separator: " ")
    return !isNew ? "layer \(position) \(dense)" : isLast ? dense : "insert \(position) \(dense)"
  }

  /// The activation with its settings, as far as they can be taken.
  var choice: ActivationChoice? {
    guard let rule = Activation.named(activation) else { return nil }
    var choice = ActivationChoice(rule)
    for (setting, text) in zip(rule.settings, settings) {
      if let value = Double(text) { _ = choice.set(setting.name, to: value) }
    }
    return choice
  }
}

/// A loss, an optimizer or a scheme as it is put together in a menu, before it is a line.
package struct RuleDraft: Hashable, Sendable {
  /// What it is chosen as.
  enum Subject: Hashable, Sendable {
    case loss, optimizer
    case scheme(layer: Int?)
  }

  let subject: Subject
  let name: String
  /// The settings as they are typed, in the order of the rule's own; of a scheme the seed comes last.
  var values: [String]

  init<Row: Rule>(_ subject: Subject, _ choice: Choice<Row>, seed: Int? = nil) {
    self.subject = subject
    name = choice.rule.name
    values = zip(choice.rule.settings, choice.values).map { settingText($0, $1) } + (seed.map { [String($0)] } ?? [])
  }

  /// The rule's settings, and a scheme's seed.
  var settings: [Setting] {
    switch subject {
    case .loss: Loss.named(name)?.settings ?? []
    case .optimizer: Optimizer.named(name)?.settings ?? []
    case .scheme:
      (Initialiser.named(name)?.settings ?? []) + [.number("seed", 1, "the number from which all others are drawn")]
    }
  }

  func with(_ index: Int, _ text: String) -> RuleDraft {
    var draft = self
    draft.values[index] = text
    return draft
  }

  /// The line that it comes to. Where only the rate of the optimizer there is changes, its memory is kept: `rate R`.
  func line(in network: Network) -> String {
    let given = settingWords(settings, values)
    switch subject {
    case .loss: return (["loss \(name)"] + given).joined(separator: " ")
    case .scheme(let layer):
      return (["init \(name)"] + given + (layer.map { ["layer=\($0)"] } ?? [])).joined(separator: " ")
    case .optimizer:
      let now = RuleDraft(.optimizer, network.optimizer)
      if now.name == name, now.values.dropFirst() == values.dropFirst(), let rate = values.first,
        rate != now.values.first
      {
        return "rate \(rate)"
      }
      return (["optimizer \(name)"] + given).joined(separator: " ")
    }
  }
}

/// `name=value` for the settings that differ from what they are by themselves.
private func settingWords(_ settings: [Setting], _ values: [String]) -> [String] {
  zip(settings, values).filter { settingText($0, $0.initial) != $1 }.map { "\($0.name)=\($1)" }
}

/// A setting's value as it is typed.
func settingText(_ setting: Setting, _ value: Double) -> String {
  setting.word(for: value) ?? shortest(value)
}
