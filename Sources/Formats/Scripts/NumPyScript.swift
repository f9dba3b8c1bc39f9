import Engine
import Notation

/// An iteration as a script that takes it in NumPy, written out as one would by hand: forward, loss, backward, update.
package enum NumPyScript {
  /// The script of an iteration, for a file of that name.
  /// - Throws: where a row has no form in NumPy.
  package static func text(_ iteration: WholeIteration, path: String) throws(ScriptError) -> String {
    var script = IterationScript(iteration, .numpy, path: path)
    let functions = try script.definitions()
    script.addHead(
      "NumPy", ["One step of training by hand: forward, loss, backward, update."], imports: ["import numpy as np"])
    script.addParameters(withMemory: true)
    script.text.begin("The activations of a layer and their derivatives: net is what goes in, a what comes out.")
    for function in functions { script.text.define(function) }
    script.addForward()
    try script.addLoss()
    try script.addBackward()
    try script.addUpdates()
    script.addEnd()
    if script.text.lines.contains(where: { $0.contains("math.erf") }) {
      script.text.insert("import math", before: "import numpy as np")
    }
    return script.text.text
  }
}

extension IterationScript {
  fileprivate func definitions() throws(ScriptError) -> [[String]] {
    let rows = network.layers.map(\.activation.rule)
    // Where δ comes in one piece with the loss, f′ of the outputs is not asked for.
    let sloped = network.closedForm == nil ? rows : Array(rows.dropLast())
    return try functions.definitions(values: rows, derivatives: sloped, calledBy: lossFormulas)
  }

  private var lossFormulas: [Expression] {
    [lossFormula.term] + (network.closedForm == nil ? [.formula(network.loss.rule.derivativeFormula)] : [])
  }

  fileprivate mutating func addForward() {
    text.begin("Forward: Z goes into a layer's activation, A comes out of it.")
    for layer in layers {
      let (own, input) = (network.layers[layer - 1], layer == 1 ? "X" : "A\(layer - 1)")
      let rule = own.activation.rule
      text.add(
        "Z\(layer) = \(input) @ W\(layer).T" + (own.bias == .none ? "" : " + b\(layer)"),
        "A\(layer) = "
          + PythonFunctions.call(
            PythonFunctions.name(of: rule), ["Z\(layer)"], own.activation, in: rule.computedFormula ?? rule.formula))
    }
  }

  fileprivate mutating func addLoss() throws(ScriptError) {
    let isMean = iteration.reduction == .mean
    text.begin("Loss: \(network.loss.rule.name) of each sample, and \(isMean ? "its mean" : "the sum") over the batch.")
    let written = try functions.written(lossFormula.term, of: network.loss.rule.name, lossPrinter)
    text.add(written.parts)
    text.add(
      "losses = np.sum(\(written.body), axis=1)\(try lossDivisor())", "loss = np.\(isMean ? "mean" : "sum")(losses)")
  }

  fileprivate mutating func addBackward() throws(ScriptError) {
    let isMean = iteration.reduction == .mean
    text.begin(
      "Backward: dA and dZ are derivatives of each sample's own loss, a row for each; dW and db are",
      "\(isMean ? "averaged" : "added") over the batch.")
    let share = isMean ? " / N" : ""
    for layer in layers.reversed() {
      let own = network.layers[layer - 1]
      if layer < layers.count { text.add("") }
      if layer == layers.count, let closed = network.closedForm {
        let written = try functions.written(.formula(closed.deltaFormula), of: network.loss.rule.name, lossPrinter)
        text.add(written.parts)
        text.add("dZ\(layer) = \(written.body)  # \(own.activation.rule.name) and \(network.loss.rule.name) in one")
      } else {
        try addOutputGradient(layer)
        try addDelta(layer)
      }
      text.add("dW\(layer) = dZ\(layer).T @ \(layer == 1 ? "X" : "A\(layer - 1)")\(share)")
      switch own.bias {
      case .own: text.add("db\(layer) = dZ\(layer).sum(axis=0)\(share)")
      case .shared: text.add("db\(layer) = np.array([dZ\(layer).sum()])\(share)  # one bias for the whole layer")
      case .none: break
      }
    }
  }

  private mutating func addOutputGradient(_ layer: Int) throws(ScriptError) {
    guard layer == layers.count else { return text.add("dA\(layer) = dZ\(layer + 1) @ W\(layer + 1)") }
    let slope = Expression.formula(network.loss.rule.derivativeFormula)
    let quotient = slope.divided(by: lossFormula.divisor, isFixed: true)
    let written = try functions.written(quotient, of: network.loss.rule.name, lossPrinter)
    text.add(written.parts)
    text.add("dA\(layer) = \(written.body)")
  }

  private mutating func addDelta(_ layer: Int) throws(ScriptError) {
    let activation = network.layers[layer - 1].activation
    let derivative = PythonFunctions.call(
      PythonFunctions.derivativeName(of: activation.rule), ["Z\(layer)", "A\(layer)"], activation,
      in: activation.rule.derivativeFormula)
    guard !activation.rule.isElementwise else { return text.add("dZ\(layer) = dA\(layer) * \(derivative)") }
    text.add(
      "J\(layer) = \(derivative)  # J[s,i,k]: activation i by pre-activation k, of sample s",
      "dZ\(layer) = np.sum(dA\(layer)[:, :, None] * J\(layer), axis=1)")
  }

  /// What stands behind the sum of a loss's terms.
  func lossDivisor() throws(ScriptError) -> String {
    let divisor = lossFormula.divisor
    if divisor == .number(1) { return "" }
    return " / \(try functions.written(divisor, of: network.loss.rule.name, lossPrinter).body)"
  }
}
