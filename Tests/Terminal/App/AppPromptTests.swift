import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// The prompt: lines that are typed, completed, pasted and wrong.
struct AppPromptTests {
  @Test func aCommandAnswersInTheMessageLine() {
    var app = App(.first)
    app.press("f")
    app.command("print loss")
    #expect(app.message?.text == "loss = 0.298371109")
    #expect(app.isPromptOpen == false)
  }

  @Test func anErrorShowsItsPlaceAndTheLineStaysToBeMended() {
    var app = App(.first)
    app.command("print w1 * q")
    #expect(app.isPromptOpen == true)
    #expect(app.editor.text == "print w1 * q")
    let lines = app.frame.lines
    guard let row = lines.firstIndex(of: ":print w1 * q") else {
      Issue.record("the line is not on the screen: \(app.shown)")
      return
    }
    #expect(lines[row + 1] == String(repeating: " ", count: 12) + "^")
    #expect(app.message?.text.description.contains("q") == true)
    app.press("Backspace", "x", "Enter")
    #expect(app.isPromptOpen == false)
    #expect(app.given == ["print w1 * x"])
  }

  /// Enter at the empty prompt repeats the last move; without the prompt it unfolds, and moves nothing.
  @Test func enterAtTheEmptyPromptRepeats() {
    var app = App(.first)
    for (lines, steps) in [
      (["run 3", "last w1[1,1]"], [20, 13, 6]), (["break phase == loss", "goto start", "continue"], [3, 10, 17]),
    ] {
      for line in lines { app.command(line) }
      for (index, step) in steps.enumerated() {
        if index > 0 { app.press(":", "Enter") }
        app.settle()
        #expect(app.session.timeline.state.step == step, "\(lines), \(index)")
      }
      let place = app.session.timeline.place
      app.press("Enter", "Esc", "Esc")
      #expect(app.session.timeline.place == place)
    }
  }

  @Test func tabCompletes() {
    var app = App(.first)
    app.press(":")
    app.type("backw")
    app.press("Tab")
    #expect(app.editor.text == "backward ")
    app.press("Esc")
    app.press(":")
    app.type("s")
    app.press("Tab", "Tab")
    #expect(app.shown.contains("sample"))
    #expect(app.shown.contains("step"))
  }

  @Test func aCellsOwnFormulaCanBeClaimed() {
    var app = App(.first)
    app.press("f", "b")
    for direction in ["h", "h", "h", "h", "h", "h", "l", "l", "↓"] {
      app.press("c")
      if app.isPromptOpen {
        let line = app.editor.text
        app.press("Enter")
        #expect(app.message?.role == .good || app.sheet != nil, "\(line): \(app.message?.text.description ?? "")")
        app.press("Esc")
      } else {
        #expect(app.message?.text.description.contains("given") == true)
      }
      app.press(direction)
    }
  }

  @Test func pastedLinesRunUntilOneFails() {
    var app = App(.first)
    app.handle(.paste("step\nstep 2\nnonsense here\nstep\nstep\n"), on: app.frame)
    app.settle()
    #expect(app.given == ["step", "step 2"])
    #expect(app.editor.text == "nonsense here")
    #expect(app.message?.text.description.contains("not run: 2 more") == true)
  }

  @Test func anEmptyLineRepeatsTheLastMove() {
    var app = App(.first)
    app.command("step 2 op")
    app.command("print net1")
    app.command("")
    #expect(app.given == ["step 2 op", "print net1", "step 2 op"])
  }

  @Test func whatKeysGaveIsAmongTheLinesBefore() {
    var app = App(.first)
    app.press("f", ":", "↑")
    #expect(app.editor.text == "forward")
  }

  @Test func aLongAnswerLiesOverThePanels() {
    var app = App(.first)
    app.command("help dense")
    #expect(app.shown.contains("help dense"))
    #expect(app.shown.contains("dense N ACTIVATION"))
    app.press("Esc")
    #expect(!app.shown.contains("dense N ACTIVATION"))
  }

  @Test func showGivesAPanelTheKeys() {
    var app = App(.first)
    app.command("show session")
    #expect(app.view.focus == "session")
    app.press("Esc")
    #expect(app.view.focus == "layer")
  }

  @Test func quitLeaves() {
    var app = App(.first)
    app.command("quit")
    #expect(app.isOver == true)
  }
}
