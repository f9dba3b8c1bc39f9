import Engine

extension Expression: CustomStringConvertible {
  /// The expression in ASCII; parsing it gives an equal one.
  package var description: String { Printer(isPretty: false).print(self) }

  /// The expression as the screen shows it, with δ, ∂, ·, ′ and Σ; parsing it gives an equal one.
  package var pretty: String { Printer(isPretty: true).print(self) }
}

/// Writes an expression with as few parentheses as its reading allows.
struct Printer {
  let isPretty: Bool

  func print(_ expression: Expression) -> String {
    switch expression.kind {
    case .number(let literal): return literal.text
    case .name(let name, let version): return self.name(name) + (version.map { isPretty ? "⟨\($0)⟩" : "<\($0)>" } ?? "")
    case .element(let base, let indices): return print(base, atLeast: .postfix) + list("[", indices, ",", "]")
    case .matrix(let rows): return "[" + rows.map(row).joined(separator: "; ") + "]"
    case .file(let file): return file.text
    case .unary(.not, let operand): return "not " + print(operand, atLeast: .not)
    case .unary(.minus, let operand):
      // -Σk x is read as −(Σk x), whatever stands behind it.
      let text = isOpenSum(operand) ? print(operand) : print(operand, atLeast: .minus)
      return text.hasPrefix("-") ? "-(\(text))" : "-" + text
    case .binary(let sign, let left, let right): return print(sign, left, right)
    case .transpose(let operand): return transpose(operand)
    case .norm(let operand): return "|" + print(operand) + "|"
    case .call(let name, let isDerivative, let arguments):
      return name + (isDerivative ? (isPretty ? "′" : "'") : "") + list("(", arguments, ", ", ")")
    case .fold(let fold, let index, let bounds, let body): return print(fold, index, bounds, body)
    case .at(let step, let body): return "at" + list("(", [step, body], ", ", ")")
    case .old(let body): return "old(" + print(body) + ")"
    case .derivative(let body, let quantity): return print(derivativeOf: body, by: quantity)
    }
  }

  private func print(_ expression: Expression, atLeast precedence: Precedence) -> String {
    let text = print(expression)
    return self.precedence(expression) < precedence ? "(\(text))" : text
  }

  private func list(_ open: String, _ parts: [Expression], _ separator: String, _ close: String) -> String {
    open + parts.map(print).joined(separator: separator) + close
  }

  /// How tightly what is printed holds together.
  private func precedence(_ expression: Expression) -> Precedence {
    switch expression.kind {
    case .unary(.minus, let operand) where isOpenSum(operand): .sum
    case .unary(let sign, _): sign.precedence
    case .binary(let sign, _, _): sign.precedence
    case .derivative: .minus
    case .number(let literal) where literal.text.hasPrefix("-"): .minus
    case _ where isOpenSum(expression): .sum
    default: .postfix
    }
  }

  /// Whether it is printed as `Σk x`, without parentheses at its end.
  private func isOpenSum(_ expression: Expression) -> Bool {
    guard isPretty, case .fold(.sum, let index, nil, _) = expression.kind else { return false }
    return index != Fold.overBatch
  }

  private func print(_ sign: BinaryOperator, _ left: Expression, _ right: Expression) -> String {
    // Comparisons are not chained, powers bind to the right, all others to the left.
    let leftmost = sign.isComparison || sign == .power ? sign.precedence.tighter : sign.precedence
    let a = print(left, atLeast: leftmost)
    var b = print(right, atLeast: sign == .power ? .minus : sign.precedence.tighter)
    // A quotient of two gradients is no derivative.
    if sign == .over, b.hasPrefix("∂") || a == "dL" { b = "(\(b))" }
    // On a page two signs are never next to one another: 0.4 · (-0.2).
    if isPretty, b.hasPrefix("-") { b = "(\(b))" }
    let text = isPretty ? sign.pretty : sign.rawValue
    return sign == .power ? a + text + b : "\(a) \(text) \(b)"
  }

  /// A quote right behind an activation's name and before a parenthesis would be a derivative; that cannot come about,
  /// since a parenthesis never follows a value.
  private func transpose(_ operand: Expression) -> String {
    print(operand, atLeast: .postfix) + (isPretty ? "ᵀ" : "'")
  }

  private func row(_ elements: [Expression]) -> String {
    let areShort = elements.allSatisfy { element in
      switch element.kind {
      case .number, .name, .element: true
      case .unary(.minus, let operand): if case .number = operand.kind { true } else { false }
      default: false
      }
    }
    return elements.map(print).joined(separator: areShort ? " " : ", ")
  }

  private func print(_ fold: Fold, _ index: String, _ bounds: Expression.Bounds?, _ body: Expression) -> String {
    if let bounds {
      let ends = print(bounds.first, atLeast: .sum) + ".." + print(bounds.last, atLeast: .sum)
      return "\(fold.rawValue)(\(index)=\(ends), \(print(body)))"
    }
    if isPretty, fold == .sum, index != Fold.overBatch { return "Σ\(index) \(print(body, atLeast: .product))" }
    return "\(fold.rawValue)(\(index), \(print(body)))"
  }

  private func print(derivativeOf body: Expression, by quantity: Expression) -> String {
    guard isPretty else { return "d(\(print(body)))/d(\(print(quantity)))" }
    let below = "∂\(print(quantity))"
    if body.names(.loss) { return "∂L/\(below)" }
    switch body.kind {
    case .name, .element: return isPlain(body) ? "∂\(print(body))/\(below)" : "∂(\(print(body)))/\(below)"
    default: return "∂(\(print(body)))/\(below)"
    }
  }

  /// Whether a ∂ can be put right before it.
  private func isPlain(_ body: Expression) -> Bool {
    switch body.kind {
    case .name(let name, _): self.name(name) == name && name != "L" && !name.contains("-")
    case .element(let base, _): isPlain(base)
    default: false
    }
  }

  /// A name with its Greek letter: `δ2`, `∂w1`, `Δb1`.
  private func name(_ name: String) -> String {
    guard isPretty else { return name }
    for (letters, greek, kinds) in Printer.greek where name.hasPrefix(letters) {
      let rest = name.dropFirst(letters.count)
      let kind = rest.prefix { !$0.isDigit }
      let number = rest.dropFirst(kind.count)
      if kinds.contains(String(kind)), number.allSatisfy(\.isDigit), number.isEmpty == (kind == "x") {
        return greek + rest
      }
    }
    return name
  }

  /// What is written with a Greek letter, and before which kinds of quantity.
  private static let greek: [(letters: String, greek: String, kinds: [String])] = [
    ("delta", "δ", [""]), ("d", "∂", ["w", "b", "a", "net", "x"]), ("u", "Δ", ["w", "b"]),
  ]
}
