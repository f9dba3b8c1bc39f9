import Engine
import Testing

@testable import Panels

struct LayerPanelTests {
  /// The whole screen of the design's first picture: nothing of the table or the derivation is cut off.
  @Test func backwardStepOfMazursExample() {
    let scene = Scenes.scene(Scenes.mazur(), steps: 5)
    let lines = compose(scene, width: 80, height: 24).lines
    let table = lines.firstIndex { $0.hasPrefix("──[Layer 1: dense 2->2, sigmoid, b frozen]─") } ?? 0
    #expect(
      Array(lines[table..<min(table + 12, lines.count)]) == [
        "──[Layer 1: dense 2->2, sigmoid, b frozen]──────────────────────────────────────",
        "   j  w[j,1]  w[j,2]     net       a   ∂L/∂a       δ  ∂w[j,1]  ∂w[j,2]      ∂b",
        "> 1   0.1500  0.2000  0.3775  0.5933 0.03635[.008771].0004386 .0008771 .008771",
        "  2   0.2500  0.3000  0.3925  0.5969 0.04137 .009954 .0004977 .0009954 .009954",
        "── Derivation of δ1[1] ───────────────────────────────── page: ∂L/∂net_j, j=1 ──",
        " δ1[1] = (Σk δ2[k] · w2⟨0⟩[k,1]) · f1′(net1[1])",
        "  k=1    0.138498562  · 0.4             =  0.0553994247",
        "  k=2   -0.0380982365 · 0.5             = -0.0190491183",
        "  Σk    ∂L/∂a1[1]                       =  0.0363503064  (k over the 2 outputs)",
        "  f1′   0.593269992 · (1 - 0.593269992) =  0.241300709  (sigmoid: a · (1 - a))",
        "  =     0.0363503064 · 0.241300709      =  0.00877135469  ✓ = the table's cell",
        "  each shown factor is rounded for display, the result is exact",
      ])
  }

  /// Every number of a table keeps its digits: columns are as wide as it takes, headings give way before digits do.
  @Test func numbersKeepTheirDigits() {
    let update = Panel.layer.lines(Scenes.scene(Scenes.mazur(), steps: 6), width: 80)
    #expect(update[2].contains("-.0002193") && update[2].contains("[0.1498]"))
    #expect(update.joined().contains("∂w1 .0004386 .0008771 / .0004977 .0009954"))
    // A thousand updates on, the versions in the headings would push the new bias out.
    var timeline = Timeline(Scenes.experiment([2, 2, 1]))
    timeline.move(to: timeline.place(1000, on: .iteration))
    timeline.move(to: timeline.place(7, on: .layer))
    var view = View()
    view.selection = Selection(Quantity(.w, 2))
    var scene = Scene(timeline)
    scene.view = view
    let late = Panel.layer.lines(scene, width: 80)
    #expect(late[1].contains("w[k,1]") && late[1].contains("w⁺[k,2]") && late[1].contains("b⁺"))
    #expect(!late[1].contains("›"))
  }

  /// Where a derivation does not fit, what it comes to is still on show; scrolled, its lines stand in order.
  @Test func theResultOfADerivationStaysOnShow() {
    let scene = Scenes.scene(Scenes.mazur(), steps: 5)
    let short = Panel.derivation.draw(scene, 80, 4).lines
    #expect(short[3].hasPrefix("  =     0.0363503064 · 0.241300709") && short[2].hasPrefix("  k=2"))
    var scrolled = scene
    scrolled.view = scene.view.scrolled("derivation", rows: 1)
    #expect(Panel.derivation.draw(scrolled, 80, 4).lines[3].hasPrefix("  f1′"))
  }

  /// The design's second picture, with the page's letters.
  @Test func softmaxAndItsJacobian() {
    var scene = Scenes.scene(Scenes.softmax(), steps: 3)
    scene.pageNames = [PageName("z", Quantity(.net, 1)), PageName("S", Quantity(.a, 1))]
    #expect(
      Panel.layer.lines(scene, width: 110)[1...5].map { String($0.dropFirst(28)) } == [
        "    z[k] e^(z-max)    S[k]       y ∂L/∂S[k] δ=∂L/∂z[k]",
        "   2.000     1.000  0.6590   1.000   -1.517   [-0.3410]",
        "   1.000     0.368  0.2424   0.000    0.000     0.2424",
        "   0.100     0.150  0.0986   0.000    0.000     0.0986",
        "             1.517  1.0000   1.000              0.0000",
      ])
    #expect(
      Panel.jacobian.lines(scene) == [
        "── Jacobian J1[i,k] = ∂S[i]/∂z[k]  (column k=1 lit) ────────────────────────────",
        "             k=1      k=2      k=3 |  weight of row i: -y[i] / S[i]",
        " i=1     [0.2247] -0.1598  -0.0650 |    -1.517  i=k  :  S[k](1-S[k])",
        " i=2     -0.1598   0.1837  -0.0239 |     0.000  i≠k  : -S[i]·S[k]",
        " i=3     -0.0650  -0.0239   0.0889 |     0.000",
      ])
    let derivation = Panel.derivation.lines(scene)
    #expect(derivation[0].hasSuffix("three ways, one number ──"))
    #expect(derivation.contains { $0.contains("-0.340998861  ✓ agree") })
  }

  /// Old and new weight side by side while an update is on show, and only then.
  @Test func oldAndNewWeights() {
    let update = Panel.layer.lines(Scenes.scene(Scenes.mazur(), steps: 6), width: 120)
    #expect(update[1].contains("w⟨0⟩[j,1] w⟨0⟩[j,2] w⟨1⟩[j,1] w⟨1⟩[j,2]"))
    #expect(update[2].contains("0.1500    0.2000   [0.1498]   0.1996"))
    let backward = Panel.layer.lines(Scenes.scene(Scenes.mazur(), steps: 5), width: 120)
    #expect(!backward.joined().contains("⟨"))
  }

  /// Beside the watches the gradients stand under the units.
  @Test func gradientsUnderTheUnits() {
    let lines = Panel.layer.lines(Scenes.scene(Scenes.mazur(), steps: 5), width: 55)
    #expect(lines.last == " ∂w1 .0004386 .0008771 / .0004977 .0009954  ∂b1 = δ")
  }

  /// Where one row is too short for them, each has its own.
  @Test func gradientsInTwoRows() {
    var timeline = Timeline(Scenes.experiment([2, 2, 1], samples: 2))
    timeline.change { experiment, _ in experiment.batchSize = nil }
    let lines = Panel.layer.lines(Scenes.scene(timeline, steps: 5), width: 55)
    #expect(lines.dropLast().last?.hasPrefix(" ∂w1 ") == true && lines.last?.hasPrefix(" ∂b1 ") == true)
    // The units come first, with a mark that there is more, but what is selected is on show.
    var scene = Scenes.scene(timeline, steps: 5)
    #expect(Panel.layer.draw(scene, 55, 3).lines[2].hasPrefix("↓ 2 "))
    scene.view.selection = Selection(Quantity(.db, 1), row: 1)
    #expect(Panel.layer.draw(scene, 55, 3).lines[2].hasPrefix(" ∂b1 "))
  }

  /// What is not computed shows as a dot, unit by unit.
  @Test func notComputed() {
    let lines = Panel.layer.lines(Scenes.scene(Scenes.mazur(), steps: 1, by: .unit))
    #expect(lines[2].hasSuffix("[0.3775]       ·"))
    #expect(lines[3].hasSuffix("·        ·"))
  }

  /// A layer of 64 units and 64 inputs is scrolled to the selected cell, wherever that is.
  @Test func largeLayers() {
    let timeline = Timeline(Scenes.experiment([64, 64, 10]))
    var scene = Scenes.scene(timeline, steps: 4)
    for (row, column) in [(0, 0), (31, 31), (63, 63)] {
      scene.view = scene.view.selecting(Selection(Quantity(.w, 1), row: row, column: column), in: scene.state)
      let grid = Panel.layer.framed(scene, width: 80, height: 12)
      #expect(grid.lines[1].contains("w[j,\(column + 1)]"))
      let selected = grid.lines.first { $0.contains("[-") || $0.contains("[0") || $0.contains("[.") }
      #expect(selected?.contains("\(row + 1) ") == true)
    }
  }

  /// A click meets the cell that is drawn there.
  @Test func clicks() throws {
    let scene = Scenes.scene(Scenes.mazur(), steps: 5)
    let grid = try #require(try Panel.layer.shown(scene))
    let row = Array(grid.lines[3])
    for (text, quantity, column) in [("0.3925", Quantity(.net, 1), 0), ("0.3000", Quantity(.w, 1), 1)] {
      let line = String(row)
      let place = line.indices.first { line[$0...].hasPrefix(text) }
      let at = place.map { line.distance(from: line.startIndex, to: $0) } ?? 0
      #expect(grid.hit(row: 3, column: at)?.target == .cell(Selection(quantity, row: 1, column: column)))
    }
  }

  /// Any size will do, and every glyph has a stand-in without UTF-8.
  @Test(arguments: Activation.all.map(\.name)) func anySize(_ activation: String) {
    let loss = activation == "softmax" ? "cross-entropy" : "half-squared-error"
    let timeline = Timeline(Scenes.experiment([3, 4, 2], activation, loss: loss, samples: 2))
    for steps in 0...8 {
      let scene = Scenes.scene(timeline, steps: steps)
      for panel in [Panel.layer, .jacobian, .derivation] where panel.applies(scene) {
        for (width, height) in [(0, 0), (1, 1), (7, 2), (20, 3), (80, 24), (200, 60)] {
          let grid = panel.framed(scene, width: width, height: height)
          #expect(grid.width == width && grid.height == height)
          #expect(grid.cells.allSatisfy { AsciiStandIns.has($0.character) })
        }
      }
    }
  }

  /// Enter unfolds, Backspace folds; a long derivation scrolls.
  @Test func unfolding() {
    var scene = Scenes.scene(Scenes.mazur(), steps: 5)
    let folded = Panel.derivation.lines(scene)
    scene.view.unfolded = 1
    let unfolded = Panel.derivation.lines(scene)
    #expect(unfolded.prefix(folded.count) == folded[...])
    #expect(unfolded.contains { $0.contains("δ2[2] = -(y[2] - a2[2]) · f2′(net2[2])") })
    scene.view = scene.view.scrolled("derivation", rows: 5)
    #expect(Panel.derivation.framed(scene, width: 80, height: 9).lines[1].hasPrefix(String(unfolded[6].prefix(60))))
  }

  /// Of what is not computed yet the formula and the place where it comes are said.
  @Test func announcement() {
    var scene = Scenes.scene(Scenes.mazur(), steps: 1)
    scene.view = scene.view.selecting(Selection(Quantity(.delta, 1)), in: scene.state)
    let lines = Panel.derivation.lines(scene)
    #expect(lines[1] == " δ1[1] = (Σk δ2[k] · w2⟨0⟩[k,1]) · f1′(net1[1])")
    #expect(lines[2].contains("not computed yet at step 1"))
  }
}
