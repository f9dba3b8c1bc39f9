@testable import Engine

/// Whether two numbers differ by at most a share of the larger, or by that much where both are below 1. NaN agrees with
/// NaN here: where the plain rules give one, so must the core.
func agree(_ one: Double, _ other: Double, within tolerance: Double) -> Bool {
  one == other || one.isNaN && other.isNaN
    || abs(one - other) <= tolerance * max(1, min(abs(one), abs(other)))
}

func agree(_ one: [Double], _ other: [Double], within tolerance: Double) -> Bool {
  one.count == other.count && zip(one, other).allSatisfy { agree($0, $1, within: tolerance) }
}

extension State {
  /// Every quantity that the network at a state has.
  var quantities: [Quantity] {
    Quantity.Kind.all.flatMap { kind in
      kind.isOfLayer ? (1...max(experiment.network.layers.count, 1)).map { Quantity(kind, $0) } : [Quantity(kind)]
    }
  }

  /// Everything that can be read at a state, to the bit: values, what is not there yet, versions and where it is.
  var bits: [String] {
    var lines = ["\(place) step \(step) epoch \(epoch) \(phase) \(layer) batch \(batch) selected \(selected)"]
    for quantity in quantities {
      for sample in quantity.kind.isOfSample ? Array(batch.indices) : [0] {
        let what: String
        do throws(NotComputed) {
          what = try value(of: quantity, sample: sample).bits
        } catch {
          what = error.message.description
        }
        let partial = try? partialValue(of: quantity, sample: sample)
        lines.append("\(quantity.name)[\(sample)] \(what) | \(partial?.bits ?? "") v\(version(of: quantity))")
      }
      if let before = forwardValue(of: quantity) { lines.append("\(before.value.bits) v\(before.version)") }
      if let before = forwardMemory(of: quantity) { lines.append(before.bits) }
    }
    return lines
  }
}

/// The first lines in which two states differ, or nil where they are the same to the bit.
func difference(_ one: State, _ other: [String]) -> String? {
  let bits = one.bits
  guard bits != other else { return nil }
  let lines = zip(bits, other).first { $0 != $1 }
  return "\(lines?.0 ?? "\(bits.count) lines") is not \(lines?.1 ?? "\(other.count) lines")"
}

extension Matrix {
  /// The shape and each element's bit pattern.
  var bits: String { shape + " " + elements.map { String($0.bitPattern, radix: 16) }.joined(separator: ",") }
}

extension Timeline {
  /// A line that keeps every iteration as long as its budget has room, so that few iterations make many checkpoints.
  init(dense experiment: Experiment, memory: Int = 48 << 20) {
    self.init(experiment, memory: memory)
    checkpoints.longestStretch = 1
  }

  /// Goes to the end of so many iterations.
  mutating func train(_ iterations: Int) { move(to: Place(iteration: iterations)) }
}
