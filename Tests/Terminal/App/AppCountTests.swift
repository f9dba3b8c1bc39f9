import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// Numbers before keys, digits on cells, and keys that do nothing here.
struct AppCountTests {
  /// Where the selected cell is computed, so that digits are no value of it.
  private var computed: App {
    var app = App(.first)
    app.press("n")
    return app
  }

  @Test(arguments: [
    (["1", "0", "n"], ["step 10"]), (["3", "→"], ["step 3"]), (["2", "p"], ["back 2"]),
    (["2", "f"], ["forward", "forward"]),
    (["3", ">", "n"], ["step phase"]), (["1", "2", "Esc", "n"], ["step"]), (["2", ":", "Esc", "n"], ["step"]),
  ])
  func aNumberBeforeAKeyCounts(_ keys: [String], _ lines: [String]) {
    var app = computed
    for key in keys { app.press(key) }
    #expect(app.given == ["step"] + lines)
    #expect(app.count == nil)
  }

  @Test func theNumberIsShownWhileItIsTypedAndBounded() {
    var app = computed
    app.press("4", "2")
    #expect(app.frame.lines[22].hasPrefix(" 42: n p steps"))
    for _ in 0..<20 { app.press("9") }
    #expect(app.count == 429_999)
    #expect(app.shown.contains("no more digits"))
    app.press("Esc")
    #expect(app.given == ["step"])
    #expect(!app.shown.contains("429999"))
    app.press("0")
    #expect(app.shown.contains("a count begins with 1 to 9"))
  }

  @Test func cellsAreCountedToo() {
    var app = computed
    let start = app.view.selection
    app.press("2", "h")
    var other = computed
    other.press("h", "h")
    #expect(app.view.selection == other.view.selection)
    #expect(app.view.selection != start)
    app.press("9", "9", "9", "9", "9", "9", "h")
    #expect(app.view.selection?.column == 0)
  }

  @Test func undoIsCounted() {
    var app = computed
    app.command("set w1[1,1] = 0.2")
    app.command("set w1[1,1] = 0.3")
    app.command("set w1[1,1] = 0.4")
    app.press("n", "3", "z")
    #expect(app.session.timeline.experiment.network.layers.count == 2)
    #expect(!app.given.contains("set w1[1,1] = 0.2") || app.given.count <= 2, "\(app.given)")
  }

  @Test func whatTakesNoCountSaysSo() {
    var app = computed
    app.press("5", "m")
    #expect(app.view.isPinned)
    app.press("7", ">")
    #expect(app.view.stride == .phase)
  }

  @Test func aDigitOpensACellThatWasGiven() {
    var app = App(.first)
    app.press("7")
    #expect(app.shown.contains(":set w1[1,1] = 7"))
    app.press(".", "5", "Enter")
    #expect(app.given == ["set w1[1,1] = 7.5"])
    app.press("1", "0", "e", "1", "Enter")
    #expect(app.given.last == "set w1[1,1] = 10e1")
  }

  @Test(arguments: [("n", ["step 10"]), ("→", ["step 10"]), ("PgDn", ["step 10"]), ("p", [])])
  func onACellADigitMayStillBecomeACount(_ key: String, _ lines: [String]) {
    var app = App(.first)
    app.press("1", "0")
    #expect(app.shown.contains("Enter sets w1[1,1] to 10; n p → hjkl z take it as a count"))
    app.press(key)
    #expect(app.given == lines)
    #expect(app.cellEdit == nil)
  }

  @Test func anUnfinishedNumberIsNoCount() {
    var app = App(.first)
    app.press("1", ".", "n")
    #expect(app.cellEdit?.editor.text == "1.n")
    app.press("Esc", "1", "0", "Backspace", "n")
    #expect(app.cellEdit?.editor.text == "1n")
    #expect(app.given.isEmpty)
  }

  @Test func aDigitEditsTheNumberOfASample() {
    var app = App(.first)
    app.press("x", "0", "8", "Enter")
    #expect(app.given == ["resample 1 8 0.1 -> 0.01 0.99"])
  }

  @Test func whatIsTypedAfterARefusedEditIsNoCommand() {
    var app = computed
    app.press("e")
    #expect(app.shown.contains("a1[1] is computed"))
    let (view, given) = (app.view, app.given)
    app.press("-", "0", ".", "5", "=", "Space")
    app.press("e", "0", ".", "5")
    #expect(app.view.speed == view.speed * 2 || app.view.speed == view.speed)
    #expect(app.view.stride == view.stride)
    #expect(app.given == given)
    app.press("Enter", "n")
    #expect(app.given == given + ["step"])
  }

  @Test func aKeyThatDoesNothingSaysSo() {
    var app = computed
    app.press("J")
    #expect(app.shown.contains("J does nothing here; ? shows the keys"))
    app.press("F5")
    #expect(app.shown.contains("F5 does nothing here"))
    app.press("Backspace")
    #expect(app.shown.contains("nothing is unfolded"))
    app.press("a", "F6")
    #expect(app.shown.contains("F6 does nothing here"))
  }

  /// Pressed again and again, every key either changes the screen or the session, or says something.
  @Test func noKeyIsSilent() {
    for row in Binding.all where row.contexts.isEmpty && row.command != "quit" {
      for key in row.keys where Binding.bound(to: key, in: ["layer"])?.keys == row.keys {
        var app = computed
        for _ in 0..<12 {
          let before = (app.frame, app.session.lines.count, app.needsRedraw)
          app.message = nil
          app.press(key)
          let isSame = app.frame == before.0 && app.session.lines.count == before.1 && app.needsRedraw == before.2
          #expect(
            !isSame || app.message != nil || app.menu != nil || app.count != nil || key == "Esc" || key == "^C"
              || key == "^L", "\(key)")
          app.settle()
        }
      }
    }
  }

  @Test func shiftWithTheArrowsMovesCells() {
    var app = computed
    app.press("Shift-←")
    #expect(app.view.selection == Selection(Quantity(.net, 1)))
    app.press("Shift-↓")
    #expect(app.view.selection == Selection(Quantity(.net, 1), row: 1))
    app.press("Shift-→", "Shift-↑")
    #expect(app.view.selection == Selection(Quantity(.a, 1)))
    #expect(app.given == ["step"])
  }

  @Test func functionKeysAndEscapeAreHarmlessInALesson() {
    var app = App(presenting: ["input 2", "dense 1 sigmoid", "sample 0 1 -> 1", "step"].map { Line($0) })
    app.press("→", "→")
    let lines = app.session.lines
    app.press("F5", "Esc", "F5", "Esc")
    #expect(app.session.lines == lines)
    #expect(app.isOver == false && app.question == nil)
    app.press("→")
    #expect(app.session.lines.count == lines.count + 1)
  }
}
