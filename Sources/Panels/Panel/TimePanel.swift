import Engine
import Notation

extension Panel {
  /// The whole line of time, from step 0 to the furthest, once that is more than the iteration whose steps stand at the top:
  /// the loss along it, the place, marks, stops and partings, and the stride, or how it plays.
  static let time = Panel(
    "time", "the whole line of time: the loss along it, the place, marks, stops, where futures part",
    .bottom(most: timeRows)
  ) { scene in
    guard let line = TimeLine(scene) else { return nil }
    return Prepared { width in
      let axis = line.axis(width: width)
      return Fitted(rows: Room(1, line.hasNames ? 2 : 1)) { line.draw(into: &$0, axis) }
    }
  }
  .with(Sign.ofTime)

  /// The rows that it has on a screen of so many: none where panels hardly fit.
  private static func timeRows(of height: Int) -> Int { height < 20 ? 0 : height < 28 ? 1 : 2 }
}

/// What is drawn of a line of time.
struct TimeLine {
  private let scene: Scene
  private let curve: LossAlongTime
  private let furthest: Int
  private let partings: [(step: Int, futures: [ListedFuture])]

  /// Nil where the iteration at the top says it all.
  init?(_ scene: Scene) {
    guard let scale = scene.scale else { return nil }
    furthest = scale.step(at: scene.furthest)
    guard furthest > 0,
      scene.furthest.iteration > 0 || !scene.marks.isEmpty || !scene.futures.isEmpty || scene.view.isPlaying
    else { return nil }
    self.scene = scene
    curve = LossAlongTime(scene, scale)
    let all = scene.futures.partings
    let end = furthest
    let others = scene.futures.filter { all[$0.number].map { $0 <= end } == true }
    partings = Dictionary(grouping: others) { all[$0.number] ?? 0 }.sorted { $0.key < $1.key }
      .map { (step: $0.key, futures: $0.value) }
  }

  /// Whether there is something to name below the curve.
  var hasNames: Bool { !partings.isEmpty || scene.marks.contains { $0.step <= furthest } }

  /// The steps in so many columns of a panel.
  func axis(width: Int) -> TimeAxis {
    let end = String(furthest)
    let first = 3
    let last = max(width - end.displayWidth - TimeLine.roomForStride - 4, first + 1)
    return TimeAxis(columns: first..<last, furthest: furthest)
  }

  /// The room for the stride, or for how it plays; the line keeps its length whatever stands there.
  private static let roomForStride = 18

  func draw(into grid: inout Grid, _ axis: TimeAxis) {
    grid.put("0", row: 0, column: 1, style: Style(.label))
    let end = grid.put(String(furthest), row: 0, column: axis.columns.upperBound + 1, style: Style(.label))
    grid.put(stride, row: 0, column: end + 2, style: Style(scene.view.isPlaying ? .lit : .label))
    let here = axis.column(of: min(scene.state.step, furthest))
    for (column, bar) in zip(axis.columns, curve.bars(along: axis)) {
      grid.put(
        bar.glyph, row: 0, column: column, style: column > here && bar.style.role != .bad ? Style(.muted) : bar.style)
      grid.mark(.time(axis.step(at: column)), rows: 0..<grid.height, columns: column..<column + 1)
    }
    drawNames(into: &grid, axis)
    grid.put("●", row: 0, column: here, style: Style(.lit))
    grid.mark(.time(scene.state.step), row: 0, columns: here..<here + 1)
  }

  /// The stride that → and ← take, or how it plays: `stride layer`, `▶ 8/s layer`.
  private var stride: String {
    let view = scene.view
    let arrow = view.playsBackwards ? "◀" : "▶"
    guard view.isPlaying else {
      return (view.playsBackwards ? arrow + " " : "") + "\(scene.tongue("stride")) \(view.stride.name)"
    }
    let pace = view.speed.isFinite ? " \(significant(view.speed, digits: 3))/s" : arrow
    return "\(arrow)\(pace) \(view.stride.name)"
  }

  /// Something that has a name on the line.
  private struct Named {
    let step: Int
    let sign: Character
    let style: Style
    let names: [(text: String, target: Target)]
  }

  /// In the order in which room is given.
  private var named: [Named] {
    func marks(_ kind: TimeMark.Kind, _ sign: Character, _ style: Style) -> [Named] {
      scene.marks.filter { $0.kind == kind && $0.step <= furthest }.reversed().map {
        Named(step: $0.step, sign: sign, style: style, names: [($0.name, .time($0.step))])
      }
    }
    let futures = partings.map { parting in
      Named(
        step: parting.step, sign: "├", style: Style(.narration),
        names: parting.futures.map {
          ($0.isNamed ? $0.label : "\(scene.tongue("future")) \($0.label)", .future($0.label))
        })
    }
    return marks(.place, "▾", Style(.key)) + futures + marks(.stop, "◉", Style(.warning))
      + marks(.breakpoint, "◌", Style(.warning))
  }

  /// The signs over the curve where there is one row; where there are two, below it, with as many names as have room.
  private func drawNames(into grid: inout Grid, _ axis: TimeAxis) {
    guard grid.height > 1 else {
      for one in named.reversed() {
        let column = axis.column(of: one.step)
        grid.put(String(one.sign), row: 0, column: column, style: one.style)
        grid.mark(.time(one.step), row: 0, columns: column..<column + 1)
      }
      return
    }
    var free = [Bool](repeating: true, count: grid.width + 1)
    func isFree(_ columns: Range<Int>) -> Bool { columns.upperBound <= grid.width && columns.allSatisfy { free[$0] } }
    let all = named
    var signs: [(column: Int, one: Named)] = []
    for one in all {
      let column = axis.column(of: one.step)
      guard isFree(column..<column + 1) else { continue }
      free[column] = false
      grid.put(String(one.sign), row: 1, column: column, style: one.style)
      grid.mark(.time(one.step), row: 1, columns: column..<column + 1)
      signs.append((column, one))
    }
    for (sign, one) in signs {
      var column = sign + 2
      for name in one.names {
        // A blank before it and one behind it part it from its neighbours.
        let columns = column..<column + name.text.displayWidth
        guard isFree(column - 1..<columns.upperBound + 1) else { break }
        grid.put(name.text, row: 1, column: column, style: one.style)
        grid.mark(name.target, row: 1, columns: columns)
        for taken in column - 1..<columns.upperBound + 1 { free[taken] = false }
        column = columns.upperBound + 1
        free[column - 1] = true
      }
    }
  }
}
