import FoundationEssentials
import Testing
import TestSupport

@testable import Language

/// What `derive` writes for a page is a page that `verify` reads.
@Suite struct WrittenPageTests {
  /// Networks with each of the forms that a row may have.
  static let networks = [
    "input 2\ndense 3 softmax\nloss ce\nsample 1 2 -> 1 0 0",
    "input 2\ndense 3 tanh\ndense 2 sigmoid\nsample 1 2 -> 1 0",
    "input 2\ndense 2 relu sharedbias\ndense 2 softmax\nloss mse\nsample 1 2 -> 1 0\noptimizer adam rate=0.1",
    "input 2\ndense 2 leaky-relu\ndense 1 linear\nloss mae\nsample 1 2 -> 1\noptimizer sgd momentum=0.9",
  ]

  @Test(arguments: networks, ["tex", "md"])
  func whatIsDerivedReadsBack(network: String, form: String) throws {
    let folder = TemporaryFolder()
    let begin = network + "\nforward\nbackward\nupdate\n"
    let layers = network.split(separator: "\n").count { $0.hasPrefix("dense") }
    let names = ["net", "a", "da", "delta", "dw", "db", "w", "uw", "J"].flatMap { name in
      (1...layers).map { "\(name)\($0)" }
    }
    var pages: [String] = []
    for name in names + ["loss", "dx"] {
      let page = lastAnswer(begin + "derive \(name) \(form)").split(separator: "\n").map(String.init)
      pages += page
      let file = "\(folder.path)/\(name).\(form)"
      try Data(page.joined(separator: "\n").utf8).write(to: URL(filePath: file))
      let told = lastAnswer(begin + "verify \(file)")
      #expect(!told.contains("not understood") && !told.contains("refuted"), "\(name):\n\(page)\n\(told)")
      #expect(told.contains("proved"), "\(name):\n\(page)\n\(told)")
    }
    if form == "tex", LaTeX.isThere { #expect(LaTeX.complaint(about: pages, in: folder.path) == "") }
  }

  /// A page that defines a network of its own is read with the session's, where no more of it fails.
  @Test func theSessionsNetworkComesBeforeAGuessedOne() throws {
    let folder = TemporaryFolder()
    let begin =
      "input 2\ndense 2 relu nobias\ndense 2 identity nobias\nloss hse\nsample 0.5 -0.3 -> 0.3 0.7\nforward\nbackward\n"
    let page = ["loss", "dw1[j,i]", "dw2[k,j]"].map { lastAnswer(begin + "derive \($0) md") }.joined(separator: "\n")
    try Data(page.utf8).write(to: URL(filePath: "\(folder.path)/page.md"))
    let told = lastAnswer(begin + "verify \(folder.path)/page.md")
    #expect(told.contains("read at 2-2-2, the session's network") && !told.contains("read as"), "\(told)")
    #expect(!told.contains("not understood") && !told.contains("refuted"), "\(told)")
  }

  /// Names that `let` gave with an index, and versions that a page says by itself, read back too.
  @Test(arguments: ["delta1", "dw2", "w1", "uw2", "mw1", "vb2"])
  func namesWithAnIndexAndVersionsReadBack(name: String) throws {
    let folder = TemporaryFolder()
    let begin = """
      input 2
      dense 2 tanh
      dense 2 sigmoid
      sample 1 2 -> 1 0
      optimizer adamw rate=0.1
      let z_k = net2
      let S_k = a2
      run 1
      forward
      backward
      update

      """
    let page = lastAnswer(begin + "derive \(name) tex")
    #expect(!page.contains("z\\_k"), "\(page)")
    try Data(page.utf8).write(to: URL(filePath: "\(folder.path)/page.tex"))
    let told = lastAnswer(begin + "verify \(folder.path)/page.tex")
    #expect(
      told.contains("proved") && !told.contains("not understood") && !told.contains("refuted"), "\(page)\n\(told)")
  }
}
