import Engine
import Formats
import Notation
import Panels

extension Session {
  /// What can be done to a layer, and to the network as a whole.
  func buildMenu(_ chosen: Int) -> Menu {
    let network = timeline.experiment.network
    let layer = min(max(chosen, 0), network.layers.count)
    let title: Text =
      network.inputs == 0
      ? "Build a network" : layer == 0 ? "Inputs of \(network.sizes)" : "Layer \(layer) of \(network.sizes)"
    let own = layer == 0 ? [] : layerRows(layer, network)
    let inputs = layer == 0 || own.isEmpty ? [inputRow(network)] + inputSteps(network) : []
    let rest = layer == 0 ? [] : [inputRow(network)]
    return Menu(
      title,
      fittingRows(network) + inputs + addingRows(layer, network) + own + rest + otherLayers(than: layer, network)
        + networkRows(network))
  }

  /// The way to the layers beside the one whose rows these are.
  private func otherLayers(than chosen: Int, _ network: Network) -> [MenuRow] {
    let near = max(chosen - 4, 1)...(max(chosen, 1) + 4)
    return near.filter { $0 != chosen && $0 <= network.layers.count }.map { number in
      let layer = network.layers[number - 1]
      return MenuRow(
        "layer \(number)", value: "\(counted(layer.units, "unit")), \(layer.activation.words)", words: "other next go",
        .turn(.build(layer: number)))
    }
  }

  /// What makes the network fit samples that it does not fit.
  private func fittingRows(_ network: Network) -> [MenuRow] {
    let data = timeline.experiment.data
    guard !data.isEmpty else { return [] }
    var rows: [MenuRow] = []
    if network.inputs != data.inputCount {
      rows.append(
        MenuRow(
          "inputs as the samples have", value: "\(data.inputCount)", words: "fit", .stay("input \(data.inputCount)")))
    }
    if let last = network.layers.last, last.units != data.targetCount {
      let draft = LayerDraft(last, at: network.layers.count).with(units: data.targetCount)
      rows.append(MenuRow("outputs as the samples have", value: "\(data.targetCount)", words: "fit", .stay(draft.line)))
    }
    return rows
  }

  private func inputRow(_ network: Network) -> MenuRow {
    MenuRow(
      "inputs", value: "\(network.inputs)", words: "input number size",
      preview: .text(["how many numbers a sample gives the network; Enter edits, ↑ ↓ count"]),
      .edit(String(max(network.inputs, 1))) { .stay("input \($0)") })
  }

  private func inputSteps(_ network: Network) -> [MenuRow] {
    guard network.inputs > 0 else { return [] }
    let fewer = network.inputs > 1 ? [MenuRow("an input less", .stay("input \(network.inputs - 1)"))] : []
    return [MenuRow("an input more", .stay("input \(network.inputs + 1)"))] + fewer
  }

  private func addingRows(_ layer: Int, _ network: Network) -> [MenuRow] {
    guard network.inputs > 0 else { return [] }
    let count = network.layers.count
    func row(_ name: Text, at position: Int) -> MenuRow {
      let like = layer > 0 ? network.layers[layer - 1] : nil
      let draft = LayerDraft(newAt: position, of: count, like: like)
      return MenuRow(name, words: "insert new", line: draft.line, .page(.layer(draft)))
    }
    if count == 0 { return [row("add a layer", at: 1)] }
    if layer == 0 { return [row("add a layer after the inputs", at: 1)] }
    return [row("add a layer after it", at: layer + 1), row("add a layer before it", at: layer)]
  }

  private func layerRows(_ number: Int, _ network: Network) -> [MenuRow] {
    let layer = network.layers[number - 1]
    let draft = LayerDraft(layer, at: number)
    var rows = [
      MenuRow(
        "wider", value: "\(layer.units + 1) units", words: "grow unit more",
        .stay(draft.with(units: layer.units + 1).line))
    ]
    if layer.units > 1 {
      rows.append(
        MenuRow(
          "narrower", value: "\(counted(layer.units - 1, "unit"))", words: "shrink unit less",
          .stay(draft.with(units: layer.units - 1).line)))
    }
    rows += [
      MenuRow(
        "units", value: "\(layer.units)", words: "size",
        .edit("\(layer.units)") { text in
          .stay(draft.with(units: Int(text) ?? 0).line)
        }),
      MenuRow(
        "activation", value: "\(layer.activation.words)", preview: .activation(layer.activation),
        .page(.activations(draft))),
      MenuRow(
        "biases", value: layer.bias.words, words: "bias nobias sharedbias",
        preview: .text(["Enter goes round: one for each unit, one for the layer, none"]), .stay(draft.withNextBias.line)
      ),
      freezing("w\(number)", isFrozen: layer.freezesWeights),
    ]
    if layer.bias != .none { rows.append(freezing("b\(number)", isFrozen: layer.freezesBiases)) }
    return rows + [
      MenuRow("draw its weights anew", words: "init seed random", .page(.schemes(layer: number))),
      MenuRow("remove it", words: "delete", .line("remove \(number)")),
    ]
  }

  private func freezing(_ name: String, isFrozen: Bool) -> MenuRow {
    isFrozen
      ? MenuRow("unfreeze \(name)", value: "frozen now", .stay("unfreeze \(name)"))
      : MenuRow("freeze \(name)", .stay("freeze \(name)"))
  }

  private func networkRows(_ network: Network) -> [MenuRow] {
    let experiment = timeline.experiment
    let count = experiment.data.givenCount
    let file = offeredFile
    let map =
      experiment.obstacle == nil && network.inputs <= 2
      ? [MenuRow("map", value: "the output over what goes in", words: "decision plane show", .panel("map"))] : []
    return [
      MenuRow("loss", value: "\(network.loss.words)", preview: lossPreview(network.loss), .page(.losses)),
      MenuRow(
        "optimizer", value: "\(network.optimizer.words)", words: "rate", preview: optimizerPreview(network.optimizer),
        .page(.optimizers)),
      MenuRow(
        "initial weights", value: "\(experiment.initialiser.words), seed \(experiment.seed)", words: "init draw random",
        .page(.schemes(layer: nil))),
      MenuRow("samples", value: count == 0 ? "none yet" : "\(count)", words: "data csv xor iris", .page(.data)),
      MenuRow("train", words: "run step", .page(.train)),
    ] + map + [
      MenuRow("save", value: "\(file)", words: "file write", .edit(file) { .line("save \($0)") }),
      MenuRow(
        "begin afresh", words: "new empty network", preview: .text(["what was there is one undo away"]),
        .stay("network")),
    ]
  }

  /// How long to train.
  var trainMenu: Menu {
    let batches = timeline.experiment.batchesPerEpoch
    return Menu(
      "Train",
      [
        MenuRow("one iteration", .line("run 1 iteration")),
        MenuRow("one epoch", value: batches > 0 ? "\(counted(batches, "iteration"))" : "", .line("run 1 epoch")),
        MenuRow("iterations", value: "1000", .edit("1000") { .line("run \($0) iterations") }),
        MenuRow("epochs", value: "100", .edit("100") { .line("run \($0) epochs") }),
        MenuRow(
          "until the loss is below", value: "0.05", words: "data-loss all samples",
          preview: .text(["data-loss, the loss over all samples, looked at after every epoch"]),
          .edit("0.05") { .line("run until data-loss < \($0) epoch max=10000") }),
        MenuRow(
          "until accuracy is at least", value: "1", preview: .text(["looked at after every epoch"]),
          .edit("1") { .line("run until accuracy >= \($0) epoch max=10000") }),
        MenuRow(
          "until a batch's loss is below", value: "0.05",
          preview: .text(["that of the batch at hand only: the next one's may be larger"]),
          .edit("0.05") { .line("run until loss < \($0) max=100000") }),
      ])
  }
}

extension Layer.Bias {
  /// In the words of a menu.
  var words: Text {
    switch self {
    case .own: "one for each unit"
    case .shared: "one for the layer"
    case .none: "none"
    }
  }
}

extension Choice {
  /// The rule with the settings that differ from what they are by themselves.
  var words: String {
    ([rule.name] + changed.map { "\($0.setting.name)=\(settingText($0.setting, $0.value))" }).joined(separator: " ")
  }
}
