import Engine

// Arrays as other programs print them.
extension Token {
  /// The words that other programs put before an array, or before a number of one: `array([1, 2])`, `np.float64(0.5)`.
  static let arrayWords: Set<String> = [
    "array", "Array", "asarray", "matrix", "Matrix", "tensor", "Tensor", "as_tensor", "constant", "Parameter",
    "float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32",
    "uint64",
    "bool", "bool_",
  ]

  /// What Julia writes right before a bracket: `Float32[0.5 1.0]`.
  static let elementTypes: Set<String> = ["Float16", "Float32", "Float64", "Int32", "Int64", "Bool", "Any"]

  /// The modules that those words may be called in: `np.array(…)`.
  static let modules: Set<String> = ["np", "numpy", "jnp", "jax", "torch", "nn", "tf", "keras", "onp"]

  /// What stands before a value that is printed with all that is known of it, and where that value begins:
  /// `<tf.Variable 'kernel:0' shape=(2, 1) dtype=float32, numpy=array(…)>`.
  static let valueMarks = ["numpy=", "value="]

  /// What PyTorch prints before a parameter.
  static let parameterMark = "Parameter containing:"

  /// The words for numbers that have no digits, in each program's spelling, and how they are read.
  static let numberWords: [String: String] = [
    "inf": "inf", "nan": "nan", "Inf": "inf", "NaN": "nan", "Infinity": "inf", "NAN": "nan", "INF": "inf",
    "True_": "1", "False_": "0",
  ]

  /// Truth values, which are numbers inside an array alone.
  static let truths: [String: String] = ["True": "1", "False": "0", "true": "1", "false": "0"]

  /// The signs for what was left out of a printed array.
  static let omissions = ["...", "…", "⋮", "⋱", "⋯"]

  /// What to say of an array with more dimensions than a matrix has.
  static let tooDeep: Text = "this array has three dimensions or more; a matrix has two at most"

  /// What MATLAB prints above the parts of a matrix that is wider than its window: `Columns 1 through 8`.
  static let headingsOfParts: Set<String> = ["Columns", "Column"]
}

extension Parser {
  /// Reads what stands in `array(…)` behind its parenthesis: the array, then what is said of it, which says nothing here
  /// that its numbers do not: `dtype=float32`, `grad_fn=<AddBackward0>`, `requires_grad=True`.
  mutating func wrappedArray(_ word: String, from start: Int) throws(SyntaxError) -> Expression {
    let opening = token.range
    try advance()
    let inner = try nested(blanksPart: false) { parser throws(SyntaxError) in
      parser.isInArray = true
      let inner = try parser.expression()
      if parser.isAtEnd { throw SyntaxError("this ( is never closed", at: opening) }
      while try parser.accept(.comma) {
        if parser.token.kind == .symbol(.close) { break }
        let place = parser.token.range
        guard parser.token.name != nil else {
          throw SyntaxError(
            "a setting such as dtype=float32 was expected, or ) after one array; several rows stand in brackets",
            at: place)
        }
        try parser.advance()
        guard parser.token.kind == .symbol(.assign) else {
          throw SyntaxError("a setting such as dtype=float32 was expected", at: place)
        }
        try parser.skipSetting()
      }
      try parser.expect(.close, "to close \(word)(")
      return inner
    }
    return try node(inner.kind, from: start)
  }

  /// Reads `<tf.Variable … numpy=array(…)>`.
  mutating func describedValue() throws(SyntaxError) -> Expression {
    let place = token.range
    try skip(behind: Token.valueMarks, "a value was expected, not <")
    let inner = try nested(blanksPart: false) { parser throws(SyntaxError) in
      let inner = try parser.parse(.postfix)
      try parser.expect(.greater, "to close the < before the array")
      return inner
    }
    return try node(inner.kind, from: place.lowerBound)
  }

  /// Reads the factor that MATLAB prints above a matrix, in a line of its own: `1.0e+03 *`. Nil, with nothing read, where
  /// none stands here.
  mutating func scale() throws(SyntaxError) -> Expression? {
    guard case .number(let factor) = token.kind else { return nil }
    let before = self
    let start = token.range.lowerBound
    try advance()
    if try accept(.times), try accept(.semicolon) { return try node(.number(factor), from: start) }
    self = before
    return nil
  }

  /// Refuses the heading over a part of a matrix, whose first word was just read.
  func refuseParts(_ word: String, at range: Range<Int>) throws(SyntaxError) {
    guard isInArray, Token.headingsOfParts.contains(word), case .number = token.kind else { return }
    throw SyntaxError(
      "MATLAB printed this matrix in parts, some columns of every row at a time; print it in one: mat2str(A, 17)",
      at: range)
  }

  /// Refuses a bracket with nothing in it, and one whose rows are matrices themselves.
  func requireMatrix(_ rows: [[Expression]], at place: Range<Int>) throws(SyntaxError) {
    guard rows.count == 1, let row = rows.first, row.contains(where: \.isNestedArray) else { return }
    if row.allSatisfy(\.isBracket) {
      throw SyntaxError(Token.tooDeep, at: place)
    }
  }
}

extension Expression {
  /// Whether it is typed in brackets.
  var isBracket: Bool { if case .matrix = kind { true } else { false } }

  /// Whether it is typed as a list of lists.
  var isNestedArray: Bool {
    if case .matrix(let rows) = kind { rows.count == 1 && rows[0].allSatisfy(\.isBracket) } else { false }
  }
}

extension Expression.Kind {
  /// The rows that brackets mean. Where one row holds nothing but brackets of one row each, those are the rows, as in
  /// `[[1, 2], [3, 4]]`; else they are parts side by side.
  static func rowsMeant(by rows: [[Expression]]) -> [[Expression]] {
    guard rows.count == 1, let row = rows.first, !row.isEmpty else { return rows }
    var meant: [[Expression]] = []
    for element in row {
      guard case .matrix(let inner) = element.kind, inner.count == 1 else { return rows }
      meant.append(inner[0])
    }
    return meant
  }
}

extension Parser {
  /// Whether a line ends with what other programs print before an array that begins in the next one.
  package static func arrayFollows(behind text: String) -> Bool {
    let end = text.reversed().drop { $0 == " " || $0 == "\t" }
    return ([Token.parameterMark] + Token.valueMarks).contains { end.starts(with: $0.reversed()) }
      && (text.contains(Token.parameterMark) || text.contains("<"))
  }
}
