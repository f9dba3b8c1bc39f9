import Testing

@testable import Language

/// Several comparisons at one place, and numbers from files, with figures that NumPy gave: two samples of a 2-3-2 network.
@Suite struct ComparedTogetherTests {
  private let network = """
    input 2
    dense 3 tanh
    dense 2 sigmoid
    sample 0.5 1 -> 1 0
    sample -0.25 0.75 -> 0 1
    batch all
    set w1 = [0.3 -0.2; 0.5 0.1; -0.4 0.7]
    set b1 = [0.1; 0; -0.2]
    set w2 = [0.6 -0.3 0.2; -0.1 0.4 0.5]
    set b2 = [0.05; -0.05]
    forward
    backward

    """

  /// Numbers with the opposite sign are a convention by themselves; beside one with our sign they are wrong, whichever came
  /// first.
  @Test func whatWasRightByItselfIsTakenBack() {
    let turned = "compare dw2 = [0.011099 0.023853 -0.008062; -0.010609 -0.025972 0.003168]"
    let plain = "compare dw1 = [-0.032736 -0.010647; 0.030925 0.008876; 0.013437 0.010148]"
    let first = answers(network + turned)
    #expect(first.last?.hasPrefix("holds: dw2 is given with the opposite sign") == true, "\(first)")
    let both = lastAnswer(network + turned + "\n" + plain)
    #expect(both.hasPrefix("holds: dw1, 6 numbers"), "\(both)")
    #expect(both.contains("fails: dw2, 6 numbers, 6 wrong") && both.contains("sign: "), "\(both)")
    #expect(both.contains("dw2 was right by itself; beside what is given now it is not"), "\(both)")
    // What was wrong before is not said again.
    let wrong = "refute compare dw2 = [1 2 3; 4 5 6]\n"
    #expect(lastAnswer(network + wrong + plain).hasPrefix("holds: dw1"))
  }

  /// A file's decimals are half a unit right, as those that are typed; the loss may have been written with others.
  @Test func fewDecimalsOfAFileAreRoundedOnes() {
    let folder = TemporaryFolder()
    let gradients = """
      "dW2": [[-0.0111, -0.0239, 0.0081], [0.0106, 0.0260, -0.0032]], "db2": [0.0033, 0.0109],
      "dW1": [[-0.0327, -0.0106], [0.0309, 0.0089], [0.0134, 0.0101]], "db1": [0.0003, -0.0017, 0.0068]
      """
    folder.write("right.json", "{\"loss\": 0.258375226, \(gradients)}")
    let shown = answers(network + "compare from \(folder.path)/right.json").dropFirst(2)
    #expect(shown.contains { $0.contains("holds") } && !shown.contains { $0.contains("fails") }, "\(shown)")
    folder.write(
      "case.json",
      """
      {"X": [[0.5, 1], [-0.25, 0.75]], "Y": [[1, 0], [0, 1]], "W1": [[0.3, -0.2], [0.5, 0.1], [-0.4, 0.7]],
      "b1": [0.1, 0, -0.2], "W2": [[0.6, -0.3, 0.2], [-0.1, 0.4, 0.5]], "b2": [0.05, -0.05], "loss": 0.258375226,
      \(gradients)}
      """)
    let loaded = lastAnswer(
      "load case \(folder.path)/case.json activations=tanh,sigmoid loss=half-squared-error")
    #expect(loaded.hasPrefix("holds: all is well"), "\(loaded)")
    // One unit of the last place is wrong.
    folder.write("wrong.json", "{\(gradients.replacing("0.0309", with: "0.0311"))}")
    let wrong = play(network + "compare from \(folder.path)/wrong.json")
    #expect(wrong.contains("fails: dw1, 6 numbers, 1 wrong"), "\(wrong.suffix(400))")
  }

  /// What another slip gives by itself is none of the first one's doing: dw2 is a sum for a mean, dw1 and db1 lack tanh'.
  @Test func aSlipIsSaidToBeOfWhatHasIt() {
    let last = lastAnswer(
      """
      input 3
      dense 3 tanh
      dense 3 softmax
      loss cross-entropy
      optimizer sgd rate=0.1
      sample 0.35 0.82 0.33 -> 0 1 0
      sample -1.3 0.91 0.45 -> 1 0 0
      sample -0.54 0.58 0.36 -> 0 0 1
      sample 0.29 0.03 0.55 -> 1 0 0
      batch all
      set w1 = [-0.29 0.36 0.02; -0.18 -0.47 -0.15; 0.0 -0.17 0.78]
      set b1 = [0.3; -0.81; -0.57]
      set w2 = [-0.1 -0.25 0.13; 0.13 1.27 -0.67; -0.23 1.23 0.39]
      set b2 = [0.2; -0.15; -0.49]
      forward
      backward
      compare dw2 = [0.4140 -0.6686 -0.3949; -0.0121 0.1844 0.1416; -0.4019 0.4842 0.2533]
      compare db2 = [0.1934; -0.0363; -0.1571]
      compare dw1 = [-0.0512 -0.0052 0.0081; -0.0824 -0.2538 -0.0633; 0.1571 0.0360 -0.0186]
      compare db1 = [0.0121; -0.2876; -0.0119]
      """)
    #expect(last.hasPrefix("fails: db1"), "\(last)")
    #expect(last.contains("db1 comes of the same slip as dw1"), "\(last)")
    #expect(!last.contains("db1 comes of the same slip as dw2"), "\(last)")
  }

  /// f' at another argument than net is worked out of f of that argument: tanh'(0.336375544) is 1 - 0.3242378^2.
  @Test func aDerivativeElsewhereHasItsOwnActivation() {
    let lines = network.replacing(
      "forward\nbackward\n", with: "mistake derivative-of-activation layer=1\nforward\nbackward\n")
    let shown = lastAnswer(lines + "explain delta1[2]")
    #expect(shown.contains("1 - 0.3242378^2 "), "\(shown)")
    #expect(shown.contains("0.894869849") && !shown.contains("another form"), "\(shown)")
    let other = lastAnswer(network + "mistake delta1[j] = da1[j] * f2'(net1[j])\nforward\nbackward\nexplain delta1[2]")
    #expect(!other.contains("another form"), "\(other)")
  }
}
