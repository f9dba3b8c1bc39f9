/// A rectangle of cells: what a panel draws into and what the screen shows. A value, so a screen is a function that
/// returns one. Rows and columns count from 0 at the top left; whatever falls outside is cut off.
package struct Grid: Equatable, Sendable {
  /// The number of columns.
  package private(set) var width: Int
  /// The number of rows.
  package private(set) var height: Int
  /// The cells of the whole grid, row by row.
  package internal(set) var cells: [Cell]
  /// How many cells lie between one row and the next: the columns of the whole grid, also while a part is drawn into.
  private let pitch: Int
  /// Where the part that is drawn into begins.
  private var origin = (row: 0, column: 0)
  /// Whether a wide character may be among the cells; most grids have none, and are then written without a look.
  private var mayBeWide = false
  /// What lies where in the whole grid, for the mouse; the innermost last.
  package internal(set) var areas: [Area] = []
  /// How far the panels in it are scrolled, by their names; only those that can tell.
  var scrolls: [String: Scroll] = [:]

  /// No side is longer than this, and no grid has more cells than `mostCells`.
  package static let longestSide = 10_000
  /// The most cells that a grid may have.
  package static let mostCells = 4_000_000

  /// A blank grid. Sizes are brought into 0…`longestSide`, and the height is cut so that the cells stay within
  /// `mostCells`.
  package init(width: Int, height: Int, style: Style = .plain) {
    self.width = min(max(width, 0), Grid.longestSide)
    self.height = min(max(height, 0), Grid.longestSide, Grid.mostCells / max(self.width, 1))
    pitch = self.width
    cells = Array(repeating: Cell(.blank, style), count: self.width * self.height)
  }

  /// The same cells and the same areas.
  package static func == (one: Grid, other: Grid) -> Bool {
    one.width == other.width && one.height == other.height && one.cells == other.cells && one.areas == other.areas
  }

  /// Whether there is such a cell.
  package func contains(row: Int, column: Int) -> Bool {
    row >= 0 && row < height && column >= 0 && column < width
  }

  /// The cell at a row and a column, a blank one outside the grid.
  package subscript(row: Int, column: Int) -> Cell {
    contains(row: row, column: column) ? cells[index(row, column)] : Cell()
  }

  private func index(_ row: Int, _ column: Int) -> Int { (row + origin.row) * pitch + column + origin.column }

  // MARK: a part as a grid of its own

  /// Draws into a part of the grid as if there were nothing else: rows and columns count from the part's own corner, and
  /// what falls outside of the part is cut off.
  package mutating func inside(row: Int, column: Int, width: Int, height: Int, _ draw: (inout Grid) -> Void) {
    let whole = (width: self.width, height: self.height, origin: origin)
    guard row >= 0, column >= 0, width >= 0, height >= 0, row + height <= whole.height, column + width <= whole.width
    else {
      // A part that lies over an edge is drawn by itself.
      var part = Grid(width: width, height: height)
      draw(&part)
      blit(part, row: row, column: column)
      return
    }
    origin = (origin.row + row, origin.column + column)
    (self.width, self.height) = (width, height)
    draw(&self)
    (self.width, self.height, origin) = whole
  }

  /// Says what lies in a rectangle; what is outside the grid is cut off. Later areas lie above earlier ones.
  package mutating func mark(_ target: Target, rows: Range<Int>, columns: Range<Int>) {
    let rows = rows.clamped(to: 0..<height)
    let columns = columns.clamped(to: 0..<width)
    guard !rows.isEmpty, !columns.isEmpty else { return }
    areas.append(Area(target: target, rows: rows.shifted(origin.row), columns: columns.shifted(origin.column)))
  }

  // MARK: writing

  /// Writes text from a row and a column on, at most to the column before `end` and never over the edge, and
  /// returns the column after it. Text that goes on there ends with `…`, and never within a number. A wide character of
  /// which only half would fit leaves a blank; what is not seen is shown by its number.
  @discardableResult
  package mutating func put(
    _ text: String, row: Int, column: Int, style: Style = .plain, end: Int = .max
  ) -> Int {
    guard row >= 0, row < height else { return column + text.displayWidth }
    var text = text
    return text.withUTF8 { bytes in put(Pieces(bytes), row: row, column: column, style: style, end: min(end, width)) }
  }

  private mutating func put(_ pieces: Pieces, row: Int, column first: Int, style: Style, end: Int) -> Int {
    var (column, isCut) = (first, false)
    for piece in pieces {
      if column >= 0, column + piece.width <= end {
        set(Cell(piece.glyph, style), row: row, column: column)
        if piece.width == 2 {
          mayBeWide = true
          place(Cell(.continued, style), row: row, column: column + 1)
        }
      } else {
        if column >= 0, piece.glyph != .blank { isCut = true }
        // Half of a wide character is over an edge.
        for half in column..<(column + piece.width) where half >= 0 && half < end {
          set(Cell(.blank, style), row: row, column: half)
        }
      }
      column += piece.width
    }
    if isCut { markCut(row: row, from: max(first, 0), end: end, style: style) }
    return column
  }

  /// Puts a mark where text that goes on is cut off; of a number in which the cut would lie nothing is left, unless there
  /// is nothing but it.
  private mutating func markCut(row: Int, from first: Int, end: Int, style: Style) {
    guard first < end else { return }
    var place = end - 1
    func isNumeral(_ column: Int) -> Bool {
      let before = column > first ? cells[index(row, column - 1)].character.unicodeScalars.first : nil
      return cells[index(row, column)].glyph.isNumeral(after: before)
    }
    while place > first, isNumeral(place), isNumeral(place - 1) { place -= 1 }
    if place == first { place = end - 1 }
    for column in place..<end { set(Cell(column == place ? .cut : .blank, style), row: row, column: column) }
  }

  /// Writes text so that it ends before a column; for numbers that stand on the right. Returns where it begins.
  @discardableResult
  package mutating func put(_ text: String, row: Int, endingBefore end: Int, style: Style = .plain) -> Int {
    let start = end - text.displayWidth
    put(text, row: row, column: start, style: style)
    return start
  }

  /// Writes one narrow character, where there is such a cell.
  mutating func put(_ glyph: Glyph, row: Int, column: Int, style: Style) {
    guard contains(row: row, column: column) else { return }
    set(Cell(glyph, style), row: row, column: column)
  }

  /// Fills a rectangle with one narrow character.
  package mutating func fill(
    rows: Range<Int>, columns: Range<Int>, with character: Character = " ", style: Style = .plain
  ) {
    let cell = Cell(character, style)
    for row in rows.clamped(to: 0..<height) {
      for column in columns.clamped(to: 0..<width) { set(cell, row: row, column: column) }
    }
  }

  /// A line to the right from a cell on, of so many cells.
  package mutating func horizontalLine(
    row: Int, column: Int, length: Int, with character: Character = "─", style: Style = Style(.rule)
  ) {
    guard length > 0, row >= 0, row < height else { return }
    fill(rows: row..<(row + 1), columns: column..<(column + length), with: character, style: style)
  }

  /// A line down from a cell on, of so many cells.
  package mutating func verticalLine(
    row: Int, column: Int, length: Int, with character: Character = "│", style: Style = Style(.rule)
  ) {
    guard length > 0, column >= 0, column < width else { return }
    fill(rows: row..<(row + length), columns: column..<(column + 1), with: character, style: style)
  }

  /// Changes the look of part of a row and leaves the text as it is.
  package mutating func restyle(row: Int, columns: Range<Int>, _ change: (Style) -> Style) {
    guard row >= 0, row < height else { return }
    for column in columns.clamped(to: 0..<width) {
      let place = index(row, column)
      cells[place].style = change(cells[place].style)
    }
  }

  /// Puts a cell in its place, and a blank where that leaves half of a wide character.
  private mutating func set(_ cell: Cell, row: Int, column: Int) {
    let place = index(row, column)
    guard mayBeWide else { return cells[place] = cell }
    if cells[place].isContinuation, column > 0 { cells[place - 1].glyph = .blank }
    self.place(cell, row: row, column: column)
  }

  /// Puts a cell in its place when the cell on its left is known to be whole.
  private mutating func place(_ cell: Cell, row: Int, column: Int) {
    let place = index(row, column)
    cells[place] = cell
    if column + 1 < width, cells[place + 1].isContinuation { cells[place + 1].glyph = .blank }
  }

  // MARK: copying

  /// Copies another grid in with its areas, its top left corner at a row and a column.
  package mutating func blit(_ other: Grid, row: Int, column: Int) {
    defer {
      for area in other.areas { mark(area.target, rows: area.rows.shifted(row), columns: area.columns.shifted(column)) }
    }
    if !other.scrolls.isEmpty { scrolls.merge(other.scrolls) { _, new in new } }
    let rows = (max(0, -row))..<max(0, -row, min(other.height, height - row))
    let columns = (max(0, -column))..<max(0, -column, min(other.width, width - column))
    guard mayBeWide || other.mayBeWide else {
      for from in rows where !columns.isEmpty {
        let (start, place) = (index(row + from, column), other.index(from, 0))
        for across in columns { cells[start + across] = other.cells[place + across] }
      }
      return
    }
    mayBeWide = true
    for from in rows {
      for across in columns {
        let cell = other[from, across]
        // Half of a wide character is over an edge of this grid.
        let isCut =
          cell.isContinuation
          ? column + across == 0 : column + across == width - 1 && other.isWide(row: from, column: across)
        if isCut {
          set(Cell(.blank, cell.style), row: row + from, column: column + across)
        } else if cell.isContinuation {
          place(cell, row: row + from, column: column + across)
        } else {
          set(cell, row: row + from, column: column + across)
        }
      }
    }
  }

  /// A part of the grid as one of its own; what would lie outside is blank. A panel that scrolls draws itself whole
  /// and shows a window.
  package func window(row: Int, column: Int, width: Int, height: Int) -> Grid {
    var result = Grid(width: width, height: height)
    result.blit(self, row: -row, column: -column)
    return result
  }

  /// Whether the cell on the right of this one belongs to it.
  private func isWide(row: Int, column: Int) -> Bool {
    column + 1 < width && cells[index(row, column + 1)].isContinuation
  }

  // MARK: reading

  /// The text of a row without its trailing blanks, as a reader of a transcript sees it.
  package func line(_ row: Int) -> String {
    guard row >= 0, row < height else { return "" }
    var text = ""
    for column in 0..<width {
      let cell = self[row, column]
      if !cell.isContinuation { text.append(cell.character) }
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The text of all rows without trailing blanks, for tests and for `show`.
  package var lines: [String] { (0..<height).map(line) }
}
