import Engine
import Notation
import Testing

@testable import Language

/// The names that `let` may take: all that mean nothing yet.
@Suite struct LetNamesTests {
  private static let network = "input 2\ndense 2 tanh\ndense 2 softmax\nsample 1 2 -> 0 1\n"

  /// Whatever a table gives a meaning to in an expression or a line, as far as it has the form of a name.
  private static var taken: [String] {
    let quantities = Quantity.Kind.all.map { $0.isOfLayer ? "\($0.name)2" : $0.name } + ["a0", "dnet1"]
    let functions = Function.all.map(\.name) + Activation.all.map(\.name) + ["f1", "f23"]
    let words = Command.all.map(\.name) + SessionSetting.names + Phase.allCases.map(\.rawValue)
    let keywords = ["and", "or", "not", "inf", "nan", "within", "where", "with", "always", "until", "deep", "all"]
    return (quantities + functions + words + keywords).filter {
      // A call of `value` cannot be taken for a name.
      !$0.contains("-") && $0 != "value"
    }
  }

  @Test(arguments: taken) func whatHasAMeaningIsNoName(name: String) throws {
    var session = Session()
    try session.take(LetNamesTests.network)
    #expect(throws: CommandError.self) { try session.take("let \(name) = 3") }
  }

  @Test(arguments: ["J", "L", "b", "w", "db", "delta", "e", "z", "net", "seed", "N", "value"])
  func theLettersOfAPageAreFree(name: String) throws {
    var session = Session()
    try session.take(LetNamesTests.network + "backward\nlet \(name) = a2[1] + 1")
    #expect(try session.value(name).scalar == session.value("a2[1] + 1").scalar)
    // What is made of the quantities of that letter stays what it was.
    let (product, expected) = (try session.value("\(name) * dw1[1,1]"), try session.value("(a2[1] + 1) * ∂L/∂w1[1,1]"))
    #expect(Agreement(product, expected).holds)
    // What is printed can be typed again.
    let answer = try session.execute(Line("print d(\(name))/d(net2[2]) + \(name)"))
    let printed = try #require(answer.lines.first?.description.split(separator: " = ").first.map(String.init))
    #expect(try session.value(printed) == session.value("d(\(name))/d(net2[2]) + \(name)"))
  }
}

/// What `let` keeps as it is now.
@Suite struct KeptValueTests {
  private let network = "input 1\ndense 1 identity nobias\nrate 0.1\nset w1 = 2\nsample 1 -> 0\nforward\n"

  static let lines: [(line: String, name: String, expected: Double)] = [
    ("let keep before = loss", "before", 2.0), ("let before = value(loss)", "before", 2),
    ("let keep = value(loss)", "keep", 2),
    ("let gain = value(loss) - loss", "gain", 2 - 1.62), ("let keep k = w1 * 3", "k", 6),
    ("let keep=loss", "keep", 1.62),
    ("print value(loss)", "value(loss)", 1.62),
  ]

  @Test(arguments: lines)
  func isWhatItWas(_ line: String, _ name: String, _ expected: Double) throws {
    var session = try session(network + line + "\nrun 1\nforward")
    #expect(try abs((session.value(name).scalar ?? .nan) - expected) < 1e-15)
    try session.take("undo")
  }

  @Test func aMatrixIsKeptWhole() throws {
    let session = try session(
      "input 2\ndense 2 tanh\nset w1 = [1 2; -3 4]\nlet keep before = w1\nset w1 = 0\nexpect before == [1 2; -3 4]")
    #expect(try session.value("before - w1").elements == [1, 2, -3, 4])
  }

  @Test(arguments: [
    ("let keep q = delta1", "14: delta1 is not computed yet at step 2 (loss); it comes at step 3 (backward, layer 1)"),
    ("let keep q = 1 / 0", "14: only finite numbers can be kept"),
    ("let keep w1 = 2", "10: w1 is taken: it is the name of a quantity"),
  ]) func faults(_ line: String, _ message: String) throws { #expect(try complaint(line, after: network) == message) }
}
