import Engine
import Notation

/// The formulas of a network's quantities, each written once for all the mistakes that are looked for in them.
package final class WrittenFormulas {
  private var known: [Quantity: [ElementFormula]] = [:]

  /// None yet.
  package init() {}

  /// The formulas of a quantity in a network, all calls being about networks that differ in what was altered alone. What is
  /// altered in one is written anew.
  func formulas(of quantity: Quantity, in network: Network) -> [ElementFormula] {
    guard network.alteration(of: quantity) == nil else {
      return ElementFormula.all(of: quantity, in: network, writingOut: 0)
    }
    if let known = known[quantity] { return known }
    let written = ElementFormula.all(of: quantity, in: network, writingOut: 0)
    known[quantity] = written
    return written
  }
}
