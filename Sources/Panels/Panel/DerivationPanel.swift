import Engine
import Notation

extension Panel {
  /// The chain rule at the selected number, with its numbers put in; Enter unfolds its factors.
  package static let derivation = Panel(
    "derivation", "the selected number's derivation with its numbers put in",
    .main(.always, share: (1, 1), kept: 7), followsSelection: true
  ) { scene in
    guard let selection = scene.view.selection, scene.state.contains(selection) else { return nil }
    let element = Element(selection.quantity, row: selection.row, column: selection.column)
    let letters = Dictionary(scene.pageNames.map { ($0.quantity, $0.name) }, uniquingKeysWith: { first, _ in first })
    let words = scene.tongue("Derivation of")
    let (title, lines): (Title, [DerivationLine])
    do throws(NotComputed) {
      let derivation = try Derivation(of: element, in: scene.state, digits: scene.digits, letters: letters)
      let ways: [Int: Text] = [2: "two ways, one number", 3: "three ways, one number"]
      title = Title(
        "\(words) \(derivation.name)",
        remark: ways[derivation.ways].map(scene.tongue.callAsFunction) ?? "\(scene.tongue("page")): \(derivation.page)")
      lines = derivationLines(derivation, unfolded: scene.view.unfolded, in: scene.tongue)
    } catch {
      // Of what is not computed yet, the formula and when it comes.
      let (name, formula) = Derivation.announced(element, in: scene.state)
      title = Title("\(words) \(name)")
      lines = [
        DerivationLine("\(name) = \(scene.tongue(formula))", Style(.label, .bold), isColumns: false),
        DerivationLine(scene.tongue(error.message), Style(.muted), isColumns: false),
      ]
    }
    return Prepared(title: { title }, columns: Room(40, 80)) { width in
      let rows = lines.flatMap { $0.rows(width: max(width - 1, 10)) }
      return Fitted(rows: Room(min(rows.count, 2), max(rows.count, 1))) { drawDerivation(scene, rows, into: &$0) }
    }
  }
  .with(Sign.ofDerivation)

  private static func drawDerivation(_ scene: Scene, _ rows: [DerivationLine.Row], into grid: inout Grid) {
    let (width, height) = (grid.width, grid.height)
    let scroll = scene.view.scroll(of: "derivation")
    let shown = Window(count: rows.count, room: height, showing: 0, moved: scroll.rows).range
    var visible = Array(rows[shown])
    // What it comes to is seen even where not every line is; until it is scrolled it stands last.
    if scroll.rows == 0, height >= 2, let result = rows.firstIndex(where: \.isResult), result >= shown.upperBound {
      visible[visible.count - 1] = rows[result]
    }
    for (line, row) in visible.enumerated() {
      let end = grid.put(row.text, row: line, column: 1, style: row.style)
      // Whether the formula's value is the table's is said in words and lit.
      if let agreement = row.agreement {
        grid.restyle(row: line, columns: (1 + agreement)..<max(end, 1 + agreement)) { _ in Style(.good) }
      }
    }
    if shown.lowerBound > 0 { grid.put("↑", row: 0, column: width - 1, style: Style(.label)) }
    if shown.upperBound < rows.count { grid.put("↓", row: height - 1, column: width - 1, style: Style(.label)) }
  }

  /// The lines of a derivation, and of those that it is unfolded to.
  private static func derivationLines(_ derivation: Derivation, unfolded: Int, in tongue: Tongue) -> [DerivationLine] {
    derivation.unfolded(levels: unfolded, limit: 60).flatMap { level, part in
      let margin = String(repeating: "  ", count: min(level, 8))
      // The heading says already that there are ways to the selected number.
      return part.rows(in: tongue).dropFirst(level == 0 && part.ways > 1 ? 1 : 0).map { row in
        var line = DerivationLine(margin + row.text, style(row.kind), isColumns: true)
        line.margin = margin.count
        line.agreement = row.agreement.map { $0 + margin.count }
        if level == 0, case .line(.result) = row.kind { line.isResult = true }
        return line
      }
    }
  }

  private static func style(_ kind: Derivation.Row.Kind) -> Style {
    switch kind {
    case .formula: Style(.label, .bold)
    case .line(.result): Style(.plain, .bold)
    case .line: Style.plain
    case .note: Style(.warning)
    }
  }
}
