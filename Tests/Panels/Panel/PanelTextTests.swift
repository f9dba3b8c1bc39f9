import Engine
import Testing

@testable import Panels

/// The smaller panels, as text.
@Suite struct PanelTextTests {
  private func line(_ panel: Panel, _ scene: Scene, width: Int = 80) -> String { panel.draw(scene, width, 1).line(0) }

  @Test func theHeaderSaysWhereWeAre() {
    let mazur = Scenes.mazur()
    #expect(
      line(.header, Scenes.scene(mazur, steps: 5))
        == " mazur      iteration 1 | sample 1/1 | step 5 of 7 | <== BACKWARD layer 1 of 2")
    #expect(
      line(.header, Scenes.scene(mazur, steps: 9))
        == " mazur  iteration 2 | sample 1/1 | step 9 (2 of 7) | ==> FORWARD layer 2 of 2")
    #expect(line(.header, Scenes.scene(mazur)).hasSuffix("step 0 of 7 | START"))
    #expect(line(.header, Scenes.scene(Timeline())) == " backstep     NOT READY")
    #expect(line(.rail, Scenes.scene(Timeline())).hasSuffix("loss ·"))
  }

  @Test func theRailLightsThePlace() {
    let mazur = Scenes.mazur()
    #expect(
      line(.rail, Scenes.scene(mazur, steps: 5))
        == "  fwd1 ─── fwd2 ─── loss ─── bwd2 ───[BWD1]─── upd1 ─── upd2   loss 0.298371109")
    #expect(
      line(.rail, Scenes.scene(mazur))
        == " [START]─── fwd1 ─── fwd2 ─── loss ─── bwd2 ─── bwd1 ─── upd1 ─── upd2   loss ·")
    // Inside a step, by its operations and its units.
    #expect(line(.rail, Scenes.scene(mazur, steps: 1, by: .unit)).contains("[FWD1 net1 1/2]"))
    #expect(line(.rail, Scenes.scene(mazur, steps: 1, by: .operation)).contains("[FWD1 net1]"))
  }

  @Test func theRailOfTenLayersScrolls() {
    let timeline = Timeline(Scenes.experiment([3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2], "tanh"))
    for steps in 1...31 {
      let scene = Scenes.scene(timeline, steps: steps)
      let grid = Panel.rail.draw(scene, 80, 1)
      let lit = grid.areas.filter { $0.target == .step(steps) }
      #expect(lit.count == 1 && grid.line(0).contains("["))
    }
    #expect(line(.rail, Scenes.scene(timeline, steps: 15)).hasPrefix("<"))
  }

  @Test func theNextStepIsNamed() {
    let mazur = Scenes.mazur()
    #expect(
      line(.message, Scenes.scene(mazur, steps: 5)) == " next: update 1   w1 += -rate·dw1, rate 0.5, b1 is frozen")
    #expect(line(.message, Scenes.scene(mazur)) == " next: forward 1   net1, a1")
    #expect(line(.message, Scenes.scene(mazur, steps: 7)) == " next: forward 1   net1, a1")
  }

  @Test func anAnswerTakesTheLinesItNeeds() {
    var scene = Scenes.scene(Scenes.mazur())
    scene.message = Message("one\ntwo\nthree", .good)
    #expect(Panel.message.ready(scene)?.fitted(to: 80).rows.wished == 3)
    #expect(Panel.message.draw(scene, 80, 2).lines == [" one", " … 2 more lines"])
  }

  @Test func theLossIsACurve() {
    let scene = Scenes.scene(Scenes.mazur(), steps: 7 * 20)
    let lines = Panel.loss.draw(scene, 40, 6).lines
    #expect(lines[0].hasPrefix(" 0.298│"))
    #expect(lines[4].contains("│"))
    #expect(lines[5].hasSuffix("20"))
    #expect(lines.joined().contains("●"))
    #expect(Panel.loss.draw(Scenes.scene(Scenes.mazur()), 60, 5).line(0).contains("no loss yet"))
  }

  /// Gone back, the heading says what the loss is there, as the row of steps does, and nothing where there is none yet.
  @Test func theHeadingOfTheCurveIsTheLossWhereOneStands() {
    var timeline = Scenes.mazur()
    timeline.move(to: timeline.place(ofStep: 7 * 20))
    timeline.move(to: timeline.place(ofStep: 3))
    #expect(Panel.loss.title(Scene(timeline))?.text == "Loss 0.2984")
    timeline.move(to: timeline.place(ofStep: 1))
    #expect(Panel.loss.title(Scene(timeline))?.text == "Loss")
  }

  @Test func watchesStandWithTheirValues() {
    var scene = Scenes.scene(Scenes.mazur())
    scene.watches = [
      Watch(1, "|dw1|", value: .success(Matrix(0.00148334))),
      Watch(2, "w2[1,1]", value: .success(Matrix(0.4)), versions: "⟨0⟩"),
      Watch(3, "a1", value: .success(Matrix(column: [0.593269992, 0.596884378]))),
      Watch(4, "delta1", value: .failure(NotComputed(message: "not yet"))),
    ]
    #expect(
      Panel.watch.draw(scene, 26, 5).lines == [
        " 1 |dw1|       0.00148334", " 2 w2[1,1]        0.4 ⟨0⟩", " 3 a1    [0.5933; 0.5969]",
        " 4 delta1               ·", "",
      ])
  }

  @Test func theSessionMarksItsPlace() {
    var scene = Scenes.scene(Scenes.mazur())
    scene.lines = [
      SessionLine("# Forward.", outcome: .narration), SessionLine("step"),
      SessionLine("expect 1 == 2", outcome: .fails),
    ]
    scene.isPresenting = true
    scene.nextLine = 1
    #expect(Panel.session.draw(scene, 40, 3).lines == [" 1 # Forward.", ">2 step", " 3 expect 1 == 2 ✗"])
  }

  @Test func samplesAreATable() {
    var experiment = Scenes.experiment([2, 1], samples: 0)
    for (input, target) in [([0.0, 0.0], 0.0), ([0, 1], 1), ([1, 0], 1), ([1, 1], 0)] {
      experiment.data.append(input: input, target: [target])
    }
    experiment.batchSize = 2
    var timeline = Timeline(experiment)
    timeline.move(to: timeline.place(1, on: .iteration))
    timeline.move(to: timeline.place(1, on: .layer))
    #expect(
      Panel.data.draw(Scenes.scene(timeline), 40, 5).lines == [
        "        x[1]    x[2]      y[1]", "  1        0       0 ->      0", "  2        0       1 ->      1",
        "> 3        1       0 ->      1", "* 4        1       1 ->      0",
      ])
  }

  @Test func thePromptKeepsItsCursorInSight() {
    var scene = Scenes.scene(Scenes.mazur())
    #expect(!Panel.prompt.applies(scene))
    scene.prompt.isOpen = true
    scene.prompt.text = "set w1 = " + String(repeating: "0.15 ", count: 20)
    scene.prompt.cursor = scene.prompt.text.count
    let grid = Panel.prompt.draw(scene, 40, 1)
    #expect(grid[0, 39].style.attributes.contains(.reverse))
    #expect(grid.line(0).hasPrefix(":…"))
    scene.prompt.candidates = ["set", "select"]
    scene.prompt.chosen = 1
    let open = Panel.prompt.draw(scene, 40, 2)
    #expect(open.line(0) == " set  select")
    #expect(open[0, 6].style == Style(.selected))
    #expect(open.hit(row: 0, column: 6) == nil)
    #expect(open.areas.contains { $0.target == .candidate(1) })
  }

  @Test func theFooterNamesTheKeysOfTheFocusedPanel() {
    var scene = Scenes.scene(Scenes.mazur())
    #expect(line(.footer, scene).hasPrefix(" → step  ← back  ↑↓ cell  Enter unfold"))
    scene.view.focus = "session"
    #expect(!line(.footer, scene).contains("cell"))
    scene.run = LiveRun("run 10", share: nil, pace: 0)
    #expect(line(.footer, scene).contains("Esc stop"))
  }

  @Test func longLinesAreBrokenAtBlanks() {
    #expect("one two three".wrapped(to: 7) == ["one two", "three"])
    #expect("abcdefgh".wrapped(to: 3) == ["abc", "def", "gh"])
    #expect("".wrapped(to: 3) == [""])
    #expect("层层层".wrapped(to: 4) == ["层层", "层"])
    #expect("  indented".wrapped(to: 20) == ["  indented"])
  }
}
