import Engine

/// Looks for the order in which the units of a hidden layer were given: the one in which all that is wrong as it stands is right.
/// Units are matched by their numbers.
private struct UnitOrderSearch {
  let layer: Int
  let state: State
  /// What is right as it stands, with numbers of the layer's units.
  private var inPlace: [Part] = []
  /// What is wrong as it stands, and would be right in another order.
  private(set) var moved: [Part] = []

  /// Numbers of the layer's units, and how many times ours they are in the form in which they were given.
  struct Part {
    let numbers: ForeignNumbers
    var factor = 1.0
  }

  /// The most units that are put in order.
  private static let mostUnits = 256

  /// Nil where the layer has no units that could change places.
  init?(_ layer: Int, in all: [ForeignNumbers], at state: State) {
    (self.layer, self.state) = (layer, state)
    guard 2...UnitOrderSearch.mostUnits ~= state.experiment.network.units(layer) else { return nil }
    for numbers in all where numbers.isOfUnits(of: layer) {
      if numbers.isRight {
        inPlace.append(Part(numbers: numbers.convention.flatMap { numbers.read(in: $0, at: state) } ?? numbers))
      } else if numbers.isWhole {
        let factors = [1] + Convention.factors(for: numbers.quantity, in: state).map(\.factor)
        let parts = factors.map { Part(numbers: numbers, factor: $0) }
        if let part = parts.first(where: { order(of: [$0]) != nil }) { moved.append(part) }
      }
    }
  }

  /// The order in which all that is moved is right, and what is right as it stands still is; nil where there is none.
  var order: UnitOrder? {
    guard !moved.isEmpty, let units = order(of: inPlace + moved), units != Array(units.indices) else {
      return nil
    }
    return UnitOrder(layer: layer, units: units)
  }

  /// Which of our units each of theirs is by all of some numbers; nil where they are no such units.
  private func order(of all: [Part]) -> [Int]? {
    let parts = all.compactMap { part in part.numbers.places(ofUnitsOf: layer).map { (part, $0) } }
    let units = state.experiment.network.units(layer)
    guard !parts.isEmpty, parts.allSatisfy({ $0.1.count == units }) else { return nil }
    var candidates: [[Int]] = []
    for theirs in 0..<units {
      let own = (0..<units).filter { own in
        parts.allSatisfy { part, places in
          zip(places[theirs], places[own]).allSatisfy {
            part.numbers.agrees(at: $0, with: part.factor * part.numbers.truth.elements[$1])
          }
        }
      }
      guard !own.isEmpty else { return nil }
      candidates.append(own)
    }
    return UnitOrderSearch.matched(candidates)
  }

  /// One of its candidates for each, none for two; nil where that cannot be.
  private static func matched(_ candidates: [[Int]]) -> [Int]? {
    var theirs = [Int?](repeating: nil, count: candidates.count)
    /// Whether a place is found, if others have to move for it.
    func place(_ unit: Int, _ seen: inout Set<Int>) -> Bool {
      for own in candidates[unit] where seen.insert(own).inserted {
        if let holder = theirs[own], !place(holder, &seen) { continue }
        theirs[own] = unit
        return true
      }
      return false
    }
    for unit in candidates.indices {
      var seen: Set<Int> = []
      guard place(unit, &seen) else { return nil }
    }
    var units = [Int](repeating: 0, count: candidates.count)
    for (own, unit) in theirs.enumerated() { if let unit { units[unit] = own } }
    return units
  }
}

extension ForeignNumbers {
  /// Numbers of one place with the units of hidden layers in our order, where several quantities say in which they were given
  /// and none says that it is ours. What is wrong in either is read in that order too.
  static func inOneOrder(_ all: [ForeignNumbers], on line: Timeline) -> [ForeignNumbers] {
    let (state, program) = (line.state, line.state.program)
    var read = all.sorted { $0.comes(before: $1, in: program) }
    for layer in 1..<max(state.experiment.network.layers.count, 1) {
      guard let search = UnitOrderSearch(layer, in: read, at: state), let order = search.order else { continue }
      let moved = search.moved.map(\.numbers)
      guard let first = moved.first, let place = read.firstIndex(where: { $0.quantity == first.quantity }) else {
        continue
      }
      // One quantity alone may as well have its numbers in the wrong places.
      guard moved.count > 1 else {
        read[place].doubt = .order(order)
        continue
      }
      for place in read.indices where !read[place].isRight && read[place].isOfUnits(of: layer) {
        read[place] = read[place].read(in: order, at: state) ?? read[place]
      }
      // So may several that come of one, and all that the layer has on the way back may come of what was not given.
      let isOfWayBack = moved.allSatisfy { $0.quantity.layer == layer && $0.quantity.kind.gradientOf != nil }
      if isOfWayBack || moved.dropFirst().allSatisfy({ Consequence(of: $0, from: first, on: line) == .follows }) {
        for numbers in moved {
          if let place = read.firstIndex(where: { $0.quantity == numbers.quantity }) { read[place].doubt = .permuted }
        }
      }
    }
    return read
  }
}
