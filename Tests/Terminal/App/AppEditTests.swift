import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// Numbers edited in their places.
struct AppEditTests {
  @Test func aValueIsEditedInItsPlace() {
    var app = App(.first)
    app.press("e")
    #expect(app.cellEdit?.editor.text == "0.15")
    app.type("0.3/2")
    app.press("Enter")
    #expect(app.given == ["set w1[1,1] = 0.3/2"])
    #expect(app.cellEdit == nil)
    #expect(app.session.timeline.state.parameters[0].w.values[0] == 0.15)
  }

  @Test func enterOpensWhatWasGivenAndUnfoldsWhatIsComputed() {
    var app = App(.first)
    app.press("Enter")
    #expect(app.cellEdit != nil)
    app.press("Esc", "n", "Enter")
    #expect(app.cellEdit == nil)
    #expect(app.view.unfolded == 1)
  }

  @Test func whatIsComputedSaysByWhat() {
    var app = App(.first)
    app.press("n", "e")
    #expect(app.cellEdit == nil)
    #expect(
      app.message?.text.description.contains("a1[1] is computed: ") == true, "\(app.message?.text.description ?? "")")
    #expect(app.message?.text.description.contains("net1[1]") == true)
  }

  @Test func everythingDownstreamIsRecomputedWhileItIsCounted() {
    var app = App(.first)
    app.press("f", "Home", "f", "↑")
    app.command("goto 3")
    app.view = app.view.focusing("layer")
    app.view.selection = Selection(Quantity(.w, 1))
    let before = app.session
    app.press("e")
    for text in ["0.16", "0.17", "0.18"] {
      app.press("↑")
      #expect(app.cellEdit?.editor.text == text)
    }
    app.press("↓")
    let trial = app.scene.state
    #expect(trial.parameters[0].w.values[0] == 0.17)
    #expect(trial.place == before.timeline.place)
    #expect(app.session.timeline.state.parameters[0].w.values[0] == 0.15)
    var expected = before
    _ = try? expected.execute(Line("set w1[1,1] = 0.17"))
    let (loss, wanted) = (
      try? trial.value(of: Quantity(.loss)), try? expected.timeline.state.value(of: Quantity(.loss))
    )
    #expect(loss != nil && loss == wanted)
    app.press("Esc")
    #expect(app.session.lines == before.lines)
    app.press("e", "↑", "Enter")
    #expect(app.given.last == "set w1[1,1] = 0.16")
    app.press("z")
    #expect(app.session.timeline.state.parameters[0].w.values[0] == 0.15)
  }

  @Test func whatCannotBeTakenStaysToBeMended() {
    var app = App(.first)
    app.press("e")
    app.type("1 / q")
    app.press("Enter")
    #expect(app.cellEdit?.complaint?.description.contains("q") == true)
    #expect(app.shown.contains(app.cellEdit?.complaint?.description ?? "·"))
    app.press("Backspace", "4", "Enter")
    #expect(app.given == ["set w1[1,1] = 1 / 4"])
  }

  @Test func whatIsLeftAsItWasIsNoLine() {
    var app = App(.first)
    app.press("e", "Enter", "e", "↑", "↓", "Enter")
    #expect(app.given.isEmpty)
  }

  @Test(arguments: [
    ("0.15", 1, "0.16"), ("0.19", 1, "0.20"), ("-0.1", 1, "0.0"), ("0.0", -1, "-0.1"), ("2", -1, "1"), ("0", -1, "-1"),
    ("1e-3", 1, "2e-3"), ("9.99", 1, "10.00"), ("0.001", -1, "0.000"), ("-5", -1, "-6"), (".5", 1, "0.6"),
  ])
  func theLastDigitIsCounted(text: String, change: Int, expected: String) {
    #expect(nudged(text, by: change) == expected)
  }

  @Test(arguments: ["", "1/3", "a1", "--1", "1.2.3", "e", "-", ".", "12345678901234567890", "inf"])
  func whatIsNoNumberIsNotCounted(text: String) {
    #expect(nudged(text, by: 1) == nil)
  }
}
