import Diagnosis
import Engine
import Formats
import Notation

extension Command {
  /// The commands that write a proof down.
  static let proving: [Command] = [
    Command(
      "proof", elsewhere: ["certificate"], .verify, "proof FILE",
      """
      Writes a certificate of the derivation under way, what `claim always` began or `derive` wrote: every operation by which \
      its lines were proved, for others to redo. Each line has to be proved. A file that this session did not write is left as \
      it is; `proof!` writes over it.
      """,
      details: { Help.ofCertificates },
      example: small
        + "forward\nbackward\nclaim always delta1[k] = d(loss)/d(net1[k])\n= f1'(net1[k]) * da1[k]\nproof example.json",
      effect: .none
    ) { session, arguments throws(CommandError) in .answer(try session.writeProof(&arguments, over: false)) },
    Command(
      "proof!", .verify, "proof! FILE", "Does what `proof` does, whatever is in the file now.",
      example: small + "forward\nclaim always a1[j] = f1(net1[j])\nproof! example.json", effect: .none
    ) { session, arguments throws(CommandError) in .answer(try session.writeProof(&arguments, over: true)) },
  ]
}

extension Session {
  /// The most operations that a certificate holds, in all its lines.
  private static let mostSteps = 100_000

  /// Reads `FILE`, and writes a certificate of the derivation under way to it.
  fileprivate mutating func writeProof(_ arguments: inout Arguments, over isOver: Bool) throws(CommandError) -> Answer {
    let word = try arguments.word("a file")
    try arguments.end()
    if !isOver { try requireOwn(word, in: arguments.line, for: "proof") }
    let certificate = try certificate(at: 0)
    try write(Array(certificate.text.utf8), to: word)
    noteSaved(in: word.text, all: false)
    var answer = Answer(
      "wrote proof \(word.text): \(counted(certificate.lineCount, "line")), below 2^\(certificate.exponent)")
    answer.fields = [
      JSONMember("lines", .number(Double(certificate.lineCount))),
      JSONMember("exponent", .number(Double(certificate.exponent))),
    ]
    return answer
  }

  /// A certificate of the derivation under way.
  private func certificate(at column: Int) throws(CommandError) -> Certificate {
    guard let claimed else {
      throw CommandError("nothing was claimed yet; begin with: claim always EXPR = EXPR", at: column)
    }
    guard let seed = claimed.seed else {
      let first = claimed.lines[0].claim
      throw CommandError(
        "what was claimed is claimed here, and not always; begin with: claim always \(Session.text(of: first))",
        at: column)
    }
    var (lines, steps): ([Certificate.Line], Int) = ([], 0)
    for (place, line) in claimed.lines.enumerated() {
      let written = try proof(of: line, number: place + 1, seed: seed, at: column)
      steps += written.points.reduce(0) { $0 + $1.steps.count }
      guard steps <= Session.mostSteps else {
        throw CommandError(
          "\(Session.naming(line, place + 1)) makes it more than \(Session.mostSteps) operations; write fewer lines, or of a smaller network",
          at: column)
      }
      let reach = Tongue.english(written.proof.reach(timeline.state.worked))
      lines.append(
        Certificate.Line(
          claim: line.claim.typed, holds: reach, proof: written))
    }
    return Certificate(network: try linesToThisPlace(at: column), seed: seed, lines: lines)
  }

  /// The lines that lead to this place, but for numbers, none of which is in a proof: for a reader.
  private func linesToThisPlace(at column: Int) throws(CommandError) -> [String] {
    let lets = lines.filter { $0.words.first?.text == "let" }.map(\.spoken)
    let network = try networkLines(at: column).filter { !$0.hasPrefix("set ") }
    return lets + network + ["batch \(timeline.state.batch.count)", "goto \(timeline.state.step)"]
  }

  /// `line 2, a1 = f1(net1),`
  private static func naming(_ line: ClaimedDerivation.Line, _ number: Int) -> Text {
    "line \(number), \(text(of: line.claim)),"
  }

  /// The proof of a line, with each operation of it.
  private func proof(
    of line: ClaimedDerivation.Line, number: Int, seed: Int, at column: Int
  ) throws(CommandError) -> WrittenProof {
    let name = Session.naming(line, number)
    let proved = Verdict.Grade.proved.rawValue
    guard line.word == proved else {
      throw CommandError(
        "\(name) was \(line.word), and a certificate is of lines that were proved; claim without it what is", at: column
      )
    }
    let trial = try Trial(line.claim, in: self, seed: seed)
    // Where a draw leaves all out, another one may not.
    for draw in 1...Trial.drawsOfAReason {
      let (agreement, drawn) = try trial.agreement(inDraw: draw)
      guard agreement.count > 0 else { continue }
      do throws(NotWritten) {
        let judge = try? FieldJudge(line.claim, in: drawn.scope, seed: seed)
        if case .equal = trial.finding(at: drawn.scope), let written = try judge?.written() { return written }
      } catch {
        throw CommandError("\(name) is too large to be written down: \(error.why)", at: column)
      }
    }
    throw CommandError("\(name) is not proved at this place; go back to where it was claimed", at: column)
  }
}
