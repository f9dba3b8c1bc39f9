import Engine
import Notation

/// The weights between two layers that have many edges, as the matrix that they are: a cell a weight, rows in line with the
/// units after, columns with those before, the chosen unit's row and column lit.
struct NetworkWeights {
  private let pair: NetworkPair
  /// The units before that have a column.
  private let sources: Range<Int>
  /// The cells of a column.
  private let width: Int
  /// Where the columns begin.
  private let left: Int
  private let showsBias: Bool

  init(_ pair: NetworkPair) {
    self.pair = pair
    let room = max(pair.columns.count - 4, 0)
    let layer = pair.scene.state.experiment.network.layers[pair.layer - 1]
    showsBias = layer.biasCount > 0 && room > 6
    let columns = room - (showsBias ? 2 : 0)
    let units = pair.from.units
    width = min(max(columns / max(units + (showsBias ? 1 : 0), 1), 1), 7)
    let count = min(units, max((columns - (showsBias ? width : 0)) / width, 0))
    // As many as have room, with the chosen one among them.
    let centre = pair.scene.view.selection.flatMap { selection in
      selection.quantity == Quantity(.w, pair.layer) ? selection.column : pair.chosenFrom
    }
    let first = min(max((centre ?? pair.from.shown.lowerBound) - (centre == nil ? 0 : count / 2), 0), units - count)
    sources = first..<(first + count)
    let taken = count * width + (showsBias ? 2 + width : 0)
    left = pair.columns.lowerBound + 2 + (room - taken) / 2
  }

  func draw(on grid: inout Grid) {
    guard !sources.isEmpty else { return }
    drawHeading(&grid)
    for unit in pair.to.shown {
      guard let row = pair.to.row(of: unit) else { continue }
      for (place, source) in sources.enumerated() {
        guard let value = pair.value(unit: unit, source: source) else { continue }
        let isLit = pair.isChosen(unit: unit, source: source) || chosenSource == source
        let column = left + place * width
        // A mark in the place of a number that there is not.
        if pair.isLeftOut(source: source) {
          grid.put("!", row: row, column: column + (width - 1) / 2, style: Style(.warning))
          continue
        }
        put(value, isLit: isLit, pair.cell(unit: unit, source: source), row: row, column: column, &grid)
      }
      drawEnds(unit, row, &grid)
      guard showsBias, let bias = pair.biases[pair.biasRow(of: unit)] else { continue }
      let cell = Selection(Quantity(.b, pair.layer), row: pair.biasRow(of: unit))
      put(bias, isLit: pair.chosenTo == unit, cell, row: row, column: left + sources.count * width + 2, &grid)
    }
  }

  /// The unit before whose column is lit.
  private var chosenSource: Int? {
    guard let selection = pair.scene.view.selection, selection.quantity == Quantity(.w, pair.layer) else {
      return pair.chosenFrom
    }
    return selection.column
  }

  private func drawHeading(_ grid: inout Grid) {
    let name = Quantity(.w, pair.layer).name + pair.markOfMistake
    let range =
      sources.count < pair.from.units ? " \(sources.lowerBound + 1)-\(sources.upperBound)/\(pair.from.units)" : ""
    let room = sources.count * width + (showsBias ? 0 : 2)
    let heading = [name + range, name].first { $0.count <= room } ?? ""
    var end = grid.put(heading, row: 0, column: left, style: Style(.label))
    if showsBias {
      let column = left + sources.count * width + 2 + max(width - 2, 0)
      if column > end { end = grid.put(Quantity(.b, pair.layer).name, row: 0, column: column, style: Style(.label)) }
    }
    guard let chosen = chosenSource, sources.contains(chosen) else { return }
    let column = left + (chosen - sources.lowerBound) * width + width / 2
    // Below the matrix, where the name above it is in nobody's way.
    let below = (pair.to.row(of: pair.to.shown.upperBound - 1) ?? 0) + 1
    if below < grid.height {
      grid.put("▴", row: below, column: column, style: Style(.title))
    } else if column > end {
      grid.put("▾", row: 0, column: column, style: Style(.title))
    }
  }

  /// The ends of a row, in the direction that the numbers go.
  private func drawEnds(_ unit: Int, _ row: Int, _ grid: inout Grid) {
    let isLit = pair.chosenTo == unit
    let style = Style(isLit ? .title : pair.flow == .none ? .rule : .label)
    let (first, last) = (pair.columns.lowerBound, pair.columns.upperBound - 1)
    if pair.flow == .backward {
      grid.put("<", row: row, column: last, style: style)
    } else {
      grid.put(isLit ? "▸" : "·", row: row, column: first, style: style)
      grid.put(">", row: row, column: last, style: style)
    }
  }

  /// A weight: its number where there is room, else a block whose weight is its size.
  private func put(
    _ value: Double, isLit: Bool, _ cell: Selection, row: Int, column: Int, _ grid: inout Grid
  ) {
    let role = Role.signed(value, largest: pair.largest)
    var style = Style(role, isLit ? .bold : [])
    if pair.scene.view.selection == cell { style = Style(.selected) }
    let text: String
    if width >= 6 {
      text = fitted(value, width: width - 1, digits: 2).padded(to: width, onTheRight: true)
    } else {
      let block = NetworkWeights.block(role)
      text = String(repeating: block, count: width > 2 ? width - 1 : width) + (width > 2 ? " " : "")
    }
    let end = grid.put(text, row: row, column: column, style: style)
    grid.mark(.cell(cell), row: row, columns: column..<end)
  }

  /// A block for a number among others: the larger, the fuller.
  static func block(_ role: Role) -> String {
    switch role {
    case .positive(let level), .negative(let level): ["·", "░", "▒", "█"][min(Int(level), 3)]
    case .bad: "!"
    default: "·"
    }
  }
}
