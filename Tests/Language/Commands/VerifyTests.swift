import Language
import Testing

@Suite struct VerifyTests {
  private let forward = mazur + "forward\nbackward\n"

  private func verdict(_ line: String) -> String {
    // Behind an equation of formulas it may be said that it is no slip, or which.
    answers(forward + line).last { answer in
      !line.hasPrefix("claim ")
        || !["no slip explains it, of ", "it holds here and in "].contains { answer.hasPrefix($0) }
    } ?? ""
  }

  /// A false equation that is no slip of a true one is said to be none; of numbers nothing is said.
  @Test func whatNoSlipExplainsIsSaid() {
    let told = answers(forward + "claim delta2[1] = delta2[2]")
    #expect(told.last?.hasPrefix("no slip explains it, of ") == true, "\(told)")
    #expect(!answers(forward + "claim delta2[1] = 0.14").contains { $0.hasPrefix("no slip") })
    #expect(!answers(forward + "claim dw2[k,j] = delta2[j] * a1[k]").contains { $0.hasPrefix("no slip") })
  }

  @Test(arguments: [
    ("expect loss ~= 0.298371109 within 1e-9", "holds: loss = 0.298371109 ~= 0.298371109, error 2.4e-10, within 1e-09"),
    (
      "expect loss ~= 0.298371119 within 1e-9", "fails: loss = 0.298371109 ~= 0.298371119, error 1.02e-08, within 1e-09"
    ),
    ("expect loss ~= 0.298371109", "holds: loss = 0.298371109 ~= 0.298371109, error 2.4e-10"),
    ("expect 0.1 + 0.2 == 0.3", "fails: 0.1 + 0.2 = 0.30000000000000004 == 0.29999999999999999, error 5.55e-17"),
    ("expect 0.1 + 0.2 ~= 0.3", "holds: 0.1 + 0.2 = 0.3 ~= 0.3, error 5.55e-17"),
    (
      "expect a1 ~= [0.593269992; 0.5969] within 1e-4",
      "holds: a1 ~= [0.593269992; 0.5969], 2 elements, largest error 1.56e-05 at [2], within 0.0001"
    ),
    (
      "expect w1 == [0.15 0.2; 0.26 0.3]",
      "fails: w1 == [0.15 0.2; 0.26 0.3], 4 elements, largest error 0.01; 1 wrong, the first at [2,1]: 0.25 against 0.26"
    ),
    ("expect w1 == b1", "fails: w1 is 2×2, b1 is 2×1"),
    ("expect b1 == 0.35", "holds: b1 == 0.35, 2 elements, largest error 0"),
    ("expect 0 / 0 ~= 0 / 0", "fails: 0 / 0 = nan ~= 0 / 0 = nan, error nan"),
    ("expect step == 5 and phase == backward", "holds: step == 5 and phase == backward"),
    ("expect phase == update", "fails: phase == update"),
    ("expect w1 < b1[1]", "holds: w1 < b1[1], 4 elements"),
    ("expect a1", "holds: a1 = [0.593269992; 0.596884378]"),
    ("expect isnan(loss)", "fails: isnan(loss)"),
    ("refute expect isnan(loss)", "holds, since this fails: isnan(loss)"),
    ("refute expect loss > 0", "fails, since this holds: loss = 0.298371109 > 0"),
    (
      "claim delta1[j] = sum(k, delta2[k] * w2[k,j]) * f1'(net1[j])",
      "holds: delta1[j] = sum(k, delta2[k] * w2[k,j]) * f1'(net1[j]), 2 elements, largest error 0"
    ),
    (
      "claim J2[i,k] = -a2[i] * a2[k] where i != k and i > 5",
      "holds: J2[i,k] = -a2[i] * a2[k] where i != k and i > 5, for no element: the condition is never fulfilled"
    ),
    (
      "claim dw2[k,j] = delta2[k]",
      "fails: dw2[k,j] = delta2[k], 4 elements, largest error 0.0563; 4 wrong, the first at k=1, j=1: 0.0821670406 against 0.138498562"
    ),
  ])
  func verdictsSayBothSides(line: String, expected: String) {
    #expect(verdict(line) == expected)
  }

  /// A number that was printed with fewer digits than it has, typed back: what is wrong lies behind the last digit.
  @Test(arguments: [
    ("expect delta2[1] ~= 0.138498562", true), ("claim delta2[1] = 0.138498562", true),
    ("expect delta2 ~= [0.138498562; -0.0380982365]", true), ("claim delta2 = [0.138498562; -0.0380982365]", true),
    ("expect delta2[1] ~= 0.1385 within 1e-9", true), ("claim 0.1385 = delta2[1]", true),
    ("expect delta2[1] ~= 0.1386", false), ("claim delta2 = [0.138498562; -0.0381982365]", false),
    ("expect delta2[1] == 0.138498562", false), ("expect loss ~= 0", false), ("claim loss = 0", false),
    ("claim delta2[1] = delta2[2]", false), ("expect delta2[1] ~= 0.1", false), ("claim delta2[1] = 0.14", false),
  ])
  func digitsThatWereTypedAreRight(line: String, areRight: Bool) {
    let words = verdict(line)
    #expect(words.hasPrefix("fails: "))
    #expect(words.contains("; the digits typed are right, within 5e-") == areRight, "\(words)")
  }

  @Test func anErrorInAVerdictIsNoVerdict() {
    #expect(play(forward + "refute expect qq == 1").contains("-:15:15: qq is not known here"))
    #expect(play(forward + "expect loss == 1 within 1").contains("within belongs to ~=, not to =="))
    #expect(play(mazur + "refute expect delta1 == 1").contains("delta1 is not computed yet"))
  }

  @Test func aClaimWithAQuantitySetLeavesTheSessionAlone() throws {
    let text = """
      input 2
      dense 3 softmax
      loss ce
      sample 1 2 -> 1 0.5 0.5
      forward
      backward

      """
    let before = try session(text)
    var after = before
    let plain = try after.execute(Line("claim delta1[k] = a1[k] - y[k]"))
    #expect(plain.verdict?.holds == false)
    let conditional = try after.execute(Line("claim delta1[k] = a1[k] - y[k] with y = y / sum(y)"))
    #expect(conditional.verdict?.holds == true)
    #expect(after.bits == before.bits && after.timeline.place == before.timeline.place)
    #expect(try after.value("y") == before.value("y"))
  }
}

@Suite struct WarningTests {
  @Test func targetsThatAreNoDistributionAreNamedWithWhatTheyDo() {
    #expect(
      answers("input 2\ndense 3 softmax\nloss ce\nsample 1 2 -> 1 0.5 0.2\nsample 1 2 -> 1 0 0").first
        == "warning: the targets of sample 1 sum to 1.7, not to 1: delta1 is 1.7 * a1 - y there, not a1 - y")
    #expect(answers("input 2\ndense 3 softmax\nloss ce\nsample 1 2 -> 0 1 0").isEmpty)
  }

  @Test func aLossThatTakesLogarithmsWantsProbabilities() {
    let shown = answers("input 2\ndense 1 tanh\ndata xor\nloss bce")
    #expect(
      shown.last
        == "warning: binary-cross-entropy takes the log of a1, and tanh may give what is no probability: sigmoid keeps it between 0 and 1"
    )
    #expect(answers("input 2\ndense 1 sigmoid\nloss bce\ndata xor").count == 1)
  }
}
