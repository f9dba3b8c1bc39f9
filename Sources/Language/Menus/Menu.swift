import Engine
import Panels

/// A list from which what acts on the network, the data or the time is chosen. It is made anew from the session whenever
/// that changes; nothing in it changes a session but the lines that it comes to.
package struct Menu: Sendable {
  /// What is chosen from.
  package let title: Text
  /// The rows.
  package let rows: [MenuRow]
  /// Further rows that are made of what is typed to find them.
  let made: @Sendable (_ typed: String) -> [MenuRow]

  init(_ title: Text, _ rows: [MenuRow], made: @escaping @Sendable (String) -> [MenuRow] = { _ in [] }) {
    self.title = title
    self.rows = rows
    self.made = made
  }

  /// A page's rows as this session makes them.
  package init(_ page: MenuPage, in session: Session) {
    switch page {
    case .build(let layer): self = session.buildMenu(layer)
    case .layer(let draft): self = session.layerMenu(draft)
    case .activations(let draft): self = session.activationMenu(draft)
    case .losses: self = session.lossMenu
    case .optimizers: self = session.optimizerMenu
    case .schemes(let layer): self = session.schemeMenu(layer)
    case .settings(let draft): self = session.settingsMenu(draft)
    case .train: self = session.trainMenu
    case .data: self = session.dataMenu
    case .files(let folder): self = session.fileMenu(folder)
    case .columns(let draft): self = session.columnMenu(draft)
    case .copy(let subject): self = session.copyMenu(subject)
    case .find: self = session.findMenu
    case .answer(let rows): self = session.menu(of: rows)
    }
  }

  /// The row to begin with: the one that is there now, else the first.
  package var first: Int { rows.firstIndex(where: \.isMarked) ?? 0 }
}

/// One page of the menus.
package indirect enum MenuPage: Hashable, Sendable {
  /// What can be done to a layer, counted from 1, and to the network as a whole; 0 is the input.
  case build(layer: Int)
  /// The parts of a layer that is added or made another.
  case layer(LayerDraft)
  /// The activations that it may have.
  case activations(LayerDraft)
  /// The losses, the optimizers.
  case losses, optimizers
  /// The schemes by which weights are drawn, of all layers or of one.
  case schemes(layer: Int?)
  /// The settings of a loss, an optimizer or a scheme that was chosen.
  case settings(RuleDraft)
  /// How long to train.
  case train
  /// What can be done to the samples.
  case data
  /// The files of a folder from which samples can be read.
  case files(folder: String)
  /// The columns of a file.
  case columns(ColumnDraft)
  /// What can be copied of a number that is chosen.
  case copy(CopySubject)
  /// All that can be found by its name.
  case find
  /// The lines of an answer, some of which lead somewhere.
  case answer(AnswerRows)
}

/// One row of a menu.
package struct MenuRow: Sendable {
  /// What comes of choosing a row.
  package enum Effect: Sendable {
    /// A line of the session; then the menu closes.
    case line(String)
    /// A line of the session; then the menu closes, and a cell is selected where one is named.
    case lineAndCell(String, Selection?)
    /// A line of the session; the menu stays.
    case stay(String)
    /// Another page.
    case page(MenuPage)
    /// Another page in this one's place.
    case turn(MenuPage)
    /// The value is edited in its place: what it is, and what comes of another one.
    case edit(String, @Sendable (String) -> Effect)
    /// The menu closes, and a panel gets the keys.
    case panel(String)
    /// The menu closes, and a cell is selected.
    case select(Selection)
    /// The prompt opens in the menu's place, with this text.
    case prompt(String)
    /// The menu closes, and a key is pressed: where it has to be, in a panel.
    case key(String, panel: String?)
    /// A text is put on the clipboard; what it is, for the message.
    case copy(String, String)
    /// There is only something to say.
    case message(Text)
  }

  /// What it is.
  package let name: Text
  /// What it has now, or comes to.
  package let value: Text
  /// Whether it is what there is now.
  package let isMarked: Bool
  /// What else it may be found by.
  let words: Text
  /// What comes of choosing it.
  package let effect: Effect
  /// What there is to see of it, besides what its line would change.
  let preview: MenuPreview
  /// The line that it comes to where its effect does not say.
  private let draftLine: String

  init(
    _ name: Text, value: Text = "", isMarked: Bool = false, words: Text = "", line: String = "",
    preview: MenuPreview = .text([]), _ effect: Effect
  ) {
    self.name = name
    self.value = value
    self.isMarked = isMarked
    self.words = words
    self.effect = effect
    self.preview = preview
    draftLine = line
  }

  /// The line that it comes to; empty where it leads elsewhere.
  package var line: String {
    switch effect {
    case .line(let line), .stay(let line), .lineAndCell(let line, _): line
    default: draftLine
    }
  }

  /// What Enter does, where no line says so.
  package var hint: Text {
    switch effect {
    case .line, .lineAndCell, .stay, .message: ""
    case .page, .turn: "Enter opens it"
    case .edit(let text, _):
      text.contains { $0.isNumber } ? "Enter edits it; so does typing a number" : "Enter edits it"
    case .panel: "Enter goes to the panel"
    case .select: "Enter goes to the cell"
    case .prompt: "Enter puts it in the prompt"
    case .key(let key, _): "Enter presses \(key)"
    case .copy: "Enter copies it"
    }
  }

  /// The value as it is edited in its place; nil where it is not.
  package var editable: String? { if case .edit(let text, _) = effect { text } else { nil } }
}

extension Session {
  /// What there is to see of a row: what is said of it, and the weights that its line would bring.
  package func preview(of row: MenuRow) -> MenuPreview { preview(of: row, line: row.line) }

  /// What there is to see of a row whose value is being edited, so that it comes to this line.
  package func preview(of row: MenuRow, line: String) -> MenuPreview {
    guard case .text(let lines) = row.preview, !line.isEmpty else { return row.preview }
    return .text(lines + consequences(of: line))
  }

  /// No preview is made for networks with more numbers than this: it would be waited for.
  private static let largestPreview = 200_000

  /// What a line would make of the network, found out on a copy.
  private func consequences(of line: String) -> [Text] {
    let before = timeline.experiment.network
    guard before.parameterCount <= Session.largestPreview, !isWorking,
      (try? Session.command(of: Line(line)))?.group == .build
    else { return [] }
    var trial = self
    do throws(CommandError) { try trial.execute(Line(line)) } catch { return [error.shown] }
    let after = trial.timeline.experiment.network
    guard after.parameterCount <= Session.largestPreview else { return [] }
    var lines: [Text] = []
    if after.sizes != before.sizes {
      let count = counted(after.parameterCount, "weight or bias", "weights and biases")
      lines.append("\(before.sizes) becomes \(after.sizes), with \(count)")
    }
    let (old, new) = (timeline.state.parameters, trial.timeline.state.parameters)
    for (index, layer) in new.enumerated() {
      let was = old.indices.contains(index) ? old[index] : nil
      if layer.w.values != was?.w.values { lines.append(words("w\(index + 1)", layer.w)) }
      if layer.b.values != was?.b.values, !layer.b.values.isEmpty {
        lines.append(words("b\(index + 1)", layer.b))
      }
    }
    return lines
  }

  /// `w1 = [0.15 0.2; 0.25 0.3]`; of many numbers the shape and the first few.
  private func words(_ name: String, _ parameter: Parameter) -> Text {
    let columns = max(parameter.columns, 1)
    let matrix = Matrix(rows: parameter.values.count / columns, columns: columns, elements: parameter.values)
    let writing = Writing(digits: 4)
    guard matrix.count > 24 else { return "\(name) = \(writing.matrix(matrix))" }
    let first = parameter.values.prefix(5).map(writing.number).joined(separator: " ")
    return "\(name), \(matrix.rows)×\(matrix.columns): \(first) …"
  }
}
