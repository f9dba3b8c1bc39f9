import Engine
import Notation

/// Formulas of the tables as Python computes them: an expression with the repeated parts before it, as functions or as
/// assignments.
struct PythonFunctions {
  /// The library that they call.
  let library: PythonPrinter.Library

  /// What repeated parts are called.
  private static let letters = ["u", "v", "s", "t"]
  /// The most nodes of a formula that is written, and how deep it may be: Python nests parentheses no deeper than 200.
  private static let largest = (nodes: 2_000, depth: 90)

  /// A formula as Python has it: the repeated parts, each an assignment, and the formula over them.
  func written(
    _ formula: Expression, of row: String, _ printer: PythonPrinter
  ) throws(ScriptError) -> (parts: [String], body: String) {
    guard formula.depth <= PythonFunctions.largest.depth, formula.hasAtMost(PythonFunctions.largest.nodes) else {
      throw ScriptError(message: "\(row) is too long to be written in a script")
    }
    let shared = SharedParts(of: formula, names: PythonFunctions.letters)
    var printer = printer
    do throws(PythonPrinter.Failure) {
      var parts: [String] = []
      for part in shared.parts {
        parts.append("\(part.name) = \(try printer.printNumbers(part.expression))")
        if printer.isArray(part.expression) { printer.arrays.insert(part.name) }
      }
      return (parts, try printer.printNumbers(shared.body))
    } catch {
      throw ScriptError(message: "\(row) cannot be written in a script: \(error.message)")
    }
  }

  /// The definition of a function over `arguments`, which are arrays, and a row's settings.
  private func function(
    _ name: String, _ arguments: [String], of row: Activation, _ formula: String
  ) throws(ScriptError) -> [String] {
    let expression = Expression.formula(formula)
    let written = try written(expression, of: row.name, PythonPrinter(library, arrays: ["net", "a"]))
    let used = row.settings.filter { expression.mentions($0.formulaName) }
    let settings = used.map { "\(PythonPrinter.identifier($0.name))=\(shortest($0.initial))" }
    let lines = written.parts + ["return \(written.body)"]
    return ["def \(name)(\((arguments + settings).joined(separator: ", "))):"] + lines.map { "    \($0)" }
  }

  /// f of an activation's row.
  func value(of row: Activation) throws(ScriptError) -> [String] {
    try function(PythonFunctions.name(of: row), ["net"], of: row, row.computedFormula ?? row.formula)
  }

  /// f′ of an activation's row; of one that works on the whole layer J[i,k] of each sample.
  func derivative(of row: Activation) throws(ScriptError) -> [String] {
    try function(PythonFunctions.derivativeName(of: row), ["net", "a"], of: row, row.derivativeFormula)
  }

  /// What the function of a row is called. A name of the user's own that looks like one of the script's, as W1 and dA2 do,
  /// gets a line behind it.
  static func name(of row: Activation) -> String {
    let name = PythonPrinter.identifier(row.name)
    guard row.source != nil else { return name }
    let isLikeOne = row.name.count < 3 || row.name.contains { $0.isNumber } || endings.contains { name.hasSuffix($0) }
    return isLikeOne ? name + "_" : name
  }

  /// What the function of its derivative is called.
  static func derivativeName(of row: Activation) -> String {
    name(of: row) + (row.isElementwise ? endings[0] : endings[1])
  }

  /// How the names of derivatives and of whole layers' derivatives end.
  private static let endings = ["_derivative", "_jacobian"]

  /// A call of it with the settings that are not the row's own.
  static func call(_ function: String, _ arguments: [String], _ choice: ActivationChoice, in formula: String) -> String
  {
    let expression = Expression.formula(formula)
    let settings = choice.changed.filter { expression.mentions($0.setting.formulaName) }.map {
      "\(PythonPrinter.identifier($0.setting.name))=\(shortest($0.value))"
    }
    return "\(function)(\((arguments + settings).joined(separator: ", ")))"
  }

  /// The functions that layers and formulas call, and what those call, each before what calls it.
  func definitions(
    values: [Activation], derivatives: [Activation], calledBy formulas: [Expression]
  ) throws(ScriptError) -> [[String]] {
    var found: [(name: String, lines: [String])] = []
    func add(_ row: Activation, isDerivative: Bool) throws(ScriptError) {
      let name = isDerivative ? PythonFunctions.derivativeName(of: row) : PythonFunctions.name(of: row)
      guard !found.contains(where: { $0.name == name }) else { return }
      let formula = Expression.formula(isDerivative ? row.derivativeFormula : row.computedFormula ?? row.formula)
      try addCalled(by: formula)
      found.append((name, isDerivative ? try derivative(of: row) : try value(of: row)))
    }
    func addCalled(by formula: Expression) throws(ScriptError) {
      for call in formula.calledActivations {
        try add(call.row, isDerivative: false)
        if call.isDerivative { try add(call.row, isDerivative: true) }
      }
    }
    for formula in formulas { try addCalled(by: formula) }
    for row in values { try add(row, isDerivative: false) }
    for row in derivatives { try add(row, isDerivative: true) }
    return found.map(\.lines)
  }

  /// One step of an optimizer, by the lines of its rule: a function of a parameter, its gradient, what is remembered and the
  /// settings that are not the same for all parameters, which gives the new parameter and what is remembered then.
  func update(_ optimizer: OptimizerChoice) throws(ScriptError) -> [String] {
    let memory = optimizer.memory
    let counts = PythonFunctions.counts(optimizer) ? ["count"] : []
    let arguments = ["w", "g"] + memory + counts + PythonFunctions.settingsOfBiases(optimizer).map(\.name)
    let printer = PythonPrinter(library, arrays: Set(["w", "g"] + memory + optimizer.lines.map(\.name)))
    var body: [String] = []
    for line in optimizer.lines {
      let written = try written(.formula(line.expression), of: optimizer.rule.name, printer)
      body += written.parts + ["\(line.name) = \(written.body)"]
    }
    body.append("return \((["w + u"] + memory).joined(separator: ", "))")
    return ["def update(\(arguments.joined(separator: ", "))):"] + body.map { "    \($0)" }
  }

  /// Whether the lines of a rule ask which update of a parameter it is.
  static func counts(_ optimizer: OptimizerChoice) -> Bool {
    optimizer.lines.contains { Expression.formula($0.expression).mentions("count") }
  }

  /// The settings that are others for biases, such as a weight decay that spares them, by their names in the script.
  static func settingsOfBiases(_ optimizer: OptimizerChoice) -> [(name: String, weights: Double, biases: Double)] {
    let (weights, biases) = (optimizer.of(.w).values, optimizer.of(.b).values)
    return optimizer.rule.settings.indices.filter { weights[$0] != biases[$0] }.map { index in
      (PythonPrinter.identifier(optimizer.rule.settings[index].name), weights[index], biases[index])
    }
  }

  /// The settings that the lines of a rule read and that are the same for all parameters, as assignments.
  static func settings(_ optimizer: OptimizerChoice) -> [String] {
    let lines = optimizer.lines.map { Expression.formula($0.expression) }
    let given = settingsOfBiases(optimizer).map(\.name)
    return zip(optimizer.rule.settings, optimizer.values).compactMap { setting, value in
      let name = PythonPrinter.identifier(setting.name)
      guard !given.contains(name), lines.contains(where: { $0.mentions(setting.formulaName) }) else { return nil }
      return "\(name) = \(shortest(value))"
    }
  }
}
