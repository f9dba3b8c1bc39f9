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
    case .name(let name, let version): return self.name(name, version)
    case .element(let base, let indices):
      return print(base, atLeast: .postfix) + "_{" + indices.map(print).joined(separator: ",") + "}"
    case .file(let file): return "\\text{\(file.text)}"
    case .matrix(let rows):
      let lines = Expression.Kind.rowsMeant(by: rows).map { $0.map(print).joined(separator: " & ") }
      return "\\begin{bmatrix} " + lines.joined(separator: " \\\\ ") + " \\end{bmatrix}"
    case .unary(.not, let operand): return "\\lnot " + print(operand, atLeast: .not)
    case .unary(.minus, let operand):
      let text = print(operand, atLeast: .minus)
      return text.hasPrefix("-") ? "-" + parenthesized(text) : "-" + text
    case .binary(let sign, let left, let right): return print(sign, left, right)
    case .transpose(let operand): return "{" + print(operand, atLeast: .postfix) + "}^{\\top}"
    case .norm(let operand): return "\\left\\lVert " + print(operand) + " \\right\\rVert"
    case .call(let name, let isDerivative, let arguments):
      let list = arguments.map(print).joined(separator: ", ")
      return function(name) + (isDerivative ? "'" : "") + parenthesized(list)
    case .fold(let fold, let index, let bounds, let body): return print(fold, index, bounds, body)
    case .at(let step, let body): return "\\left. " + print(body) + " \\right|_{" + print(step) + "}"
    case .old(let body): return parenthesized(print(body)) + "^{\\text{old}}"
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

  private func print(_ expression: Expression, atLeast precedence: Precedence) -> String {
    let text = print(expression)
    return self.precedence(expression) < precedence ? parenthesized(text) : text
  }

  private func precedence(_ expression: Expression) -> Precedence {
    switch expression.kind {
    case .unary(let sign, _): sign.precedence
    // A fraction holds its parts together by its line.
    case .binary(.over, _, _): .minus
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
    var below = name(index, nil)
    var above = ""
    if let bounds {
      below += "=" + print(bounds.first)
      above = "^{" + print(bounds.last) + "}"
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
  private func name(_ name: String, _ version: Int?) -> String {
    if Quantity.Kind.loss.isCalled(name) { return "L" }
    let letters = String(name.prefix { !$0.isNumber })
    let layer = name.dropFirst(letters.count)
    guard layer.allSatisfy(\.isNumber), Quantity.named(name) != nil || layer.isEmpty else { return word(name) }
    let quantity = layer.isEmpty ? nil : letters
    let base = quantity.flatMap { TeXPrinter.letters[$0] } ?? word(letters)
    let upper = (layer.isEmpty ? [] : ["(\(layer))"]) + (version.map { ["\\langle \($0) \\rangle"] } ?? [])
    return base + (upper.isEmpty ? "" : "^{" + upper.joined(separator: "\\,") + "}")
  }

  /// What quantities of a layer are called on a page.
  private static let letters = [
    "delta": "\\delta", "dw": "\\partial w", "db": "\\partial b", "da": "\\partial a", "uw": "\\Delta w",
    "ub": "\\Delta b",
  ]

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
