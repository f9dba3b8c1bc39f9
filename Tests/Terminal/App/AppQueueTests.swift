import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// Many lines, pasted or from a file: given one after another, with the screen live meanwhile.
struct AppQueueTests {
  private func pasting(_ lines: [String]) -> App {
    var app = App(.first)
    app.handle(.paste(lines.map { $0 + "\n" }.joined()), on: app.frame)
    return app
  }

  /// A move that does not end by itself, and lines behind it.
  private func busy(_ lines: Int) -> App {
    pasting(["run 100000000"] + Array(repeating: "step", count: lines))
  }

  private func replaying(_ text: String) -> App {
    App(replaying: LineBuffer(source: "a/lesson.session", bytes: Array(text.utf8)))
  }

  @Test(arguments: [130, 5000]) func pastedLinesAreGivenOneAfterAnother(_ count: Int) {
    // Each one inside the one before would need more stack than there is.
    var app = pasting(Array(repeating: "# a", count: count))
    app.settle()
    #expect(app.given == Array(repeating: "# a", count: count))
    #expect(app.isRunning == false)
  }

  @Test func theLastLinesAnswerIsTold() {
    var app = pasting(["step", "print net1", "", "# that was it", ""])
    app.settle()
    #expect(app.message == nil)
    #expect(app.given == ["step", "print net1", "# that was it"])
    app = pasting(["step", "print net1[1]", ""])
    app.settle()
    #expect(app.message?.text == "net1[1] = 0.3775")
    #expect(app.given == ["step", "print net1[1]"])
  }

  @Test func itIsShownHowFarTheyAre() {
    var app = busy(999)
    app.size = (100, 30)
    #expect(app.shown.contains("==> RUN 0%, line 1 of 1000"))
    #expect(app.shown.contains("line 1 of 1000: 0% of run 100000000   Esc stops there"))
    app.handle(.named(.escape), on: app.frame)
    #expect(!app.shown.contains("RUN"))
  }

  @Test(arguments: [Key.named(.escape), .control("c")])
  func whatWasNotRunIsCounted(_ key: Key) {
    var app = busy(200)
    app.handle(key, on: app.frame)
    #expect(app.isRunning == false)
    #expect(app.message?.text.description.hasPrefix("stopped: iteration ") == true)
    #expect(app.message?.text.description.hasSuffix("\nnot run: 200 more pasted lines: step; step; step; …") == true)
    #expect(app.given.count == 1)
    #expect(app.given.first?.hasPrefix("run ") == true)
  }

  @Test func keysAreAnsweredAndLoseNoLine() {
    var app = busy(3)
    app.handle(.character("?"), on: app.frame)
    #expect(app.view.isHelpOpen == true)
    app.handle(.named(.escape), on: app.frame)
    #expect(app.view.isHelpOpen == false)
    for key in [Key.named(.right), .character("z"), .named(.home)] {
      app.handle(key, on: app.frame)
      #expect(app.message?.text == "lines are still being carried out; Esc stops there")
      #expect(app.queue?.rest == "not run: 3 more pasted lines: step; step; step")
    }
  }

  @Test func aLineThatIsTypedMeanwhileComesBehindThem() {
    var app = busy(1)
    app.handle(.character(":"), on: app.frame)
    app.type("print t")
    app.handle(.named(.enter), on: app.frame)
    #expect(app.queue?.rest == "not run: 2 more pasted lines: step; print t")
    #expect(app.isPromptOpen == false)
  }

  @Test func ofTooLongAPasteNothingIsRun() {
    var app = App(.first)
    app.handle(.overlongPaste, on: app.frame)
    #expect(app.message?.text.description.hasPrefix("at most 16777216 bytes are pasted at once") == true)
    #expect(app.given == [])
  }

  @Test func theLastLineWithoutAnEndStandsAtThePrompt() {
    var app = App(.first)
    app.handle(.paste("step\nprint net1[1]\nset w1[1,1]"), on: app.frame)
    app.settle()
    #expect(app.given == ["step", "print net1[1]"])
    #expect(app.message?.text == "net1[1] = 0.3775")
    #expect(app.isPromptOpen && app.editor.text == "set w1[1,1]")
    app.type(" = 0.5")
    app.press("Enter")
    #expect(app.given == ["step", "print net1[1]", "set w1[1,1] = 0.5"])
    #expect(!app.isPromptOpen && app.editor.text == "")
  }

  @Test func whatIsTypedMeanwhileComesBeforeIt() {
    var app = busy(0)
    app.handle(.named(.escape), on: app.frame)
    app.handle(.paste("run 100000000\nstep\nprint x"), on: app.frame)
    app.handle(.character(":"), on: app.frame)
    app.type("print t")
    app.handle(.named(.enter), on: app.frame)
    app.handle(.named(.escape), on: app.frame)
    #expect(app.message?.text.description.hasSuffix("not run: 3 more pasted lines: step; print t; print x") == true)
    app.press(":", "↑")
    #expect(app.editor.text == "print x")
  }

  @Test func anErrorSaysWhichLinesWereNotRun() {
    var app = App(.first)
    app.handle(.paste("nonsense\n  step 2\nprint w1"), on: app.frame)
    app.settle()
    #expect(app.given == [])
    #expect(app.editor.text == "nonsense")
    #expect(app.message?.text.description.hasSuffix("\nnot run: 2 more pasted lines: step 2; print w1") == true)
    // Neither is lost.
    app.press("↑")
    app.press("^U", "↑")
    #expect(app.editor.lines.suffix(2) == ["  step 2", "print w1"])
  }

  @Test func linesPastedIntoAValueAreOneWithBlanks() {
    var value = ValueEditor("1")
    value.type("[1 2;\r\n3\t4]\n")
    #expect(value.text == "[1 2; 3 4]")
  }

  @Test func aFileIsReplayedAndItsVerdictsAreCounted() {
    let lines = ["# Two inputs.", "input 2", "", "dense 1 sigmoid", "sample 1 1 -> 1", "step", "#= an old answer"]
    var app = replaying((lines + ["expect net1[1] ~= 100", "expect 1 ~= 2", "quit", "step"]).joined(separator: "\n"))
    app.settle()
    #expect(app.message?.text == "lesson.session: 2 verdicts fail, the first in line 8: expect net1[1] ~= 100")
    #expect(app.message?.role == .bad)
    #expect(app.session.lines.map(\.text) == lines.dropLast() + ["expect net1[1] ~= 100", "expect 1 ~= 2"])
    #expect(app.session.lines.last?.number == 9)
    #expect(app.isOver == false)
    app.press(":", "↑")
    #expect(app.editor.text == "quit")
  }

  @Test func aFileThatIsWellSaysSo() {
    var app = replaying("input 2\ndense 1 sigmoid\nsample 1 1 -> 1\nstep\n")
    app.settle()
    #expect(app.message?.text == "lesson.session is replayed; Home goes to its start, ? shows every key")
    #expect(app.view.selection?.quantity == Quantity(.a, 1))
  }

  @Test func aFileInErrorEndsTheProgram() {
    var app = replaying("input 2\ndense 2 sigmod\nstep\n")
    app.settle()
    #expect(app.isOver == true)
    #expect(app.failure?.report.hasPrefix("a/lesson.session:2:9: sigmod is not an activation") == true)
    app = replaying("input 2\n\u{0}\n")
    app.settle()
    #expect(app.isOver == true)
    #expect(app.failure?.report.hasPrefix("a/lesson.session:2:1: this line holds a zero byte") == true)
  }
}
