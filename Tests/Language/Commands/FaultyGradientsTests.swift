import Engine
import Notation
import Testing

@testable import Language

/// What a slip makes of whole gradients, iteration by iteration: held against what loops here make of those that the right
/// code computes at the same weights.
@Suite struct FaultyGradientsTests {
  /// A network of two layers, neither of whose matrices is square, and three samples.
  static func network(_ lines: String) -> String {
    """
    input 2
    dense 3 tanh
    dense 2 sigmoid
    sample 0.5 1 -> 1 0
    sample -0.3 0.8 -> 0 1
    sample 0.9 -0.2 -> 1 1
    \(lines)
    set w1 = [0.1 0.4; -0.3 0.2; 0.6 -0.5]
    set b1 = [0.2; -0.1; 0.05]
    set w2 = [0.7 -0.5 0.3; -0.2 0.8 0.1]
    set b2 = [0.15; -0.25]

    """
  }

  private static let slips = ["accumulated", "permuted", "reshaped", "weight-decay", "clipped"]
  private static let settings: [(lines: String, layer: Int?)] = [
    ("batch 1", nil), ("batch 2", nil), ("batch all", nil), ("batch all\nreduction sum", nil), ("batch 2", 1),
    ("batch all", 2), ("batch all\noptimizer sgd rate=0.3 momentum=0.9", nil),
    ("batch 2\noptimizer adam rate=0.1", nil),
  ]

  @Test(arguments: slips, settings)
  func eachIsWhatTheSlipMakesOfTheRightOne(slip: String, setting: (lines: String, layer: Int?)) throws {
    let begin = Self.network(setting.lines)
    var faulty = try session(begin + "mistake \(slip)" + (setting.layer.map { " layer=\($0)" } ?? ""))
    var plain = Slip(name: slip)
    var isOther = false
    for iteration in 1...5 {
      let weights = try ["w1", "b1", "w2", "b2"].map { (name: $0, value: try faulty.value($0)) }
      try faulty.take("run 1")
      var right = try session(begin + (iteration > 1 ? "run \(iteration - 1)\n" : ""))
      try right.take(weights.map { "set \($0.name) = \(Self.typed($0.value))" }.joined(separator: "\n"))
      try right.take("forward\nbackward")
      for (name, weight) in weights {
        let own = try right.value("d" + name)
        let isIn = setting.layer.map { name.hasSuffix("\($0)") } ?? true
        let wanted = isIn ? plain.made(of: own, "d" + name, weight) : own.elements
        let given = try faulty.value("d" + name).elements
        #expect(
          given.count == wanted.count && zip(given, wanted).allSatisfy { abs($0 - $1) < 1e-12 },
          "\(slip), \(setting), d\(name) in iteration \(iteration): \(given), wanted \(wanted)")
        if zip(given, own.elements).contains(where: { abs($0 - $1) > 1e-6 }) { isOther = true }
      }
    }
    #expect(isOther, "\(slip) changes nothing with \(setting)")
  }

  /// A matrix with all of its digits.
  private static func typed(_ matrix: Matrix) -> String {
    let rows = (0..<matrix.rows).map { row in
      (0..<matrix.columns).map { "\(matrix[row, $0])" }.joined(separator: " ")
    }
    return "[\(rows.joined(separator: "; "))]"
  }

  /// A slip written down once more.
  private struct Slip {
    let name: String
    /// What the gradients came to before, and where they are cut off.
    var (left, bounds): ([String: [Double]], [String: Double]) = ([:], [:])

    init(name: String) { self.name = name }

    mutating func made(of right: Matrix, _ quantity: String, _ weight: Matrix) -> [Double] {
      let (rows, columns, all) = (right.rows, right.columns, right.elements)
      switch name {
      case "accumulated":
        let sum = all.indices.map { all[$0] + (left[quantity]?[$0] ?? 0) }
        left[quantity] = sum
        return sum
      case "permuted":
        return all.indices.map { all[($0 / columns + 1) % rows * columns + $0 % columns] }
      case "reshaped":
        guard columns > 1 else { return all }
        var turned: [Double] = []
        for column in 0..<columns { for row in 0..<rows { turned.append(all[row * columns + column]) } }
        return turned
      case "weight-decay":
        return quantity.hasPrefix("dw") ? all.indices.map { all[$0] + 0.01 * weight.elements[$0] } : all
      case "clipped":
        // The largest power of ten that any number is beyond, once and for all.
        let largest = all.map { abs($0) }.max() ?? 0
        let bound = bounds[quantity] ?? [1, 0.1, 0.01, 0.001, 0.0001].first { $0 < largest } ?? .infinity
        bounds[quantity] = bound
        return all.map { max(min($0, bound), -bound) }
      default: return []
      }
    }
  }
}
