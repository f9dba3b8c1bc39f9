import Engine

/// Where an arrow points.
package enum Direction: Sendable {
  case up, down, left, right
}

extension View {
  /// The view after time has moved: the selection goes to the first cell that was just computed, unless it is pinned. What
  /// no longer exists is not selected.
  package func afterStep(_ state: State) -> View {
    var view = self
    if isPinned, let selection, state.contains(selection) { return self }
    view.isPinned = false
    view.selection = state.justComputed(isSmall: stride <= .operation)
    if view.selection?.quantity != selection?.quantity { view.unfolded = 0 }
    return view.withoutScroll
  }

  /// The view after the experiment was changed: the same cell where it still exists.
  package func afterChange(_ state: State) -> View {
    guard let selection, state.contains(selection) else {
      var view = self
      view.isPinned = false
      return view.afterStep(state)
    }
    return self
  }

  /// The view with the selection moved by one cell. In the picture it goes from unit to unit and from layer to layer, in
  /// the Jacobian and in the layer's table from cell to cell; over a table's upper and lower edge into the panel that
  /// stands there, over its sides into the neighbouring layer's table.
  package func moved(_ direction: Direction, in state: State) -> View {
    guard let selection, state.contains(selection) else {
      var view = self
      view.selection = state.justComputed(isSmall: false)
      return view
    }
    var view = withoutScroll
    if case .select(_, let move) = Panel.named(focus)?.arrows {
      move(&view, direction, selection, state)
    } else {
      view.moveInTable(direction, from: selection, state)
    }
    if view.selection != selection { view.unfolded = 0 }
    return view
  }

  /// The view with a cell selected, as by the mouse. The cell stays selected until the next step.
  package func selecting(_ cell: Selection, in state: State) -> View {
    guard state.contains(cell) else { return self }
    var view = withoutScroll
    view.selection = cell
    if cell != selection { view.unfolded = 0 }
    return view
  }

  /// The panels that follow the selection show it again.
  private var withoutScroll: View {
    var view = self
    for panel in Panel.body where panel.followsSelection { view.scrolls[panel.name] = nil }
    return view
  }

  mutating func moveInTable(_ direction: Direction, from selection: Selection, _ state: State) {
    var scene = Scene(state)
    scene.view = self
    guard let table = LayerTable(state, layer: scene.layerOnShow) else { return }
    guard let (row, column) = table.position(of: selection) else {
      // The selected cell stands in another panel: the arrows begin at the table's main column.
      let main = table.blocks.last { $0.columns == 1 && [.a, .delta].contains($0.quantity.kind) } ?? table.blocks.first
      if let main { self.selection = Selection(main.quantity, row: min(selection.row, main.rows - 1)) }
      return
    }
    switch direction {
    case .up where row == 0:
      // The picture shows whose cell it is: its unit is where one looks.
      focus = Panel.network.name
      let unit = Selection(
        state.quantityInPicture(layer: table.layer, like: selection.quantity.kind), row: selection.row)
      if state.contains(unit) { self.selection = unit }
    case .down where row >= table.units - 1 || table.block(at: column)?.rows == 1:
      if state.showsJacobian(layer: table.layer) {
        focus = Panel.jacobian.name
        self.selection = Selection(
          Quantity(.jacobian, table.layer), row: 0, column: min(selection.row, table.units - 1))
      }
    case .up: self.selection = table.cell(row: row - 1, column: column)
    case .down: self.selection = table.cell(row: row + 1, column: column)
    case .left where column == 0: enterTable(layer: table.layer - 1, row: row, fromLeft: false, state)
    case .right where column == table.columns - 1: enterTable(layer: table.layer + 1, row: row, fromLeft: true, state)
    case .left: self.selection = table.cell(row: row, column: column - 1)
    case .right: self.selection = table.cell(row: row, column: column + 1)
    }
  }

  private mutating func enterTable(layer: Int, row: Int, fromLeft: Bool, _ state: State) {
    guard let table = LayerTable(state, layer: layer) else { return }
    // `y` belongs to no layer and would not bring the neighbour's table on show.
    let last = table.blocks.last?.quantity.kind == .y ? table.columns - 2 : table.columns - 1
    selection = table.cell(row: min(row, table.units - 1), column: fromLeft ? 0 : last) ?? selection
  }

  mutating func moveInPicture(_ direction: Direction, from selection: Selection, _ state: State) {
    let network = state.experiment.network
    var layer = selection.pictureLayer(in: network)
    var row = selection.row
    switch direction {
    case .up: row -= 1
    case .down: row += 1
    case .left: layer -= 1
    case .right: layer += 1
    }
    layer = min(max(layer, 0), network.layers.count + 1)
    let quantity = state.quantityInPicture(layer: layer, like: selection.quantity.kind)
    guard let count = state.shape(of: quantity)?.rows, count > 0 else { return }
    if direction == .down, row >= count { return focus = Panel.layer.name }
    self.selection = Selection(quantity, row: min(max(row, 0), count - 1))
  }

  mutating func moveInJacobian(_ direction: Direction, from selection: Selection, _ state: State) {
    guard selection.quantity.kind == .jacobian, let shape = state.shape(of: selection.quantity) else {
      var scene = Scene(state)
      scene.view = self
      self.selection = Selection(Quantity(.jacobian, scene.layerOnShow), row: 0, column: 0)
      if let selected = self.selection, !state.contains(selected) { self.selection = selection }
      return
    }
    var next = selection
    switch direction {
    case .up where selection.row == 0:
      focus = Panel.layer.name
      next = Selection(Quantity(.delta, selection.quantity.layer), row: selection.column)
    case .up: next.row -= 1
    case .down: next.row = min(next.row + 1, shape.rows - 1)
    case .left: next.column = max(next.column - 1, 0)
    case .right: next.column = min(next.column + 1, shape.columns - 1)
    }
    self.selection = next
  }
}

extension LayerTable {
  /// The block that a column of the table belongs to.
  func block(at column: Int) -> Block? {
    var left = column
    for block in blocks {
      if left < block.columns { return block }
      left -= block.columns
    }
    return nil
  }
}

extension Selection {
  /// The column of the picture in which an element stands: 0 is the input, L + 1 the target.
  package func pictureLayer(in network: Network) -> Int {
    switch quantity.kind {
    case .x, .dx: 0
    case .y: network.layers.count + 1
    case .out, .loss: network.layers.count
    default: quantity.layer
    }
  }
}

extension State {
  /// Whether the network has such an element.
  package func contains(_ selection: Selection) -> Bool {
    guard let shape = shape(of: selection.quantity) else { return false }
    return (0..<shape.rows).contains(selection.row) && (0..<shape.columns).contains(selection.column)
  }

  /// Whether a layer's Jacobian says more than its diagonal.
  package func showsJacobian(layer: Int) -> Bool {
    let layers = experiment.network.layers
    return layer >= 1 && layer <= layers.count && layers[layer - 1].hasFullJacobian
  }

  /// The quantity that a unit of the picture stands for: its δ where that is what is looked at, else its activation.
  func quantityInPicture(layer: Int, like kind: Quantity.Kind) -> Quantity {
    let last = experiment.network.layers.count
    if layer <= 0 { return Quantity(.x) }
    if layer > last { return Quantity(.y) }
    let isBack = phase == .backward || phase == .update
    let wantsDelta = kind == .a || kind == .delta ? kind == .delta : isBack
    return Quantity(wantsDelta ? .delta : .a, layer)
  }

  /// The first cell of what was just computed; at the beginning the first weight. A small stride ends at an operation or
  /// at a unit, so the cell is that one's own; a larger one ends with a layer step, whose main result it is.
  func justComputed(isSmall: Bool) -> Selection? {
    let first = Selection(experiment.network.layers.isEmpty ? Quantity(.x) : Quantity(.w, 1))
    if place.unit > 0, place.operation < program.operations.count {
      return Selection(program.operations[place.operation].quantity, row: place.unit - 1)
    }
    if isSmall || stepInProgress != nil, place.operation > 0, place.operation <= program.operations.count {
      return Selection(program.operations[place.operation - 1].quantity)
    }
    let main: Selection? =
      switch lastStep?.phase {
      case .forward: lastStep.map { Selection(Quantity(.a, $0.layer)) }
      case .loss: Selection(Quantity(.loss))
      case .backward: lastStep.map { Selection(Quantity(.delta, $0.layer)) }
      case .update: lastStep.map { Selection(Quantity(.w, $0.layer)) }
      case .start, nil: first
      }
    // The last step may have been one of a network that has changed since.
    return [main, first].compactMap { $0 }.first(where: contains)
  }
}
