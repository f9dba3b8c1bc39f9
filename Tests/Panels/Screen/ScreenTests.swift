import Engine
import Testing

@testable import Panels

/// What has to hold of every screen, whatever is on show: drawn over random networks, places, views and sizes.
@Suite struct ScreenTests {
  private static let activations = ["sigmoid", "tanh", "relu", "softmax", "identity", "gelu"]

  /// A random scene, somewhere in the first two iterations.
  private static func scene(_ random: inout some RandomNumberGenerator) -> Scene {
    let layers = Int.random(in: 0...(Int.random(in: 0...3) == 0 ? 11 : 3), using: &random)
    let largest = Int.random(in: 0...4, using: &random) == 0 ? 70 : 5
    let sizes = (0...layers).map { _ in Int.random(in: 1...largest, using: &random) }
    let samples = Int.random(in: 0...5, using: &random)
    var experiment = Scenes.experiment(sizes, activations.randomElement(using: &random) ?? "tanh", samples: samples)
    if layers > 0, Bool.random(using: &random) { experiment.network.layers[0].bias = .none }
    if Bool.random(using: &random), let adam = Optimizer.named("adam") {
      experiment.network.optimizer = OptimizerChoice(adam)
    }
    var timeline = Timeline(experiment)
    let stride = Engine.Stride.allCases.randomElement(using: &random) ?? .layer
    if timeline.experiment.obstacle == nil {
      timeline.move(to: timeline.place(Int.random(in: 0...30, using: &random), on: stride))
    }
    var scene = Scene(timeline)
    scene.view.stride = stride
    scene.view = scene.view.afterStep(timeline.state)
    scene.view.focus = Panel.body.randomElement(using: &random)?.name ?? "layer"
    scene.title =
      ["", "mazur", "a title that is much longer than there is room for", "层 网络"].randomElement(using: &random) ?? ""
    scene.hints = Scenes.hints
    scene.tongue = Bool.random(using: &random) ? .english : .chinese
    furnish(&scene, &random)
    return scene
  }

  private static func furnish(_ scene: inout Scene, _ random: inout some RandomNumberGenerator) {
    let count = Int.random(in: 0...12, using: &random)
    scene.lines = (0..<count).map {
      SessionLine("line \($0) of the session: ∂L/∂w", outcome: $0 % 3 == 0 ? .fails : .holds)
    }
    scene.nextLine = Int.random(in: 0...20, using: &random)
    scene.isPresenting = Bool.random(using: &random)
    if Bool.random(using: &random) { scene.narration = "Forward, one layer at a time.\nδ flows 向后 and back again." }
    for number in 0..<Int.random(in: 0...3, using: &random) {
      let size = Int.random(in: 1...14, using: &random)
      scene.watches.append(
        Watch(
          number + 1, "w\(number) .* |dw1|", value: .success(Matrix(rows: size, columns: size % 4 + 1)), versions: "⟨0⟩"
        ))
    }
    if Bool.random(using: &random) { scene.message = Message("#= a1 = [0.5933; 0.5969]\nsecond line", .good) }
    scene.prompt.isOpen = Bool.random(using: &random)
    scene.prompt.text = String(repeating: "set w1 = 层", count: Int.random(in: 0...20, using: &random))
    scene.prompt.cursor = Int.random(in: 0...60, using: &random)
    scene.prompt.candidates = Bool.random(using: &random) ? ["set", "select", "sample", "sharedbias"] : []
    scene.prompt.chosen = Bool.random(using: &random) ? 2 : nil
    scene.view.isHelpOpen = Int.random(in: 0...5, using: &random) == 0
    scene.run = Int.random(in: 0...5, using: &random) == 0 ? LiveRun("run 100 epochs", share: 0.4, pace: 1e5) : nil
    for panel in Panel.body {
      scene.view = scene.view.scrolled(
        panel.name, rows: Int.random(in: -9...9, using: &random), columns: Int.random(in: -9...9, using: &random))
    }
  }

  @Test(arguments: 0..<40)
  func everyScreenIsSound(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    for _ in 0..<6 {
      let scene = ScreenTests.scene(&random)
      let width = Int.random(in: 0...210, using: &random)
      let height = Int.random(in: 0...70, using: &random)
      let grid = compose(scene, width: width, height: height)
      #expect(grid.width == width && grid.height == height)
      for cell in grid.cells where !cell.isContinuation {
        guard AsciiStandIns.has(cell.character) || cell.character.displayWidth == 2 else {
          Issue.record("\(cell.character) has no ASCII stand-in")
          continue
        }
      }
      #expect(grid.ascii().cells.allSatisfy { $0.character.isASCII })
      #expect(grid.areas.allSatisfy { $0.rows.upperBound <= height && $0.columns.upperBound <= width })
    }
  }

  @Test(arguments: 0..<40)
  func panelsLieBesideOneAnother(seed: UInt64) {
    var random = SeededNumbers(seed: seed &+ 1000)
    for _ in 0..<6 {
      let scene = ScreenTests.scene(&random)
      let width = Int.random(in: 60...210, using: &random)
      let height = Int.random(in: 16...70, using: &random)
      let layout = Layout(scene, width: width, height: height)
      var taken = [String?](repeating: nil, count: width * height)
      for slot in layout.slots {
        for row in slot.row..<(slot.row + slot.height) {
          for column in slot.column..<(slot.column + slot.width) {
            guard row >= 0, row < height, column >= 0, column < width else {
              Issue.record("\(slot.panel.name) lies outside of \(width)×\(height)")
              return
            }
            let below = taken[row * width + column]
            #expect(below == nil, "\(slot.panel.name) lies over \(below ?? "")")
            taken[row * width + column] = slot.panel.name
          }
        }
      }
      let isFocusShown = layout.slots.contains { $0.panel.name == scene.view.focus }
      let focus = Panel.named(scene.view.focus)
      #expect(isFocusShown || focus?.applies(scene) != true)
    }
  }

  @Test(arguments: 0..<30)
  func everyPanelDrawsIntoEverySize(seed: UInt64) {
    var random = SeededNumbers(seed: seed &+ 2000)
    let scene = ScreenTests.scene(&random)
    for panel in Panel.all {
      for _ in 0..<12 {
        let (width, height) = (Int.random(in: 0...130, using: &random), Int.random(in: 0...30, using: &random))
        let grid = panel.framed(scene, width: width, height: height)
        #expect(grid.width == width && grid.height == height)
      }
      #expect(!panel.lines(scene).isEmpty == panel.applies(scene))
    }
  }

  @Test func aSmallWindowSaysSo() {
    let lines = compose(Scenes.scene(Scenes.mazur()), width: 59, height: 15).lines
    #expect(lines[0] == "backstep needs 60×16,")
    #expect(lines[1] == "this window is 59×15.")
    #expect(compose(Scenes.scene(Scenes.mazur()), width: 60, height: 16).line(0).contains("mazur"))
  }

  @Test func aBlankScreenIsBlank() {
    var scene = Scenes.scene(Scenes.mazur())
    scene.view.isBlank = true
    #expect(compose(scene, width: 80, height: 24).lines.allSatisfy { $0.isEmpty })
  }

  @Test func aWideScreenShowsTheSidePanelsToo() {
    var scene = Scenes.scene(Scenes.mazur(), steps: 12)
    scene.lines = [SessionLine("network mazur"), SessionLine("step 12")]
    scene.watches = [Watch(1, "loss", value: .success(Matrix(0.25)))]
    scene.narration = "Two iterations."
    let shown = Set(Layout(scene, width: 200, height: 60).slots.map(\.panel.name))
    #expect(shown.isSuperset(of: ["network", "watch", "loss", "session", "narration", "data"]))
  }

  @Test func theMouseMeetsWhatIsSeen() throws {
    let scene = Scenes.scene(Scenes.mazur(), steps: 5)
    let grid = compose(scene, width: 80, height: 24)
    let row = try #require((0..<24).first { grid.line($0).contains("+.00877") })
    let line = Array(grid.line(row))
    let column = try #require(line.indices.first { String(line[$0...].prefix(7)) == "+.00877" })
    #expect(
      grid.hit(row: row, column: column)
        == Hit(panel: "network", target: .cell(Selection(Quantity(.delta, 1), row: 0))))
    #expect(
      grid.hit(row: row, column: column - 7) == Hit(panel: "network", target: .cell(Selection(Quantity(.a, 1), row: 0)))
    )
    let rail = Array(grid.line(1))
    let loss = try #require(rail.indices.first { String(rail[$0...].prefix(4)) == "loss" })
    #expect(grid.hit(row: 1, column: loss) == Hit(panel: "rail", target: .step(3)))
    #expect(grid.hit(row: 23, column: 79)?.panel == "footer")
    #expect(grid.hit(row: 24, column: 0) == nil)
  }

  @Test func aChangeOfShapesIsSurvived() {
    var timeline = Scenes.mazur()
    timeline.move(to: timeline.place(7, on: .layer))
    var view = View().afterStep(timeline.state)
    view.selection = Selection(Quantity(.w, 2), row: 1, column: 1)
    timeline.change { experiment, _ in
      experiment.network.layers.removeLast()
      experiment.network.inputs = 3
    }
    view = view.afterChange(timeline.state)
    var scene = Scene(timeline)
    scene.view = view
    #expect(view.selection.map(timeline.state.contains) ?? true)
    let grid = compose(scene, width: 80, height: 24)
    #expect(grid.lines.contains { $0.contains("the samples have 2 inputs, the network takes 3") })
  }
}

/// Numbers for tests that have to be the same on every run (splitmix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
