import Diagnosis
import Engine
import Formats
import Notation

extension Command {
  /// The command that judges a page.
  static let pages: [Command] = [
    Command(
      "verify", .verify, "verify FILE.tex|.md",
      """
      Judges the display equations of a LaTeX or Markdown page, each side against the one before: proved, refuted, tested or \
      not understood, with the line on the page. Letters are those that let gave (let z = net1; let y_j = a1 is y with the \
      index j), the program's own, and what everybody calls so. Where the session gives no letter, or no network, one is built \
      from the definitions on the page, and said.
      """,
      details: {
        [
          "Read are align, equation, gather, eqnarray and their kin, \\[ \\] and $$ $$, cases, sums with limits or i \\ne k, \\frac,",
          "\\partial, \\nabla_a, norms, \\odot, transposes, layers above a letter: a^{(2)}, W^{[1]T}, \\delta^{l+1} of any layer l.",
          "What is not clear is not guessed: the line says what is not understood, and a let often helps.",
          "An equality that holds only where i != k, where the targets sum to 1 or at rate 1 is proved so, and that is said.",
        ]
      },
      example: "input 2\ndense 3 softmax\nloss ce\nsample 1 2 -> 1 0 0\nlet z = net1\nlet S = a1\nverify page.md",
      effect: .looks, isVerdict: true
    ) { session, arguments throws(CommandError) in try session.verifyPage(&arguments) }
  ]
}

extension Session {
  /// `verify FILE`
  fileprivate func verifyPage(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    let word = try arguments.word("a page")
    try arguments.end()
    let column = word.range.lowerBound
    guard let form = Page.Form(path: word.text) else {
      throw CommandError("a name that ends in .tex or .md was expected, there is \(word.text)", at: column)
    }
    let text: String
    do throws(FileError) {
      text = try Files.readText(
        try Files.find(word.text, beside: folder(for: arguments.line)), limit: Page.longest)
    } catch {
      throw CommandError(error.message, at: column)
    }
    let name = word.text.split(separator: "/").last.map(String.init) ?? word.text
    return .look { session throws(CommandError) in
      try session.answer(toPage: text, form, named: name, at: column)
    }
  }

  /// What is said of a page; the column is that of its name in the line.
  func answer(toPage text: String, _ form: Page.Form, named name: String, at column: Int = 0) throws(CommandError)
    -> Answer
  {
    let page: Page
    do throws(SyntaxError) { page = try Page(text, form) } catch {
      let line = Array(text).prefix(error.range.lowerBound).count { $0.isNewline } + 1
      throw CommandError("\(name):\(line): \(error.message)", at: column)
    }
    var report = PageReport(page, name: name)
    let reading = page.reading
    guard reading.count > 0 else { throw CommandError("\(name) holds no display equation", at: column) }
    var judge: PageJudge?
    var part: Int?
    for number in 0..<reading.count {
      let next = reading.part(of: number)
      // What is not defined under this heading may be so under the one before.
      if part != next, givesNoLetters, let lines = reading.guess(part: next) {
        judge = try self.judge(ofPart: next, of: reading, guessing: lines, &report, at: column)
      }
      part = next
      if judge == nil, !timeline.experiment.network.layers.isEmpty {
        judge = try PageJudge(reading, in: self, at: column)
        report.tell(sizes: timeline.experiment.network.sizes)
      }
      guard judge != nil else {
        throw CommandError(
          """
          no network is defined on \(name) that can be guessed: that takes layers (z_k = \\sum_j w_{kj} y_j, y_k = f(z_k)) or a \
          softmax, and a loss; build one first, and give its letters with let
          """,
          at: column)
      }
      if let judged = judge?.judge(statement: number) { report.take(judged.equalities, judged.read) }
    }
    return report.answer
  }

  /// Who judges what stands under a heading that defines a network: the session's own, unless more fails with it.
  private func judge(
    ofPart part: Int, of reading: Page.Reading, guessing lines: [String], _ report: inout PageReport, at column: Int
  ) throws(CommandError) -> PageJudge {
    let guessed = try PageJudge(reading, in: try Session(building: lines, at: column), at: column)
    if !timeline.experiment.network.layers.isEmpty {
      let own = try PageJudge(reading, in: self, at: column)
      if !own.failures(inPart: part, moreThan: guessed) {
        report.tell(sizes: timeline.experiment.network.sizes)
        return own
      }
    }
    report.tell(guess: lines)
    return guessed
  }

  /// Whether a page cannot be about what this session is: nothing in it is called otherwise than the program calls it.
  private var givesNoLetters: Bool { timeline.experiment.network.layers.isEmpty || definitions.all.isEmpty }

  /// A session of some lines.
  private init(building lines: [String], at column: Int) throws(CommandError) {
    self.init()
    for line in lines {
      do throws(CommandError) { _ = try execute(Line(line, source: "-")) } catch {
        throw CommandError("the network that the page defines cannot be built (\(line)): \(error.message)", at: column)
      }
    }
  }
}
