import Engine
import Notation

/// The right end of the picture: the targets beside the outputs that are compared with them, and the loss as a box that
/// they go into.
struct NetworkTargets {
  private let column: NetworkGeometry.Column
  private let cells: Range<Int>
  private let scene: Scene
  private let height: Int
  private let isWide: Bool

  init?(_ geometry: NetworkGeometry, _ scene: Scene, height: Int) {
    guard let column = geometry.columns.last, let cells = geometry.targets, column.layer > 0, !column.shown.isEmpty
    else { return nil }
    (self.column, self.cells, self.scene, self.height) = (column, cells, scene, height)
    isWide = geometry.boxes == .wide
  }

  func draw(on grid: inout Grid) {
    grid.put("y", row: 0, column: cells.lowerBound + (isWide ? 6 : 4), style: Style(.label))
    let targets = ComputedValue(scene.state, Quantity(.y))
    let aligned = AlignedNumbers(
      given: column.shown.compactMap { targets[$0] }, digits: scene.tableDigits, atMost: 6)
    for unit in column.shown {
      guard let row = column.row(of: unit) else { continue }
      if isWide { drawLines(unit, row, &grid) }
      let cell = Selection(Quantity(.y), row: unit)
      let text = Panel.numberText(targets[unit], width: 6, as: aligned)
      let start = cells.lowerBound + (isWide ? 3 : 1)
      let style = Style(scene.view.selection == cell ? .selected : .plain)
      let end = grid.put(text, row: row, column: start, style: style)
      grid.mark(.cell(cell), row: row, columns: start..<end)
    }
    drawLoss(&grid)
  }

  /// Where the box of the loss stands: between the first output and the last one shown.
  private var lossRow: Int? {
    guard let first = column.row(of: column.shown.lowerBound), let last = column.row(of: column.shown.upperBound - 1)
    else { return nil }
    let middle = (first + last) / 2
    if isWide { return middle }
    // Under the targets it takes a row that none of them stands in.
    if column.shown.count > 1, column.spacing > 1 { return column.shown.count % 2 == 0 ? middle : first + 1 }
    return last + 1 < height ? last + 1 : nil
  }

  private func drawLines(_ unit: Int, _ row: Int, _ grid: inout Grid) {
    let style = Style(.rule)
    grid.horizontalLine(row: row, column: cells.lowerBound, length: 2, with: "─", style: style)
    let (turn, isFirst, isLast) = (
      cells.lowerBound + 12, unit == column.shown.lowerBound, unit == column.shown.upperBound - 1
    )
    grid.horizontalLine(row: row, column: turn - 2, length: 2, with: "─", style: style)
    let corner = isFirst ? (isLast ? "─" : "┐") : isLast ? "┘" : "┤"
    grid.put(corner, row: row, column: turn, style: style)
    if !isLast {
      grid.verticalLine(row: row + 1, column: turn, length: column.spacing - 1)
      for next in (row + 1)..<max(row + column.spacing, row + 1) {
        grid.restyle(row: next, columns: turn..<(turn + 1)) { _ in style }
      }
    }
  }

  private func drawLoss(_ grid: inout Grid) {
    guard let row = lossRow else { return }
    let state = scene.state
    let isLit = state.phase == .loss
    let loss = (try? state.loss(ofSample: state.selected)).flatMap { state.isComputed(Quantity(.loss)) ? $0 : nil }
    let bracket = Style(isLit ? .lit : .rule)
    var left = cells.lowerBound
    if isWide {
      let turn = left + 12
      let beside = grid[row, turn].character
      let isLevel = beside == "┤" || beside == "┐" || beside == "┘" || beside == "─"
      grid.put(isLevel ? (beside == "─" ? "─" : "┼") : "├", row: row, column: turn, style: Style(.rule))
      grid.put("─", row: row, column: turn + 1, style: Style(.rule))
      left = turn + 2
    }
    grid.put("[", row: row, column: left, style: bracket)
    let width = isWide ? 7 : 5
    let numbers = AlignedNumbers([loss].compactMap { $0 }, digits: scene.tableDigits, atMost: width)
    let text = Panel.numberText(loss, width: width, as: numbers)
    var end = grid.put("L", row: row, column: left + 1, style: Style(isLit ? .lit : .label))
    end = grid.put(text, row: row, column: end + (isWide ? 1 : 0), style: Style(loss == nil ? .muted : .title))
    grid.put("]", row: row, column: end, style: bracket)
  }
}
