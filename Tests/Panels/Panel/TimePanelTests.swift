import Engine
import Testing

@testable import Panels

/// The whole line of time in a row or two.
@Suite struct TimePanelTests {
  /// Mazur's network gone so many steps, standing at one of them.
  private func scene(_ furthest: Int, at step: Int) -> Scene {
    var timeline = Scenes.mazur()
    timeline.move(to: timeline.place(ofStep: furthest))
    timeline.move(to: timeline.place(ofStep: step))
    var scene = Scene(timeline)
    scene.view = View().afterStep(timeline.state)
    return scene
  }

  private func lines(_ scene: Scene, _ width: Int = 80, _ height: Int = 1) -> [String] {
    Panel.time.draw(scene, width, height).lines
  }

  /// The column of a step as it is drawn, with the place where one stands.
  private func place(in grid: Grid) -> Int? { (0..<grid.width).first { grid[0, $0].character == "●" } }

  @Test func itHasARowOnceThereIsMoreThanTheIterationAtTheTop() {
    #expect(!Panel.time.applies(Scenes.scene(Scenes.mazur())))
    #expect(!Panel.time.applies(scene(7, at: 3)))
    #expect(Panel.time.applies(scene(8, at: 3)))
    #expect(!Panel.time.applies(Scenes.scene(Timeline())))
    var playing = scene(5, at: 3)
    playing.view.isPlaying = true
    #expect(Panel.time.applies(playing))
    // Where panels hardly fit it gives way.
    for (height, rows) in [(16, 0), (24, 1), (30, 1), (50, 1)] {
      let slots = Layout(scene(700, at: 70), width: 80, height: height).slots
      #expect(slots.filter { $0.panel.name == "time" }.map(\.height).reduce(0, +) == rows)
    }
  }

  /// Mazur's loss falls with every iteration, so that the bars go down from the highest to the lowest.
  @Test func theLossFallsAlongIt() throws {
    let line = try #require(lines(scene(700, at: 350)).first)
    #expect(line.hasPrefix(" 0 ██") && line.hasSuffix("▁▁ 700  stride layer"), "\(line)")
    let bars = line.unicodeScalars.map(\.value).filter { (0x2581...0x2588).contains($0) }
    #expect(bars == bars.sorted(by: >) && Set(bars).count == 8)
    #expect(line.filter { $0 == "●" }.count == 1)
    // What lies ahead is dim.
    let grid = Panel.time.draw(scene(700, at: 350), 80, 1)
    let here = try #require(place(in: grid))
    #expect(grid[0, here - 1].style == Style(.positive(2)) && grid[0, here + 1].style == Style(.muted))
    #expect(grid[0, here].style == Style(.lit))
  }

  /// Before the first epoch is over there are only the losses of single samples: what differs between them is no mountain,
  /// and what falls is seen to fall.
  @Test(arguments: [(rate: 1e-12, other: 0.0, glyphs: 1...1), (rate: 0.5, other: 1.0, glyphs: 5...8)])
  func lossesOfSingleSamplesAreSmooth(rate: Double, other: Double, glyphs: ClosedRange<Int>) throws {
    var experiment = Scenes.experiment([2, 2, 1], samples: 0)
    _ = experiment.network.optimizer.set("rate", to: rate)
    experiment.batchSize = 1
    for sample in 0..<200 { experiment.data.append(input: [0.3, 0.6], target: [sample.isMultiple(of: 2) ? 1 : other]) }
    var timeline = Timeline(experiment)
    timeline.move(to: timeline.place(ofStep: 7 * 160))
    var scene = Scene(timeline)
    scene.view = View().afterStep(timeline.state)
    let line = try #require(lines(scene).first)
    let bars = line.unicodeScalars.map(\.value).filter { (0x2581...0x2588).contains($0) }
    #expect(bars.count > 40 && glyphs.contains(Set(bars).count) && bars == bars.sorted(by: >), "\(line)")
  }

  /// Every step has its column, from the first to the last, and a click on a column goes to a step that lies in it.
  @Test(arguments: [0 as UInt64, 1, 2, 3]) func columnsAndStepsAgree(seed: UInt64) {
    var random = SeededNumbers(seed: seed &+ 77)
    for _ in 0..<50 {
      let furthest = Int.random(in: 1...(Bool.random(using: &random) ? 100 : 1_000_000_000), using: &random)
      let axis = TimeAxis(columns: 3..<Int.random(in: 5...200, using: &random), furthest: furthest)
      #expect(axis.step(at: axis.columns.lowerBound) == 0 && axis.column(of: 0) == axis.columns.lowerBound)
      let last = axis.columns.upperBound - 1
      #expect(axis.step(at: last) == furthest && axis.column(of: furthest) == last)
      var before = -1
      for column in axis.columns {
        let step = axis.step(at: column)
        #expect(step >= before && axis.steps(at: column).contains(step))
        if furthest >= axis.columns.count { #expect(axis.column(of: step) == column, "\(axis) \(column)") }
        before = step
      }
    }
  }

  @Test func aClickMeansWhatIsSeenThere() throws {
    let scene = scene(700, at: 350)
    let frame = compose(scene, width: 80, height: 24)
    let row = try #require((0..<24).first { frame.line($0).contains("700  stride layer") })
    #expect(frame.hit(row: row, column: 3) == Hit(panel: "time", target: .time(0)))
    let end = try #require(
      (0..<80).last { if case .time? = frame.hit(row: row, column: $0)?.target { true } else { false } })
    #expect(frame.hit(row: row, column: end)?.target == .time(700))
    #expect(frame.time(nearColumn: 79, row: row) == 700 && frame.time(nearColumn: 0, row: row) == 0)
    #expect(frame.time(nearColumn: 40, row: 5) == nil)
    let here = try #require((0..<80).first { frame[row, $0].character == "●" })
    #expect(frame.hit(row: row, column: here)?.target == .time(350))
  }

  @Test func marksStopsAndPartingsStandOnIt() throws {
    var scene = scene(700, at: 0)
    scene.marks = [
      TimeMark(name: "lecture", step: 140, kind: .place), TimeMark(name: "stop1", step: 420, kind: .stop),
      TimeMark(name: "break 2", step: 560, kind: .breakpoint), TimeMark(name: "break 3", step: 7000, kind: .breakpoint),
    ]
    scene.futures = [
      ListedFuture(number: 1, label: "1", parent: nil, parting: 0, steps: 700, loss: 0.1, isCurrent: true),
      ListedFuture(number: 2, label: "fast", parent: 1, parting: 280, steps: 400, loss: 0.2),
      ListedFuture(number: 3, label: "3", parent: 1, parting: 280, steps: 300, loss: 0.2),
    ]
    let one = lines(scene)[0].filter { "▾◉◌├●".contains($0) }
    #expect(one == "●▾├◉◌")
    let grid = Panel.time.draw(scene, 110, 2)
    #expect(
      grid.line(1).split(separator: " ").joined(separator: " ") == "▾ lecture ├ fast future 3 ◉ stop1 ◌ break 2",
      "\(grid.line(1))")
    #expect(!grid.line(0).contains("▾"))
    let axis = try #require(TimeLine(scene)?.axis(width: 110))
    for (sign, step) in [("▾", 140), ("├", 280), ("◉", 420), ("◌", 560)] {
      #expect(grid[1, axis.column(of: step)].character == Character(sign))
      #expect(
        grid.areas.last { $0.rows.contains(1) && $0.columns.contains(axis.column(of: step)) }?.target == .time(step))
    }
    #expect(grid.areas.contains { $0.target == .future("fast") && $0.columns.count == 4 })
    #expect(grid.ascii().line(1).contains("v lecture") && grid.ascii().line(0).contains("*"))
    // Where names have no room the signs still stand there.
    scene.marks = (0..<60).map { TimeMark(name: "place\($0)", step: $0 * 10, kind: .place) }
    let crowded = Panel.time.draw(scene, 80, 2).line(1)
    #expect(crowded.filter { $0 == "▾" }.count > 30)
  }

  /// Only screens of many rows have the second one; the first is where it was.
  @Test func namesTakeARowOfTheirOwnWhereThereIsRoom() {
    var scene = scene(700, at: 0)
    scene.marks = [TimeMark(name: "lecture", step: 140, kind: .place)]
    for (height, rows) in [(24, 1), (30, 2), (50, 2)] {
      let slots = Layout(scene, width: 100, height: height).slots
      #expect(slots.first { $0.panel.name == "time" }?.height == rows, "\(height)")
    }
  }

  @Test(arguments: [
    (false, false, 2.0, "stride layer"), (false, true, 2, "◀ stride layer"), (true, false, 0.5, "▶ 0.5/s layer"),
    (true, true, 60, "◀ 60/s layer"), (true, false, .infinity, "▶▶ layer"),
  ])
  func itSaysHowItPlays(isPlaying: Bool, isBack: Bool, speed: Double, said: String) {
    var scene = scene(70, at: 7)
    (scene.view.isPlaying, scene.view.playsBackwards, scene.view.speed) = (isPlaying, isBack, speed)
    let (line, still) = (lines(scene)[0], lines(self.scene(70, at: 7))[0])
    #expect(line.hasSuffix("70  \(said)"), "\(line)")
    // The line keeps its length.
    #expect(line.firstIndex(of: "●") == still.firstIndex(of: "●"))
  }

  /// Of ten million iterations as of ten: what is drawn is bounded by the width.
  @Test func itReadsFewNumbersHoweverLongTheLineIs() {
    var scene = scene(7 * 4000, at: 7)
    let clock = ContinuousClock()
    _ = lines(scene, 160)
    let time = (0..<5).map { _ in clock.measure { _ = lines(scene, 160) } }.min() ?? .zero
    scene = self.scene(7 * 40, at: 7)
    _ = lines(scene, 160)
    let short = (0..<5).map { _ in clock.measure { _ = lines(scene, 160) } }.min() ?? .zero
    #expect(time < short * 8 + .milliseconds(1), "\(time) against \(short)")
  }

  /// A loss that is no number is said to be none.
  @Test func whatIsNotFiniteIsMarked() {
    var experiment = Scenes.experiment([2, 1], "identity")
    _ = experiment.network.optimizer.set("rate", to: 1e200)
    var timeline = Timeline(experiment)
    timeline.move(to: timeline.place(12, on: .iteration))
    let line = lines(Scene(timeline))[0]
    #expect(line.contains("×"), "\(line)")
  }
}

/// The futures as a tree.
@Suite struct BranchesPanelTests {
  private static let futures = [
    ListedFuture(number: 1, label: "slow", parent: nil, parting: 0, steps: 700, loss: 0.1234),
    ListedFuture(number: 2, label: "fast", parent: 1, parting: 140, steps: 350, loss: 0.03125, origin: "rate 5"),
    ListedFuture(
      number: 3, label: "3", parent: 2, parting: 210, steps: 420, loss: nil, origin: "set w1[1,1] = 2", isCurrent: true),
    ListedFuture(number: 4, label: "4", parent: 1, parting: 70, steps: 90, loss: 0.5678, origin: "rate 9"),
  ]

  private var scene: Scene {
    var scene = Scenes.scene(Scenes.mazur(), steps: 8)
    scene.futures = Self.futures
    return scene
  }

  @Test func eachStandsBelowTheOneThatItPartedFrom() {
    #expect(
      Panel.branches.draw(scene, 78, 4).lines == [
        "   slow    loss 0.1234   to step 700",
        "   ├ fast  loss 0.03125  to step 350  parts at 140  rate 5",
        ">● │ └ 3                 to step 420  parts at 210  set w1[1,1] = 2",
        "   └ 4     loss 0.5678   to step 90   parts at 70   rate 9",
      ], "\(Panel.branches.draw(scene, 78, 4).lines)")
    #expect(Panel.branches.title(scene)?.text == "Futures")
    var chosen = scene
    chosen.view.future = 2
    #expect(Panel.branches.draw(chosen, 78, 4).line(1).hasPrefix("> "))
    #expect(Panel.branches.draw(scene, 28, 4).line(1) == "   ├ fast  loss 0.03125")
    let grid = Panel.branches.draw(scene, 78, 4)
    #expect(grid.areas.map(\.target) == ["slow", "fast", "3", "4"].map(Target.future))
    #expect(Panel.branches.missing(Scenes.scene(Scenes.mazur())) != nil)
  }

  /// From where one is, the first parting on the way through the tree counts.
  @Test func whereTheOthersPartFromHere() {
    #expect(Self.futures.partings == [1: 140, 2: 210, 4: 70])
    #expect([ListedFuture]().partings.isEmpty && [ListedFuture]().tree.isEmpty)
  }

  /// Held against the histories themselves: each future is the list of changes on its line, and two part at the first that
  /// only one of them has.
  @Test(arguments: 0..<20) func partingsAreThoseOfTheHistories(seed: UInt64) {
    var random = SeededNumbers(seed: seed &+ 5)
    var histories: [[(step: Int, change: Int)]] = [[]]
    var parents: [(parent: Int?, parting: Int)] = [(nil, 0)]
    for change in 1...12 {
      let parent = Int.random(in: 0..<histories.count, using: &random)
      let step = Int.random(in: 0...100, using: &random)
      histories.append(histories[parent].filter { $0.step < step } + [(step, change)])
      parents.append((parent, step))
    }
    let current = Int.random(in: 0..<histories.count, using: &random)
    let futures = histories.indices.map { index in
      ListedFuture(
        number: index + 1, label: "\(index + 1)", parent: parents[index].parent.map { $0 + 1 },
        parting: parents[index].parting, steps: 200, loss: nil, isCurrent: index == current)
    }
    for other in histories.indices where other != current {
      let (mine, its) = (histories[current], histories[other])
      let same = zip(mine, its).prefix { $0 == $1 }.count
      let parting = [mine.dropFirst(same).first?.step, its.dropFirst(same).first?.step].compactMap(\.self).min()
      #expect(futures.partings[other + 1] == parting, "seed \(seed): \(current) against \(other)")
    }
    #expect(futures.tree.map(\.future.number).sorted() == futures.map(\.number))
  }
}
