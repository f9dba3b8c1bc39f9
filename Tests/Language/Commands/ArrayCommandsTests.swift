import Engine
import FoundationEssentials
import Notation
import Testing

@testable import Language

/// Arrays that come from other programs, typed or out of files.
@Suite struct ArrayCommandsTests {
  private static let network = "input 2\ndense 3 tanh\ndense 2 sigmoid\n"

  /// Plays lines of a session that stands in a folder with files beside it.
  private func play(_ text: String, with files: [String: String]) throws -> String {
    let folder = try folder(with: files)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return LanguageTests.play(text, source: folder + "/a.session").replacing(folder, with: "FOLDER")
  }

  private func folder(with files: [String: String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/backstep-arrays-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name)) }
    return folder
  }

  // MARK: - typed

  @Test(arguments: [
    "set b1 = [1, 2, 3]\nexpect b1 == [1; 2; 3]", "set b1 = array([1., 2., 3.], dtype=float32)\nexpect b1 == [1; 2; 3]",
    "set w1 = [[1, 2], [3, 4], [5, 6]]\nexpect w1 == [1 2; 3 4; 5 6]", "expect b1 == [0, 0, 0]",
    "expect [0 0 0] ~= b1", "claim b1 = tensor([0., 0., 0.])", "claim b1 + [1, 2, 3] = [1; 2; 3]",
    "let v = [1, 2, 3]\nset b1 = v\nexpect b1 - v == 0", "set b1 = -[1 2 3] / 2\nexpect b1[2] == -1",
    "set w1 = [[1 2][1,1], 2; 3 4; 5 6]\nexpect w1[3,2] == 6",
    "sample [0.5, 1] -> [1, 0]\nexpect x == [0.5, 1]\nexpect y == [1; 0]",
    "sample tensor([0.5, 1.]) -> 1 0\nexpect w1 * [0.5, 1] == w1 * x",
    "sample [[0.5], [1.]] -> array([1, 0])\nexpect x[2] == 1",
    "predict [0.5, 1]\npredict tensor([0.5, 1.])",
  ])
  func oneDimensionIsAColumnOrARowAsNeeded(_ lines: String) {
    let shown = LanguageTests.play(Self.network + lines)
    #expect(!shown.contains("-:") && !shown.contains("fails"), "\(shown)")
  }

  @Test(arguments: [
    (
      "set w1 = [[1, 2, 3], [4, 5, 6]]",
      "10: w1 is 3×2, this is 2×3; it fits transposed: write ' behind it, or for all matrices of weights: layout in-out"
    ),
    ("set w1 = [[1, 2], [3, 4]]", "10: w1 is 3×2, this is 2×2"), ("set b1 = [1, 2]", "10: b1 is 3×1, this is 1×2"),
    (
      "set w1 = [[1, 2], ..., [3, 4]]",
      "19: the array was printed shortened, ... stands for numbers that are not there; print all of it (numpy.set_printoptions(threshold=10**9), torch.set_printoptions(profile=\"full\"))"
    ),
    ("set b1 = [nan, 1, 2]", "10: b1 takes finite numbers"),
    ("sample [[1, 2], [3, 4]] -> 1 0", "8: one row of numbers was expected, this is 2×2"),
  ])
  func whatDoesNotFitIsRefusedWithWhatWould(_ line: String, _ complaint: String) {
    let shown = LanguageTests.play(Self.network + line)
    #expect(shown.contains("-:4:" + complaint), "\(shown)")
  }

  /// NumPy keeps biases as a row, which can be meant in one way only.
  @Test(arguments: ["[[1, 2, 3]]", "array([[1., 2., 3.]])", "[1; 2; 3]"]) func biasesAreTakenAsARow(_ typed: String)
    throws
  {
    let shown = try session("input 2\ndense 3 tanh\ndense 1 sigmoid\nset b1 = \(typed)").value("b1")
    #expect(shown.elements == [1, 2, 3])
  }

  @Test func aVerdictOnOtherShapesSaysWhatWouldFit() {
    let shown = answers(Self.network + "expect w1 == [[1, 2, 3], [4, 5, 6]]\nclaim w1 = [[1, 2, 3], [4, 5, 6]]")
    #expect(
      shown[0]
        == "fails: w1 is 3×2, [[1 2 3], [4 5 6]] is 2×3; it fits transposed: write ' behind it, or for all matrices of weights: layout in-out"
    )
    #expect(
      shown[1].hasSuffix(
        "the left side is 3×2, the right side 2×3; it fits transposed: write ' behind it, or for all matrices of weights: layout in-out"
      ))
  }

  // MARK: - layout

  @Test(arguments: [
    "set w1 = [[1, 2, 3], [4, 5, 6]]\nlayout out-in\nexpect w1 == [1 4; 2 5; 3 6]",
    "let k = [[1, 2, 3], [4, 5, 6]]\nset w1 = k\nexpect w1 == k\nexpect w1[3,2] == 6\nclaim w1 = k\nexpect w1 - k == 0\nexpect -w1 / 2 == -k / 2",
    "set w1 = 2\nset w1 = w1 * 2\nexpect w1 == 4", "set b1 = [1, 2, 3]\nexpect b1 == [1; 2; 3]",
    "set w1 = ones(2, 3)\nset w1[3,1] = 7\nexpect w1 == [[1, 1, 7], [1, 1, 1]]",
    "sample 1 2 -> 0 1\nforward\nbackward\nclaim dw1 = delta1 * x'\nclaim dw1[j,i] = delta1[j] * x[i]",
    "expect w1 ~= w1", "network\ninput 2\ndense 3 tanh\nset w1 = [1 2; 3 4; 5 6]",
  ])
  func layoutHoldsForWhatIsGiven(_ lines: String) {
    let shown = LanguageTests.play(Self.network + "layout in-out\n" + lines)
    #expect(!shown.contains("-:") && !shown.contains("fails"), "\(shown)")
  }

  @Test func layoutHoldsForWhatIsPrinted() {
    let lines =
      Self.network + "layout in-out\nset w1 = [[1, 2, 3], [4, 5, 6]]\nprint w1\nprint 2 * w1\nprint w1 * [1; 0]"
    #expect(answers(lines) == ["w1 = [1 2 3; 4 5 6]", "2 * w1 = [2 4 6; 8 10 12]", "w1 * [1; 0] = [1; 2; 3]"])
  }

  @Test func layoutIsUndoneAndSaved() throws {
    var session = try session(Self.network + "layout in-out")
    #expect(session.text.hasSuffix("layout in-out\n"))
    try session.execute(Line("undo"))
    #expect(throws: CommandError.self) { try session.execute(Line("set w1 = [[1, 2, 3], [4, 5, 6]]")) }
    try session.execute(Line("redo"))
    try session.execute(Line("set w1 = [[1, 2, 3], [4, 5, 6]]"))
    let error = #expect(throws: CommandError.self) { try session.execute(Line("set w1 = [[1, 2], [3, 4], [5, 6]]")) }
    #expect(
      error?.message.description
        == "w1 is 2×3 in layout in-out, this is 3×2; it fits transposed: write ' behind it, or for all matrices of weights: layout out-in"
    )
  }

  // MARK: - from FILE

  @Test func aFileIsReadBesideItsSession() throws {
    let files = [
      "w.json": "{\"a\": [[1, 2], [3, 4], [5, 6]], \"b\": [1, 2, 3]}", "b.csv": "7,8,9\n",
      "two words.json": "[0.5, 0.25]",
    ]
    let shown = try play(
      Self.network + """
        set w1 = from w.json a
        set b1 = from w.json "b"
        expect w1 == from w.json "a"
        expect b1 ~= from w.json b within 1e-9
        set b1 = from b.csv
        print b1
        set b2 = from "two words.json"
        print b2 + from "two words.json"
        let k = from w.json a
        print k' * b1
        """, with: files)
    #expect(!shown.contains("session:"), "\(shown)")
    #expect(shown.contains("#= b1 = [7; 8; 9]"))
    #expect(shown.contains("#= b2 + from \"two words.json\" = [1; 0.5]"))
    #expect(shown.contains("#= k' * b1 = [76; 100]"), "\(shown)")
  }

  @Test(arguments: [
    (
      "set b1 = from gone.json",
      "5:15: gone.json: there is no such file beside the session, in FOLDER, nor in the working directory, "
    ),
    ("set b1 = from w.json c", "5:22: w.json: there is no c in it; it holds a, b"),
    ("set b1 = from w.json", "5:15: w.json: it holds 2 arrays; name one: a, b"),
    ("set b1 = from bad.json", "5:15: bad.json: line 1, column 10: this list has 1 element, one before it has 2"),
    ("set b1 = from deep.json", "5:15: deep.json: the array has 3 dimensions, (1, 1, 1); a matrix has two at most"),
    ("set w1 = from w.json b", "5:10: w1 is 3×2, this is 1×3"),
    ("set b1 = from bad.npy", "5:15: bad.npy: it is no npy file: it begins with `hello`"),
  ])
  func aFileThatCannotBeReadChangesNothing(_ line: String, _ complaint: String) throws {
    let files = [
      "w.json": "{\"a\": [[1, 2], [3, 4], [5, 6]], \"b\": [1, 2, 3]}", "bad.json": "[[1, 2], [3]]",
      "deep.json": "[[[1]]]",
      "bad.npy": "hello",
    ]
    let shown = try play(Self.network + "set b1 = 1\n" + line, with: files)
    #expect(shown.contains("FOLDER/a.session:" + complaint), "\(shown)")
  }

  @Test func linesWithFilesAreKeptAsTyped() throws {
    let folder = try folder(with: ["b.json": "[1, 2, 3]"])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var session = Session()
    for (index, text) in (Self.network + "set b1 = from b.json").split(separator: "\n").enumerated() {
      try session.execute(Line(String(text), source: folder + "/a.session", number: index + 1))
    }
    // What is typed then finds the file as well.
    try session.execute(Line("set b1 = 2 * from b.json"))
    #expect(try session.value("b1[3]").scalar == 6)
    try session.execute(Line("undo"))
    #expect(try session.value("b1[3]").scalar == 3)
    try session.execute(Line("redo"))
    #expect(session.text.hasSuffix("set b1 = from b.json\nset b1 = 2 * from b.json\n"))
    var transcript = Transcript(asJSON: true)
    for text in (Self.network + "print from \(folder)/b.json").split(separator: "\n") {
      let shown = try transcript.run(Line(String(text)))
      if text.hasPrefix("print") { #expect(shown[0].contains("\"value\":[[1,2,3]]"), "\(shown)") }
    }
  }

  // MARK: - load weights

  @Test(arguments: [
    "{\"w1\": [[1,2],[3,4],[5,6]], \"b1\": [7,8,9], \"w2\": [[1,2,3],[4,5,6]], \"b2\": [1,2]}",
    "{\"2.weight\": [[1,2,3],[4,5,6]], \"2.bias\": [1,2], \"0.weight\": [[1,2],[3,4],[5,6]], \"0.bias\": [7,8,9]}",
    "{\"net.10.weight\": [[1,2,3],[4,5,6]], \"net.10.bias\": [1,2], \"net.9.weight\": [[1,2],[3,4],[5,6]], \"net.9.bias\": [7,8,9]}",
    "{\"hidden\": {\"weight\": [[1,2],[3,4],[5,6]], \"bias\": [7,8,9]}, \"end\": {\"weight\": [[1,2,3],[4,5,6]], \"bias\": [1,2]}}",
    "{\"dense/kernel:0\": [[1,3,5],[2,4,6]], \"dense/bias:0\": [7,8,9], \"dense_1/kernel:0\": [[1,4],[2,5],[3,6]], \"dense_1/bias:0\": [1,2]}",
    "{\"arr_0\": [[1,2],[3,4],[5,6]], \"arr_1\": [7,8,9], \"arr_2\": [[1,2,3],[4,5,6]], \"arr_3\": [1,2]}",
    "{\"b1\": [[7],[8],[9]], \"w1\": [[1,2],[3,4],[5,6]], \"W2\": [[1,2,3],[4,5,6]], \"B2\": [1,2], \"t\": 3}",
  ])
  func weightsAreLoadedByTheirNames(_ json: String) throws {
    let shown = try play(
      Self.network + """
        load weights w.json
        expect w1 == [1 2; 3 4; 5 6]
        expect b1 == [7; 8; 9]
        expect w2 == [1 2 3; 4 5 6]
        expect b2 == [1; 2]
        """, with: ["w.json": json])
    #expect(!shown.contains("session:") && !shown.contains("fails"), "\(shown)")
    #expect(shown.contains("#= w1 (3×2) from "))
  }

  @Test func aPrefixChoosesAmongNetworks() throws {
    let json = "{\"a.0.weight\": [[9, 9]], \"b.0.weight\": [[1, 2]], \"b.0.bias\": [3], \"b.0.mask\": [0]}"
    let shown = try play("input 2\ndense 1 tanh\nload weights w.json prefix=b.\nprint w1", with: ["w.json": json])
    #expect(
      shown.hasSuffix(
        "#= w1 (1×2) from b.0.weight, b1 (1×1) from b.0.bias\n#= not used: a.0.weight, b.0.mask\nprint w1\n#= w1 = [1 2]"
      ), "\(shown)")
  }

  @Test(arguments: [
    (
      "{\"w1\": [[1,2],[3,4],[5,6]], \"w2\": [[1,2,3],[4,5,6]], \"b2\": [1,2]}",
      "w.json: it has nothing for b1; w1, w2, b2 are there"
    ),
    (
      "{\"w1\": [[1,2,3],[4,5,6]], \"b1\": [1,2,3]}",
      "w.json: w1 is 3×2, w1 is 2×3; it fits transposed: say layout in-out"
    ),
    (
      "{\"0.weight\": [[1,2,3],[4,5,6]], \"0.bias\": [1,2,3]}",
      "w.json: w1 is 3×2, 0.weight is 2×3; it fits transposed: set w1 = from FILE \"0.weight\"'"
    ),
    ("{\"kernel\": [[1,2],[4,5]], \"bias\": [1,2,3]}", "w.json: w1 is 2×3 as inputs × units, kernel is 2×2"),
    (
      "{\"alpha\": 1}",
      "w.json: none of its names is known: w1, b1; 0.weight, 0.bias; dense/kernel, dense/bias; or arr_0 were expected, there are alpha"
    ),
    (
      "{\"0.weight\": [[1]], \"1.weight\": [[1]], \"2.weight\": [[1]]}",
      "w.json: it holds the weights of 3 layers, the network has 2: 0.weight, 1.weight, 2.weight"
    ),
    (
      "{\"w1\": [[1,2],[3,4],[5,NaN]], \"b1\": [1,2,3]}",
      "w.json: w1 holds numbers that are not finite; w1 takes finite ones"
    ),
  ])
  func whatDoesNotFitIsNotLoaded(_ json: String, _ complaint: String) throws {
    let shown = try play(Self.network + "set b1 = 1\nload weights w.json\n", with: ["w.json": json])
    #expect(shown.contains("a.session:5:14: " + complaint), "\(shown)")
  }

  // MARK: - other files

  @Test func dataAndSessionsAreLookedForBesideTheSession() throws {
    let files = ["points.csv": "a,b\n0,1\n1,0\n", "other.session": "dense 1 tanh\ndata points.csv\n"]
    let shown = try play("input 1\nsource other.session\nprint x", with: files)
    #expect(shown.contains("2 samples, 1 input, 1 target") && shown.hasSuffix("#= x = 0"), "\(shown)")
    #expect(
      try play("data gone.csv", with: [:]).contains(
        "gone.csv: there is no such file beside the session, in FOLDER, nor in the working directory, "))
  }
}
