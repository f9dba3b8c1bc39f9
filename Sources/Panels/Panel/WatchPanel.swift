import Engine
import Notation

extension Panel {
  /// The watched expressions and what they are worth here.
  static let watch = Panel(
    "watch", "the watched expressions and their values", .side(.then(1), companion: .guest)
  ) { scene throws(Missing) in
    guard !scene.watches.isEmpty else { throw Missing(reason: "nothing is watched; watch an expression: watch loss") }
    return Prepared(title: { Title(scene.tongue("Watch")) }, columns: Room(20, 40)) { width in
      let lines = watchLines(scene, width: width)
      return Fitted(lines: lines, of: "watch", scene, rows: Room(2, max(lines.count, 1))) { grid, line, row in
        let end = grid.put(line.name, row: row, column: 1, style: Style(.label))
        let start = max(width - line.value.displayWidth - 1, end + 1)
        grid.put(line.value, row: row, column: start, style: line.style)
      }
    }
  }
  .with(Sign.ofWatch)

  private struct WatchLine {
    let name: String
    let value: String
    let style: Style
  }

  /// A watch takes one line where name and value fit beside each other, else a line each; a matrix a line for each row.
  private static func watchLines(_ scene: Scene, width: Int) -> [WatchLine] {
    scene.watches.flatMap { watch -> [WatchLine] in
      let name = "\(watch.number) \(watch.text)"
      let (values, style) = valueTexts(watch, scene)
      let value = values.first ?? ""
      if values.count == 1, name.displayWidth + value.displayWidth + 3 <= width {
        return [WatchLine(name: name, value: value, style: style)]
      }
      return [WatchLine(name: name.clipped(to: width - 1), value: "", style: style)]
        + values.map { WatchLine(name: "", value: $0.clipped(to: width - 2), style: style) }
    }
  }

  private static func valueTexts(_ watch: Watch, _ scene: Scene) -> ([String], Style) {
    switch watch.value {
    case .failure: return (["·"], Style(.muted))
    case .success(let value):
      let versions = watch.versions.isEmpty ? "" : " " + watch.versions
      let style = Style(watch.isChanged ? .changed : .plain)
      if let scalar = value.scalar { return ([significant(scalar, digits: min(scene.digits, 6)) + versions], style) }
      let most = 8
      let columns = min(value.columns, 12)
      var rows = (0..<min(value.isColumn ? 1 : value.rows, most)).map { row -> String in
        if value.isColumn {
          let texts = value.elements.prefix(12).map { significant($0, digits: scene.tableDigits) }
          return "[" + texts.joined(separator: "; ") + (value.rows > 12 ? "; …]" : "]")
        }
        let texts = (0..<columns).map { significant(value[row, $0], digits: scene.tableDigits) }
        return "[" + texts.joined(separator: " ") + (value.columns > columns ? " …]" : "]")
      }
      if !value.isColumn, value.rows > most { rows.append("… \(value.shape)") }
      rows[rows.count - 1] += versions
      return (rows, style)
    }
  }
}
