import Engine
import Testing

@testable import Panels

/// The numbers of another future under ours.
struct LayerBesideTests {
  /// Mazur's network, with the same beside it from another first weight.
  private func scene(steps: Int, label: String = "2") throws -> Scene {
    let timeline = Scenes.mazur()
    var scene = Scenes.scene(timeline, steps: steps)
    var other = timeline
    other.change { _, parameters in parameters[0].w.values[0] = 0.5 }
    other.move(to: other.place(whereStands: timeline.moved(steps)))
    scene.beside = FutureBeside(label, .there(other.state))
    return scene
  }

  /// Every other number stands under ours, as the other future's own table has it; the same ones are left out.
  @Test func otherNumbersStandUnderOurs() throws {
    #expect(
      Panel.layer.lines(try scene(steps: 5)) == [
        "── Layer 1: dense 2->2, sigmoid, b frozen ──────────────────────────────────────",
        "   j  w[j,1]  w[j,2]     net       a   ∂L/∂a       δ  ∂w[j,1]  ∂w[j,2]      ∂b",
        "> 1   0.1500  0.2000  0.3775  0.5933 0.03635[.008771].0004386 .0008771 .008771",
        " ≠2   0.5000          0.3950  0.5975 0.03638 .008750 .0004375 .0008750 .008750",
        "  2   0.2500  0.3000  0.3925  0.5969 0.04137 .009954 .0004977 .0009954 .009954",
        " ≠2                                  0.04140 .009962 .0004981 .0009962 .009962",
      ])
  }

  /// Where the gradients stand under the units, so do those of the other future; a frozen bias has no change to differ.
  @Test func otherGradientsStandUnderOurs() throws {
    #expect(
      Panel.layer.lines(try scene(steps: 6)).map(\.withoutBlanksBehind) == [
        "── Layer 1: dense 2->2, sigmoid, b frozen ──────────────────────────────────────",
        "   j   Δw[j,1]   Δw[j,2]  w[j,1]  w[j,2] w⁺[j,1] w⁺[j,2]      Δb       b",
        "> 1  -.0002193 -.0004386  0.1500  0.2000 [0.1498] 0.1996   0.000  0.3500",
        " ≠2  -.0002187 -.0004375  0.5000          0.4998  0.1996",
        "  2  -.0002489 -.0004977  0.2500  0.3000  0.2498  0.2995   0.000  0.3500",
        " ≠2  -.0002491 -.0004981                  0.2498  0.2995",
        " ∂w1 .0004386 .0008771 / .0004977 .0009954  ∂b1 .008771 / .009954",
        "     .0004375 .0008750   .0004981 .0009962      .008750   .009962",
      ])
  }

  /// A unit keeps its place whether there is something to be held against it or not, and why there is not is said.
  @Test func whyThereIsNothingIsSaid() throws {
    var scene = try scene(steps: 5, label: "slow")
    let rows = Panel.layer.lines(scene).count
    for (standing, words) in [
      (FutureBeside.Standing.same(until: 14), "slow: the same up to step 14, where they part"),
      (.same(until: nil), "slow: the same, the two do not part"), (.ended(step: 3), "slow ends at step 3"),
      (.tooLong, "slow: its steps take too long to be taken beside these"),
    ] {
      scene.beside = FutureBeside("slow", standing)
      let lines = Panel.layer.lines(scene)
      #expect(lines.count == rows && lines[3].withoutBlanksBehind == " " + words, "\(rows): \(lines)")
      #expect(lines[5].withoutBlanksBehind.isEmpty && lines[4].contains("0.3925"))
    }
    scene.beside = FutureBeside("slow", .unknown)
    #expect(Panel.layer.lines(scene).count == rows && !Panel.layer.lines(scene).joined().contains("slow"))
  }

  /// That two futures differ is no fault: nothing is drawn as if it were one.
  @Test func whatDiffersIsNotDrawnAsAFault() throws {
    let scene = try scene(steps: 5)
    let grid = Panel.layer.framed(scene, width: 80, height: 10)
    let styles = (0..<80).map { grid[3, $0] }.filter { $0.character != " " }.map(\.style)
    #expect(styles.contains(Style(.label)) && !styles.contains(Style(.bad)))
  }

  /// A name has room before the numbers, a long one as much as it takes to know it.
  @Test func aNameHasRoom() throws {
    let lines = Panel.layer.lines(try scene(steps: 1, label: "slow"))
    #expect(lines[3].hasPrefix("≠slow ") && lines[2].hasPrefix(">   1 "), "\(lines)")
    let long = Panel.layer.lines(try scene(steps: 1, label: "extraordinarily"))
    #expect(long[3].hasPrefix("≠") && !long[3].contains("extraordinarily"), "\(long)")
  }

  /// Another network beside ours has only what both have: layers, units, columns.
  @Test func anotherNetworkIsNoHarm() {
    for sizes in [[2, 2], [2, 3, 2], [2, 2, 2, 2], [3, 2, 2]] {
      for steps in 0...7 {
        var scene = Scenes.scene(Scenes.mazur(), steps: steps)
        let other = Scenes.scene(Timeline(Scenes.experiment(sizes)), steps: min(steps, 3 * sizes.count - 2))
        scene.beside = FutureBeside("2", .there(other.state))
        for (width, height) in [(0, 0), (7, 2), (20, 3), (55, 6), (80, 24), (200, 60)] {
          let grid = Panel.layer.framed(scene, width: width, height: height)
          #expect(grid.cells.allSatisfy { AsciiStandIns.has($0.character) })
        }
      }
    }
  }

  /// The header names it where there is room.
  @Test func theHeaderNamesIt() throws {
    let scene = try scene(steps: 5, label: "slow")
    #expect(compose(scene, width: 120, height: 30).lines[0].contains(" | beside slow | "))
    var alone = scene
    alone.beside = nil
    #expect(!compose(alone, width: 120, height: 30).lines[0].contains("beside"))
  }
}

extension Timeline {
  /// The same so many layer steps on.
  fileprivate func moved(_ steps: Int) -> Timeline {
    var line = self
    for _ in 0..<steps { line.move(to: line.place(1, on: .layer)) }
    return line
  }
}

extension String {
  fileprivate var withoutBlanksBehind: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
