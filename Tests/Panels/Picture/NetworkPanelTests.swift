import Engine
import Testing

@testable import Panels

@Suite struct NetworkPanelTests {
  private func picture(_ scene: Scene, width: Int = 80, height: Int = 6) -> [String] {
    Panel.network.draw(scene, width, height).lines
  }

  @Test func mazursNumbersOnTheWayBack() {
    // The published figures: out 0.593269992, 0.596884378, 0.75136507, 0.772928465; δ of the outputs 0.138498562 and
    // -0.038098237; that of the hidden ones follows from them.
    #expect(
      picture(Scenes.scene(Scenes.mazur(), steps: 5)) == [
        "     x                     a1    δ1                      a2    δ2         y",
        " [  0.05]─ 0.150 ─────>[0.5933 +.00877]<═════ .0554 ═[0.7514 +0.1385]    0.01",
        "           ⠈⠒⠤⡀  ⢀⠤⠒⠁                   ⠈⠙⠶⣤⡀  ⢀⠤⠒⠁",
        "              ⡨⠕⠪⢅                          ⡹⠷⢮⣅                      [L.2984]",
        "          0.200   ⠉⠒⢄⡀                  ⢀⡠⠒⠉  -.0190",
        " [  0.10]──── .300 ───>[0.5969 +.00995]<─── .550 ────[0.7729 -0.0381]    0.99",
      ])
  }

  @Test func theSameInASCII() {
    #expect(
      Panel.network.draw(Scenes.scene(Scenes.mazur(), steps: 5), 80, 6).ascii().lines == [
        "     x                     a1    d1                      a2    d2         y",
        " [  0.05]- 0.150 ----->[0.5933 +.00877]<===== .0554 =[0.7514 +0.1385]    0.01",
        "           ''..  ..''                   '\"*_.  ..''",
        "              ::::                          ****                      [L.2984]",
        "          0.200   ''..                  ..''  -.0190",
        " [  0.10]---- .300 --->[0.5969 +.00995]<--- .550 ----[0.7729 -0.0381]    0.99",
      ])
  }

  @Test func whatIsNotComputedIsADot() {
    let lines = picture(Scenes.scene(Scenes.mazur(), steps: 1))
    #expect(lines[1].contains(">[0.5933    ·   ]"))
    #expect(lines[1].hasSuffix(">[   ·      ·   ]    0.01"))
  }

  @Test func aColumnFillsUnitByUnit() {
    // Two units of net1, then one of a1.
    let lines = picture(Scenes.scene(Scenes.mazur(), steps: 3, by: .unit))
    #expect(lines[1].contains("[0.5933    ·   ]"))
    #expect(lines[5].contains("[   ·      ·   ]"))
  }

  @Test func theUpdateShowsNewWeights() {
    let lines = picture(Scenes.scene(Scenes.mazur(), steps: 7))
    // The first output's: 0.35891648 and 0.408666186
    #expect(lines[1].contains(" 0.359 "))
    #expect(lines[4].contains("0.409"))
    #expect(lines[5].contains(" .561 "))
  }

  /// Two edges that meet hide each other's middle; their weights then stand at the units that they come from.
  @Test func edgesThatMeetKeepTheirWeights() {
    var timeline = Timeline(Scenes.experiment([2, 2, 1]))
    timeline.change { _, parameters in parameters[1].w.values = [0.7, 0.6] }
    let text = picture(Scenes.scene(timeline)).joined(separator: "\n")
    #expect(text.contains(".700") && text.contains(".600"))
  }

  /// Lines are unbroken; the sign stands in the number and in the colour.
  @Test func negativeWeightsSayTheirSign() {
    var timeline = Scenes.mazur()
    timeline.change { _, parameters in parameters[0].w.values[0] = -0.15 }
    let scene = Scenes.scene(timeline, steps: 1)
    let grid = Panel.network.draw(scene, 80, 6)
    #expect(grid.lines[1].hasPrefix(" [  0.05]─ -0.150 ─"))
    #expect(grid[1, 18].style.role == .negative(3) && grid[1, 12].style.role == .negative(3))
  }

  /// While δ is formed of those behind it, the products that are summed stand at its edges.
  @Test func theProductsOfDeltaStandAtTheEdges() {
    let lines = picture(Scenes.scene(Scenes.mazur(), steps: 5))
    // 0.138498562 · 0.4 and -0.0380982365 · 0.5, as the derivation has them.
    #expect(lines[1].contains(" .0554 ═[") && lines[4].hasSuffix(" -.0190"))
  }

  /// Many weights are a matrix: rows in line with the units behind, a column for each unit before and one for the bias.
  @Test func manyWeightsAreAMatrix() {
    let scene = Scenes.scene(Timeline(Scenes.experiment([4, 8, 3])), steps: 1)
    let grid = Panel.network.draw(scene, 110, 18)
    for unit in 0..<8 {
      let row = grid.areas.first { $0.target == .cell(Selection(Quantity(.a, 1), row: unit)) }?.rows
      let cells = (0..<4).map { source in
        grid.areas.first { $0.target == .cell(Selection(Quantity(.w, 1), row: unit, column: source)) }
      }
      #expect(row != nil && cells.allSatisfy { $0?.rows == row })
      let starts = cells.compactMap { $0?.columns.lowerBound }
      #expect(starts == starts.sorted() && Set(starts).count == 4)
      #expect(grid.areas.contains { $0.target == .cell(Selection(Quantity(.b, 1), row: unit)) })
    }
  }

  /// While δ of a unit is formed, its column of the matrix is marked.
  @Test func theChosenColumnIsMarked() throws {
    var scene = Scenes.scene(Timeline(Scenes.experiment([4, 8, 3])), steps: 5)
    var marks: Set<Int> = []
    for unit in 0..<8 {
      scene.view.selection = Selection(Quantity(.delta, 1), row: unit)
      let grid = Panel.network.draw(scene, 110, 18)
      let cell = grid.areas.first { $0.target == .cell(Selection(Quantity(.w, 2), row: 0, column: unit)) }
      let columns = try #require(cell?.columns)
      let marked = (0..<18).flatMap { row in columns.filter { grid[row, $0].character == "▴" } }
      #expect(marked.count == 1)
      marks.formUnion(marked)
    }
    #expect(marks.count == 8)
  }

  /// The loss is a box beside the targets, empty until it is computed.
  @Test func theLossIsABox() {
    #expect(picture(Scenes.scene(Scenes.mazur(), steps: 5))[3].hasSuffix("[L.2984]"))
    #expect(picture(Scenes.scene(Scenes.mazur(), steps: 2))[3].hasSuffix("[L  ·  ]"))
  }

  @Test func unitsThatDoNotFitScrollAfterTheSelection() {
    var scene = Scenes.scene(Timeline(Scenes.experiment([64, 32, 10], "relu")), steps: 5)
    scene.view.selection = Selection(Quantity(.a, 1), row: 20)
    let lines = picture(scene, height: 11)
    #expect(lines[0].contains("x 1-10/64"))
    #expect(lines[0].contains("δ1 16-25/32"))
    // Each unit of each layer can be brought on show.
    for layer in 0...2 {
      let kind: Quantity = layer == 0 ? Quantity(.x) : Quantity(.delta, layer)
      for unit in 0..<[64, 32, 10][layer] {
        scene.view.selection = Selection(kind, row: unit)
        let areas = Panel.network.draw(scene, 80, 11).areas
        #expect(areas.contains { $0.target == .cell(Selection(kind, row: unit)) })
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e308])
  func whatIsNotFiniteIsMarkedInALayerThatIsTooTall(_ value: Double) {
    var experiment = Scenes.experiment([40, 30, 2], "identity", samples: 0)
    experiment.data.append(input: Array(repeating: value, count: 40), target: [0, 1])
    let grid = Panel.network.draw(Scenes.scene(Timeline(experiment), steps: 2), 90, 11)
    #expect(grid.lines.contains { $0.contains(value.isFinite ? "█" : "!") })
  }

  @Test func layersThatDoNotFitScrollAfterTheSelection() {
    let sizes = [3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2]
    var scene = Scenes.scene(Timeline(Scenes.experiment(sizes, "tanh")), steps: 15)
    #expect(picture(scene, height: 11)[0].hasPrefix("<6 "))
    #expect(picture(scene, height: 11)[0].hasSuffix(" 2>"))
    for layer in 1...10 {
      scene.view.selection = Selection(Quantity(.a, layer))
      let areas = Panel.network.draw(scene, 80, 11).areas
      #expect(areas.contains { $0.target == .cell(Selection(Quantity(.a, layer))) })
    }
  }

  @Test func aLargerWindowUsesItsRoom() {
    let lines = picture(Scenes.scene(Scenes.mazur(), steps: 5), width: 118, height: 12)
    // Two rows of units, and the loss between them; each unit with its net.
    #expect(lines.filter { $0.contains("[") }.count == 3)
    #expect(lines[1].contains("[0.3775 0.5933 +.00877]"))
    #expect((lines[0].count) > 90)
  }

  @Test func whereThereIsNoNetworkItSaysHowToBegin() {
    #expect(picture(Scenes.scene(Timeline()))[0] == " there is no network yet; begin with: input 2")
    var experiment = Experiment()
    experiment.network.inputs = 2
    #expect(picture(Scenes.scene(Timeline(experiment)))[1].contains(" [   ·  ]"))
    #expect(
      picture(Scenes.scene(Timeline(Scenes.experiment([2, 2], samples: 0))))[1].contains("[   ·      ·      ·   ]"))
  }

  @Test func thePageNamesStandInTheHeading() {
    var scene = Scenes.scene(Scenes.mazur())
    scene.pageNames = [PageName("z", Quantity(.net, 1)), PageName("h", Quantity(.a, 1))]
    #expect(Panel.network.lines(scene).first?.hasSuffix("─ page: h = a1 ──") == true)
  }
}
