import Engine
import Notation

/// The edges between two neighbouring layers that have few: unbroken lines, those of the chosen unit in colour with their
/// numbers at the end where they begin, the others thin and grey.
struct NetworkEdges {
  private struct Edge {
    /// The unit after, and the one before; nil is the bias.
    let unit: Int
    let source: Int?
    let start: Int
    let end: Int
    let value: Double
    let isChosen: Bool
  }

  private let pair: NetworkPair
  private let columns: Range<Int>
  private let height: Int
  private let edges: [Edge]

  init(_ pair: NetworkPair, height: Int) {
    self.pair = pair
    self.height = height
    columns = pair.columns
    var edges: [Edge] = []
    for unit in pair.to.shown {
      guard let end = pair.to.row(of: unit) else { continue }
      for source in pair.from.shown {
        guard let start = pair.from.row(of: source), let value = pair.value(unit: unit, source: source) else {
          continue
        }
        edges.append(
          Edge(
            unit: unit, source: source, start: start, end: end, value: value,
            isChosen: pair.isChosen(unit: unit, source: source)))
      }
      guard let start = pair.from.bias, let bias = pair.biases[pair.biasRow(of: unit)] else { continue }
      edges.append(
        Edge(unit: unit, source: nil, start: start, end: end, value: bias, isChosen: pair.chosenTo == unit))
    }
    // The chosen ones lie over the others.
    self.edges = edges.filter { !$0.isChosen } + edges.filter(\.isChosen)
  }

  func draw(on grid: inout Grid) {
    guard columns.count > 2 else { return }
    drawLines(&grid)
    drawHeads(&grid)
    var taken = [Bool](repeating: false, count: columns.count * height)
    for edge in edges where edge.isChosen {
      if liesOnALevelEdge(edge), drawLabelNearItsEnd(edge, &grid, &taken) { continue }
      drawLabelAtItsEnd(edge, &grid, &taken)
    }
    // Where there are few, the numbers of the others stand beside them as well.
    guard edges.count <= 8 else { return }
    for edge in edges where !edge.isChosen && edge.source != nil { drawLabelBeside(edge, &grid, &taken) }
  }

  private func style(_ edge: Edge) -> Style {
    guard edge.isChosen else { return Style(pair.flow == .none ? .rule : .muted) }
    return Style(Role.signed(edge.value, largest: pair.largest), pair.flow == .none ? [] : .bold)
  }

  // MARK: lines

  private func drawLines(_ grid: inout Grid) {
    var canvas = Braille(width: columns.count, height: height)
    var styles = [Style](repeating: .plain, count: columns.count * height)
    for edge in edges where edge.start != edge.end {
      let (width, start, end) = (canvas.dotsAcross, edge.start * 4 + 1, edge.end * 4 + 1)
      let own = style(edge)
      // δ comes back along a line that is twice as thick.
      let isThick = edge.isChosen && pair.flow == .backward
      for x in 0..<width {
        let y = start + (2 * x * (end - start) + (width - 1) * (end > start ? 1 : -1)) / (2 * max(width - 1, 1))
        canvas.set(x: x, y: y)
        if isThick { canvas.set(x: x, y: y + 1) }
        let index = y / 4 * columns.count + x / 2
        if styles.indices.contains(index) { styles[index] = own }
      }
    }
    for row in 0..<canvas.height {
      for column in 0..<canvas.width {
        guard let dots = canvas.dots(row: row, column: column) else { continue }
        grid.put(dots, row: row, column: columns.lowerBound + column, style: styles[row * columns.count + column])
      }
    }
    // Level ones lie over the others, as the lines that they are.
    for edge in edges where edge.start == edge.end {
      let line: Character = edge.isChosen && pair.flow == .backward ? "═" : "─"
      grid.horizontalLine(
        row: edge.start, column: columns.lowerBound, length: columns.count, with: line, style: style(edge))
    }
  }

  /// Arrows: at the boxes that the numbers go to.
  private func drawHeads(_ grid: inout Grid) {
    for edge in edges {
      if pair.flow == .backward {
        guard edge.source != nil else { continue }
        grid.put("<", row: edge.start, column: columns.lowerBound, style: style(edge))
      } else {
        grid.put(">", row: edge.end, column: columns.upperBound - 1, style: style(edge))
      }
    }
  }

  // MARK: numbers

  /// Writes the number of a chosen edge where it begins: there no two of them meet.
  private func drawLabelAtItsEnd(_ edge: Edge, _ grid: inout Grid, _ taken: inout [Bool]) {
    let text = " \(pair.label(edge.value, isChosen: edge.isChosen)) "
    guard text.count + 2 <= columns.count else { return }
    let isBack = pair.flow == .backward
    let row = isBack ? edge.end : edge.start
    let first = isBack ? columns.count - text.count - 1 : 1
    put(edge, text, row: row, first: first, &grid, &taken)
  }

  /// Whether the number of an edge that is not level would stand on the line of one that is, where it begins, and be read
  /// as that one's.
  private func liesOnALevelEdge(_ edge: Edge) -> Bool {
    let row = pair.flow == .backward ? edge.end : edge.start
    return edge.start != edge.end && isLevelRow(row)
  }

  /// Writes the number of an edge beside it, or on it, where it hides the least.
  private func drawLabelBeside(_ edge: Edge, _ grid: inout Grid, _ taken: inout [Bool]) {
    let text = pair.label(edge.value, isChosen: edge.isChosen, isShort: true)
    let width = text.count
    guard edge.start != edge.end else {
      let first = (columns.count - width - 2) / 2
      if isFree(edge.start, first, width + 2, taken) {
        put(edge, " \(text) ", row: edge.start, first: first, &grid, &taken)
      }
      return
    }
    var best: (row: Int, first: Int, cost: Int)?
    for row in min(edge.start, edge.end)...max(edge.start, edge.end) {
      let crossing = crossing(of: edge, row)
      let (enters, leaves) = (crossing.lowerBound, crossing.upperBound)
      let beside = [leaves + 1, leaves + 2, enters - width - 1, enters - width - 2, (enters + leaves - width) / 2]
      for (rank, first) in beside.enumerated() where isFree(row, first, width, taken) {
        let hidden = hiddenCells(row, first, width, grid)
        guard hidden <= 2, isNearest(edge, row, first, width) else { continue }
        // At the units themselves they stand only where there is no better place.
        let atUnit = row == edge.start ? 40 : row == edge.end ? 80 : 0
        let cost = hidden * 100 + atUnit + rank * 10 + abs(row - edge.start)
        if best.map({ cost < $0.cost }) ?? true { best = (row, first, cost) }
      }
    }
    if let best { put(edge, text, row: best.row, first: best.first, &grid, &taken) }
  }

  /// Writes the number of a chosen edge near its beginning, in a row in which no other edge lies level; false where there is
  /// no room for it.
  private func drawLabelNearItsEnd(_ edge: Edge, _ grid: inout Grid, _ taken: inout [Bool]) -> Bool {
    let text = pair.label(edge.value, isChosen: edge.isChosen)
    let isBack = pair.flow == .backward
    let (near, far) = isBack ? (edge.end, edge.start) : (edge.start, edge.end)
    var best: (row: Int, first: Int, cost: Int)?
    for row in min(near, far)...max(near, far) where !isLevelRow(row) {
      for first in 1..<max(columns.count - text.count, 1) where isFree(row, first, text.count, taken) {
        let away = isBack ? columns.count - text.count - first : first
        let hidden = hiddenCells(row, first, text.count, grid, besides: crossing(of: edge, row))
        let cost = hidden * 20 + abs(row - near) * 8 + away
        if hidden <= 2, best.map({ cost < $0.cost }) ?? true { best = (row, first, cost) }
      }
    }
    guard let best else { return false }
    put(edge, text, row: best.row, first: best.first, &grid, &taken)
    return true
  }

  /// Whether an edge lies level in a row.
  private func isLevelRow(_ row: Int) -> Bool { edges.contains { $0.start == $0.end && $0.start == row } }

  /// How many cells of lines a text would stand on, those of an edge's own left out.
  private func hiddenCells(
    _ row: Int, _ first: Int, _ width: Int, _ grid: Grid, besides own: ClosedRange<Int>? = nil
  ) -> Int {
    (first..<(first + width)).count {
      own?.contains($0) != true && grid[row, columns.lowerBound + $0].character != " "
    }
  }

  /// The columns in which an edge that is not level crosses a row.
  private func crossing(of edge: Edge, _ row: Int) -> ClosedRange<Int> {
    let (last, rise) = (columns.count - 1, Double(edge.end - edge.start))
    let enters = Int(Double(last) * (Double(row - edge.start) - 0.5 * rise.signum) / rise)
    let leaves = Int((Double(last) * (Double(row - edge.start) + 0.5 * rise.signum) / rise).rounded(.up))
    return min(enters, leaves)...max(enters, leaves)
  }

  /// Whether a text lies nearer to an edge than to any other that crosses its row, so that it is read as that one's.
  private func isNearest(_ edge: Edge, _ row: Int, _ first: Int, _ width: Int) -> Bool {
    func gap(_ other: Edge) -> Int {
      let line = crossing(of: other, row)
      return max(first - line.upperBound, line.lowerBound - (first + width - 1), 0)
    }
    let own = gap(edge)
    return edges.allSatisfy { other in
      let rows = min(other.start, other.end)...max(other.start, other.end)
      let isItself = other.unit == edge.unit && other.source == edge.source
      return isItself || other.start == other.end || !rows.contains(row) || gap(other) > own
    }
  }

  /// Whether nothing is written in so many cells and beside them.
  private func isFree(_ row: Int, _ first: Int, _ width: Int, _ taken: [Bool]) -> Bool {
    guard first >= 1, first + width < columns.count, row >= 0, row < height else { return false }
    return !((first - 1)..<(first + width + 1)).contains { taken[row * columns.count + $0] }
  }

  private func put(_ edge: Edge, _ text: String, row: Int, first: Int, _ grid: inout Grid, _ taken: inout [Bool]) {
    guard row >= 0, row < height else { return }
    for column in first..<min(first + text.count, columns.count) { taken[row * columns.count + column] = true }
    let cell =
      edge.source.map { pair.cell(unit: edge.unit, source: $0) }
      ?? Selection(Quantity(.b, pair.layer), row: pair.biasRow(of: edge.unit))
    let style = pair.style(edge.value, isChosen: edge.isChosen, cell)
    let column = columns.lowerBound + first
    let end = grid.put(text, row: row, column: column, style: style)
    grid.mark(.cell(cell), row: row, columns: column..<end)
  }
}

extension Double {
  /// 1 or −1, by the sign.
  fileprivate var signum: Double { self < 0 ? -1 : 1 }
}
