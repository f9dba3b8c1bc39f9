import Engine
import Notation

/// The edges between two neighbouring layers of the picture. Level ones are lines of their own, the others are drawn in
/// dots: whole where the weight is positive, broken where it is negative. Where there are too many the strongest are
/// drawn, and their number is said.
struct NetworkEdges {
  private struct Edge {
    let unit: Int
    let from: Int
    let start: Int
    let end: Int
    let weight: Double
    var isLevel: Bool { start == end }
  }

  /// In which way the numbers go along the edges at the step on show.
  private enum Flow { case none, forward, backward, update }

  private let scene: Scene
  private let columns: Range<Int>
  private let height: Int
  private let layer: Int
  private let flow: Flow
  private let edges: [Edge]
  private let largest: Double
  /// Whether every edge between the units shown is drawn, so that there is room for their weights.
  private let isOpen: Bool
  /// Whether lit edges are drawn twice as thick.
  private let isThick: Bool
  /// How many edges there are in all between the two layers.
  private let count: Int

  init(_ scene: Scene, from: NetworkGeometry.Column, to: NetworkGeometry.Column, height: Int) {
    self.scene = scene
    self.height = height
    columns = from.right..<max(to.left, from.right)
    layer = to.layer
    count = from.units * to.units
    flow = NetworkEdges.flow(scene.state, layer: to.layer)
    let weights = ComputedValue(scene.state, Quantity(.w, to.layer))
    largest = weights.largest
    var edges: [Edge] = []
    edges.reserveCapacity(from.shown.count * to.shown.count)
    for unit in to.shown {
      for source in from.shown {
        guard let start = from.row(of: source), let end = to.row(of: unit), let weight = weights[unit, source] else {
          continue
        }
        edges.append(Edge(unit: unit, from: source, start: start, end: end, weight: weight))
      }
    }
    // How many edges the gap can hold before nothing can be told apart.
    let most = min(max(columns.count * (height - 1) / 8, 16), 60)
    self.edges = Array(NetworkEdges.strongestFirst(edges).prefix(most))
    isOpen = edges.count <= most
    isThick = flow != .none && edges.count * 4 <= most + 8
  }

  private static func strongestFirst(_ edges: [Edge]) -> [Edge] {
    edges.sorted { (abs($0.weight), $1.unit, $1.from) > (abs($1.weight), $0.unit, $0.from) }
  }

  private static func flow(_ state: State, layer: Int) -> Flow {
    switch state.phase {
    case .forward where state.layer == layer: .forward
    // δ of a layer comes back through the weights of the one behind it.
    case .backward where state.layer == layer - 1: .backward
    case .update where state.layer == layer: .update
    default: .none
    }
  }

  func draw(on grid: inout Grid) {
    guard columns.count > 2 else { return }
    var taken = [Bool](repeating: false, count: columns.count * height)
    drawDots(&grid)
    for edge in edges where edge.isLevel { drawLevel(edge, &grid, &taken) }
    if isOpen {
      for edge in edges where !edge.isLevel { drawLabel(edge, &grid, &taken) }
    }
    guard edges.count < count else { return }
    let text = ["\(edges.count) of \(count) edges", "\(edges.count) of \(count)", "\(edges.count)/\(count)"]
    guard let said = text.first(where: { $0.count + 6 <= columns.count }) ?? text.last, said.count <= columns.count
    else {
      return
    }
    let start = columns.upperBound - said.count - (columns.count - said.count > 3 ? 1 : 0)
    grid.put(said, row: 0, column: start, style: Style(.muted))
  }

  private func style(_ edge: Edge) -> Style {
    let style = Style(Role.signed(edge.weight, largest: largest))
    return flow == .none ? style : style.with(.bold)
  }

  // MARK: lines

  private func drawDots(_ grid: inout Grid) {
    var canvas = Braille(width: columns.count, height: height)
    var styles = [Style](repeating: .plain, count: columns.count * height)
    for edge in edges.reversed() where !edge.isLevel {
      let (width, start, end) = (canvas.dotsAcross, edge.start * 4 + 1, edge.end * 4 + 1)
      let own = style(edge)
      for x in 0..<width {
        // Broken lines stand for negative weights, so that signs can be told without colour.
        if edge.weight < 0, x % 6 >= 3 { continue }
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
  }

  private func drawLevel(_ edge: Edge, _ grid: inout Grid, _ taken: inout [Bool]) {
    let (row, own) = (edge.start, style(edge))
    let line: Character = flow == .none ? (edge.weight < 0 ? "╌" : "─") : "═"
    grid.horizontalLine(row: row, column: columns.lowerBound, length: columns.count, with: line, style: own)
    if flow == .backward {
      grid.put("<", row: row, column: columns.lowerBound, style: own)
    } else {
      grid.put(">", row: row, column: columns.upperBound - 1, style: own)
    }
    let text = " \(labelText(edge, width: 6)) "
    for column in columns.indices where taken.indices.contains(row * columns.count + column - columns.lowerBound) {
      taken[row * columns.count + column - columns.lowerBound] = true
    }
    guard text.count + 4 <= columns.count else { return }
    putLabel(edge, text, row: row, column: columns.lowerBound + (columns.count - text.count) / 2, &grid)
  }

  // MARK: weights

  private func labelText(_ edge: Edge, width: Int) -> String {
    String(fitted(edge.weight, width: width, digits: 3).drop { $0 == " " })
  }

  /// Writes an edge's weight beside it, or on it, where it hides the least.
  private func drawLabel(_ edge: Edge, _ grid: inout Grid, _ taken: inout [Bool]) {
    let text = labelText(edge, width: edge.weight < 0 ? 5 : 4)
    let width = text.count
    let (last, rise) = (columns.count - 1, Double(edge.end - edge.start))
    var best: (row: Int, first: Int, cost: Int)?
    for row in min(edge.start, edge.end)...max(edge.start, edge.end) {
      // Where the edge is when it crosses this row.
      let enters = Int(Double(last) * (Double(row - edge.start) - 0.5 * rise.signum) / rise)
      let leaves = Int((Double(last) * (Double(row - edge.start) + 0.5 * rise.signum) / rise).rounded(.up))
      let beside = [leaves + 1, leaves + 2, leaves + 3, enters - width - 1, (enters + leaves - width) / 2]
      for (rank, first) in beside.enumerated() where first >= 1 && first + width < columns.count {
        let cells = (row * columns.count + first - 1)..<(row * columns.count + first + width + 1)
        guard cells.upperBound <= taken.count, !cells.contains(where: { taken[$0] }) else { continue }
        let hidden = (first..<(first + width)).count { grid[row, columns.lowerBound + $0].character != " " }
        guard hidden <= 2 else { continue }
        // Near the edge's beginning labels of one unit stand together.
        // At the units themselves they stand only where there is no better place.
        let atUnit = row == edge.start ? 40 : row == edge.end ? 80 : 0
        let cost = hidden * 100 + atUnit + rank * 10 + abs(row - edge.start)
        if best.map({ cost < $0.cost }) ?? true { best = (row, first, cost) }
      }
    }
    guard let best else { return }
    for column in (best.first - 1)..<(best.first + width + 1) { taken[best.row * columns.count + column] = true }
    putLabel(edge, text, row: best.row, column: columns.lowerBound + best.first, &grid)
  }

  private func putLabel(_ edge: Edge, _ text: String, row: Int, column: Int, _ grid: inout Grid) {
    let cell = Selection(Quantity(.w, layer), row: edge.unit, column: edge.from)
    var own = style(edge)
    if flow == .update { own = own.with(.underline) }
    if scene.view.selection == cell { own = Style(.selected) }
    let end = grid.put(text, row: row, column: column, style: own)
    grid.mark(.cell(cell), row: row, columns: column..<end)
  }
}

extension Double {
  /// 1 or −1, by the sign.
  fileprivate var signum: Double { self < 0 ? -1 : 1 }
}
