import Engine
import Testing

@testable import Language

/// Square matrices that were given the other way round: the layout of x·W where nothing says that it is not, a slip where
/// something does. The numbers are those of plain loops, or NumPy's.
@Suite struct LayoutConventionTests {
  private static func network(outputs: Int = 3, samples: Int = 3) -> PlainNetwork {
    var random = Generator(seed: 11)
    return PlainNetwork(&random, hidden: 3, outputs: outputs, samples: samples)
  }

  private let square = network()
  private var turned1: String { square.text(square.dw1.transposed) }
  private var turned2: String { square.text(square.dw2.transposed) }
  private static let form = "is given with a row for each input, as x·W has it (layout in-out), 9 numbers"

  private func shown(_ lines: String, of network: PlainNetwork? = nil) -> String {
    lastAnswer((network ?? square).session + lines)
  }

  /// One alone fits both, and both are said.
  @Test func oneAloneIsBoth() {
    let told = shown("compare dw1 = \(turned1)")
    #expect(told.hasPrefix("holds: dw1 \(Self.form)"), "\(told)")
    #expect(
      told.hasSuffix(
        "\nor transposed: the matrix is the wrong way round; another matrix of weights, or of their gradients, would tell"
      ),
      "\(told)")
  }

  /// So it is in the layout that was said, of what is given in the other one.
  @Test func oneAloneInTheLayoutThatWasNotSaid() {
    let plain = square.text(square.dw1)
    let told = shown("layout in-out\ncompare dw1 = \(plain)")
    #expect(told.hasPrefix("holds: dw1 is given with a row for each unit, as W·x has it (layout out-in), 9 numbers"))
    #expect(told.contains("\nor transposed: "), "\(told)")
    let claimed = shown("layout in-out\nclaim dw1 = \(plain)")
    #expect(claimed.hasPrefix("fails: "), "\(claimed)")
    #expect(claimed.contains("\ndw1 is given with a row for each unit, as W·x has it (layout out-in)"), "\(claimed)")
  }

  /// A slip in one alone is no second one by its layout; that it may be one is said.
  @Test func aSlipInOneAloneIsOneSlip() {
    let twice = square.dw1.transposed.map { $0.map { 2 * $0 } }
    let told = shown("compare dw1 = \(square.text(twice))")
    #expect(
      told.hasPrefix("fails: dw1, 9 numbers, given with a row for each input, as x·W has it (layout in-out), 9 wrong"),
      "\(told)")
    #expect(told.contains("\nmissing-half: ") && told.contains("\nor transposed: "), "\(told)")
    // Where another is right as it stands, it is.
    let both = shown("compare dw2 = \(square.text(square.dw2))\ncompare dw1 = \(square.text(twice))")
    #expect(both.contains("\ntransposed and missing-half: "), "\(both)")
  }

  @Test func twoAreTheLayout() {
    let told = shown("compare dw1 = \(turned1)\ncompare dw2 = \(turned2)")
    #expect(told.hasPrefix("holds: dw2 \(Self.form)") && !told.contains("\n"), "\(told)")
  }

  /// A second matrix that is right as it stands says that the first is a mistake, whichever comes first.
  @Test func anotherThatIsRightMakesItASlip() {
    let told = shown("compare dw2 = \(square.text(square.dw2))\ncompare dw1 = \(turned1)")
    #expect(told.hasPrefix("fails: dw1, 9 numbers, 6 wrong") && told.contains("\ntransposed: "), "\(told)")
    let late = shown("compare dw1 = \(turned1)\ncompare dw2 = \(square.text(square.dw2))\nshow verdict")
    #expect(late.contains("1 of 2 wrong") && late.contains("✗ ∂w1") && late.contains("transposed"), "\(late)")
  }

  /// The shape of another says it, whatever its numbers are.
  @Test func anotherShapeMakesItASlip() {
    let network = Self.network(outputs: 2)
    let turned = network.text(network.dw1.transposed)
    let right = shown("compare dw2 = \(network.text(network.dw2))\ncompare dw1 = \(turned)", of: network)
    #expect(right.hasPrefix("fails: dw1, 9 numbers") && right.contains("\ntransposed: "), "\(right)")
    let wrong = shown("compare dw2 = [1 2 3; 4 5 6]\ncompare dw1 = \(turned)", of: network)
    #expect(wrong.hasPrefix("fails: dw1, 9 numbers") && wrong.contains("\ntransposed: "), "\(wrong)")
  }

  /// NumPy's numbers of 2-2-2, sigmoid, half the squared error, rate 0.5.
  private static let two = """
    input 2
    dense 2 sigmoid
    dense 2 sigmoid
    rate 0.5
    set w1 = [.3 -.2; .5 .1]
    set b1 = [.1; 0]
    set w2 = [.6 -.3; -.1 .4]
    set b2 = [.05; -.05]
    sample 0.5 1 -> 1 0
    forward
    backward
    update
    compare dw1 = [-0.010109489199781597 0.010538937116787715; -0.020218978399563194 0.02107787423357543]

    """

  /// What the update made tells whether it went in as it was given.
  @Test func theUpdateTells() {
    let wrong = lastAnswer(
      Self.two + "compare w1 = [0.3050547445998908 -0.20526946855839387; 0.5101094891997816 0.08946106288321229]")
    #expect(wrong.hasPrefix("fails: w1⟨1⟩, 4 numbers"), "\(wrong)")
    #expect(wrong.contains("\ndw1 departs first, in the order of computation\nw1⟨1⟩ follows from it: "), "\(wrong)")
    let right =
      Self.two + "compare w1 = [0.3050547445998908 -0.1898905108002184; 0.49473053144160617 0.08946106288321229]\n"
    let verdict = lastAnswer(right + "show verdict")
    #expect(verdict.contains("2 right"), "\(verdict)")
    let told = lastAnswer(right + "compare dw1 = dw1'")
    #expect(told.hasPrefix("holds: dw1 is given with a row for each input") && !told.contains("\nor "), "\(told)")
  }

  /// What is right both ways says nothing.
  @Test func aSymmetricOneSaysNothing() {
    let start = Self.two.replacing("set w2 = [.6 -.3; -.1 .4]", with: "set w2 = [.6 -.3; -.3 .4]").split(
      separator: "update\n")[0]
    let told = lastAnswer("\(start)compare w2 = [.6 -.3; -.3 .4]\ncompare dw1 = dw1'")
    #expect(told.hasPrefix("holds: ") && told.contains("\nor transposed: "), "\(told)")
  }

  /// The layout that was said first is no other form than the same one told by numbers.
  @Test func theLayoutMayBeSaidBetween() {
    let said = "compare dw1 = \(turned1)\nlayout in-out\ncompare dw2 = \(turned2)"
    #expect(shown(said).hasPrefix("holds: dw2, 9 numbers"))
    let verdict = shown("\(said)\nshow verdict")
    #expect(verdict.contains("2 right"), "\(verdict)")
  }

  /// A slip is told in the layout that the others have.
  @Test func aSlipIsReadInTheLayoutOfTheOthers() {
    let twice = square.text(square.dw2.transposed.map { $0.map { 2 * $0 } })
    let told = shown("compare dw1 = \(turned1)\ncompare dw2 = \(twice)")
    #expect(told.hasPrefix("fails: dw2, 9 numbers, given with a row for each input"), "\(told)")
    #expect(told.contains("\nmissing-half: "), "\(told)")
  }

  /// A network of ours has its weights as they are here.
  @Test func aMistakeThatIsOnIsNoLayout() {
    let told = shown("mistake transposed layer=1\nrefute check")
    #expect(told.contains("\ntransposed: ") && !told.contains("x·W"), "\(told)")
  }

  /// A case has its weights in it, which say the layout.
  @Test func theWeightsOfACaseSayIt() {
    let (folder, square) = (TemporaryFolder(), Self.network(samples: 4))
    func load(_ dw1: [[Double]], _ dw2: [[Double]]) -> String {
      let arrays: [(String, [[Double]])] = [
        ("X", square.x), ("Y", square.y), ("W1", square.w1), ("b1", [square.b1]), ("W2", square.w2),
        ("b2", [square.b2]),
        ("A1", square.passes.map(\.a1)), ("A2", square.passes.map(\.a2)), ("dZ2", square.passes.map(\.d2)),
        ("dW1", dw1), ("dW2", dw2),
      ]
      folder.write("case.json", "{\(arrays.map { "\"\($0)\": \($1)" }.joined(separator: ", "))}")
      return lastAnswer("load case \(folder.path)/case.json loss=hse reduction=mean")
    }
    #expect(load(square.dw1, square.dw2).hasPrefix("holds: all is well"))
    let told = load(square.dw1.transposed, square.dw2)
    #expect(told.hasPrefix("fails: dw1 (dW1) departs first") && told.contains("\ntransposed: "), "\(told)")
    let both = load(square.dw1.transposed, square.dw2.transposed)
    #expect(both.hasPrefix("fails: dw2 (dW2) departs first") && both.contains("\ntransposed: "), "\(both)")
  }
}

extension PlainNetwork {
  /// The mean gradient of the first layer's weights.
  var dw1: [[Double]] { mean(zip(passes, x).map { outer($0.d1, $1) }) }
  /// The mean gradient of its biases.
  var db1: [Double] { mean(passes.map { [$0.d1] })[0] }
}

extension [[Double]] {
  /// Rows become columns.
  var transposed: [[Double]] { self[0].indices.map { column in map { $0[column] } } }
}
