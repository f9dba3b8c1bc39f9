import Engine
import Testing

@testable import Panels

@Suite struct HoldoutPanelTests {
  /// out = x, so that the class is the larger input; of samples 1 to 10, 2, 4 and 5 are held out.
  private func scene(wrong: Set<Int>) -> Scene {
    var experiment = Scenes.experiment([2, 2], "identity", samples: 0)
    experiment.data.targetNames = ["left", "right"]
    for sample in 1...10 {
      experiment.data.append(input: [0.25, 0.75], target: wrong.contains(sample) ? [1, 0] : [0, 1])
    }
    experiment.data.holdout = Holdout(fraction: 0.3)
    var timeline = Timeline(experiment)
    timeline.change { _, parameters in parameters[0].w.values = [1, 0, 0, 1] }
    return Scene(timeline)
  }

  @Test func theWrongOnesAreNamedByTheirOwnNumbers() {
    let scene = scene(wrong: [1, 4])
    #expect(Panel.holdout.title(scene)?.remark == "2 out of 3 right")
    #expect(Panel.holdout.lines(scene, width: 60).dropFirst() == [" ✗ sample  4  left, taken for right (0.75)"])
  }

  @Test func allRightIsSaid() {
    let scene = scene(wrong: [])
    #expect(Panel.holdout.draw(scene, 60, 1).lines == [" ✓ every held-out sample comes out right"])
  }

  @Test func theTableOfSamplesMarksThem() {
    let lines = Panel.data.draw(scene(wrong: [4]), 70, 11).lines
    #expect(lines.map { $0.first } == [" ", ">", "h", " ", "h", "h", " ", " ", " ", " ", " "])
    #expect(lines.map { $0.last == "✗" } == (0...10).map { $0 == 4 })
    #expect(lines[4] == "h  4     0.25    0.75 ->      1       0  right    ✗")
    let areas = Panel.data.draw(scene(wrong: []), 70, 11).areas
    let samples = areas.filter { if case .sample = $0.target { true } else { false } }
    #expect(samples.map(\.target) == (0..<7).map { Target.sample($0) })
  }

  @Test func withoutAnyThereIsNothingToShow() {
    var scene = scene(wrong: [])
    #expect(Panel.holdout.applies(scene))
    scene = Scene(Timeline(Scenes.experiment([2, 2])))
    #expect(!Panel.holdout.applies(scene))
    #expect(Panel.holdout.missing(scene)?.description.contains("holdout 0.3") == true)
  }
}
