import Engine

extension Quantity {
  /// What it is in a network, as a line can claim it: `net1[j] = …`. Of what belongs to no sample it says what it is of one.
  /// Nil of what no operation computes.
  package func equation(in network: Network) -> String? {
    guard let equation = Operation.equation(of: self, in: network) else { return nil }
    let layer = Equation.layer(of: self, in: network)
    func letter(_ own: String) -> String {
      own == "j" ? network.indexLetter(ofLayer: layer - 1) : own == "k" ? network.indexLetter(ofLayer: layer) : own
    }
    let shown = kind.extent.letters.map(letter)
    let place = EquationPlace(of: self, in: network, at: shown.map { .name($0) })
    let indices = Array(shown.prefix(kind.extent.indexCount(in: network, layer: layer)))
    let element = Expression.name(name, version: nil, at: indices.map { .name($0) })
    return "\(element) = \(place.expression(equation))"
  }
}
