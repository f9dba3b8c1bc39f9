import Engine
import Notation
import Testing

@testable import Language
@testable import Panels

@Suite struct MapTests {
  /// net1 is [x1 - x2; x1 + x2 - 1] over -0.25 … 1.25 both ways: its first element is 0 on the rising diagonal.
  private let network = """
    input 2
    dense 2 tanh
    dense 1 identity
    set w1 = [1 -1; 1 1]
    set b1 = [0; -1]
    set w2 = [1 2]
    data xor

    """

  private func values(_ text: String, _ lines: String = "") throws -> MappedValues {
    let session = try session(network + lines + "map " + text)
    guard case .expression(let values) = MapSubject(session.scene()) else {
      throw EvaluationError("no values")
    }
    return values
  }

  @Test func theZeroLineIsWhereTheUnitIsZero() throws {
    let lines = answers(network + "map a1[1]").suffix(25)
    #expect(lines.first?.hasPrefix("── Map: a1[1], -0.905 … 0.905 ──") == true)
    let plot = lines.dropFirst().dropLast().map { Array($0.split(separator: "│").last ?? "") }
    #expect(plot.count == 23 && plot.first?.first == "-" && plot.last?.last == "+")
    // Blanks at the end of a line are cut off.
    let width = plot.map(\.count).max() ?? 0
    for (row, cells) in plot.enumerated() {
      let line = cells.indices.filter { cells[$0] == "▒" }
      let expected = Double(width) * (1 - (Double(row) + 0.5) / Double(plot.count))
      #expect(line.isEmpty || line.contains { abs(Double($0) - expected) < 4 }, "row \(row)")
      // On the right of the line a1[1] is positive.
      #expect(!cells.prefix(max(Int(expected) - 5, 0)).contains("+"))
      #expect(!cells.dropFirst(Int(expected) + 5).contains("-"))
    }
    #expect(plot.count { $0.contains("▒") } > 18)
  }

  @Test(arguments: [
    "a1[1]", "net1[2] - net1[1]", "w2 * a1", "f1'(net1[1])", "|a1|", "x[1] * x[2]", "out", "sum(k, w2[1,k] * a1[k])",
    "d(out)/d(x[1])", "max(k, a1[k])", "max(a1[1], a1[2])", "z[1] + q",
  ])
  func everyPointIsWhatPrintSays(_ text: String) throws {
    let lets = "let z = a1\nlet q = sum(k, net1[k])\n"
    let values = try values(text, lets)
    for (across, up) in [(0.0, 0.0), (1, 0), (0, 1), (1, 1)] {
      let point = "sample \(across * 1.5 - 0.25) \(up * 1.5 - 0.25) -> 0\n"
      var walked = try session(network.replacing("data xor", with: point) + lets + "forward")
      try walked.take("let unused = 1")
      let expected = try #require(try walked.value(text).scalar)
      #expect(values.value(across: across, up: up) == expected, "\(text) at \(point)")
    }
  }

  @Test func betweenPointsItIsWhatLiesBetween() throws {
    let values = try values("net1[1]")
    for (across, up) in [(0.5, 0.5), (0.123, 0.8), (0.99, 0.01)] {
      #expect(abs(values.value(across: across, up: up) - 1.5 * (across - up)) < 1e-12)
    }
    #expect(values.bounds == -1.5...1.5 && values.middle == 0)
    #expect(try self.values("sigmoid(net1[1])").middle == 0.5)
    #expect(values.columns * values.rows <= MappedValues.most.points && values.columns > values.rows)
  }

  @Test(arguments: [
    ("map delta1[1]", "delta1 is not a forward quantity; use x, w, b, net, a or out", 5),
    ("map a1[1] + loss", "loss is not a forward quantity; use x, w, b, net, a or out", 13),
    ("map max(rate, a1[1])", "rate is not a forward quantity; use x, w, b, net, a or out", 9),
    ("map a1", "one number at each point was expected, this is 2×1: take |…|, or one element", 5),
    ("map w1⟨0⟩[1,1]", "w1 stands for the present weights here, without a version", 5),
    ("map old(w1[1,1])", "old(…) may not stand here: the points are those of the present weights", 5),
    ("map at(0, a1[1])", "at(…) may not stand here: the points are those of this step", 5),
    ("map sum(sample, a1[1])", "the points are no samples of a batch, which sample runs over", 5),
    ("map 1 + qq", "qq is not known here", 9),
    ("map a1[3]", "a1 is 2×1: it has no element 3", 5),
    ("let l = 2 * loss\nmap l", "loss is not a forward quantity; use x, w, b, net, a or out", 5),
    ("map a1[1] a1", "nothing more was expected here, there is a1", 11),
    ("map sum(k=1..100000, k)", "this takes 100152 operations on numbers at each point, too many for every frame", 5),
  ])
  func whatHasNoMapIsSaid(_ lines: String, _ message: String, _ column: Int) throws {
    let report = play(network + lines)
    #expect(report.contains(":\(column): \(message)"), "\(report)")
    #expect(try session(network).scene().mapped == nil)
  }

  @Test func threeInputsHaveNoMap() {
    let network = "input 3\ndense 1 relu\nsample 1 2 3 -> 1\n"
    #expect(play(network + "map a1[1]").contains("4:5: a map is for networks with one or two inputs, this one has 3"))
    #expect(play(network + "map").contains("4:1: there is nothing to show in map: a map is for networks"))
    #expect(play("input 2\nmap x[1]").contains("2:5: the network has no layer yet"))
  }

  @Test func oneInputIsACurveWithTheSamplesOnIt() throws {
    let network = "input 1\ndense 2 tanh\ndense 1 identity\nset w1 = [1; -2]\nset b1 = 0\n"
    let lines = answers(network + "sample 0 -> 5\nsample 1 -> 5\nsample 2 -> 5\nmap net1[2]").suffix(21)
    #expect(lines.first?.hasPrefix("── Map: net1[2], -5 … 1 ──") == true)
    // -2 x from the upper left to the lower right; the samples stand on it, not at their targets.
    let plot = lines.dropFirst().dropLast().map { Array($0.split(separator: "│").last ?? "") }
    let marks = plot.enumerated().compactMap { row, cells in cells.firstIndex(of: "●").map { (row, $0) } }
    #expect(marks.count == 3 && marks.map(\.1) == marks.map(\.1).sorted())
    let reach = plot.compactMap { $0.firstIndex { $0 != " " } }
    #expect(reach == reach.sorted())
    #expect(lines.contains { $0.contains("net1[") })
  }

  @Test func inAsciiItReadsAsWell() throws {
    let scene = try session(network + "map net1[2] - net1[1]").scene()
    let lines = try #require(try Panel.map.shown(scene)).ascii().lines
    #expect(lines.joined().allSatisfy { $0.isASCII })
    #expect(lines.first?.hasPrefix("-- Map: net1[2] - net1[1], -1.5 ") == true)
    #expect(lines.joined().contains("+") && lines.joined().contains("-"))
  }

  @Test func itIsTakenBackAndGoesBackToTheOutput() throws {
    var session = try session(network + "map a1[1]\nmap a1[2]")
    func heading() -> String { Panel.map.ready(session.scene())?.title?().text ?? "" }
    #expect(heading() == "Map: a1[2], -0.905 … 0.905")
    try session.take("undo")
    #expect(heading() == "Map: a1[1], -0.905 … 0.905")
    try session.take("redo\nmap")
    #expect(heading() == "Map: a2")
    try session.take("undo\nset w1 = [1 -1; 0 0]\nset b1 = 0")
    #expect(heading() == "Map: a1[2], 0 … 0")
    try session.take("network other")
    #expect(session.scene().mapped == nil)
    #expect(session.lines.contains { $0.text == "map a1[1]" })
  }

  @Test func mapAndShowMapAreOne() {
    let both = answers(network + "step\nmap w2 * a1\nshow map").suffix(50)
    #expect(both.first?.hasPrefix("── Map: w2 · a1,") == true && both.prefix(25) == both.suffix(25))
  }

  @Test func whatNoLongerIsThereIsSaidInThePanel() throws {
    let scene = try session(network + "map a1[2]\nremove 2\nremove 1\ndense 1 tanh").scene()
    let lines = try Panel.map.shown(scene)?.lines.joined()
    #expect(lines?.contains("a1 is 1×1: it has no element 2") == true)
  }

  @Test func itReadsThePresentWeightsLive() throws {
    var session = try session(network + "map a1[1]\nrun 20 iterations")
    let before = try Panel.map.shown(session.scene())?.lines
    try session.take("run 50 iterations")
    #expect(try Panel.map.shown(session.scene())?.lines != before)
  }
}
