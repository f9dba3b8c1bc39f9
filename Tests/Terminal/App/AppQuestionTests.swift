import Language
import Panels
import Testing

@testable import Terminal

/// Nothing is lost without a question: lines in no file, and files of others.
struct AppQuestionTests {
  @Test func leavingAsksOnceWhereLinesAreInNoFile() {
    var app = App(.first)
    app.press("f", "b", "q")
    #expect(app.isOver == false)
    #expect(app.shown.contains("2 lines are in no file: s saves, q leaves without, any other key stays"))
    // The footer names the answers and nothing else.
    #expect(app.frame.lines.last == " s save  q leave  Esc stay")
    app.press("Esc")
    #expect(app.isOver == false && app.message == nil)
    app.press("q", "n")
    #expect(app.isOver == false && app.given == ["forward", "backward"])
    app.press("q", "q")
    #expect(app.isOver == true)
  }

  @Test func whereNothingIsNewNothingIsAsked() {
    var app = App(.first)
    app.press("q")
    #expect(app.isOver == true)
    app = App(.first)
    app.press("f", "z")
    app.command("print w1")
    app.press("q")
    #expect(app.isOver == true)
  }

  @Test func theCommandAsksToo() {
    var app = App(.first)
    app.press("f")
    app.command("quit")
    #expect(app.isOver == false && app.question?.subject == .unsaved)
    app.press("q")
    #expect(app.isOver == true)
  }

  @Test func savingFirstAsksForANameAndLeaves() {
    let folder = Folder()
    var app = App(.first)
    app.press("f", "q", "s")
    #expect(app.isPromptOpen && app.editor.text == "save mazur.session")
    app.press("^U")
    app.type("save \(folder.path)/mine.session")
    app.press("Enter")
    #expect(app.isOver == true)
    #expect(folder.read("mine.session").hasSuffix("forward\n"))
  }

  @Test func savingFirstCanBeGivenUp() {
    var app = App(.first)
    app.press("f", "q", "s", "Esc")
    app.command("save /tmp/backstep-no-such-folder/x.session")
    #expect(app.isOver == false && app.message?.role == .bad)
    app.press("Esc")
    app.press("n")
    #expect(app.isOver == false && app.given == ["forward", "step"])
  }

  @Test func whereThereIsAFileItIsSavedThereAtOnce() {
    let folder = Folder()
    var app = App(.first)
    app.command("save \"\(folder.path)/a b.session\"")
    #expect(app.session.hasUnsavedLines == false)
    app.press("f", "q", "s")
    #expect(app.isOver == true)
    #expect(folder.read("a b.session").hasSuffix("forward\n"))
  }

  @Test func aFileOfOthersIsWrittenOverOnlyWhenAsked() throws {
    let folder = Folder()
    try folder.write("precious\n", to: "x.session")
    var app = App(.first)
    app.command("save \(folder.path)/x.session")
    #expect(app.message?.text.description.hasSuffix(": y does, any other key leaves it") == true)
    #expect(app.frame.lines.last == " y write over it  Esc stay")
    app.press("n")
    #expect(folder.read("x.session") == "precious\n" && app.message == nil)
    app.command("save \(folder.path)/x.session")
    app.press("y")
    #expect(folder.read("x.session") == app.session.text)
    // From here on it is this session's own.
    app.press("f")
    app.command("save \(folder.path)/x.session")
    #expect(app.question == nil)
    #expect(folder.read("x.session") == app.session.text)
  }

  @Test func aMenuAsksToo() throws {
    let folder = Folder()
    try folder.write("precious\n", to: "x.session")
    var app = App(.first)
    func choose() {
      app.press("a")
      app.type("save")
      app.press("Enter", "^U")
      app.type("\(folder.path)/x.session")
      app.press("Enter")
    }
    choose()
    #expect(app.question?.subject == .remedy && app.shown.contains("save! writes over it"), "\(app.shown)")
    app.press("n")
    #expect(folder.read("x.session") == "precious\n" && app.question == nil)
    app.press("Esc", "Esc")
    choose()
    app.press("y")
    #expect(folder.read("x.session") == app.session.text && app.menu == nil)
  }

  @Test func whatWasDoneBesideAScriptIsAskedFor() {
    var app = App(presenting: ["input 1", "dense 1 identity", "sample 1 -> 2"].map { Line($0) })
    app.press("→", "→", "→", "q")
    #expect(app.isOver == true)
    app = App(presenting: ["input 1", "dense 1 identity", "sample 1 -> 2"].map { Line($0) })
    app.press("→", "→", "→", "u", "q")
    #expect(app.isOver == false && app.question?.subject == .unsaved)
  }

  /// What a lesson's file has is in a file; and that file is the lesson's, not this session's.
  @Test func theLinesOfALessonAreInItsFile() {
    let lines = ["network mine", "input 1", "dense 1 identity", "sample 1 -> 2", "step"]
    var app = App(
      presenting: lines.enumerated().map { Line($1, source: "lessons/first.session", number: $0 + 1) })
    app.press("→", "→", "→", "→", "→", "←", "→", "u", "q")
    #expect(app.shown.contains("1 line is in no file") && app.session.offeredFile == "first-own.session")
    app.press("Esc", "r", "q")
    #expect(app.isOver == true)
  }

  @Test func fromTheQuestionOfLeavingToo() throws {
    let folder = Folder()
    try folder.write("precious\n", to: "x.session")
    var app = App(.first)
    app.press("f", "q", "s", "^U")
    app.type("save \(folder.path)/x.session")
    app.press("Enter")
    #expect(app.isOver == false && app.question?.subject == .remedy)
    app.press("y")
    #expect(app.isOver == true && folder.read("x.session") == app.session.text)
  }

  @Test func aSavedSessionThatIsOpenedIsItsOwnAndALessonIsNot() throws {
    let folder = Folder()
    func opened(_ text: String) throws -> App {
      try folder.write(text, to: "x.session")
      var app = App(replaying: LineBuffer(source: "\(folder.path)/x.session", bytes: Array(text.utf8)))
      app.settle()
      return app
    }
    let lines = "input 2\ndense 1 sigmoid\nsample 1 1 -> 1\n"
    var app = try opened("backstep 1\n" + lines)
    #expect(app.session.hasUnsavedLines == false)
    app.press("n", "q", "s")
    #expect(app.isOver == true && folder.read("x.session") == "backstep 1\n\(lines)step\n")
    app = try opened("# A lesson.\n" + lines)
    app.press("n")
    app.command("save \(folder.path)/x.session")
    #expect(app.question?.subject == .remedy)
  }

  @Test func aPasteIsNotTakenForAnAnswer() {
    var app = App(.first)
    app.press("f", "q")
    app.handle(.paste("q"), on: app.frame)
    #expect(app.isOver == false && app.question == nil && app.editor.text == "q")
  }

  @Test func aClickOnAHintAnswersAndOneElsewhereStays() throws {
    var app = App(.first)
    app.press("f", "q")
    let frame = app.frame
    app.handle(.mouse(Mouse(.press(.left), row: 5, column: 5)), on: frame)
    #expect(app.isOver == false && app.question == nil)
    app.press("q")
    let column = try #require(app.frame.lines.last?.firstRange(of: "q leave"))
    let place = app.frame.lines.last.map { $0.distance(from: $0.startIndex, to: column.lowerBound) } ?? 0
    app.handle(.mouse(Mouse(.press(.left), row: 23, column: place)), on: app.frame)
    #expect(app.isOver == true)
  }

  @Test func aSecondNetworkSaysHowTheOldOneComesBack() {
    var app = App(.first)
    app.command("network other")
    #expect(app.message?.text == "a new network; undo, or z on the screen, brings the old one back")
    app.press("z", "g")
    #expect(app.message?.text == "a new network; undo, or z on the screen, brings the old one back")
  }
}
