import Testing

@testable import Engine
@testable import Language

extension Text {
  /// What every language says alike in it, down to the last part.
  fileprivate var same: [String] {
    pieces.flatMap(\.parts).flatMap { part -> [String] in
      switch part {
      case .same(let text): [text]
      case .words(let text): text.same
      case .count: []
      }
    }
  }

  /// The patterns that a second language needs for it.
  fileprivate var patterns: [String] {
    pieces.flatMap { piece in
      [piece.pattern]
        + piece.parts.flatMap { part -> [String] in
          switch part {
          case .same: []
          case .words(let text): text.patterns
          case .count(let count, let one, let many): [count == 1 ? one : many]
          }
        }
    }
  }
}

/// What is said to a user has a pattern for every word of it, so that a second language is a table and nothing else.
@Suite struct WordsTests {
  private static let session = "input 2\ndense 2 sigmoid\ndense 1 sigmoid nobias\nsample 1 2 -> 0\n"

  /// Lines in error, a few for each command that writes no file.
  private static let lines: [String] = Command.all.filter { $0.name != "save" }.flatMap { command in
    [
      "", " 9", " qqq", " 1 2 3 4 5", " w1 = 3 4", " seed=x", " = ", " [1 2; 3]", " dense 3 tanh 5", " w9[7,7]",
      " delta1 = 1",
    ]
    .map { command.name + $0 }
  }
  private static let expressions = [
    "1 +", "(1", "|1", "[1 2", "a1[", "foo", "w1 * w1", "a1[7]", "delta1", "w7", "b2", "sum(k, 1)",
    "sum(k, a1[k] * w2[k,k])",
    "d(loss)/d(rate)", "d(loss)/d(q)", "exp()", "exp(1, 2)", "max", "f7(1)", "1 == 2 == 3", "at(99, loss)", "sigmod(1)",
    "2x",
    "[1 2] / [1 2]", "w1⟨7⟩", "old()", "1..2", "a1'[2,2]", "net1 = 3", "norm", "phase", "backward", "\"", "1e",
    "outer(1)",
    "loss[4]", "x[0]", "mw1", "mean(sample, 1, 2)", "diag([1 2; 3 4])", "ones(1e9)",
  ]

  @Test func everyWordOfAnErrorHasAPattern() throws {
    var errors = 0
    for line in WordsTests.lines + WordsTests.expressions.map({ "print \($0)" }) where !line.hasPrefix("quit") {
      var session = Session()
      try session.take(WordsTests.session)
      do throws(CommandError) { try session.execute(Line(line)) } catch {
        errors += 1
        for text in error.message.same {
          // Two words of letters beside each other are English, unless the user typed them.
          let words = text.split(separator: " ").map { $0.allSatisfy(\.isLowercase) }
          let isPhrase = zip(words, words.dropFirst()).contains { $0 && $1 }
          #expect(!isPhrase || line.contains(text), "\(line): \(error.message): \(text)")
        }
        // In another language nothing of the English is left.
        let marked = Tongue.english.worded(error.message) { "⟦" + $0.filter { !$0.isLetter } + "⟧" }
        for pattern in error.message.patterns where pattern.contains(where: \.isLetter) {
          let longest = pattern.split(whereSeparator: { "{}0123456789".contains($0) }).max { $0.count < $1.count } ?? ""
          guard longest.count > 12 else { continue }
          #expect(!marked.contains(longest), "\(line): \(marked)")
        }
      }
    }
    #expect(errors > 200, "only \(errors) of the lines are in error")
  }
}
