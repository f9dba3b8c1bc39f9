import Testing

@testable import Language

/// Slips whose numbers or rules are found among many, and what is said where few digits or rounding alone would tell.
@Suite struct FittedSlipsTests {
  private func answer(_ line: String, to network: String = DiagnosisTests.network) -> String {
    lastAnswer(network + line)
  }

  /// Of an output's own derivative in what the loss has cancelled it in, seen in the gradient of the weights alone.
  @Test func theLossIsNamedThatItIsTheDerivativeOf() {
    let crossed = DiagnosisTests.network.replacing("batch all", with: "batch all\nloss binary-cross-entropy")
    let shown = answer(
      "compare dw2 = (sum(sample, ((a2 - y) .* a2 .* (1 - a2)) * a1')) / 2", to: crossed)
    #expect(
      shown.contains("\nwrong-loss: it is the derivative of another loss (half-squared-error); given is delta2[k] = "),
      "\(shown)")
    #expect(shown.components(separatedBy: "wrong-loss").count == 2, "\(shown)")
  }

  /// The gradients of the biases of a softmax add up to nothing, whatever the sample: rounding alone tells no reason from another.
  @Test func roundingTellsNothingApart() {
    let shown = answer(
      "compare db2 = [0; 0; 0]",
      to: DiagnosisTests.classes.replacing("1 0 0.5", with: "1 0 0\nset b2 = [0.1; 0.2; -0.1]"))
    #expect(shown.contains("\nfrozen-bias: ") && !shown.contains("would tell"), "\(shown)")
    #expect(!shown.contains("so few digits"), "\(shown)")
  }

  /// A fitted number is as exact as the digits that were typed.
  @Test(arguments: [
    ("dw1 + 0.01 * w1", "weight-decay: ", "0.01 * w1[j,i]"), ("1.7 * dw1", "all of it is so many times", "1.7 * "),
    ("0.05 / sqrt(sum(dw1 .* dw1)) * dw1", "clipped: ", "its norm is 0.05"),
  ])
  func fewDigitsTellAFittedNumber(_ expression: String, _ name: String, _ formula: String) {
    let exact = answer("print \(expression)").split(separator: "[")[1].prefix { $0 != "]" }
    let rounded = exact.split(separator: ";").map { row in
      row.split(separator: " ").compactMap { Double($0).map { "\(($0 * 1e5).rounded() / 1e5)" } }.joined(separator: " ")
    }.joined(separator: "; ")
    let shown = answer("compare dw1 = [\(rounded)]")
    #expect(shown.contains("\n\(name)") && shown.contains(formula), "\(shown)")
  }

  @Test(arguments: [
    ("delta2 = a2 - y", "sum-of-targets: "),
    ("delta2 = J2' * delta2", "softmax-twice: "),
    ("delta2 = da2 .* a2 .* (1 - a2)", "softmax-diagonal: "),
  ])
  func theSlipOfSoftmaxIsNamed(_ line: String, _ reason: String) {
    let shown = answer("compare \(line)", to: DiagnosisTests.classes)
    #expect(shown.contains("\n\(reason)"), "\(shown)")
  }
}
