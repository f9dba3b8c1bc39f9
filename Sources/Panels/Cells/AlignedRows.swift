/// Rows of text with their columns below each other, to the right. The first columns say of what each row is.
package struct AlignedRows: Equatable, Sendable {
  private let rows: [[String]]
  private let widths: [Int]
  private let pinned: Int

  /// Rows of as many cells each, of which so many stand at the left whatever else is on show.
  package init(_ rows: [[String]], pinned: Int = 0) {
    self.rows = rows
    self.pinned = pinned
    widths =
      rows.first.map { first in
        first.indices.map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
      } ?? []
  }

  private static let gap = 2

  /// How many rows there are.
  package var count: Int { rows.count }
  /// How many columns there are behind the pinned ones.
  package var columns: Int { max(widths.count - pinned, 0) }

  /// All of it, a line for each row.
  package var lines: [String] { lines(of: 0..<columns) }

  /// The lines with some of the columns behind the pinned ones.
  func lines(of columns: Range<Int>) -> [String] {
    let shown = Array(widths.indices.prefix(pinned)) + columns.map { $0 + pinned }
    return rows.map { row in
      shown.map { row[$0].padded(to: widths[$0], onTheRight: true) }.joined(
        separator: String(repeating: " ", count: AlignedRows.gap))
    }
  }

  /// The columns that fit into so many cells, from one of them on, but never fewer than have room at the end; one at least.
  func columns(from first: Int, width: Int) -> Range<Int> {
    let own = widths.dropFirst(pinned)
    let room = width - widths.prefix(pinned).reduce(0) { $0 + $1 + AlignedRows.gap } + AlignedRows.gap
    func fitting(_ widths: some Sequence<Int>) -> Int {
      var used = 0
      return widths.prefix { width in
        used += width + AlignedRows.gap
        return used <= room
      }.count
    }
    let most = max(columns - max(fitting(own.reversed()), 1), 0)
    let start = min(max(first, 0), most)
    return start..<min(start + max(fitting(own.dropFirst(start)), 1), columns)
  }

  /// Whether not all of it fits into so many cells.
  package func isWider(than width: Int) -> Bool { columns(from: 0, width: width).count < columns }
}
