import Engine
import Notation

// The numbers of the future beside, under ours where they are others.
extension LayerDrawing {
  /// The row under a unit's: the numbers of the same unit in the future beside that differ, with its name before them. Where
  /// there are none to be held against ours, the first such row says why.
  func drawBeside(_ row: Int, line: Int, isFirst: Bool, into grid: inout Grid) {
    guard line < height, let other = blocks.scene.beside else { return }
    if let note = other.note {
      guard isFirst else { return }
      let text = blocks.scene.tongue(note)
      grid.put(text.clipped(to: max(width - 2, 0)), row: line, column: 1, style: Style(.label))
      return
    }
    var differs = false
    for shown in columns where shown.block.beside(row, shown.column) != nil {
      differs = true
      drawBeside(
        shown.block, row, shown.column, line: line, left: shown.left, right: shown.right, as: shown.numbers,
        into: &grid)
    }
    guard differs else { return }
    grid.put(other.mark, row: line, endingBefore: blocks.marginWidth - 1, style: FutureBeside.style())
  }

  /// A number of the future beside, under ours; nothing where it is the same.
  func drawBeside(
    _ block: TableBlock, _ row: Int, _ column: Int, line: Int, left: Int, right: Int, as numbers: AlignedNumbers? = nil,
    into grid: inout Grid
  ) {
    guard line < height, let value = block.beside(row, column) else { return }
    let room = right - left - 1
    let text = numbers?.text(value, width: room) ?? fitted(value, width: room, digits: blocks.scene.tableDigits)
    grid.put(text, row: line, endingBefore: right, style: FutureBeside.style(of: value))
  }
}
