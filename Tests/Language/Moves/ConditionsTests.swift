import Testing

@testable import Language

/// What may be asked as a condition, of breakpoints, searches and runs.
@Suite struct ConditionsTests {
  /// Conditions that are refused behind a command, each with how far behind its beginning the complaint points, and how that
  /// begins.
  private func expect(
    _ refusals: [(condition: String, column: Int, words: String)], behind command: String, after lines: String
  ) throws {
    for (condition, column, words) in refusals {
      let said = try complaint("\(command) \(condition)", after: lines)
      #expect(said.hasPrefix("\(command.count + 2 + column): \(words)"), "\(said)")
    }
  }

  /// What is no condition, and elements that no unit has, wherever a condition is asked for and wherever one stands.
  @Test(arguments: ["break", "tbreak", "find", "run until"]) func conditionsAreHeldAgainstTheNetwork(
    command: String
  ) throws {
    let refusals = [
      ("w1", 0, "w1 is a 2×2 matrix and no condition: a comparison was expected, as in |w1| > 0.1 or changed(w1)"),
      ("loss[1]", 0, "loss[1] is a number and no condition"), ("loss < 1 and a1[2]", 13, "a1[2] is a number"),
      ("w1 - w1'", 0, "w1 - w1' is a 2×2 matrix"), ("w2[3,1] > 1", 0, "w2 is 1×2: it has no row 3"),
      ("a1[3] > 1", 0, "a1 is 2×1: it has no element 3"), ("sum(k, w2[2,k]) > 1", 7, "w2 is 1×2: it has no row 2"),
      ("loss[2] > 1", 0, "the batch has 1 sample: there is no loss[2]"), ("x[0] > 1", 0, "x is 2×1"),
      ("far > 1", 0, "delta1 is 2×1"),
    ]
    let far = xor + "let far = delta1[7]\n"
    for lines in [far, far + "run 2\n"] { try expect(refusals, behind: command, after: lines) }
    // With another rate there were two experiments, and batches may have had other sizes.
    try expect(refusals.filter { !$0.0.hasPrefix("loss[2]") }, behind: command, after: far + "run 2\nrate 2\n")
    // What is only not there yet, or was there once, is taken.
    for condition in ["delta1[2] > 5", "w1 > 9", "not a1", "changed(w1) and loss < 0", "loss[1] < 0", "far < 0"] {
      _ = try session(xor + "let far = delta1[1]\n\(command) \(condition)" + (command == "run until" ? " max=2" : ""))
    }
    // What goes on from here alone asks the network that is here.
    guard command != "run until" else { return }
    _ = try session(xor + "run 2\ninsert 1 dense 3 tanh\nrun 1\nremove 1\nrun 1\n\(command) a1[3] > 5")
  }

  /// What says nothing, or holds at no step whatever comes, is refused with what was probably meant, wherever a condition is
  /// asked for.
  @Test(arguments: ["break", "tbreak", "find", "run until"]) func whatNeverHoldsIsRefused(command: String) throws {
    try expect(
      [
        ("5", 0, "5 is a number and no condition: did you mean step == 5?"),
        ("2.5", 0, "2.5 is a number and no condition: did you mean loss < 2.5?"),
        ("loss < 1 and 7", 13, "7 is a number and no condition: did you mean step == 7?"),
        ("2 + 3", 0, "2 + 3 is a number and no condition"),
        ("step = 5", 5, "= compares nothing; did you mean step == 5?"),
        ("loss =< 0.1", 5, "=< compares nothing; did you mean loss <= 0.1?"),
        ("step=5", 4, "an operator, a blank or the end was expected; to compare, write == or ~="),
        (
          "phase == 3", 0,
          "a phase is written as a word, one of start, forward, loss, backward, update; did you mean phase == backward?"
        ),
        ("9 == phase", 0, "a phase is written as a word, one of start, forward, loss, backward, update"),
        ("changed(5)", 0, "5 never changes: a quantity was expected in it, as in changed(w1[1,1])"),
        (
          "loss == nan", 0,
          "nothing equals nan: isnan(loss) asks for it, not isfinite(loss) for what is infinite as well"
        ),
        ("loss < 1 and nan ~= w1[1,1]", 13, "nothing equals nan: isnan(w1[1,1]) asks for it"),
        (
          "isfinite(w1)", 0,
          "isfinite(w1) says it of each number by itself: min(isfinite(w1)) asks whether all are so, max("
        ),
        ("at(step - 7.5, loss) > 0", 3, "step - 7.5 is no step: those are counted in whole numbers from 0 on"),
        ("loss < 1 or at(step + 0.5, loss) > 0", 15, "step + 0.5 is no step: those are counted in whole"),
        ("any(w1 > 3)", 0, "any is not a function; here it is called max: max(v)"),
      ], behind: command, after: xor + "run 2\n")
    let never = command == "run until" ? "at no later step" : "at no step"
    try expect(
      [
        ("2 < 1", 0, "2 < 1 holds \(never): nothing in it changes from step to step"),
        ("step == 2.5", 0, "step == 2.5 holds \(never): steps are counted 1, 2, 3 and on"),
        ("iteration < 1", 0, "iteration < 1 holds \(never): iterations are counted 1, 2, 3 and on"),
        ("loss < 1 and phase == start", 13, "phase == start holds \(never): that is the phase of step 0 alone"),
        ("layer == 1 and layer == 2", 0, "layer == 1 and layer == 2 holds \(never): no layer is all of that at once"),
        (
          "phase == loss and loss < 1 and phase == update", 0,
          "phase == loss and loss < 1 and phase == update holds \(never)"
        ),
        ("step > 30 and 20 > step", 0, "step > 30 and 20 > step holds \(never): no step is all of that at once"),
      ], behind: command, after: xor + "run 2\n")
  }

  /// What may hold after all is taken: one of two, and what meets at a single number.
  @Test(arguments: ["break", "tbreak", "find"]) func whatMayHoldIsTaken(command: String) throws {
    for condition in [
      "2 < 1 or loss < 1", "step > 20 and step < 22", "step >= 20 and step <= 20", "iteration == 2 and epoch == 3",
      "layer != 1 and layer < 2", "phase != loss and phase != update", "step == 1", "not (step < 3 and step > 5)",
      "phase == backward and layer == 1", "layer == 0", "at(step-7, loss) > loss", "at(28, loss) > loss", "1 < 2",
      "min(isfinite(w1)) == 1",
      "loss == inf", "isnan(loss)", "not isfinite(w1)",
    ] {
      var session = try session(xor + "run 4\n")
      let answer = try session.execute(Line("\(command) \(condition)"))
      #expect(answer.warnings.isEmpty, "\(condition): \(answer.warnings)")
    }
    // Without a network nothing is known of its sizes.
    guard command != "find" else { return }
    var begun = try session("input 2\n")
    #expect(try begun.execute(Line("\(command) layer == 7 or sample == 9")).warnings.isEmpty)
  }

  /// Another network or other data may make it hold: a break waits for that, and says what it waits for.
  @Test func whatCannotHoldAsThingsStandIsSaid() throws {
    for (condition, words) in [
      ("layer == 7", "layer == 7 holds nowhere as things stand: the layers are 1 to 2"),
      ("loss < 1 and sample == 9", "sample == 9 holds nowhere as things stand: the samples are 1 to 4"),
      (
        "at(9999, loss) < 1 and at(3, loss) < 1",
        "at(9999, loss) is known from step 9999 on; until then it does not hold"
      ),
      ("at(step + 7, loss) < 1", "at(step + 7, loss) is known only where training went that far before"),
    ] {
      for command in ["break", "tbreak"] {
        var session = try session(xor + "run 1\n")
        let answer = try session.execute(Line("\(command) \(condition)"))
        #expect(answer.warnings.map(\.description).joined().hasPrefix(words), "\(answer.warnings)")
        #expect(session.breakpoints.count == 1)
      }
    }
    // It does once it is so.
    let grown = xor + "break layer == 3\nrun 1\ninsert 1 dense 2 tanh\nrun 1\ngoto start\ncontinue"
    #expect(lastAnswer(grown).hasPrefix("break 1: layer == 3 at step 10 (forward, layer 3, iteration 2)"))
    // All that was is known: there is nothing to wait for.
    for condition in ["layer == 7", "sample == 9"] {
      #expect(try complaint("find \(condition)", after: xor + "run 1").contains("holds at no step: the"))
    }
    _ = try session(xor + "run 2\ninsert 1 dense 2 tanh\nrun 1\nremove 1\nrun 1\nfind layer == 3 count")
    _ = try session(xor + "run 2\nfind at(step+7, loss) < loss count")
  }

  /// What is no breakpoint, no stride, no place and no quantity of any network that there was.
  @Test func whatCannotBeIsRefused() throws {
    #expect(try complaint("continue", after: xor).contains("there is no breakpoint"))
    #expect(try complaint("break los < 1", after: xor).contains("los"))
    #expect(
      try complaint("delete 3", after: xor + "break loss < 1") == "8: there is no breakpoint 3; the only one is 1")
    #expect(try complaint("table loss every op", after: xor).contains("layer step or something longer"))
    #expect(try complaint("table loss from 3 to 9", after: xor).contains("step 3 was not reached"))
    // Layers that no network has had.
    for line in [
      "last w9", "last dw3[1,1] + loss", "break loss < 1 and a3[1] > 1", "tbreak changed(w9)", "find a3[1] > 1",
      "table loss a3",
    ] {
      let said = try complaint(line, after: xor + "run 3")
      #expect(said.hasSuffix("the network has 2 layers"), "\(line): \(said)")
    }
    #expect(try complaint("break loss < 1 and a3[1] > 1", after: xor).hasPrefix("20: there is no a3"))
    #expect(try complaint("last w2[9,1]", after: xor + "run 3").hasSuffix("w2 is 1×2: it has no row 9"))
    #expect(try session(xor + "run 3").breakpoints.isEmpty)
  }

  /// Where there was such a layer, or is in another future, or the network is not built yet, it may hold elsewhere.
  @Test(arguments: [
    "break a3[1] > 1\n" + xor, "input 2\ndense 2 tanh\nbreak a3[1] > 1\n",
    xor + "run 2\ninsert 1 dense 2 tanh\nrun 1\nremove 1\nrun 1\nbreak a3[1] > 1\nlast w3[1,1]\nfind a3[1] > 1",
    xor + "run 2\ngoto start\ninsert 1 dense 2 tanh\nrun 1\nswitch 1\nbreak a3[1] > 1",
    xor + "let third = a3[1]\ninsert 1 dense 2 tanh\nbreak third > 1",
    xor + "optimizer adam\nrun 2\noptimizer sgd\nbreak vw1[1,1] > 1", xor + "break w2⟨7⟩[1,1] > 1",
    xor + "find at(step-7, loss) > 1", xor + "break at(30, loss) > 1",
  ]) func whatMayBeElsewhereIsTaken(_ lines: String) throws {
    _ = try session(lines)
  }
}
