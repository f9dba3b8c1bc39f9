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

  /// Over an answer the arrows step as they do without it, which closes it; the help stays.
  @Test func arrowsStepFromAnAnswer() throws {
    var app = try app(small)
    app.command("help dense")
    let step = app.session.timeline.state.step
    #expect(app.sheet != nil)
    app.press("→")
    #expect(app.sheet == nil && app.session.timeline.state.step == step + 1)
    app.command("help dense")
    app.press("←")
    #expect(app.sheet == nil && app.session.timeline.state.step == step)
    app.press("?", "→")
    #expect(app.view.isHelpOpen && app.session.timeline.state.step == step)
    #expect(app.message?.text.description == "help is open; Esc closes it")
  }

  /// A table that is too wide keeps its rows whole, and the arrows go through its columns to the last and back.
  @Test(arguments: [80, 100]) func aWideTableIsGoneThroughSideways(width: Int) throws {
    var app = try app(small + ["run 6"])
    app.size = (width, 30)
    app.command("table loss w1 b1 w2 b2 a1 a2 net1 net2")
    func rows() -> [String] { app.frame.lines.filter { $0.contains("│") } }
    let first = try #require(rows().first { $0.contains(" iteration ") })
    #expect(first.contains(" loss ") && !first.contains("net2[2]"), "\(app.shown)")
    #expect(rows().contains { $0.contains("columns 1 to ") && $0.contains(" of 21; → and ← go on through them") })
    // A row of the table is one on the screen.
    let names = rows().firstIndex(of: first) ?? 0
    #expect(rows()[names + 1].split(separator: " ")[1] == "7" && rows()[names + 2].split(separator: " ")[1] == "14")
    let place = app.session.timeline.place
    var shown = [app.shown]
    while shown.count < 30 {
      app.press("→")
      if app.shown == shown.last || app.message != nil { break }
      shown.append(app.shown)
    }
    #expect(app.message?.text.description.hasPrefix("there is nothing further that way") == true)
    for name in ["w1[2,2]", "b1[2]", "w2[1,2]", "a2[2]", "net1[1]", "net2[2]"] {
      #expect(shown.contains { $0.contains("\(name) ") }, "\(name)")
    }
    #expect(shown.last?.contains("net2[2]") == true && shown.allSatisfy { $0.contains(" iteration ") })
    for _ in shown { app.press("←") }
    #expect(rows().contains(first) && app.session.timeline.place == place)
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
