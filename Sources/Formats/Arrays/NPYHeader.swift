import Engine

/// What the header of an npy file says: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }`.
struct NPYHeader {
  let type: ElementType
  let isBigEndian: Bool
  let isFortran: Bool
  let shape: [Int]

  init(_ bytes: ArraySlice<UInt8>) throws(FormatError) {
    var scanner = Scanner(rest: bytes)
    var found = (type: String?.none, isFortran: Bool?.none, shape: [Int]?.none)
    try scanner.expect("{")
    while !scanner.accept("}") {
      let key = try scanner.string()
      try scanner.expect(":")
      switch key {
      case "descr":
        if scanner.isNext("[") {
          throw FormatError(ofFile: "its elements are records of several fields; an array of numbers was expected")
        }
        found.type = try scanner.string()
      case "fortran_order": found.isFortran = try scanner.truth()
      case "shape": found.shape = try scanner.tuple()
      default: throw FormatError(ofFile: "its header has the key \(key); descr, fortran_order and shape were expected")
      }
      if !scanner.accept(",") {
        try scanner.expect("}")
        break
      }
    }
    guard let name = found.type, let isFortran = found.isFortran, let shape = found.shape else {
      throw FormatError(ofFile: "its header lacks one of descr, fortran_order and shape")
    }
    (type, isBigEndian) = try NPYHeader.type(name)
    self.isFortran = isFortran
    self.shape = shape
  }

  /// `<f4` taken apart.
  private static func type(_ name: String) throws(FormatError) -> (ElementType, isBigEndian: Bool) {
    let hasOrder = name.first.map { "<>|=".contains($0) } == true
    let bare = name.dropFirst(hasOrder ? 1 : 0)
    if let type = ElementType.numpy(bare) { return (type, name.hasPrefix(">")) }
    let kinds: [Character: Text] = [
      "c": "complex numbers", "U": "texts", "S": "texts", "O": "Python objects", "M": "dates", "m": "spans of time",
      "V": "bytes without a meaning", "f": "floats of an unusual size",
    ]
    let kind = bare.first.flatMap { kinds[$0] } ?? "of a kind that is not known"
    throw FormatError(
      ofFile:
        "its elements are \(kind) (\(name)); numbers were expected: float16, float32, float64, whole numbers or truth values"
    )
  }

  /// Walks over the few forms of Python that a header has.
  private struct Scanner {
    var rest: ArraySlice<UInt8>

    private mutating func skipBlanks() { rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D } }

    mutating func isNext(_ character: Unicode.Scalar) -> Bool {
      skipBlanks()
      return rest.first == UInt8(ascii: character)
    }

    mutating func accept(_ character: Unicode.Scalar) -> Bool {
      guard isNext(character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(FormatError) {
      if !accept(character) { throw broken("\(Character(character))") }
    }

    func broken(_ expected: Text) -> FormatError {
      let there = rest.isEmpty ? "its end" : "`\(String(decoding: rest.prefix(12), as: UTF8.self))`"
      return FormatError(ofFile: "its header is no dictionary of Python's: \(expected) was expected before \(there)")
    }

    mutating func string() throws(FormatError) -> String {
      skipBlanks()
      guard let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
        throw broken("a text in quotes")
      }
      rest.removeFirst()
      guard let end = rest.firstIndex(of: quote) else { throw broken("a closing quote") }
      defer { rest = rest[(end + 1)...] }
      return String(decoding: rest[..<end], as: UTF8.self)
    }

    mutating func truth() throws(FormatError) -> Bool {
      skipBlanks()
      for (word, value) in [("True" as StaticString, true), ("False", false)] where rest.holds(word) {
        rest = rest.dropFirst(word.utf8CodeUnitCount)
        return value
      }
      throw broken("True or False")
    }

    mutating func tuple() throws(FormatError) -> [Int] {
      try expect("(")
      var numbers: [Int] = []
      while !accept(")") {
        skipBlanks()
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else { throw broken("a length") }
        numbers.append(number)
        rest = rest[digits.endIndex...]
        // As Python 2 wrote it.
        _ = accept("L")
        if !accept(",") {
          try expect(")")
          break
        }
      }
      return numbers
    }
  }
}
