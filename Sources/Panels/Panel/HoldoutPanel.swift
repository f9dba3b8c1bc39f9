import Engine
import Notation

extension Panel {
  /// The held-out samples that come out wrong, by their numbers, and what they were taken for.
  static let holdout = Panel(
    "holdout", "the held-out samples that come out wrong, and what they are taken for",
    title: { scene in
      let data = scene.state.experiment.data
      let judged = JudgedSamples(scene.state, data.heldOutNumbers)
      let right = judged.map {
        "\($0.areRight.count { $0 }) \(scene.tongue("out of")) \(data.heldOutNumbers.count) \(scene.tongue("right"))"
      }
      return Title(scene.tongue("Held out"), remark: right ?? "")
    },
    applies: { holdoutObstacle($0) == nil },
    columns: { _ in Extent(20, 60) },
    rows: { scene, _ in
      let count = max(wrong(scene).count, 1)
      return Extent(2, min(count, 8), most: count)
    },
    draw: drawHoldout, missing: holdoutObstacle)

  @Sendable private static func holdoutObstacle(_ scene: Scene) -> Text? {
    if let obstacle = scene.state.experiment.obstacle { return obstacle }
    let numbers = scene.state.experiment.data.heldOutNumbers
    if numbers.isEmpty { return "no sample is held out; take some out: holdout 0.3" }
    return JudgedSamples.isQuick(scene.state, numbers.count)
      ? nil : "the network is too large to be asked about all of them"
  }

  /// The wrong ones, each with its place among those held out.
  private static func wrong(_ scene: Scene) -> [Int] {
    let judged = JudgedSamples(scene.state, scene.state.experiment.data.heldOutNumbers)
    return judged.map { judged in judged.areRight.indices.filter { !judged.areRight[$0] } } ?? []
  }

  @Sendable private static func drawHoldout(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    let data = scene.state.experiment.data
    guard let judged = JudgedSamples(scene.state, data.heldOutNumbers) else { return grid }
    let wrong = judged.areRight.indices.filter { !judged.areRight[$0] }
    if wrong.isEmpty {
      grid.put("✓ every held-out sample comes out right", row: 0, column: 1, style: Style(.good), end: width)
    }
    let first = grid.firstLine("holdout", scene, count: wrong.count, rows: height)
    let digits = String(data.givenCount).count
    for (row, sample) in wrong.dropFirst(first).prefix(height).enumerated() {
      let number = String(data.heldOutNumbers[sample] + 1)
      let target = Array(data.heldOut.target(sample))
      var column = grid.put("✗ ", row: row, column: 1, style: Style(.bad), end: width)
      column = grid.put(
        "\(scene.tongue("sample")) " + String(repeating: " ", count: digits - number.count) + number, row: row,
        column: column, style: Style(.plain), end: width)
      grid.put(
        "  " + sentence(scene, judged, sample, target), row: row, column: column, style: Style(.plain), end: width)
    }
    return grid
  }

  /// What a wrong one is, and what it was taken for.
  private static func sentence(_ scene: Scene, _ judged: JudgedSamples, _ sample: Int, _ target: [Double]) -> String {
    let data = scene.state.experiment.data
    let output = significant(judged.output(sample), digits: scene.tableDigits)
    guard target.count > 1 else { return "y = \(significant(target[0], digits: scene.tableDigits)), out = \(output)" }
    let right = State.largest(target) ?? 0
    let name = right < data.targetNames.count ? data.targetNames[right] : "y[\(right + 1)]"
    let taken = judged.text(sample, width: 40, digits: scene.tableDigits)
    return "\(name), \(scene.tongue("taken for")) \(taken) (\(output))"
  }
}
