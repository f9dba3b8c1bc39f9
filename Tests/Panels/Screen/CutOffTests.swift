import Engine
import Testing

@testable import Panels

/// What is cut off is marked, and no number is cut: every panel, network and step at the sizes of a screen.
@Suite struct CutOffTests {
  private static let sizes = [(80, 24), (100, 30), (160, 50), (200, 60)]

  /// Networks as the suite has them: small and wide, few and many layers, every kind of loss.
  private static let networks: [(sizes: [Int], activation: String, loss: String, samples: Int)] = [
    ([2, 2, 2], "sigmoid", "half-squared-error", 1), ([2, 2, 1], "sigmoid", "binary-cross-entropy", 4),
    ([3, 2, 2], "softmax", "cross-entropy", 1), ([4, 8, 3], "tanh", "mean-squared-error", 30),
    ([4, 8, 3], "softmax", "cross-entropy", 150), ([64, 32, 10], "relu", "huber", 10),
    ([64, 32, 10], "softmax", "cross-entropy", 10),
    ([3, 4, 5, 3, 4, 5, 3, 4, 5, 3, 2], "gelu", "mean-absolute-error", 2),
  ]

  /// Scenes of a network at each step of its first two iterations, each with another panel asked for.
  private func scenes(_ network: Int) -> [Scene] {
    let (sizes, activation, loss, samples) = Self.networks[network]
    var timeline = Timeline(Scenes.experiment(sizes, activation, loss: loss, samples: samples))
    let focuses = Panel.body.map(\.name)
    return (0...(timeline.state.program.steps.count + 2)).map { step in
      timeline.move(to: timeline.place(ofStep: step))
      var scene = Scene(timeline)
      scene.view = View().afterStep(timeline.state).focusing(focuses[step % focuses.count])
      scene.title = "a title of more than forty characters, which is long"
      scene.lines = (1...20).map {
        SessionLine("set w1[\($0),1] = 0.\($0)12345678901234567890123456789012345678901234567")
      }
      scene.watches = [Watch(1, "w1", value: .success(Matrix(rows: 12, columns: 3, filledWith: 1.0 / 3)))]
      scene.narration = Text(
        verbatim: String(repeating: "What is told takes more than a line and more than a row. ", count: 12))
      return scene
    }
  }

  /// Panels that fill whatever room they have: what they show is made for it.
  private static let filling: Set = ["loss", "plot", "map", "network"]

  @Test(arguments: networks.indices, sizes)
  func whatHasNoRoomIsMarked(network: Int, size: (width: Int, height: Int)) {
    var marked = 0
    for scene in scenes(network) {
      let frame = compose(scene, width: size.width, height: size.height)
      for slot in Layout(scene, width: size.width, height: size.height).slots
      where !Self.filling.contains(slot.panel.name) {
        let rows = slot.height - (slot.prepared.title == nil ? 0 : 1)
        guard rows < slot.fitted.rows.wished else { continue }
        let shown = (slot.row..<slot.row + slot.height).map { row in
          String((slot.column..<slot.column + slot.width).map { frame[row, $0].character })
        }
        let isMarked = shown.contains { $0.contains { "…↓↑".contains($0) } }
        #expect(
          isMarked,
          "\(slot.panel.name) at step \(scene.state.step): \(rows) of \(slot.fitted.rows.wished)\n\(shown.joined(separator: "\n"))"
        )
        marked += 1
      }
    }
    if size.height == 24 { #expect(marked > 0) }
  }

  /// Each number in a cell is the value rounded to the digits that are shown, which one that is cut is not.
  @Test(arguments: networks.indices, sizes)
  func noNumberIsCut(network: Int, size: (width: Int, height: Int)) throws {
    var read = 0
    for scene in scenes(network) where scene.state.phase != .update {
      for slot in Layout(scene, width: size.width, height: size.height).slots
      where ["layer", "jacobian"].contains(slot.panel.name) {
        var grid = Grid(width: slot.width, height: slot.height)
        slot.panel.draw(slot.prepared, slot.fitted, isFocused: false, into: &grid)
        for area in grid.areas {
          guard case .cell(let cell) = area.target,
            let value = ComputedValue(scene.state, cell.quantity)[cell.row, cell.column]
          else { continue }
          let text = area.columns.map { String(grid[area.rows.lowerBound, $0].character) }.joined()
            .filter { !"[ ]".contains($0) }
          guard text != "·" else { continue }
          let shown = try #require(Shown(text), "\(text) of \(cell.quantity.name) at step \(scene.state.step)")
          #expect(
            abs(shown.value - value) <= shown.halfUnit * (1 + 1e-9) + 1e-15 * abs(value),
            "\(text) is not \(value): \(cell.quantity.name)[\(cell.row + 1),\(cell.column + 1)] at step \(scene.state.step)"
          )
          read += 1
        }
      }
    }
    #expect(read > 10)
  }

  /// A number as it is printed, with half a unit of its last digit.
  private struct Shown {
    let value: Double
    let halfUnit: Double

    init?(_ text: String) {
      guard let value = Double(text) else { return nil }
      let parts = text.split(separator: "e")
      let decimals = parts[0].split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
      let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
      self.value = value
      halfUnit = 0.5 * (0..<abs(power - decimals)).reduce(1.0) { unit, _ in power < decimals ? unit / 10 : unit * 10 }
    }
  }

  @Test func textThatGoesOnEndsWithAMark() {
    var grid = Grid(width: 12, height: 4)
    grid.put("what goes on and on", row: 0, column: 2)
    grid.put("loss 0.298371109", row: 1, column: 0)
    grid.put("0.298371109123", row: 2, column: 0, end: 6)
    grid.put("just so many", row: 3, column: 0)
    #expect(grid.lines == ["  what goes…", "loss …", "0.298…", "just so many"])
    #expect("a longer text".clipped(to: 8) == "a longe…")
    #expect("loss 0.29837".clipped(to: 9) == "loss …")
    #expect("w = 1.5 and so on".clipped(to: 8) == "w = …")
    #expect("w = 1.5 and so on".clipped(to: 9) == "w = 1.5 …")
    #expect("see the trees".clipped(to: 12) == "see the tre…")
  }
}
