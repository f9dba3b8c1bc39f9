import Engine

extension Expression {
  /// The expression as LaTeX sets it in its mathematics: `\delta^{(2)}_{k} \cdot w^{(2)}_{k,j}`.
  package var tex: String { TeXPrinter().print(self) }
}

/// Writes an expression for LaTeX, with as few parentheses as its reading allows. A layer is an upper index in parentheses.
private struct TeXPrinter {
  func print(_ expression: Expression) -> String {
    switch expression.kind {
    case .number(let literal): return texNumber(literal.text)
    case .name(let name, let version): return slope(expression) ?? self.name(name, version)
    case .element(let base, let indices):
      return slope(expression) ?? print(base, atLeast: .postfix) + below(indices)
    case .file(let file): return "\\text{\(file.text)}"
    case .matrix(let rows):
      let lines = Expression.Kind.rowsMeant(by: rows).map { $0.map(print).joined(separator: " & ") }
      return "\\begin{bmatrix} " + lines.joined(separator: " \\\\ ") + " \\end{bmatrix}"
    case .unary(.not, let operand): return "\\lnot " + print(operand, atLeast: .not)
    case .unary(.minus, let operand):
      let text = print(operand, atLeast: .minus)
      return text.hasPrefix("-") ? "-" + parenthesized(text) : "-" + text
    case .binary(.equal, let left, let right) where left.isBareIndex && right.isBareIndex:
      // Kronecker's.
      return "\\delta" + below([left, right])
    case .binary(.unequal, let left, let right) where left.isBareIndex && right.isBareIndex:
      return parenthesized("1 - \\delta" + below([left, right]))
    case .binary(let sign, let left, let right): return print(sign, left, right)
    case .transpose(let operand): return "{" + print(operand, atLeast: .postfix) + "}^{\\top}"
    case .norm(let operand): return "\\left\\lVert " + print(operand) + " \\right\\rVert"
    case .call(let name, let isDerivative, let arguments):
      let list = arguments.map(print).joined(separator: ", ")
      return function(name) + (isDerivative ? "'" : "") + parenthesized(list)
    case .fold(let fold, let index, let bounds, let body): return print(fold, index, bounds, body)
    case .at(let step, let body): return "\\left. " + print(body) + " \\right|_{" + print(step) + "}"
    case .old(let body): return old(body)
    case .derivative(let body, let quantity):
      let below = "{\\partial " + print(quantity) + "}"
      switch body.kind {
      case .name where body.names(.loss): return "\\frac{\\partial L}" + below
      case .name, .element: return "\\frac{\\partial " + print(body) + "}" + below
      default: return "\\frac{\\partial}" + below + parenthesized(print(body))
      }
    }
  }

  private func parenthesized(_ text: String) -> String { "\\left(" + text + "\\right)" }

  private func below(_ indices: [Expression]) -> String {
    "_{" + indices.map(print).joined(separator: ",") + "}"
  }

  private func print(_ expression: Expression, atLeast precedence: Precedence) -> String {
    let text = print(expression)
    guard self.precedence(expression) < precedence else { return text }
    // 1 where it holds, else 0: brackets that are square say so.
    if case .binary(let sign, _, _) = expression.kind, sign.isComparison { return "\\left[" + text + "\\right]" }
    return parenthesized(text)
  }

  /// A quantity that a page has as a fraction: a derivative of the loss that has no letter of its own, or ∂a/∂net. Nil of
  /// others.
  private func slope(_ expression: Expression) -> String? {
    let (base, indices) = expression.elementParts
    guard case .name(let name, version: nil) = base.kind, let quantity = Quantity.named(name), quantity.kind != .delta
    else { return nil }
    func part(_ kind: Quantity.Kind, _ indices: [Expression]) -> String {
      "\\partial " + self.name(Quantity(kind, quantity.layer).name, nil) + (indices.isEmpty ? "" : below(indices))
    }
    if quantity.kind == .jacobian {
      return "\\frac{" + part(.a, Array(indices.prefix(1))) + "}{" + part(.net, Array(indices.suffix(1))) + "}"
    }
    return quantity.kind.gradientOf.map { "\\frac{\\partial L}{" + part($0, indices) + "}" }
  }

  /// What the forward pass read.
  private func old(_ body: Expression) -> String {
    let (base, indices) = body.elementParts
    guard case .name(let name, version: nil) = base.kind, slope(body) == nil else {
      return parenthesized(print(body)) + "^{\\text{old}}"
    }
    return self.name(name, nil, "\\text{old}") + (indices.isEmpty ? "" : below(indices))
  }

  private func precedence(_ expression: Expression) -> Precedence {
    if slope(expression) != nil { return .minus }
    return switch expression.kind {
    case .unary(let sign, _): sign.precedence
    // A fraction holds its parts together by its line.
    case .binary(.over, _, _): .minus
    case .binary(.equal, let left, let right) where left.isBareIndex && right.isBareIndex: .postfix
    case .binary(.unequal, let left, let right) where left.isBareIndex && right.isBareIndex: .postfix
    case .binary(let sign, _, _): sign.precedence
    case .number(let literal) where literal.text.hasPrefix("-"): .minus
    case .number(let literal) where literal.text.lowercased().contains("e"): .product
    case .fold(.sum, _, _, _), .fold(.prod, _, _, _): .sum
    default: .postfix
    }
  }

  private func print(_ sign: BinaryOperator, _ left: Expression, _ right: Expression) -> String {
    if sign == .over { return "\\frac{" + print(left) + "}{" + print(right) + "}" }
    if sign == .power { return "{" + print(left, atLeast: .postfix) + "}^{" + print(right) + "}" }
    let a = print(left, atLeast: sign.isComparison ? sign.precedence.tighter : sign.precedence)
    let b = print(right, atLeast: sign.precedence.tighter)
    // A sign right behind an operator reads badly.
    return "\(a) \(sign.tex) " + (b.hasPrefix("-") ? parenthesized(b) : b)
  }

  private func print(_ fold: Fold, _ index: String, _ bounds: Expression.Bounds?, _ body: Expression) -> String {
    var (below, above, body) = (name(index, nil), "", body)
    if let bounds {
      below += "=" + print(bounds.first)
      above = "^{" + print(bounds.last) + "}"
    } else if fold == .sum, let (other, rest) = body.keptApart(from: index) {
      below += " \\neq " + print(other)
      body = rest
    }
    switch fold {
    case .sum: return "\\sum_{\(below)}\(above) " + print(body, atLeast: .product)
    case .prod: return "\\prod_{\(below)}\(above) " + print(body, atLeast: .product)
    case .mean: return "\\operatorname{mean}_{\(below)}\(above)" + parenthesized(print(body))
    case .max: return "\\max_{\(below)}\(above)" + parenthesized(print(body))
    case .min: return "\\min_{\(below)}\(above)" + parenthesized(print(body))
    }
  }

  /// A name with its layer as an upper index, and the version of a weight behind it.
  private func name(_ name: String, _ version: Int?, _ mark: String? = nil) -> String {
    if Quantity.Kind.loss.isCalled(name) { return "L" }
    let letters = String(name.prefix { !$0.isNumber })
    let layer = name.dropFirst(letters.count)
    guard layer.allSatisfy(\.isNumber), Quantity.named(name) != nil || layer.isEmpty else { return word(name) }
    let quantity = layer.isEmpty ? nil : letters
    let base = quantity.flatMap { TeXPrinter.letters[$0] } ?? word(letters)
    let upper =
      (layer.isEmpty ? [] : ["(\(layer))"]) + (version.map { ["\\langle \($0) \\rangle"] } ?? [])
      + (mark.map { [$0] } ?? [])
    return base + (upper.isEmpty ? "" : "^{" + upper.joined(separator: "\\,") + "}")
  }

  /// What quantities of a layer are called on a page.
  private static let letters = ["delta": "\\delta", "uw": "\\Delta w", "ub": "\\Delta b"]

  /// One letter as it is, more of them upright, as one name.
  private func word(_ name: String) -> String {
    name.count == 1 ? name : "\\mathrm{" + name.replacing("_", with: "\\_") + "}"
  }

  private static let own: Set = ["exp", "log", "tanh", "max", "min", "sin", "cos", "tan"]

  private func function(_ name: String) -> String {
    if TeXPrinter.own.contains(name) { return "\\" + name }
    if name == "atan" { return "\\arctan" }
    if name.first == "f", name.count > 1, name.dropFirst().allSatisfy(\.isNumber) { return "f_{\(name.dropFirst())}" }
    return "\\operatorname{" + name.replacing("_", with: "\\_") + "}"
  }
}

extension Expression {
  /// The quantity and the indices behind it; none behind what is whole.
  fileprivate var elementParts: (base: Expression, indices: [Expression]) {
    if case .element(let base, let indices) = kind { (base, indices) } else { (self, []) }
  }

  /// Whether it is an index and nothing else: a letter that no quantity has, or a whole number.
  fileprivate var isBareIndex: Bool {
    switch kind {
    case .name(let name, version: nil): name.count == 1 && Quantity.named(name) == nil
    case .number(let literal): literal.value >= 1 && literal.text.allSatisfy(\.isNumber)
    default: false
    }
  }

  /// What an index is kept apart from by the first factor, `(m != k)`, and the other factors; nil where it is not.
  fileprivate func keptApart(from index: String) -> (other: Expression, rest: Expression)? {
    guard case .binary(.times, let left, let right) = kind else { return nil }
    if case .binary(.unequal, let letter, let other) = left.kind, letter == .name(index), other.isBareIndex {
      return (other, right)
    }
    return left.keptApart(from: index).map { ($0.other, $0.rest * right) }
  }
}

extension BinaryOperator {
  fileprivate var tex: String {
    switch self {
    case .or: "\\lor"
    case .and: "\\land"
    case .equal: "="
    case .unequal: "\\neq"
    case .atMost: "\\leq"
    case .atLeast: "\\geq"
    case .near: "\\approx"
    case .times: "\\cdot"
    case .timesEach: "\\odot"
    case .overEach: "\\oslash"
    case .less, .greater, .plus, .minus, .over, .power: rawValue
    }
  }
}

/// Words as LaTeX sets them: what means something there is marked as itself.
package func texProse(_ words: String) -> String {
  words.reduce(into: "") { text, character in
    switch character {
    case "#", "$", "%", "&", "_", "{", "}": text += "\\\(character)"
    case "^", "~": text += "\\\(character){}"
    case "\\": text += "\\textbackslash{}"
    default: text.append(character)
    }
  }
}

/// A number as it is written elsewhere, as LaTeX sets it: `1.5e-06` is `1.5 \cdot 10^{-6}`, what is not finite has signs of
/// its own.
package func texNumber(_ text: String) -> String {
  switch text {
  case "inf": return "\\infty"
  case "-inf": return "-\\infty"
  case "nan": return "\\mathrm{NaN}"
  default:
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
    return "\(parts[0]) \\cdot 10^{\(exponent)}"
  }
}
