import Engine
import Testing

@testable import Notation

@Suite struct BoundScopeTests {
  /// What an evaluation has read goes with it: it holds a whole line of time, and a run asks at every iteration.
  @Test(arguments: [
    "loss", "loss[1]", "sum(sample, loss[sample])", "sum(sample, w1[1,1] * x[1])", "old(w1[1,1])", "at(step-1, loss)",
    "d(loss)/d(w1[1,1])",
  ])
  func goesWithTheEvaluation(text: String) throws {
    var line = try Sample.timeline(
      [2, 2, 1], ["sigmoid", "sigmoid"], inputs: [[0, 1], [1, 1]], targets: [[1], [0]])
    line.move(to: line.place(2, on: .iteration))
    weak var left: BoundScope<Double>?
    func evaluate() throws {
      let scope = StateScope(line)
      let compiler = Compiler<Double>()
      let code = try compiler.compile(try Expression.parse(text), Names(scope))
      let binding = BoundScope<Double>(scope)
      left = binding
      let value = try code(Evaluation(binding, compiler))
      #expect(try value.matrix == Expression.parse(text).evaluate(in: scope))
      #expect(left != nil)
    }
    try evaluate()
    #expect(left == nil, "\(text) is held for ever")
  }
}
