import Engine
import Testing

@testable import Notation

@Suite struct StateScopeTests {
  /// Derivation B in matrix form and in index form, on a 2-4-3 network.
  @Test(arguments: [
    "net1 ~= w1 * x", "a1 == f1(net1)", "a1 ~= sigmoid(w1 * x)", "delta2 ~= -(y - a2) .* f2'(net2)",
    "delta1 ~= f1'(net1) .* (w2' * delta2)", "dw1 == delta1 * x'", "dw1 ~= outer(delta1, x)",
    "loss ~= |y - a2|^2 / 2", "loss ~= sum(k, (y[k] - a2[k])^2) / 2", "net1[3] ~= sum(i, w1[3,i] * x[i])",
    "dw1[4,2] ~= sum(k, -(y[k] - a2[k]) * f2'(net2[k]) * w2[k,4]) * f1'(net1[4]) * x[2]",
    "d(loss)/d(w2[3,4]) ~= dw2[3,4]", "∂L/∂net1[2] ~= δ1[2]", "d(loss)/d(w1) ~= dw1", "d(a1)/d(net1) ~= J1",
    "d(loss)/d(x) ~= dx", "dL/da1[2] ~= da1[2]", "phase == backward", "phase != loss", "step == 5", "loss[1] == loss",
    "w2⟨0⟩[1,1] == w2[1,1]", "at(2, a2) == a2", "not changed(w1)[1,1]", "changed(dx)[1]",
  ])
  func holdsAfterBackward(text: String) throws {
    let scope = try Sample.perceptron(step: 5)
    #expect(try value(text, scope).holdsEverywhere, "\(text)")
  }

  @Test func aQuantityThatComesLaterIsSaidToCome() throws {
    #expect(
      complaint("1 + delta1", try Sample.perceptron(step: 3))
        == "5: delta1 is not computed yet at step 3 (loss); it comes at step 5 (backward, layer 1)")
  }
}
