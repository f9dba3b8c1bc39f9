import Engine
import Testing

@testable import Panels

@Suite struct LossPanelTests {
  /// The loss over all samples that takes too long to be found for every place is said to be that of where it was noted.
  @Test func aScoreOfBeforeSaysSo() throws {
    var timeline = Timeline(Scenes.experiment([2, 2, 2], samples: 3))
    let first = try #require(timeline.latestScore())
    timeline.move(to: Place(iteration: 12))
    var scene = Scene(timeline)
    scene.score = timeline.latestScore()
    #expect(Panel.loss.title(scene)?.remark.contains("after iteration") == false)
    scene.score = first
    #expect(Panel.loss.title(scene)?.remark.hasPrefix("after iteration 0, ") == true)
    #expect(Panel.rail.draw(scene, 140, 1).lines[0].contains("(after iteration 0)"))
    // On its way to the next a run would say it of every frame.
    scene.run = LiveRun("run 100", share: 0.5, pace: 10)
    #expect(Panel.loss.title(scene)?.remark.contains("after iteration") == false)
  }
}
