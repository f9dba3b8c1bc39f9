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

  @Test func aliasesAreTheSameQuantity() throws {
    let scope = try Sample.perceptron(step: 5)
    for text in [
      "dnet1 == delta1", "a0 == x", "da0 == dx", "out == a2", "t == iteration", "d(loss)/d(a0[1]) ~= dx[1]",
      "J2 == diag(f2'(net2))",
      "sum(j, dnet1[j]) == sum(delta1)", "accuracy <= 1", "rate == 1", "layer == 1", "sample == 1", "epoch == 1",
    ] { #expect(try value(text, scope).holdsEverywhere, "\(text)") }
  }

  /// The elements that a unit stride has computed can be read, by the quantity's name or by one that only stands for it.
  @Test func theElementsThatAreThereOfAHalfComputedQuantityAreRead() throws {
    var line = try Sample.timeline([2, 3, 1], ["tanh", "sigmoid"], inputs: [[0.3, 0.9]], targets: [[0.2]])
    line.move(to: Place(iteration: 0, operation: 0, unit: 2))
    let scope = StateScope(line, definitions: Definitions([Definition("z", try Expression.parse("net1"))]))
    for text in [
      "net1[1] ~= w1[1,1] * x[1] + w1[1,2] * x[2]", "net1[2,1] == z[2]", "sum(k=1..2, z[k]) == net1[1] + z[2]",
    ] {
      #expect(try value(text, scope).holdsEverywhere, "\(text)")
    }
    let notYet = "net1 is not computed yet at step 0 (start); it comes at step 1 (forward, layer 1)"
    for text in ["net1", "net1[3]", "sum(k, net1[k])", "a1[1]"] {
      #expect(complaint(text, scope)?.hasSuffix("it comes at step 1 (forward, layer 1)") == true, "\(text)")
    }
    #expect(complaint("net1[3]", scope) == "1: \(notYet)")
    line.move(to: line.place(ofStep: 4))
    let weights = try #require(line.state.program.producer(of: Quantity(.dw, 1)))
    line.move(to: Place(iteration: 0, operation: weights, unit: 1))
    #expect(try value("dw1[1,2] ~= delta1[1] * x[2]", StateScope(line)).holdsEverywhere)
    #expect(complaint("dw1[2,1]", StateScope(line))?.contains("not computed yet") == true)
    #expect(complaint("dw1[1,3]", StateScope(line)) == "1: dw1 is 1×2: it has no column 3")
  }

  /// Every version that a weight had, found on a line of many iterations.
  @Test func versionsAreFoundOnTheLine() throws {
    var line = try Sample.timeline([2, 3, 1], ["tanh", "sigmoid"], inputs: [[0.3, 0.9]], targets: [[0.2]])
    var seen: [Matrix] = []
    for iteration in 0..<40 {
      line.move(to: Place(iteration: iteration, operation: 1))
      seen.append(try value("w1", StateScope(line)))
    }
    line.move(to: line.place(ofStep: 7 * 39 + 2))
    let scope = StateScope(line)
    for (version, matrix) in seen.enumerated() {
      #expect(try value("w1⟨\(version)⟩", scope) == matrix, "version \(version)")
      #expect(try value("at(\(7 * version + 1), w1)", scope) == matrix, "version \(version)")
    }
    #expect(complaint("w1<40>", scope) == "1: w1 is at version 39; version 40 is not known here")
    #expect(complaint("net1<0>", scope) == "1: net1 has no versions: weights and biases have")
    #expect(complaint("at(1000, w1)", scope) == "4: step 1000 has not been reached yet")
    #expect(try number("sum(k=1..30, at(7 * k, loss))", scope) > 0)
    #expect(try value("at(step-1, at(step-1, step)) == step - 2", scope).holdsEverywhere)
    #expect(try value("at(5, changed(w1)) == 0 and at(6, changed(w1)) == 1", scope).holdsEverywhere)
    #expect(try value("at(6, phase == update)", scope).holdsEverywhere)
  }

  /// A network under construction has names without values.
  @Test func anEmptySessionIsNoTrap() throws {
    let scope = StateScope(Timeline())
    for text in [
      "x", "y", "out", "loss", "loss[1]", "w1", "a1", "sum(sample, loss)", "d(loss)/d(x)", "d(loss)/d(loss)",
      "accuracy", "phase",
      "f1(1)", "changed(loss)", "at(0, loss)", "w1<0>", "sum(k, x[k])", "holdout-accuracy", "rate",
    ] { _ = complaint(text, scope) }
    #expect(try number("phase == start", scope) == 1)
    #expect(complaint("w1", scope) == "1: there is no w1: the network has no layer yet")
  }

  @Test func aLayerWithoutBiasesHasNone() throws {
    #expect(complaint("b1", try Sample.perceptron(step: 5)) == "1: layer 1 has no biases (nobias)")
    #expect(complaint("f9(x)", try Sample.perceptron(step: 5)) == "1: there is no layer 9 here")
    #expect(complaint("w9", try Sample.perceptron(step: 5)) == "1: there is no w9: the network has 2 layers")
  }
}
