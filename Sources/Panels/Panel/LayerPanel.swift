import Engine
import Notation

extension Panel {
  /// The numbers of one layer: a row for each unit, a column for each number that belongs to it.
  static let layer = Panel(
    "layer", "the numbers of a layer, a row for each unit",
    title: layerTitle,
    applies: { $0.layerOnShow >= 1 },
    columns: { scene in
      guard let whole = LayerBlocks(scene, width: .max) else { return Extent(20, 20) }
      let wished = whole.marginWidth + whole.totalWidth
      return Extent(min(wished, 55), wished)
    },
    rows: { scene, width in
      guard let blocks = LayerBlocks(scene, width: width) else { return Extent(1, 1) }
      let extra = blocks.extraRows
      return Extent(min(blocks.table.units, 2) + 1, blocks.table.units + 1 + extra)
    },
    draw: drawLayer)

  @Sendable private static func layerTitle(_ scene: Scene) -> Title {
    let (network, number) = (scene.state.experiment.network, scene.layerOnShow)
    guard number >= 1, number <= network.layers.count else { return Title(scene.tongue("Layer")) }
    let layer = network.layers[number - 1]
    var parts = ["dense \(network.units(number - 1))->\(layer.units)"]
    var activation = layer.activation.rule.name
    for (setting, value) in layer.activation.changed {
      activation += " \(setting.name)=\(significant(value, digits: 6))"
    }
    let closes = number == network.layers.count && network.closedForm != nil
    parts.append(closes ? "\(activation) + \(network.loss.rule.name)" : activation)
    if layer.bias != .own { parts.append(layer.bias.rawValue) }
    if layer.freezesWeights { parts.append("w frozen") }
    if layer.freezesBiases, layer.bias != .none { parts.append("b frozen") }
    let own = scene.pageNames.filter { $0.quantity.layer == number || $0.quantity.layer == 0 }
    let page = own.map { "\($0.name) = \($0.quantity.name)" }.joined(separator: ", ")
    return Title(
      "\(scene.tongue("Layer")) \(number): \(parts.joined(separator: ", "))",
      remark: page.isEmpty ? "" : "\(scene.tongue("page")): \(page)", target: .layer(number))
  }

  @Sendable private static func drawLayer(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    guard let blocks = LayerBlocks(scene, width: width), height > 0 else { return grid }
    LayerDrawing(blocks, width: width, height: height).draw(into: &grid)
    return grid
  }
}

extension LayerBlocks {
  /// The rows under the units: the sums of softmax, the gradients.
  var extraRows: Int { (hasSums ? 1 : 0) + below.count }
}

/// Draws the part of a layer's table that a rectangle has room for, with the selected cell in it.
struct LayerDrawing {
  let blocks: LayerBlocks
  let width: Int
  let height: Int
  private let rows: Range<Int>
  private let firstColumn: Int
  /// The rows under the units that there is room for.
  private let below: [[TableBlock]]
  private var scene: Scene { blocks.scene }

  init(_ blocks: LayerBlocks, width: Int, height: Int) {
    self.blocks = blocks
    self.width = width
    self.height = height
    let scroll = blocks.scene.view.scroll(of: "layer")
    below = LayerDrawing.rowsBelow(blocks, height: height)
    let room = max(height - 1 - (blocks.hasSums ? 1 : 0) - below.count, 1)
    let selected = blocks.scene.view.selection.flatMap { blocks.row(of: $0) } ?? 0
    rows = Window(count: blocks.table.units, room: room, showing: selected, moved: scroll.rows).range
    firstColumn = blocks.firstColumn(width: width, moved: scroll.columns)
  }

  /// Units come before the gradients under them, unless it is a gradient that was asked for or not all units fit anyway.
  private static func rowsBelow(_ blocks: LayerBlocks, height: Int) -> [[TableBlock]] {
    let selected = blocks.scene.view.selection?.quantity
    if let asked = blocks.below.first(where: { $0.contains { $0.quantity == selected } }), height < 6 { return [asked] }
    let left = height - 1 - (blocks.hasSums ? 1 : 0) - blocks.table.units
    return left >= 0 ? Array(blocks.below.prefix(left)) : height < 6 ? [] : blocks.below
  }

  func draw(into grid: inout Grid) {
    drawHeadings(into: &grid)
    for (line, row) in rows.enumerated() { draw(row, line: line + 1, into: &grid) }
    if rows.lowerBound > 0 { grid.put("↑", row: 1, column: 0, style: Style(.label)) }
    if rows.upperBound < blocks.table.units { grid.put("↓", row: rows.count, column: 0, style: Style(.label)) }
    var line = rows.count + 1
    if blocks.hasSums, line < height {
      drawSums(line: line, into: &grid)
      line += 1
    }
    for gradients in below where line < height {
      draw(gradients, line: line, into: &grid)
      line += 1
    }
  }

  /// The columns on show: block, column in it, and where it begins on the screen.
  private func eachColumn(_ visit: (TableBlock, Int, _ left: Int, _ right: Int) -> Void) {
    var (skipped, left) = (0, blocks.marginWidth)
    for block in blocks.blocks {
      for column in max(firstColumn - skipped, 0)..<max(block.columns, firstColumn - skipped, 0) {
        let right = left + 1 + block.width(of: column)
        guard right < width else { return }
        visit(block, column, left, right)
        left = right
      }
      skipped += block.columns
    }
  }

  private func drawHeadings(into grid: inout Grid) {
    let letter = scene.state.experiment.network.indexLetter(ofLayer: blocks.table.layer)
    grid.put(letter, row: 0, endingBefore: blocks.marginWidth, style: Style(.label))
    var shown = 0
    eachColumn { block, column, _, right in
      grid.put(block.heading(column), row: 0, endingBefore: right, style: Style(.label))
      shown += 1
    }
    if firstColumn > 0 { grid.put("‹", row: 0, column: 0, style: Style(.label)) }
    if firstColumn + shown < blocks.blocks.reduce(0, { $0 + $1.columns }) {
      grid.put("›", row: 0, column: width - 1, style: Style(.label))
    }
  }

  private func draw(_ row: Int, line: Int, into grid: inout Grid) {
    guard line < height else { return }
    let selection = scene.view.selection
    let isSelected = selection.flatMap { blocks.row(of: $0) } == row
    grid.put(
      "\(row + 1)", row: line, endingBefore: blocks.marginWidth - 1, style: Style(isSelected ? .selected : .label))
    if isSelected { grid.put(">", row: line, column: 0, style: Style(.selected)) }
    eachColumn { block, column, left, right in
      draw(block, row, column, line: line, left: left, right: right, into: &grid)
    }
  }

  /// A cell between two columns of the screen; the first is a blank, or the bracket of the selected cell.
  private func draw(
    _ block: TableBlock, _ row: Int, _ column: Int, line: Int, left: Int, right: Int, into grid: inout Grid
  ) {
    let cell = block.selection(row, column)
    let isSelected = cell != nil && cell == scene.view.selection
    switch block.content(row, column) {
    case .blank: return
    case .missing:
      grid.put("·", row: line, endingBefore: right, style: Style(isSelected ? .selected : .muted))
    case .number(let value):
      let text = fitted(value, width: right - left - 1, digits: scene.tableDigits)
      let role = block.role ?? Role.signed(value, largest: block.largest)
      grid.put(text, row: line, endingBefore: right, style: Style(isSelected ? .selected : role))
    }
    if isSelected {
      let text = grid.window(row: line, column: left, width: right - left, height: 1).line(0)
      let start = left + (text.firstIndex { $0 != " " }.map { text.distance(from: text.startIndex, to: $0) } ?? 1)
      grid.put("[", row: line, column: max(start - 1, 0), style: Style(.selected))
      grid.put("]", row: line, column: right, style: Style(.selected), end: width)
    }
    if let cell { grid.mark(.cell(cell), row: line, columns: left + 1..<right) }
  }

  // MARK: - Under the units

  /// What the columns of a softmax layer come to.
  private func drawSums(line: Int, into grid: inout Grid) {
    grid.put("Σ", row: line, endingBefore: blocks.marginWidth - 1, style: Style(.label))
    eachColumn { block, column, left, right in
      let isSummed =
        block.quantity.map { [.a, .y, .delta].contains($0.kind) } ?? (block.role == nil && !block.isOptional)
      guard isSummed else { return }
      var total = 0.0
      for row in 0..<blocks.table.units {
        guard case .number(let value) = block.content(row, column) else { return }
        total += value
      }
      // Rounding leaves a few units in the last place of the largest term; they are not shown as if they were something.
      let shown = abs(total) < 1e-15 * Double(blocks.table.units) * max(block.largest, 1e-300) ? 0 : total
      let text = fitted(shown, width: right - left - 1, digits: scene.tableDigits)
      grid.put(text, row: line, endingBefore: right, style: Style(.label))
    }
  }

  /// `∂w1 .0004386 .0008771 / .0004977 .0009954   ∂b1 = δ`
  private func draw(_ gradients: [TableBlock], line: Int, into grid: inout Grid) {
    var left = 1
    for block in gradients {
      guard let quantity = block.quantity else { continue }
      left = grid.put(quantity.shownName, row: line, column: left, style: Style(.label))
      if blocks.isDelta(block) {
        left = grid.put(" = δ", row: line, column: left, style: Style(.label))
        continue
      }
      for row in 0..<blocks.table.units {
        if row > 0, block.content(row, 0) != .blank {
          left = grid.put(" /", row: line, column: left, style: Style(.label))
        }
        for column in 0..<block.columns where block.content(row, column) != .blank {
          let right = left + 1 + block.width
          draw(block, row, column, line: line, left: left, right: right, into: &grid)
          left = right
        }
      }
      left += 2
    }
  }
}

extension LayerBlocks {
  /// The row of the table that a cell stands in; nil where it is none of this table's.
  func row(of selection: Selection) -> Int? {
    let isOwn = selection.quantity.layer == table.layer || table.position(of: selection) != nil
    guard isOwn, selection.row < table.units else { return nil }
    return selection.quantity.kind == .jacobian ? selection.column : selection.row
  }

  /// The first column on show, so that the selected cell is.
  func firstColumn(width: Int, moved: Int) -> Int {
    var widths: [Int] = []
    var selected: Int?
    for block in blocks {
      let isSelected = block.quantity != nil && block.quantity == scene.view.selection?.quantity
      if isSelected { selected = widths.count + (scene.view.selection?.column ?? 0) }
      widths += Array(repeating: block.width(of: max(block.columns - 1, 0)) + 1, count: block.columns)
    }
    let room = width - marginWidth - 1
    // The old weight stands before the new one, so a column is kept free for what comes before the selected cell.
    var (first, last) = (0, selected ?? 0)
    var taken = widths.prefix(last + 1).reduce(0, +)
    while taken > room, first < last {
      taken -= widths[first]
      first += 1
    }
    last = widths.count - 1
    return min(max(first + moved, 0), max(last, 0))
  }
}

/// The part of a list that a panel has room for.
struct Window {
  /// What is shown.
  let range: Range<Int>

  /// So many of `count` rows, with one of them in the middle where it can be, moved by the user.
  init(count: Int, room: Int, showing selected: Int, moved: Int) {
    let room = max(min(room, count), 0)
    let last = count - room
    let first = min(max(min(max(selected - room / 2, 0), last) + moved, 0), last)
    range = first..<first + room
  }
}
