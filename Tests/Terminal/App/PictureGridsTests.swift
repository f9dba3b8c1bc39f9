import FoundationEssentials
import Language
import Panels
import Testing

@testable import Terminal

/// Whole screens of five networks at four sizes, cell by cell as they were read by eye, kept in `Tests/Terminal/Grids`.
///
/// `KEEP_GRIDS=1 swift test --filter PictureGridsTests` writes them anew where they are meant to differ; they are read
/// before they are committed.
@Suite struct PictureGridsTests {
  private static let sizes = [(80, 24), (100, 30), (160, 50), (200, 60)]

  /// The sessions by the names of their networks; each stands in a backward step.
  private static let sessions = [
    "2-2-1": "network xor\ninput 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\nselect 1\nstep 7\nstep 5",
    "3-2-2":
      "network softmax\ninput 3\ndense 2 tanh\ndense 2 softmax\nloss cross-entropy\nsample 0.5 -0.2 0.8 -> 1 0\nstep 4",
    "4-8-3":
      "network iris\ndata iris\ninput 4\ndense 8 tanh\ndense 3 softmax\nloss cross-entropy\nrate 0.1\norder shuffle\nrun 3 epochs\nstep 5",
    "64-32-10":
      "network wide\ninput 64\ndense 32 relu\ndense 10 softmax\nloss cross-entropy\nrate 0.01\n" + wide
      + "run 20\nstep 4",
    "ten": "network deep\ninput 3\n" + deep
      + "loss binary-cross-entropy\nsample 0.2 0.5 -0.3 -> 1 0\nsample -0.2 0.4 0.3 -> 0 1\nrun 3\nstep 14",
  ]

  /// Ten samples of 64 inputs, one of each class.
  private static let wide = (0..<10).map { sample in
    let inputs = (0..<64).map { input in "\(Double((input * 37 + sample * 61) % 100) / 100)" }
    let targets = (0..<10).map { $0 == sample ? "1" : "0" }
    return "sample \(inputs.joined(separator: " ")) -> \(targets.joined(separator: " "))\n"
  }.joined()

  /// Nine hidden layers of three to five units, and two outputs.
  private static let deep = (0..<9).map { "dense \(3 + $0 % 3) tanh\n" }.joined() + "dense 2 sigmoid\n"

  private static let folder = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/Grids"

  @Test(arguments: sessions.keys.sorted(), sizes)
  func theScreenIsTheOneThatWasRead(network: String, size: (width: Int, height: Int)) throws {
    let session = Self.sessions[network, default: ""]
    var app = App(replaying: LineBuffer(source: "\(network).session", bytes: Array(session.utf8)))
    app.settle()
    app.hasColours = true
    app.size = size
    let path = "\(Self.folder)/\(network)-\(size.width)x\(size.height).txt"
    if ProcessInfo.processInfo.environment["KEEP_GRIDS"] == "1" {
      try (app.shown + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }
    let read = try String(contentsOfFile: path, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let shown = app.frame.lines
    let other = shown.indices.first { $0 >= read.count || shown[$0] != read[$0] }
    #expect(other == nil, "row \((other ?? 0) + 1): \(other.map { shown[$0] } ?? "")")
    #expect(read.count == size.height + 1)
  }
}
