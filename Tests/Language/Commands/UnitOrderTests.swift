import Engine
import Testing

@testable import Language

/// The units of a hidden layer in another order: no fault where all of the layer is given so, a slip where some of it is not.
/// The numbers are those of plain loops, or NumPy's.
@Suite struct UnitOrderTests {
  private static func network(samples: Int = 3) -> PlainNetwork {
    var random = Generator(seed: 5)
    return PlainNetwork(&random, hidden: 3, outputs: 2, samples: samples)
  }

  private let plain = network()
  private static let order = [1, 2, 0]
  private static let told = "units 1 2 3 of layer 1 in the order 2 3 1"

  private func moved<Value>(_ values: [Value], _ order: [Int] = order) -> [Value] { order.map { values[$0] } }

  private func shown(_ lines: [String], of network: PlainNetwork? = nil) -> String {
    lastAnswer((network ?? plain).session + lines.joined(separator: "\n"))
  }

  private var dw1: String { "compare dw1 = \(plain.text(moved(plain.dw1)))" }
  private var db1: String { "compare db1 = \(plain.column(moved(plain.db1)))" }
  private var a1: String { "compare a1 = \(plain.column(moved(plain.pass(0).a1)))" }
  private var dw2: String { "compare dw2 = \(plain.text(plain.dw2.map { moved($0) }))" }

  @Test func allOfALayerInAnotherOrderIsNoFault() {
    let (w1, w2) = (plain.text(moved(plain.w1)), plain.text(plain.w2.map { moved($0) }))
    let all = [
      dw1, a1, dw2, db1, "compare net1 = \(plain.column(moved(plain.pass(0).net1)))",
      "compare delta1 = \(plain.column(moved(plain.pass(0).d1)))", "compare w1 = \(w1)", "compare w2 = \(w2)",
      "compare b1 = \(plain.column(moved(plain.b1)))", "compare db2 = db2",
    ]
    for (place, (name, count)) in [
      ("a1 of sample 1 of the batch", 3), ("dw2", 6), ("db1", 3), ("net1 of sample 1 of the batch", 3),
      ("delta1 of sample 1 of the batch", 3), ("w1⟨0⟩", 9), ("w2⟨0⟩", 6), ("b1⟨0⟩", 3),
    ].enumerated() {
      let told = shown(Array(all.prefix(place + 2)))
      #expect(told.hasPrefix("holds: \(name) is given with \(Self.told), \(count) numbers"), "\(told)")
      // What was compared first was a fault until something else was in the same order.
      #expect(
        told.contains("\ndw1 was wrong by itself; beside what is given now it is right\n") == (place == 0), "\(told)")
      #expect(place == 0 || !told.contains("\n"), "\(told)")
    }
    let verdict = shown(all + ["show verdict"])
    #expect(verdict.contains("10 right") && verdict.contains("given with units"), "\(verdict)")
  }

  /// All samples of a batch at once have the order in their columns.
  @Test func allSamplesAreInTheOrder() {
    let all = plain.text(plain.passes.map { moved($0.a1) })
    let told = shown([dw2, "compare a1 = \(all)"])
    #expect(told.hasPrefix("holds: a1 of the 3 samples is given with \(Self.told), 9 numbers"), "\(told)")
  }

  /// One quantity alone is a slip, and it is said that it may be none.
  @Test func oneAloneIsPermuted() {
    let told = shown([dw1])
    #expect(told.hasPrefix("fails: dw1, 9 numbers, 9 wrong") && told.contains("\npermuted: "), "\(told)")
    #expect(
      told.hasSuffix("\nno fault where all of the layer is given so: \(Self.told); more of the layer would tell"),
      "\(told)")
  }

  /// What the layer has on the way back may come of one that was not given.
  @Test func theWayBackAloneIsBoth() {
    let told = shown([dw1, db1])
    #expect(told.hasPrefix("holds: db1 is given with \(Self.told), 3 numbers"), "\(told)")
    #expect(
      told.hasSuffix(
        "\nor permuted: they stand in another order, and the others with them; more of the layer would tell"),
      "\(told)")
    #expect(!shown([a1, dw1, db1]).contains("\n"))
  }

  /// Where something of the layer is right as it stands, what is not is permuted; in whichever order they are given.
  @Test func whatIsRightMakesItASlip() {
    let right = "compare dw1 = \(plain.text(plain.dw1))"
    let told = shown([right, db1])
    #expect(told.hasPrefix("fails: db1, 3 numbers") && told.contains("\npermuted: "), "\(told)")
    #expect(!told.contains("no fault where"), "\(told)")
    let late = shown([db1, a1, right, "show verdict"])
    #expect(late.contains("2 of 3 wrong"), "\(late)")
  }

  @Test func twoOrdersAreNone() {
    let other = "compare db1 = \(plain.column(moved(plain.db1, [2, 0, 1])))"
    let told = shown([dw1, other])
    #expect(told.hasPrefix("fails: db1") && told.contains("permuted: ") && !told.contains("no fault where"), "\(told)")
  }

  /// The units of the output layer are those of the targets.
  @Test func outputsHaveTheirOrder() {
    let told = shown([
      "compare dw2 = \(plain.text(Array(plain.dw2.reversed())))", "compare db2 = [db2[2]; db2[1]]",
    ])
    #expect(told.hasPrefix("fails: db2") && told.contains("\ndb2 comes of the same slip as dw2"), "\(told)")
    #expect(!told.contains("no fault where"), "\(told)")
  }

  /// A delta that is permuted, with what is made of it: the weights before it are right as they stand.
  @Test func aPermutedDeltaIsASlip() {
    let one = Self.network(samples: 1)
    let pass = one.pass(0)
    let lines = [
      "compare dw2 = \(one.text(one.dw2))", "compare delta1 = \(one.column(moved(pass.d1)))",
      "compare dw1 = \(one.text(one.outer(moved(pass.d1), one.x[0])))",
    ]
    let delta = shown(Array(lines.prefix(2)), of: one)
    #expect(delta.hasPrefix("fails: delta1, 3 numbers") && delta.contains("\npermuted: "), "\(delta)")
    #expect(!delta.contains("no fault where"), "\(delta)")
    let made = shown(lines, of: one)
    #expect(made.contains("\ndw1 follows from it: with delta1 as it was given"), "\(made)")
  }

  /// A slip in numbers in another order is told by its own name.
  @Test func aSlipInAnotherOrderIsNamed() {
    let one = Self.network(samples: 1)
    let pass = one.pass(0)
    let told = shown(
      [
        "compare a1 = \(one.column(moved(pass.a1)))", "compare dw2 = \(one.text(one.dw2.map { moved($0) }))",
        "compare delta1 = \(one.column(moved(one.back(one.w2, pass.d2))))",
      ], of: one)
    #expect(told.hasPrefix("fails: delta1, 3 numbers, given with \(Self.told), as others are, 3 wrong"), "\(told)")
    #expect(told.contains("\nmissing-derivative: ") && !told.contains("permuted"), "\(told)")
  }

  @Test func theSignMayBeAnotherBesides() {
    func against(_ rows: [[Double]]) -> String { plain.text(rows.map { $0.map { -$0 } }) }
    let told = shown([
      a1, "compare dw2 = \(against(plain.dw2.map { moved($0) }))", "compare dw1 = \(against(moved(plain.dw1)))",
    ])
    #expect(
      told.hasPrefix("holds: dw1 is given with \(Self.told), and given with the opposite sign"), "\(told)")
  }

  /// Units that are off have the same numbers; what tells them apart says their order. NumPy's numbers.
  @Test func unitsThatAreOffAreToldByOthers() {
    let told = lastAnswer(
      """
      input 2
      dense 4 relu
      dense 1 identity
      set w1 = [.3 -.2; -.5 -.1; .4 .7; -.6 -.3]
      set b1 = [.1; -.2; .05; -.4]
      set w2 = [.6 -.3 .2 .7]
      set b2 = 0.05
      sample 0.5 1 -> 1
      forward
      backward
      compare a1 = [0; 0.05; 0; 0.95]
      compare net1 = [-1.0000; 0.0500; -0.5500; 0.9500]
      compare dw2 = [0 -0.0365 0 -0.6935]
      compare db1 = [0; -0.438; 0; -0.146]
      compare dw1 = [0 0; -0.219 -0.438; 0 0; -0.073 -0.146]
      """)
    #expect(
      told.hasPrefix("holds: dw1 is given with units 1 2 3 4 of layer 1 in the order 4 1 2 3, 8 numbers"), "\(told)")
    #expect(!told.contains("\n"), "\(told)")
  }

  /// Each hidden layer has its own order. NumPy's numbers of 2-3-2-1, in which two units of layer 1 give the same.
  @Test func twoLayersHaveTheirOwnOrders() {
    let told = lastAnswer(
      """
      input 2
      dense 3 tanh
      dense 2 tanh
      dense 1 identity
      set w1 = [.3 -.2; .5 .1; -.4 .7]
      set b1 = [.1; -.3; .2]
      set w2 = [.6 -.3 .2; -.1 .4 .5]
      set b2 = [.05; -.05]
      set w3 = [.8 -.6]
      set b3 = 0.1
      sample 0.5 1 -> 1
      forward
      backward
      compare a1 = [0.049958374957879956; 0.6043677771171634; 0.049958374957879956]
      compare dw1 = [0.20666520126516175 0.4133304025303235; 0.03607531057944336 0.07215062115888672; -0.23577104672777072 -0.47154209345554143]
      compare db2 = [0.5085817835163168; -0.703106255074047]
      compare dw3 = [-0.2373958392832774 -0.1671380558211376]
      compare dw2 = [0.025407919437655486 0.3073704419860388 0.025407919437655486; -0.035126045926220026 -0.4249347644562751 -0.035126045926220026]
      """)
    #expect(
      told.hasPrefix(
        "holds: dw2 is given with units 1 2 3 of layer 1 in the order 2 3 1, and given with units 1 2 of layer 2 in the order 2 1, 6 numbers"
      ), "\(told)")
  }

  /// The weights of a case say the order of its units.
  @Test func theWeightsOfACaseSayTheOrder() {
    let (folder, plain) = (TemporaryFolder(), Self.network(samples: 4))
    let arrays: [(String, [[Double]])] = [
      ("X", plain.x), ("Y", plain.y), ("W1", plain.w1), ("b1", [plain.b1]), ("W2", plain.w2), ("b2", [plain.b2]),
      ("A2", plain.passes.map(\.a2)), ("dZ2", plain.passes.map(\.d2)), ("dW1", moved(plain.dw1)),
      ("db1", [moved(plain.db1)]),
    ]
    folder.write("case.json", "{\(arrays.map { "\"\($0)\": \($1)" }.joined(separator: ", "))}")
    let told = lastAnswer(
      "load case \(folder.path)/case.json activations=tanh,sigmoid loss=hse reduction=mean")
    #expect(told.hasPrefix("fails: dw1 (dW1) departs first") && told.contains("\npermuted: "), "\(told)")
    #expect(!told.contains("no fault where"), "\(told)")
  }
}
