import Panels

/// Neighbouring cells of one row in one style: what is sent to the terminal at once.
struct Run: Equatable {
  /// The column of the first cell.
  var column: Int
  /// How many cells it takes.
  var width: Int
  /// The style of all of them.
  var style: Style
  /// The text, wide characters once.
  var text: String
}

extension Grid {
  /// The cells of a row that differ from an earlier frame, gathered into runs; all of them without an earlier frame or
  /// with one of another size. A wide character is a run of its own: should the terminal think it narrow, nothing
  /// else moves.
  func runs(inRow row: Int, unlike earlier: Grid?) -> [Run] {
    let earlier = earlier?.width == width && earlier?.height == height ? earlier : nil
    var runs: [Run] = []
    var isOpen = false
    for column in 0..<width {
      let cell = self[row, column]
      if cell.isContinuation { continue }
      let isWide = self[row, column + 1].isContinuation
      if let earlier, earlier[row, column] == cell, !isWide || earlier[row, column + 1] == self[row, column + 1] {
        isOpen = false
        continue
      }
      if isOpen, !isWide, runs[runs.count - 1].style == cell.style {
        runs[runs.count - 1].width += 1
        runs[runs.count - 1].text.append(cell.character)
      } else {
        runs.append(Run(column: column, width: isWide ? 2 : 1, style: cell.style, text: String(cell.character)))
        isOpen = !isWide
      }
    }
    return runs
  }
}
