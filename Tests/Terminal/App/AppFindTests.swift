import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// What `/` finds, and the palette of commands.
struct AppFindTests {
  private func found(_ typed: String) -> App {
    var app = App(.first)
    app.press("n", "/")
    app.type(typed)
    return app
  }

  @Test(arguments: [
    ("delta2", Selection(Quantity(.delta, 2))), ("w2[2,1]", Selection(Quantity(.w, 2), row: 1)),
    ("b1[2", Selection(Quantity(.b, 1), row: 1)), ("δ1[2]", Selection(Quantity(.delta, 1), row: 1)),
    ("unit 2 of layer 2", Selection(Quantity(.a, 2), row: 1)), ("layer 1 unit 2", Selection(Quantity(.a, 1), row: 1)),
    ("dw1", Selection(Quantity(.dw, 1))),
  ])
  func aQuantityOrUnitIsGoneTo(_ typed: String, _ cell: Selection) {
    var app = found(typed)
    app.press("Enter")
    #expect(app.menu == nil)
    #expect(app.view.selection == cell, "\(app.shown)")
    #expect(app.view.focus == "layer")
    #expect(app.shown.contains("Layer \(cell.quantity.layer):"))
    #expect(app.given == ["step"])
  }

  @Test func aCommandStandsInThePrompt() {
    var app = found("claim")
    #expect(app.shown.contains("Enter puts it in the prompt"))
    app.press("Enter")
    #expect(app.isPromptOpen && app.editor.text == "claim ")
  }

  @Test func aKeyIsPressed() {
    var app = found("the next panel")
    #expect(app.shown.contains("Enter presses Tab"))
    app.press("Enter")
    #expect(app.view.focus == "derivation")
    app = found("undo")
    app.press("↓", "Enter")
    #expect(app.given.isEmpty)
  }

  @Test func aKeyOfAPanelIsPressedThere() {
    var app = found("a sample more")
    #expect(app.menu?.rows.isEmpty == false, "\(app.shown)")
    app.press("Enter")
    #expect(app.view.focus == "data")
  }

  @Test func aPanelIsGoneTo() {
    var app = found("session")
    app.press("Enter")
    #expect(app.view.focus == "session")
  }

  /// Each quantity, command and key is the first that its own name finds.
  @Test func everyNameFindsItsOwn() {
    let menu = Menu(.find, in: .first)
    #expect(menu.rows.count > 120)
    for command in Command.all {
      #expect(menu.found(by: command.name).contains { $0.row.name.description == command.name }, "\(command.name)")
    }
    for row in menu.rows {
      let name = row.name.description
      #expect(menu.found(by: name).first?.row.name.description.lowercased() == name.lowercased(), "\(name)")
    }
  }

  @Test func cellsAreOfferedAsTheirNamesAreTyped() {
    let app = found("w1[")
    #expect(app.menu?.rows.map(\.name.description) == ["w1[1,1]", "w1[1,2]", "w1[2,1]", "w1[2,2]"])
    #expect(app.menu?.onShow.rows.first?.value.description.contains("0.15") == true)
    #expect(found("w1[3").menu?.filter == "w1[")
    // A letter that leaves nothing is not taken.
    let nonsense = found("qqqq")
    #expect(nonsense.menu?.filter != "qqqq" && nonsense.menu?.rows.isEmpty == false)
  }

  @Test func thePromptOffersCommandsWithTheirKeys() {
    var app = App(.first)
    app.press(":")
    #expect(app.shown.contains("Commands"))
    app.type("ba")
    let rows = app.frame.lines.filter { $0.hasPrefix("│ ba") }
    #expect(rows.count == Command.all.filter { $0.name.hasPrefix("ba") }.count && rows.count > 2, "\(app.shown)")
    #expect(rows.contains { $0.contains("backward") && $0.contains(" b ") })
    #expect(rows.contains { $0.contains("back ") && $0.contains("←") })
    app.press("Tab", "Tab")
    #expect(app.editor.text.hasPrefix("ba"))
    app.press("Esc")
    #expect(app.editor.text == "ba")
    app.type("ck 3")
    #expect(!app.shown.contains("Commands"))
  }

  @Test func aCommandIsFoundByWhatItIsCalledElsewhere() {
    var app = App(.first)
    app.press(":")
    app.type("fit")
    #expect(app.frame.lines.contains { $0.hasPrefix("│ run") }, "\(app.shown)")
    app.press("Tab")
    #expect(app.editor.text == "run ")
  }

  @Test func aClickInThePaletteTakesTheCommand() throws {
    var app = App(.first)
    app.press(":")
    app.type("cl")
    let row = try #require(app.frame.lines.firstIndex { $0.contains("│ claim") })
    app.handle(.mouse(Mouse(.press(.left), row: row, column: 5)), on: app.frame)
    #expect(app.editor.text == "claim ")
  }

  @Test func aPreviewIsOfTheValueThatIsTyped() {
    var app = App(.first)
    app.press("a")
    app.type("units")
    app.press("Enter", "4")
    #expect(app.shown.contains("2-4-2"), "\(app.shown)")
    #expect(!app.shown.contains("2-3-2"))
  }
}
