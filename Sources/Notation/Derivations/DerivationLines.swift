import Engine

extension Derivation {
  /// One row: `k=1    0.138498562 · 0.4    =  0.055399425`.
  package struct Line: Equatable, Sendable {
    /// What a row is for.
    package enum Kind: Sendable {
      /// A term of a sum.
      case term
      /// A part: a sum, a derivative, a line of an optimizer's rule.
      case part
      /// A way to the number, beside others.
      case way
      /// The value that it all ends in.
      case result
    }

    /// What it is for.
    package var kind: Kind
    /// What it is: `k=1`, `Σk`, `f1′`.
    package var label: String
    /// What stands in it: mostly its formula with the numbers put in.
    package var content: Content
    /// What it is worth.
    package var value: Double?
    /// A remark.
    package var remark: Text = ""
    /// Whether the remark says that numbers agree.
    package var isAgreement = false
    /// How far it is set in.
    package var level = 0
  }

  /// What stands in a row, as expressions: text is made of it at the edge.
  package enum Content: Equatable, Sendable {
    /// Nothing but the value.
    case none
    /// A formula with the numbers put in, or where these would be the value again, a name.
    case expression(Expression)
    /// A formula and what it is with the numbers put in.
    case equation(Expression, numbers: Expression)
    /// Terms of a sum one behind the other; nil for some that are left out.
    case sum([Expression?])
    /// So many terms that have no row of their own.
    case more(Int)

    /// Whether there is nothing.
    var isEmpty: Bool { self == .none }

    /// The line as a reader sees it.
    package var text: Text {
      switch self {
      case .none: ""
      case .expression(let expression): Text(verbatim: expression.onPage.pretty)
      case .equation(let symbols, let numbers): Text(verbatim: "\(symbols.onPage.pretty) = \(numbers.pretty)")
      case .sum(let terms):
        Text(
          verbatim: terms.enumerated().map { place, term in
            let text = term?.pretty ?? "…"
            return place > 0 && text.hasPrefix("-") ? "(\(text))" : text
          }.joined(separator: " + "))
      case .more(let count): "\(count) more"
      }
    }
  }
}
