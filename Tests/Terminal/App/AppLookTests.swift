import Engine
import Language
import Notation
import Panels
import Testing

@testable import Terminal

/// What is worked out beside the screen, and a derivation that is gone through with the arrows.
struct AppLookTests {
  private func app(_ lines: [String]) throws -> App {
    var session = Session()
    for line in lines { try session.execute(Line(line)) }
    var app = App(session)
    app.size = (100, 40)
    return app
  }

  private let small = [
    "input 2", "dense 2 tanh", "dense 2 softmax", "loss ce", "sample 0.5 -1 -> 1 0", "forward", "backward",
  ]

  private var large: [String] {
    [
      "input 60", "dense 60 tanh", "dense 60 tanh", "dense 20 softmax", "loss ce",
      "sample \(Array(repeating: "0.1", count: 60).joined(separator: " ")) -> 1\(String(repeating: " 0", count: 19))",
      "forward", "backward",
    ]
  }

  @Test func arrowsGoThroughADerivation() throws {
    var app = try app(small)
    app.command("derive delta1[k]")
    let count = try #require(app.scene.claimed?.lines.count)
    #expect(count > 4)
    #expect(app.view.focus == "claims" && app.shown.contains("\(count) lines"))
    let place = app.session.timeline.place
    for line in 1...count {
      app.press("→")
      #expect(app.shown.contains("line \(line) of \(count)"), "\(app.shown)")
      // What comes later is not given away.
      #expect(app.shown.split(separator: "\n").count { $0.contains("✓") && $0.contains("proved") } <= line)
    }
    app.press("→")
    #expect(app.message?.text.description.hasPrefix("the derivation ends here") == true)
    app.press("←")
    #expect(app.shown.contains("line \(count - 1) of \(count)"))
    for _ in 1..<count { app.press("←") }
    #expect(app.shown.contains("line 1 of \(count)"))
    #expect(app.message?.text.description.hasPrefix("this is its first line") == true)
    #expect(app.session.timeline.place == place)
    app.press("Esc", "→")
    #expect(app.session.timeline.place != place)
  }

  /// Nothing is said below a list of places, so that it has the rows for itself.
  @Test func aListOfPlacesHasAllTheRows() throws {
    var app = try app(small + ["run 9"])
    app.size = (80, 24)
    app.command("find loss < 9")
    let lines = app.frame.lines.filter { $0.hasPrefix("│") }
    #expect(lines.count { $0.contains("step ") && $0.contains("iteration ") } == 10, "\(app.shown)")
    #expect(!lines.contains { $0.allSatisfy { "│ ".contains($0) } }, "\(app.shown)")
  }

  /// Whoever has scrolled goes on through the lines all the same.
  @Test func scrollingDoesNotHoldTheArrowsUp() throws {
    var app = try app(small)
    app.size = (80, 24)
    app.command("derive delta2[k]")
    app.press("↓", "↓", "→")
    #expect(app.shown.contains("line 1 of 15"), "\(app.shown)")
    app.press("→", "→", "→", "→", "→", "↑", "→")
    #expect(app.shown.contains("line 7 of 15"), "\(app.shown)")
  }

  /// Each update that `why` lists is gone to by Enter, with the weight selected there.
  @Test func anUpdateThatIsListedIsGoneTo() throws {
    var app = try app(small)
    app.command("run 12")
    app.command("why w2[1,1]")
    // The list is on show from its top, with the sample chosen that counts most, which leads to the largest of its updates.
    #expect(app.menu?.row?.name.description.hasPrefix("  sample ") == true, "\(app.shown)")
    #expect(app.shown.contains(" after 12 updates:") && app.shown.contains("at the start"), "\(app.shown)")
    let ofSample = try #require(app.menu?.row?.line)
    #expect(app.menu?.rows.contains { $0.name.description.hasSuffix("; \(ofSample)") } == true, "\(app.shown)")
    app.press("↓", "↓", "↓", "↓", "↓", "↓", "↓")
    while app.menu?.row?.name.description.hasPrefix("  iteration ") == false { app.press("↑") }
    let line = try #require(app.menu?.row?.line)
    #expect(line.hasPrefix("goto ") && app.shown.contains(": \(line)"), "\(app.shown)")
    app.press("↓", "↑", "Enter")
    let step = app.session.timeline.state.step
    #expect(app.menu == nil && line == "goto \(step)", "\(app.given)")
    #expect(app.session.timeline.state.phase == .update && app.session.timeline.state.layer == 2)
    #expect(app.view.selection == Selection(Quantity(.w, 2)))
    // The list comes back where it was left, also from where one went on to; closed it stays away.
    app.press("←", "Esc")
    #expect(app.menu?.row?.line == line, "\(app.shown)")
    app.press("Esc", "Esc")
    #expect(app.menu == nil)
    // What says of the whole leads nowhere, and Esc leaves all as it was.
    app.command("goto end")
    let end = app.session.timeline.state.step
    app.command("why w2[1,1]")
    app.press("Home", "Enter")
    #expect(app.menu?.message != nil && app.session.timeline.state.step == end, "\(app.shown)")
    app.press("Esc")
    #expect(app.menu == nil)
  }

  /// So is a step that `find` lists; what was given by a script is read, and its keys go on with that.
  @Test func aStepThatIsFoundIsGoneTo() throws {
    var app = try app(small)
    app.command("run 3")
    app.command("find phase == loss")
    let line = try #require(app.menu?.row?.line)
    app.press("↓", "Enter")
    #expect(app.menu == nil && app.session.timeline.state.phase == .loss && line != app.given.last)
    #expect(app.shown.contains("Esc goes back to the list"), "\(app.shown)")
    app.press("Esc")
    #expect(app.menu?.rows.count == 4, "\(app.shown)")
  }

  /// Under each line stand the rule that gives it and what it is worth here.
  @Test func eachLineHasItsRuleAndItsNumbers() throws {
    var app = try app(small)
    app.command("derive delta2[k]")
    app.press("→", "→", "→", "→")
    let worth = try #require(app.session.timeline.state.value(of: Quantity(.delta, 2)).elements.first)
    #expect(app.shown.contains("k=1: \(significant(worth, digits: 4))  k=2: "), "\(app.shown)")
    #expect(app.shown.contains("chain rule: every a of the layer depends on it"), "\(app.shown)")
  }

  /// Keys wait for what is worked out, but for those that stop it.
  @Test func keysWaitAndEscStopsIt() throws {
    var app = try app(large)
    let place = app.session.timeline.place
    app.handle(.character(":"), on: app.frame)
    app.type("claim always dw1[j,i] = d(loss)/d(w1[j,i])")
    app.handle(.named(.enter), on: app.frame)
    #expect(app.isRunning)
    #expect(app.shown.contains("WORKING IT OUT") && app.shown.contains("Esc stops it"), "\(app.shown)")
    app.handle(.named(.right), on: app.frame)
    #expect(app.isRunning && app.session.timeline.place == place)
    app.handle(.named(.escape), on: app.frame)
    #expect(!app.isRunning && app.session.timeline.place == place)
    #expect(app.message?.text.description == "stopped: claim always dw1[j,i] = d(loss)/d(w1[j,i])")
    app.press("→")
    #expect(app.session.timeline.place != place)
  }

  /// What was pressed meanwhile is done afterwards.
  @Test func waitingKeysAreNotLost() throws {
    var app = try app([
      "input 12", "dense 12 tanh", "dense 10 softmax", "loss ce",
      "sample \(Array(repeating: "0.1", count: 12).joined(separator: " ")) -> 1\(String(repeating: " 0", count: 9))",
      "forward", "backward",
    ])
    let step = app.session.timeline.state.step
    app.handle(.character(":"), on: app.frame)
    app.type("claim always dw1[j,i] = d(loss)/d(w1[j,i])")
    app.handle(.named(.enter), on: app.frame)
    #expect(app.isRunning)
    app.handle(.named(.right), on: app.frame)
    app.handle(.named(.right), on: app.frame)
    app.settle()
    #expect(app.session.timeline.state.step == step + 2)
    #expect(app.session.lines.contains { $0.text.hasPrefix("claim always") })
  }
}
