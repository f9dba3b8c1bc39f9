import Language
import Panels
import Testing

@testable import Terminal

/// Arrays over several lines, typed and pasted at the prompt.
struct AppArraysTests {
  private var small: App { App(.first) }

  @Test func anOpenBracketStaysAtThePrompt() {
    var app = small
    app.command("set w1 = [[1, 2],")
    #expect(app.isPromptOpen)
    #expect(app.editor.text == "set w1 = [[1, 2],  ")
    #expect(app.message?.text.description.hasPrefix("a bracket is open: the line goes on here") == true)
    app.type("[3, 4]]")
    app.press("Enter")
    #expect(app.given == ["set w1 = [[1, 2],  [3, 4]]"])
    #expect(app.isPromptOpen == false)
  }

  /// Julia's and MATLAB's rows, typed a line at a time: each line's end becomes the semicolon that it means.
  @Test func rowsAreTypedALineAtATime() {
    var app = small
    app.command("set w1 = [1 2")
    #expect(app.editor.text == "set w1 = [1 2;  ")
    app.type("3 4")
    app.press("Enter")
    #expect(app.editor.text == "set w1 = [1 2;  3 4;  ")
    app.type("]")
    app.press("Enter")
    #expect(app.given == ["set w1 = [1 2;  3 4;  ]"])
    app.command("print 2×2 Matrix{Float64}:")
    #expect(app.editor.text == "print 2×2 Matrix{Float64}:  ")
    #expect(app.message?.text.description.hasPrefix("rows are still to come") == true)
    app.type("1.0 2.0")
    app.press("Enter")
    #expect(app.editor.text == "print 2×2 Matrix{Float64}:  1.0 2.0;  ")
    app.type("3.0 4.0")
    app.press("Enter")
    #expect(app.message?.text == "[1.0 2.0; 3.0 4.0] = [1 2; 3 4]")
  }

  @Test func rowsArePasted() {
    var app = small
    app.handle(.paste("set w1 = 2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0\nprint w1[2,1]\n"), on: app.frame)
    app.settle()
    #expect(app.given == ["set w1 = 2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0", "print w1[2,1]"])
    app.handle(.character(":"), on: app.frame)
    app.type("set w1 = ")
    app.handle(.paste("[5 6\n 7 8]"), on: app.frame)
    #expect(app.editor.text == "set w1 = [5 6; 7 8]")
  }

  @Test func givenOnceMoreItIsCarriedOutAndSaysWhatIsWrong() {
    var app = small
    app.command("print [1 2")
    app.press("Enter")
    #expect(app.message?.text == "this [ is never closed")
    #expect(app.editor.text.hasPrefix("print [1 2"))
    app.press("Esc")
    app.command("title Notes [draft")
    app.press("Enter")
    #expect(app.session.title == "Notes [draft")
  }

  @Test func aPasteOfSeveralLinesIsOneLine() {
    var app = small
    app.handle(.paste("set w1 = tensor([[1., 2.],\n        [3., 4.]])\nprint w1[2,1]\n"), on: app.frame)
    app.settle()
    #expect(app.given == ["set w1 = tensor([[1., 2.],\n        [3., 4.]])", "print w1[2,1]"])
    #expect(app.message?.text == "w1[2,1] = 3")
    #expect(app.shown.contains("set w1 = tensor([[1., 2.],") == app.shown.contains("[3., 4.]])"))
  }

  /// What is copied from a terminal often has no end behind its last line.
  @Test func aPasteWithoutItsEndWaitsAtThePrompt() {
    var app = small
    app.handle(.character(":"), on: app.frame)
    app.type("set w1 = ")
    app.handle(.paste("[[1, 2],\n [3, 4]]"), on: app.frame)
    #expect(app.isPromptOpen)
    #expect(app.editor.text == "set w1 = [[1, 2],  [3, 4]]")
    app.press("Enter")
    #expect(app.given == ["set w1 = [[1, 2],  [3, 4]]"])
  }

  @Test func aFileIsReplayedAndAnErrorNamesItsRow() {
    var app = App(replaying: LineBuffer(source: "a.session", bytes: Array("input 2\nprint [1,\n $]\n".utf8)))
    app.settle()
    #expect(app.failure?.report == "a.session:3:2: a number, a name or an operator was expected, not $\n $]\n ^")
  }
}
