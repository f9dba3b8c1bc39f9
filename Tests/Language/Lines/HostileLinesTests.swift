import Testing

@testable import Language

/// Lines that must be refused in words, at once: too deep, too long, too much.
@Suite struct HostileLinesTests {
  private let network = "input 2\ndense 3 softmax\nloss ce\nsample 1 2 -> 1 0 0\nforward\nbackward\n"

  // A release takes a second for the slowest; what is not refused at all would take hours.
  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      (
        "print " + String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
        "at most 200 parent"
      ),
      ("claim always " + String(repeating: "(", count: 10_000) + "1", "at most 200 parentheses"),
      ("let q = " + String(repeating: "-", count: 10_000) + "1", "at most 200 parentheses"),
      ("set w1 = " + String(repeating: "[", count: 10_000), "at most 200 parentheses"),
      ("print " + String(repeating: "1+", count: 500_000) + "1", "an expression of at most 262144 characters"),
      ("print " + String(repeating: "a", count: 1_100_000), "a line of at most 1048576 bytes"),
      ("print sum(a=1..1e6, sum(b=1..1e6, a * b))", "this takes more than"),
      ("claim always sum(a=1..1e6, sum(b=1..1e6, a * b)) = 1", "this takes more than"),
      ("claim delta1[k] = a1[k] with y = y * sum(a=1..1e4, sum(b=1..1e4, sum(c=1..1e4, 1)))", "this takes more than"),
    ])
  func isRefusedInWords(line: String, words: String) {
    let report = play(network + line)
    #expect(report.contains(words), "\(line.prefix(40)): \(report.suffix(300))")
  }

  @Test func aNetworkTooLargeToBeDrawnAHundredTimesIsRefused() {
    let sample = "sample " + String(repeating: "1 ", count: 600) + "-> 1 0\n"
    let text =
      "input 600\ndense 600 relu\ndense 2 softmax\n" + String(repeating: sample, count: 20)
      + "batch all\nclaim always a2 = a2"
    #expect(play(text).contains("claim it of a smaller network, batch or data set"))
  }

  @Test func aClaimThatIsTrueOnlyOfADrawIsNotShownAtLength() {
    let shown = answers(
      "input 30\ndense 3 tanh\nsample \(String(repeating: "1 ", count: 30))-> 1 0 0\nforward\nbackward\nclaim always delta1[k] = a1[k]"
    )
    #expect(shown.dropLast().last?.hasPrefix("draw 1: 3 wrong, the first at k=1: ") == true, "\(shown.suffix(3))")
    #expect(shown.last?.hasPrefix("no slip explains it, of ") == true)
  }
}
