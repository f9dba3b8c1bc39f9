import Engine

// What a number is made of may be computed by another formula than its own: then it is no right number either.
extension Derivation {
  /// So many quantities are looked at on the way back from a number; in a deeper network it is said of those that are near.
  private static let mostLookedAt = 64

  /// The mistakes in what the factors are made of, the factors included, each with the quantities that it is in:
  /// `mistake: one term is taken for the sum (in ∂L/∂a1)`.
  static func notesOnMistakes(before factors: [Element], in state: State) -> [Text] {
    let network = state.experiment.network
    guard network.alterations.contains(where: { !$0.isSecret }) else { return [] }
    var (waiting, seen) = (factors[...], Set<Quantity>())
    var found: [(remark: Text, names: [String])] = []
    while let factor = waiting.popFirst(), seen.count < mostLookedAt {
      guard seen.insert(factor.quantity).inserted else { continue }
      if let mistake = network.alteration(of: factor.quantity), let remark = mistake.equation.remark {
        let name = Expression.name(factor.quantity.name).onPage.pretty
        if let index = found.firstIndex(where: { $0.remark == remark }) {
          found[index].names.append(name)
        } else {
          found.append((remark, [name]))
        }
      }
      let next = try? Derivation(of: factor, in: state, digits: 9, letters: [:], saysMistakes: false)
      waiting += next?.factors ?? []
    }
    return found.map { remark, names in
      let more = names.count > 4 ? ", …" : ""
      return "\(remark) (in \(names.prefix(4).joined(separator: ", "))\(more))"
    }
  }
}
