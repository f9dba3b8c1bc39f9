import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// What keys do to the session and to the view.
struct AppTests {
  @Test func theFirstScreenSaysWhatToPress() {
    let app = App(.first, message: Message("→ takes the first step"))
    #expect(app.session.timeline.experiment.obstacle == nil)
    #expect(app.shown.contains("→ takes the first step"))
    #expect(app.shown.contains("mazur"))
  }

  /// What is made of given numbers alone unfolds to nothing: Enter leaves the keys where they are, and is not offered.
  @Test func enterIsOfferedWhereItDoesSomething() {
    var app = App(.first)
    app.press("→")
    #expect(app.frame.lines.last?.contains("Enter more") == true)
    app.press("h")
    #expect(app.view.selection?.quantity.name == "net1")
    #expect(app.frame.lines.last?.contains("Enter") == false)
    app.press("Enter")
    #expect(app.view.focus == "layer" && app.view.unfolded == 0)
    #expect(app.shown.contains("all that it is made of is on show"))
    app.press("h")
    #expect(app.frame.lines.last?.contains("Enter edit") == true)
    app.press("Enter")
    #expect(app.frame.lines.last?.contains("Tab next") == true)
    #expect(app.frame.lines.last?.contains("↑↓ nudge") == true)
  }

  @Test func aNameIsNotNudged() {
    var app = App(.first)
    app.press("a")
    app.type("save")
    app.press("Enter")
    #expect(app.frame.lines.last?.contains("nudge") == false && app.frame.lines.last?.contains("Tab") == false)
  }

  @Test(arguments: [
    (["→", "n", "PgDn"], ["step", "step", "step"], 3),
    (["→", "→", "←", "→", "p"], ["step", "step", "back", "step", "back"], 1),
    (["f"], ["forward"], 3), (["f", "b"], ["forward", "backward"], 5),
    (["f", "b", "u"], ["forward", "backward", "update"], 7),
    (["f", "Home", "End"], ["forward", "goto start", "goto end"], 3),
    (["→", ">", "→"], ["step", "step phase"], 3), ([",", "→", "<", "→"], ["step op", "step unit"], 0),
    (["→", "→", "z"], ["step"], 1), (["→", "→", "z", "Z"], ["step", "step"], 2),
  ])
  func keysMoveAndAreRecorded(_ keys: [String], _ lines: [String], _ step: Int) {
    var app = App(.first)
    for key in keys { app.press(key) }
    #expect(app.given == lines)
    #expect(app.session.timeline.state.step == step)
  }

  @Test func whatConcernsOnlyTheViewIsNoLine() {
    var app = App(.first)
    app.press("↓", "↑", "l", "h", "Tab", "Shift-Tab", "?", "Esc", "Enter", "Backspace", "<", ">", "+", "-", "m")
    #expect(app.given.isEmpty)
    #expect(app.session.timeline.place == Place())
  }

  @Test func theSelectionFollowsTheStepUnlessItIsKept() {
    var app = App(.first)
    app.press("n")
    #expect(app.view.selection == Selection(Quantity(.a, 1)))
    app.press("↓")
    #expect(app.view.selection == Selection(Quantity(.a, 1), row: 1))
    app.press("m", "n", "n")
    #expect(app.view.selection == Selection(Quantity(.a, 1), row: 1))
    app.press("m", "n")
    #expect(app.view.selection == Selection(Quantity(.delta, 2)))
  }

  @Test func theTableAndTheDerivationShowWhatWasComputed() {
    var app = App(.first)
    app.press("n")
    #expect(app.shown.contains("[0.5933]"))
    app.press("n", "n", "b")
    #expect(app.shown.contains("[.008771]"))
    #expect(app.shown.contains("0.00877135469"))
    app.press("p")
    #expect(!app.shown.contains("[.008771]"))
  }

  @Test func enterUnfoldsAndBackspaceFolds() {
    var app = App(.first)
    app.press("f", "b", "Enter")
    #expect(app.view.unfolded == 1)
    #expect(app.view.focus == "derivation")
    // What has no room below the picture is scrolled to.
    for _ in 0..<5 { app.press("j") }
    #expect(app.shown.contains("δ2[1] = -(y[1] - a2[1])"))
    app.press("Backspace")
    #expect(app.view.unfolded == 0)
    #expect(app.view.focus == "layer")
  }

  @Test func backAtTheBeginningSaysSo() {
    var app = App(.first)
    app.press("←")
    #expect(app.message?.text.description.contains("this is the beginning") == true)
  }

  @Test func helpLiesOverThePanelsAndGivesWay() {
    var app = App(.first)
    app.press("?")
    #expect(app.shown.contains("one stride on"))
    // What is read is no place to step by accident.
    app.press("→", "←")
    #expect(app.shown.contains("one stride on") && app.shown.contains("Esc closes it"))
    #expect(app.given == [])
    app.press("f")
    #expect(!app.shown.contains("one stride on"))
    #expect(app.given == ["forward"])
    app.press("?", "q")
    #expect(app.isOver == false)
    app.press("q", "q")
    #expect(app.isOver == true)
  }

  @Test func scrollingStopsWhereThereIsNothingMore() {
    var app = App(.first)
    app.press("?")
    // Beside what it shows it says that there is nothing more.
    let top = app.frame.lines.dropLast(2)
    for _ in 0..<30 { app.press("↓") }
    let bottom = app.shown
    app.press("↑")
    #expect(app.shown != bottom)
    for _ in 0..<30 { app.press("PgUp") }
    #expect(app.frame.lines.dropLast(2) == top)
    #expect(app.shown.contains("there is nothing further that way"))
  }

  @Test func spacePlaysAndAMovePauses() {
    var app = App(.first)
    app.press("Space")
    #expect(app.view.isPlaying == true)
    app.play()
    app.play()
    #expect(app.view.isPlaying == true)
    #expect(app.given == ["step 2"])
    app.press("←")
    #expect(app.view.isPlaying == false)
    #expect(app.given == ["step 2", "back"])
  }

  @Test func samplesOfABatchAreSelected() throws {
    var session = Session()
    for line in ["input 2", "dense 1 sigmoid", "data xor", "batch 4"] { try session.execute(Line(line)) }
    var app = App(session)
    app.press("]", "]", "[")
    #expect(app.session.timeline.state.selected == 1)
    #expect(app.session.lines.suffix(3).map(\.text) == ["select 2", "select 3", "select 2"])
    app.press("[", "[")
    #expect(app.message?.text == "the batch ends here")
  }

  @Test func everyKeyInEveryStateLeavesAWholeScreen() {
    let sizes = [(80, 24), (60, 16), (40, 10)]
    let keys = Set(Binding.all.flatMap(\.keys)).subtracting(["q", "Space"]).sorted()
    for (index, key) in keys.enumerated() {
      var app = App(.first)
      app.size = sizes[index % sizes.count]
      for state in ["n", "b", "Tab", "?", ":", "e"] {
        app.press(state, key)
        #expect(app.frame.width == app.size.width && app.frame.height == app.size.height, "\(state) \(key)")
      }
    }
  }
}
