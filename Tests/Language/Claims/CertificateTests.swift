import Engine
import Formats
import TestSupport
import Testing

@testable import Language

/// Certificates of proofs are taken by both checkers, which share nothing, and with one number changed by neither.
@Suite struct CertificateTests {
  private let folder = TemporaryFolder()

  private static let checker = #filePath.replacing("CertificateTests.swift", with: "check_proof.py")

  /// What the checker in Python says of files, a line each; nil where there is no Python.
  private func verdicts(_ names: [String]) -> [String]? {
    guard Python.isThere else { return nil }
    return Python.run(Self.checker, names.map { "\(folder.path)/\($0)" })
      .split(separator: "\n").map { String($0).replacing(folder.path + "/", with: "") }
  }

  /// What the checker in Swift says of a file.
  private func verdict(_ name: String) -> String {
    let bytes = Array(folder.text(name).utf8)
    do throws(CertificateError) {
      let check = try CertificateCheck(of: bytes)
      return "ok      \(name): \(counted(check.lines, "line")), below 2^\(check.exponent)"
    } catch {
      return "FAILED  \(name): \(error.message)"
    }
  }

  /// Writes certificates of derivations, and expects both checkers to take them.
  private func expectTaken(_ derivations: [(build: String, lines: [String])]) throws {
    var names: [String] = []
    for (build, lines) in derivations {
      var session = try session(build)
      for line in lines { try session.take(line) }
      let name = "\(names.count + 1).json"
      let answer = try session.execute(Line("proof \(folder.path)/\(name)")).transcript.joined()
      names.append(name)
      let found = verdict(name)
      #expect(found.hasPrefix("ok "), "\(build)\(lines): \(found)")
      #expect(answer.hasSuffix(found.drop { $0 != ":" }), "\(answer): \(found)")
    }
    if let said = verdicts(names) { #expect(said == names.map(verdict)) }
  }

  // MARK: what is right

  @Test func everyLineOfBothDerivationsIsTaken() throws {
    let lines = PageLine.softmax + PageLine.perceptron
    let claims = lines.flatMap { line in line.claims.map { (line, "claim always \($0)\(line.condition)\n") } }
    try expectTaken(
      claims.map { line, claim in (try line.standing().lines.map(\.text).joined(separator: "\n"), [claim]) })
  }

  private static let derivations: [(build: String, lines: [String])] = [
    // Several lines, and exp and log by their laws.
    (
      "input 3\ndense 3 softmax nobias\nloss cross-entropy\nsample 2 1 0.1 -> 1 0 0\nforward\nbackward\n",
      ["derive delta1[k]"]
    ),
    (
      "input 3\ndense 3 softmax nobias\nloss cross-entropy\nsample 2 1 0.1 -> 1 0 0\nforward\nbackward\n",
      ["claim always log(a1[1]) - log(a1[2]) = net1[1] - net1[2]\n"]
    ),
    (
      "input 3\ndense 3 softmax nobias\nloss cross-entropy\nsample 2 1 0.1 -> 1 0 0\nforward\nbackward\n",
      ["claim always a1[k] = exp(net1[k] - max(net1)) / sum(j, exp(net1[j] - max(net1)))\n"]
    ),
    // Outcomes of comparisons, and multiples of one.
    (
      "input 2\ndense 3 relu\ndense 2 leaky-relu slope=0.2\nloss huber delta=0.7\nsample 1 2 -> 1 0\nforward\nbackward\n",
      [
        "claim always a1[j] = max(0, net1[j])\n", "= (net1[j] + abs(net1[j])) / 2\n",
        "= -min(2 * net1[j], 0) / 2 + net1[j]\n",
      ]
    ),
    ("input 2\ndense 2 relu\nsample 1 2 -> 1 0\nforward\n", ["claim always max(a1) + min(-a1) = 0\n"]),
    ("input 2\ndense 3 relu\nsample 1 2 -> 1 0 1\nforward\n", ["claim always a1[j] = net1[j] where net1[j] > 0\n"]),
    ("input 2\ndense 2 elu\nsample 1 2 -> 1 0\nforward\nbackward\n", ["derive dw1[j,i]"]),
    // Roots, and what was drawn for other functions.
    ("input 2\ndense 2 tanh\nsample 1 2 -> 1 0\nforward\n", ["claim always |net1|^2 = sum(j, net1[j]^2)\n"]),
    ("input 2\ndense 2 gelu\nsample 1 2 -> 1 0\nforward\nbackward\n", ["derive delta1[j]"]),
    ("input 2\ndense 2 softplus\nsample 1 2 -> 1 0\nforward\nbackward\n", ["derive dw1[j,i]"]),
    // Updates, whatever the optimizer remembers; a batch; a condition.
    ("input 2\ndense 2 tanh\noptimizer adam\nsample 1 2 -> 0.4 0\nrun 1\nupdate\n", ["derive w1[j,i]"]),
    ("input 2\ndense 2 tanh\noptimizer rmsprop centered=true\nsample 1 2 -> 0.4 0\nupdate\n", ["derive ub1[j]"]),
    (
      "input 2\ndense 2 tanh\ndense 2 softmax\nloss ce\nsample 1 2 -> 1 0\nsample 2 1 -> 0 1\nbatch all\nforward\nbackward\n",
      ["derive dw1[j,i]"]
    ),
    (
      "input 2\ndense 2 tanh\nrate 0.5\nsample 1 2 -> 1 0\nupdate\n",
      ["claim always w1 = old(w1) - dw1 with rate = 1\n"]
    ),
    // Nothing that is drawn.
    ("input 1\ndense 1 tanh\nsample 1 -> 1\n", ["claim always 2 / 4 = 0.5\n"]),
  ]

  @Test func derivationsOfAllKindsAreTaken() throws { try expectTaken(Self.derivations) }

  // MARK: one number changed

  /// The places of all runs of digits in a text.
  private func numbers(in text: [UInt8]) -> [Range<Int>] {
    var (found, start): ([Range<Int>], Int?) = ([], nil)
    for (place, byte) in text.enumerated() {
      let isDigit = (0x30...0x39).contains(byte)
      if isDigit, start == nil { start = place }
      if !isDigit, let begin = start {
        found.append(begin..<place)
        start = nil
      }
    }
    return found
  }

  private func written(_ derivation: (build: String, lines: [String]), _ name: String) throws -> [UInt8] {
    var session = try session(derivation.build)
    for line in derivation.lines { try session.take(line) }
    try session.execute(Line("proof! \(folder.path)/\(name)"))
    return Array(folder.text(name).utf8)
  }

  /// Expects neither checker to take a certificate with a number changed, at each of some places.
  private func expectRejected(
    _ certificate: [UInt8], at places: [Range<Int>], by other: (String) -> String, _ comment: String
  ) throws {
    var (names, spoiled): ([String], [String]) = ([], [])
    for (count, place) in places.enumerated() {
      let old = String(decoding: certificate[place], as: UTF8.self)
      let text = String(decoding: certificate[..<place.lowerBound], as: UTF8.self)
      let rest = String(decoding: certificate[place.upperBound...], as: UTF8.self)
      let new = other(old)
      guard new != old else { continue }
      folder.write("spoiled-\(count).json", text + new + rest)
      names.append("spoiled-\(count).json")
      spoiled.append("\(text.suffix(60))[\(old) -> \(new)]\(rest.prefix(40))")
    }
    for (name, change) in zip(names, spoiled) {
      #expect(verdict(name).hasPrefix("FAILED "), "\(comment): \(change)")
    }
    guard let said = verdicts(names) else { return }
    #expect(said.count == names.count, "\(said.prefix(3))")
    for (line, change) in zip(said, spoiled) { #expect(line.hasPrefix("FAILED "), "\(comment): \(change)") }
  }

  /// Every number of small ones, the digits in its texts too.
  @Test(arguments: [
    "claim always a1 = f1(net1)\n", "claim always exp(-net1) * exp(net1) = 1\n", "claim always abs(net1)^2 = net1^2\n",
  ])
  func oneNumberChangedIsNoticed(claim: String) throws {
    let certificate = try written(("input 1\ndense 1 tanh\nsample 1 -> 1\nforward\n", [claim]), "small.json")
    let places = numbers(in: certificate)
    #expect(places.count > 100)
    try expectRejected(certificate, at: places, by: { String($0.dropLast()) + ($0.last == "7" ? "8" : "7") }, claim)
  }

  private static let seed = Int.random(in: 0...Int(Int32.max))

  /// Some numbers of larger ones: others put in their place, among them those of other steps.
  @Test(arguments: derivations.indices.dropLast())
  func someNumbersChangedAreNoticed(index: Int) throws {
    let certificate = try written(Self.derivations[index], "large.json")
    var generator = Generator(seed: Self.seed, stream: index + 1)
    // Of long ones fewer, since each is gone through as a whole.
    let places = numbers(in: certificate).shuffled(using: &generator).prefix(
      max(2, min(8, 400_000 / certificate.count)))
    try expectRejected(
      certificate, at: Array(places),
      by: { old in
        guard let number = UInt64(old), number > 0 else { return old + "1" }
        return String(UInt64.random(in: 0...(number < 1 << 62 ? 2 * number : number), using: &generator))
      }, "seed \(Self.seed), derivation \(index)")
  }

  /// What one number more or less would not spoil: parts left out, put in twice, or of another kind.
  @Test(arguments: [
    "", "{", "[]", "{}", "7", "null", "{\"certificate\":1}", "\u{0}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "{\"certificate\":1,\"certificate\":1}",
  ])
  func whatIsNoCertificateIsNotTaken(text: String) {
    folder.write("none.json", text)
    #expect(verdict("none.json").hasPrefix("FAILED "))
    if let said = verdicts(["none.json"]) { #expect(said.first?.hasPrefix("FAILED ") == true) }
  }

  @Test func hostileOnesAreAnswered() throws {
    let derivation = ("input 1\ndense 1 tanh\nsample 1 -> 1\nforward\n", ["claim always exp(-net1) * exp(net1) = 1\n"])
    let text = String(decoding: try written(derivation, "right.json"), as: UTF8.self)
    var names: [String] = []
    for (old, new) in [
      ("\"of\":[1,2]", "\"of\":[1,-2]"), ("\"of\":[1,2]", "\"of\":[0,2]"), ("\"of\":[1,2]", "\"of\":[1,900]"),
      ("\"of\":[1,2]", "\"of\":[1,1e300]"), ("\"of\":[1,2]", "\"of\":[1]"), ("\"of\":[1,2]", "\"of\":[]"),
      ("\"of\":[1,2]", "\"of\":\"12\""), ("\"of\":[1,2]", "\"of\":[1,2.5]"), ("\"of\":[1,2]", "\"of\":[[1,2]]"),
      ("\"step\":\"*\"", "\"step\":\"power\""), ("\"step\":\"*\"", "\"step\":\"invert\""),
      ("\"step\":\"drawn\"", "\"step\":\"law\""), ("\"from\":[", "\"from\":[0,"), ("\"from\":[", "\"from\":[-7,"),
      ("\"uses\":1", "\"uses\":99999999999999999999"), ("\"degrees\":[1,0]", "\"degrees\":[1]"),
      ("\"patterns\":[", "\"patterns\":[{},"), ("\"sides\":[[", "\"sides\":[[1,"),
      ("\"outcomes\":[]", "\"outcomes\":[[1,1]]"),
      ("\"points\":[", "\"points\":[7,"), ("\"stream\":1", "\"stream\":0"), ("\"seed\":1", "\"seed\":-1"),
      ("\"lines\":[", "\"lines\":[[],"), ("\"network\":", "\"netwrok\":"),
      ("\"fraction\":[\"1\",\"1\"]", "\"fraction\":[\"1\",\"0\"]"),
    ] {
      #expect(text.contains(old), "\(old)")
      let name = "hostile-\(names.count).json"
      folder.write(name, text.replacing(old, with: new, maxReplacements: 1))
      names.append(name)
      #expect(verdict(name).hasPrefix("FAILED "), "\(old) -> \(new)")
    }
    if let said = verdicts(names) { #expect(said.count == names.count && said.allSatisfy { $0.hasPrefix("FAILED ") }) }
  }

  // MARK: the command

  @Test func whatCannotBeWrittenIsSaid() throws {
    let file = "\(folder.path)/a.json"
    let begin = "input 2\ndense 2 tanh\nsample 1 2 -> 1 0\nforward\n"
    for (lines, message) in [
      ("", "1: nothing was claimed yet; begin with: claim always EXPR = EXPR"),
      (
        "claim a1 = f1(net1)\n",
        "1: what was claimed is claimed here, and not always; begin with: claim always a1 = f1(net1)"
      ),
      (
        "claim always a1 = f1(net1)\n= tanh(net1) + 1\n",
        "1: line 2, f1(net1) = tanh(net1) + 1, was refuted, and a certificate is of lines that were proved"
      ),
      ("claim always erf(-net1) = -erf(net1)\n", "1: line 1, erf(-net1) = -erf(net1), was tested"),
      ("claim always a1 = f1(net1)\ngoto start\n", "is not computed yet"),
    ] {
      let said = try complaint("proof \(file)", after: begin + lines)
      #expect(said.contains(message), "\(said)")
      #expect(folder.files.isEmpty)
    }
    #expect(try complaint("proof", after: begin) == "7: a file was expected here")
    #expect(try complaint("proof a b", after: begin).contains("nothing more was expected here"))
  }

  @Test func whatIsTooLargeIsSaid() throws {
    let (inputs, targets) = (String(repeating: "1 ", count: 100), String(repeating: "1 ", count: 300))
    let text = "input 100\ndense 300 tanh\nsample \(inputs)-> \(targets)\nforward\nclaim always a1 = f1(net1)\n"
    let said = try complaint("proof \(folder.path)/a.json", after: text)
    #expect(said.contains("is too large to be written down: it takes more than"), "\(said)")
    #expect(folder.files.isEmpty)
  }

  @Test func onlyItsOwnFilesAreWrittenOver() throws {
    let file = "\(folder.path)/a.json"
    folder.write("a.json", "mine")
    let begin = "input 2\ndense 2 tanh\nsample 1 2 -> 1 0\nforward\nclaim always a1 = f1(net1)\n"
    #expect(try complaint("proof \(file)", after: begin).hasSuffix("proof! writes over it"))
    #expect(folder.text("a.json") == "mine")
    var session = try session(begin)
    try session.execute(Line("proof! \(file)"))
    try session.execute(Line("proof \(file)"))
    #expect(verdict("a.json").hasPrefix("ok "))
  }
}
