import Engine

extension Panel {
  /// The samples as a table, those of the batch marked and the one on show before all.
  static let data = Panel(
    "data", "the samples, with those of the batch marked",
    title: { scene in
      let data = scene.state.experiment.data
      let name = data.name.isEmpty ? "" : " " + data.name
      let order = scene.state.experiment.order == .sequential ? "" : ", \(scene.tongue("shuffled"))"
      return Title(
        "\(scene.tongue("Data"))\(name)", remark: "\(data.count) × \(data.inputCount) -> \(data.targetCount)\(order)")
    },
    applies: { !$0.state.experiment.data.isEmpty },
    columns: { _ in Extent(20, 60) },
    rows: { scene, _ in
      Extent(2, min(scene.state.experiment.data.count, 8) + 1, most: scene.state.experiment.data.count + 1)
    }, draw: drawData)

  private static let numberWidth = 8

  @Sendable private static func drawData(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    let (state, data) = (scene.state, scene.state.experiment.data)
    let onShow = state.batch.indices.contains(state.selected) ? state.batch[state.selected] : nil
    let scroll = scene.view.scroll(of: "data")
    let visible = max(height - 1, 0)
    let first = grid.firstLine("data", scene, count: data.count, rows: visible, from: (onShow ?? 0) - visible / 2)
    let start = String(data.count).count + 4
    let room = max((width - start - 2) / numberWidth, 1)
    let columns = data.inputCount + data.targetCount
    let firstColumn = min(max(scroll.columns, 0), max(columns - room, 0))
    grid.scrolls["data"]?.columns = firstColumn
    let shown = firstColumn..<min(firstColumn + room, columns)
    drawDataHeading(data, shown, start: start, &grid)
    let batch = Set(state.batch)
    for row in 0..<visible where first + row < data.count {
      let sample = first + row
      let mark = sample == onShow ? ">" : batch.contains(sample) ? "*" : " "
      let style = Style(sample == onShow ? .lit : batch.contains(sample) ? .plain : .muted)
      grid.put(mark, row: row + 1, column: 0, style: style)
      grid.put(String(sample + 1), row: row + 1, endingBefore: start - 2, style: style)
      for (index, column) in shown.enumerated() {
        let isInput = column < data.inputCount
        let value =
          isInput
          ? data.inputs[sample * data.inputCount + column]
          : data.targets[sample * data.targetCount + column - data.inputCount]
        let shift = isInput ? 0 : 2
        let text = givenText(value, width: numberWidth - 1, digits: scene.tableDigits)
        grid.put(text, row: row + 1, column: start + index * numberWidth + shift, style: Style(style.role), end: width)
        if column == data.inputCount {
          grid.put("->", row: row + 1, column: start + index * numberWidth, style: Style(.rule), end: width)
        }
      }
      grid.mark(.sample(sample), row: row + 1, columns: 0..<width)
    }
    return grid
  }

  private static func drawDataHeading(_ data: Dataset, _ shown: Range<Int>, start: Int, _ grid: inout Grid) {
    for (index, column) in shown.enumerated() {
      let isInput = column < data.inputCount
      let number = isInput ? column : column - data.inputCount
      let names = isInput ? data.inputNames : data.targetNames
      let name = number < names.count ? names[number] : "\(isInput ? "x" : "y")[\(number + 1)]"
      let end = start + index * numberWidth + (isInput ? 0 : 2) + numberWidth - 1
      if end <= grid.width {
        grid.put(name.clipped(to: numberWidth - 1), row: 0, endingBefore: end, style: Style(.label))
      }
    }
  }
}
