import Engine
import Testing

struct ScalingTests {
  /// Three columns of very different size, the last of one number.
  static let given: [[Double]] = [[5.1, 200, -3], [4.9, -100, -3], [7.0, 50, -3], [6.3, 1000, -3], [5.8, 0.5, -3]]

  static func data(_ scaling: Scaling = .none) -> Dataset {
    var data = Dataset()
    for (index, input) in given.enumerated() { data.append(input: input, target: [Double(index)]) }
    data.scaling = scaling
    return data
  }

  /// NumPy 2.4: (x - x.mean(0)) / x.std(0) and (x - x.min(0)) / (x.max(0) - x.min(0)) of the first two columns.
  private static let byNumpy: [(Scaling, [[Double]])] = [
    (
      .standard,
      [
        [-0.9313806308476004, -0.0758318626555823], [-1.1900974727497104, -0.8316311582261703],
        [1.5264293672224545, -0.45373151044087623], [0.6209204205650658, 1.9396329255326519],
        [-0.025871684190211696, -0.5784383942100233],
      ]
    ),
    (
      .minmax,
      [
        [0.09523809523809491, 0.2727272727272727], [0, 0], [1, 0.13636363636363635], [0.6666666666666665, 1],
        [0.4285714285714284, 0.09136363636363637],
      ]
    ),
  ]

  @Test(arguments: byNumpy)
  func columnsAreScaledAsNumpyDoes(_ scaling: Scaling, _ expected: [[Double]]) {
    let data = Self.data(scaling)
    for (sample, row) in expected.enumerated() {
      for (column, value) in row.enumerated() {
        let error = abs(data.inputs[sample * 3 + column] - value)
        #expect(error <= 4e-15, "\(scaling) \(sample) \(column)")
      }
      #expect(data.inputs[sample * 3 + 2] == 0)
    }
  }

  @Test(arguments: Scaling.allCases)
  func whatIsPredictedIsScaledAsTheSamplesAre(_ scaling: Scaling) {
    let data = Self.data(scaling)
    for (sample, input) in Self.given.enumerated() { #expect(data.scaled(input) == Array(data.input(sample))) }
  }

  @Test func aColumnOfOneNumberIsNotDividedByNothing() {
    var data = Dataset()
    for _ in 0..<3 { data.append(input: [0.1], target: [0]) }
    data.scaling = .standard
    #expect(data.inputs == [0, 0, 0])
    #expect(data.scaled([0.6]) == [0.5])
    data.scaling = .minmax
    #expect(data.inputs == [0, 0, 0])
  }

  @Test(arguments: [1e-180, 1e180])
  func squaresThatNoDoubleHoldsAreNotTaken(_ unit: Double) {
    var data = Dataset()
    for value in [1.0, 2, 3] { data.append(input: [value * unit], target: [0]) }
    data.scaling = .standard
    let expected: [Double] = [-1.224744871391589, 0, 1.224744871391589]
    for (value, right) in zip(data.inputs, expected) {
      let error = abs(value - right)
      #expect(error < 1e-14)
    }
  }

  @Test func scalingIsTakenBackToTheBit() {
    var data = Self.data(.standard)
    data.scaling = .minmax
    data.scaling = .none
    #expect(data == Self.data())
  }

  @Test func anInputIsSetAsItIsShown() {
    var data = Self.data(.standard)
    let before = data.inputs
    data.setInput(1, 0, 0.25)
    var expected = before
    expected[3] = 0.25
    #expect(data.inputs == expected)
    // As it would have been given, by NumPy: x.mean() + 0.25 * x.std().
    let error = abs(data.asGiven.inputs[3] - 6.013261480900877)
    #expect(error < 1e-13)
  }
}
