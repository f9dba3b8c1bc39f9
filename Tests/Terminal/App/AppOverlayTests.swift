import Language
import Panels
import Testing

@testable import Terminal

/// What lies over the panels is a closed box, and nothing of them shines through it.
struct AppOverlayTests {
  /// Menus, help, a long answer, and the palette of commands.
  private static let openers = [["a"], ["o"], ["t"], ["/"], ["y"], ["?"], ["e", "Esc", "a", "a"], [":"], [":", "b"]]

  private func expectABox(_ app: App, _ what: String) {
    let lines = app.frame.lines.map(Array.init)
    // Boxes of a heading's row and a bottom row, as wide as the screen.
    guard let top = lines.firstIndex(where: { $0.first == "┌" && $0.count == 80 && $0.last == "┐" }),
      let bottom = lines.lastIndex(where: { $0.first == "└" && $0.count == 80 && $0.last == "┘" }), top < bottom
    else {
      Issue.record("\(what): no closed box\n\(app.shown)")
      return
    }
    for row in (top + 1)..<bottom {
      #expect(lines[row].first == "│" && lines[row].last == "│" && lines[row].count == 80, "\(what), row \(row)")
    }
  }

  @Test func nothingShinesThroughABox() {
    for panel in ["network", "layer", "derivation", "map", "session", "data", "loss"] {
      for isZoomed in [false, true] {
        for opener in AppOverlayTests.openers {
          var app = App(.first)
          app.press("f", "b")
          app.view = app.view.focusing(panel)
          app.view.isZoomed = isZoomed
          for key in opener { app.press(key) }
          expectABox(app, "\(panel) \(opener)")
        }
        var app = App(.first)
        app.view = app.view.focusing(panel)
        app.view.isZoomed = isZoomed
        app.command("help dense")
        expectABox(app, "\(panel), help dense")
      }
    }
  }

  /// The box of what is the same everywhere does not depend on what it covers.
  @Test func whatABoxCoversDoesNotMatter() {
    var (one, other) = (App(.first), App(.first))
    (one.size, other.size) = ((160, 50), (160, 50))
    other.view = other.view.focusing("map")
    other.view.isZoomed = true
    one.press("o")
    other.press("o")
    // Of 160 columns the box has the hundred in the middle.
    func box(_ app: App, _ row: Int) -> Substring { app.frame.lines[row].dropFirst(30).prefix(100) }
    let rows = one.frame.lines.indices.filter { box(one, $0).hasPrefix("│") && box(one, $0).hasSuffix("│") }
    #expect(!rows.isEmpty)
    for row in rows { #expect(box(one, row) == box(other, row)) }
  }

  @Test func anotherListIsBegunAtItsBeginning() {
    var app = App(.first)
    app.press("a")
    app.type("begin")
    app.press("Enter")
    #expect(app.menu?.row?.name == "inputs")
  }
}
