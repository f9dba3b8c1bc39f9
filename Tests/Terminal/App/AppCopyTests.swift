import Language
import Panels
import Testing

@testable import Terminal

/// `y` copies what is chosen: a number, its row, its matrix, its derivation, as text, for NumPy and for LaTeX.
struct AppCopyTests {
  /// What a row of the menu has copied.
  private func copied(_ name: String, _ keys: String...) -> String? {
    var app = App(.first)
    for key in keys { app.press(key) }
    app.press("y")
    app.type(name)
    app.press("Enter")
    #expect(app.menu == nil && app.message?.text.description.hasPrefix("copied ") == true, "\(app.shown)")
    return app.takeCopied()
  }

  @Test func aNumberIsCopied() {
    var app = App(.first)
    app.press("n", "y", "Enter")
    // Mazur: net_h1 = 0.3775, out_h1 = 0.593269992.
    #expect(["0.3775", "0.593269992"].contains(app.takeCopied() ?? ""))
    #expect(app.takeCopied() == nil)
    #expect(app.given == ["step"])
  }

  @Test func aMatrixIsCopiedInEachWay() {
    // Mazur's own figures: w5+ to w8+.
    #expect(copied("matrix", "f", "b", "u") == "[0.35891648 0.408666186; 0.51130127 0.561370121]")
    #expect(copied("row", "f", "b", "u") == "[0.35891648 0.408666186]")
    let numpy = copied("matrix, NumPy", "f", "b", "u") ?? ""
    #expect(numpy.hasPrefix("np.array([[0.3589164797178") && numpy.hasSuffix("]])"), "\(numpy)")
    #expect(
      copied("matrix, TeX", "f", "b", "u")
        == "\\begin{bmatrix}\n  0.35891648 & 0.408666186 \\\\\n  0.51130127 & 0.561370121\n\\end{bmatrix}")
  }

  /// Where the keys are the derivation's, it is what is copied.
  @Test func aWrittenDerivationIsCopied() {
    var app = App(.first)
    app.press("f", "b")
    app.command("derive delta1[j]")
    app.press("→", "y", "Enter")
    let lines = app.takeCopied() ?? ""
    #expect(lines.hasPrefix("claim always delta1[j] = d(loss)/d(net1[j])  # definition\n= "), "\(lines)")
    app.press("y")
    app.type("lines, TeX")
    app.press("Enter")
    let tex = app.takeCopied() ?? ""
    #expect(tex.hasPrefix("\\begin{aligned}\n\\delta^{(1)}_{j} &= \\frac{\\partial L}"), "\(tex)")
  }

  @Test func aDerivationIsCopied() throws {
    let text = try #require(copied("derivation", "f", "b"))
    #expect(text.hasPrefix("δ1[1] = (Σk δ2[k] · w2⟨0⟩[k,1]) · f1′(net1[1])\n") && text.contains("0.00877135469"))
    let tex = try #require(copied("derivation, TeX", "f", "b"))
    #expect(tex.hasPrefix("\\begin{aligned}\n  \\delta^{(1)}_{1} &= \\left(\\sum_{k} "), "\(tex)")
    #expect(tex.hasSuffix(" = 0.00877135469\n\\end{aligned}"), "\(tex)")
  }

  @Test func aSampleIsCopied() {
    var app = App(.first)
    app.view = app.view.focusing("data")
    app.press("y")
    app.type("all samples")
    app.press("Enter")
    #expect(app.takeCopied() == "sample 0.05 0.1 -> 0.01 0.99")
  }

  @Test func whatThereIsNotIsSaid() {
    var app = App(Session())
    app.press("y")
    #expect(app.menu == nil && app.message?.text == "no cell is selected; ↑ selects one")
  }

  @Test func whatIsTooLongIsNotCopied() {
    var app = App(.first)
    app.copy(String(repeating: "a", count: App.mostCopied + 1), "it")
    #expect(app.takeCopied() == nil && app.message?.role == .warning)
    app.copy(String(repeating: "a", count: App.mostCopied), "it")
    #expect(app.takeCopied()?.utf8.count == App.mostCopied)
  }

  @Test func theHelpNamesTheMousesOwnWay() {
    var app = App(.first)
    app.size = (160, 50)
    app.press("?")
    #expect(app.shown.contains("Shift-drag") && app.shown.contains("copy the value"))
  }
}
