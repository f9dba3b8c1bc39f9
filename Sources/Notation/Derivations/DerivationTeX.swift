import Engine

extension Derivation {
  /// The derivation for LaTeX: the formula, each row with its numbers, and the value, under each other at their signs of
  /// equality.
  package var tex: String {
    let name = written.name.tex
    let number = texNumber(significant(value, digits: digits))
    guard check != .given else { return "\(name) = \(number)" }
    var rows = written.formula.map { ["\(name) &= \($0.tex)"] } ?? []
    for line in lines {
      let label = line.kind == .result ? name : Derivation.texLabel(line.label)
      let value = line.value.map { texNumber(significant($0, digits: digits)) }
      let content = texContent(line.content)
      // The result comes after what it is made of; a row that has a name of its own is told by it.
      let sides = [label, content, value].compactMap(\.self).filter { !$0.isEmpty }
      guard sides.count > 1 else { continue }
      rows.append(
        line.kind == .term
          ? "\(label)\\colon\\quad & \(sides.dropFirst().joined(separator: " = "))"
          : "\(sides[0]) &= " + sides.dropFirst().joined(separator: " = "))
    }
    return "\\begin{aligned}\n" + rows.map { "  " + $0 }.joined(separator: " \\\\\n") + "\n\\end{aligned}"
  }

  private func texContent(_ content: Content) -> String {
    switch content {
    case .none: ""
    case .expression(let expression): expression.onPage.tex
    case .equation(let symbols, let numbers): "\(symbols.onPage.tex) = \(numbers.tex)"
    case .sum(let terms): terms.map { $0?.tex ?? "\\dots" }.joined(separator: " + ")
    case .more(let count): "\\text{\(count) more}"
    }
  }

  /// What a row is called: `k=1`, `Σk`, `f1′` in mathematics, words as words.
  private static func texLabel(_ label: String) -> String {
    let text = label.drop { $0 == " " }
    if text.count > 1, text.allSatisfy({ $0.isASCII && $0.isLetter }) { return "\\text{\(text)}" }
    return text.map { texSigns[$0] ?? String($0) }.joined()
  }

  private static let texSigns: [Character: String] = [
    "Σ": "\\sum_", "′": "'", "≠": "\\neq ", "δ": "\\delta ", "∂": "\\partial ", "Δ": "\\Delta ", "·": "\\cdot ",
    "⟨": "\\langle ", "⟩": "\\rangle ", "_": "\\_", "%": "\\%", "#": "\\#", "&": "\\&", "…": "\\dots ",
  ]
}
