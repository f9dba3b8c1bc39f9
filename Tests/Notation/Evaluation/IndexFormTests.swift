import Engine
import Testing

@testable import Notation

@Suite struct IndexFormTests {
  /// Each matrix form beside its index form, over random matrices of random sizes.
  @Test(arguments: [
    ("(w * v)[i]", "sum(j, w[i,j] * v[j])"), ("w'[j,i]", "w[i,j]"), ("(w' * u)[j]", "sum(i, w[i,j] * u[i])"),
    ("outer(u, v)[i,j]", "u[i] * v[j]"), ("(w .* w)[i,j]", "w[i,j]^2"), ("|w|^2", "sum(i, sum(j, w[i,j]^2))"),
    ("diag(u)[i,k]", "(i == k) * u[i]"), ("sum(w)", "sum(j, sum(i, w[i,j]))"), ("mean(u)", "mean(i, u[i])"),
    ("max(w)", "max(i, max(j, w[i,j]))"), ("min(u)", "min(i, u[i])"), ("prod(v)", "prod(j, v[j])"),
    ("(u' * w * v)", "sum(i, u[i] * sum(j, w[i,j] * v[j]))"), ("exp(w)[i,j]", "exp(w[i,j])"),
    ("(w * p)[i,k]", "sum(j, w[i,j] * p[j,k])"), ("sigmoid'(u)[i]", "sigmoid(u[i]) * (1 - sigmoid(u[i]))"),
    ("softmax(u)[i]", "exp(u[i]) / sum(k, exp(u[k]))"),
    ("softmax'(u)[i,k]", "softmax(u)[i] * ((i == k) - softmax(u)[k])"),
    ("(u - mean(u))[i]", "u[i] - sum(k, u[k]) / sum(k, u[k]^0)"), ("norm(v)", "sqrt(sum(j, v[j]^2))"),
  ])
  func agreesWithMatrixForm(matrix: String, index: String) throws {
    let claim = try Claim.parse("\(matrix) = \(index)")
    for seed in 1...20 {
      var generator = Generator(seed: seed)
      let (rows, columns, others) = (1 + seed % 4, 1 + seed % 5, 1 + seed % 3)
      var scope = try Values()
      func draw(_ rows: Int, _ columns: Int) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in generator.uniform(-2, 2) })
      }
      scope.values = [
        "w": draw(rows, columns), "u": draw(rows, 1), "v": draw(columns, 1), "p": draw(columns, others),
      ]
      let agreement = try claim.agreement(in: scope)
      #expect(agreement.holds, "seed \(seed): \(agreement)")
      let wrong = try Claim.parse("\(matrix) = (\(index)) + 0.001").agreement(in: scope)
      #expect(wrong.wrongCount == wrong.count, "seed \(seed)")
    }
  }

  @Test func theIndexShadowsOtherNames() throws {
    var scope = try Values(["a": "[10; 20]", "k": "7"])
    scope.lets["j"] = try Expression.parse("100")
    #expect(try number("sum(k, a[k] * k) + k", scope) == 57)
    #expect(try number("sum(j, a[j]) + j", scope) == 130)
    #expect(try number("sum(k, sum(k, a[k]) * a[k])", scope) == 900)
  }

  @Test func rangesAreSeenThroughLetsStepsAndQuotes() throws {
    var scope = try Values(["a": "[1; 2; 3]", "w": "[1 2 3; 4 5 6]"])
    scope.lets["z"] = try Expression.parse("a")
    scope.lets["term"] = try Expression.parse("a[k]^2")
    scope.earlier = [2: scope.values]
    #expect(try number("sum(k, z[k])", scope) == 6)
    #expect(try number("sum(k, term)", scope) == 14)
    #expect(try number("sum(k, at(2, a)[k])", scope) == 6)
    #expect(try number("sum(k, at(2, a[k]))", scope) == 6)
    #expect(try number("sum(k, w'[k,1])", scope) == 6)
    #expect(try number("sum(k, (2 * a)[k])", scope) == 12)
    #expect(try number("sum(k, (w * a)[k])", scope) == 46)
    #expect(try number("sum(k, old(a)[k])", scope) == 6)
  }

  @Test func typedRangesAreTakenAsTyped() throws {
    let scope = try Values(["a": "[1; 2; 3]"])
    #expect(try number("sum(k=1..2, a[k])", scope) == 3)
    // What is not there adds nothing, and a lint says so.
    #expect(try number("sum(k=1..4, a[k])", scope) == 6)
    #expect(try number("sum(k=2..1, a[k])", scope) == 0)
    #expect(try number("prod(k=2..1, k)", scope) == 1)
    #expect(try number("sum(k=1..3, sum(j=1..k, 1))", scope) == 6)
    #expect(try number("mean(k=2..3, a[k])", scope) == 2.5)
    #expect(try number("mean(k=0..9, k)", scope) == 4.5)
  }

  /// Outside the extent there is nothing to add to a sum; how many there are counts in the others.
  @Test(arguments: ["mean", "min", "max", "prod"]) func rangesOutsideTheExtentAreRefused(fold: String) throws {
    var scope = try Values(["a": "[1; 2; 3]", "w": "[1 2; 3 4]"])
    scope.samples = 2
    for (range, body, says) in [
      ("k=0..9", "a[k]", "k indexes 3 elements, the \(fold) says 0..9"),
      ("k=0..2", "a[k] + 1", "k indexes 3 elements, the \(fold) says 0..2"),
      ("k=2..2*2", "a[k]", "k indexes 3 elements, the \(fold) says 2..4"),
      ("k=1..3", "a[k] * w[1,k]", "k indexes 2 elements, the \(fold) says 1..3"),
      ("sample=1..3", "1", "sample indexes 2 samples, the \(fold) says 1..3"),
    ] { #expect(complaint("\(fold)(\(range), \(body))", scope) == "1: \(says)") }
  }

  @Test(arguments: [
    ("a[j]", "3: j is not known here; an index belongs to a claim, or to a sum(j, …) around it"),
    ("sum(k, 2)", "1: k is not used in sum(k, …), so it has no range; with one, write k=1..N"),
    ("sum(k, k)", "1: k has no range: it stands nowhere bare as an index; write k=1..N"),
    ("sum(k, a[k] * b[k])", "15: k runs to 3 in a[k] (elements) but to 2 in b[k] (elements)"),
    ("a[4]", "1: a is 3×1: it has no element 4"), ("a[0]", "1: a is 3×1: it has no element 0; indices begin at 1"),
    ("a[1.5]", "3: an index is a whole number, not 1.5"), ("w[1]", "1: w is 2×2 and takes two indices: w[row,column]"),
    ("w[1,3]", "1: w is 2×2: it has no column 3"), ("w[3,1]", "1: w is 2×2: it has no row 3"),
    ("sum(k=1..0.5, k)", "10: a range goes from one whole number to another, not to 0.5"),
    ("max(k=2..1, k)", "1: there is no max of an empty range"),
    ("max(k, 2)", "5: k is not known here; an index belongs to a claim, or to a sum(k, …) around it"),
    ("aa + 1", "1: aa is not known here; did you mean a?"),
    ("sigmoid + 1", "1: sigmoid is a function: write sigmoid(v)"),
    ("exp(1, backward)", "1: exp(v) takes 1 argument, not 2"),
    ("backward", "1: backward stands only in phase == backward"), ("f3(a)", "1: there is no layer 3 here"),
    ("a * a", "3: * takes as many columns as rows; here 3×1 * 3×1; for element by element write .*"),
    ("w / w", "3: / divides by a number; for element by element write ./ (here 2×2 / 2×2)"),
    ("a + b", "3: + takes two of one shape, or a number; here 3×1 + 2×1"),
    ("a .* b", "3: .* takes two of one shape, or a number; here 3×1 .* 2×1"),
    ("2 * a .* b", "7: .* takes two of one shape, or a number; here 3×1 .* 2×1"),
    ("1 + (a == b)", "8: == takes two of one shape, or a number; here 3×1 == 2×1"),
    ("[a b]", "1: in a matrix, elements side by side have as many rows; here 3×1 and 2×1"),
    ("[1 2; 3]", "7: the rows of a matrix are of one length; row 1 has 2 elements, row 2 has 1"),
    ("softmax(w)", "1: softmax takes a column; here 2×2"),
    ("zeros(0)", "1: a whole number from 1 on was expected as a size"),
    ("at(7, a)", "4: step 7 has not been reached yet"), ("at(-1, a)", "4: a step is a whole number from 0 on, not -1"),
  ])
  func errors(text: String, expected: String) throws {
    let scope = try Values(["a": "[1; 2; 3]", "b": "[1; 2]", "w": "[1 2; 3 4]"])
    #expect(complaint(text, scope) == expected)
  }

  @Test func softmaxOfOneUnitIsRefused() throws {
    var scope = try Values(["net": "[1; 2]"])
    scope.activations = [LayerActivation(ActivationChoice(try #require(Activation.named("softmax"))), units: 2)]
    #expect(
      complaint("f1'(net[1])", scope)
        == "1: f1 is softmax and takes the layer's 2 units together, not 1: f1(v)[i], f1'(v)[i,k]")
    #expect(try number("sum(f1(net))", scope) == 1)
  }
}
