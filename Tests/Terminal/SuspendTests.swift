import Testing

/// Keys that a real terminal sends in several bytes, and the one that suspends.
struct SuspendTests {
  @Test func controlZGivesTheTerminalBackUntilItGoesOn() {
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.press("n")
    #expect(pane.shows("FORWARD layer 1 of 2"))
    let before = pane.text
    pane.press("C-z")
    #expect(pane.shows("Stopped"), "\(pane.text)")
    #expect(pane.ask("#{alternate_on}#{cursor_flag}#{mouse_button_flag}").hasPrefix("010"))
    pane.enter("echo in the shell")
    #expect(pane.shows("in the shell"))
    pane.enter("fg")
    // All of it is there again, without a key.
    #expect(pane.wait { $0 == before }, "\(pane.text)")
    pane.press("n")
    #expect(pane.shows("FORWARD layer 2 of 2"))
    // The same while a line is typed: it is still there.
    pane.type(":print a1")
    #expect(pane.shows(":print a1"))
    pane.press("C-z")
    #expect(pane.shows("Stopped"))
    pane.enter("fg")
    #expect(pane.shows(":print a1"))
    pane.press("Enter")
    #expect(pane.shows("a1 = [0.593269992; 0.596884378]"))
  }

  @Test(arguments: ["screen-256color", "xterm-256color"])
  func shiftWithTheArrowsComesThrough(_ terminal: String) {
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; TERM=\(terminal) \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.press("n")
    #expect(pane.shows("Derivation of a1[1]"))
    pane.press("S-Left")
    #expect(pane.shows("Derivation of net1[1]"))
    pane.press("S-Down")
    #expect(pane.shows("Derivation of net1[2]"))
    pane.press("S-Right")
    #expect(pane.shows("Derivation of a1[2]"))
    pane.press("S-Up")
    #expect(pane.shows("Derivation of a1[1]"))
    pane.press("M-9")
    #expect(pane.shows("sample 0.05 0.10 -> 0.01 0.99"))
  }
}
