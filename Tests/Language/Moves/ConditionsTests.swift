import Testing

@testable import Language

/// What may be asked as a condition, of breakpoints, searches and runs.
@Suite struct ConditionsTests {
  /// What is no condition, and elements that no unit has, wherever a condition is asked for and wherever one stands.
  @Test(arguments: ["break", "tbreak", "find", "run until"]) func conditionsAreHeldAgainstTheNetwork(
    command: String
  ) throws {
    let start = command.count + 2
    for (condition, column, words) in [
      ("w1", 0, "w1 is a 2×2 matrix and no condition: a comparison was expected, as in |w1| > 0.1 or changed(w1)"),
      ("loss[1]", 0, "loss[1] is a number and no condition"), ("loss < 1 and a1[2]", 13, "a1[2] is a number"),
      ("w1 - w1'", 0, "w1 - w1' is a 2×2 matrix"), ("w2[3,1] > 1", 0, "w2 is 1×2: it has no row 3"),
      ("a1[3] > 1", 0, "a1 is 2×1: it has no element 3"), ("sum(k, w2[2,k]) > 1", 7, "w2 is 1×2: it has no row 2"),
      ("loss[2] > 1", 0, "the batch has 1 sample: there is no loss[2]"), ("x[0] > 1", 0, "x is 2×1"),
      ("far > 1", 0, "delta1 is 2×1"),
    ] {
      for lines in ["let far = delta1[7]\n", "let far = delta1[7]\nrun 2\n", "let far = delta1[7]\nrun 2\nrate 2\n"] {
        if condition.hasPrefix("loss[2]"), lines.contains("rate") { continue }
        let said = try complaint("\(command) \(condition)", after: xor + lines)
        #expect(said.hasPrefix("\(start + column): \(words)"), "\(said)")
      }
    }
    // What is only not there yet, or was there once, is taken.
    for condition in ["delta1[2] > 5", "w1 > 9", "not a1", "changed(w1) and loss < 0", "loss[1] < 0", "far < 0"] {
      _ = try session(xor + "let far = delta1[1]\n\(command) \(condition)" + (command == "run until" ? " max=2" : ""))
    }
    // What goes on from here alone asks the network that is here.
    guard command != "run until" else { return }
    _ = try session(xor + "run 2\ninsert 1 dense 3 tanh\nrun 1\nremove 1\nrun 1\n\(command) a1[3] > 5")
  }
}
