import Engine
import Testing

@testable import Panels

@Suite struct SelectionTests {
  @Test(arguments: [
    (1, Quantity(.a, 1)), (2, Quantity(.a, 2)), (3, Quantity(.loss)), (4, Quantity(.delta, 2)),
    (5, Quantity(.delta, 1)),
    (6, Quantity(.w, 1)), (7, Quantity(.w, 2)), (8, Quantity(.a, 1)),
  ])
  func aStepSelectsWhatItComputed(steps: Int, quantity: Quantity) {
    #expect(Scenes.scene(Scenes.mazur(), steps: steps).view.selection == Selection(quantity))
  }

  @Test func theBeginningSelectsTheFirstWeight() {
    #expect(Scenes.scene(Scenes.mazur()).view.selection == Selection(Quantity(.w, 1)))
    #expect(Scenes.scene(Timeline()).view.selection == nil)
  }

  @Test func smallStridesSelectTheUnitOrTheOperation() {
    let units = (1...4).map { Scenes.scene(Scenes.mazur(), steps: $0, by: .unit).view.selection }
    // The last unit of an operation completes it, and the operation is what was computed.
    #expect(
      units == [
        Selection(Quantity(.net, 1)), Selection(Quantity(.net, 1)), Selection(Quantity(.a, 1)),
        Selection(Quantity(.a, 1)),
      ])
    #expect(Scenes.scene(Scenes.mazur(), steps: 6, by: .operation).view.selection == Selection(Quantity(.da, 2)))
    #expect(Scenes.scene(Scenes.mazur(), steps: 8, by: .operation).view.selection == Selection(Quantity(.delta, 2)))
  }

  @Test func aPinnedCellStays() {
    var timeline = Scenes.mazur()
    var view = View()
    view.selection = Selection(Quantity(.w, 2), row: 1, column: 0)
    view.isPinned = true
    timeline.move(to: timeline.place(3, on: .layer))
    #expect(view.afterStep(timeline.state).selection == Selection(Quantity(.w, 2), row: 1, column: 0))
  }

  @Test func arrowsGoFromCellToCellOfTheTable() {
    let scene = Scenes.scene(Scenes.mazur(), steps: 5)
    let state = scene.state
    var view = scene.view
    #expect(view.selection == Selection(Quantity(.delta, 1)))
    view = view.moved(.down, in: state)
    #expect(view.selection == Selection(Quantity(.delta, 1), row: 1))
    view = view.moved(.left, in: state)
    #expect(view.selection == Selection(Quantity(.da, 1), row: 1))
    view = view.moved(.right, in: state).moved(.right, in: state).moved(.right, in: state)
    #expect(view.selection == Selection(Quantity(.dw, 1), row: 1, column: 1))
  }

  @Test func arrowsGoOverTheEdgesIntoTheNeighbours() {
    let scene = Scenes.scene(Scenes.mazur(), steps: 1)
    let state = scene.state
    var view = scene.view
    view = view.moved(.right, in: state)
    #expect(view.selection == Selection(Quantity(.w, 2)))
    view = view.moved(.left, in: state)
    #expect(view.selection == Selection(Quantity(.a, 1)))
    view = view.moved(.up, in: state)
    #expect(view.focus == "network")
    view = view.moved(.right, in: state).moved(.right, in: state)
    #expect(view.selection == Selection(Quantity(.y)))
    for _ in 0..<5 { view = view.moved(.left, in: state) }
    #expect(view.selection == Selection(Quantity(.x)))
    view = view.moved(.down, in: state).moved(.down, in: state)
    #expect(view.focus == "layer")
  }

  @Test func belowASoftmaxLayersTableIsItsJacobian() {
    let scene = Scenes.scene(Scenes.softmax(), steps: 3)
    let state = scene.state
    var view = scene.view.moved(.down, in: state).moved(.down, in: state).moved(.down, in: state)
    #expect(view.focus == "jacobian")
    #expect(view.selection == Selection(Quantity(.jacobian, 1), row: 0, column: 2))
    view = view.moved(.down, in: state).moved(.left, in: state)
    #expect(view.selection == Selection(Quantity(.jacobian, 1), row: 1, column: 1))
    view = view.moved(.up, in: state).moved(.up, in: state)
    #expect(view.focus == "layer")
    #expect(view.selection == Selection(Quantity(.delta, 1), row: 1))
  }

  @Test(arguments: 0..<20)
  func wanderingStaysWithinTheNetwork(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    let sizes = (0...Int.random(in: 1...4, using: &random)).map { _ in Int.random(in: 1...6, using: &random) }
    let activation = Bool.random(using: &random) ? "softmax" : "tanh"
    var timeline = Timeline(Scenes.experiment(sizes, activation))
    timeline.move(to: timeline.place(Int.random(in: 0...40, using: &random), on: .operation))
    var view = View().afterStep(timeline.state)
    for _ in 0..<300 {
      let directions: [Direction] = [.up, .down, .left, .right]
      view = view.moved(directions.randomElement(using: &random) ?? .up, in: timeline.state)
      if Int.random(in: 0...20, using: &random) == 0 {
        view = view.focusingNext(in: Scene(timeline), backwards: Bool.random(using: &random))
      }
      guard let selection = view.selection else { continue }
      #expect(timeline.state.contains(selection))
    }
  }

  @Test func tabGoesRoundAndShowsWhatHasNoPlaceOtherwise() {
    var scene = Scenes.scene(Scenes.mazur(), steps: 1)
    let names = Panel.body.filter { $0.applies(scene) }.map(\.name)
    var seen: [String] = []
    for _ in names {
      scene.view = scene.view.focusingNext(in: scene)
      seen.append(scene.view.focus)
      #expect(Layout(scene, width: 80, height: 24).slots.contains { $0.panel.name == scene.view.focus })
    }
    #expect(Set(seen) == Set(names))
    #expect(scene.view.focusingNext(in: scene, backwards: true).focusingNext(in: scene).focus == scene.view.focus)
  }
}
