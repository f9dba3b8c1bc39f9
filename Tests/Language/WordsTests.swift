import Notation
import Panels
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
  private static let lines: [String] = Command.all.filter { !$0.name.hasPrefix("save") }.flatMap { command in
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
    let usages = Set(Command.all.map(\.usage))
    for line in WordsTests.lines + WordsTests.expressions.map({ "print \($0)" }) where !line.hasPrefix("quit") {
      var session = Session()
      try session.take(WordsTests.session)
      do throws(CommandError) { try session.execute(Line(line)) } catch {
        errors += 1
        for text in error.message.same {
          // Two words of letters beside each other are English, unless the user typed them or is to type them.
          let words = text.split(separator: " ").map { $0.allSatisfy(\.isLowercase) }
          let isPhrase = zip(words, words.dropFirst()).contains { $0 && $1 }
          #expect(!isPhrase || line.contains(text) || usages.contains(text), "\(line): \(error.message): \(text)")
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

  /// Phrases of English among what every language says alike, and patterns of which English is left by another language.
  private func leaks(_ text: Text, typed: String) -> [String] {
    let phrases = text.same.filter { part in
      let words = part.split(separator: " ").map { $0.allSatisfy { $0.isLowercase && $0.isLetter } }
      return zip(words, words.dropFirst()).contains { $0 && $1 } && !typed.contains(part.drop { $0 == " " })
    }
    let marked = Tongue.english.worded(text) { "⟦" + $0.filter { !$0.isLetter } + "⟧" }
    let left = text.patterns.filter { pattern in
      let longest = pattern.split { "{}0123456789".contains($0) }.max { $0.count < $1.count } ?? ""
      return longest.count > 12 && longest.contains(where: \.isLetter) && marked.contains(longest)
    }
    return phrases + left
  }

  @Test func everyWordOfHelpHasAPattern() throws {
    // What is typed as it stands: usages, formulas and the lines of examples.
    let code =
      Command.all.map { $0.usage + "\n" + $0.example } + Activation.all.map { $0.formula + "\n" + $0.derivativeFormula }
      + Loss.all.map(\.formula) + Initialiser.all.map(\.formula) + Function.all.map(\.usage)
    let examples = Topic.all.flatMap { topic in
      topic.text(Session()).map(\.description).drop { $0 != "for example:" }.map { String($0.drop { $0 == " " }) }
    }
    let typed = (code + examples).joined(separator: "\n")
    let topics = Help.names
    let lines = Help.overview + topics.flatMap { Help.about($0, in: Session()) ?? [] }
    #expect(lines.count > 300)
    for line in lines { #expect(leaks(line, typed: typed).isEmpty, "\(line): \(leaks(line, typed: typed))") }
  }

  @Test(arguments: [
    "input 4\ndense 9 tanh\ndense 3 softmax\nloss ce\ndata iris\nbatch 3\noptimizer adam\nrun 2\n",
    "input 2\ndense 2 sigmoid\ndense 2 sigmoid\nfreeze b2\nloss hse\nsample 1 2 -> 0 1\nset w1[1,2] = 3\nupdate\n",
  ])
  func everyWordOfADerivationHasAPattern(_ lines: String) throws {
    var session = Session()
    try session.take(lines)
    let state = session.timeline.state
    // A line to try is typed as it stands.
    let typed =
      Activation.all.map { $0.formula + "\n" + $0.derivativeFormula }.joined(separator: "\n") + "set y = [1; 0; 0.5]"
    var count = 0
    for kind in Quantity.Kind.all {
      for layer in kind.isOfLayer ? 1...2 : 0...0 {
        guard let derivation = try? Derivation(of: Element(Quantity(kind, layer)), in: state) else { continue }
        var texts = [derivation.formula] + derivation.notes
        for line in derivation.lines { texts += [line.content.text, line.remark] }
        for text in texts { #expect(leaks(text, typed: typed).isEmpty, "\(text): \(leaks(text, typed: typed))") }
        count += texts.count
      }
    }
    #expect(count > 60)
  }

  @Test func everyWordOfKeysAndMenusHasAPattern() throws {
    var session = Session()
    try session.take(WordsTests.session)
    let layer = LayerDraft(session.timeline.experiment.network.layers[0], at: 1)
    let pages: [MenuPage] = [
      .build(layer: 0), .build(layer: 1), .build(layer: 2), .layer(layer), .activations(layer), .losses, .optimizers,
      .schemes(layer: nil), .schemes(layer: 1), .train, .data,
    ]
    let scene = session.scene()
    var texts: [Text] = Binding.all.flatMap { [$0.meaning, $0.idle] + [$0.footer?(scene)].compactMap(\.self) }
    texts.append(Guide().text)
    for page in pages {
      let menu = Menu(page, in: session)
      texts.append(menu.title)
      for row in menu.rows {
        texts += [row.name, row.value]
        if case .text(let lines) = session.preview(of: row) { texts += lines }
      }
    }
    let typed = (Activation.all.map(\.formula) + Loss.all.map(\.formula) + Initialiser.all.map(\.formula))
      .joined(separator: "\n")
    #expect(texts.count > 200)
    for text in texts { #expect(leaks(text, typed: typed).isEmpty, "\(text): \(leaks(text, typed: typed))") }
  }

  @Test func everyWordOfAnAnswerHasAPattern() throws {
    let lines = [
      "print w1", "expect w1 == b1", "expect 1 ~= 2", "expect w1 != w1", "expect [1 2] == [1 2 3]",
      "refute expect 1 == 2",
      "refute expect 1 == 1", "claim w1 = b1", "claim w1[j,i] = 2 where i > 9", "claim always w1 = 2 * w1",
      "claim always net1 = w1 * x + b1", "claim uw1 = -dw1", "claim w1 = old(w1) - dw1", "step", "back unit",
      "step unit",
      "run until loss < 0 max=2", "back 9", "optimizer adam", "run 1", "optimizer adam rate=0.1", "optimizer sgd",
      "watch loss", "data xor", "data none", "scale standard", "holdout 0.5", "predict 1 2", "undo", "redo",
      "loss cross-entropy", "print sum(k, b1)", "rate 0.5",
    ]
    var session = Session()
    try session.take(WordsTests.session + "rate 0.5\nforward\nbackward\nupdate")
    var said = 0
    for line in lines {
      guard let answer = try? session.execute(Line(line)) else { continue }
      for text in answer.lines + answer.warnings {
        said += 1
        #expect(leaks(text, typed: lines.joined(separator: "\n")).isEmpty, "\(line): \(leaks(text, typed: line))")
      }
    }
    #expect(said > 20, "only \(said)")
  }
}
