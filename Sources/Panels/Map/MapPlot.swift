import Engine
import Notation

/// A map with its axes and its samples in so many cells.
struct MapPlot {
  let scene: Scene
  let subject: MapSubject
  /// What the marks of the samples say: where the map is of an expression, still their targets.
  private let marked: MapSubject
  let range: InputRange
  let width: Int
  let height: Int

  init(_ scene: Scene, _ subject: MapSubject, width: Int, height: Int) {
    self.scene = scene
    self.width = width
    self.height = height
    self.subject = subject
    marked = scene.mapped == nil ? subject : MapSubject(outputsOf: scene)
    range = InputRange(scene.state.experiment.data)
  }

  private var state: State { scene.state }
  private var data: Dataset { scene.state.experiment.data }
  /// The rows of the plot; the one below has the first input's axis.
  private var rows: Int { height - 1 }

  // MARK: the plane of two inputs

  /// The plane, in colours as half blocks, two points to a cell, or without as signs and letters.
  func drawPlane(_ grid: inout Grid) {
    let left = verticalAxis(given(range.bounds[1], input: 1), name: name(ofInput: 1), &grid)
    let columns = width - left
    horizontalAxis(from: left, &grid)
    if scene.hasColours {
      let map = DecisionMap(state, subject, over: range, width: columns, height: rows * 2)
      for row in 0..<rows {
        for column in 0..<columns {
          let role = Role.halves(map[row * 2, column], map[row * 2 + 1, column])
          grid.put(MapPlot.halfBlock, row: row, column: left + column, style: Style(role))
        }
      }
    } else {
      let map = DecisionMap(state, subject, over: range, width: columns, height: rows)
      for row in 0..<rows {
        for column in 0..<columns {
          let character = map.character(row: row, column: column)
          guard character != " " else { continue }
          let style = Style(role(of: map[row, column]))
          grid.put(Glyph(character), row: row, column: left + column, style: style)
        }
      }
    }
    drawSamples(&grid) { input in
      guard let column = range.part(of: input[0], among: columns, input: 0),
        let row = range.part(of: input[1], among: rows, input: 1)
      else { return nil }
      return (rows - 1 - row, left + column)
    }
  }

  /// Two points in one cell: the upper half in the text's colour, the lower in the ground's.
  private static let halfBlock = Glyph("▀" as Unicode.Scalar)

  private func role(of shade: Shade) -> Role {
    switch shade {
    case .unknown: .bad
    case .group: .muted
    case .level(let level): level > 0 ? .positive(UInt8(level - 1)) : .negative(UInt8(-level - 1))
    }
  }

  // MARK: the line of one input

  /// The output, or an expression, as a curve over the input.
  func drawCurve(_ grid: inout Grid) {
    let points = 2 * width
    guard let line = line(points) else { return }
    let finite = (line.values + line.targets).filter(\.isFinite)
    guard var low = finite.min(), var high = finite.max() else {
      return grid.remark("no \(line.what) is finite")
    }
    if high <= low { (low, high) = (low - 1, high + 1) }
    let left = verticalAxis(low...high, name: line.name, &grid)
    let columns = width - left
    horizontalAxis(from: left, &grid)
    var canvas = Braille(width: columns, height: rows)
    func dot(_ value: Double, among count: Int) -> Int {
      Int((Double(count - 1) * (1 - (value - low) / (high - low))).rounded())
    }
    var before: (x: Int, y: Int)?
    for x in 0..<canvas.dotsAcross {
      let value = line.values[x * points / canvas.dotsAcross]
      guard value.isFinite else {
        before = nil
        continue
      }
      let here = (x: x, y: dot(value, among: canvas.dotsDown))
      canvas.line(from: before ?? here, to: here)
      before = here
    }
    canvas.draw(on: &grid, row: 0, column: left, style: Style(.positive(2)))
    drawSamples(&grid) { input, target in
      let value = line.place(input, target)
      guard let column = range.part(of: input[0], among: columns, input: 0), value.isFinite else { return nil }
      return (dot(value, among: rows), left + column)
    }
  }

  /// What a curve is drawn from: its values from left to right, the targets that it has to make room for, and how high a
  /// sample stands.
  private struct Line {
    let name: String
    let what: String
    let values: [Double]
    var targets: [Double] = []
    let place: (_ input: ArraySlice<Double>, _ target: ArraySlice<Double>) -> Double
  }

  /// The output's samples stand at their targets, those of an expression on the curve itself.
  private func line(_ points: Int) -> Line? {
    switch subject {
    case .output(let output, _):
      let outputs = state.experiment.network.outputs
      let all = state.outputs(for: (0..<points).map { range.middle(of: $0, among: points, input: 0) })
      let targets = [data.targets, data.heldOut.targets].flatMap { targets in
        stride(from: output, to: targets.count, by: outputs).map { targets[$0] }
      }
      return Line(
        name: "a\(state.experiment.network.layers.count)", what: "output",
        values: stride(from: output, to: all.count, by: outputs).map { all[$0] }, targets: targets,
        place: { _, target in target[target.startIndex + output] })
    case .expression(let mapped):
      let shares = (0..<points).map { (Double($0) + 0.5) / Double(points) }
      return Line(
        name: scene.mapped?.expression.pretty ?? "", what: "value",
        values: shares.map { mapped.value(across: $0) },
        place: { input, _ in mapped.value(across: range.share(of: input[input.startIndex], input: 0)) })
    case .classes, .failed: return nil
    }
  }

  // MARK: axes

  /// The axis at the left, with its numbers and its name, and the column after it.
  private func verticalAxis(_ bounds: ClosedRange<Double>, name: String, _ grid: inout Grid) -> Int {
    let (high, low) = (significant(bounds.upperBound, digits: 3), significant(bounds.lowerBound, digits: 3))
    let name = name.clipped(to: max(high.count, low.count, 6))
    let end = min(max(high.count, low.count, name.displayWidth) + 1, width / 2)
    grid.put(high, row: 0, endingBefore: end, style: Style(.label))
    if rows > 2 { grid.put(name, row: rows / 2, endingBefore: end, style: Style(.label)) }
    if rows > 1 { grid.put(low, row: rows - 1, endingBefore: end, style: Style(.label)) }
    grid.verticalLine(row: 0, column: end, length: rows)
    return end + 1
  }

  private func horizontalAxis(from left: Int, _ grid: inout Grid) {
    let bounds = given(range.bounds[0], input: 0)
    let row = height - 1
    let end = grid.put(significant(bounds.lowerBound, digits: 3), row: row, column: left, style: Style(.label))
    let start = grid.put(significant(bounds.upperBound, digits: 3), row: row, endingBefore: width, style: Style(.label))
    let name = name(ofInput: 0)
    let middle = left + (width - left - name.displayWidth) / 2
    if middle > end, middle + name.displayWidth < start {
      grid.put(name, row: row, column: middle, style: Style(.label))
    }
  }

  /// A range of an input in the units of the samples as they were given, whatever the network makes of them.
  private func given(_ bounds: ClosedRange<Double>, input: Int) -> ClosedRange<Double> {
    guard data.scales.indices.contains(input) else { return bounds }
    let scale = data.scales[input]
    let (low, high) = (scale.given(bounds.lowerBound), scale.given(bounds.upperBound))
    return min(low, high)...max(low, high)
  }

  private func name(ofInput input: Int) -> String {
    input < data.inputNames.count ? data.inputNames[input] : "x[\(input + 1)]"
  }

  // MARK: samples

  /// With more samples than this, only every so many of them are drawn.
  private static let mostSamples = 1000

  private func drawSamples(_ grid: inout Grid, at place: (ArraySlice<Double>) -> (row: Int, column: Int)?) {
    drawSamples(&grid) { input, _ in place(input) }
  }

  /// Marks the samples where they lie: first those that come out right, then those that do not, and the one on show last.
  private func drawSamples(
    _ grid: inout Grid,
    at place: (_ input: ArraySlice<Double>, _ target: ArraySlice<Double>) -> (row: Int, column: Int)?
  ) {
    let onShow = state.batch.indices.contains(state.selected) ? state.batch[state.selected] : nil
    var last: [(mark: SampleMark, row: Int, column: Int)] = []
    for mark in marks(onShow: onShow) {
      guard var (row, column) = place(mark.input[...], mark.target[...]) else { continue }
      (row, column) = (min(max(row, 0), rows - 1), min(column, width - 1))
      if mark.role == .plain { draw(mark, row, column, &grid) } else { last.append((mark, row, column)) }
    }
    for (mark, row, column) in last.sorted(by: { $0.mark.rank < $1.mark.rank }) { draw(mark, row, column, &grid) }
  }

  private func draw(_ mark: SampleMark, _ row: Int, _ column: Int, _ grid: inout Grid) {
    let style = Style(mark.role, mark.isHeldOut ? [.bold, .underline] : .bold)
    grid.put(String(mark.character), row: row, column: column, style: style)
    if let sample = mark.sample { grid.mark(.sample(sample), row: row, columns: column..<column + 1) }
  }

  /// A sample on the map.
  private struct SampleMark {
    let input: [Double]
    let target: [Double]
    let character: Character
    let role: Role
    let isHeldOut: Bool
    /// Its number from 0 among those to train on; nil of a held-out one.
    let sample: Int?
    var rank: Int { role == .lit ? 1 : 0 }
  }

  private func marks(onShow: Int?) -> [SampleMark] {
    let every = (data.givenCount + MapPlot.mostSamples - 1) / MapPlot.mostSamples
    let numbers = Array(stride(from: 0, to: data.givenCount, by: max(every, 1)))
    let samples = numbers.map { number -> (input: [Double], target: [Double], sample: Int?) in
      switch data.use(of: number) {
      case .training(let sample): (Array(data.input(sample)), Array(data.target(sample)), sample)
      case .heldOut(let sample): (Array(data.heldOut.input(sample)), Array(data.heldOut.target(sample)), nil)
      }
    }
    let areRight = state.areRight(samples.flatMap(\.input), samples.flatMap(\.target))
    return zip(samples, areRight).map { sample, isRight in
      let isOnShow = sample.sample != nil && sample.sample == onShow
      let isWrong = !isRight && data.isOfClasses
      return SampleMark(
        input: sample.input, target: sample.target,
        character: character(sample.target, isHeldOut: sample.sample == nil),
        role: isOnShow ? .lit : isWrong ? .bad : .plain, isHeldOut: sample.sample == nil, sample: sample.sample)
    }
  }

  /// What a sample is marked with: its class's letter, or on which side of the middle its target lies.
  private func character(_ target: [Double], isHeldOut: Bool) -> Character {
    switch marked {
    case .classes: return MapSubject.letter(State.largest(target) ?? 0, isCapital: true)
    case .output(let output, let middle):
      if data.inputCount == 1 { return isHeldOut ? "◇" : "●" }
      return target[output] >= middle ? (isHeldOut ? "◆" : "●") : (isHeldOut ? "◇" : "○")
    case .expression, .failed: return "●"
    }
  }
}

extension Dataset {
  /// Whether a sample comes out right or wrong: its targets say yes or no, not how much.
  var isOfClasses: Bool { isOfSigns || targets.allSatisfy { $0 == 0 || $0 == 1 } }
}
