import Engine

/// The order in which somebody gives the units of a hidden layer, where it is not ours. Nothing depends on it, so that it is no
/// fault.
package struct UnitOrder: Equatable, Sendable {
  /// The layer.
  package let layer: Int
  /// Which of our units each of theirs is, from 0.
  package let units: [Int]

  /// The most units that are named one by one, and the most whose order is told.
  private static let (mostNamed, mostTold) = (8, 16)

  /// What it is, as in "dw1 is given …".
  package var words: Text { "given with \(list)" }

  /// `units 1 2 3 of layer 1 in the order 2 3 1`
  package var list: Text {
    let more = units.count > UnitOrder.mostTold ? " …" : ""
    let order = units.prefix(UnitOrder.mostTold).map { "\($0 + 1)" }.joined(separator: " ") + more
    guard units.count <= UnitOrder.mostNamed else {
      return "the \(units.count) units of layer \(layer) in the order \(order)"
    }
    return "units \((1...units.count).map(String.init).joined(separator: " ")) of layer \(layer) in the order \(order)"
  }

  /// Numbers of a quantity with what belongs to each unit in our unit's place.
  func undone(_ given: Matrix, of numbers: ForeignNumbers) -> Matrix {
    let (rows, columns) = (numbers.isInRows(of: layer), numbers.isInColumns(of: layer))
    var elements = given.elements
    for place in elements.indices {
      let (sample, rest) = place.quotientAndRemainder(dividingBy: numbers.countOfOne)
      let (row, column) = rest.quotientAndRemainder(dividingBy: numbers.columnsOfOne)
      let own = (row: rows ? units[row] : row, column: columns ? units[column] : column)
      elements[sample * numbers.countOfOne + own.row * numbers.columnsOfOne + own.column] = given.elements[place]
    }
    return Matrix(rows: given.rows, columns: given.columns, elements: elements)
  }
}

// Where the numbers of a layer's units stand among those of a quantity.
extension ForeignNumbers {
  /// How many columns one sample has of it.
  fileprivate var columnsOfOne: Int {
    guard isOfBatch else { return max(truth.columns, 1) }
    return quantity.kind.extent == .square ? max((1...max(countOfOne, 1)).first { $0 * $0 >= countOfOne } ?? 1, 1) : 1
  }

  /// Whether each row is a unit's of a layer.
  fileprivate func isInRows(of layer: Int) -> Bool {
    guard quantity.layer == layer else { return false }
    switch quantity.kind.extent {
    case .units, .weights, .square: return true
    // The bias of a whole layer is no unit's.
    case .biases: return countOfOne > 1
    default: return false
    }
  }

  /// Whether each column is a unit's of a layer.
  fileprivate func isInColumns(of layer: Int) -> Bool {
    switch quantity.kind.extent {
    case .square: quantity.layer == layer
    case .weights: quantity.layer == layer + 1
    default: false
    }
  }

  /// Whether it has numbers of a layer's units.
  func isOfUnits(of layer: Int) -> Bool { isInRows(of: layer) || isInColumns(of: layer) }

  /// The places of each unit's numbers, in one order for all units; nil where none is one unit's alone.
  func places(ofUnitsOf layer: Int) -> [[Int]]? {
    let (rows, columns) = (isInRows(of: layer), isInColumns(of: layer))
    guard rows != columns, countOfOne > 0 else { return nil }
    let width = columnsOfOne
    var places = [[Int]](repeating: [], count: rows ? countOfOne / width : width)
    for place in truth.elements.indices {
      let (row, column) = (place % countOfOne).quotientAndRemainder(dividingBy: width)
      places[rows ? row : column].append(place)
    }
    return places
  }
}
