import Glibc
import Testing
import TestSupport

@testable import Language

/// The built program in a real terminal, as someone uses it.
@Suite(.serialized) struct ProgramTests {
  /// Mazur's network with nothing done yet.
  private static let network = Session.firstLines.joined(separator: "\n") + "\n"

  @Test(arguments: [(80, 24), (100, 30)])
  func mazurIsSteppedByKeys(_ columns: Int, _ rows: Int) throws {
    let folder = Folder()
    try folder.write(ProgramTests.network, to: "mazur.session")
    let pane = Pane(columns: columns, rows: rows)
    pane.enter("clear; stty -a > \(folder.path)/before; \(program) \(folder.path)/mazur.session")
    #expect(pane.shows("is replayed"))
    pane.press("n")
    #expect(pane.shows("[0.5933]"))
    pane.press("f", "b")
    #expect(pane.shows("Derivation of δ1[1]"))
    // The derivation ends in the value that stands in the table.
    #expect(pane.wait { $0.contains("[.008771]") || $0.contains("[0.008771]") })
    #expect(pane.wait { $0.contains("0.00877135469") && $0.contains("✓ = the table's cell") })
    pane.press("p")
    #expect(pane.wait { !$0.contains("0.00877135469") && $0.contains("BACKWARD layer 2 of 2") })
    pane.enter(":print loss")
    #expect(pane.shows("loss = 0.298371109"))
    pane.enter(":save \(folder.path)/saved.session")
    #expect(pane.shows("saved"))
    pane.press("q")
    #expect(pane.shows("ready>"))
    pane.enter(
      "echo status=$?; stty -a > \(folder.path)/after; cmp \(folder.path)/before \(folder.path)/after && echo same")
    #expect(pane.shows("status=0"))
    #expect(pane.shows("same"))
    #expect(!pane.text.contains("BACKWARD"))
    let saved = folder.read("saved.session")
    #expect(saved.hasSuffix("step\nforward\nbackward\nback\nprint loss\n"), "\(saved)")
  }

  @Test func theWindowMayChangeAtAnyMoment() {
    let pane = Pane(columns: 100, rows: 30)
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.press("f", "b")
    #expect(pane.shows("BACKWARD"))
    pane.resize(columns: 60, rows: 16)
    #expect(pane.shows("δ1[1]"))
    pane.resize(columns: 50, rows: 10)
    #expect(pane.shows("backstep needs 60×16"))
    pane.press("n")
    pane.resize(columns: 80, rows: 24)
    #expect(pane.shows("UPDATE layer 1 of 2"))
    // Rubbish is no reason to end.
    pane.paste("rubbish ]]] \u{1b}[31m\u{7}\nstep\nstep\n")
    #expect(pane.shows("rubbish is not a command"))
    pane.press("Escape")
    #expect(pane.wait { !$0.contains("Tab complete") })
    pane.press("q", "q")
    #expect(pane.shows("ready>"))
  }

  @Test func aStoppedRunIsRecordedAsItWasTaken() {
    let folder = Folder()
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.enter(":run 100000000 epochs")
    #expect(pane.shows("iterations a second"))
    let first = pane.text
    #expect(pane.wait { $0 != first && $0.contains("iterations a second") })
    pane.press("?")
    #expect(pane.shows("one stride on"))
    pane.press("Escape")
    #expect(pane.wait { !$0.contains("one stride on") && $0.contains("iterations a second") })
    pane.press("Escape")
    #expect(pane.shows("stopped"))
    pane.enter(":print w1")
    #expect(pane.shows("w1 = ["))
    // Behind it, in the same row, stands the bar of the panels.
    let row = pane.text.split(separator: "\n").first { $0.contains("w1 = [") } ?? ""
    let value = row.prefix(through: row.firstIndex(of: "]") ?? row.startIndex)
    pane.enter(":save \(folder.path)/stopped.session")
    #expect(pane.shows("saved"))
    pane.press("q")
    #expect(pane.shows("ready>"))
    let replayed = output(of: "\(program) run \(folder.path)/stopped.session")
    #expect(replayed.contains(value.trimmingPrefix { $0 == " " }), "\(value) in \(replayed)")
  }

  @Test func threeHundredPastedLinesAreCarriedOut() {
    let folder = Folder()
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.paste(String(repeating: "# a\n", count: 300))
    pane.enter(":save \(folder.path)/pasted.session")
    #expect(pane.shows("saved \(Session.firstLines.count + 300) lines"))
    pane.press("q")
    #expect(pane.shows("ready>"))
    #expect(folder.read("pasted.session").hasSuffix(String(repeating: "# a\n", count: 300)))
  }

  @Test func aPasteEndsAtItsBracketAndNowhereElse() {
    let folder = Folder()
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    // Beginnings of the bracket, one of them cut short by another, and a key right behind the bracket.
    pane.type("\u{1b}[200~# a\u{1b}[20\u{1b}[201δ\u{1b}\r\nstep\r\u{1b}[201~n")
    #expect(pane.shows("FORWARD layer 2 of 2"), "\(pane.text)")
    pane.enter(":save \(folder.path)/pasted.session")
    #expect(pane.shows("saved"))
    #expect(folder.read("pasted.session").hasSuffix("# a[20[201δ\nstep 2\n"))
  }

  @Test func aPastesLastLineStandsAtThePrompt() {
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.paste("step\nstep\nprint net1[1]")
    #expect(pane.shows(":print net1[1]"))
    #expect(pane.shows("FORWARD layer 2 of 2"))
    pane.press("Enter")
    #expect(pane.shows("net1[1] = 0.3775"))
  }

  @Test func aLongFileIsOnTheScreenAtOnceAndStopsWhereAsked() throws {
    let folder = Folder()
    try folder.write(
      ProgramTests.network + "run 100000000\n" + String(repeating: "step\n", count: 99), to: "long.session")
    let pane = Pane(columns: 100, rows: 30)
    pane.enter("clear; \(program) \(folder.path)/long.session; echo status=$?")
    let line = Session.firstLines.count + 1
    #expect(pane.shows("% of run 100000000   Esc stops there"), "\(pane.text)")
    #expect(pane.text.contains("line \(line) of \(line + 99): "), "\(pane.text)")
    pane.press("Escape")
    #expect(pane.shows("not run: 99 more lines"))
    pane.press("q")
    #expect(pane.shows("status=0"))
  }

  @Test func whatIsCopiedIsOnTheTerminalsClipboard() {
    let pane = Pane(columns: 80, rows: 24)
    pane.openClipboard()
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.press("f", "b", "y")
    #expect(pane.shows("Copy delta1[1]"))
    pane.type("derivation")
    pane.press("Enter")
    #expect(pane.shows("copied the derivation of delta1[1]"))
    #expect(pane.wait { _ in pane.clipboard.hasPrefix("δ1[1] = (Σk δ2[k] · w2⟨0⟩[k,1]) · f1′(net1[1])\n") })
  }

  @Test func aLessonOpensBehindItsNetworkAndPlaysToItsEnd() {
    let pane = Pane(columns: 100, rows: 30)
    pane.enter("clear; \(program) sessions/xor.session")
    #expect(pane.shows("xor.session is a lesson: → goes on a line at a time, End plays it to its end"))
    pane.press("End")
    #expect(pane.shows("UPDATE", seconds: 60))
    #expect(pane.wait(seconds: 60) { !$0.contains("Esc stops") })
    pane.press("q")
    #expect(pane.shows("ready>"))
    pane.enter("clear; \(program) sessions/mazur.session --at 3")
    #expect(pane.shows("step 3 of 7"))
  }

  @Test func waitingForAKeyTakesNoTime() {
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.press("n")
    #expect(pane.shows("[0.5933]"))
    usleep(100_000)
    let spent = "cut -d' ' -f14,15 /proc/$(pgrep -P \(pane.ask("#{pane_pid}")))/stat"
    let before = output(of: spent)
    usleep(400_000)
    #expect(output(of: spent) == before)
  }

  @Test func withoutUTF8TheScreenIsASCII() {
    let pane = Pane(columns: 80, rows: 24, environment: "LC_ALL=C")
    pane.enter("clear; \(program)")
    #expect(pane.shows("takes the first step"))
    pane.press("f", "b")
    #expect(pane.shows("BACKWARD"))
    #expect(pane.wait { $0.contains("[.008771]") })
    #expect(pane.text.unicodeScalars.allSatisfy { $0.isASCII }, "\(pane.text)")
  }

  @Test func withNoColorThereIsNone() {
    let pane = Pane(columns: 80, rows: 24, environment: "LC_ALL=C.UTF-8 NO_COLOR=1")
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.press("f", "b")
    #expect(pane.shows("BACKWARD"))
    // Of the sequences that set a style, those for colours begin with 3, 4, 9 or 10 and have two or three digits.
    let styles = pane.colouredText.split(separator: "\u{1b}[").dropFirst().compactMap { $0.split(separator: "m").first }
    let numbers = styles.flatMap { $0.split(separator: ";") }.compactMap { Int($0) }
    #expect(!numbers.contains { (30...38).contains($0) || (40...48).contains($0) || $0 >= 90 }, "\(numbers)")
  }

  @Test func aClickThatTheTerminalSendsSelectsTheCell() throws {
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program)")
    #expect(pane.shows("takes the first step"))
    pane.press("n")
    try #require(pane.shows("0.3925"), "\(pane.text)")
    #expect(!pane.shows("Derivation of net1[2]", seconds: 0), "\(pane.text)")
    let lines = pane.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("0.3925") })
    let column = try #require(lines[row].firstRange(of: "0.3925"))
    // As xterm sends it, counted from 1: the left button goes down, and up again.
    let place = "\(lines[row].distance(from: lines[row].startIndex, to: column.lowerBound) + 2);\(row + 1)"
    pane.type("\u{1b}[<0;\(place)M\u{1b}[<0;\(place)m")
    #expect(pane.shows("Derivation of net1[2]"), "\(pane.text)")
  }

  @Test func anOldMousesBytesAreNoKeysAndManyKeysHoldNoneBack() {
    let pane = Pane(columns: 150, rows: 20)
    pane.enter("clear; \(program)")
    #expect(pane.shows("takes the first step"))
    // A press of the left button at row 1, column 1, whose bytes are blanks and exclamation marks, and one that is none.
    pane.type("\u{1b}[M !!\u{1b}[M   ")
    pane.press("n")
    #expect(pane.shows("FORWARD layer 1 of 2"))
    #expect(!pane.text.contains("Space pauses") && !pane.text.contains("paused"), "\(pane.text)")
    // An even number of blanks plays and pauses; the key behind them is not kept waiting for a frame of each.
    pane.type(String(repeating: " ", count: 1000) + "n")
    #expect(pane.shows("FORWARD layer 2 of 2", seconds: 5))
  }

  @Test func aFileInErrorIsReportedBeforeTheScreenOpens() throws {
    let folder = Folder()
    try folder.write("input 2\ndense 2 sigmod\n", to: "wrong.session")
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program) \(folder.path)/wrong.session; echo status=$?")
    #expect(pane.shows("status=2"))
    let text = pane.text.split(separator: "\n").joined()
    #expect(text.contains("wrong.session:2:9: "))
    #expect(text.contains("did you mean sigmoid?"))
  }

  /// Whether the file's verdicts hold is known when the screen is gone; what is typed on it counts for nothing.
  @Test(arguments: [("", 0), ("expect 1 == 2\n", 1), ("present", 1)])
  func theStatusIsThatOfTheFile(_ lines: String, _ status: Int) throws {
    let folder = Folder()
    let isPresented = lines == "present"
    try folder.write(
      ProgramTests.network + "step\n" + (isPresented ? "expect 1 == 2\n" : lines), to: "judged.session")
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program) \(isPresented ? lines : "") \(folder.path)/judged.session; echo status=$?")
    if isPresented {
      #expect(pane.shows("next: "))
      for _ in Session.firstLines + ["step", "expect"] { pane.press("Right") }
      #expect(pane.shows("fails: 1 == 2"))
    } else {
      #expect(pane.shows("FORWARD layer 1 of 2"))
      pane.enter(":expect 3 == 4")
      #expect(pane.shows("fails: 3 == 4"))
    }
    pane.press("q")
    #expect(pane.shows("status=\(status)"))
  }

  @Test func aScriptIsPresented() throws {
    let folder = Folder()
    try folder.write("# Two inputs.\ninput 2\ndense 1 sigmoid\nsample 1 1 -> 1\n# Go.\nstep\n", to: "talk.session")
    let pane = Pane(columns: 80, rows: 24)
    pane.enter("clear; \(program) present \(folder.path)/talk.session; echo status=$?")
    #expect(pane.shows("Two inputs."))
    pane.press("Right", "PageDown", "Right")
    #expect(pane.shows("Go."))
    pane.press("Right")
    #expect(pane.shows("FORWARD layer 1 of 1"))
    pane.press("PageUp", "q")
    #expect(pane.shows("leave the presentation?"))
    pane.press("y")
    #expect(pane.shows("status=0"))
  }
}
