import Engine
import Notation

extension Panel {
  /// The held-out samples that come out wrong, by their numbers, and what they were taken for.
  static let holdout = Panel(
    "holdout", "the held-out samples that come out wrong, and what they are taken for",
    .main(.then(9), asking: .always)
  ) { scene throws(Missing) in
    let numbers = scene.state.experiment.data.heldOutNumbers
    if let obstacle = scene.state.experiment.obstacle { throw Missing(reason: obstacle) }
    guard !numbers.isEmpty else { throw Missing(reason: "no sample is held out; take some out: holdout 0.3") }
    guard JudgedSamples.isQuick(scene.state, numbers.count) else {
      throw Missing(reason: "the network is too large to be asked about all of them")
    }
    let judged = Once { JudgedSamples(scene.state, numbers) }
    let title = {
      let right = judged.value.map {
        "\($0.areRight.count { $0 }) \(scene.tongue("out of")) \(numbers.count) \(scene.tongue("right"))"
      }
      return Title(scene.tongue("Held out"), remark: right ?? "")
    }
    return Prepared(title: title, columns: Room(20, 60)) { _ in holdoutLines(scene, judged.value) }
  }
  .with(Sign.ofHoldout)

  /// The wrong ones, a line each.
  private static func holdoutLines(_ scene: Scene, _ judged: JudgedSamples?) -> Fitted {
    guard let judged else { return Fitted(rows: Room(2, 1)) { _ in } }
    let data = scene.state.experiment.data
    let wrong = judged.areRight.indices.filter { !judged.areRight[$0] }
    if wrong.isEmpty {
      return Fitted(rows: Room(2, 1)) {
        $0.put("✓ every held-out sample comes out right", row: 0, column: 1, style: Style(.good))
      }
    }
    let digits = String(data.givenCount).count
    return Fitted(lines: wrong, of: "holdout", scene, rows: Room(2, min(wrong.count, 8), most: wrong.count)) {
      grid, sample, row in
      let number = String(data.heldOutNumbers[sample] + 1).padded(to: digits, onTheRight: true)
      let said = sentence(scene, judged, sample, Array(data.heldOut.target(sample)))
      let column = grid.put("✗ ", row: row, column: 1, style: Style(.bad))
      grid.put("\(scene.tongue("sample")) \(number)  \(said)", row: row, column: column)
    }
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
