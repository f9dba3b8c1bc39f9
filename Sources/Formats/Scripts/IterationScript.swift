import Engine
import Notation

// What the scripts of all libraries have in common: which names they give things, the data that they begin with, the numbers
// that they are held against, and the case that they save.

/// An iteration as a script of Python takes it.
struct IterationScript {
  /// What it takes.
  let iteration: WholeIteration
  /// How it writes formulas.
  let functions: PythonFunctions
  /// The file in which the script saves its numbers.
  let caseFile: String
  /// What is written so far.
  var text = PythonText()

  /// The beginning of a script for a file of that name.
  init(_ iteration: WholeIteration, _ library: PythonPrinter.Library, path: String) {
    self.iteration = iteration
    functions = PythonFunctions(library: library)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    caseFile = (name.hasSuffix(".py") ? String(name.dropLast(3)) : name) + "-case.npz"
  }

  /// The network that is trained.
  var network: Network { iteration.network }
  /// The layers, from 1.
  var layers: [Int] { Array(1...network.layers.count) }

  /// A parameter with its name in the script: `W1`, `b1`.
  struct Named {
    let name: String
    let layer: Int
    let isBias: Bool
    let numbers: WholeIteration.ParameterNumbers
  }

  /// All parameters, layer by layer.
  var parameters: [Named] {
    layers.flatMap { layer -> [Named] in
      let numbers = iteration.layers[layer - 1]
      let weights = Named(name: "W\(layer)", layer: layer, isBias: false, numbers: numbers.weights)
      return [weights]
        + (numbers.biases.map { [Named(name: "b\(layer)", layer: layer, isBias: true, numbers: $0)] } ?? [])
    }
  }

  /// The names of a formula of the loss in the script.
  var lossNames: [String: String] {
    let last = network.layers.count
    let settings = network.loss.formulaNumbers.mapValues { shortest($0) }
    return ["y": "Y", "Y": "Y", "a": "A\(last)", "net": "Z\(last)", "n": "n"].merging(settings) { own, _ in own }
  }

  /// A printer of the loss's formulas.
  var lossPrinter: PythonPrinter {
    let isZeroWinning = network.closedForm == nil && network.loss.rule.targets.zeroWins
    return PythonPrinter(
      functions.library, arrays: ["y", "Y", "a", "net"], names: lossNames, winningTargets: isZeroWinning ? ["y"] : [])
  }

  /// One output's terms of the loss and what their sum is divided by, as the iteration computes them.
  var lossFormula: (term: Expression, divisor: Expression) {
    let rule = network.loss.rule
    let term = network.closedForm?.computedTermFormula ?? rule.termFormula
    return (.formula(term), .formula(rule.divisorFormula))
  }

  /// How many outputs there are, where a formula asks for it.
  var countsOutputs: Bool { lossFormula.divisor.mentions("n") }

  /// What an array that is made of rows of numbers is in a script.
  func array(_ name: String, _ matrix: Matrix, isRow: Bool = false) -> String {
    let function = functions.library == .numpy ? "np.array(" : "torch.tensor("
    let list =
      isRow
      ? PythonText.list(matrix.elements) : PythonText.list(matrix, indent: name.count + 3 + function.count)
    return "\(name) = \(function)\(list))"
  }

  /// What the file is, and the batch.
  mutating func addHead(_ libraryName: String, _ how: [String], imports: [String]) {
    let name = network.name.isEmpty ? "" : "\(network.name.visible): "
    text.add("# \(name)\(network.sizes), iteration \(iteration.number), in \(libraryName); written by backstep.", "#")
    text.add(how.map { "# \($0)" })
    text.add(
      "# Loss, gradients and new weights are held against those that backstep computed, and all is saved in",
      "# \(caseFile.visible).")
    text.add(imports)
    text.begin("The batch: a row for each sample, and its targets.")
    text.add(array("X", iteration.x), array("Y", iteration.y), "N = len(X)")
    if countsOutputs { text.add("n = Y.shape[1]  # the outputs, over which the loss is averaged") }
  }

  /// The parameters as they begin, and what the optimizer remembers of them.
  mutating func addParameters(withMemory: Bool) {
    text.begin("Weights and biases as the iteration begins: a row of W for each unit, a column for each of its inputs.")
    for parameter in parameters {
      text.add(array(parameter.name, parameter.numbers.before, isRow: parameter.isBias))
    }
    guard withMemory, !network.optimizer.memory.isEmpty, parameters.contains(where: { !$0.numbers.isFrozen }) else {
      return
    }
    text.begin("What \(network.optimizer.rule.name) remembers of them from the updates before.")
    for parameter in parameters where !parameter.numbers.isFrozen {
      for memory in network.optimizer.memory { text.add(self.memory(memory, of: parameter)) }
    }
  }

  private func memory(_ memory: String, of parameter: Named) -> String {
    let name = memory + parameter.name
    let kept = parameter.numbers.memory.first { $0.name == memory }?.value
    guard let kept, kept.elements.contains(where: { $0 != 0 }) else {
      return "\(name) = \(functions.library == .numpy ? "np" : "torch").zeros_like(\(parameter.name))"
    }
    return array(name, kept, isRow: parameter.isBias)
  }

  /// Whether nothing is moved.
  var isAllFrozen: Bool { parameters.allSatisfy(\.numbers.isFrozen) }

  /// The new parameters by the rule of the optimizer, written out.
  mutating func addUpdates() throws(ScriptError) {
    if isAllFrozen {
      text.begin("Update: none, since everything is frozen.")
    } else {
      try addUpdateFunction()
    }
    for parameter in parameters {
      text.add(
        parameter.numbers.isFrozen ? "\(parameter.name)_new = \(parameter.name)  # frozen" : updateCall(parameter))
    }
  }

  /// The rule of the optimizer as a function.
  private mutating func addUpdateFunction() throws(ScriptError) {
    text.begin("Update: \(network.optimizer.rule.name). w is a parameter, g its gradient, u the change of w.")
    text.add(PythonFunctions.settings(network.optimizer))
    text.define(try functions.update(network.optimizer))
  }

  /// The call of it that gives a parameter's new value.
  private func updateCall(_ parameter: Named) -> String {
    let optimizer = network.optimizer
    let memory = optimizer.memory.map { $0 + parameter.name }
    let count = PythonFunctions.counts(optimizer) ? ["count=\(parameter.numbers.updates + 1)"] : []
    let settings = PythonFunctions.settingsOfBiases(optimizer).map {
      "\($0.name)=\(shortest(parameter.isBias ? $0.biases : $0.weights))"
    }
    let results = ["\(parameter.name)_new"] + memory.map { "\($0)_new" }
    let arguments = [parameter.name, "d\(parameter.name)"] + memory + count + settings
    return "\(results.joined(separator: ", ")) = update(\(arguments.joined(separator: ", ")))"
  }

  /// Holds everything against our numbers, and saves it. What autograd keeps track of is freed of it.
  mutating func addEnd(freed: Set<String> = []) {
    let isTorch = functions.library == .torch
    text.begin("What backstep computed: to nine digits it has to be the same.")
    text.define([
      "def check(name, got, wanted, atol=1e-12):",
      "    np.testing.assert_allclose(got, wanted, rtol=1e-9, atol=atol, err_msg=name)",
    ])
    func value(_ name: String) -> String { isTorch && freed.contains(name) ? "\(name).detach()" : name }
    func check(_ name: String, _ matrix: Matrix, isRow: Bool, _ tolerance: String = "") -> String {
      let start = "check(\"\(name)\", \(value(name)), "
      let list = isRow ? PythonText.list(matrix.elements) : PythonText.list(matrix, indent: start.count)
      return start + list + tolerance + ")"
    }
    text.add("check(\"loss\", \(value("loss")), \(PythonText.number(iteration.loss)))")
    for parameter in parameters {
      text.add(check("d\(parameter.name)", parameter.numbers.gradient, isRow: parameter.isBias))
    }
    // What divides by roots of squares makes much of a gradient that is nothing but a rounding.
    let optimizer = network.optimizer
    let magnifies = optimizer.rule.memory.contains { $0.isOfSquares && optimizer.memory.contains($0.name) }
    if magnifies {
      text.add("# \(optimizer.rule.name) divides by roots of squares: a rounding in a gradient near 0 counts for more.")
    }
    for parameter in parameters {
      let tolerance = magnifies ? ", atol=1e-9" : ""
      text.add(check("\(parameter.name)_new", parameter.numbers.after, isRow: parameter.isBias, tolerance))
    }
    text.begin("The case, for whoever wants to hold other code against it.")
    text.add("np.savez(", "    \(PythonText.quoted(caseFile)),", "    X=X, Y=Y, loss=\(value("loss")),")
    for layer in layers {
      let own = parameters.filter { $0.layer == layer }.map(\.name)
      let names =
        own + ["Z\(layer)", "A\(layer)", "dZ\(layer)"] + own.map { "d\($0)" } + own.map { "\($0)_new" }
      text.add("    " + names.map { "\($0)=\(value($0))" }.joined(separator: ", ") + ",")
    }
    let said = "loss, gradients and new weights are those of backstep; saved \(caseFile)"
    text.add(")", "print(\(PythonText.quoted(said)))")
  }
}
