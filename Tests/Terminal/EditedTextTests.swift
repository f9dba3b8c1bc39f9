import Testing

@testable import Terminal

@Suite struct EditedTextTests {
  private func text(_ marked: String) -> EditedText {
    var text = EditedText()
    let parts = marked.split(separator: "^", omittingEmptySubsequences: false)
    text.replace(with: parts.joined(), cursor: parts[0].count)
    return text
  }

  private func marked(_ text: EditedText) -> String { text.before + "^" + text.after }

  @Test(arguments: [
    (Motion.wordBack, "print w2[1,1]^", "print w2[1,^1]"), (.wordBack, "print  ^", "^print  "),
    (.wordOn, "^print w2", "print^ w2"), (.wordOn, "print^ w2[1]", "print w2^[1]"),
    (.blankWordBack, "print w2[1,1]^", "print ^w2[1,1]"), (.lineStart, "ab^c", "^abc"), (.lineEnd, "a^bc", "abc^"),
    (.characterBack, "^a", "^a"), (.characterOn, "a^", "a^"), (.characterBack, "δ1^", "δ^1"),
  ])
  func motions(motion: Motion, from: String, to: String) {
    var moved = text(from)
    moved.move(motion)
    #expect(marked(moved) == to)
  }

  @Test func cutsInARowAreOne() {
    var line = text("set w1 = 2^ here")
    line.remove(.blankWordBack, cutting: true)
    line.remove(.blankWordBack, cutting: true)
    line.remove(.lineEnd, cutting: true)
    #expect(marked(line) == "set w1 ^")
    #expect(line.cut == "= 2 here")
    line.putBack()
    #expect(marked(line) == "set w1 = 2 here^")
    line.remove(.blankWordBack, cutting: true)
    #expect(line.cut == "here")
    // A motion between them parts two cuts, and removing single characters keeps nothing.
    line.move(.lineStart)
    line.remove(.characterOn, cutting: false)
    line.remove(.wordOn, cutting: true)
    #expect(line.cut == "et")
  }

  @Test func aMarkJoinsItsLetter() {
    var line = EditedText()
    line.insert("e")
    line.insert("\u{301}")
    #expect(line.cursor == 1)
    line.remove(.characterBack, cutting: false)
    #expect(line.text == "")
  }

  @Test func theLengthIsBounded() {
    var line = EditedText()
    line.insert(String(repeating: "a", count: 20_000))
    line.move(.lineStart)
    line.insert("b")
    #expect(line.text.count == EditedText.longest)
    line.replace(with: String(repeating: "a", count: 20_000))
    #expect(line.text.count == EditedText.longest)
  }

  @Test func twoCharactersChangePlaces() {
    var line = text("dt^")
    line.exchange()
    #expect(marked(line) == "td^")
    line = text("^ab")
    line.exchange()
    #expect(line.text == "ab")
    line = text("^")
    line.exchange()
    #expect(line.text == "")
  }
}
