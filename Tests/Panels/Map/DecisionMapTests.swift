import Engine
import Testing

@testable import Panels

@Suite struct DecisionMapTests {
  /// out = x[1], over a plane from -0.25 to 1.25 both ways.
  private func identity(_ activation: String = "identity", outputs: Int = 1) -> Scene {
    var experiment = Scenes.experiment([2, outputs], activation, samples: 0)
    for (x, y) in [(0.0, 0.0), (0, 1), (1, 0), (1, 1)] {
      experiment.data.append(input: [x, y], target: (0..<outputs).map { Double($0) == x ? 1 : 0 })
    }
    experiment.batchSize = nil
    var timeline = Timeline(experiment)
    timeline.change { _, parameters in
      parameters[0].w.values = outputs == 1 ? [1, 0] : [1, 0, 0, 1]
    }
    return Scene(timeline)
  }

  @Test func theRangeHasAMargin() {
    let scene = identity()
    let range = InputRange(scene.state.experiment.data)
    #expect(range.bounds == [-0.25...1.25, -0.25...1.25])
    #expect(range.middle(of: 0, among: 3, input: 0) == 0)
    #expect(range.part(of: 0, among: 3, input: 0) == 0)
    #expect(range.part(of: 1, among: 3, input: 0) == 2)
    #expect(range.part(of: 1.25, among: 3, input: 0) == nil)
    #expect(range.part(of: .nan, among: 3, input: 0) == nil)
  }

  @Test func aColumnOfOneNumberHasARangeToo() {
    var data = Dataset()
    data.append(input: [3], target: [1])
    #expect(InputRange(data).bounds == [2...4])
    data.append(input: [.infinity], target: [1])
    #expect(InputRange(data).bounds.count == 1)
  }

  @Test func heldOutSamplesBelongToTheRange() {
    var data = identity().state.experiment.data
    data.append(input: [9, 9], target: [1])
    for seed in 1...9 {
      data.holdout = Holdout(fraction: 0.2, seed: seed)
      #expect(InputRange(data).bounds[0] == -2.25...11.25)
    }
  }

  @Test func levelsAreQuartersOfTheWay() {
    let shares: [Double] = [-1, -0.76, -0.5, -0.3, -0.1, 0, 0.1, 0.3, 0.5, 0.76, 1, 7]
    let levels: [Int8] = [-4, -4, -3, -2, -1, 1, 1, 2, 3, 4, 4, 4]
    #expect(shares.map(Shade.level) == levels.map { Shade.level($0) })
    #expect(Shade.level(of: .nan) == .unknown)
  }

  @Test func pointsAreTheNetworksOwnOutputs() {
    let scene = identity()
    let range = InputRange(scene.state.experiment.data)
    // The middles are -0.125, 0.125 … 1.125; less 0.5 and by 0.5 that is -1.25, -0.75, -0.25, 0.25, 0.75, 1.25.
    let map = DecisionMap(scene.state, .output(0, middle: 0.5), over: range, width: 6, height: 2)
    let row: [Shade] = [-4, -4, -2, 2, 4, 4].map { Shade.level($0) }
    #expect(map.shades == row + row)
    #expect((0..<6).map { String(map.character(row: 0, column: $0)) }.joined() == "--▒ ++")
  }

  @Test func classesAreTheLargestOutput() {
    let scene = identity(outputs: 2)
    let range = InputRange(scene.state.experiment.data)
    let map = DecisionMap(scene.state, .classes, over: range, width: 3, height: 3)
    // The first output is x[1], the second x[2]; row 0 is where x[2] is largest. Equal ones go to the first.
    #expect(map.shades == [1, 1, 0, 1, 0, 0, 0, 0, 0].map { Shade.group($0) })
    #expect(map.character(row: 0, column: 0) == "b")
    #expect(map.character(row: 2, column: 2) == "a")
    #expect(map.character(row: 0, column: 2) == " ")
  }

  @Test func whatIsNoNumberIsMarked() {
    var timeline = Timeline(identity().state.experiment)
    timeline.change { _, parameters in parameters[0].w.values = [.nan, 0] }
    let scene = Scene(timeline)
    let map = DecisionMap(
      scene.state, MapSubject(scene), over: InputRange(scene.state.experiment.data), width: 2, height: 2)
    #expect(map.shades.allSatisfy { $0 == .unknown })
    #expect(map.character(row: 0, column: 0) == "?")
  }
}
