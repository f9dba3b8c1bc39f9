import Glibc
import Testing
import TestSupport

/// What the terminal says of its ground, in real ones: tmux answers with the window's style where it has one, and says what
/// kind it is in any case; a pseudo-terminal of `script` answers nothing.
@Suite(.serialized) struct GroundTests {
  /// The colours of the text on show, by their numbers of 256.
  private func colours(_ pane: Pane) -> Set<Int> {
    Set(pane.colouredText.split(separator: "38;5;").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) })
  }

  /// Level 3 of numbers above zero, and that of no other theme.
  private let dark = 153
  private let light = 18
  private let projector = 17

  private func opened(_ pane: Pane, _ variables: String = "") -> Bool {
    pane.enter("clear; \(variables) \(program)")
    return pane.shows("→ takes the first step") && pane.wait { _ in !colours(pane).isEmpty }
  }

  @Test func aLightGroundGivesTheLightTheme() {
    let pane = Pane(columns: 80, rows: 24)
    pane.style("bg=#fdf6e3")
    // What the terminal says of itself comes before an inherited variable.
    #expect(opened(pane, "COLORFGBG='15;0'"))
    #expect(colours(pane).contains(light) && !colours(pane).contains(dark), "\(colours(pane))")
    pane.enter(":set theme = dark")
    #expect(pane.wait { _ in colours(pane).contains(dark) && !colours(pane).contains(light) })
    pane.enter(":set theme = projector")
    #expect(pane.wait { _ in colours(pane).contains(projector) && !colours(pane).contains(dark) })
    pane.press("z", "z")
    #expect(pane.wait { _ in colours(pane).contains(light) })
  }

  @Test func whereNothingIsAnsweredTheVariableCounts() {
    let pane = Pane(columns: 80, rows: 24)
    #expect(opened(pane))
    #expect(colours(pane).contains(dark) && !colours(pane).contains(light), "\(colours(pane))")
    pane.press("q")
    #expect(pane.shows("ready>"))
    #expect(opened(pane, "COLORFGBG='0;15'"))
    #expect(colours(pane).contains(light) && !colours(pane).contains(dark), "\(colours(pane))")
  }

  @Test(arguments: ["\u{7}", "\u{1b}\\"]) func aLateAnswerIsHeardAndIsNoKey(_ end: String) {
    let pane = Pane(columns: 80, rows: 24)
    #expect(opened(pane))
    pane.type("\u{1b}]11;rgb:ffff/ffff/ffff\(end)\u{1b}[?62;4cn")
    #expect(pane.wait { _ in colours(pane).contains(light) && !colours(pane).contains(dark) })
    #expect(pane.shows("FORWARD layer 1 of 2"))
    #expect(!pane.text.contains("rgb"))
    pane.press("q", "q")
    #expect(pane.shows("ready>"))
    #expect(!pane.text.contains("62;4c"), "\(pane.text)")
  }

  @Test func whatIsNoColourIsPassedOver() {
    let pane = Pane(columns: 80, rows: 24)
    #expect(opened(pane))
    pane.type(
      "\u{1b}]11;#fff\u{7}\u{1b}]11;rgb:\u{7}\u{1b}]11;rgb:ff/ff\u{7}\u{1b}]11;\(String(repeating: "f", count: 300))\u{7}n"
    )
    #expect(pane.shows("FORWARD layer 1 of 2"))
    #expect(colours(pane).contains(dark) && !colours(pane).contains(light), "\(colours(pane))")
  }

  /// Where the program is left at once, what the terminal answers is not left to the shell.
  @Test func leavingAtOnceLeavesNoAnswerBehind() {
    let pane = Pane(columns: 80, rows: 24)
    pane.style("bg=#fdf6e3")
    for _ in 0..<5 {
      pane.enter("clear; \(program); echo left")
      pane.type("q")
      #expect(pane.wait { $0.split(separator: "\n").contains("left") }, "\(pane.text)")
      #expect(pane.wait { $0.split(separator: "\n").last?.hasPrefix("ready>") == true })
    }
    #expect(!pane.text.contains("rgb") && !pane.text.contains("?") && !pane.text.contains(";"), "\(pane.text)")
  }

  /// Keys that are typed while the answer is waited for are keys all the same, and none of the questions is left to see.
  @Test func aTerminalThatDoesNotAnswerLosesNothing() {
    let start = "stty cols 80 rows 24; LC_ALL=C.UTF-8 TERM=xterm-256color \(program)"
    let sent = output(of: "(printf n; sleep 1; printf qq) | script -qec \(quoted(start)) /dev/null")
    #expect(sent.contains("FORWARD"), "\(sent)")
    // A terminal that prints what it does not understand is cleared after the question.
    let behind = sent.split(separator: "\u{1b}]11;?\u{7}\u{1b}[c", maxSplits: 1).last ?? ""
    #expect(behind.contains("\u{1b}[2J") || behind.contains("\u{1b}[J"), "\(sent)")
  }
}
