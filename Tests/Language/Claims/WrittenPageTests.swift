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
}
