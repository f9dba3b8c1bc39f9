import Engine
import Notation
import Panels

// What `/` finds, by name: quantities, units, panels, commands and keys.
extension Session {
  /// Everything that has a name here; cells, which are many, as their names are typed.
  var findMenu: Menu {
    let state = timeline.state
    return Menu("Find", findQuantities + findUnits + findPanels + findCommands + findKeys) { typed in
      state.cells(named: typed).map { cell in
        MenuRow(
          Text(verbatim: state.name(of: cell)), value: "cell: \(state.words(of: cell))",
          preview: .text([cell.quantity.kind.meaning]), .select(cell))
      }
    }
  }

  private var findQuantities: [MenuRow] {
    let state = timeline.state
    let layers = 1..<(state.experiment.network.layers.count + 1)
    let all = Quantity.Kind.all.flatMap { kind in
      kind.isOfLayer ? layers.map { Quantity(kind, $0) } : [Quantity(kind)]
    }
    return all.filter { state.contains(Selection($0)) }.map { quantity in
      let shape = state.shape(of: quantity).map { "\($0.rows)×\($0.columns)" } ?? ""
      return MenuRow(
        Text(verbatim: quantity.name), value: "quantity: \(quantity.kind.meaning)",
        words: Text(verbatim: "\(quantity.shownName) \(quantity.kind.page)"),
        preview: .text([
          "\(quantity.kind.meaning), \(shape)", "\(quantity.name) = \(state.words(of: quantity, writing))",
        ]),
        .select(Selection(quantity)))
    }
  }

  /// A list with more units than this is found its way through by cells.
  private static let mostUnits = 300

  private var findUnits: [MenuRow] {
    let state = timeline.state
    let network = state.experiment.network
    guard network.layers.reduce(0, { $0 + $1.units }) <= Session.mostUnits else { return [] }
    return network.layers.indices.flatMap { index in
      (0..<network.layers[index].units).map { row in
        let cell = Selection(Quantity(.a, index + 1), row: row)
        return MenuRow(
          "unit \(row + 1) of layer \(index + 1)", value: "unit: \(state.name(of: cell)), \(state.words(of: cell))",
          words: Text(verbatim: "layer \(index + 1) unit \(row + 1)"),
          preview: .text(["its numbers are a row of the layer's table"]), .select(cell))
      }
    }
  }

  private var findPanels: [MenuRow] {
    Panel.body.map { panel in
      MenuRow(
        Text(verbatim: panel.name), value: "panel: \(panel.meaning)",
        preview: .text([panel.meaning, "\(Panel.barKey) \(panel.number ?? "") goes there too"]), .panel(panel.name))
    }
  }

  private var findCommands: [MenuRow] {
    Command.all.map { command in
      let key = Binding.key(for: command.name).map { " \($0)" } ?? ""
      return MenuRow(
        Text(verbatim: command.name), value: "command\(key): \(command.help)",
        words: Text(verbatim: (command.shortForms + command.elsewhere).joined(separator: " ")),
        preview: .text([Text(verbatim: command.usage), command.help]), .prompt(command.name + " "))
    }
  }

  private var findKeys: [MenuRow] {
    Binding.all.compactMap { row in
      let panel = row.contexts.first.flatMap(Panel.named)
      guard !row.meaning.isEmpty, row.contexts.isEmpty || panel.map(Panel.isOfBody) == true, let key = row.keys.first
      else { return nil }
      let place: Text = panel.map { " in the panel \($0.name)" } ?? ""
      return MenuRow(
        Text(verbatim: row.shownKeys), value: "key\(place): \(row.meaning)",
        words: Text(verbatim: row.command ?? ""), preview: .text([row.meaning]), .key(key, panel: panel?.name))
    }
  }
}

extension Panel {
  /// Whether the keys may belong to it.
  fileprivate static func isOfBody(_ panel: Panel) -> Bool { body.contains { $0.name == panel.name } }
}

extension Binding {
  /// The key that stands for a command everywhere; nil where none does.
  package static func key(for command: String) -> String? {
    all.first { $0.command == command && $0.contexts.isEmpty }?.keys.first
  }
}

extension State {
  /// At most so many cells are offered.
  private static let mostCells = 40

  /// The cells whose names begin with what was typed, `w1[2,` for instance.
  func cells(named typed: String) -> [Selection] {
    let parts = typed.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let quantity = Quantity.named(shown: parts[0]), contains(Selection(quantity)),
      let shape = shape(of: quantity)
    else { return [] }
    let indices = parts[1].filter { $0 != "]" && $0 != " " }.split(separator: ",", omittingEmptySubsequences: false)
    guard indices.count <= 2 else { return [] }
    let (row, column) = (indices.first.map(String.init) ?? "", indices.dropFirst().first.map(String.init))
    let isClosed = parts[1].hasSuffix("]")
    func fits(_ index: Int, _ text: String, isWhole: Bool) -> Bool {
      isWhole ? "\(index + 1)" == text : "\(index + 1)".hasPrefix(text)
    }
    var found: [Selection] = []
    for r in 0..<shape.rows where fits(r, row, isWhole: column != nil || isClosed) {
      for c in 0..<shape.columns where fits(c, column ?? "", isWhole: isClosed && column != nil) {
        found.append(Selection(quantity, row: r, column: c))
        if found.count == State.mostCells { return found }
      }
    }
    return found
  }

  /// What a cell holds, in a few figures.
  func words(of cell: Selection) -> Text {
    element(cell).map { Text(verbatim: significant($0, digits: 4)) } ?? "not computed yet"
  }

  /// What a quantity holds, as long as it is short.
  fileprivate func words(of quantity: Quantity, _ writing: Writing) -> Text {
    guard let value = try? value(of: quantity) else { return "not computed yet" }
    return value.count > 40 ? "\(counted(value.count, "number"))" : Text(verbatim: writing.matrix(value))
  }
}

extension Quantity {
  /// The quantity of that name, as it is typed or as the screen writes it: `delta2`, `δ2`.
  fileprivate static func named(shown name: String) -> Quantity? {
    named(name) ?? named(name.replacingSign("δ", with: "delta").replacingSign("∂", with: "d"))
  }
}

extension String {
  fileprivate func replacingSign(_ sign: Character, with text: String) -> String {
    reduce(into: "") { $0 += $1 == sign ? text : String($1) }
  }
}
