import Engine
import Notation
import Testing

@testable import Language

/// The other names of rules.
@Suite struct AliasesTests {
  /// Aliases do what the rule does, in commands and in expressions, and help tells them.
  @Test func aliasesAreUnderstoodAndListed() throws {
    var session = try session(
      "input 2\ndense 2 linear\ndense 2 swish\nlayer 1 dense 2 logistic\nloss mse\ninit glorot\ninit kaiming\noptimizer adam lr=0.5"
    )
    let network = session.timeline.experiment.network
    #expect(network.layers.map(\.activation.rule.name) == ["sigmoid", "silu"])
    #expect(network.loss.rule.name == "mean-squared-error" && network.optimizer.rate == 0.5)
    #expect(session.timeline.experiment.initialiser.rule.name == "he")
    #expect(try session.value("swish(2) == silu(2) and logistic'(1) == sigmoid'(1) and linear(3) == 3").scalar == 1)
    func listed<Row: Rule>(_ command: String, _: Row.Type) throws {
      let text = try session.execute(Line("help \(command)")).lines.map(\.description).joined(separator: "\n")
      for row in Row.all where !row.aliases.isEmpty {
        #expect(text.contains("(also \(row.aliases.joined(separator: ", ")))"), "\(row.name) in help \(command)")
        for alias in row.aliases {
          let own = try session.execute(Line("help \(alias)")).lines.map(\.description)
          #expect(own.first?.hasPrefix(row.name) == true)
        }
      }
    }
    try listed("dense", Activation.self)
    try listed("loss", Loss.self)
    try listed("init", Initialiser.self)
    try listed("optimizer", Optimizer.self)
    #expect(
      try session.execute(Line("help sgd")).lines.contains { $0.description.contains("(also lr, learning-rate)") })
  }
}
