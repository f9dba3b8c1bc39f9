import Engine
import Notation

/// The blocks of a layer's table as they stand on the screen, in the order in which the arrows go through them, with what
/// is shown between them but not selected: the old weight beside the new, e^(z − max) beside softmax.
struct LayerBlocks {
  let scene: Scene
  let table: LayerTable
  /// Side by side.
  private(set) var blocks: [TableBlock] = []
  /// The gradients, where they stand in rows of their own under the units.
  private(set) var below: [[TableBlock]] = []

  private var state: State { scene.state }
  private var network: Network { state.experiment.network }
  private var layer: Int { table.layer }
  private var letter: String { network.indexLetter(ofLayer: layer) }
  /// Whether the columns are summed under the units.
  var hasSums: Bool {
    network.layers[layer - 1].hasFullJacobian && table.blocks.contains { $0.quantity.kind == .a }
  }

  /// The blocks with all the room that they have a use for.
  init?(_ scene: Scene) {
    guard let table = LayerTable(scene.state, layer: scene.layerOnShow) else { return nil }
    self.init(scene, table)
    let other = blocksBeside
    for block in table.blocks {
      var own = self.blocks(for: block.quantity)
      if let theirs = other?.blocks(for: block.quantity), theirs.count == own.count {
        for index in own.indices { own[index].put(beside: theirs[index]) }
      }
      blocks += own + given(for: block.quantity)
    }
    for index in blocks.indices {
      // A sign has its own place, and a blank before it.
      let sign = blocks[index].sign.isEmpty ? 0 : 2
      blocks[index].measure(widthOfNumbers(blocks[index]) + sign)
    }
    widen(by: 1)
  }

  /// The same layer without its blocks.
  private init(_ scene: Scene, _ table: LayerTable) { (self.scene, self.table) = (scene, table) }

  /// The same layer of the future beside; nil where none is, or it has no such layer.
  private var blocksBeside: LayerBlocks? {
    guard let other = scene.beside?.state, let table = LayerTable(other, layer: layer) else { return nil }
    var there = scene
    (there.state, there.beside) = (other, nil)
    return LayerBlocks(there, table)
  }

  /// How many rows a unit takes: one more for the future beside, whether it differs at this step or not.
  var rowsPerUnit: Int { scene.beside == nil ? 1 : 2 }

  /// The blocks as they stand in so many columns of the screen.
  func fitted(to width: Int) -> LayerBlocks {
    var blocks = self
    blocks.fit(into: width)
    return blocks
  }

  private mutating func widen(by air: Int) {
    for index in blocks.indices { blocks[index].width = max(leastWidth + air, blocks[index].fullWidth) }
  }

  /// Finds the widest form that there is room for. What is least wanted goes first: air, f′, the versions in an update's
  /// headings, the place of the gradients beside the rest, what nobody else's numbers stand beside, and significant digits
  /// last of all.
  private mutating func fit(into width: Int) {
    var fits: Bool { marginWidth + totalWidth <= width }
    if fits { return }
    widen(by: 0)
    if fits { return }
    blocks.removeAll(where: \.isOptional)
    if fits { return }
    for index in blocks.indices { blocks[index].isShort = true }
    if fits { return }
    moveGradientsBelow(width)
    if fits { return }
    let wide = blocks
    giveWayToWhatWasGiven(width)
    if fits { return }
    for index in blocks.indices { blocks[index].width = leastWidth }
    // Where not even that is enough the columns have to be scrolled, and may as well be whole.
    if !fits { blocks = wide }
  }

  /// What a column takes at least, a few blanks before numbers of ordinary size included.
  private var leastWidth: Int { max(7, scene.tableDigits + 3) }

  /// What a block's numbers take with all their digits; of a table that has to be scrolled anyway it is not looked up.
  private func widthOfNumbers(_ block: TableBlock) -> Int {
    guard table.units * block.columns <= 128 else { return leastWidth }
    return (0..<block.columns).map {
      AlignedNumbers.leastWidth(block.extremes(ofColumn: $0, rows: 0..<table.units), digits: scene.tableDigits)
    }.max() ?? 1
  }

  /// What the unit's number and the mark before it take, or the name of the future beside.
  var marginWidth: Int {
    max(max(2, String(table.units).count) + 2, (scene.beside?.mark.displayWidth).map { $0 + 1 } ?? 0)
  }

  /// What all columns take.
  var totalWidth: Int { blocks.reduce(0) { $0 + $1.totalWidth } + 1 }

  /// Gradients go into a row of their own where the table is too wide and they fit there, or into two where one is short.
  private mutating func moveGradientsBelow(_ width: Int) {
    // Beside somebody else's numbers ours stay where they can be compared.
    let staying = Set(blocks.compactMap(\.quantity).filter(isBesideGiven))
    func isMoved(_ block: TableBlock) -> Bool {
      block.quantity.map { [.dw, .db].contains($0.kind) && !staying.contains($0) } ?? false
    }
    var gradients = blocks.filter(isMoved)
    for index in gradients.indices { gradients[index].width = gradients[index].fullWidth }
    guard !gradients.isEmpty else { return }
    if gradients.reduce(1, { $0 + widthBelow($1) }) <= width {
      below = [gradients]
    } else if gradients.allSatisfy({ 1 + widthBelow($0) <= width }) {
      below = gradients.map { [$0] }
    } else {
      return
    }
    blocks.removeAll(where: isMoved)
  }

  /// Whether somebody else's numbers stand behind a quantity's own.
  private func isBesideGiven(_ quantity: Quantity) -> Bool {
    guard let own = blocks.lastIndex(where: { $0.quantity == quantity }), own + 1 < blocks.count else { return false }
    return !blocks[own + 1].sign.isEmpty
  }

  /// Takes columns away, from the left, until what was compared has room beside what it was compared with. The chosen
  /// number's stay.
  private mutating func giveWayToWhatWasGiven(_ width: Int) {
    guard blocks.contains(where: { !$0.sign.isEmpty }) else { return }
    var index = 0
    while marginWidth + totalWidth > width, index < blocks.count {
      let (block, isNextGiven) = (blocks[index], index + 1 < blocks.count && !blocks[index + 1].sign.isEmpty)
      let isChosen = block.quantity != nil && block.quantity == scene.view.selection?.quantity
      if block.sign.isEmpty, !isNextGiven, !isChosen { blocks.remove(at: index) } else { index += 1 }
    }
  }

  /// What a gradient takes in a row of its own: its name, its numbers, and a stroke between two units'.
  private func widthBelow(_ block: TableBlock) -> Int {
    if isDelta(block) { return 9 }
    let units = table.blocks.first { $0.quantity == block.quantity }?.rows ?? 0
    return 5 + units * block.columns * (block.width + 1) + max(units - 1, 0) * 2
  }

  /// Whether a block is a bias's gradient that is the sample's δ, so that its numbers stand in the table already.
  func isDelta(_ block: TableBlock) -> Bool {
    block.quantity?.kind == .db && state.batch.count == 1 && network.layers[layer - 1].bias == .own
      && state.phase == .backward && scene.view.selection?.quantity != block.quantity
  }

  // MARK: - Blocks

  private func blocks(for quantity: Quantity) -> [TableBlock] {
    let mark = (state.injected.contains(quantity) ? "*" : "") + scene.markOfMistake(in: quantity)
    var block = TableBlock(quantity, in: state) { column in heading(quantity, column) + mark }
    let own = network.layers[layer - 1]
    if state.phase == .update, [.w, .b].contains(quantity.kind) {
      block.shortHeading = { parameter(quantity.kind.name, $0) }
    }
    switch quantity.kind {
    case .w where own.freezesWeights, .b where own.freezesBiases: block.role = .frozen
    case .w, .b:
      guard state.phase == .update else { break }
      let change = Quantity(quantity.kind == .w ? .uw : .ub, layer)
      let done = state.computedUnits(of: change) ?? table.units
      guard done > 0, let old = oldBlock(quantity) else { break }
      block.role = .changed
      block.shortHeading = { parameter(quantity.kind.name + "⁺", $0) }
      return [old, block]
    case .a:
      let rule = own.activation.rule
      if let between = rule.between { return [self.between(between), block] }
      return !own.hasFullJacobian && state.phase == .backward ? [block, slopes] : [block]
    default: break
    }
    return [block]
  }

  /// What somebody else has for a quantity, where that was compared and is wrong: only the wrong numbers.
  private func given(for quantity: Quantity) -> [TableBlock] {
    guard let numbers = scene.compared.departure(of: quantity)?.numbers,
      numbers.isOfBatch || numbers.sample.map({ $0 == state.selected }) ?? true
    else { return [] }
    let (rows, columns) = numbers.isOfBatch ? (numbers.countOfOne, 1) : (numbers.given.rows, numbers.given.columns)
    let first = numbers.isOfBatch ? state.selected * numbers.countOfOne : 0
    let name = heading(quantity, 0).prefix { $0 != "[" }
    var block = TableBlock(columns: columns) { column in
      columns > 1 ? "≠\(name)[\(letter),\(column + 1)]" : "≠\(name)"
    } content: { row, column in
      let place = first + row * columns + column
      guard row < rows, numbers.given.elements.indices.contains(place) else { return .blank }
      return numbers.isWrong(at: place) ? .number(numbers.given.elements[place]) : .blank
    }
    (block.role, block.sign) = (.bad, "≠")
    return [block]
  }

  /// The weights that the forward pass read, beside those that the update makes.
  private func oldBlock(_ quantity: Quantity) -> TableBlock? {
    guard let (value, version) = state.forwardValue(of: quantity) else { return nil }
    let name = quantity.kind.name
    var block = TableBlock(columns: value.columns) { column in
      parameter("\(name)⟨\(version)⟩", column)
    } content: { row, column in
      row < value.rows ? .number(value[row, column]) : .blank
    }
    block.shortHeading = { parameter(name, $0) }
    block.role = .muted
    return block
  }

  /// What a layer that works as a whole goes through: e^(z − max) of softmax, what its shares are shares of.
  private func between(_ between: Activation.Between) -> TableBlock {
    let net = Quantity(.net, layer)
    let activation = network.layers[layer - 1].activation
    let values = (try? state.value(of: net)).flatMap { activation.between(net: $0.elements) }
    let heading = letter(of: net).map { between.formula(net: $0) } ?? between.formula
    return TableBlock { _ in
      heading
    } content: { row, _ in
      guard let values, values.indices.contains(row) else { return .missing }
      return .number(values[row])
    }
  }

  /// f′ of an elementwise layer: the diagonal of its Jacobian.
  private var slopes: TableBlock {
    let jacobian = Quantity(.jacobian, layer)
    let (net, a) = (try? state.value(of: Quantity(.net, layer)), try? state.value(of: Quantity(.a, layer)))
    let computed = state.computedUnits(of: jacobian) ?? table.units
    let activation = network.layers[layer - 1].activation
    var block = TableBlock { _ in
      "f\(layer)′"
    } content: { row, _ in
      guard row < computed, let net, let a, net.elements.indices.contains(row) else { return .missing }
      let slope = activation.jacobian(net: net, a: a, row, row)
      return .number(slope)
    } selection: { row, _ in
      Selection(jacobian, row: row, column: row)
    }
    block.isOptional = true
    return block
  }

  // MARK: - Headings

  /// The name that a page has for a quantity, with the unit's index: `z[k]`.
  private func letter(of quantity: Quantity) -> String? {
    scene.pageNames.first { $0.quantity == quantity }?.name
  }

  /// A parameter's heading: a weight's with its indices, a bias's without.
  private func parameter(_ name: String, _ column: Int) -> String {
    name.hasPrefix("w") ? "\(name)[\(letter),\(column + 1)]" : name
  }

  private func heading(_ quantity: Quantity, _ column: Int) -> String {
    let indices = "[\(letter),\(column + 1)]"
    let page = letter(of: quantity)
    switch quantity.kind {
    case .w where state.phase == .update: return "w⟨\(state.version(of: quantity))⟩" + indices
    case .b where state.phase == .update: return "b⟨\(state.version(of: quantity))⟩"
    case .w: return (page ?? "w") + indices
    case .net, .a, .y, .b: return page.map { "\($0)[\(letter)]" } ?? quantity.kind.name
    case .da: return "∂L/∂" + (letter(of: Quantity(.a, layer)).map { "\($0)[\(letter)]" } ?? "a")
    case .delta:
      return letter(of: Quantity(.net, layer)).map { "δ=∂L/∂\($0)[\(letter)]" } ?? "δ"
    case .dw: return "∂w" + indices
    case .db: return "∂b"
    case .uw: return "Δw" + indices
    case .ub: return "Δb"
    default:
      // What the optimizer remembers: m of the weights, then m of the biases.
      return quantity.kind.parameter == .w ? (quantity.kind.memory ?? quantity.kind.name) + indices : quantity.kind.page
    }
  }
}
