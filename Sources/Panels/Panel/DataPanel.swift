import Engine
import Notation

extension Panel {
  /// The samples as a table: those of the batch and those held out marked, and beside each what the network makes of it.
  package static let data = Panel(
    "data", "the samples, with those of the batch marked, and what the network makes of each",
    .main(.then(8)), arrows: .own
  ) { scene in
    let experiment = scene.state.experiment
    guard !experiment.data.isEmpty || experiment.network.isComplete else { return nil }
    let count = experiment.data.givenCount
    return Prepared(
      title: { dataTitle(scene) }, columns: Room(20, 60), rows: Room(2, min(count, 8) + 1, most: count + 1)
    ) { grid in DataTable(scene, &grid).draw(into: &grid) }
  }
  .with(Sign.ofData)

  private static func dataTitle(_ scene: Scene) -> Title {
    let data = scene.state.experiment.data
    let name = data.name.isEmpty ? "" : " " + data.name
    let order = scene.state.experiment.order == .sequential ? "" : ", \(scene.tongue("shuffled"))"
    let scaling = data.scaling == .none ? "" : ", \(data.scaling.rawValue)"
    let held = data.heldOutNumbers.isEmpty ? "" : ", \(data.heldOutNumbers.count) \(scene.tongue("held out"))"
    return Title(
      "\(scene.tongue("Data"))\(name)",
      remark: "\(data.givenCount) × \(data.inputCount) -> \(data.targetCount)\(scaling)\(held)\(order)")
  }
}

/// The table of samples in so many cells.
private struct DataTable {
  private let scene: Scene
  private let data: Dataset
  private let width: Int
  /// The samples on show, as numbers from 0 among all that were given.
  private let samples: Range<Int>
  /// The columns on show: inputs, then targets.
  private let shown: Range<Int>
  private let start: Int
  private let judged: JudgedSamples?
  /// How the numbers of each column on show are written.
  private var aligned: [AlignedNumbers] = []
  /// The number that the keys act on; nil where they belong to another panel.
  private let cursor: Datum?

  private static let numberWidth = 8

  /// The part that a grid has room for; the grid is told how far the panel is scrolled.
  init(_ scene: Scene, _ grid: inout Grid) {
    self.scene = scene
    width = grid.width
    let (state, data) = (scene.state, scene.state.experiment.data)
    self.data = data
    let cursor = scene.view.focus == Panel.data.name ? scene.view.datum(in: state) : nil
    self.cursor = cursor
    let selected = state.batch.indices.contains(state.selected) ? data.number(of: state.batch[state.selected]) : 0
    let onShow = cursor?.sample ?? selected
    let visible = max(grid.height - 1, 0)
    let first = grid.firstLine("data", scene, count: data.givenCount, rows: visible, from: onShow - visible / 2)
    samples = first..<min(first + visible, data.givenCount)
    start = String(data.givenCount).count + 4
    let columns = data.inputCount + data.targetCount
    // The samples' own numbers come first; the answers get what a few columns leave.
    let rest = width - start - 2 - JudgedSamples.width
    judged = columns > 0 && rest / DataTable.numberWidth >= min(columns, 4) ? JudgedSamples(state, samples) : nil
    let room = max((judged == nil ? width - start - 2 : rest) / DataTable.numberWidth, 1)
    var wished = scene.view.scroll(of: "data").columns
    if let cursor { wished = min(max(wished, cursor.column - room + 1), cursor.column) }
    let firstColumn = min(max(wished, 0), max(columns - room, 0))
    grid.scrolls["data"]?.columns = firstColumn
    shown = firstColumn..<min(firstColumn + room, columns)
    aligned = shown.map { column in
      AlignedNumbers(
        given: samples.map { value($0, column) }, digits: scene.tableDigits, atMost: DataTable.numberWidth - 1)
    }
  }

  /// A number of a sample, both counted from 0: its inputs, then its targets.
  private func value(_ sample: Int, _ column: Int) -> Double {
    let (input, target) =
      switch data.use(of: sample) {
      case .training(let place): (data.input(place), data.target(place))
      case .heldOut(let place): (data.heldOut.input(place), data.heldOut.target(place))
      }
    return column < data.inputCount
      ? input[input.startIndex + column] : target[target.startIndex + column - data.inputCount]
  }

  /// Where the network's answers stand.
  private var judgement: Int { start + shown.count * DataTable.numberWidth + 3 }

  func draw(into grid: inout Grid) {
    guard data.givenCount > 0 else {
      grid.put(
        scene.tongue(
          scene.view.focus == Panel.data.name
            ? "no sample yet: i adds one, a has more ways"
            : "no sample yet: \(Panel.barKey)\(Panel.data.number ?? "") goes here, then i adds one"), row: 0, column: 1,
        style: Style(.label), end: width)
      grid.mark(.key("i"), row: 0, columns: 0..<width)
      return
    }
    drawHeading(&grid)
    let batch = Set(scene.state.batch)
    let state = scene.state
    let onShow = state.batch.indices.contains(state.selected) ? state.batch[state.selected] : nil
    for (row, number) in samples.enumerated() where StopSign.current?.isUp != true {
      switch data.use(of: number) {
      case .training(let sample):
        let isOnShow = sample == onShow
        let mark = isOnShow ? ">" : batch.contains(sample) ? "*" : " "
        let style = Style(isOnShow ? .lit : batch.contains(sample) ? .plain : .muted)
        drawRow(number, row + 1, mark, style, &grid)
        grid.mark(.sample(sample), row: row + 1, columns: 0..<(start - 2))
      case .heldOut: drawRow(number, row + 1, "h", Style(.frozen), &grid)
      }
      if let judged { drawJudgement(judged, row, &grid) }
    }
    grid.markHidden(
      before: samples.lowerBound, shown: samples.count, of: data.givenCount, top: 1, column: start - 1)
  }

  private func drawRow(
    _ number: Int, _ row: Int, _ mark: String, _ style: Style, _ grid: inout Grid
  ) {
    grid.put(mark, row: row, column: 0, style: style)
    grid.put(String(number + 1), row: row, endingBefore: start - 2, style: style)
    for (index, column) in shown.enumerated() {
      let isInput = column < data.inputCount
      let left = start + index * DataTable.numberWidth
      let text = aligned[index].text(value(number, column), width: DataTable.numberWidth - 1)
      let place = left + (isInput ? 0 : 2)
      let datum = Datum(sample: number, column: column)
      grid.put(text, row: row, column: place, style: Style(datum == cursor ? .selected : style.role), end: width)
      if datum == cursor { bracket(row, place, &grid) }
      grid.mark(
        .datum(sample: number, column: column), row: row, columns: place..<(place + DataTable.numberWidth - 1))
      if column == data.inputCount { grid.put("->", row: row, column: left, style: Style(.rule), end: width) }
    }
  }

  /// The number under the cursor stands in brackets where there is room for them.
  private func bracket(_ row: Int, _ place: Int, _ grid: inout Grid) {
    let columns = place..<(place + DataTable.numberWidth - 1)
    let isFilled = { [grid] column in grid[row, column].character != " " }
    guard let first = columns.first(where: isFilled), let last = columns.last(where: isFilled) else { return }
    grid.put("[", row: row, column: first - 1, style: Style(.title))
    grid.put("]", row: row, column: last + 1, style: Style(.title), end: width)
  }

  private func drawJudgement(_ judged: JudgedSamples, _ row: Int, _ grid: inout Grid) {
    let text = judged.text(row, width: DataTable.numberWidth - 1, digits: scene.tableDigits)
    grid.put(text, row: row + 1, column: judgement, style: Style(.plain), end: width)
    guard data.isOfClasses, judgement + DataTable.numberWidth + 1 < width else { return }
    let isRight = judged.areRight[row]
    grid.put(
      isRight ? "✓" : "✗", row: row + 1, column: judgement + DataTable.numberWidth + 1,
      style: Style(isRight ? .good : .bad))
  }

  private func drawHeading(_ grid: inout Grid) {
    let names = shown.map { column in
      let isInput = column < data.inputCount
      let number = isInput ? column : column - data.inputCount
      let names = isInput ? data.inputNames : data.targetNames
      return number < names.count ? names[number] : "\(isInput ? "x" : "y")[\(number + 1)]"
    }.distinct(in: DataTable.numberWidth - 1)
    for (index, column) in shown.enumerated() {
      let isInput = column < data.inputCount
      let end = start + index * DataTable.numberWidth + (isInput ? 0 : 2) + DataTable.numberWidth - 1
      if end <= grid.width {
        grid.put(names[index], row: 0, endingBefore: end, style: Style(.label))
      }
    }
    // What is scrolled away, or has no room, is marked.
    if shown.lowerBound > 0 { grid.put("‹", row: 0, column: 0, style: Style(.label)) }
    if shown.upperBound < data.inputCount + data.targetCount {
      grid.put("›", row: 0, column: min(judgement - 2, width - 1), style: Style(.label))
    }
    guard judged != nil else { return }
    let heading = data.targetCount == 1 ? "out" : scene.tongue("taken for")
    grid.put(heading, row: 0, column: judgement, style: Style(.label), end: width)
  }
}
