import Engine
import Glibc
import Language
import Panels
import Testing

@testable import Terminal

/// Menus: what they come to is a line each time.
struct AppMenuTests {
  private func sizes(_ app: App) -> String { app.session.timeline.experiment.network.sizes }

  @Test func unitsAreAddedAndTakenAwayInThePicture() {
    var app = App(.first)
    app.view = app.view.focusing("network")
    let before = app.session.timeline.experiment
    app.press("=", "+", "-")
    #expect(app.given == ["layer 1 dense 3 sigmoid", "layer 1 dense 4 sigmoid", "layer 1 dense 3 sigmoid"])
    #expect(sizes(app) == "2-3-2")
    app.press("z", "z", "z")
    #expect(app.session.timeline.experiment == before)
  }

  @Test func layersAreAddedAndRemoved() {
    var app = App(.first)
    app.view = app.view.focusing("network")
    app.press("i", "Enter")
    #expect(app.given == ["insert 2 dense 2 sigmoid"])
    #expect(app.scene.selectedLayer == 2)
    app.press("d")
    #expect(app.given.last == "remove 2")
  }

  @Test func typingNarrowsTheListDown() {
    var app = App(.first)
    app.press("a")
    app.type("activ")
    #expect(app.menu?.rows.map(\.name) == ["activation"])
    app.press("Enter")
    app.type("leaky")
    #expect(app.menu?.onShow.filter == "leaky")
    // It has a setting: the layer's parts come before it is taken.
    app.press("Enter")
    #expect(app.menu?.rows.map(\.name) == ["take it", "units", "activation", "slope", "biases"])
    app.press("↓", "↓", "↓", "Enter")
    app.type("0.2")
    app.press("Enter", "Home", "Enter")
    #expect(app.given == ["layer 1 dense 2 leaky-relu slope=0.2"])
    #expect(app.menu == nil)
  }

  @Test func aListGoesOnAtItsOtherEnd() throws {
    var app = App(.first)
    app.press("a", "↑")
    let count = try #require(app.menu?.rows.count)
    #expect(app.menu?.chosen == count - 1)
    app.press("↓")
    #expect(app.menu?.chosen == 0)
  }

  /// The other layers are within reach of the one whose menu is open, and ← is named only where it leads back.
  @Test func theOtherLayersAreInTheMenu() {
    var app = App(.first)
    app.press("a")
    #expect(!app.shown.contains("← back"))
    app.type("layer 2")
    #expect(app.menu?.rows.map(\.name) == ["layer 2"])
    app.press("Enter")
    #expect(app.shown.contains("Layer 2 of 2-2-2"))
    app.type("units")
    app.press("Enter", "1", "Enter")
    #expect(app.given == ["layer 2 dense 1 sigmoid"])
    app.type("activ")
    app.press("Enter")
    #expect(app.shown.contains("← back"))
  }

  /// Samples that do not fit go before others come; what is refused is said to its end.
  @Test func samplesThatDoNotFitAreTakenOutFirst() {
    var app = App(.first)
    app.command("layer 2 dense 1 sigmoid")
    app.view = app.view.focusing("data")
    app.press("a")
    #expect(app.menu?.row?.name == "take all out")
    #expect(app.menu?.rows.contains { $0.name == "train" } == false)
    app.press("↓", "Enter", "^U")
    app.type("0 1 -> 1")
    app.press("Enter")
    #expect(app.shown.contains("take them out first: data") && app.shown.contains("│ none "), "\(app.shown)")
    app.press("Esc", "Home", "Enter")
    #expect(app.given.last == "data none")
    #expect(app.menu?.row?.name == "add a sample" && app.menu?.row?.value == "0 0 -> 0")
    #expect(app.menu?.rows.last?.name != "take all out")
  }

  /// What was frozen is called otherwise, and stays chosen.
  @Test func whatIsCalledOtherwiseStaysChosen() {
    var app = App(.first)
    app.press("a")
    app.type("unfreeze")
    app.press("Enter")
    #expect(app.given == ["unfreeze b1"])
    #expect(app.menu?.row?.name == "freeze b1")
  }

  @Test func aLetterThatLeavesNothingIsNotTaken() {
    var app = App(.first)
    app.press("a")
    app.type("lossq")
    #expect(app.menu?.filter == "loss")
    app.press("Backspace", "Backspace", "Backspace", "Backspace")
    #expect((app.menu?.rows.count ?? 0) > 10)
  }

  @Test func escapeGivesItUp() {
    var app = App(.first)
    app.press("o", "Enter", "↓", "Enter")
    app.type("7")
    app.press("Esc")
    #expect(app.menu?.value == nil)
    #expect(app.menu?.rows[1].value == "0.5")
    app.press("Esc")
    #expect(app.menu == nil)
    #expect(app.given.isEmpty)
  }

  @Test func onlyTheRateChangesWithoutForgetting() {
    var app = App(.first)
    app.press("o", "Enter", "↓", "Enter", "↑", "Enter", "Home", "Enter")
    #expect(app.given == ["rate 0.6"])
  }

  @Test func everythingDownstreamIsRecomputedWhileTheRateIsCounted() throws {
    var app = App(.first)
    app.size = (160, 50)
    for _ in 0..<6 { app.press("n") }
    let before = app.session
    let shown = app.shown
    app.press("o", "Enter", "↓", "Enter")
    #expect(app.scene.state.parameters == before.timeline.state.parameters)
    for rate in ["0.6", "0.7"] {
      app.press("↑")
      var expected = before
      try expected.execute(Line("rate \(rate)"))
      let trial = app.scene.state
      #expect(app.menu?.onShow.line == "rate \(rate)")
      #expect(trial.place == before.timeline.place)
      #expect(trial.parameters == expected.timeline.state.parameters)
      #expect(trial.parameters != before.timeline.state.parameters)
    }
    #expect(app.session.lines == before.lines)
    #expect(app.session.timeline.state.parameters == before.timeline.state.parameters)
    // Given up, all is as it was.
    app.press("Esc")
    #expect(app.scene.state.parameters == before.timeline.state.parameters)
    app.press("Esc")
    #expect(app.shown == shown)
    // Put into the form, it is on show until the form is taken or given up.
    app.press("o", "Enter", "↓", "Enter", "↑", "Enter", "↑")
    let trial = app.scene.state
    #expect(trial.parameters != before.timeline.state.parameters)
    #expect(app.session.lines == before.lines)
    app.press("Home", "Enter")
    #expect(app.given.last == "rate 0.6")
    #expect(app.session.timeline.state.parameters == trial.parameters)
  }

  @Test(arguments: [(80, 24), (100, 30), (160, 50)])
  func whatFollowsFromASettingIsSeenBelowItsMenu(_ width: Int, _ height: Int) {
    var app = App(.first)
    app.size = (width, height)
    for _ in 0..<6 { app.press("n") }
    app.press("o", "Enter", "↓", "Enter")
    let before = app.frame.lines
    app.press("↑")
    let after = app.frame.lines
    // The derivation of the weight that was updated last: 0.15 - rate · 0.000438567736.
    func shows(_ lines: [String], _ number: String) -> Bool {
      lines.contains { $0.contains("0.15 + ") && $0.contains(number) }
    }
    #expect(shows(before, "0.149780716") && !shows(before, "0.149736859"), "\(before.joined(separator: "\n"))")
    #expect(shows(after, "0.149736859"), "\(app.shown)")
  }

  @Test func aSettingOfAnotherOptimizerIsTriedAsItIsCounted() throws {
    var app = App(.first)
    app.press("f", "b", "u", "o")
    app.type("rmsprop")
    app.press("Enter")
    for _ in 0..<9 where app.menu?.row?.name != "alpha" { app.press("↓") }
    app.press("Enter", "↓")
    let line = try #require(app.menu?.onShow.line)
    #expect(line == "optimizer rmsprop alpha=0.98")
    var expected = app.session
    try expected.execute(Line(line))
    #expect(app.scene.state.parameters == expected.timeline.state.parameters)
    #expect(app.scene.state.experiment.network.optimizer.rule.name == "rmsprop")
    // What cannot be taken is said at once, and what could be taken last stays on show.
    app.type("x")
    #expect(app.menu?.onShow.message?.role == .warning)
    #expect(app.scene.state.parameters == expected.timeline.state.parameters)
    app.press("Esc", "Esc")
    #expect(app.session.timeline.experiment.network.optimizer.rule.name == "sgd")
  }

  /// In a form a typed number is for the first value that is one, whichever row is chosen, and no search for a digit.
  @Test func aTypedNumberIsForTheFirstValueOfAForm() {
    var app = App(.first)
    app.press("o", "Enter")
    #expect(app.menu?.row?.name == "take it")
    app.type("0.1")
    #expect(app.menu?.row?.name == "rate" && app.menu?.onShow.filter == "")
    #expect(app.menu?.onShow.line == "rate 0.1")
    app.press("Enter", "Home", "Enter")
    #expect(app.given == ["rate 0.1"])
    // What was done shows nowhere else on this screen.
    #expect(app.message?.text == "done: rate 0.1")
    // In a list of names a digit is a search.
    app.press("a")
    app.type("2")
    #expect(app.menu?.onShow.filter == "2")
  }

  @Test func theFooterNamesRedoOnceThereIsSomethingToRedo() {
    var app = App(.first)
    app.size = (160, 40)
    #expect(!app.shown.contains("Z redo"))
    app.press("f", "z")
    #expect(app.shown.contains("Z redo"))
    app.press("Z")
    #expect(!app.shown.contains("Z redo"))
  }

  @Test func aFileIsNotWrittenWhileItsNameIsTyped() {
    var app = App(.first)
    app.press("a")
    app.type("save")
    app.press("Enter")
    app.type("/tmp/backstep-never-written.session")
    #expect(app.menu?.trial == nil)
    #expect(app.menu?.onShow.line == "save /tmp/backstep-never-written.session")
    #expect(access("/tmp/backstep-never-written.session", F_OK) != 0)
  }

  @Test func newWeightsAreShownBeforeTheyAreTaken() {
    var app = App(.first)
    app.press("a")
    app.type("initial")
    app.press("Enter")
    app.type("normal")
    app.press("Enter")
    let shown = app.shown
    #expect(shown.contains("w1 = ["))
    #expect(app.session.timeline.state.parameters[0].w.values[0] == 0.15)
    while app.menu?.row?.name != "seed" { app.press("↓") }
    app.press("Enter", "↑", "Enter")
    #expect(app.shown.contains("seed=2"))
    #expect(app.shown != shown)
    app.press("Home", "Enter")
    #expect(app.given == ["init normal seed=2"] || app.given == ["init xavier-normal seed=2"])
  }

  @Test func whatIsWrongIsSaidInTheMenu() {
    var app = App(.first)
    app.press("a")
    app.type("units")
    while app.menu?.row?.name != "units" { app.press("↓") }
    app.press("Enter")
    app.type("0")
    app.press("Enter")
    #expect(app.menu?.message?.text.description.contains("units") == true, "\(app.shown)")
    #expect(app.given.isEmpty)
    app.press("Backspace", "3", "Enter")
    #expect(app.given == ["layer 1 dense 3 sigmoid"])
  }

  @Test func everyPageIsDrawnAtEverySize() {
    for keys in [["a"], ["o"], ["t"], ["o", "Enter"], ["a", "Enter"], ["a", "Enter", "↓", "↓", "Enter"]] {
      for (width, height) in [(60, 16), (80, 24), (100, 30), (200, 60), (59, 15), (10, 3), (0, 0)] {
        var app = App(.first)
        app.size = (width, height)
        app.press(keys: keys)
        let frame = app.frame
        #expect(frame.width == width && frame.height == height)
        #expect(frame.ascii().lines.allSatisfy { $0.allSatisfy(\.isASCII) })
        if width >= 60, height >= 16 {
          // In the box, and not in what it covers.
          #expect(frame.lines.contains { $0.contains("│ >") }, "\(keys) at \(width)×\(height)")
        }
      }
    }
  }
}

extension App {
  fileprivate mutating func press(keys: [String]) { for key in keys { press(key) } }
}
