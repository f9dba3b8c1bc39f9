import Testing

@testable import Engine

/// Names of arrays as scripts, courses and programs have them, and what a reader takes each for.
@Suite struct ForeignNameTests {
  @Test(arguments: [
    ("X", "x", ""), ("x", "x", ""), ("inputs", "x", ""), ("X_train", "x", ""), ("Y", "y", ""), ("labels", "y", ""),
    ("t", "y", ""), ("targets", "y", ""), ("y_hat", "out", ""), ("yhat", "out", ""), ("predictions", "out", ""),
    ("loss", "loss", ""), ("cost", "loss", ""), ("J", "loss", ""), ("L", "loss", ""), ("lr", "rate", ""),
    ("learning_rate", "rate", ""), ("eta", "rate", ""), ("W1", "w", "1"), ("w1", "w", "1"), ("W_1", "w", "1"),
    ("weights1", "w", "1"), ("theta1", "w", "1"), ("fc1.weight", "w", "1"), ("0.weight", "w", "0"),
    ("layers.2.bias", "b", "2"), ("dense_1/kernel:0", "w", "1"), ("b2", "b", "2"), ("bias_2", "b", "2"),
    ("z1", "net", "1"), ("net1", "net", "1"), ("Z_2", "net", "2"), ("a1", "a", "1"), ("h1", "a", "1"), ("A2", "a", "2"),
    ("out2", "a", "2"), ("dW1", "dw", "1"), ("dw1", "dw", "1"), ("grad_W1", "dw", "1"), ("W1_grad", "dw", "1"),
    ("gradW_1", "dw", "1"), ("dL_dW1", "dw", "1"), ("dLdW1", "dw", "1"), ("0.weight.grad", "dw", "0"),
    ("db1", "db", "1"), ("fc2.bias.grad", "db", "2"), ("dZ2", "delta", "2"), ("delta1", "delta", "1"),
    ("dnet1", "delta", "1"), ("grad_z1", "delta", "1"), ("dA1", "da", "1"), ("dh1", "da", "1"),
  ])
  func isTakenFor(_ name: String, _ kind: String, _ number: String) throws {
    let found = try #require(ForeignName(name), "\(name)")
    #expect(found.kind.name == kind && found.layer.numbers.map(String.init).joined() == number)
    #expect(!found.isAfterUpdate)
  }

  @Test(arguments: [
    ("W1_new", "w", [1]), ("W1_after", "w", [1]), ("newW1", "w", [1]), ("updated_b2", "b", [2]), ("w2_next", "w", [2]),
    ("fc1.weight_new", "w", [1]),
  ])
  func isAfterTheUpdate(_ name: String, _ kind: String, _ numbers: [Int]) throws {
    let found = try #require(ForeignName(name))
    #expect(found.kind.name == kind && found.layer.numbers == numbers && found.isAfterUpdate)
  }

  /// A layer may be told by a word.
  @Test(arguments: [
    ("wh", "w", "h"), ("bout", "b", "out"), ("W_hidden", "w", "hidden"), ("hidden_weights", "w", "hidden"),
    ("output.bias", "b", "output"), ("dW_out", "dw", "out"), ("d_wout", "dw", "out"), ("delta_out", "delta", "out"),
    ("z_h", "net", "h"), ("logits", "net", "last"), ("hidden", "a", "hidden"),
  ])
  func wordsTellLayers(_ name: String, _ kind: String, _ words: String) throws {
    let found = try #require(ForeignName(name))
    #expect(found.kind.name == kind && found.layer.words == words && found.layer.numbers.isEmpty)
  }

  /// What other arrays of a script are called means nothing here.
  @Test(arguments: [
    "", "1", "x_mean", "x1", "y2", "epoch", "history", "accuracy", "mask", "seed", "running_mean", "loss1", "new",
    "momentum_1", "count", "weight_decay", "sample_weight", "class_weights", "bias_correction", "dropout", "grad_norm",
    "arr_0", "step", "i", "loss_new",
  ])
  func meansNothing(_ name: String) { #expect(ForeignName(name) == nil, "\(name)") }

  /// Every name that a row has is found, but for those that only another row can mean.
  @Test func everyNameOfTheTableIsFound() {
    for kind in Quantity.Kind.all where kind.isInCases {
      for name in kind.row.elsewhere + kind.row.inFiles + [kind.row.name] {
        let numbered = kind.isOfLayer ? "\(name)2" : name
        #expect(ForeignName(numbered)?.kind == kind, "\(numbered)")
      }
    }
  }
}
