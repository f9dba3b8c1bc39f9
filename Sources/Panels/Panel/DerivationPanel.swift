import Engine
import Notation

extension Panel {
  /// The chain rule at the selected number, with its numbers put in; Enter unfolds its factors.
  static let derivation = Panel(
    "derivation", "the selected number's derivation with its numbers put in",
    title: derivationTitle,
    applies: { $0.view.selection.map($0.state.contains) ?? false },
    columns: { _ in Extent(40, 80) },
    rows: { scene, width in
      let count = derivationRows(scene, width: width).count
      return Extent(min(count, 2), max(count, 1))
    },
    draw: drawDerivation)

  @Sendable private static func derivationTitle(_ scene: Scene) -> Title {
    let words = scene.tongue("Derivation of")
    guard let selection = scene.view.selection, scene.state.contains(selection) else { return Title(words) }
    let element = Element(selection.quantity, row: selection.row, column: selection.column)
    guard let derivation = scene.derivation else {
      return Title("\(words) \(Derivation.announced(element, in: scene.state).name)")
    }
    let ways = [2: "two ways, one number", 3: "three ways, one number"][derivation.ways]
    return Title("\(words) \(derivation.name)", remark: ways ?? "\(scene.tongue("page")): \(derivation.page)")
  }

  @Sendable private static func drawDerivation(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    let rows = derivationRows(scene, width: width)
    let scroll = scene.view.scroll(of: "derivation")
    let shown = Window(count: rows.count, room: height, showing: 0, moved: scroll.rows).range
    var visible = Array(rows[shown])
    // What it comes to is seen even where not every line is; until it is scrolled it stands last.
    if scroll.rows == 0, height >= 2, let result = rows.firstIndex(where: \.isResult), result >= shown.upperBound {
      visible[visible.count - 1] = rows[result]
    }
    for (line, row) in visible.enumerated() {
      let end = grid.put(row.text, row: line, column: 1, style: row.style, end: width)
      // Whether the formula's value is the table's is said in words and lit.
      if let mark = row.text.firstIndex(of: "✓") {
        let column = 1 + String(row.text[..<mark]).displayWidth
        grid.restyle(row: line, columns: column..<end) { _ in Style(.good) }
      }
    }
    if shown.lowerBound > 0 { grid.put("↑", row: 0, column: width - 1, style: Style(.label)) }
    if shown.upperBound < rows.count { grid.put("↓", row: height - 1, column: width - 1, style: Style(.label)) }
    return grid
  }

  /// A line of the panel.
  private struct Row {
    var text: String
    var style: Style
    /// Whether it is what the whole derivation comes to.
    var isResult = false
  }

  private static func derivationRows(_ scene: Scene, width: Int) -> [Row] {
    let room = max(width - 1, 10)
    guard let derivation = scene.derivation else { return announcement(scene, width: room) }
    var rows: [Row] = []
    for (level, part) in derivation.unfolded(levels: scene.view.unfolded, limit: 60) {
      let margin = String(repeating: "  ", count: min(level, 8))
      // The heading says already that there are ways to the selected number.
      for row in part.rows.dropFirst(level == 0 && part.ways > 1 ? 1 : 0) {
        var isResult = false
        if level == 0, case .line(.result) = row.kind { isResult = true }
        for text in broken(margin + row.text, width: room, inset: margin + "       ") {
          rows.append(Row(text: text, style: style(row.kind), isResult: isResult))
        }
      }
    }
    return rows
  }

  /// A line as those that fit: first its remarks go to lines of their own, then it is broken at blanks.
  private static func broken(_ text: String, width: Int, inset: String) -> [String] {
    guard text.displayWidth > width else { return [text] }
    let characters = Array(text)
    let start = characters.firstIndex { $0 != " " } ?? 0
    var best: Int?
    for place in characters.indices.dropFirst(start + 6) where place <= width && characters[place] == " " {
      let isRemark = place + 1 < characters.count && characters[place + 1] == " "
      // A gap before a number or an equals sign belongs to the columns.
      if isRemark, let next = characters[place...].first(where: { $0 != " " }), !"=-.0123456789".contains(next) {
        best = place
      }
    }
    let cut = best ?? characters.indices.last { $0 <= width && $0 > start + 6 && characters[$0] == " " } ?? width
    let head = String(characters[..<cut])
    let rest = String(characters[cut...].drop { $0 == " " })
    let inset = inset.count < width / 2 ? inset : ""
    return rest.isEmpty ? [head] : [head] + broken(inset + rest, width: width, inset: inset)
  }

  private static func style(_ kind: Derivation.Row.Kind) -> Style {
    switch kind {
    case .formula: Style(.label, .bold)
    case .line(.result): Style(.plain, .bold)
    case .line: Style.plain
    case .note: Style(.warning)
    }
  }

  /// Of what is not computed yet, the formula and when it comes.
  private static func announcement(_ scene: Scene, width room: Int) -> [Row] {
    guard let selection = scene.view.selection, scene.state.contains(selection) else { return [] }
    let element = Element(selection.quantity, row: selection.row, column: selection.column)
    let (name, formula) = Derivation.announced(element, in: scene.state)
    var message = ""
    do throws(NotComputed) { _ = try scene.state.value(of: selection.quantity) } catch {
      message = scene.tongue(error.message)
    }
    return "\(name) = \(formula)".wrapped(to: room).map { Row(text: $0, style: Style(.label, .bold)) }
      + message.wrapped(to: room).map { Row(text: $0, style: Style(.muted)) }
  }
}

extension Scene {
  /// The derivation of the selected number; nil where it is not computed yet.
  var derivation: Derivation? {
    guard let selection = view.selection, state.contains(selection) else { return nil }
    let letters = Dictionary(pageNames.map { ($0.quantity, $0.name) }, uniquingKeysWith: { first, _ in first })
    let element = Element(selection.quantity, row: selection.row, column: selection.column)
    return try? Derivation(of: element, in: state, digits: digits, letters: letters)
  }
}
