import Engine

/// Where the picture of a network has its units: a column of boxes for each layer, with gaps between for the edges.
struct NetworkGeometry: Equatable {
  /// One layer of the picture.
  struct Column: Equatable {
    /// The layer; 0 is the input.
    let layer: Int
    /// How many units it has.
    let units: Int
    /// Those that are shown.
    let shown: Range<Int>
    /// The first cell of its boxes.
    var left: Int
    /// How many cells a box takes.
    let width: Int
    /// The row of the first unit shown, and the distance to the next.
    let top: Int
    let spacing: Int

    /// The cell after its boxes.
    var right: Int { left + width }
    /// The row of a unit, or nil where it is not shown.
    func row(of unit: Int) -> Int? { shown.contains(unit) ? top + (unit - shown.lowerBound) * spacing : nil }
  }

  /// What a box holds: the activation and δ, or only the one that is the matter now.
  enum Boxes { case full, compact }

  let columns: [Column]
  let boxes: Boxes
  /// The cells at which the targets begin; nil where the last layer is out of sight.
  let targets: Int?
  /// How many layers, the input included, lie out of sight on either side.
  let hidden: (left: Int, right: Int)

  static func == (one: NetworkGeometry, other: NetworkGeometry) -> Bool {
    one.columns == other.columns && one.boxes == other.boxes && one.targets == other.targets
      && one.hidden == other.hidden
  }

  /// `[0.0500]`
  static let compactBox = 8
  /// `[0.5933 +.00877]`
  static let fullBox = 16
  /// Two blanks and a number.
  static let targetWidth = 9
  /// The largest distance between the rows of two units.
  static let widestSpacing = 8
  private static let (leastGap, leastCompactGap, widestGap) = (12, 8, 40)

  init(_ scene: Scene, width: Int, height: Int) {
    let network = scene.state.experiment.network
    let last = network.inputs > 0 ? network.layers.count : -1
    let centre = scene.view.selection?.pictureLayer(in: network) ?? scene.state.layer
    let room = width - 2
    // All layers in full, else all with small boxes, else a window of them around the one on show.
    let full = NetworkGeometry.widths(0...max(last, 0), .full)
    let compact = NetworkGeometry.widths(0...max(last, 0), .compact)
    var (shown, boxes) = (0..<(last + 1), Boxes.full)
    if full + last * NetworkGeometry.leastGap + NetworkGeometry.targetWidth > room {
      if compact + last * NetworkGeometry.leastCompactGap + NetworkGeometry.targetWidth <= room {
        boxes = .compact
      } else {
        shown = NetworkGeometry.window(
          around: centre + scene.view.scroll(of: "network").columns, last: last, room: room)
      }
    }
    self.boxes = boxes
    hidden = (shown.lowerBound, last + 1 - shown.upperBound)
    let isLastShown = shown.upperBound == last + 1
    let taken =
      shown.isEmpty ? 0 : NetworkGeometry.widths(shown.lowerBound...(shown.upperBound - 1), boxes)
    let margins = (hidden.left > 0 ? 2 : 0) + (hidden.right > 0 ? 2 : 0)
    let left = room - taken - margins - (isLastShown ? NetworkGeometry.targetWidth : 0)
    let gaps = max(shown.count - 1, 0)
    let gap = gaps == 0 ? 0 : min(max(left / gaps, 0), NetworkGeometry.widestGap)
    var position = hidden.left > 0 ? 3 : 1
    var columns: [Column] = []
    for layer in shown {
      let column = NetworkGeometry.column(scene, layer, boxes, left: position, rows: height - 1)
      columns.append(column)
      position = column.right + gap
    }
    self.columns = columns
    targets = isLastShown ? columns.last.map { $0.right + 2 } : nil
  }

  private static func boxWidth(_ layer: Int, _ boxes: Boxes) -> Int {
    layer == 0 || boxes == .compact ? compactBox : fullBox
  }

  private static func widths(_ layers: ClosedRange<Int>, _ boxes: Boxes) -> Int {
    layers.reduce(0) { $0 + boxWidth($1, boxes) }
  }

  /// As many layers in full as have room, with the one on show among them and if it can be in the middle.
  private static func window(around centre: Int, last: Int, room: Int) -> Range<Int> {
    let count = min(max((room - 4 + leastGap) / (fullBox + leastGap), 1), last + 1)
    let first = min(max(centre - count / 2, 0), last + 1 - count)
    return first..<(first + count)
  }

  private static func column(_ scene: Scene, _ layer: Int, _ boxes: Boxes, left: Int, rows: Int) -> Column {
    let units = scene.state.experiment.network.units(layer)
    let visible = min(units, max(rows, 0))
    let spacing = visible > 1 ? min(max((rows - 1) / (visible - 1), 1), widestSpacing) : 1
    let taken = visible > 0 ? (visible - 1) * spacing + 1 : 0
    var first = 0
    if visible < units {
      let selection = scene.view.selection
      let isHere = selection?.pictureLayer(in: scene.state.experiment.network) == layer
      first = isHere ? (selection?.row ?? 0) - visible / 2 : 0
      first = min(max(first + scene.view.scroll(of: "network").rows, 0), units - visible)
    }
    return Column(
      layer: layer, units: units, shown: first..<(first + visible), left: left, width: boxWidth(layer, boxes),
      top: 1 + max((rows - taken) / 2, 0), spacing: spacing)
  }
}
