import Engine
import Formats
import Testing

@testable import Language
@testable import Panels

@Suite struct PlotTests {
  private let network = "input 2\ndense 3 tanh\ndense 1 sigmoid\ndata xor\nbatch all\nrate 2\n"

  private func curve(_ session: Session) throws -> PlottedCurve { try #require(session.scene().plot) }

  @Test func aCurveHasTheValuesAtTheEndsOfIterations() throws {
    let plotted = try curve(try session(network + "run 40 iterations\nplot |dw1| + w1[1,1]"))
    #expect(plotted.spacing == 1 && plotted.values.count == 40)
    var walked = try session(network)
    for value in plotted.values {
      try walked.take("run 1 iteration")
      #expect(try walked.value("|dw1| + w1[1,1]").scalar == value)
    }
  }

  @Test func whatIsFoundOnTheWayIsWhatIsFoundAfterwards() throws {
    let lines = "run 300 iterations\nback 150 iterations\nset w1[1,1] = 3\nrun 10 iterations\nback 5 iterations\n"
    var after = try session(network + lines + "plot w1[1,1]")
    let before = try session(network + "plot w1[1,1]\n" + lines)
    #expect(try curve(before) == curve(after))
    #expect(try curve(before).values.count == 80 && curve(before).spacing == 2)
    // Undo brings back the future that the change replaced.
    try after.take("undo")
    #expect(after.scene().plot == nil)
    var undone = before
    for _ in 0..<3 { try undone.take("undo") }
    #expect(try curve(undone) == curve(try session(network + "run 300 iterations\nplot w1[1,1]\nback 150 iterations")))
  }

  @Test func aLongRunIsLookedAtHereAndThere() throws {
    let plotted = try curve(try session(network + "plot w1[1,1]\nrun 1000 iterations"))
    #expect(plotted.spacing == 8 && plotted.values.count == 126)
    #expect(plotted.iteration(0) == 1 && plotted.iteration(125) == 1000)
    #expect(try curve(try session(network + "run 1000 iterations\nplot loss")).values.count == 1000)
  }

  /// Of a run with more iterations than are kept, the first and the last are told.
  @Test func theCurveOfALongRunGoesFromEndToEnd() throws {
    let text = network + "batch 1\nrun 40000 iterations\nplot loss"
    let line = answers(text).last { $0.hasPrefix("loss in iterations") } ?? ""
    #expect(line.hasPrefix("loss in iterations 1 to 40000, one in 2: from "))
    let session = try session(text)
    let (first, last) = (try session.value("at(4, loss)").scalar, try session.value("loss").scalar)
    #expect(try curve(session).values.first == first && curve(session).values.last == last)
  }

  @Test func theTranscriptIsBounded() {
    let shown = answers(network + "run 500 iterations\nplot loss").suffix(9)
    #expect(shown.first?.hasPrefix("loss in iterations 1 to 500: from 0.") == true)
    #expect(shown.count == 9 && shown.dropFirst().allSatisfy { $0.count <= 60 })
    #expect(shown.contains { $0.contains("⠉") } && shown.last?.hasSuffix("500") == true)
  }

  @Test func whatCannotBeDrawnIsSaid() {
    #expect(answers(network + "plot |dw1|").last == "|dw1|: no iteration is complete yet")
    #expect(play(network + "plot w1").contains("a curve has one number at each place, this is 3×2"))
    #expect(play(network + "plot qq").contains("qq is not known here"))
    #expect(
      answers(network + "run 3 iterations\nplot 1 / 0").last == "1 / 0 has no finite value at any iteration's end")
  }

  /// Over other strides, from one place to another, and several of them, as `table` has them.
  @Test func aPartOfTheHistoryIsDrawn() throws {
    var session = try session(network + "run 20 iterations\ngoto 10")
    let plotted = try session.execute(Line("plot |dw1| loss every layer from 3 to 14"))
    let rows = try session.execute(Line("table |dw1| loss every layer from 3 to 14"))
    // As text, in which what is not computed is the same as what is not.
    #expect("\(plotted.fields.last as Any)" == "\(rows.fields.last as Any)", "the same numbers as in the table")
    let lines = plotted.lines.map(\.description)
    let heads = lines.indices.filter { lines[$0].contains(" at 12 places from step 3 to step 14: from ") }
    #expect(heads.map { lines[$0].prefix(4) } == ["|dw1", "loss"] && heads.last == 9)
    #expect(lines.last?.hasSuffix("14") == true, "\(lines)")
    // At step 10 there is a loss, and no gradient.
    #expect(!lines.prefix(9).contains { $0.contains("●") } && lines.dropFirst(10).contains { $0.contains("●") })
    // What is drawn once is not kept.
    #expect(session.scene().plot == nil)
    // Where one stands elsewhere no place is marked, and of many places some are looked at.
    let many = try session.execute(Line("plot w1[1,1] every layer from iteration 3"))
    #expect(!many.lines.contains { $0.description.contains("●") })
    #expect(lastAnswer(network + "run 200\nplot w1[1,1] every layer").contains("looked at: from "))
    #expect(try complaint("plot loss w1 every layer", after: network).hasPrefix("11: a curve has one number"))
    #expect(try complaint("plot every layer", after: network).hasPrefix("6: an expression was expected before every"))
  }

  @Test func thePanelIsThereOnceSomethingIsPlotted() throws {
    var session = try session(network + "run 20 iterations")
    #expect(!Panel.plot.applies(session.scene()))
    try session.take("plot |delta2|")
    let scene = session.scene()
    #expect(Panel.plot.applies(scene))
    #expect(try Panel.plot.shown(scene)?.lines.first?.hasPrefix("── Plot |δ2| 0.") == true)
    #expect(compose(scene, width: 160, height: 40).lines.contains { $0.contains("── Plot |δ2|") })
    try session.take("network other")
    #expect(!Panel.plot.applies(session.scene()))
  }

  @Test func watchesReadOtherSteps() throws {
    let session = try session(
      network + "step 10\nwatch at(step - 7, loss)\nwatch at(0, w1[1,1])\nwatch at(99, loss)\nstep")
    let values = session.scene().watches.map { try? $0.value.get().scalar }
    #expect(values[0] == (try session.value("at(4, loss)").scalar))
    #expect(values[1] == (try session.value("w1⟨0⟩[1,1]").scalar))
    #expect(values[2] == nil)
  }

  /// Where nothing ends between two places it is said what the numbers count, and so where they are beyond what was gone.
  @Test func whatNumbersCountIsSaid() throws {
    let lines = xor + "run 40\n"
    for command in ["plot", "table"] {
      #expect(
        lastAnswer(lines + "\(command) loss from 20 to 20")
          == "no iteration ends from step 20 to step 20; a number alone counts layer steps, iteration 20 iterations")
      #expect(
        lastAnswer(lines + "\(command) loss every 10 iterations from 22 to 26")
          .hasPrefix("none of every 10 iterations ends from step 22 to step 26; a number alone"))
      #expect(
        try complaint("\(command) loss from 1 to 300", after: lines).hasSuffix(
          "step 300 was not reached; a place up to step 280 was expected; a number alone counts layer steps, iteration 20 iterations"
        ))
      #expect(
        try complaint("\(command) loss from iteration 50 to end", after: lines).hasSuffix(
          "a place up to step 280 was expected"))
    }
    #expect(lastAnswer(xor + "table loss") == "no iteration is complete yet")
    #expect(lastAnswer(xor + "run 30\ntable loss every 100 iterations") == "100 iterations are not complete yet")
  }

  /// A table is written over one of ours, however long, and over nothing else; a place is no file's name.
  @Test func aTableIsWrittenOverATable() throws {
    let folder = TemporaryFolder()
    let (own, other) = (folder.path + "/own.csv", folder.path + "/other.csv")
    try Files.write("a,b\n1,2\n", to: other)
    let lines = xor + "run 10\n"
    for rows in ["10 rows", "10 rows"] {
      #expect(lastAnswer(lines + "table loss to \(own)").hasPrefix(rows))
    }
    try Files.write("step,iteration,loss\n" + String(repeating: "1,1,0.5\n", count: 9_000_000), to: own)
    #expect(lastAnswer(lines + "table loss to \(own)").hasPrefix("10 rows"))
    #expect(try complaint("table loss to \(other)", after: lines).contains("is no table of this kind"))
    #expect(try Files.readText(other) == "a,b\n1,2\n")
    #expect(try complaint("table loss to end", after: lines).contains("end is a place and no file: from A to end"))
  }

  /// What no curve can show is counted; what is not computed at a place is no value there.
  @Test func valuesThatAreNotFiniteAreCounted() throws {
    let lines = xor + "run 10\n"
    #expect(lastAnswer(lines + "plot 1 / (iteration - 3)").contains("; 1 of 10 values is inf or nan and left out"))
    #expect(lastAnswer(lines + "plot log(5 - iteration)").contains("; 6 of 10 values are inf or nan and left out"))
    #expect(
      lastAnswer(lines + "plot log(5 - iteration) from 1 to 42")
        .contains("; 2 of 6 values are inf or nan and left out"))
    #expect(!lastAnswer(lines + "plot delta1[1] every layer from 1 to 14").contains("left out"))
    #expect(!lastAnswer(lines + "plot loss").contains("left out"))
    // On the screen the curve is a panel, and this is said beside it.
    var session = try session(lines)
    let answer = try session.execute(Line("plot 1 / (iteration - 3)"))
    #expect(answer.besidePanel.map(\.description) == ["1 of 10 values is inf or nan and left out"])
  }
}
