import Engine
import FoundationEssentials
import Language
import Panels
import Testing

@testable import Terminal

/// Samples in their table: added, edited, moved, taken out, pasted, read from a file.
struct AppDataTests {
  private func app() -> App {
    var app = App(.first)
    for line in ["network", "input 2", "dense 2 tanh", "dense 1 sigmoid", "data xor", "batch all"] { app.command(line) }
    app.view = app.view.focusing("data")
    return app
  }

  private func inputs(_ app: App) -> [Double] { app.session.timeline.experiment.data.asGiven.inputs }

  @Test func samplesAreMovedAndTakenOut() {
    var app = app()
    app.press("=")
    #expect(app.given.last == "reorder 1 2")
    #expect(inputs(app) == [0, 1, 0, 0, 1, 0, 1, 1])
    // The cursor went along.
    app.press("d")
    #expect(app.given.last == "unsample 2")
    #expect(inputs(app) == [0, 1, 1, 0, 1, 1])
    app.press("z", "z")
    #expect(inputs(app) == [0, 0, 0, 1, 1, 0, 1, 1])
  }

  @Test func aNumberIsEditedWhereverItsSampleIs() {
    var app = app()
    app.command("batch 1")
    app.press("↓", "↓", "l", "Enter")
    app.type("1/4")
    app.press("Tab")
    #expect(app.given.last == "resample 3 1 1/4 -> 1")
    // Tab went on to the target.
    #expect(app.cellEdit?.editor.text == "1")
    app.press("↓", "Enter")
    #expect(app.session.timeline.experiment.data.targets == [0, 1, 0, 0])
  }

  @Test func aSampleIsPutOnShow() {
    var app = app()
    app.press("↓", "s")
    #expect(app.given.last == "select 2")
    app.command("batch 1")
    app.press("↓", "s")
    #expect(app.message?.text.description.contains("not in this iteration's batch") == true)
  }

  @Test(arguments: [
    ("0 1 1\n1 1 0\n", ["sample 0 1 -> 1", "sample 1 1 -> 0"]),
    ("0.5,0.25,1\r\n1,2,0", ["sample 0.5 0.25 -> 1", "sample 1 2 -> 0"]),
    ("a;b;c\n1;2;3\n4;5;6", ["sample 1 2 -> 3", "sample 4 5 -> 6"]),
    ("1 0 -> 1\nsample 0 0 -> 0", ["sample 1 0 -> 1", "sample 0 0 -> 0"]),
  ])
  func pastedLinesBecomeSamples(text: String, lines: [String]) {
    var app = app()
    let before = app.given.count
    app.handle(.paste(text), on: app.frame)
    app.settle()
    #expect(Array(app.given.dropFirst(before)) == lines)
  }

  @Test func pastedWordsBecomeOneHot() throws {
    let session = Session()
    #expect(
      try session.sampleLines(from: "1,2,a\n3,4,b\n5,6,a") == [
        "sample 1 2 -> 1 0", "sample 3 4 -> 0 1", "sample 5 6 -> 1 0",
      ])
    #expect(throws: CommandError.self) { try session.sampleLines(from: "a, b\nc") }
  }

  @Test func columnsOfAFileAreChosen() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/backstep-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("len,width,kind\n1,2,a\n2,3,b\n3,1,a\n".utf8).write(to: URL(fileURLWithPath: folder + "/flowers.csv"))
    var app = App(.first)
    app.openMenu(.files(folder: folder))
    #expect(app.shown.contains("len, width, kind"))
    app.press("Enter")
    #expect(app.shown.contains("1 2 -> 1 0"))
    #expect(app.shown.contains("targets a, b"))
    // Without the width.
    app.press("↓", "↓", "Enter", "Enter", "Home", "Enter")
    #expect(app.given.last == "data \(folder)/flowers.csv inputs=1 targets=3")
    let data = app.session.timeline.experiment.data
    #expect(data.inputs == [1, 2, 3] && data.targets == [1, 0, 0, 1, 1, 0])
    // The network is made to fit by the menu.
    app.press("a")
    app.type("as the samples")
    app.press("Enter")
    #expect(app.given.last == "input 1")
    #expect(app.session.timeline.experiment.obstacle == nil)
  }
}
