import Engine
import Panels
import Testing

@testable import Language

/// The table of keys.
struct BindingTests {
  @Test func noKeyMeansTwoThingsInOnePlace() {
    var seen: Set<String> = []
    for row in Binding.all {
      for context in row.contexts.isEmpty ? [""] : row.contexts {
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
    let known = Set(Panel.body.map(\.name) + ["present", "run", "help", "prompt", "menu", "edit"])
    for row in Binding.all { #expect(known.isSuperset(of: row.contexts), "\(row.keys)") }
  }

  @Test func hintsLeaveOutWhatIsTakenHere() {
    let general = Binding.hints(in: ["present"]).first { $0.action == "one stride on" }
    #expect(general?.keys == "n")
    #expect(general?.footer == nil)
    #expect(Binding.hints(in: ["layer"]).first { $0.action == "one stride on" }?.footer == "→ step")
  }

  @Test func theHelpHasRoomForThem() {
    for row in Binding.all where row.contexts != ["help"] {
      #expect(row.keys.joined(separator: " ").count <= 11, "\(row.keys)")
      #expect(row.meaning.count <= 22, "\(row.meaning)")
    }
  }

  @Test func theFirstSessionIsReady() throws {
    var session = Session()
    for line in Session.firstLines { try session.execute(Line(line)) }
    #expect(session.timeline.experiment.obstacle == nil)
    #expect(Session.first.lines.map(\.text) == Session.firstLines)
  }
}
