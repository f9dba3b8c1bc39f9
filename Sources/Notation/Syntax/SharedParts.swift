/// A formula whose repeated parts have names, as one who writes it in a program gives them: `u = net - max(net)`.
package struct SharedParts: Equatable, Sendable {
  /// The parts, each over those before it.
  package let parts: [Part]
  /// The formula over them.
  package let body: Expression

  /// A part with its name.
  package struct Part: Equatable, Sendable {
    /// The name that stands for it.
    package let name: String
    /// What it is.
    package let expression: Expression
  }

  /// How many nodes a part has at least that is worth a name.
  private static let fewest = 4

  /// Names what stands more than once in a formula, the largest parts first, as far as the names reach.
  package init(of formula: Expression, names: [String]) {
    var (body, found) = (formula, [Part]())
    for name in names {
      guard let part = SharedParts.largestRepeated(in: found.map(\.expression) + [body]) else { break }
      let stand = Expression.name(name)
      found = found.map { Part(name: $0.name, expression: $0.expression.replacing(part, by: stand)) }
      body = body.replacing(part, by: stand)
      found.append(Part(name: name, expression: part))
    }
    // What was found later is smaller, and may stand in what was found before.
    parts = found.reversed()
    self.body = body
  }

  private static func largestRepeated(in expressions: [Expression]) -> Expression? {
    var counts: [String: (count: Int, size: Int, expression: Expression)] = [:]
    @discardableResult func walk(_ expression: Expression) -> Int {
      let size = expression.children.reduce(1) { $0 + walk($1) }
      guard size >= fewest else { return size }
      counts["\(expression)", default: (0, size, expression)].count += 1
      return size
    }
    for expression in expressions { walk(expression) }
    let repeated = counts.filter { $0.value.count > 1 }
    return repeated.max { ($0.value.size, $1.key) < ($1.value.size, $0.key) }?.value.expression
  }
}
