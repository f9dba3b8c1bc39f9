/// A place where the slope of a function that the forward pass takes jumps, for one unit of one sample.
package struct Kink: Hashable, Sendable {
  /// The layer of the unit, counted from 1; of the loss, the last one.
  package let layer: Int
  /// The unit, from 0.
  package let unit: Int
  /// The sample of the batch, from 0.
  package let sample: Int
  /// Whether it is the loss's, in a - y, and not the activation's, in net.
  package let isOfLoss: Bool
  /// Where it is, in net or in a - y.
  package let place: Double
}

/// On which side of their kinks the units of a forward pass stand: -1 below, 1 above, 0 at one.
package struct KinkSides: Sendable {
  /// A layer, or the loss behind the last one, with the kinks that each of its units has.
  private struct Row {
    let layer: Int
    let isOfLoss: Bool
    let kinks: [Double]
    let units: Int
  }

  private let rows: [Row]
  private var sides: [Int8] = []

  /// The kinks of a network's activations and loss; nothing is noted yet.
  package init(of network: Network) {
    var rows: [Row] = []
    for (index, layer) in network.layers.enumerated() where !layer.activation.kinks.isEmpty {
      rows.append(Row(layer: index + 1, isOfLoss: false, kinks: layer.activation.kinks, units: layer.units))
    }
    if !network.loss.kinks.isEmpty {
      rows.append(
        Row(layer: network.layers.count, isOfLoss: true, kinks: network.loss.kinks, units: network.outputs))
    }
    self.rows = rows
  }

  /// Notes the sides as they are in a pass, after `settle`; those of layers before one are left.
  package mutating func note(_ pass: ForwardPass, from layer: Int) {
    guard !rows.isEmpty else { return }
    let numbers = pass.state.workspace
    var at = 0
    for row in rows {
      let count = row.units * numbers.samples
      defer { at += count * row.kinks.count }
      if sides.count < at + count * row.kinks.count {
        sides += Array(repeating: 0, count: at + count * row.kinks.count - sides.count)
      }
      guard row.layer >= layer else { continue }
      let buffers = numbers.layers[row.layer - 1]
      for (index, kink) in row.kinks.enumerated() {
        for place in 0..<count {
          let value = row.isOfLoss ? buffers.a[place] - numbers.y[place] : buffers.net[place]
          sides[at + index * count + place] = value > kink ? 1 : value < kink ? -1 : 0
        }
      }
    }
  }

  /// The kinks that lie between two standings of the same pass, in layers from one on.
  package func between(_ other: KinkSides, samples: Int, from layer: Int) -> [Kink] {
    var found: [Kink] = []
    var at = 0
    for row in rows {
      let count = row.units * samples
      defer { at += count * row.kinks.count }
      guard row.layer >= layer, other.sides.count >= at + count * row.kinks.count else { continue }
      for place in 0..<count * row.kinks.count where sides[at + place] * other.sides[at + place] == -1 {
        let (index, unit) = place.quotientAndRemainder(dividingBy: count)
        found.append(
          Kink(
            layer: row.layer, unit: unit % row.units, sample: unit / row.units, isOfLoss: row.isOfLoss,
            place: row.kinks[index]))
      }
    }
    return found
  }
}
