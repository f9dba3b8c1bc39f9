import Testing

@testable import Language

/// Places that have names, and what `delete` takes away.
@Suite struct MarksTests {
  /// A step may be called what it is.
  @Test func aStepMayBeNamed() throws {
    let named = try session(xor + "run 3\ngoto step 5")
    #expect(named.timeline.state.step == 5)
    #expect(try complaint("goto step", after: xor).contains("the number of a step"))
  }

  /// So many steps from here, either way; and a mark that is taken away is gone.
  @Test func placesFromHereAndMarksTakenAway() throws {
    #expect(lastAnswer(xor + "run 3\ngoto 10\ngoto +3").contains("step 13 "))
    #expect(lastAnswer(xor + "run 3\ngoto 10\ngoto -4").contains("step 6 "))
    #expect(try complaint("goto -11", after: xor + "run 3\ngoto 10").contains("from -10 to "))
    #expect(try session(xor + "run 3\nmark here\nmark there\ndelete here").bookmarks.map(\.name) == ["there"])
    let stopped = xor + "break step == 5\ncontinue\ngoto start\ncontinue\ndelete stop1"
    #expect(try session(stopped).bookmarks.map(\.name) == ["stop2"])
    #expect(try complaint("delete stop9", after: stopped).contains("stop9 is no mark"))
    #expect(try session(stopped + "\nmark here\ndelete marks").bookmarks.isEmpty)
    #expect(try complaint("delete marks", after: xor).hasPrefix("8: there is no mark"))
    #expect(try complaint("mark all", after: xor).hasPrefix("6: all says by itself"))
    #expect(
      try complaint("delete 9", after: xor + "break loss < 1\nbreak loss < 2\nbreak loss < 3\ndelete 2")
        == "8: there is no breakpoint 9; there are 1, 3")
    // Several at once, or none of them.
    let three = xor + "break loss < 1\nbreak loss < 2\nbreak loss < 3\n"
    #expect(try session(three + "delete 1 3").breakpoints.map(\.number) == [2])
    #expect(try complaint("delete 1 9", after: three) == "10: there is no breakpoint 9; there are 1, 2, 3")
    // Of many stops the last is listed; each is a place to go to.
    let many = xor + "mark mine\nbreak phase == loss\n" + String(repeating: "continue\n", count: 9)
    let listed = lastAnswer(many + "show breaks").split(separator: "\n").filter { $0.contains("step") }
    #expect(listed.count == 2 && listed[1].contains("stop9") && listed[1].contains("step 59, the last of 9 stops"))
    #expect(lastAnswer(many + "goto stop3").contains("step 17 "))
  }

  /// What is taken away may be said before its number or its name, and what sets none says how they go.
  @Test func whatIsTakenAwayMayBeNamed() throws {
    let two = xor + "break loss < 1\ntbreak loss < 2\nmark here\n"
    #expect(try session(two + "delete break 1").breakpoints.map(\.number) == [2])
    #expect(try session(two + "delete tbreak 2\ndelete mark here").breakpoints.map(\.number) == [1])
    for line in ["delete breaks", "delete all", "delete break all"] {
      #expect(try session(two + line).breakpoints.isEmpty, "\(line)")
      #expect(try session(two + line).bookmarks.map(\.name) == ["here"], "\(line)")
    }
    #expect(try session(two + "mark breaks\ndelete breaks").breakpoints.count == 2)
    #expect(try complaint("delete all", after: xor) == "8: there is no breakpoint; break COND sets one")
    for word in ["none", "off"] {
      #expect(
        try complaint("break \(word)", after: two).hasPrefix("7: a condition was expected here; delete all takes"))
    }
  }
}
