import Engine
import Testing

@testable import Notation

/// Arrays over several lines, as Julia and MATLAB write and show them, beside NumPy's and the lists of Python.
@Suite struct ArrayLinesTests {
  private func read(_ text: String) throws -> Matrix {
    try Expression.parse(String(ArrayLines.joined(Array(text)))).value(in: Values()).matrix
  }

  @Test(arguments: [
    // Julia's manual, "Single- and multi-dimensional Arrays": Array literals, Concatenation, Typed array literals.
    ("[1 2\n        3 4]", "[1 2; 3 4]"),
    ("[zeros(2, 2) [1; 2]\n        [3 4]            5]", "[0 0 1; 0 0 2; 3 4 5]"),
    ("[[1 1]; 2 3; [4 4]]", "[1 1; 2 3; 4 4]"), ("Float32[1, 2.3]", "[1 2.3]"),
    ("3-element Vector{Float32}:\n 1.0\n 2.3\n 0.8", "[1; 2.3; 0.8]"),
    ("2×3 Matrix{Int64}:\n 1  4  7\n 2  5  8", "[1 4 7; 2 5 8]"), ("1×3 Matrix{Int64}:\n 1  2  3", "[1 2 3]"),
    ("2x3 Matrix{Float64}:\n 0.0  0.0  0.0\n 0.0  0.0  0.0", "[0 0 0; 0 0 0]"),
    ("2-element Array{Float64,1}:\n 0.843025\n 0.869052", "[0.843025; 0.869052]"),
    ("2×2 reshape(::UnitRange{Int64}, 2, 2) with eltype Int64:\n 1  3\n 2  4", "[1 3; 2 4]"),
    ("2×2 Array{Float64,2}:\n  NaN  -Inf\n 1.0e-5  2.0", "[nan -inf; 1e-5 2]"),
    ("[2×2 Matrix{Int64}:\n 1  2\n 3  4\n]", "[1 2; 3 4]"),
    ("[2×2 Matrix{Int64}:\n 1  2\n 3  4\n 5 6]", "[1 2; 3 4; 5 6]"),
    ("(2×1 Matrix{Bool}:\n 1\n 0)'", "[1 0]"), ("2×2 Matrix{Float64}: 1 2; 3 4", "[1 2; 3 4]"),
    ("[1.0f0 2.0f0\n 3f-2 4f1]", "[1 2; 0.03 40]"), ("Float32[1 2;\n 3 4]", "[1 2; 3 4]"),
    ("Float64[1 2\n3 4]", "[1 2; 3 4]"),
    // MATLAB's documentation, "Creating, Concatenating, and Expanding Matrices" and "Creating and Concatenating Matrices".
    (
      "[\n    12     0     0     0\n     0    62     0     0\n     0     0    93     0\n     0     0     0    -8\n]",
      "diag([12; 62; 93; -8])"
    ),
    ("[12 62 93 -8 22; 16 2 87 43 91; -4 17 -72 95 6]", "[12 62 93 -8 22\n16 2 87 43 91\n-4 17 -72 95 6]"),
    ("[12 62 % the first row\n 93 -8 % and the last\n]", "[12 62; 93 -8]"), ("[12 62;\n 93 -8;]", "[12 62; 93 -8]"),
    // The University of Waterloo's "Representation of Numbers" of MATLAB.
    ("[\n   1.0e+05 *\n\n    2.2542    0.0052\n]", "[225420 520]"),
    ("[\n   1.0e+10 *\n\n    0.0000\n     7.2532\n]", "[0; 72532000000]"),
    // As wide as MATLAB's window, and wider than NumPy would print these.
    (
      "[\n    0.8147    0.0975    0.1576    0.1419    0.6557    0.7577    0.7060    0.8235\n    0.9058    0.2785    0.9706    0.4218    0.0357    0.7431    0.0318    0.6948\n]",
      "[0.8147 0.0975 0.1576 0.1419 0.6557 0.7577 0.7060 0.8235; 0.9058 0.2785 0.9706 0.4218 0.0357 0.7431 0.0318 0.6948]"
    ),
    // Lists: a comma at a line's end goes on, another end parts rows.
    ("[1, 2\n 3, 4]", "[1 2; 3 4]"), ("[1, 2,\n 3, 4]", "[1 2 3 4]"), ("[1,\n 2\n 3, 4]", "[1 2; 3 4]"),
    ("[1, 2\n , 3]", "[1 2 3]"), ("[[1 2]\n [3 4]]", "[1 2; 3 4]"), ("[[1, 2],\n [3, 4]]", "[1 2; 3 4]"),
    ("[[1 2\n  3]\n [4 5\n  6]]", "[1 2 3; 4 5 6]"),
    // Sums that go on in the next line.
    ("[1 +\n 2\n 3]", "[3; 3]"), ("[1\n + 2\n 3]", "[3; 3]"), ("[1\n -2\n 3]", "[1; -2; 3]"),
    ("[max(1,\n 2) 3]", "[2 3]"),
    ("[1\n2\n\n3]", "[1; 2; 3]"), ("[\n1 2\n]", "[1 2]"), ("[1 2;\n\n 3 4\n 5 6]", "[1 2; 3 4; 5 6]"),
  ])
  func rowsAreThoseOfTheirLanguage(text: String, same: String) throws {
    let (one, other) = (try read(text), try read(same))
    #expect(one.hasShape(of: other), "\(one.shape)")
    #expect(zip(one.elements, other.elements).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }, "\(one)")
  }

  /// Rows without commas that fill NumPy's 75 columns may be one row that it broke; narrower ones cannot.
  @Test func whatNumPyWouldNotHaveBrokenIsRows() throws {
    func lines(_ count: Int, _ words: Int) -> String {
      "["
        + Array(repeating: Array(repeating: "0.25", count: words).joined(separator: " "), count: count)
        .joined(separator: "\n ") + "]"
    }
    // 15 numbers of four columns take 75 with their bracket, and one more than 14 has no room.
    #expect(try read(lines(2, 14)).shape == "1×28")
    #expect(try read(lines(2, 13)).shape == "2×13")
    #expect(try read(lines(3, 5)).shape == "3×5")
  }

  @Test(arguments: [
    ("[1 2\n 3 4 5]", 7, "the rows of a matrix are of one length; row 1 has 2 elements, row 2 has 3"),
    ("[1, 2\n 3, 4\n 5]", 14, "the rows of a matrix are of one length; row 1 has 2 elements, row 3 has 1"),
    ("2×2 Matrix{Int64}:\n 1  2\n 3", 27, "row 2 of a 2×2 array was expected here: 2 numbers; there is 1"),
    ("2×2 Matrix{Int64}:\n 1  2  3\n 4  5", 21, "row 1 of a 2×2 array was expected here: 2 numbers; there are 3"),
    ("2×2 Matrix{Int64}:\n 1  2", 25, "row 2 of a 2×2 array was expected in a line of its own, or behind ;"),
    ("2×2 Matrix{Int64}:", 19, "row 1 of a 2×2 array was expected here: 2 numbers; there are 0"),
    (
      "2×2×2 Array{Int64, 3}:\n[:, :, 1] =", 1, "this array has three dimensions or more; a matrix has two at most"
    ),
    (
      "100×1 Matrix{Int64}:\n 1\n ⋮", 26,
      "the array was printed shortened, ⋮ stands for numbers that are not there; print all of it (in Julia: show(stdout, \"text/plain\", A))"
    ),
    (
      "[1 2 ...\n 3 4]", 6,
      "... at a line's end is how MATLAB goes on with a row, or stands for numbers that were left out; put the whole row in one line, or a comma in the place of ..."
    ),
    (
      "[\n  Columns 1 through 2\n\n 1 2\n\n  Column 3\n\n 3]", 5,
      "MATLAB printed this matrix in parts, some columns of every row at a time; print it in one: mat2str(A, 17)"
    ),
    ("[5 % 2]", 4, "a number, a name or an operator was expected, not %"),
  ])
  func slips(text: String, column: Int, complaint: String) throws {
    do {
      _ = try read(text)
      Issue.record("\(text) is taken")
    } catch let error as SyntaxError {
      #expect("\(error.message)" == complaint)
      #expect(error.range.lowerBound + 1 == column)
    } catch let error as EvaluationError {
      #expect("\(error.message)" == complaint)
      #expect((error.range?.lowerBound ?? -1) + 1 == column)
    }
  }

  /// What joins lines keeps every character in its place, so that an error's place is the text's.
  @Test func everyCharacterKeepsItsPlace() {
    let text = "[1 2 % a\n 3 4]\n2×1 M{I}:\n1\n2"
    #expect(String(ArrayLines.joined(Array(text))) == "[1 2    ; 3 4] 2×1 M{I}: 1;2")
  }

  @Test func announcedRowsAreAwaited() {
    var awaited = AwaitedRows()
    func read(_ line: String) -> Int {
      awaited.read(Array(line))
      return awaited.count
    }
    #expect(read("set w1 = 3×2 Matrix{Float64}:") == 3)
    #expect(read(" 1 2") == 2)
    #expect(read(" 1 2; 3 4") == 0)
    #expect(read("set w1 = 9999999×2 Matrix{Float64}: 1 2") == 9_999_998)
    #expect(read("") == 0)
    #expect(read("12345678×2 Matrix{Float64}:") == 0)
    #expect(read("2×2×2 Array{Float64, 3}:") == 0)
    #expect(read("3×2 Matrix{Float64}:") == 3)
    #expect(read(" ⋮") == 0)
    #expect(read("w2×2 a:") == 0)
  }
}
