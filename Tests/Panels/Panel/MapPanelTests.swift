import Engine
import Testing

@testable import Panels

@Suite struct MapPanelTests {
  private func xor(seed: Int = 6) throws -> Timeline {
    var experiment = Scenes.experiment([2, 2, 1], "tanh", loss: "binary-cross-entropy", samples: 0)
    experiment.network.layers[1].activation = ActivationChoice(try #require(Activation.named("sigmoid")))
    experiment.network.optimizer = OptimizerChoice(try #require(Optimizer.named("adam")))
    _ = experiment.network.optimizer.set("rate", to: 0.1)
    experiment.seed = seed
    for (input, target) in [([0.0, 0.0], 0.0), ([0, 1], 1), ([1, 0], 1), ([1, 1], 0)] {
      experiment.data.append(input: input, target: [target])
    }
    experiment.batchSize = nil
    var timeline = Timeline(experiment)
    timeline.move(to: timeline.place(200, on: .iteration))
    return timeline
  }

  /// What stands in the plot, corner by corner, without the axes.
  private func corners(_ lines: [String]) -> [Character?] {
    let plot = lines.dropLast().map { Array($0.split(separator: "│", omittingEmptySubsequences: false).last ?? "") }
    return [plot.first?.first, plot.first?.last, plot.last?.first, plot.last?.last]
  }

  @Test func aTrainedXorSeparatesTheCorners() throws {
    let timeline = try xor()
    #expect(timeline.losses.values.last.map { $0 < 0.01 } == true)
    let scene = Scene(timeline)
    let lines = Panel.map.draw(scene, 47, 13).lines
    // 0 1 is yes, 1 1 no; 0 0 is no, 1 0 yes.
    #expect(corners(lines) == ["+", "-", "-", "+"])
    #expect(lines.joined().count { $0 == "●" } == 2)
    #expect(lines.joined().count { $0 == "○" } == 2)
    #expect(lines.joined().contains("▒"))
    #expect(lines.last?.contains("-0.25") == true && lines.last?.contains("x[1]") == true)
    let ascii = Panel.map.draw(scene, 47, 13).ascii().lines
    #expect(corners(ascii.map { $0.replacing("|", with: "│") }) == ["+", "-", "-", "+"])
    #expect(ascii.joined().allSatisfy { $0.isASCII })
  }

  @Test func inColoursTwoPointsShareACell() throws {
    var scene = Scene(try xor())
    let plain = Panel.map.draw(scene, 47, 13)
    scene.hasColours = true
    let grid = Panel.map.draw(scene, 47, 13)
    #expect(grid.areas == plain.areas)
    let cells = grid.cells.filter { $0.character == "▀" }
    #expect(cells.count > 300)
    #expect(cells.allSatisfy { if case .halves = $0.style.role { true } else { false } })
    guard case .halves(let upper, _) = cells[0].style.role else { return }
    #expect(upper == .level(4))
  }

  @Test func samplesCanBeTakenHoldOf() throws {
    let grid = Panel.map.draw(Scene(try xor()), 47, 13)
    #expect(Set(grid.areas.map(\.target)) == Set((0..<4).map { Target.sample($0) }))
    for area in grid.areas {
      #expect(["●", "○"].contains(grid[area.rows.lowerBound, area.columns.lowerBound].character))
    }
  }

  @Test func oneInputIsACurve() {
    var experiment = Scenes.experiment([1, 1], "identity", samples: 0)
    for x in [0.0, 1, 2, 3] { experiment.data.append(input: [x], target: [x]) }
    var timeline = Timeline(experiment)
    timeline.change { _, parameters in parameters[0].w.values = [1] }
    let lines = Panel.map.draw(Scene(timeline), 40, 9).lines
    // out = x: from the lower left to the upper right, through all four samples.
    #expect(lines.joined().count { $0 == "●" } == 4)
    let reach = lines.dropLast().compactMap { Array($0).lastIndex { $0 != " " && $0 != "│" } }
    #expect(reach.count == 8 && reach == reach.sorted(by: >))
  }

  @Test func threeInputsHaveNoMap() {
    let scene = Scene(Timeline(Scenes.experiment([3, 1])))
    #expect(!Panel.map.applies(scene))
    #expect(Panel.map.missing(scene) == "a map is for networks with one or two inputs, this one has 3")
    #expect(Panel.map.draw(scene, 40, 10).lines.allSatisfy { $0.isEmpty })
  }

  @Test func scrollingShowsOutputAfterOutput() {
    var scene = Scene(Timeline(Scenes.experiment([2, 3], "softmax", loss: "cross-entropy", samples: 6)))
    func heading() -> String { Panel.map.title(scene)?.text ?? "" }
    #expect(heading() == "Map: class by a1")
    scene.view.scrolls["map"] = Scroll(rows: 1)
    #expect(heading() == "Map: a1[1]")
    scene.view.scrolls["map"] = Scroll(rows: 99)
    #expect(heading() == "Map: a1[3]")
  }

  @Test func anySizeWillDo() throws {
    let experiments = [Scenes.experiment([2, 3], "softmax"), Scenes.experiment([1, 2], "relu", samples: 30)]
    for experiment in experiments {
      for hasColours in [false, true] {
        var scene = Scene(Timeline(experiment))
        scene.hasColours = hasColours
        for (width, height) in [(0, 0), (1, 5), (13, 3), (14, 2), (200, 60), (30, 4)] {
          let grid = Panel.map.draw(scene, width, height)
          #expect(grid.width == width && grid.height == height)
        }
      }
    }
  }

  @Test func aMapTakesItsPlaceOnAWideScreen() throws {
    var scene = Scene(try xor())
    func panels(_ width: Int, _ height: Int) -> [String] {
      Layout(scene, width: width, height: height).slots.map(\.panel.name)
    }
    #expect(panels(200, 60).contains("map"))
    #expect(!panels(80, 24).contains("map"))
    scene.view = scene.view.focusing("map")
    #expect(panels(80, 24).contains("map"))
  }
}
