import Language
import Panels
import Testing

@testable import Terminal

/// What is typed in a menu finds rows by their names before all that is said of them.
struct AppFindingTests {
  private func activations(_ typed: String) -> App {
    var app = App(.first)
    app.press("a")
    app.type("activ")
    app.press("Enter")
    app.type(typed)
    return app
  }

  @Test(arguments: [
    ("re", "relu"), ("t", "tanh"), ("relu", "relu"), ("s", "sigmoid"), ("soft", "softplus"), ("le", "leaky-relu"),
    ("max", "softmax"), ("swish", "silu"), ("linear", "identity"), ("RE", "relu"),
  ])
  func anActivationIsFoundByItsName(_ typed: String, _ name: String) {
    let app = activations(typed)
    #expect(app.menu?.row?.name.description == name, "\(app.shown)")
  }

  @Test func theMatchIsShown() throws {
    var app = activations("re")
    let shown = try #require(app.menu?.onShow.rows)
    #expect(shown[0].matchInName == 0..<2)
    #expect(shown.first { $0.name == "leaky-relu" }?.matchInName == 6..<8)
    let row = try #require(app.frame.lines.firstIndex { $0.contains("> ") && $0.contains("relu") })
    let column = try #require(app.frame.lines[row].firstRange(of: "relu"))
    let start = app.frame.lines[row].distance(from: app.frame.lines[row].startIndex, to: column.lowerBound)
    let isUnderlined = (start..<(start + 4)).map { app.frame[row, $0].style.attributes.contains(.underline) }
    #expect(isUnderlined == [true, true, false, false])
    // A name that the list does not show is said.
    app = activations("swish")
    #expect(app.shown.contains("(swish)"))
  }

  @Test func whatIsPastedFindsToo() {
    var app = activations("")
    app.handle(.paste("leaky\nrest"), on: app.frame)
    #expect(app.menu?.filter == "leaky" && app.menu?.row?.name == "leaky-relu")
  }

  @Test func aListThatNothingWasTypedForStandsAsItIs() {
    var app = activations("re")
    let names = app.menu?.menu.rows.map(\.name)
    app.press("Backspace", "Backspace")
    #expect(app.menu?.rows.map(\.name) == names)
    #expect(app.menu?.onShow.rows.allSatisfy { $0.matchInName == nil && $0.matchInValue == nil } == true)
  }

  /// Every row of every list of rules is first where its own name is typed.
  @Test func everyRowIsFoundByItsWholeName() {
    for page in [MenuPage.losses, .optimizers, .schemes(layer: nil), .train, .data, .build(layer: 1)] {
      let menu = Menu(page, in: .first)
      for row in menu.rows {
        #expect(menu.found(by: row.name.description).first?.row.name == row.name, "\(row.name)")
      }
    }
  }
}
