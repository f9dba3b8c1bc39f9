import Engine
import Panels
import Testing

@testable import Language

/// The table of keys.
struct BindingTests {
  private var scene: Scene { Session.first.scene() }

  @Test func noKeyMeansTwoThingsInOnePlace() {
    var seen: Set<String> = []
    for row in Binding.all {
      for context in (row.contexts.isEmpty ? [""] : row.contexts) + row.unsaid {
        for key in row.keys { #expect(seen.insert("\(context) \(key)").inserted, "\(key) in \(context)") }
      }
    }
  }

  @Test func everyKeyOfTheDesignIsThere() {
    let keys =
      "→ n PgDn ← p PgUp < > f b u Space - + Home End ↑ ↓ h j k l Tab Shift-Tab Enter Backspace e c [ ] : z Z ? q"
    for key in keys.split(separator: " ") { #expect(Binding.bound(to: String(key), in: []) != nil, "\(key)") }
    for key in ["→", "←", "PgDn", "PgUp", ".", "r"] {
      #expect(Binding.bound(to: key, in: ["present"])?.contexts == ["present"], "\(key)")
    }
  }

  @Test func contextsAreKnown() {
    let known = Set(Panel.body.map(\.name) + ["present", "leaving", "unsaved", "remedy", "run", "help", "bar"]).union(
      Scene.typedContexts)
    for row in Binding.all { #expect(known.isSuperset(of: row.contexts + row.unsaid), "\(row.keys)") }
  }

  @Test func everyKeyOfARowDoesSomething() {
    let scene = scene
    for row in Binding.all {
      for key in row.keys { #expect(row.effect(of: key, in: scene) != nil, "\(key) in \(row.contexts)") }
      #expect(row.effect(of: "F24", in: scene) == nil)
    }
  }

  @Test(arguments: Scene.typedContexts) func whereTextIsTypedLettersAreText(_ context: String) {
    for key in Set(Binding.all.flatMap(\.keys)) where key.count == 1 && key.first?.isLetter == true {
      #expect(Binding.bound(to: key, in: [context]) == nil, "\(key)")
    }
    // What tidies up the screen does so everywhere.
    #expect(Binding.bound(to: "^L", in: [context]) != nil)
  }

  @Test func theHelpShowsWhatHasAMeaning() {
    for context in ["prompt", "edit", "menu"] {
      let shown = Binding.hints(in: [], of: scene).filter { $0.contexts.contains(context) }
      #expect(!shown.isEmpty && shown.allSatisfy { !$0.action.isEmpty })
      for hint in shown {
        for key in hint.keys.split(separator: " ") {
          #expect(Binding.bound(to: String(key), in: [context])?.meaning == hint.action)
        }
      }
    }
  }

  @Test func hintsLeaveOutWhatIsTakenHere() {
    let general = Binding.hints(in: ["present"], of: scene).first { $0.action == "one stride on" }
    #expect(general?.keys == "n")
    #expect(general?.footer == nil)
    #expect(Binding.hints(in: ["layer"], of: scene).first { $0.action == "one stride on" }?.footer == "→← layer")
  }

  @Test func theHelpHasRoomForThem() {
    for row in Binding.all where row.contexts != ["help"] && !row.meaning.isEmpty {
      #expect(row.shownKeys.count <= 11, "\(row.keys)")
      #expect(row.meaning.description.count <= 22, "\(row.meaning)")
    }
  }

  @Test func commandsThatKeysStandForAreCommands() {
    let scene = scene
    var named: Set<String> = []
    for row in Binding.all {
      if let command = row.command {
        #expect(Command.named(command) != nil, "\(row.keys): \(command)")
        named.insert(command)
      }
      // What gives a line says whose it is.
      guard case .line(let line)? = row.keys.first.flatMap({ row.effect(of: $0, in: scene) }) else { continue }
      let word = line.split(separator: " ").first.map(String.init)
      #expect(row.contexts.isEmpty == (row.command == word) || !row.contexts.isEmpty, "\(row.keys): \(line)")
    }
    #expect(named.isSuperset(of: ["step", "back", "undo", "set", "claim", "quit", "run"]))
  }

  /// At 80 columns, whichever panel the keys belong to.
  @Test func theFooterNamesTabTheStrideAndUndo() throws {
    for panel in Panel.body {
      var scene = scene
      scene.view = scene.view.focusing(panel.name)
      scene.view.stride = .iteration
      scene.hints = Binding.hints(in: scene.panelContexts, of: scene)
      let footer = try #require(compose(scene, width: 80, height: 24).lines.last)
      // In a derivation the arrows go through its lines.
      let arrows = panel.name == Panel.claims.name ? "→← line" : "→← iteration"
      for words in [arrows, "Tab panel", "z undo"] {
        #expect(footer.contains(words), "\(panel.name): \(footer)")
      }
    }
  }

  @Test func everyPanelHasANumberOfItsOwn() {
    #expect(Panel.numbers.count == Panel.body.count)
    #expect(Set(Panel.numbers).count == Panel.numbers.count)
    #expect(Panel.numbers.allSatisfy { Binding.bound(to: $0, in: ["bar"])?.contexts == ["bar"] })
  }

  @Test func theFirstSessionIsReady() throws {
    var session = Session()
    for line in Session.firstLines { try session.execute(Line(line)) }
    #expect(session.timeline.experiment.obstacle == nil)
    #expect(Session.first.lines.map(\.text) == Session.firstLines)
  }
}
