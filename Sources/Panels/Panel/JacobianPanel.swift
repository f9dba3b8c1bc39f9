import Engine
import Notation

extension Panel {
  /// The whole Jacobian of a layer whose activations depend on all its pre-activations, with the weight of each row.
  package static let jacobian = Panel(
    "jacobian", "∂a[i]/∂net[k] of a softmax layer, with the weight of each row",
    .main(.then(0)), arrows: .select("cell") { $0.moveInJacobian($1, from: $2, $3) }, followsSelection: true
  ) { scene throws(Missing) in
    let layer = scene.layerOnShow
    guard layer >= 1 else { return nil }
    guard scene.state.showsJacobian(layer: layer) else {
      throw Missing(
        reason: "each unit of layer \(layer) is activated by itself: f\(layer)′ in the layer's table is all")
    }
    let (names, lit) = (jacobianNames(scene), jacobianColumn(scene))
    let title = {
      let column = lit.map { "  (column k=\($0 + 1) lit)" } ?? ""
      return Title("\(scene.tongue("Jacobian")) J\(layer)[i,k] = ∂\(names.a)[i]/∂\(names.net)[k]\(column)")
    }
    let units = scene.state.experiment.network.units(layer)
    return Prepared(title: title, rows: Room(min(units, 3) + 1, units + 1)) { grid in
      guard grid.height > 0 else { return }
      JacobianDrawing(scene, lit: lit, names: names, width: grid.width, height: grid.height).draw(into: &grid)
    }
  }
  .with(Sign.ofJacobian)

  /// What the page calls the activations and the pre-activations.
  private static func jacobianNames(_ scene: Scene) -> (a: String, net: String) {
    func name(_ kind: Quantity.Kind) -> String {
      let quantity = Quantity(kind, scene.layerOnShow)
      return scene.pageNames.first { $0.quantity == quantity }?.name ?? quantity.name
    }
    return (name(.a), name(.net))
  }

  /// The column of the pre-activation that is looked at, from 0.
  private static func jacobianColumn(_ scene: Scene) -> Int? {
    guard let selection = scene.view.selection else { return nil }
    switch selection.quantity {
    case Quantity(.jacobian, scene.layerOnShow): return selection.column
    case Quantity(.delta, scene.layerOnShow), Quantity(.net, scene.layerOnShow), Quantity(.a, scene.layerOnShow):
      return selection.row
    default: return nil
    }
  }

}

/// Draws the part of a Jacobian that a rectangle has room for.
private struct JacobianDrawing {
  let scene: Scene
  let lit: Int?
  let names: (a: String, net: String)
  let cellWidth: Int
  let rows: Range<Int>
  let columns: Range<Int>
  private let layer: Int
  private let units: Int
  private let computed: Int
  private let activation: ActivationChoice
  private let net: Matrix
  private let a: Matrix
  private let weights: [Double]?
  /// How the elements on show are written, and the weights of the rows.
  private var aligned = AlignedNumbers([], digits: 1)
  private var alignedWeights: AlignedNumbers?
  private let margin = 7
  /// Whether the formulas of an element stand on the right.
  private let hasRules: Bool
  /// What the weight of a row and the formulas take.
  private static let side = 36

  init(_ scene: Scene, lit: Int?, names: (a: String, net: String), width: Int, height: Int) {
    self.scene = scene
    self.lit = lit
    self.names = names
    layer = scene.layerOnShow
    units = scene.state.experiment.network.units(layer)
    cellWidth = max(8, scene.tableDigits + 4)
    let jacobian = Quantity(.jacobian, layer)
    computed = scene.state.computedUnits(of: jacobian) ?? units
    activation = scene.state.experiment.network.layers[layer - 1].activation
    net = (try? scene.state.value(of: Quantity(.net, layer))) ?? Matrix(column: [])
    a = (try? scene.state.value(of: Quantity(.a, layer))) ?? Matrix(column: [])
    weights = (try? scene.state.value(of: Quantity(.da, layer)))?.elements
    let scroll = scene.view.scroll(of: "jacobian")
    let selected = scene.view.selection.flatMap { $0.quantity == jacobian ? $0.row : nil }
    rows = Window(count: units, room: height - 1, showing: selected ?? lit ?? 0, moved: scroll.rows).range
    // On the right stand the weight of the row and the two formulas, where there is room.
    let all = 7 + units * (cellWidth + 1) + JacobianDrawing.side
    hasRules = all <= width || width >= 80
    let side = hasRules ? JacobianDrawing.side : width >= 50 ? cellWidth + 4 : 0
    let room = max((width - 7 - side) / (cellWidth + 1), 1)
    columns = Window(count: units, room: room, showing: lit ?? 0, moved: scroll.columns).range
    let elements = columns.flatMap { column in rows.compactMap { value($0, column) } }
    aligned = AlignedNumbers(elements, digits: scene.tableDigits, atMost: cellWidth - 1)
    alignedWeights = weights.map { AlignedNumbers($0, digits: scene.tableDigits, atMost: cellWidth) }
  }

  /// An element, as far as it is computed.
  private func value(_ row: Int, _ column: Int) -> Double? {
    guard row < computed, row < a.count, column < net.count else { return nil }
    return activation.jacobian(net: net, a: a, row, column)
  }

  func draw(into grid: inout Grid) {
    let end = margin + columns.count * (cellWidth + 1) + 1
    for (place, column) in columns.enumerated() {
      let right = margin + (place + 1) * (cellWidth + 1)
      grid.put("k=\(column + 1)", row: 0, endingBefore: right, style: Style(column == lit ? .lit : .label))
    }
    grid.markHidden(before: rows.lowerBound, shown: rows.count, of: units, top: 1, column: 0)
    if columns.lowerBound > 0 { grid.put("‹", row: 0, column: 0, style: Style(.label)) }
    if columns.upperBound < units { grid.put("›", row: 0, column: end - 1, style: Style(.label)) }
    let heading = hasRules ? "weight of row i: \(weightFormula)" : weightFormula
    grid.put("|  \(heading)", row: 0, column: end, style: Style(.label))
    for (line, row) in rows.enumerated() {
      drawRow(row, line: line + 1, into: &grid)
      let after = drawWeight(row, line: line + 1, column: end, into: &grid)
      guard hasRules else { continue }
      let rule =
        line == 0 ? "i=k  : \(element(isDiagonal: true))" : line == 1 ? "i≠k  : \(element(isDiagonal: false))" : ""
      grid.put(rule, row: line + 1, column: after + 2, style: Style(.label))
    }
  }

  /// ∂L/∂a[i], written out where the layer is the last one.
  private var weightFormula: String {
    let network = scene.state.experiment.network
    guard layer == network.layers.count else { return "∂L/∂\(names.a)[i]" }
    let formula = Derivation.formula(
      of: Quantity(.da, layer), in: network, letters: ["i"], names: [Quantity(.a, layer): names.a])
    return formula.flatMap { $0.count <= 24 ? $0 : nil } ?? "∂L/∂\(names.a)[i]"
  }

  /// The formula of an element, from the activation's row, in the space that there is; a minus stands out to the left.
  private func element(isDiagonal: Bool) -> String {
    let formula =
      Derivation.formula(
        of: Quantity(.jacobian, layer), in: scene.state.experiment.network, letters: [isDiagonal ? "k" : "i", "k"],
        names: [Quantity(.net, layer): names.net, Quantity(.a, layer): names.a]) ?? ""
    let tight = formula.filter { $0 != " " }.replacing("·(", with: "(")
    return tight.hasPrefix("-") ? tight : " " + tight
  }

  private func drawRow(_ row: Int, line: Int, into grid: inout Grid) {
    let isSelected = scene.view.selection.map { $0.quantity == Quantity(.jacobian, layer) && $0.row == row } ?? false
    grid.put("i=\(row + 1)", row: line, column: 1, style: Style(isSelected ? .selected : .label))
    for (place, column) in columns.enumerated() {
      let right = margin + (place + 1) * (cellWidth + 1)
      let cell = Selection(Quantity(.jacobian, layer), row: row, column: column)
      let isCell = scene.view.selection == cell
      grid.mark(.cell(cell), row: line, columns: right - cellWidth..<right)
      guard let value = value(row, column) else {
        grid.put("·", row: line, endingBefore: right, style: Style(isCell ? .selected : .muted))
        continue
      }
      let role = isCell ? Role.selected : column == lit ? .lit : .signed(value, largest: 0.25)
      let text = aligned.text(value)
      let before = text.prefix { $0 == " " }.count
      let start = grid.put(text, row: line, endingBefore: right, style: Style(role)) + before
      // The lit column reads without colour too: the cell on the diagonal, or the selected one, is bracketed.
      if isCell || scene.view.selection?.quantity != cell.quantity && column == lit && row == column {
        grid.put("[", row: line, column: start - 1, style: Style(.selected))
        grid.put("]", row: line, column: right, style: Style(.selected))
      }
    }
  }

  /// The weight of a row, and where it ends.
  private func drawWeight(_ row: Int, line: Int, column: Int, into grid: inout Grid) -> Int {
    let after = grid.put("|  ", row: line, column: column, style: Style(.label))
    guard let weights, weights.indices.contains(row) else {
      grid.put("·", row: line, column: after + cellWidth - 1, style: Style(.muted))
      return after + cellWidth
    }
    let text = alignedWeights?.text(weights[row], width: cellWidth) ?? ""
    return grid.put(text, row: line, column: after, style: Style(.signed(weights[row], largest: 1)))
  }
}
