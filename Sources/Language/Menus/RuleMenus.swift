import Engine
import Notation
import Panels

// Activations, losses, optimizers and schemes as lists: all of it is read off their tables.
extension Session {
  /// The parts of a layer.
  func layerMenu(_ draft: LayerDraft) -> Menu {
    let rule = Activation.named(draft.activation)
    let preview = (draft.choice ?? ownActivation(draft.activation)).map(MenuPreview.activation) ?? .text([])
    var rows = [
      MenuRow(draft.isNew ? "add it" : "take it", .line(draft.line)),
      MenuRow(
        "units", value: "\(draft.units)", line: draft.line,
        .edit("\(draft.units)") { text in
          guard let units = Int(text), (1...Network.limits.units).contains(units) else {
            return .message("a layer has 1 to \(Network.limits.units) units")
          }
          return .turn(.layer(draft.with(units: units)))
        }),
      MenuRow("activation", value: "\(draft.activation)", preview: preview, .page(.activations(draft))),
    ]
    for (index, setting) in (rule?.settings ?? []).enumerated() where index < draft.settings.count {
      rows.append(
        MenuRow(
          "\(setting.name)", value: "\(draft.settings[index])", line: draft.line, preview: preview,
          .edit(draft.settings[index]) { text in
            guard Double(text) != nil else { return .message("\(setting.name) is a number") }
            var next = draft
            next.settings[index] = text
            return .turn(.layer(next))
          }))
    }
    rows.append(MenuRow("biases", value: draft.bias.words, line: draft.line, .turn(.layer(draft.withNextBias))))
    return Menu(draft.isNew ? "A new layer \(draft.position)" : "Layer \(draft.position)", rows)
  }

  /// The activations, with their formulas.
  func activationMenu(_ draft: LayerDraft) -> Menu {
    Menu(
      "Activation of layer \(draft.position)",
      (Activation.all + ownActivations).map { rule in
        let next = draft.with(activation: rule)
        let effect: MenuRow.Effect =
          draft.isNew || !rule.settings.isEmpty ? .turn(.layer(next)) : .line(next.line)
        return MenuRow(
          "\(rule.name)", value: "\(rule.formula)", isMarked: rule.name == draft.activation,
          words: rule.meaning + Help.otherNames(rule.aliases),
          line: next.line,
          preview: .activation(next.choice ?? ActivationChoice(rule)), effect)
      })
  }

  /// The losses, with their formulas.
  var lossMenu: Menu {
    let now = timeline.experiment.network.loss
    return Menu(
      "Loss",
      (Loss.all + ownLosses).map { rule in
        let isNow = rule.name == now.rule.name
        let choice = isNow ? now : LossChoice(rule)
        let draft = RuleDraft(.loss, choice)
        let line = draft.line(in: timeline.experiment.network)
        return MenuRow(
          "\(rule.name)", value: "\(rule.formula)", isMarked: isNow,
          words: rule.meaning + Help.otherNames(rule.aliases), line: line,
          preview: lossPreview(choice),
          rule.settings.allSatisfy { !$0.words.isEmpty } ? .line(line) : .page(.settings(draft)))
      } + wordsOfLoss)
  }

  /// The settings of the loss that are words, each to be turned to its next.
  private var wordsOfLoss: [MenuRow] {
    let now = timeline.experiment.network.loss
    return zip(now.rule.settings, now.values).filter { !$0.0.words.isEmpty }.map { setting, value in
      let place = (Int(value) + 1) % setting.words.count
      var next = now
      _ = next.set(setting.name, to: Double(place))
      return MenuRow(
        "\(setting.name)", value: "\(settingText(setting, value))", words: setting.meaning,
        preview: .text([setting.meaning]), .stay(RuleDraft(.loss, next).line(in: timeline.experiment.network)))
    }
  }

  /// The optimizers, with their rules.
  var optimizerMenu: Menu {
    let now = timeline.experiment.network.optimizer
    return Menu(
      "Optimizer",
      Optimizer.all.map { rule in
        let isNow = rule.name == now.rule.name
        let choice = isNow ? now : OptimizerChoice(rule)
        return MenuRow(
          "\(rule.name)", value: rule.meaning, isMarked: isNow, words: Help.otherNames(rule.aliases),
          preview: optimizerPreview(choice),
          .page(.settings(RuleDraft(.optimizer, choice))))
      })
  }

  /// The schemes by which weights are drawn; what each would draw is shown.
  func schemeMenu(_ layer: Int?) -> Menu {
    let experiment = timeline.experiment
    return Menu(
      layer.map { "Weights of layer \($0)" } ?? "Initial weights",
      Initialiser.all.map { rule in
        let isNow = rule.name == experiment.initialiser.rule.name
        let choice = isNow ? experiment.initialiser : InitialiserChoice(rule)
        let draft = RuleDraft(.scheme(layer: layer), choice, seed: experiment.seed)
        return MenuRow(
          "\(rule.name)", value: rule.meaning, isMarked: isNow, words: Help.otherNames(rule.aliases),
          line: draft.line(in: experiment.network),
          preview: .text(["\(rule.formula)"]), .page(.settings(draft)))
      })
  }

  /// The settings of what was chosen, to be edited before it is taken.
  func settingsMenu(_ draft: RuleDraft) -> Menu {
    let network = timeline.experiment.network
    let line = draft.line(in: network)
    let (title, preview) = words(of: draft)
    var rows = [MenuRow("take it", preview: preview, .line(line))]
    for (index, setting) in draft.settings.enumerated() where index < draft.values.count {
      let value = draft.values[index]
      let effect: MenuRow.Effect =
        !setting.words.isEmpty
        ? .turn(.settings(draft.with(index, setting.words.first { $0 != value } ?? value)))
        : .edit(value) { .turn(.settings(draft.with(index, $0))) }
      rows.append(
        MenuRow(
          "\(setting.name)", value: "\(value)", words: setting.meaning, line: line, preview: .text([setting.meaning]),
          effect))
    }
    return Menu(title, rows)
  }

  private func words(of draft: RuleDraft) -> (title: Text, preview: MenuPreview) {
    switch draft.subject {
    case .loss: ("Loss \(draft.name)", Loss.named(draft.name).map { lossPreview(LossChoice($0)) } ?? .text([]))
    case .optimizer:
      (
        "Optimizer \(draft.name)",
        Optimizer.named(draft.name).map { optimizerPreview(OptimizerChoice($0)) } ?? .text([])
      )
    case .scheme: ("Weights from \(draft.name)", .text([Text(verbatim: Initialiser.named(draft.name)?.formula ?? "")]))
    }
  }

  /// A loss in formulas.
  func lossPreview(_ choice: LossChoice) -> MenuPreview {
    let rule = choice.rule
    let divisor = rule.divisorFormula == "1" ? "" : " / \(rule.divisorFormula)"
    return .text([
      "L = \(rule.formula)", "∂L/∂a = (\(rule.derivativeFormula))\(divisor), of each output", rule.meaning,
    ])
  }

  /// An optimizer in formulas.
  func optimizerPreview(_ choice: OptimizerChoice) -> MenuPreview {
    .text(choice.lines.map { "\($0.name) = \($0.expression)" as Text } + ["w = w + u", choice.rule.meaning])
  }
}
