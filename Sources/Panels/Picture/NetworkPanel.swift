import Engine
import Notation

extension Panel {
  /// The picture: units as boxes with their activation and δ, edges with their weights, the step's layer lit.
  static let network = Panel(
    "network", "the network as a picture, with activations, weights and δ",
    .main(.then(5), fixedRows: fixedRows),
    arrows: .select("unit") { $0.moveInPicture($1, from: $2, $3) },
    followsSelection: true
  ) { scene in
    let title = {
      Title(
        networkTitle(scene), remark: scene.pageText { [.x, .y, .a, .out].contains($0.kind) }, target: .key("a"))
    }
    return Prepared(title: title, rows: networkRows(scene)) { drawNetwork(scene, into: &$0) }
  }
  .with(Sign.ofNetwork)

  private static func networkTitle(_ scene: Scene) -> String {
    let network = scene.state.experiment.network
    let name = scene.tongue("Network")
    guard network.isComplete else { return name }
    let mark = scene.byHand().map { ", " + $0 } ?? ""
    return "\(name) \(network.sizes), \(network.loss.rule.name), \(network.optimizer.rule.name)\(mark)"
  }

  /// The picture's rows depend on the network and on the window alone: what is left is enough for the table, the Jacobian
  /// and the derivation of its neediest step, and where that leaves little it takes a row a unit.
  private static func fixedRows(_ scene: Scene, rows: Int) -> Int {
    let network = scene.state.experiment.network
    guard network.inputs > 0 else { return min(3, rows) }
    let room = networkRows(scene)
    // Seven rows for a derivation; the three ways of one with a Jacobian and what is said of them have nine.
    let others =
      network.layers.map { layer in
        let shown = min(layer.units, 4)
        return shown + 3 + (layer.hasFullJacobian ? shown + 2 + 9 : 7)
      }.max() ?? 0
    let least = min(room.wished, min(max(rows / 4, 2), 4)) + 1
    let wished = rows >= 36 ? max(room.wished, min(room.most, rows / 3)) : room.wished
    return min(max(min(rows - others, wished + 1), least), rows)
  }

  private static func networkRows(_ scene: Scene) -> Room {
    let network = scene.state.experiment.network
    let most = (0...network.layers.count).map(network.units).max() ?? 0
    let spacing = most <= 3 ? 3 : most <= 8 ? 2 : 1
    // A row for the heading, and two for the nodes of the biases.
    let wished = most <= 1 ? 5 : min((most - 1) * spacing + 1, 32) + 2
    return Room(min(3, wished + 1), wished + 1, most: (most - 1) * NetworkGeometry.widestSpacing + 6)
  }

  private static func drawNetwork(_ scene: Scene, into grid: inout Grid) {
    let geometry = NetworkGeometry(scene, width: grid.width, height: grid.height)
    guard !geometry.columns.isEmpty else {
      grid.put(scene.tongue(scene.state.experiment.obstacle ?? ""), row: 0, column: 1, style: Style(.label))
      return
    }
    for (from, to) in zip(geometry.columns, geometry.columns.dropFirst()) {
      let pair = NetworkPair(scene, from: from, to: to)
      if pair.count <= NetworkGeometry.mostEdges {
        NetworkEdges(pair, height: grid.height).draw(on: &grid)
      } else {
        NetworkWeights(pair).draw(on: &grid)
      }
    }
    for column in geometry.columns { drawColumn(column, geometry.boxes, scene, &grid) }
    if let targets = NetworkTargets(geometry, scene, height: grid.height) { targets.draw(on: &grid) }
    if geometry.hidden.left > 0 { grid.put("<\(geometry.hidden.left)", row: 0, column: 0, style: Style(.label)) }
    if geometry.hidden.right > 0 {
      grid.put("\(geometry.hidden.right)>", row: 0, endingBefore: grid.width, style: Style(.label))
    }
  }

  // MARK: units

  private static func drawColumn(
    _ column: NetworkGeometry.Column, _ boxes: NetworkGeometry.Boxes, _ scene: Scene, _ grid: inout Grid
  ) {
    let state = scene.state
    let isLit = column.layer > 0 && column.layer == state.layer
    let values = unitQuantities(column, boxes, state)
    drawHeading(column, values, scene, isLit: isLit, &grid)
    if let row = column.bias {
      let text = "( 1 )"
      grid.put(text, row: row, column: column.right - text.count, style: Style(.label))
    }
    if column.strip > 0 { drawStrip(column, values, scene, &grid) }
    let computed = values.map { ComputedValue(state, $0.quantity) }
    let largest = computed.map(\.largest)
    let aligned = zip(values, computed).map { value, computed in
      let numbers = column.shown.compactMap { computed[$0] }
      return column.layer == 0
        ? AlignedNumbers(given: numbers, digits: scene.tableDigits, atMost: value.width)
        : AlignedNumbers(numbers, digits: scene.tableDigits, atMost: value.width, isSigned: value.isSigned)
    }
    for unit in column.shown {
      guard let row = column.row(of: unit) else { continue }
      let isChosen = scene.view.selection.map {
        $0.row == unit && $0.pictureLayer(in: state.experiment.network) == column.layer
      }
      let bracket = isChosen == true ? Style(.title) : isLit ? Style(.lit) : Style(.rule)
      grid.put("[", row: row, column: column.left, style: bracket)
      grid.put("]", row: row, column: column.right - 1, style: bracket)
      for (index, value) in values.enumerated() {
        let cell = Selection(value.quantity, row: unit)
        let (start, end) = (column.left + value.start, column.left + value.start + value.width)
        let number = computed[index][unit]
        let text = numberText(number, width: value.width, as: aligned[index])
        var style = Style(number.map { Role.signed($0, largest: largest[index]) } ?? .muted)
        if isLit { style = style.with(.bold) }
        if scene.view.selection == cell { style = Style(.selected) }
        grid.put(text, row: row, column: start, style: style)
        grid.mark(.cell(cell), row: row, columns: start..<end)
      }
    }
  }

  /// The numbers of a box: which, and in which of its cells.
  private struct UnitNumber {
    let quantity: Quantity
    let start: Int
    let width: Int
    let isSigned: Bool
  }

  private static func unitQuantities(
    _ column: NetworkGeometry.Column, _ boxes: NetworkGeometry.Boxes, _ state: State
  ) -> [UnitNumber] {
    guard column.layer > 0 else { return [UnitNumber(quantity: Quantity(.x), start: 1, width: 6, isSigned: false)] }
    let a = Quantity(.a, column.layer)
    let delta = Quantity(.delta, column.layer)
    switch boxes {
    case .wide:
      return [
        UnitNumber(quantity: Quantity(.net, column.layer), start: 1, width: 6, isSigned: false),
        UnitNumber(quantity: a, start: 8, width: 6, isSigned: false),
        UnitNumber(quantity: delta, start: 15, width: 7, isSigned: true),
      ]
    case .full:
      return [
        UnitNumber(quantity: a, start: 1, width: 6, isSigned: false),
        UnitNumber(quantity: delta, start: 8, width: 7, isSigned: true),
      ]
    case .compact:
      let isBack = state.phase == .backward || state.phase == .update
      return [UnitNumber(quantity: isBack ? delta : a, start: 1, width: 6, isSigned: false)]
    }
  }

  private static func drawHeading(
    _ column: NetworkGeometry.Column, _ values: [UnitNumber], _ scene: Scene, isLit: Bool, _ grid: inout Grid
  ) {
    let style = Style(isLit ? .lit : .label)
    if column.shown.count < column.units {
      let name = values.map(\.quantity.shownName).joined(separator: " ")
      let range = "\(name) \(column.shown.lowerBound + 1)-\(column.shown.upperBound)/\(column.units)"
      let start = column.left - (column.strip > 0 ? column.strip + 1 : 0)
      grid.put(range.clipped(to: column.right - start), row: 0, column: start, style: style)
    } else {
      for value in values {
        let indent = value.isSigned ? 2 : 3
        grid.put(value.quantity.shownName, row: 0, column: column.left + value.start + indent, style: style)
      }
    }
    grid.mark(.layer(column.layer), row: 0, columns: column.left..<column.right)
  }

  /// A number of a column in exactly so many cells; `·` where it is not computed.
  static func numberText(_ number: Double?, width: Int, as numbers: AlignedNumbers) -> String {
    number.map { numbers.text($0, width: width) } ?? "·".padded(to: width / 2 + 1, onTheRight: true).padded(to: width)
  }
}

extension Panel {
  /// All units of a layer that is too tall for its boxes, as small bars, those in boxes lit: each stands for the largest of
  /// its share of them.
  private static func drawStrip(
    _ column: NetworkGeometry.Column, _ values: [UnitNumber], _ scene: Scene, _ grid: inout Grid
  ) {
    guard let shown = values.last(where: { ComputedValue(scene.state, $0.quantity)[0] != nil }) ?? values.first else {
      return
    }
    let computed = ComputedValue(scene.state, shown.quantity)
    let rows = max(grid.height - 1, 1)
    let cells = min(rows * column.strip, column.units)
    for cell in 0..<cells {
      let units = (cell * column.units / cells)..<((cell + 1) * column.units / cells)
      let strongest = units.compactMap { computed[$0] }.max { abs($0) < abs($1) }
      let role = strongest.map { Role.signed($0, largest: computed.largest) } ?? .muted
      let isLit = units.overlaps(column.shown)
      let bar = strongest.map { Panel.bar($0, largest: computed.largest) } ?? "·"
      let (row, place) = (1 + cell / column.strip, column.left - column.strip - 1 + cell % column.strip)
      grid.put(bar, row: row, column: place, style: Style(role, isLit ? [.bold, .underline] : []))
    }
  }

  /// A bar as high as a number is large among others.
  private static func bar(_ value: Double, largest: Double) -> String {
    let share = abs(value) / max(largest, .leastNonzeroMagnitude)
    return share.isFinite ? bars[min(Int(min(share, 1) * 7.99), 7)] : "!"
  }

  private static let bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}

extension Scene {
  /// The letters of the user's own page for some of the quantities, as `page: z = net1, S = a1`; empty where there are none.
  package func pageText(_ isWanted: (Quantity) -> Bool) -> String {
    let wanted = pageNames.filter { isWanted($0.quantity) }
    guard !wanted.isEmpty else { return "" }
    return "\(tongue("page")): " + wanted.map { "\($0.name) = \($0.quantity.name)" }.joined(separator: ", ")
  }
}
