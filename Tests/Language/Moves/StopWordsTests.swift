import Testing

@testable import Language

/// What is said of a stop: which breakpoints hold, where, and what changed.
@Suite struct StopWordsTests {
  @Test func aStopSaysWhichBreakAndWhere() {
    let shown = Array(
      answers(xor + "break loss < 0.01\nbreak changed(w2[1,1])\ncontinue\ncontinue max=1").dropFirst())
    #expect(shown.prefix(2) == ["break 1: loss < 0.01", "break 2: changed(w2[1,1])"])
    // The first update of layer 2 is the last step of the first iteration.
    #expect(shown[2].hasPrefix("break 2: changed(w2[1,1]): "), "\(shown)")
    #expect(shown[2].contains(" → ") && shown[2].contains(" at step 7 (update, layer 2, iteration 1)"), "\(shown)")
    #expect(shown[3].contains("at step 14 (update, layer 2, iteration 2)"))
  }

  /// What a condition watches is shown beside its other parts too; and with all digits where fewer would hide the change.
  @Test func aStopShowsWhatChanged() {
    let joined = lastAnswer(xor + "break changed(w2[1,1]) and iteration > 2\ncontinue")
    #expect(joined.hasPrefix("break 1: changed(w2[1,1]) and iteration > 2: w2[1,1] "), "\(joined)")
    #expect(joined.contains(" → ") && joined.contains("at step 21"), "\(joined)")
    let two = lastAnswer(xor + "break changed(w2) or changed(loss)\nstep 3\ncontinue")
    #expect(two.contains("changed(loss): w2 [") && !two.contains(", loss ["), "\(two)")
    let small = lastAnswer(xor + "rate 1e-9\nset digits = 4\nbreak changed(w2[1,1])\ncontinue")
    let sides = small.replacing("break 1: changed(w2[1,1]): ", with: "").split(separator: " ")
    #expect(sides.count > 2 && sides[1] == "→" && sides[0] != sides[2] && Double(sides[0]) != nil, "\(small)")
  }
}
