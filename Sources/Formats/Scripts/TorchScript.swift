import Engine
import Notation

/// An iteration as a script that takes it in PyTorch, with its own layers, losses and optimizers where it has them under the
/// same meaning, and with gradients by autograd: a check that knows nothing of our derivatives.
package enum TorchScript {
  /// The script of an iteration, for a file of that name.
  /// - Throws: where a row has no form in PyTorch.
  package static func text(_ iteration: WholeIteration, path: String) throws(ScriptError) -> String {
    var script = IterationScript(iteration, .torch, path: path)
    let functions = try script.torchDefinitions()
    script.addHead(
      "PyTorch", ["One step of training, with gradients by autograd."],
      imports: [
        "import numpy as np", "import torch", "import torch.nn.functional as F", "from torch import nn", "",
        "torch.set_default_dtype(torch.float64)",
      ])
    script.addParameters(withMemory: script.remembers)
    if !functions.isEmpty {
      script.text.begin("What PyTorch has under no name of its own.")
      for function in functions { script.text.define(function) }
    }
    try script.addModel()
    try script.addOptimizer()
    script.addTorchForward()
    try script.addTorchLoss()
    script.addAutograd()
    try script.addStep()
    script.addEnd(freed: Set(["loss"] + script.layers.flatMap { ["Z\($0)", "A\($0)"] }))
    return script.text.text
  }
}

extension IterationScript {
  /// The optimizer under PyTorch's name; nil where it has none with these settings, or where nothing is updated.
  private var torchOptimizer: Optimizer.TorchName? {
    guard let name = network.optimizer.rule.torch, !isAllFrozen else { return nil }
    return name.excluded.contains { network.optimizer[$0] != 0 } ? nil : name
  }

  /// Whether the optimizer has something to remember: before a parameter's first update PyTorch begins with nothing, as here.
  fileprivate var remembers: Bool {
    torchOptimizer == nil && !isAllFrozen || parameters.contains { hasMemory($0) }
  }

  private func hasMemory(_ parameter: Named) -> Bool {
    let numbers = parameter.numbers
    return !numbers.isFrozen
      && (numbers.updates > 0 && !numbers.memory.isEmpty
        || numbers.memory.contains { $0.value.elements.contains { $0 != 0 } })
  }

  /// The activations that PyTorch has no name for, and what they and the loss call.
  fileprivate func torchDefinitions() throws(ScriptError) -> [[String]] {
    let own = network.layers.map(\.activation.rule).filter { $0.torch == nil }
    for row in own where Expression.formula(row.derivativeFormula).isNumber {
      throw ScriptError(
        message:
          "the derivative of \(row.name) is \(row.derivativeFormula) wherever it is taken, and autograd finds none")
    }
    return try functions.definitions(values: own, derivatives: [], calledBy: torchLoss == nil ? [lossFormula.term] : [])
  }

  /// What a parameter of the model is called.
  private func module(_ parameter: Named) -> String {
    if !parameter.isBias { return "layer\(parameter.layer).weight" }
    return network.layers[parameter.layer - 1].bias == .shared
      ? "bias\(parameter.layer)" : "layer\(parameter.layer).bias"
  }

  fileprivate mutating func addModel() throws(ScriptError) {
    text.begin("The network.")
    for layer in layers {
      let own = network.layers[layer - 1]
      let sizes = "\(network.units(layer - 1)), \(own.units)"
      text.add("layer\(layer) = nn.Linear(\(sizes)\(own.bias == .own ? "" : ", bias=False"))")
      if own.bias == .shared {
        text.add("bias\(layer) = nn.Parameter(torch.zeros(1))  # one for the whole layer")
      }
      text.add("f\(layer) = \(torchCall(own.activation))")
    }
    text.add("with torch.no_grad():")
    for parameter in parameters { text.add("    \(module(parameter)).copy_(\(parameter.name))") }
  }

  /// An activation in PyTorch: its module, or our function.
  private func torchCall(_ activation: ActivationChoice) -> String {
    if let template = activation.rule.torch { return activation.filled(template) }
    let name = PythonFunctions.name(of: activation.rule)
    return activation.changed.isEmpty
      ? name
      : "lambda net: \(PythonFunctions.call(name, ["net"], activation, in: activation.rule.computedFormula ?? activation.rule.formula))"
  }

  // MARK: - The optimizer

  fileprivate mutating func addOptimizer() throws(ScriptError) {
    let choice = network.optimizer
    guard let name = torchOptimizer else { return }
    let updated = parameters.filter { !$0.numbers.isFrozen }
    func list(_ parameters: [Named]) -> String { "[\(parameters.map(module).joined(separator: ", "))]" }
    text.begin("The optimizer\(updated.count < parameters.count ? "; what is frozen is not given to it" : "").")
    let biases = updated.filter(\.isBias)
    var groups = list(updated)
    let others = PythonFunctions.settingsOfBiases(choice)
    if !others.isEmpty, !biases.isEmpty {
      let settings = others.map { ", \"\($0.name)\": \(shortest($0.biases))" }.joined()
      groups = "[{\"params\": \(list(updated.filter { !$0.isBias }))}, {\"params\": \(list(biases))\(settings)}]"
      if biases.count == updated.count { groups = "[{\"params\": \(list(biases))\(settings)}]" }
    }
    let arguments = name.arguments.filter { argument in
      argument.contains("{\(Optimizer.rate.name)}")
        || choice.changed.contains { argument.contains("{\($0.setting.name)}") }
    }.map { choice.filled($0) }
    text.add("optimizer = \(name.name)(\(([groups] + arguments).joined(separator: ", ")))")
    for parameter in updated where hasMemory(parameter) {
      let count = name.countsSteps ? ["step=torch.tensor(\(PythonText.number(Double(parameter.numbers.updates))))"] : []
      let kept = choice.rule.memory.filter { choice.memory.contains($0.name) }.map {
        "\($0.torch)=\($0.name)\(parameter.name)"
      }
      text.add("optimizer.state[\(module(parameter))] = dict(\((count + kept).joined(separator: ", ")))")
    }
  }

  fileprivate mutating func addStep() throws(ScriptError) {
    if torchOptimizer != nil {
      text.begin("Update.")
      text.add("optimizer.step()")
      for parameter in parameters { text.add("\(parameter.name)_new = \(module(parameter)).detach()") }
      return
    }
    try addUpdates()
  }

  // MARK: - Forward and backward

  fileprivate mutating func addTorchForward() {
    text.begin("Forward: Z goes into a layer's activation, A comes out of it.")
    for layer in layers {
      let shared = network.layers[layer - 1].bias == .shared ? " + bias\(layer)" : ""
      text.add(
        "Z\(layer) = layer\(layer)(\(layer == 1 ? "X" : "A\(layer - 1)"))\(shared)", "A\(layer) = f\(layer)(Z\(layer))")
    }
  }

  /// The sums of the loss's terms, of each sample, in PyTorch's own words; nil where it has none.
  private var torchLoss: String? {
    let template = network.closedForm == nil ? network.loss.rule.torch : network.closedForm?.torch
    return template.map { template in
      let last = network.layers.count
      return [("{y}", "Y"), ("{a}", "A\(last)"), ("{net}", "Z\(last)")].reduce(network.loss.filled(template)) {
        $0.replacing($1.0, with: $1.1)
      }
    }
  }

  fileprivate mutating func addTorchLoss() throws(ScriptError) {
    let isMean = iteration.reduction == .mean
    text.begin("Loss: \(network.loss.rule.name) of each sample, and \(isMean ? "its mean" : "the sum") over the batch.")
    var sum = torchLoss
    if sum == nil {
      let written = try functions.written(lossFormula.term, of: network.loss.rule.name, lossPrinter)
      text.add(written.parts)
      sum = "torch.sum(\(written.body), dim=1)"
    }
    text.add("losses = \(sum ?? "")\(try lossDivisor())", "loss = losses.\(isMean ? "mean" : "sum")()")
  }

  fileprivate mutating func addAutograd() {
    text.begin("Backward: autograd gives the derivatives of the batch's loss.")
    let activated = layers.map { "Z\($0)" }.joined(separator: ", ")
    text.add("for Z in [\(activated)]:", "    Z.retain_grad()", "loss.backward()")
    for parameter in parameters { text.add("d\(parameter.name) = \(module(parameter)).grad.clone()") }
    // Of dZ each row is of its sample's own loss, as everywhere here.
    let isMean = iteration.reduction == .mean
    for layer in layers {
      text.add(
        "dZ\(layer) = Z\(layer).grad"
          + (isMean ? " * N" : "") + (isMean && layer == 1 ? "  # of each sample's own loss, not of the mean" : ""))
    }
  }
}

extension Choice {
  /// What PyTorch calls something, with the settings put in.
  fileprivate func filled(_ template: String) -> String {
    zip(rule.settings, values).reduce(template) { text, setting in
      let value = setting.0.isFlag ? (setting.1 != 0 ? "True" : "False") : shortest(setting.1)
      return text.replacing("{\(setting.0.name)}", with: value)
    }
  }
}
