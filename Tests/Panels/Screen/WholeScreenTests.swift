import Engine
import Synchronization
import Testing

@testable import Panels

/// Whole screens at 80×24, as the design pictures them.
@Suite struct WholeScreenTests {
  private func rules(_ lines: [String]) -> [Int] { lines.indices.filter { lines[$0].hasPrefix("──") } }

  @Test func aBackwardStepOfMazursNetwork() {
    var scene = Scenes.scene(Scenes.mazur(), steps: 5)
    scene.watches = [Watch(1, "|dw1|", value: .success(Matrix(0.00148334)))]
    let lines = compose(scene, width: 80, height: 24).lines
    #expect(
      Array(lines[0...10]) == [
        " mazur      iteration 1 | sample 1/1 | step 5 of 7 | <== BACKWARD layer 1 of 2",
        "  fwd1 ─── fwd2 ─── loss ─── bwd2 ───[BWD1]─── upd1 ─── upd2   loss 0.298371109",
        "── Network 2-2-2, half-squared-error, sgd ──────────────────────────────────────",
        "     x                     a1    δ1                      a2    δ2         y",
        " [  0.05]─ 0.150 ─────>[0.5933 +.00877]<═════ .0554 ═[0.7514 +0.1385]    0.01",
        "            ⠉⠒⠢⢄⡠⠔⢒⠝⠊                    ⠉⠛⠶⢦⣄⡠⠔⢒⠝⠊                   [L.2984]",
        "          0.200⢁⡨⠛⠓⠤⣀                    ⣀⠤⠒⠊⢉-.0190",
        " [  0.10]──── .300 ───>[0.5969 +.00995]<─── .550 ────[0.7729 -0.0381]    0.99",
        "          ⢀⠔⣊⡠⠤⠒⠒⠉⠁                     ⢀⠔⣊⡠⠤⠒⠒⠉⠁",
        "    ( 1 )⠚ 0.350                  ( 1 )⠚⠉⠉",
        "──[Layer 1: dense 2->2, sigmoid, b frozen]─────────────┼── Watch ───────────────",
      ])
    #expect(rules(lines).count == 3)
    #expect(lines.contains { $0.contains("[.008771]") })
    #expect(lines.contains { $0.contains(" 0.138498562  · 0.4 ") && $0.contains("0.0553994247") })
    #expect(lines.contains { $0.contains("0.00877135469") })
    #expect(lines.contains { $0.contains("│ 1 |dw1|") })
    #expect(lines[22].hasPrefix(" next: update 1   w1 += -rate·dw1, rate 0.5, b1 is frozen "))
    // The bar of panels has what is left of that row.
    #expect(lines[22].hasSuffix("   x 1 [2] 4 5 7 8 0"))
  }

  @Test func whatIsAskedForLeavesThePictureWhereItIs() {
    var scene = Scenes.scene(Scenes.softmax(), steps: 3)
    for focus in ["layer", "jacobian", "loss", "network", "data"] {
      scene.view = scene.view.focusing(focus)
      let panels = Set(Layout(scene, width: 80, height: 24).slots.map(\.panel.name))
      #expect(panels.isSuperset(of: ["network", "layer", focus]), "\(focus): \(panels)")
    }
    // In a large window they stand together.
    let large = Set(Layout(Scenes.scene(Scenes.softmax(), steps: 3), width: 200, height: 60).slots.map(\.panel.name))
    #expect(large.isSuperset(of: ["network", "layer", "jacobian", "derivation", "loss"]))
  }

  /// The map that was asked for takes the curve beside it, so that what was learned and how fast stand together.
  @Test(arguments: [(80, 24), (80, 30), (100, 30)])
  func theMapAndTheCurveStandSideBySide(width: Int, height: Int) throws {
    var scene = Scenes.scene(Timeline(Scenes.experiment([2, 4, 1], samples: 4)), steps: 3)
    #expect(!Layout(scene, width: width, height: height).slots.contains { $0.panel.name == "map" })
    scene.view = scene.view.focusing("map")
    let slots = Layout(scene, width: width, height: height).slots
    let map = try #require(slots.first { $0.panel.name == "map" })
    let curve = try #require(slots.first { $0.panel.name == "loss" })
    #expect(map.row == curve.row && map.height == curve.height && map.height >= 7)
    #expect(curve.column == map.column + map.width + 1 && curve.column + curve.width == width)
  }

  /// What the first column has no room for stands in the second, and the Jacobian is never lost to the session's lines.
  @Test(arguments: [([3, 2, 2], 100, 30), ([64, 32, 10], 160, 50), ([64, 32, 10], 200, 60), ([4, 8, 3], 100, 30)])
  func theJacobianOfABackwardStepIsOnShow(sizes: [Int], width: Int, height: Int) {
    let timeline = Timeline(Scenes.experiment(sizes, "softmax", loss: "cross-entropy"))
    let scene = Scenes.scene(timeline, steps: sizes.count + 1)
    let slots = Layout(scene, width: width, height: height).slots
    #expect(slots.contains { $0.panel.name == "jacobian" }, "\(sizes) at \(width)×\(height)")
    #expect(slots.contains { $0.panel.name == "network" })
  }

  /// The picture keeps its rectangle at every step of a network and a window, whatever is focused or said.
  @Test(arguments: [[2, 2, 2], [2, 2, 1], [3, 2, 2], [4, 8, 3], [64, 32, 10], [3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2]])
  func thePictureKeepsItsPlaceFromStepToStep(sizes: [Int]) {
    for (activation, loss) in [("tanh", "half-squared-error"), ("softmax", "cross-entropy")] {
      for (width, height) in [(80, 24), (100, 30), (160, 50), (200, 60)] {
        var timeline = Timeline(Scenes.experiment(sizes, activation, loss: loss))
        var places: Set<[Int]> = []
        for step in 0...(timeline.state.program.steps.count + 2) {
          timeline.move(to: timeline.place(ofStep: step))
          var scene = Scene(timeline)
          scene.view = scene.view.afterStep(timeline.state).focusing(["layer", "derivation", "network"][step % 3])
          if step % 2 == 1 { scene.message = Message("one line\nand another\nand a third") }
          for slot in Layout(scene, width: width, height: height).slots where slot.panel.name == "network" {
            places.insert([slot.row, slot.column, slot.width, slot.height])
          }
        }
        #expect(places.count == 1, "\(sizes) \(activation) at \(width)×\(height): \(places)")
      }
    }
  }

  @Test func theFirstThreePanelsAreThereInEveryWindow() {
    for sizes in [[2, 2, 2], [64, 32, 10], [3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2]] {
      let timeline = Timeline(Scenes.experiment(sizes, "tanh"))
      for steps in [0, 1, 5, 7] {
        let scene = Scenes.scene(timeline, steps: steps)
        for (width, height) in [(60, 16), (80, 24), (100, 30), (120, 24), (200, 60)] {
          let shown = Set(Layout(scene, width: width, height: height).slots.map(\.panel.name))
          #expect(shown.isSuperset(of: ["network", "layer", "derivation"]), "\(sizes) at \(width)×\(height)")
        }
      }
    }
  }

  /// However often a layout asks, a panel is made ready once.
  @Test func aFrameMakesEachPanelReadyOnce() {
    let panels = PanelsOfFrame(Scenes.scene(Scenes.mazur(), steps: 5))
    let count = Mutex(0)
    let counting = Panel("counting", "how often it is made ready", .side(.then(1))) { _ in
      count.withLock { $0 += 1 }
      return nil
    }
    for _ in 0..<3 { #expect(!panels.applies(counting)) }
    #expect(count.withLock { $0 } == 1)
  }

  /// What is told has a place of its own: it takes nobody's, and asking for it moves nothing.
  @Test func narrationLeavesThePictureWhereItIs() {
    var scene = Scenes.scene(Scenes.mazur(), steps: 5)
    scene.narration = "Forward, one layer at a time."
    func panels() -> Set<String> { Set(Layout(scene, width: 80, height: 30).slots.map(\.panel.name)) }
    #expect(panels().isSuperset(of: ["narration", "network", "layer", "derivation"]))
    scene.view = scene.view.focusing("narration")
    #expect(panels().isSuperset(of: ["narration", "network", "layer", "derivation"]))
  }

  /// What is told is shown to its end before any panel below the picture has more rows than its least, whichever of them the
  /// keys belong to.
  @Test(arguments: [[2, 4, 1], [2, 2, 2]], 0..<8) func whatIsToldIsShownToItsEnd(_ sizes: [Int], _ step: Int) throws {
    var whole = 0
    for focus in Panel.body.map(\.name) {
      var scene = Scenes.scene(Timeline(Scenes.experiment(sizes, samples: 4)), steps: step)
      scene.narration = Text(
        verbatim: String(repeating: "That is told in lines of a hundred letters and no more. ", count: 6))
      scene.view = scene.view.focusing(focus)
      let slots = Layout(scene, width: 100, height: 30).slots
      let told = try #require(slots.first { $0.panel.name == "narration" })
      #expect(told.fitted.rows.wished >= 4)
      if told.height > told.fitted.rows.wished {
        whole += 1
        continue
      }
      let others = slots.filter { slot in
        slot.column == 0 && !["narration", "network"].contains(slot.panel.name)
          && Panel.body.contains { $0.name == slot.panel.name }
      }
      #expect(others.allSatisfy { $0.height - 1 <= $0.fitted.rows.least }, "\(focus): \(others.map(\.panel.name))")
    }
    #expect(whole > 0)
  }
}
