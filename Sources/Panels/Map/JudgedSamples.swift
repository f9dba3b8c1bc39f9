import Engine
import Notation

/// What the network as it is now makes of some samples, and whether it is right.
struct JudgedSamples {
  /// The columns that a table keeps for it.
  static let width = 13

  /// Whether each comes out right.
  let areRight: [Bool]
  /// The class that each is taken for, counted from 0; nil where outputs are no numbers.
  let taken: [Int?]
  private let outputs: [Double]
  private let count: Int
  private let names: [String]

  /// Judges samples, given by their numbers from 0 among all that were given; nil where data and network do not fit, or
  /// the network is too large to be asked once a frame.
  init?(_ state: State, _ numbers: some Collection<Int>) {
    let (data, network) = (state.experiment.data, state.experiment.network)
    guard JudgedSamples.isQuick(state, numbers.count) else { return nil }
    var (inputs, targets): ([Double], [Double]) = ([], [])
    for number in numbers {
      switch data.use(of: number) {
      case .training(let sample):
        inputs += data.input(sample)
        targets += data.target(sample)
      case .heldOut(let sample):
        inputs += data.heldOut.input(sample)
        targets += data.heldOut.target(sample)
      }
    }
    outputs = state.outputs(for: inputs)
    count = network.outputs
    areRight = State.areRight(outputs, targets, width: count, border: data.border)
    names = data.targetNames
    taken = stride(from: 0, to: outputs.count, by: count).map { [outputs, count] first in
      let output = outputs[first..<first + count]
      return output.contains(where: \.isNaN) ? nil : State.largest(output)
    }
  }

  /// Whether so many samples can be judged while a frame is drawn.
  static func isQuick(_ state: State, _ count: Int) -> Bool {
    state.experiment.obstacle == nil && state.experiment.network.parameterCount <= 4_000_000 / max(count, 1)
  }

  /// The one output of a sample, or the class that it is taken for; `sample` counts from 0 among those judged.
  func text(_ sample: Int, width: Int, digits: Int) -> String {
    if count == 1 {
      return AlignedNumbers(outputs, digits: digits, atMost: width).text(outputs[sample], width: width)
    }
    guard let taken = taken[sample] else { return "NaN" }
    return taken < names.count ? names.distinct(in: width)[taken] : "y[\(taken + 1)]".clipped(to: width)
  }

  /// The output that a sample was taken for.
  func output(_ sample: Int) -> Double { taken[sample].map { outputs[sample * count + $0] } ?? .nan }
}
