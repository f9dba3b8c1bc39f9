import Language
import Panels
import Testing

@testable import Terminal

extension LineEditor {
  /// What the table of keys says of a key at the prompt; nil where it says nothing.
  fileprivate mutating func handle(
    _ key: Key, completer: (_ text: String, _ cursor: Int) -> Completion = { _, _ in .none }
  ) -> Outcome? {
    let contexts = (searchText == nil ? [] : ["search"]) + ["prompt"]
    if case .paste(let text) = key { return paste(text) }
    guard let name = key.name, let row = Binding.bound(to: name, in: contexts) else {
      guard case .character(let character) = key else { return nil }
      type(character)
      return .edited
    }
    switch row.effect(of: name, in: Session.first.scene()) {
    case .text(let act): return perform(act)
    case .ask(let act): return perform(act, completer: completer)
    case .search(let act):
      perform(act)
      return .edited
    default: return nil
    }
  }
}

@Suite struct LineEditorTests {
  /// Types keys one after the other and returns what the last came to.
  @discardableResult
  private func type(_ keys: [Key], into editor: inout LineEditor) -> LineEditor.Outcome? {
    var outcome: LineEditor.Outcome?
    for key in keys { outcome = editor.handle(key, completer: words) }
    return outcome
  }

  private func keys(_ text: String) -> [Key] { text.map(Key.character) }

  /// Completes the word before the cursor from a few commands.
  private func words(text: String, cursor: Int) -> Completion {
    let before = text.prefix(cursor)
    let start = before.lastIndex(of: " ").map { before.distance(from: before.startIndex, to: $0) + 1 } ?? 0
    let word = before.dropFirst(start)
    let all = ["sample", "save", "select", "set", "print", "sessions/"]
    return Completion(start: start, candidates: all.filter { $0.hasPrefix(word) })
  }

  @Test func enterGivesTheLine() {
    var editor = LineEditor()
    #expect(type(keys("step 5"), into: &editor) == .edited)
    #expect(editor.text == "step 5")
    #expect(editor.cursor == 6)
    #expect(type([.named(.enter)], into: &editor) == .submitted(["step 5"]))
    #expect(editor.text == "")
    #expect(editor.lines == ["step 5"])
    #expect(type([.named(.enter)], into: &editor) == .submitted([""]))
    #expect(editor.lines == ["step 5"])
  }

  @Test func theUsualKeysEdit() {
    var editor = LineEditor()
    type(keys("prnt w2"), into: &editor)
    type([.control("a"), .control("f"), .named(.right)] + keys("i") + [.control("e")], into: &editor)
    #expect(editor.text == "print w2")
    type([.control("w"), .alt("b"), .control("k"), .control("y"), .control("y")], into: &editor)
    #expect(editor.text == "print print ")
    type([.control("u")] + keys("δ1x") + [.named(.backspace), .named(.home), .named(.delete)], into: &editor)
    #expect(editor.text == "1")
    #expect(type([.function(3)], into: &editor) == nil)
    #expect(type([.named(.pageDown)], into: &editor) == nil)
    #expect(type([.control("c")], into: &editor) == .cancelled)
    #expect(editor.text == "")
    #expect(type([.control("d")], into: &editor) == .cancelled)
  }

  @Test func upGoesThroughLinesThatBeginAsTyped() {
    var editor = LineEditor(history: ["print w1", "step", "print w2", "print w2", "back"])
    type(keys("pr") + [.named(.up)], into: &editor)
    #expect(editor.text == "print w2")
    type([.named(.up)], into: &editor)
    #expect(editor.text == "print w1")
    type([.named(.up)], into: &editor)
    #expect(editor.text == "print w1")
    type([.named(.down)], into: &editor)
    #expect(editor.text == "print w2")
    type([.named(.down)], into: &editor)
    #expect(editor.text == "pr")
    type([.named(.down)], into: &editor)
    #expect(editor.text == "pr")
    type([.control("u"), .control("p"), .control("p")], into: &editor)
    #expect(editor.text == "print w2")
    // Typing starts a new look back.
    type(keys("[1,1]") + [.named(.up)], into: &editor)
    #expect(editor.text == "print w2[1,1]")
  }

  @Test func ctrlRSearches() {
    var editor = LineEditor(history: ["print w1", "set w1 = 0", "print loss", "step"])
    type(keys("x") + [.control("r")] + keys("w1"), into: &editor)
    #expect(editor.searchText == "w1")
    #expect(editor.text == "set w1 = 0")
    type([.control("r")], into: &editor)
    #expect(editor.text == "print w1")
    type([.control("r")], into: &editor)
    #expect(editor.text == "print w1")
    type([.control("g")], into: &editor)
    #expect(editor.text == "x")
    #expect(editor.searchText == nil)
    type([.control("r")] + keys("los") + [.named(.end)] + keys("2"), into: &editor)
    #expect(editor.text == "print loss2")
    type([.control("u"), .control("r")] + keys("lox") + [.named(.backspace)], into: &editor)
    #expect(editor.searchText == "lo")
    #expect(type([.named(.enter)], into: &editor) == .submitted(["print loss"]))
  }

  @Test func tabCompletesAndThenOffers() {
    var editor = LineEditor()
    type(keys("pr") + [.named(.tab)], into: &editor)
    #expect(editor.text == "print ")
    #expect(editor.candidates.isEmpty)
    type([.control("u")] + keys("sa") + [.named(.tab)], into: &editor)
    #expect(editor.text == "sa")
    #expect(editor.candidates == ["sample", "save"])
    #expect(editor.chosenCandidate == nil)
    type([.named(.tab)], into: &editor)
    #expect(editor.text == "sample")
    type([.named(.tab)], into: &editor)
    #expect(editor.text == "save")
    #expect(editor.chosenCandidate == 1)
    type([.named(.tab)], into: &editor)
    #expect(editor.text == "sample")
    type([.named(.backTab)], into: &editor)
    #expect(editor.text == "save")
    type(keys(" "), into: &editor)
    #expect(editor.text == "save ")
    #expect(editor.candidates.isEmpty)
    type([.control("u")] + keys("sel") + [.named(.tab), .named(.tab), .named(.tab)], into: &editor)
    #expect(editor.text == "select sample")
  }

  @Test func escapeTakesAnOfferBack() {
    var editor = LineEditor()
    type(keys("se w1") + [.named(.home), .named(.right), .named(.right), .named(.tab), .named(.tab)], into: &editor)
    #expect(editor.text == "select w1")
    #expect(editor.cursor == 6)
    type([.named(.escape)], into: &editor)
    #expect(editor.text == "se w1")
    #expect(editor.cursor == 2)
    #expect(type([.named(.escape)], into: &editor) == .cancelled)
  }

  @Test func completionKeepsWhatCannotBeCompleted() {
    var editor = LineEditor()
    type(keys("zz") + [.named(.tab)], into: &editor)
    #expect(editor.text == "zz")
    _ = editor.handle(.named(.tab)) { _, _ in Completion(start: 9, candidates: ["a"]) }
    #expect(editor.text == "zz")
    _ = editor.handle(.named(.tab)) { _, _ in Completion(start: 0, candidates: ["fuzzy", "fuzzier"]) }
    #expect(editor.text == "zz")
    type([.control("u")] + keys("print sess") + [.named(.tab)], into: &editor)
    #expect(editor.text == "print sessions/")
  }

  @Test func pastedLinesAreLines() {
    var editor = LineEditor()
    type(keys("set "), into: &editor)
    #expect(
      type([.paste("w1 = 2\nprint\tw1\r\n\u{1B}[2Jst")], into: &editor) == .submitted(["set w1 = 2", "print w1"]))
    #expect(editor.text == "[2Jst")
    #expect(editor.lines == ["set w1 = 2", "print w1"])
    #expect(type([.paste("ep")], into: &editor) == .edited)
    #expect(editor.text == "[2Jstep")
  }

  @Test func theViewFollowsTheCursor() {
    var editor = LineEditor()
    type(keys("abcdefgh"), into: &editor)
    #expect(editor.view(width: 20) == ("abcdefgh", 8))
    #expect(editor.view(width: 5) == ("efgh", 4))
    type([.named(.home)], into: &editor)
    #expect(editor.view(width: 5) == ("abcde", 0))
    type(keys("层层"), into: &editor)
    #expect(editor.view(width: 6) == ("层层ab", 4))
    #expect(editor.view(width: 4) == ("层ab", 2))
    #expect(editor.view(width: 0) == ("", 0))
  }

  @Test func linesGivenByKeyAreRemembered() {
    var editor = LineEditor()
    editor.remember("step")
    editor.replace(with: "set w1[1,1] = 0.15")
    #expect(editor.cursor == 18)
    type([.control("u"), .named(.up)], into: &editor)
    #expect(editor.text == "step")
  }
}
