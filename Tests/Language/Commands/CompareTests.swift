import Engine
import Testing

@testable import Language

/// Somebody else's numbers held against ours. The figures are NumPy's, worked out in float64 from the equations by themselves:
/// two samples, 2-3-2, sigmoid, half the squared error; `missing` leaves the output's f′ out.
@Suite struct CompareTests {
  private static let network = """
    input 2
    dense 3 sigmoid
    dense 2 sigmoid
    sample 0.5 1 -> 1 0
    set w1 = [.3 -.2; .5 .1; -.4 .7]
    set b1 = [.1; 0; -.2]
    set w2 = [.6 -.3 .2; -.1 .4 .5]
    set b2 = [.05; -.05]
    forward
    backward

    """
  private static let right = (
    delta2: "[-0.1043016904906928; 0.1444251537990487]",
    delta1: "[-0.019243852504845827; 0.021596955900928118; 0.01255348159892678]"
  )
  private static let missing = (
    delta2: "[-0.42643736019952805; 0.6036312540462049]",
    delta1: "[-0.07900699572053244; 0.089574587360745; 0.05293210720070446]"
  )

  private func answer(_ lines: String) -> String { lastAnswer(CompareTests.network + lines) }

  @Test func whatIsRightHolds() {
    #expect(
      answer("compare delta1 = \(CompareTests.right.delta1)").hasPrefix("holds: delta1, 3 numbers, largest error "))
    #expect(answer("compare delta2 = [-0.1043; 0.1444]").hasPrefix("holds: "))
    #expect(answer("compare delta2 = [-0.1044; 0.1444]").hasPrefix("fails: delta2, 2 numbers, 1 wrong, "))
  }

  @Test func whatIsWrongIsCountedAndTheLargestErrorNamed() {
    let verdict =
      "fails: delta2, 2 numbers, 2 wrong, the largest error at delta2[2]: 0.144425154 against 0.603631254 as given"
    let shown = answer("compare delta2 = \(CompareTests.missing.delta2)")
    #expect(shown.hasPrefix("\(verdict)\nmissing-derivative: "), "\(shown)")
  }

  /// What follows from a fault is no second one, in whichever order the two are compared, and after the update too.
  @Test(arguments: ["", "update\n"])
  func aConsequenceIsNoFaultOfItsOwn(_ later: String) {
    let (delta2, delta1) = (
      "compare delta2 = \(CompareTests.missing.delta2)", "compare delta1 = \(CompareTests.missing.delta1)"
    )
    let follows = "delta1 follows from it: with delta2 as it was given, delta1 comes out as it was given"
    let first = answer("\(later)\(delta2)\n\(delta1)")
    #expect(first.hasSuffix("delta2 departs first, in the order of computation\n\(follows)"), "\(first)")
    let second = answer("\(later)\(delta1)\n\(delta2)")
    #expect(second.hasSuffix("delta2 departs first, in the order of computation\n\(follows)"), "\(second)")
  }

  /// With four decimals what follows is only so exact as what it is made of.
  @Test func digitsAreCarriedOn() {
    let shown = answer("compare delta2 = [-0.426; 0.604]\ncompare delta1 = [-0.0790; 0.0896; 0.0529]")
    #expect(shown.contains("delta1 follows from it"), "\(shown)")
  }

  @Test func aSecondFaultIsOne() {
    let shown = answer("compare delta2 = \(CompareTests.missing.delta2)\ncompare delta1 = [1; 2; 3]")
    #expect(shown.contains("\ndelta1 is wrong besides: with delta2 as it was given, it is still another"), "\(shown)")
    // What is made of the first is wrong besides, what is not is wrong by itself.
    let besides = answer("compare net2 = [1; 2]\ncompare dw1 = [1 2; 3 4; 5 6]")
    #expect(besides.contains("\ndw1 is wrong besides: with net2 as it was given, it is still another"), "\(besides)")
    let apart = answer("compare dw2 = [1 2 3; 4 5 6]\ncompare dw1 = [1 2; 3 4; 5 6]")
    #expect(apart.contains("\ndw1 is not made of dw2, and is wrong by itself"), "\(apart)")
  }

  @Test func anInfinityIsNoRounding() {
    let shown = answer("compare delta2 = [inf; 0.1444]")
    #expect(shown.hasPrefix("fails: delta2, 2 numbers, 1 wrong, "), "\(shown)")
    #expect(shown.contains("no slip, and no two"), "\(shown)")
  }

  @Test func anotherStepForgetsWhatWasCompared() {
    let shown = answer(
      "compare delta2 = [1; 2]\nset w2 = [1 2 3; 4 5 6]\nforward\nbackward\ncompare delta1 = [1; 2; 3]")
    #expect(!shown.contains("departs first"), "\(shown)")
  }

  @Test func conventionsAreNoFaults() {
    #expect(answer("compare dw1 = -1 * dw1").hasPrefix("holds: dw1 is given with the opposite sign"))
    let slow = "set rate = 0.1\nforward\nbackward\n"
    #expect(answer("\(slow)compare dw1 = -0.1 * dw1").hasPrefix("holds: dw1 is given as what is added in an update"))
    // Forward as it is, a rate in it is a slip.
    #expect(answer("\(slow)compare dw1 = 0.1 * dw1").contains("\nlearning-rate-included: "))
    #expect(answer("compare a1 = -1 * a1").hasPrefix("fails: "))
    #expect(answer("compare w2 = -1 * w2").hasPrefix("fails: "))
  }

  /// While a mistake is on, what is held against the numbers is what the faulty code computes, and that is said.
  @Test func theFaultyCodesNumbersAreCalledSo() {
    let mistaken = "mistake missing-derivative layer=2\nforward\nbackward\n"
    let named =
      "\ndelta1 is the faulty code's here, since a mistake is on: missing-derivative; mistake none makes it right"
    #expect(answer(mistaken + "compare delta1 = \(CompareTests.missing.delta1)").hasSuffix(named))
    #expect(answer(mistaken + "compare delta1 = \(CompareTests.right.delta1)").hasSuffix(named))
    // What it has no part in is ours as ever.
    #expect(!answer(mistaken + "compare a1 = a1").contains("faulty"))
    #expect(!answer(mistaken + "mistake none\nforward\nbackward\ncompare delta1 = delta1").contains("faulty"))
    let own = answer("mistake dw1 = 2 * dw1\nmistake dw2 = 2 * dw2\nforward\nbackward\ncompare dw1 = dw1")
    #expect(own.hasSuffix("mistakes are on: in dw1, in dw2; mistake none makes it right"), "\(own)")
    // Of a secret no more is said than that there is one.
    let secret = answer("hunt 3\nforward\nbackward\ncompare dw1 = dw1\ncompare dw2 = dw2\ncompare db2 = db2")
    #expect(!secret.contains("mistake none") && !secret.contains("given is"), "\(secret)")
  }

  @Test(arguments: [
    ("compare dw1 = [1 2 3 4; 5 6 7 8]", "dw1 is 3×2, this is 2×4", 15),
    ("compare dw1[9,1] = 0.5", "one number of dw1 was expected here, with its indices, such as dw1[1,2]", 9),
    ("compare dW1 = 0.5", "dw1 is 3×2, this is 1×1", 15), ("compare dW9 = 0.5", "dW9 is not known", 9),
    ("compare nothing = 0.5", "nothing is not known", 9),
    ("compare dw1", "= was expected", 12),
    ("compare from missing.npz", "missing.npz", 14),
    ("back 4\ncompare dw1 = [1 2; 3 4; 5 6]", "dw1 is not computed yet", 9),
  ])
  func wrongInputIsSaid(_ lines: String, _ message: String, _ column: Int) {
    let shown = play(CompareTests.network + lines)
    #expect(shown.contains(message), "\(shown.suffix(200))")
    #expect(shown.contains(":\(column):"), "\(shown.suffix(200))")
  }
}

/// Which layer a name of elsewhere belongs to, with the gradients of plain loops in a file.
@Suite struct CompareNamesTests {
  /// PyTorch counts activations too, or does not; others count from 0 or from 1.
  @Test(arguments: [
    ["0.weight.grad", "2.weight.grad"], ["0.weight.grad", "1.weight.grad"], ["fc1.weight.grad", "fc2.weight.grad"],
    ["dW0", "dW1"], ["dW1", "dW2"], ["dw1", "dw2"], ["1.weight.grad", "3.weight.grad"],
  ])
  func eachLayerIsItsOwn(_ names: [String]) throws {
    var random = Generator(seed: 5)
    let network = PlainNetwork(&random, hidden: 3, outputs: 3, samples: 2)
    let dw1 = network.mean(network.passes.enumerated().map { network.outer($1.d1, network.x[$0]) })
    let folder = TemporaryFolder()
    func list(_ matrix: [[Double]]) -> String { "\(matrix)" }
    folder.write("g.json", "{\"\(names[0])\": \(list(dw1)), \"\(names[1])\": \(list(network.dw2))}")
    let shown = answers(network.session + "compare from \(folder.path)/g.json")
    #expect(shown.filter { $0.hasPrefix("holds: dw") }.count == 2, "\(names): \(shown)")
    // The wrong way round, both are wrong.
    folder.write("g.json", "{\"\(names[1])\": \(list(dw1)), \"\(names[0])\": \(list(network.dw2))}")
    let turned = answers(network.session + "compare from \(folder.path)/g.json")
    #expect(turned.filter { $0.hasPrefix("fails: dw") }.count == 2, "\(names): \(turned)")
  }

  @Test func aNameThatDoesNotSayItsLayerIsNotTakenForOne() {
    var random = Generator(seed: 5)
    let network = PlainNetwork(&random, hidden: 3, outputs: 3, samples: 2)
    let folder = TemporaryFolder()
    folder.write("g.json", "{\"2.weight.grad\": \(network.dw2)}")
    let shown = play(network.session + "compare from \(folder.path)/g.json")
    #expect(shown.contains("of one whose layer it does not say: compare dw1 = from"), "\(shown.suffix(300))")
    folder.write("g.json", "{\"2.weight.grad\": \(network.dw2), \"dw2\": \(network.dw2)}")
    let both = play(network.session + "compare from \(folder.path)/g.json")
    #expect(both.contains("warning: not compared, since the names do not say"), "\(both.suffix(300))")
  }
}
