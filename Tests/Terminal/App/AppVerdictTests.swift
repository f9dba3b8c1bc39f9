import Language
import Panels
import Testing

@testable import Terminal

/// The verdict on the screen: which quantity is chosen, both formulas, and somebody else's numbers in the layer's table.
struct AppVerdictTests {
  /// A network of which δ at the output lacks f′, and what follows from it is given too.
  private func app(_ width: Int = 160, _ height: Int = 50) -> App {
    var app = App(.first)
    app.size = (width, height)
    for line in [
      "network", "input 2", "dense 3 tanh", "dense 2 sigmoid", "init xavier seed=3", "sample 0.5 1 -> 1 0", "forward",
      "backward", "compare delta2 = da2", "compare delta1 = f1'(net1) .* (w2' * da2)", "compare db1 = 2 * delta1",
      "show verdict",
    ] {
      app.command(line)
      app.press("Esc")
    }
    app.command("show verdict")
    return app
  }

  private func row(_ app: App, _ text: String) -> String { app.frame.lines.first { $0.contains(text) } ?? "" }

  @Test func theFirstIsChosenAndTheArrowsGoOn() {
    var app = app()
    #expect(app.view.focus == "verdict")
    #expect(row(app, "δ2     2 of 2 wrong: missing-derivative").contains("> ✗"))
    #expect(row(app, "δ1     3 of 3 wrong, follows from δ2").contains("  ✗"))
    app.press("j")
    #expect(row(app, "δ1     3 of 3 wrong").contains("> ✗"))
    // The table has the cell that is furthest off.
    #expect(app.view.selection?.quantity.name == "delta1")
    app.press("k", "k")
    #expect(row(app, "δ2     2 of 2 wrong").contains("> ✗"))
  }

  @Test func enterPutsBothFormulasSideBySide() {
    var app = app()
    #expect(row(app, "as given").isEmpty)
    app.press("Enter")
    let heads = row(app, "as given")
    #expect(heads.contains("right"), "\(app.shown)")
    let formulas = row(app, "δ2[2] = -(y[2] - a2[2])")
    #expect(formulas.contains("δ2[2] = -(y[2] - a2[2]) · f2′(net2[2])"), "\(app.shown)")
    app.press("Enter")
    #expect(row(app, "as given").isEmpty)
    // What follows from another has no formulas of its own, and that is said.
    app.press("j", "Enter")
    #expect(row(app, "as given").isEmpty && app.shown.contains("it follows from another, which has the reason"))
  }

  /// Where the formulas do not fit below the last of the quantities, the arrows go on through them, and back.
  @Test func whatDoesNotFitIsScrolledTo() {
    var app = app(80, 24)
    app.press("j", "j", "Enter")
    let (before, number) = (app.frame.lines, "2 · (-0.2256) = -0.4512")
    #expect(!app.shown.contains(number), "\(app.shown)")
    for _ in 1...30 { app.press("j") }
    #expect(app.shown.contains(number), "\(app.shown)")
    for _ in 1...30 where app.frame.lines.dropLast(2) != before.dropLast(2) { app.press("k") }
    #expect(app.frame.lines.dropLast(2) == before.dropLast(2), "\(app.shown)")
  }

  @Test func whereThereIsNoRoomBesideTheyStandOneUnderTheOther() {
    var app = app(80, 24)
    app.press("v", "Enter")
    let given = app.frame.lines.firstIndex { $0.contains("as given") } ?? 0
    let right = app.frame.lines.firstIndex { $0.hasPrefix("     right") } ?? 0
    #expect(given > 0 && right > given, "\(app.shown)")
  }

  @Test func othersNumbersStandBesideOurs() {
    let app = app()
    #expect(row(app, "≠δ").contains("≠∂b"), "\(app.shown)")
    #expect(row(app, "≠0.1734").contains("≠0.0778"), "\(app.shown)")
  }

  /// A session in which the derivative is taken at the activation, and what follows from that is given too.
  private func appWithASlip(_ width: Int, _ height: Int) -> App {
    var app = App(.first)
    app.size = (width, height)
    let wrong = "(w2' * delta2) .* f1'(a1)"
    for line in [
      "network", "input 2", "dense 3 tanh", "dense 2 sigmoid", "init xavier seed=3", "sample 0.5 1 -> 1 0", "forward",
      "backward", "compare delta2 = delta2", "compare delta1 = \(wrong)", "compare dw1 = (\(wrong)) * x'",
      "compare db1 = \(wrong)", "show verdict",
    ] {
      app.command(line)
      app.press("Esc")
    }
    app.command("show verdict")
    return app
  }

  /// A compared quantity's own column stands before somebody else's, also where not all columns have room.
  @Test(arguments: [(80, 24), (100, 30)]) func ourNumbersStandBesideTheirs(_ width: Int, _ height: Int) {
    let app = appWithASlip(width, height)
    let headings = row(app, "≠δ").split(separator: " ").map(String.init)
    let compared = headings.filter { $0.hasSuffix("δ") || $0.contains("∂w[") || $0.hasSuffix("∂b") }
    #expect(
      compared == ["δ", "≠δ", "∂w[j,1]", "∂w[j,2]", "≠∂w[j,1]", "≠∂w[j,2]", "∂b", "≠∂b"], "\(app.shown)")
  }

  /// Both formulas, where they differ and what they come to are on show at once.
  @Test func theDifferenceIsOnShow() {
    var app = appWithASlip(100, 30)
    app.press("Enter")
    let panel = app.frame.lines.drop { !$0.contains("[Verdict]") }.dropFirst()
    let differing = panel.first { $0.contains("f1′ ") && !$0.contains("δ1[") } ?? ""
    #expect(differing.split(separator: "f1′").count >= 3, "\(app.shown)")
    #expect(panel.contains { $0.contains("f1′(a1[") && $0.contains("f1′(net1[") }, "\(app.shown)")
    #expect(panel.contains { $0.split(separator: " ").first == "=" }, "\(app.shown)")
  }

  /// With the place goes what was compared there, and the keys go to the table.
  @Test func itGoesWithItsPlace() {
    var app = app()
    app.press("f")
    #expect(!app.shown.contains("Verdict") && !app.shown.contains("Enter formulas"))
    #expect(app.scene.view.focus == "layer")
  }
}
