import Diagnosis
import Engine
import Formats
import Notation
import Panels
import Testing

@testable import Language

/// What `help NAME` says of the rows of every table.
@Suite struct HelpTests {
  /// A network in which everything that is computed has a value: after two iterations, with samples held out.
  private static let trained = """
    network example
    input 2
    dense 2 tanh
    dense 1 sigmoid
    data xor
    holdout 0.25

    """

  private func help(_ name: String, after text: String = "") throws -> [String] {
    var session = try session(text)
    return try session.execute(Line("help \(name)")).lines.map(\.description)
  }

  @Test func severalAreAskedForAsOne() {
    for (several, one) in [("losses", "loss"), ("optimizers", "optimizer"), ("mistakes", "mistake")] {
      #expect(answers("help \(several)") == answers("help \(one)") && !answers("help \(one)").isEmpty)
    }
    #expect(play("help lossses").contains("there is no help on lossses"))
  }

  @Test func everyRowOfEveryTableHasHelp() throws {
    let names =
      Command.all.map(\.name) + Quantity.Kind.all.map(\.name) + Function.all.map(\.name) + Activation.names
      + Loss.names + Optimizer.names + Initialiser.names + Optimizer.all.flatMap { $0.settings.map(\.name) }
      + Activation.all.flatMap { $0.settings.map(\.name) } + SessionSetting.names + Stride.allCases.map(\.name)
      + BuiltInData.all.map(\.name) + Remark.all.map(\.name) + Fate.all.map(\.name) + Panel.body.map(\.name)
    for name in names {
      let lines = try help(name)
      #expect(lines.count > 1 && lines[0].contains(name) || lines.contains { $0.contains(name) }, "\(name): \(lines)")
    }
  }

  /// A key is found by the name that the screen prints, and by words for it.
  @Test func everyKeyHasHelp() throws {
    for binding in Binding.all where !binding.meaning.isEmpty {
      for key in binding.keys {
        #expect(try help(key).contains { $0.hasPrefix("\(key), a key") && $0.contains(binding.meaning.description) })
      }
    }
    #expect(try help("Right").contains { $0.hasPrefix("→, a key") })
    #expect(try help("tab").contains { $0.hasPrefix("Tab, a key") })
    #expect(try help("F5") == ["F5, a key: it does nothing here; help keys lists those that do"])
    #expect(try help("Ctrl-L").contains { $0.hasPrefix("^L, a key") })
  }

  /// The lines behind `for example:` are carried out, each topic's from the same beginning.
  @Test func everyExampleRuns() throws {
    for topic in Topic.all where topic.kind.description != "a command" {
      var session = try session(HelpTests.trained)
      let lines = topic.text(session).map(\.description)
      if let memory = Quantity.Kind.named(topic.name)?.memory {
        let keeper = try #require(Optimizer.all.first { $0.memory.contains { $0.name == memory } })
        let condition = keeper.memory.first { $0.name == memory }?.condition
        let value = condition.flatMap { keeper.setting($0) }.map { $0.isFlag ? "true" : "0.5" }
        let setting = condition.map { " \($0)=\(value ?? "")" } ?? ""
        try session.take("optimizer \(keeper.name)\(setting)")
      }
      if !lines.contains(where: { $0.contains("network example") }) { try session.take("run 2") }
      let examples = lines.drop { $0 != "for example:" }.filter { $0.hasPrefix("  ") }
      #expect(!examples.isEmpty || ["a panel", "a key"].contains(topic.kind.description), "\(topic.name)")
      for line in examples {
        // A layer that is added does not fit the data; that it is added is what the line is for.
        do throws(CommandError) { try session.execute(Line(String(line.dropFirst(2)))) } catch {
          Issue.record("\(topic.name): \(line): \(error.worded())")
        }
      }
    }
  }

  /// A quantity says what it is, its shape, its equation, where it is computed, and a line; of a network that is there, of that.
  @Test func aQuantityTellsAllOfIt() throws {
    #expect(
      try help("delta1", after: "input 3\ndense 4 tanh\ndense 2 softmax\nloss ce\nsample 1 2 3 -> 1 0") == [
        "delta1, a quantity: the loss's derivative by the pre-activations; on the screen δ1; on a page ∂L/∂net",
        "  shape: a number for each unit of the layer, here 4×1",
        "  equation: delta1[j] = da1[j] * f1'(net1[j])",
        "  computed in step 5 of an iteration's 7: backward, layer 1", "for example:", "  print delta1",
        "  explain delta1[1]",
      ])
    #expect(try help("w2[1,2]").first?.hasPrefix("w2, a quantity: weights") == true)
    #expect(try help("dw").contains("  equation, of one sample: dw1[j,i] = delta1[j] * x[i]"))
  }

  /// What help calls an equation is one: claimed after a backward pass of one sample, it holds.
  @Test func theEquationsHold() throws {
    for network in [
      "input 3\ndense 4 tanh\ndense 2 softmax\nloss ce\nsample 0.1 -0.2 0.3 -> 1 0",
      "input 2\ndense 3 leaky-relu\ndense 3 silu sharedbias\ndense 1 sigmoid\nloss bce\nsample 1 2 -> 1",
    ] {
      var session = try session(network + "\nforward\nbackward")
      var count = 0
      for kind in Quantity.Kind.all where !kind.isParameter {
        for layer in kind.isOfLayer ? Array(1...session.timeline.experiment.network.layers.count) : [0] {
          guard let equation = Quantity(kind, layer).equation(in: session.timeline.experiment.network) else { continue }
          let answer = try session.execute(Line("claim \(equation)"))
          #expect(answer.verdict?.holds == true, "\(equation): \(answer.lines)")
          count += 1
        }
      }
      #expect(count >= 14)
    }
  }

  @Test(arguments: [
    ("BCELoss", "binary-cross-entropy outputs=mean, a loss"), ("nn.ReLU", "relu, an activation"),
    ("z2", "net2, a quantity"),
    ("learning_rate", "rate=…, a setting of sgd"), ("Swish", "silu, an activation"), ("f2", "f2(v), a function"),
    ("labels", "y, a quantity"), ("epochs", "epoch, a stride"), ("ln", "log(v), a function"), ("wq", "save FILE"),
    ("shuffle", "shuffle is not a command by itself; it stands in: order"), ("train", "run N [STRIDE]"),
  ])
  func namesFromElsewhereFindTheirRows(name: String, expected: String) throws {
    #expect(try help(name).first?.hasPrefix(expected) == true)
  }

  @Test(arguments: [
    ("sigmod", "there is no help on sigmod; did you mean sigmoid?"),
    ("dleta1", "there is no help on dleta1; did you mean delta?"),
    ("qqqqqqqq", "there is no help on qqqqqqqq; help lists what there is"),
  ])
  func whatThereIsNoHelpOnSuggestsWhatIsNear(name: String, expected: String) throws {
    #expect(throws: CommandError.self) { try help(name) }
    do { _ = try help(name) } catch let error as CommandError { #expect(error.worded() == expected) }
  }

  /// Completion offers what there is help on behind `help `.
  @Test func completionOffersTheRows() throws {
    let candidates = try session("").completion(of: "help ", at: 5).candidates
    for name in ["delta", "log", "relu", "bce", "momentum", "digits", "epoch", "iris", "sorted-data", "map", "Tab"] {
      #expect(candidates.contains(name), "\(name)")
    }
  }
}
