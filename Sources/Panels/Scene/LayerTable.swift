import Engine

/// What the table of a layer holds at a place: rows are the layer's units, columns come in blocks, one block for each
/// quantity. The panel draws it and the arrows move in it.
package struct LayerTable: Equatable, Sendable {
  /// One quantity of the table.
  package struct Block: Equatable, Sendable {
    /// The quantity.
    package let quantity: Quantity
    /// How many columns it takes.
    package let columns: Int
    /// How many rows it has: one for each unit, or 1 where a bias is shared.
    package let rows: Int
  }

  /// The layer, counted from 1.
  package let layer: Int
  /// Its units.
  package let units: Int
  /// The quantities, from left to right.
  package let blocks: [Block]

  /// The table of a layer as the phase on show makes it: on the way forward what leads to `a`, on the way back what leads
  /// to δ and the gradients, and in an update what leads to the new weight. Nil where there is no such layer.
  package init?(_ state: State, layer: Int) {
    let network = state.experiment.network
    guard layer >= 1, layer <= network.layers.count else { return nil }
    self.layer = layer
    units = network.units(layer)
    let isLast = layer == network.layers.count
    let kinds: [Quantity.Kind] =
      switch state.phase {
      case .start, .forward: [.w, .b, .net, .a] + (isLast ? [.y] : [])
      case .loss: [.w, .b, .net, .a] + (isLast ? [.y] : [])
      case .backward:
        [.w, .net, .a] + (isLast ? [.y] : []) + [.da, .delta] + LayerTable.withBefore(.dw, network)
          + LayerTable.withBefore(.db, network)
      case .update: LayerTable.kindsOfUpdate(network.optimizer)
      }
    blocks = kinds.compactMap { kind in
      let quantity = Quantity(kind, kind.isOfLayer ? layer : 0)
      guard let shape = state.shape(of: quantity), shape.rows > 0 else { return nil }
      return Block(quantity: quantity, columns: shape.columns, rows: shape.rows)
    }
  }

  /// A gradient, behind what the iteration before left of it where a mistake reads that.
  private static func withBefore(_ gradient: Quantity.Kind, _ network: Network) -> [Quantity.Kind] {
    guard network.alterations.contains(where: \.readsGradientsBefore) else { return [gradient] }
    return Quantity.Kind.all.filter { $0.gradientBefore == gradient } + [gradient]
  }

  private static func kindsOfUpdate(_ optimizer: OptimizerChoice) -> [Quantity.Kind] {
    func memory(_ parameter: Quantity.Kind) -> [Quantity.Kind] {
      optimizer.memory.compactMap { .memory($0, of: parameter) }
    }
    return [.dw] + memory(.w) + [.uw, .w, .db] + memory(.b) + [.ub, .b]
  }

  /// How many columns the table has.
  package var columns: Int { blocks.reduce(0) { $0 + $1.columns } }

  /// The element in a row and a column of the table, or nil where there is none.
  package func cell(row: Int, column: Int) -> Selection? {
    guard row >= 0, row < units, column >= 0 else { return nil }
    var left = column
    for block in blocks {
      if left < block.columns { return Selection(block.quantity, row: min(row, block.rows - 1), column: left) }
      left -= block.columns
    }
    return nil
  }

  /// The row and the column of the table at which an element stands, or nil where it is not in the table.
  package func position(of selection: Selection) -> (row: Int, column: Int)? {
    var before = 0
    for block in blocks {
      if block.quantity == selection.quantity, selection.row < units, selection.column < block.columns {
        return (selection.row, before + selection.column)
      }
      before += block.columns
    }
    return nil
  }
}

extension Scene {
  /// What stands behind the name of a quantity that another formula computes than its own; empty of any other.
  func markOfMistake(in quantity: Quantity) -> String {
    state.experiment.network.alteration(of: quantity) == nil ? "" : "!"
  }

  /// The layer whose table is on show: that of the selection, else that of the step on show, else the first.
  package var layerOnShow: Int {
    let count = state.experiment.network.layers.count
    let selected = view.selection?.quantity.layer ?? 0
    if selected >= 1, selected <= count { return selected }
    if let kind = view.selection?.quantity.kind, kind == .y || kind == .out || kind == .loss { return count }
    if view.selection?.quantity.kind == .x { return min(1, count) }
    return state.layer >= 1 ? min(state.layer, count) : state.phase == .loss ? count : min(1, count)
  }
}
