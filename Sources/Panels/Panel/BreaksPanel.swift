import Engine
import Notation

/// A breakpoint or a mark, as the panel of breaks lists it.
package struct ListedBreak: Equatable, Sendable {
  /// What it is called: `break 2`, or a mark's name.
  package let name: String
  /// What it stops at, or where it is.
  package let text: String
  /// Whether its condition holds here, or the mark is here.
  package let isHere: Bool

  /// One.
  package init(name: String, text: String, isHere: Bool) { (self.name, self.text, self.isHere) = (name, text, isHere) }
}

extension Panel {
  /// The breakpoints with their numbers, and the marks.
  static let breaks = Panel(
    "breaks", "the breakpoints with their numbers, and the marks", .side(.then(3), companion: .guest)
  ) { scene throws(Missing) in
    guard !scene.breaks.isEmpty else {
      throw Missing(reason: "there is no breakpoint and no mark; set one: break loss < 0.1")
    }
    let width = scene.breaks.map(\.name.displayWidth).max() ?? 0
    return Prepared(title: { Title(scene.tongue("Breaks")) }, columns: Room(20, 40)) { columns in
      Fitted(
        lines: scene.breaks, of: "breaks", scene, rows: Room(2, min(scene.breaks.count, 6), most: scene.breaks.count)
      ) {
        grid, one, row in
        // The style of what has changed underlines, and blanks are not to be.
        if one.isHere { grid.put("●", row: row, column: 1, style: Style(.changed)) }
        grid.put(one.name, row: row, column: 3, style: Style(one.isHere ? .changed : .label))
        let start = width + 5
        grid.put(one.text.clipped(to: max(columns - start, 1)), row: row, column: start)
      }
    }
  }
  .with([Sign("●", "what holds here, or is here", seen: "●")])
}
