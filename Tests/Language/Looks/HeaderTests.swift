import Diagnosis
import Engine
import Panels
import Testing

@testable import Language

/// The first row of the screen says where one stands, whatever else stands in it.
struct HeaderTests {
  /// Beside what is wrong with the training the iteration, the step and the direction are all there at 80 columns.
  @Test(arguments: RemarksTests.faults)
  func theIterationStandsBesideARemark(name: String, lines: String) throws {
    var timeline = try session(lines).timeline
    let first = timeline.state.step
    for step in first...(first + timeline.state.program.steps.count) {
      timeline.move(to: timeline.place(ofStep: step))
      let state = timeline.state
      var scene = Scene(timeline)
      scene.title = "a rather long title of a session"
      scene.health = Health(timeline)
      let line = compose(scene, width: 80, height: 24).line(0)
      #expect(line.contains("iteration \(state.iteration) | "), "\(line)")
      #expect(line.contains("step \(state.step) "), "\(line)")
      let layers = state.experiment.network.layers.count
      if state.phase == .backward {
        #expect(line.contains("<== BACKWARD layer \(state.layer) of \(layers)"), "\(line)")
      }
      if scene.health?.remarks.isEmpty == false { #expect(line.contains("!"), "\(line)") }
    }
  }
}
