import Engine
import Notation

extension Panel {
  /// The numbers of one layer: a row for each unit, a column for each number that belongs to it.
  package static let layer = Panel(
    "layer", "the numbers of a layer, a row for each unit",
    .main(.always, share: (1, 3), companion: .host), arrows: .select("cell") { $0.moveInTable($1, from: $2, $3) },
    followsSelection: true
  ) { scene in
    guard let whole = LayerBlocks(scene) else { return nil }
    let wished = whole.marginWidth + whole.totalWidth
    return Prepared(title: { layerTitle(scene) }, columns: Room(min(wished, 55), wished)) { width in
      let blocks = whole.fitted(to: width)
      let units = blocks.table.units
      return Fitted(rows: Room(min(units, 2) + 1, units * blocks.rowsPerUnit + 1 + blocks.extraRows)) { grid in
        guard grid.height > 0 else { return }
        LayerDrawing(blocks, width: width, height: grid.height).draw(into: &grid)
      }
    }
  }
  .with(Sign.ofLayer)

  private static func layerTitle(_ scene: Scene) -> Title {
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
    let mistakes = network.mistakes(ofLayer: number)
    // Where not all are seen, how many there are is.
    if mistakes.count > 1 { parts.append("\(mistakes.count) mistakes on") }
    parts += mistakes.map { mistakes.count > 1 ? $0 : "mistake \($0)" }
    if let byHand = scene.byHand(where: { $0.layer == number }) { parts.append(byHand) }
    let own = scene.pageNames.filter { $0.quantity.layer == number || $0.quantity.layer == 0 }
    let page = own.map { "\($0.name) = \($0.quantity.name)" }.joined(separator: ", ")
    return Title(
      "\(scene.tongue("Layer")) \(number): \(parts.joined(separator: ", "))",
      remark: page.isEmpty ? "" : "\(scene.tongue("page")): \(page)", target: .layer(number))
  }
}

extension LayerBlocks {
  /// The rows under the units: the sums of softmax, the gradients.
  var extraRows: Int { (hasSums ? 1 : 0) + below.count * rowsPerUnit }
}

/// Draws the part of a layer's table that a rectangle has room for, with the selected cell in it.
struct LayerDrawing {
  let blocks: LayerBlocks
  let width: Int
  let height: Int
  private let rows: Range<Int>
  private let firstColumn: Int
  let columns: [Column]
  /// The rows under the units that there is room for.
  private let below: [[TableBlock]]
  private var scene: Scene { blocks.scene }

  init(_ blocks: LayerBlocks, width: Int, height: Int) {
    self.blocks = blocks
    self.width = width
    self.height = height
    let scroll = blocks.scene.view.scroll(of: "layer")
    below = LayerDrawing.rowsBelow(blocks, height: height)
    let room = max((height - 1 - (blocks.hasSums ? 1 : 0)) / blocks.rowsPerUnit - below.count, 1)
    let selected = blocks.scene.view.selection.flatMap { blocks.row(of: $0) } ?? 0
    rows = Window(count: blocks.table.units, room: room, showing: selected, moved: scroll.rows).range
    firstColumn = blocks.firstColumn(width: width, moved: scroll.columns)
    columns = LayerDrawing.columns(blocks, from: firstColumn, rows: rows, width: width)
  }

  /// In a layer of more units than this a column is aligned by those on show alone.
  private static let mostAligned = 256

  /// Units come before the gradients under them, unless it is a gradient that was asked for or not all units fit anyway.
  private static func rowsBelow(_ blocks: LayerBlocks, height: Int) -> [[TableBlock]] {
    let selected = blocks.scene.view.selection?.quantity
    if let asked = blocks.below.first(where: { $0.contains { $0.quantity == selected } }), height < 6 { return [asked] }
    let left = (height - 1 - (blocks.hasSums ? 1 : 0)) / blocks.rowsPerUnit - blocks.table.units
    return left >= 0 ? Array(blocks.below.prefix(left)) : height < 6 ? [] : blocks.below
  }

  func draw(into grid: inout Grid) {
    drawHeadings(into: &grid)
    let perUnit = blocks.rowsPerUnit
    for (index, row) in rows.enumerated() {
      draw(row, line: index * perUnit + 1, into: &grid)
      if perUnit > 1 { drawBeside(row, line: index * perUnit + 2, isFirst: index == 0, into: &grid) }
    }
    let last = rows.count * perUnit
    if rows.lowerBound > 0 { grid.put("↑", row: 1, column: 0, style: Style(.label)) }
    if rows.upperBound < blocks.table.units { grid.put("↓", row: last, column: 0, style: Style(.label)) }
    // Of the gradients that have no room below the units there is no row that could say so.
    if below.count < blocks.below.count {
      grid.put("↓", row: min(last, height - 1), column: 0, style: Style(.label))
    }
    var line = last + 1
    if blocks.hasSums, line < height {
      drawSums(line: line, into: &grid)
      line += 1
    }
    for gradients in below where line < height {
      draw(gradients, line: line, into: &grid)
      line += perUnit
    }
  }

  /// A column on show, between two columns of the screen.
  struct Column {
    let block: TableBlock
    let column: Int
    let left: Int
    let right: Int
    /// How its numbers are written.
    let numbers: AlignedNumbers
  }

  /// The columns on show, from the first one that is not scrolled away to the last that has room.
  private static func columns(_ blocks: LayerBlocks, from first: Int, rows: Range<Int>, width: Int) -> [Column] {
    var (skipped, left) = (0, blocks.marginWidth)
    var shown: [Column] = []
    let aligned = blocks.table.units <= mostAligned ? 0..<blocks.table.units : rows
    for block in blocks.blocks {
      for column in max(first - skipped, 0)..<max(block.columns, first - skipped, 0) {
        let right = left + 1 + block.width(of: column)
        guard right < width else { return shown }
        let numbers = AlignedNumbers(
          block.extremes(ofColumn: column, rows: aligned), digits: blocks.scene.tableDigits, atMost: right - left - 1)
        shown.append(Column(block: block, column: column, left: left, right: right, numbers: numbers))
        left = right
      }
      skipped += block.columns
    }
    return shown
  }

  private func drawHeadings(into grid: inout Grid) {
    let letter = scene.state.experiment.network.indexLetter(ofLayer: blocks.table.layer)
    grid.put(letter, row: 0, endingBefore: blocks.marginWidth, style: Style(.label))
    for shown in columns {
      grid.put(shown.block.heading(shown.column), row: 0, endingBefore: shown.right, style: Style(.label))
    }
    if firstColumn > 0 { grid.put("‹", row: 0, column: 0, style: Style(.label)) }
    if firstColumn + columns.count < blocks.blocks.reduce(0, { $0 + $1.columns }) {
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
    for shown in columns {
      draw(
        shown.block, row, shown.column, line: line, left: shown.left, right: shown.right, as: shown.numbers, into: &grid
      )
    }
  }

  /// A cell between two columns of the screen; the first is a blank, or the bracket of the selected cell.
  private func draw(
    _ block: TableBlock, _ row: Int, _ column: Int, line: Int, left: Int, right: Int, as numbers: AlignedNumbers? = nil,
    into grid: inout Grid
  ) {
    let cell = block.selection(row, column)
    let isSelected = cell != nil && cell == scene.view.selection
    let text: String
    var role = Role.muted
    switch block.content(row, column) {
    case .blank: return
    case .missing: text = "·"
    case .number(let value):
      let room = right - left - 1
      text = numbers?.text(value, width: room) ?? fitted(value, width: room, digits: scene.tableDigits)
      role = block.role ?? Role.signed(value, largest: block.largest)
      // Somebody else's number beside ours.
      if !block.sign.isEmpty {
        let number = String(text.drop { $0 == " " })
        grid.put(block.sign + number, row: line, endingBefore: right, style: Style(role))
        return
      }
    }
    let begin = grid.put(text, row: line, endingBefore: right, style: Style(isSelected ? .selected : role))
    if isSelected {
      let (before, after) = (text.prefix { $0 == " " }.count, text.reversed().prefix { $0 == " " }.count)
      grid.put("[", row: line, column: max(begin + before - 1, 0), style: Style(.selected))
      grid.put("]", row: line, column: right - after, style: Style(.selected), end: width)
    }
    if let cell { grid.mark(.cell(cell), row: line, columns: left + 1..<right) }
  }

  // MARK: - Under the units

  /// What the columns of a softmax layer come to.
  private func drawSums(line: Int, into grid: inout Grid) {
    grid.put("Σ", row: line, endingBefore: blocks.marginWidth - 1, style: Style(.label))
    for shown in columns {
      let block = shown.block
      let isSummed =
        block.quantity.map { [.a, .y, .delta].contains($0.kind) } ?? (block.role == nil && !block.isOptional)
      guard isSummed, let total = sum(of: shown) else { continue }
      // Rounding leaves a few units in the last place of the largest term; they are not shown as if they were something.
      let rounded = abs(total) < 1e-15 * Double(blocks.table.units) * max(block.largest, 1e-300) ? 0 : total
      let text = shown.numbers.text(rounded, width: shown.right - shown.left - 1)
      grid.put(text, row: line, endingBefore: shown.right, style: Style(.label))
    }
  }

  /// What a column comes to; nil where not all of it is computed.
  private func sum(of shown: Column) -> Double? {
    var total = 0.0
    for row in 0..<blocks.table.units {
      guard case .number(let value) = shown.block.content(row, shown.column) else { return nil }
      total += value
    }
    return total
  }

  /// `∂w1 .0004386 .0008771 / .0004977 .0009954   ∂b1 = δ`
  private func draw(_ gradients: [TableBlock], line: Int, into grid: inout Grid) {
    var left = 1
    for block in gradients {
      guard let quantity = block.quantity else { continue }
      let name = quantity.shownName + scene.markOfMistake(in: quantity)
      left = grid.put(name, row: line, column: left, style: Style(.label))
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
          drawBeside(block, row, column, line: line + 1, left: left, right: right, into: &grid)
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
