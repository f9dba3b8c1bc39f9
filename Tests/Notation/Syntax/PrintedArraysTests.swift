import Engine
import Glibc
import Testing

@testable import Notation

/// Arrays as other programs print them.
@Suite struct PrintedArraysTests {
  /// What NumPy prints, with the numbers that Python reads in it; see Tests/Formats/Fixtures/make_arrays.py.
  /// `BACKSTEP_PRINTED` names a file that was made just now.
  private static let printed: [(text: String, shape: [Int], bits: [UInt64])] = {
    let kept = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let path = getenv("BACKSTEP_PRINTED").map { String(cString: $0) } ?? "/\(kept)/Fixtures/printed.txt"
    var texts: [(text: String, shape: [Int], bits: [UInt64])] = []
    for line in contents(of: path).split(separator: "\n") {
      if line.hasPrefix("TEXT ") {
        texts.append((String(line.dropFirst(5)).replacing("⏎", with: "\n"), [], []))
      } else {
        let words = line.split(separator: " ")
        texts[texts.count - 1].shape = words[2] == "-" ? [] : words[2].split(separator: ",").compactMap { Int($0) }
        texts[texts.count - 1].bits = words[3].split(separator: ",").compactMap { UInt64($0, radix: 16) }
      }
    }
    return texts
  }()

  private static func contents(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  @Test func everyArrayThatNumPyPrintsIsReadBack() throws {
    #expect(Self.printed.count >= 560)
    for (text, shape, bits) in Self.printed {
      let matrix = try value(String(ArrayLines.joined(Array(text))), Values())
      let rows = shape.count == 2 ? shape[0] : 1
      #expect(matrix.rows == rows && matrix.count == bits.count, "\(text)")
      let read = matrix.elements.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
      #expect(read == bits.map { Double(bitPattern: $0).isNaN ? Double.nan.bitPattern : $0 }, "\(text)")
    }
  }

  @Test(arguments: [
    ("[[1, 2], [3, 4]]", "[1 2; 3 4]"), ("[[1 2] [3 4]]", "[1 2; 3 4]"), ("[[1 2]\t[3 4]]", "[1 2; 3 4]"),
    ("[[1, 2,], [3, 4,],]", "[1 2; 3 4]"), ("[[1], [2]]", "[1; 2]"), ("[[1 2]]", "[1 2]"), ("[1, 2,]", "[1 2]"),
    ("array([[1., 2.], [3., 4.]])", "[1 2; 3 4]"), ("np.array([[1, 2], [3, 4]], dtype=np.float32)", "[1 2; 3 4]"),
    ("tensor([[0.1, -0.2], [3e-05, 4.]], grad_fn=<AddmmBackward0>)", "[0.1 -0.2; 3e-05 4]"),
    ("tensor([1, 2], device='cuda:0', dtype=torch.float64, requires_grad=True)", "[1 2]"),
    ("tensor(0.5, grad_fn=<MseLossBackward0(a, b)>)", "0.5"), ("torch.tensor([[1, 2]])'", "[1; 2]"),
    ("Parameter containing: tensor([[1., 2.]], requires_grad=True)", "[1 2]"), ("array(0.5)", "0.5"),
    ("[np.float64(0.5), np.float64(-1.0)]", "[0.5 -1]"), ("array([ True, False])", "[1 0]"),
    ("[array([1, 2]), array([3, 4])]", "[1 2; 3 4]"),
    (
      "<tf.Variable 'dense/kernel:0' shape=(2, 2) dtype=float32, numpy= array([[1., 2.], [3., 4.]], dtype=float32)>",
      "[1 2; 3 4]"
    ),
    ("<tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 2.], dtype=float32)>", "[1 2]"),
    ("<Variable path=sequential/dense/kernel, shape=(1, 2), dtype=float32, value=[[1. 2.]]>", "[1 2]"),
    ("[0.1 0.2; 0.3 0.4]", "[0.1 0.2; 0.3 0.4]"), ("Float32[0.1 0.2; 0.3 1.0f-5]", "[0.1 0.2; 0.3 1e-5]"),
    ("[1.; -1.e-05]", "[1; -1e-05]"), ("[NaN Inf -Inf]", "[nan inf -inf]"), ("[[1; 2] [3; 4]]", "[1 3; 2 4]"),
  ])
  func otherFormsAreRead(text: String, same: String) throws {
    let (one, other) = (try value(text, Values()), try value(same, Values()))
    #expect(one.hasShape(of: other), "\(one.shape)")
    #expect(zip(one.elements, other.elements).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }, "\(one)")
  }

  /// What is printed of an array reads back as the same.
  @Test(arguments: ["[[1, 2], [3, 4]]", "[[1 2]]", "[1 2]", "[[1], [2]]", "array([[w2, 2]])"]) func printsBack(
    _ text: String
  ) throws {
    let expression = try Expression.parse(text)
    #expect(try Expression.parse(expression.description) == expression)
    #expect(try Expression.parse(expression.pretty) == expression)
  }

  @Test(arguments: [
    ("[[1, 2], ..., [3, 4]]", 10), ("[1 2 ... 3]", 6), ("tensor([1., ..., 2.])", 13), ("[1 … 2]", 4),
  ])
  func whatWasLeftOutIsRefusedWithItsPlace(text: String, column: Int) {
    let error = #expect(throws: SyntaxError.self) { try Expression.parse(text) }
    #expect(error?.range.lowerBound == column - 1)
    #expect(error?.message.description.hasPrefix("the array was printed shortened") == true)
  }

  @Test(arguments: [
    ("[]", "2: at least one number was expected between the brackets"),
    ("[[[1, 2], [3, 4]]]", "1: this array has three dimensions or more; a matrix has two at most"),
    (
      "array([1, 2], [3, 4])",
      "15: a setting such as dtype=float32 was expected, or ) after one array; several rows stand in brackets"
    ),
    ("array([1, 2], dtype)", "15: a setting such as dtype=float32 was expected"),
    ("array([1, 2], dtype=float32", "21: ) was expected behind this setting"),
    ("array([1, 2]", "6: this ( is never closed"), ("< 3", "1: a value was expected, not <"),
    ("from weights.npz", "6: a file can be read only by a line of a session"),
    ("from \"weights.npz", "6: this quote is never closed"),
    ("\"w\"", "1: a value was expected, not a quote; a file is read by from \"FILE\""),
  ])
  func slips(text: String, complaint: String) {
    let error = #expect(throws: SyntaxError.self) { try Expression.parse(text) }
    #expect(error.map { "\($0.range.lowerBound + 1): \($0.message)" } == complaint)
  }

  @Test func filesAreReadWhereTheyCanBe() throws {
    let read: GivenFile.Reader = { (path, name) throws(EvaluationError) in
      guard path != "gone.npy" else { throw EvaluationError("it is gone") }
      return GivenFile(
        path: path, name: name, matrix: Matrix(rows: 1, columns: 2, elements: [1, 2]), isLine: true, isSingle: true)
    }
    func parsed(_ text: String) throws -> String {
      var parser = try Parser(text, readFile: read)
      let expression = try parser.expression()
      return "\(expression)" + (parser.isAtEnd ? "" : " at \(parser.position)")
    }
    #expect(try parsed("from w.npz \"0.weight\"") == "from w.npz \"0.weight\"")
    #expect(try parsed("from w.npz 0.weight") == "from w.npz \"0.weight\"")
    #expect(try parsed("from \"my w.npy\"'") == "from \"my w.npy\"'")
    #expect(try parsed("from ../a/w.npy within 1e-3") == "from ../a/w.npy at 16")
    #expect(try parsed("from ./w.npz within 1e-3") == "from ./w.npz at 13")
    #expect(
      try parsed("(from w.npz dense/kernel:0)' + from b.npy * 2") == "from w.npz \"dense/kernel:0\"' + from b.npy * 2")
    #expect(try parsed("[from a.npy; from b.npy]") == "[from a.npy; from b.npy]")
    let error = #expect(throws: SyntaxError.self) { try parsed("1 + from gone.npy") }
    #expect(error.map { "\($0.range.lowerBound + 1): \($0.message)" } == "10: it is gone")
    // A name stays one where no file follows.
    #expect(try Expression.parse("from + 1").description == "from + 1")
  }
}
