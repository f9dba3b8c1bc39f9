import Engine

/// Why a certificate is not right, and where.
package struct CertificateError: Error, Equatable, Sendable {
  /// The place and what is wrong there, in one sentence.
  package let message: Text

  init(_ message: Text) { self.message = message }
}

/// A part of a certificate as it is read: nothing in it is taken on trust.
struct CertificatePart {
  private let tree: JSONTree
  /// Where it stands, for messages.
  let place: Text

  init(_ tree: JSONTree, _ place: Text) { (self.tree, self.place) = (tree, place) }

  /// An error here.
  func error(_ message: Text) -> CertificateError { CertificateError("\(place): \(message)") }

  /// The members of an object, of which there may be no others, and all but some have to be there.
  func members(
    _ required: [String], optional: [String] = []
  ) throws(CertificateError) -> [String: CertificatePart] {
    guard case .object(let members) = tree else { throw error("an object was expected") }
    var parts: [String: CertificatePart] = [:]
    for (key, value) in members {
      guard required.contains(key) || optional.contains(key), parts[key] == nil else {
        throw error("\(key) is not expected, or stands there twice")
      }
      parts[key] = CertificatePart(value, "\(place), \(key)")
    }
    for key in required where parts[key] == nil { throw error("\(key) is missing") }
    return parts
  }

  /// A list, each part of which has a name and a number.
  func list(of name: String) throws(CertificateError) -> [CertificatePart] {
    switch tree {
    case .list(let trees):
      return trees.enumerated().map { CertificatePart($1, "\(place) \(name) \($0 + 1)") }
    case .numbers(shape: [0], _): return []
    default: throw error("a list was expected")
    }
  }

  var text: String {
    get throws(CertificateError) {
      guard case .string(let text) = tree else { throw error("a text was expected") }
      return text
    }
  }

  /// A whole number as JSON has it.
  func whole(_ range: ClosedRange<Int>) throws(CertificateError) -> Int {
    guard case .numbers(shape: [], let numbers) = tree, let number = numbers.first else {
      throw error("a whole number was expected")
    }
    return try whole(number, range)
  }

  private func whole(_ number: Double, _ range: ClosedRange<Int>) throws(CertificateError) -> Int {
    guard number.magnitude < 0x1p53, let whole = Int(exactly: number), range.contains(whole) else {
      throw error("a whole number from \(range.lowerBound) to \(range.upperBound) was expected, there is \(number)")
    }
    return whole
  }

  /// A list of whole numbers.
  func wholes(_ range: ClosedRange<Int>) throws(CertificateError) -> [Int] {
    guard case .numbers(let shape, let numbers) = tree, shape.count == 1 else {
      throw error("a list of whole numbers was expected")
    }
    var wholes: [Int] = []
    for number in numbers { wholes.append(try whole(number, range)) }
    return wholes
  }

  /// A list of pairs of whole numbers.
  func pairs(_ range: ClosedRange<Int>) throws(CertificateError) -> [(Int, Int)] {
    if case .numbers(shape: [0], _) = tree { return [] }
    guard case .numbers(let shape, let numbers) = tree, shape.count == 2, shape[1] == 2 else {
      throw error("a list of pairs was expected")
    }
    var pairs: [(Int, Int)] = []
    for place in stride(from: 0, to: numbers.count, by: 2) {
      pairs.append((try whole(numbers[place], range), try whole(numbers[place + 1], range)))
    }
    return pairs
  }

  /// A whole number in digits, which may be larger than JSON's are exact: its sign and its size.
  var digits: (isNegative: Bool, size: UInt64) {
    get throws(CertificateError) {
      let text = try self.text
      let isNegative = text.hasPrefix("-")
      guard let size = UInt64(text.dropFirst(isNegative ? 1 : 0)), (isNegative ? "-" : "") + String(size) == text,
        !isNegative || size > 0
      else { throw error("a whole number in digits was expected, there is \(text)") }
      return (isNegative, size)
    }
  }

  /// A fraction, as the digits of both its parts.
  var fraction: (numerator: CertificatePart, denominator: CertificatePart) {
    get throws(CertificateError) {
      let parts = try list(of: "part")
      guard parts.count == 2 else { throw error("a numerator and a denominator were expected") }
      return (parts[0], parts[1])
    }
  }

  /// The texts in it that are no numbers, in the order in which they stand.
  func texts(into texts: inout CertificateTexts) {
    func look(_ tree: JSONTree) {
      switch tree {
      case .object(let members): for (_, value) in members { look(value) }
      case .list(let trees): for tree in trees { look(tree) }
      case .string(let text): _ = texts.take(text)
      case .numbers, .null: break
      }
    }
    look(tree)
  }
}

extension String {
  /// Whether it is of digits and signs alone.
  var isNumber: Bool { utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") } }
}
