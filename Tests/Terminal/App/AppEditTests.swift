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
    #expect(WrittenDecimal(text)?.counted(by: change)?.text == expected)
  }

  @Test(arguments: ["", "1/3", "a1", "--1", "1.2.3", "e", "-", ".", "12345678901234567890", "inf"])
  func whatIsNoNumberIsNotCounted(text: String) {
    #expect(WrittenDecimal(text) == nil)
  }

  @Test(arguments: [
    ("0.15", "0.16"), ("0.4", "0.42"), ("0.55", "0.57"), ("1", "1.05"), ("2", "2.1"), ("-0.25", "-0.24"),
    ("100", "105"),
    ("4000", "4200"), ("0", "0.05"), ("0.05", "0.052"), ("1e-3", "1.05e-3"), ("0.0004386", "0.0004586"),
  ])
  func untouchedItGoesByATwentieth(text: String, expected: String) {
    var value = ValueEditor(text)
    value.count(by: 1, byTwentieths: true)
    #expect(value.text == expected)
    // The step is that of the value that was there, so that it comes back to that.
    for _ in 0..<30 { value.count(by: 1, byTwentieths: true) }
    for _ in 0..<31 { value.count(by: -1, byTwentieths: true) }
    #expect(Double(value.text) == Double(text))
  }

  @Test func theDigitUnderTheCaretIsCounted() {
    var app = App(.first)
    app.press("e", "←", "←", "↑")
    #expect(app.cellEdit?.editor.text == "0.25")
    app.press("↑", "↑")
    #expect(app.cellEdit?.editor.text == "0.45")
    app.press("←", "←", "↑")
    #expect(app.cellEdit?.editor.text == "1.45")
    for _ in 0..<9 { app.handle(.named(.up), on: Grid(width: 0, height: 0)) }
    app.held = Held()
    app.press("End", "↓")
    app.press("Enter")
    #expect(app.given.last?.hasSuffix("4") == true, "\(app.given)")
  }

  @Test func theCaretStaysOnItsDigit() {
    var value = ValueEditor("9.5")
    for _ in 0..<3 { _ = value.perform(.characterBack) }
    value.count(by: 1)
    #expect(value.text == "10.5")
    value.count(by: 1)
    #expect(value.text == "11.5")
    for _ in 0..<12 { value.count(by: -1) }
    #expect(value.text == "-0.5")
  }

  @Test func aKeyThatIsHeldGoesFaster() {
    var held = Held()
    let start = ContinuousClock.now
    let steps = (0..<40).map { held.steps(at: start + .milliseconds(33 * $0)) }
    #expect(steps.prefix(10).allSatisfy { $0 == 1 })
    #expect(steps[10] == 5 && steps[29] == 5 && steps[30] == 25 && steps[39] == 25)
    #expect(held.steps(at: start + .seconds(3)) == 1)
  }

  @Test func theWheelNudgesASamplesNumberByItsLastDigit() {
    var app = App(.first)
    app.press("x", "0", "e", "↑", "Enter")
    #expect(app.given == ["resample 1 0.06 0.1 -> 0.01 0.99"])
  }

  @Test func theFirstUpGoesToTheUnitInThePicture() {
    var app = App(.first)
    app.press("↑")
    #expect(app.view.focus == "network")
    #expect(app.view.selection == Selection(Quantity(.a, 1)))
    app.press("↓", "↓")
    #expect(app.view.focus == "layer")
  }
}
