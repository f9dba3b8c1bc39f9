import Engine
import FoundationEssentials
import Formats
import Testing

@testable import Language

/// A folder of its own, which goes with the test.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.path + "/backstep-export-\(UUID())"

  init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) {
    _ = FileManager.default.createFile(atPath: "\(path)/\(name)", contents: Data(text.utf8))
  }

  func text(_ name: String) -> String { (try? Files.readText("\(path)/\(name)")) ?? "" }

  var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}

/// What `export` writes, and over what.
@Suite struct ExportTests {
  private let folder = TemporaryFolder()

  private func said(_ lines: String) -> String { lastAnswer(lines).replacing(folder.path + "/", with: "") }

  private func refused(_ line: String, after lines: String = xor) throws -> String {
    let before = folder.files
    let message = try complaint(line, after: lines).replacing(folder.path + "/", with: "")
    #expect(folder.files == before, "nothing is written")
    return message
  }

  @Test func theAnswerSaysWhatWasWritten() throws {
    #expect(
      said(xor + "batch all\nexport numpy \(folder.path)/a.py")
        == "wrote numpy script a.py: 2-2-1, one iteration of 4 samples")
    #expect(
      said(xor + "export torch \(folder.path)/b.py") == "wrote torch script b.py: 2-2-1, one iteration of 1 sample")
    #expect(
      said("input 3\ndense 2 tanh nobias\ndense 2 relu sharedbias\nexport weights \(folder.path)/w.npz")
        == "wrote weights w.npz: 3-2-2, w1 (2, 3), w2 (2, 2), b2 (1,)")
    #expect(folder.files == ["a.py", "b.py", "w.npz"])
  }

  @Test(arguments: ["npz", "safetensors"], ["", "layout in-out\n"])
  func weightsComeBackToTheBit(ending: String, layout: String) throws {
    let build = "input 3\ndense 4 tanh\ndense 2 sigmoid sharedbias\ndense 2 softmax nobias\n\(layout)"
    let file = "\(folder.path)/w.\(ending)"
    let first = try session(build + "init normal seed=5\nset b1 = 0.1\nset b2 = 1/3\nexport weights \(file)")
    let second = try session(build + "init zeros\nload weights \(file)")
    #expect(first.bits == second.bits)
    #expect(first.bits != (try session(build + "init zeros")).bits)
  }

  /// It begins with what the forward pass of the iteration on show read, whatever came after.
  @Test func theIterationOnShowIsTaken() throws {
    let build = xor + "optimizer sgd rate=0.5\nrun 2\nset w1 = [1 2; 3 4]\nstep\n"
    func script(_ lines: String) throws -> String {
      _ = try session(build + lines + "export! numpy \(folder.path)/a.py")
      return folder.text("a.py")
    }
    let start = try script("")
    #expect(start.contains("iteration 3, in NumPy") && start.contains("W1 = np.array([[1.0, 2.0],\n"))
    #expect(try script("step\n") == start && script("forward\nbackward\n") == start)
    // The rate is another from the next iteration on.
    #expect(try script("step iteration\n") == start && script("step iteration\nrate 0.1\n") == start)
    #expect(try script("step iteration\nrate 0.1\nstep\n").contains("rate = 0.1\n"))
  }

  @Test func onlyItsOwnFilesAreWrittenOver() throws {
    let file = "\(folder.path)/a.py"
    var first = try session(xor)
    try first.execute(Line("export numpy \(file)"))
    try first.execute(Line("export torch \(file)"))
    let before = folder.text("a.py")
    var second = try session(xor)
    let error = #expect(throws: CommandError.self) { try second.execute(Line("export numpy \(file)")) }
    #expect(error?.message.description == "\(file) is there, and this session did not write it; export! writes over it")
    #expect(error?.column == 14 && error?.remedy == "export! numpy \(file)")
    #expect(folder.text("a.py") == before)
    try second.execute(Line("export! numpy \(file)"))
    #expect(folder.text("a.py") != before)
    // What is exported is no line of the session, and saves none of them.
    #expect(second.lines.count == (try session(xor)).lines.count && second.hasUnsavedLines)
  }

  @Test func wrongLinesSayWhatWouldBeRight() throws {
    let file = "\(folder.path)/a"
    #expect(try refused("export") == "8: weights, numpy or torch was expected here")
    #expect(try refused("export nump \(file).py").hasPrefix("8: nump is not something to export; "))
    #expect(try refused("export numpy") == "14: a file was expected here")
    #expect(try refused("export numpy \(file)") == "14: a name that ends in .py was expected, there is a")
    #expect(
      try refused("export weights \(file).py")
        == "16: a name that ends in .npz or .safetensors was expected, there is a.py")
    #expect(try refused("export torch \(file).py b").hasSuffix("nothing more was expected here, there is b"))
    #expect(try refused("export numpy \(file)/b.py") == "14: a/b.py: there is no such file or directory")
    #expect(
      try refused("export numpy \(file).py", after: "# nothing") == "8: there is no network yet; begin with: input 2")
    #expect(try refused("export weights \(file).npz", after: "input 2").hasPrefix("8: the network has no layer yet"))
    #expect(
      try refused("export torch \(file).py", after: "input 2\ndense 2 tanh").hasPrefix("8: there is no sample yet"))
  }

  @Test func whatAScriptCannotTakeIsNamed() throws {
    let file = "\(folder.path)/a.py"
    #expect(
      try refused("export numpy \(file)", after: xor + "forward\ninject delta2 = 0.3")
        == "8: delta2 was put in by hand in this iteration, and a script would compute another")
    #expect(
      try refused(
        "export numpy \(file)", after: "input 1\ndense 1 identity\nloss ce\nset w1 = -1\nsample 1 -> 1"
      ).hasPrefix("8: loss has nan in this iteration"))
    #expect(
      try refused("export numpy \(file)", after: "input 1000\ndense 1000 tanh\ndense 1 tanh\n" + wide).hasPrefix(
        "8: this iteration has 3007004 numbers"))
    #expect(
      try refused("export torch \(file)", after: "let up(v) = (v > 0)\ninput 1\ndense 1 up\nsample 1 -> 1")
        == "8: the derivative of up is 0 wherever it is taken, and autograd finds none")
    let nested = "let nested(v) = " + String(repeating: "sin(", count: 120) + "v" + String(repeating: ")", count: 120)
    #expect(
      try refused("export numpy \(file)", after: nested + "\ninput 1\ndense 1 nested\nsample 1 -> 1")
        == "8: nested is too long to be written in a script")
  }

  private var wide: String { "sample " + String(repeating: "0.5 ", count: 1000) + "-> 1" }
}
