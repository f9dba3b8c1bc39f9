import Engine

/// Part of the plane of two inputs, or of the line of one: the range that the samples take up and a margin around it.
struct InputRange: Equatable {
  /// For each input the least and the largest number, as the network sees them.
  let bounds: [ClosedRange<Double>]

  /// The range of all samples, held-out ones too. A column of one number gets one on either side.
  init(_ data: Dataset) {
    bounds = (0..<data.inputCount).map { column in
      var (low, high) = (Double.infinity, -Double.infinity)
      for inputs in [data.inputs, data.heldOut.inputs] {
        for index in stride(from: column, to: inputs.count, by: data.inputCount) {
          low = min(low, inputs[index])
          high = max(high, inputs[index])
        }
      }
      guard low.isFinite, high.isFinite, (high - low).isFinite, high > low else {
        let middle = low.isFinite ? low : 0
        return middle - 1...middle + 1
      }
      let margin = (high - low) / 4
      return low - margin...high + margin
    }
  }

  /// The number at a share of an input's range, from 0 to 1.
  func point(at share: Double, input: Int) -> Double {
    let bounds = bounds[input]
    return bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) * share
  }

  /// The middle of one of `count` equal parts of an input's range.
  func middle(of part: Int, among count: Int, input: Int) -> Double {
    let bounds = bounds[input]
    return bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) * (Double(part) + 0.5) / Double(count)
  }

  /// The share of an input's range, from 0 to 1, at which a number in it lies.
  func share(of value: Double, input: Int) -> Double {
    let bounds = bounds[input]
    return (value - bounds.lowerBound) / (bounds.upperBound - bounds.lowerBound)
  }

  /// In which of `count` equal parts of an input's range a number lies; nil where it lies outside.
  func part(of value: Double, among count: Int, input: Int) -> Int? {
    let share = share(of: value, input: input)
    guard share >= 0, share < 1 else { return nil }
    return min(Int(share * Double(count)), count - 1)
  }
}

/// The outputs of a network over the plane of its two inputs, a shade for each point; row 0 is at the top, where the
/// second input is largest.
struct DecisionMap: Equatable {
  let width: Int
  let height: Int
  /// The shades, row by row.
  let shades: [Shade]
  /// How clear each point is, in quarters from 0 to 3: by how much the largest output is larger than the next one.
  private let clarity: [UInt8]

  /// Puts all points through the network in one pass; an expression has its own points.
  init(_ state: State, _ subject: MapSubject, over range: InputRange, width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    switch subject {
    case .output(let output, let middle):
      let outputs = DecisionMap.outputs(state, over: range, width: width, height: height)
      let count = state.experiment.network.outputs
      let values = stride(from: output, to: outputs.count, by: count).map { outputs[$0] }
      (shades, clarity) = DecisionMap.levels(of: values, around: middle)
    case .expression(let mapped):
      let values = (0..<height).flatMap { row in
        (0..<width).map { column in
          mapped.value(
            across: (Double(column) + 0.5) / Double(width), up: (Double(height - 1 - row) + 0.5) / Double(height))
        }
      }
      (shades, clarity) = DecisionMap.levels(of: values, around: mapped.middle)
    case .failed:
      shades = Array(repeating: .unknown, count: width * height)
      clarity = Array(repeating: 0, count: width * height)
    case .classes:
      let outputs = DecisionMap.outputs(state, over: range, width: width, height: height)
      let count = state.experiment.network.outputs
      let found = stride(from: 0, to: outputs.count, by: count).map { first in
        DecisionMap.largest(outputs[first..<first + count])
      }
      shades = found.map { $0.isKnown ? .group(UInt8($0.group % 256)) : .unknown }
      clarity = found.map { UInt8(min(max($0.lead, 0) * 4, 3)) }
    }
  }

  /// The outputs at all points, in one pass.
  private static func outputs(_ state: State, over range: InputRange, width: Int, height: Int) -> [Double] {
    let across = (0..<width).map { range.middle(of: $0, among: width, input: 0) }
    var points: [Double] = []
    points.reserveCapacity(2 * width * height)
    for row in 0..<height {
      let down = range.middle(of: height - 1 - row, among: height, input: 1)
      for column in 0..<width {
        points.append(across[column])
        points.append(down)
      }
    }
    return state.outputs(for: points)
  }

  /// How far values lie from a middle, by the largest distance where the middle is 0, and how clear each is.
  private static func levels(of values: [Double], around middle: Double) -> (shades: [Shade], clarity: [UInt8]) {
    let values = values.map { $0 - middle }
    let largest = middle == 0 ? values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 } : 0.5
    let shades = values.map { Shade.level(of: largest > 0 ? $0 / largest : 0) }
    return (shades, shades.map { shade in if case .level(let level) = shade { UInt8(abs(level) - 1) } else { 0 } })
  }

  /// Which output is the largest, and how far ahead of the next one it is.
  private static func largest(_ outputs: ArraySlice<Double>) -> (group: Int, lead: Double, isKnown: Bool) {
    var (group, first, second) = (0, -Double.infinity, -Double.infinity)
    for (index, value) in outputs.enumerated() {
      if value.isNaN { return (0, 0, false) }
      if value > first {
        (group, first, second) = (index, value, first)
      } else {
        second = max(second, value)
      }
    }
    let lead = first - second
    return (group, lead.isNaN ? 0 : lead, true)
  }

  /// The shade of a point.
  subscript(row: Int, column: Int) -> Shade { shades[row * width + column] }

  /// A point in one character, for where there are no colours: `+` and `-`, or the class's letter, the closer together the
  /// clearer it is, with a line where the sign changes.
  func character(row: Int, column: Int) -> Character {
    let mark: Character
    switch self[row, column] {
    case .unknown: return "?"
    case .level(let level):
      let isAbove = level > 0
      let next = [(row, column + 1), (row + 1, column)].contains { row, column in
        guard row < height, column < width, case .level(let other) = self[row, column] else { return false }
        return (other > 0) != isAbove
      }
      if next { return "▒" }
      mark = isAbove ? "+" : "-"
    case .group(let group): mark = MapSubject.letter(Int(group), isCapital: false)
    }
    switch clarity[row * width + column] {
    case 3: return mark
    case 2: return (row + column) % 2 == 0 ? mark : " "
    case 1: return row % 2 == 0 && (row / 2 * 2 + column) % 4 == 0 ? mark : " "
    default: return " "
    }
  }
}
