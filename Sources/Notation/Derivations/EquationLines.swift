import Engine

extension Quantity {
  /// What it is in a network, as a line can claim it: `net1[j] = …`. Of what belongs to no sample it says what it is of one.
  /// Nil of what no operation computes.
  package func equation(in network: Network) -> String? {
    guard let equation = Operation.equation(of: self, in: network) else { return nil }
    let indices = pageLetters(in: network).map { Expression.name($0) }
    let place = EquationPlace(of: self, in: network, at: indices)
    let element = Expression.name(name, version: nil, at: indices)
    return "\(element) = \(place.expression(equation))"
  }
}
