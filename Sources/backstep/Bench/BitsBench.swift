import Engine
import Formats

/// `backstep bench bits`: the SHA-256 of the weights and biases that each workload comes to. They are the same bits on every
/// processor, whatever it can do, so these are the same digits.
enum BitsBench {
  static func run() {
    for workload in Workload.all {
      Output.put(["\(digest(workload))  \(workload.title), \(workload.iterations) iterations"])
    }
  }

  /// That of the bits of all weights and biases, layer by layer, the lowest byte of each first.
  static func digest(_ workload: Workload) -> String {
    var line = Timeline(workload.experiment)
    line.move(to: Place(iteration: workload.iterations))
    var bytes: [UInt8] = []
    for layer in line.state.parameters {
      for value in layer.w.values + layer.b.values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
      }
    }
    return SHA256.digest(of: bytes)
  }
}
