import Engine

extension PythonPrinter {
  /// A name as Python may have it: what it has no letters for is written by number, and a word of the language, or of the
  /// scripts themselves, gets a line behind it.
  package static func identifier(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      if scalar == "_" || scalar == "-" {
        text += "_"
      } else if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        text.unicodeScalars.append(scalar)
      } else {
        text += "u" + String(scalar.value, radix: 16)
      }
    }
    return words.contains(text) || text.first?.isNumber != false ? text + "_" : text
  }

  /// The words of Python, and what scripts call their own.
  private static let words: Set = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
    "pass", "raise", "return", "try", "while", "with", "yield", "len", "print", "dict", "max", "min",
    "np", "math", "torch", "nn", "F", "X", "Y", "N", "n", "loss", "losses", "optimizer", "update", "check",
  ]
}

extension Activation {
  /// Whether its formula says no more than its name, as tanh's does: such a function the libraries have themselves.
  var isElementary: Bool {
    if case .call(name, isDerivative: false, _) = Expression.formula(formula).kind { true } else { false }
  }
}

extension Expression {
  /// The activations of the table that it calls, or whose derivatives it calls, each once, in the order in which they stand;
  /// without those that the libraries have.
  package var calledActivations: [(row: Activation, isDerivative: Bool)] {
    var found: [(row: Activation, isDerivative: Bool)] = []
    func walk(_ expression: Expression) {
      if case .call(let name, let isDerivative, _) = expression.kind, let row = Activation.named(name),
        isDerivative || !row.isElementary,
        !found.contains(where: { $0.row.name == row.name && $0.isDerivative == isDerivative })
      {
        found.append((row, isDerivative))
      }
      expression.children.forEach(walk)
    }
    walk(self)
    return found
  }

  /// Whether a name stands in it.
  package func mentions(_ name: String) -> Bool { mentions(anyOf: [name]) }

  /// Whether one of some names stands in it.
  func mentions(anyOf names: Set<String>) -> Bool {
    if case .name(let name, _) = kind { return names.contains(name) }
    return children.contains { $0.mentions(anyOf: names) }
  }

  /// Whether names stand in it, and no others than these.
  func mentionsOnly(_ names: Set<String>) -> Bool {
    mentions(anyOf: names) && !mentions { !names.contains($0) }
  }

  private func mentions(_ isMeant: (String) -> Bool) -> Bool {
    if case .name(let name, _) = kind { return isMeant(name) }
    return children.contains { $0.mentions(isMeant) }
  }
}
