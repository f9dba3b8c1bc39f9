import Engine

/// Where the picture of a network has its units: a column of boxes for each layer, with gaps between for the edges. It
/// depends on the network, the window and what is chosen, never on the step on show, so that only numbers and light change.
struct NetworkGeometry: Equatable {
  /// One layer of the picture.
  struct Column: Equatable {
    /// The layer; 0 is the input.
    let layer: Int
    /// How many units it has.
    let units: Int
    /// Those that are shown in boxes.
    let shown: Range<Int>
    /// The first cell of its boxes.
    var left: Int
    /// How many cells a box takes.
    let width: Int
    /// How many cells the strip takes that shows all units of a layer which is too tall; 0 where there is none.
    let strip: Int
    /// The row of the first unit shown, and the distance to the next.
    let top: Int
    let spacing: Int
    /// The row of the node that the biases of the next layer come from; nil where there is none.
    let bias: Int?

    /// The cell after its boxes.
    var right: Int { left + width }
    /// The row of a unit, or nil where it is not shown.
    func row(of unit: Int) -> Int? { shown.contains(unit) ? top + (unit - shown.lowerBound) * spacing : nil }
  }

  /// What a box holds: net, the activation and δ, the last two, or only the one that is the matter now.
  enum Boxes: CaseIterable {
    case wide, full, compact

    /// How many cells a box takes.
    var width: Int {
      switch self {
      case .wide: 23
      case .full: 16
      case .compact: 8
      }
    }

    /// The narrowest gap between two columns.
    var leastGap: Int {
      switch self {
      case .wide: 18
      case .full: 12
      case .compact: 8
      }
    }

    /// How many cells the targets and the loss take.
    var targets: Int { self == .wide ? 26 : 9 }
  }

  let columns: [Column]
  let boxes: Boxes
  /// The cells in which the targets and the loss stand; nil where the last layer is out of sight.
  let targets: Range<Int>?
  /// How many layers, the input included, lie out of sight on either side.
  let hidden: (left: Int, right: Int)

  static func == (one: NetworkGeometry, other: NetworkGeometry) -> Bool {
    one.columns == other.columns && one.boxes == other.boxes && one.targets == other.targets
      && one.hidden == other.hidden
  }

  /// `[0.0500]`
  static let inputBox = 8
  /// The largest distance between the rows of two units.
  static let widestSpacing = 8
  /// More edges than this between two layers are shown as the matrix of their weights.
  static let mostEdges = 12
  private static let stripWidth = 4
  private static let widestGap = 30

  init(_ scene: Scene, width: Int, height: Int) {
    let network = scene.state.experiment.network
    let last = network.inputs > 0 ? network.layers.count : -1
    let centre = scene.view.selection?.pictureLayer(in: network) ?? scene.state.layer
    let (room, rows) = (width - 2, height - 1)
    // All layers with the widest boxes that have room, else a window of them around the one on show.
    let fitting = Boxes.allCases.first { boxes in
      NetworkGeometry.widths(network, 0...max(last, 0), boxes, rows: rows) + last * boxes.leastGap + boxes.targets
        <= room
    }
    let boxes = fitting ?? .full
    let shown =
      fitting != nil || last < 0
      ? 0..<(last + 1)
      : NetworkGeometry.window(
        around: centre + scene.view.scroll(of: "network").columns, last: last, room: room,
        isTall: (0...last).contains { NetworkGeometry.isTall(network, $0, rows: rows) })
    self.boxes = boxes
    hidden = (shown.lowerBound, last + 1 - shown.upperBound)
    let isLastShown = shown.upperBound == last + 1
    let taken =
      shown.isEmpty
      ? 0 : NetworkGeometry.widths(network, shown.lowerBound...(shown.upperBound - 1), boxes, rows: rows)
    let margins = (hidden.left > 0 ? 2 : 0) + (hidden.right > 0 ? 2 : 0)
    let left = max(room - taken - margins - (isLastShown ? boxes.targets : 0), 0)
    let gaps = NetworkGeometry.gaps(network, shown, boxes, sharing: left, rows: rows)
    // What is left over stands on both sides.
    var position = (hidden.left > 0 ? 3 : 1) + (left - gaps.reduce(0, +)) / 2
    let showsBias = NetworkGeometry.hasRowForBias(network, rows: rows)
    var columns: [Column] = []
    for layer in shown {
      let column = NetworkGeometry.column(scene, layer, boxes, left: position, rows: rows, showsBias: showsBias)
      columns.append(column)
      position = column.right + (layer - shown.lowerBound < gaps.count ? gaps[layer - shown.lowerBound] : 0)
    }
    self.columns = columns
    targets = isLastShown ? columns.last.map { ($0.right + 1)..<($0.right + boxes.targets) } : nil
  }

  // MARK: columns

  private static func isTall(_ network: Network, _ layer: Int, rows: Int) -> Bool { network.units(layer) > rows }

  private static func width(_ network: Network, _ layer: Int, _ boxes: Boxes, rows: Int) -> Int {
    (layer == 0 ? inputBox : boxes.width) + (isTall(network, layer, rows: rows) ? stripWidth + 1 : 0)
  }

  private static func widths(_ network: Network, _ layers: ClosedRange<Int>, _ boxes: Boxes, rows: Int) -> Int {
    layers.reduce(0) { $0 + width(network, $1, boxes, rows: rows) }
  }

  /// As many layers in full as have room, with the one on show among them and if it can be in the middle.
  private static func window(around centre: Int, last: Int, room: Int, isTall: Bool) -> Range<Int> {
    let each = Boxes.full.width + (isTall ? stripWidth + 1 : 0)
    let count = min(max((room - 4 + Boxes.full.leastGap) / (each + Boxes.full.leastGap), 1), last + 1)
    let first = min(max(centre - count / 2, 0), last + 1 - count)
    return first..<(first + count)
  }

  /// The gaps behind each layer shown but the last: each at least its least, then alike as far as they have a use for it.
  private static func gaps(
    _ network: Network, _ shown: Range<Int>, _ boxes: Boxes, sharing room: Int, rows: Int
  ) -> [Int] {
    let pairs = shown.dropLast()
    let least = min(boxes.leastGap, pairs.isEmpty ? 0 : room / pairs.count)
    let wishes = pairs.map { layer in
      let (from, to) = (network.units(layer), network.units(layer + 1))
      return max(from * to <= mostEdges ? widestGap : min((min(from, 40) + 2) * 6, 90), least)
    }
    let left = room - least * pairs.count
    let wished = wishes.reduce(0) { $0 + $1 - least }
    return wishes.map { wished <= left ? $0 : least + ($0 - least) * left / max(wished, 1) }
  }

  /// Whether there is a row for the nodes of the biases, without the units standing too close for it.
  private static func hasRowForBias(_ network: Network, rows: Int) -> Bool {
    let most = (0...network.layers.count).map(network.units).max() ?? 0
    let spacing = most <= 3 ? 3 : most <= 8 ? 2 : 1
    return rows - 2 >= (most - 1) * spacing + 1
  }

  private static func column(
    _ scene: Scene, _ layer: Int, _ boxes: Boxes, left: Int, rows: Int, showsBias: Bool
  ) -> Column {
    let network = scene.state.experiment.network
    let units = network.units(layer)
    let hasBias = showsBias && layer < network.layers.count && network.layers[layer].biasCount > 0
    let room = max(showsBias ? rows - 2 : rows, 0)
    let visible = min(units, room)
    let spacing = visible > 1 ? min(max((room - 1) / (visible - 1), 1), widestSpacing) : 1
    let taken = visible > 0 ? (visible - 1) * spacing + 1 : 0
    let strip = isTall(network, layer, rows: rows) ? stripWidth : 0
    var first = 0
    if visible < units {
      let selection = scene.view.selection
      let isHere = selection?.pictureLayer(in: network) == layer
      first = isHere ? (selection?.row ?? 0) - visible / 2 : 0
      first = min(max(first + scene.view.scroll(of: "network").rows, 0), units - visible)
    }
    return Column(
      layer: layer, units: units, shown: first..<(first + visible), left: left + (strip > 0 ? strip + 1 : 0),
      width: layer == 0 ? inputBox : boxes.width, strip: strip, top: 1 + max((room - taken) / 2, 0), spacing: spacing,
      bias: hasBias ? rows : nil)
  }
}
