import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// Keys, lines and sizes at random: whatever comes, there is a screen, and what was recorded replays.
struct AppSurvivalTests {
  private static let lines = [
    "step 3 op", "back 2", "run 20 iterations", "run until loss < 0.1 max=30", "goto 9", "undo", "redo",
    "network other",
    "input 3", "dense 4 relu", "dense 2 softmax", "insert 1 dense 3 tanh", "remove 1", "loss cross-entropy",
    "batch all",
    "optimizer adam", "data xor", "data iris", "sample 1 2 3 -> 1 0", "select 2", "set w1[1,1] = 3", "rate 0.1",
    "watch |dw1|", "let z = net1", "unwatch 1", "print a1", "show jacobian", "explain delta1[1]", "help",
    "init he seed=3",
    "expect loss ~= 1", "nonsense", "set digits = 3", "title A title that is longer than most titles are", "freeze b1",
    "order shuffle seed=2", "reduction sum", "# a remark", "print", "quit now", "dense 70 sigmoid",
  ]

  @Test(arguments: 0..<12) func anyKeysAreSurvived(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var app = App(.first)
    let keys = Set(Binding.all.flatMap(\.keys)).subtracting(["q"]).sorted()
    for _ in 0..<60 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1, 2: app.command(AppSurvivalTests.lines.randomElement(using: &random) ?? "")
      case 3:
        app.size = (Int.random(in: 0..<140, using: &random), Int.random(in: 0..<50, using: &random))
      case 4:
        let (row, column) = (Int.random(in: 0..<50, using: &random), Int.random(in: 0..<140, using: &random))
        let actions: [Mouse.Action] = [.press(.left), .drag(.left), .release, .wheelDown, .wheelUp, .press(.right)]
        let action = actions.randomElement(using: &random) ?? .release
        app.handle(.mouse(Mouse(action, row: row, column: column)), on: app.frame)
        app.settle()
      default: app.press(keys.randomElement(using: &random) ?? "→")
      }
      let frame = app.frame
      #expect(frame.width == app.size.width && frame.height == app.size.height)
    }
    var again = Session()
    for line in app.session.lines { try again.execute(Line(line.text, source: "file")) }
    let isSame = again.timeline.state.parameters == app.session.timeline.state.parameters
    let isThere = again.timeline.place == app.session.timeline.place
    #expect(isSame && isThere, "\(app.session.lines.map(\.text))")
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
