import Engine

/// What a JSON text says. A list of numbers, or of lists of them as long as one another, is an array, kept as such from
/// the beginning: a text costs no more than eight bytes for each of its numbers.
indirect enum JSONTree: Equatable {
  case numbers(shape: [Int], [Double])
  case object([(key: String, value: JSONTree)])
  case list([JSONTree])
  case string(String)
  case null

  static func == (a: JSONTree, b: JSONTree) -> Bool {
    switch (a, b) {
    case (.numbers(let s, let x), .numbers(let t, let y)): s == t && x == y
    case (.object(let x), .object(let y)):
      x.count == y.count && zip(x, y).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    case (.list(let x), .list(let y)): x == y
    case (.string(let x), .string(let y)): x == y
    case (.null, .null): true
    default: false
    }
  }
}

/// Reads a JSON text, and what Python writes besides: `NaN`, `Infinity` and `-Infinity`. The strings `"nan"`, `"inf"` and
/// `"-inf"` are numbers inside a list, as this program writes them.
struct JSONReader {
  private let bytes: [UInt8]
  private var position: Int
  /// What is neither a number nor inside a list of them, counted.
  private var nodes = 0

  /// How deep lists and objects may stand in one another.
  private static let deepest = 32
  /// The most values beside numbers in lists.
  private static let mostNodes = 1_000_000

  /// Reads the whole text.
  static func read(_ bytes: [UInt8]) throws(FormatError) -> JSONTree {
    if let bad = firstInvalidByte(bytes) {
      throw JSONReader(bytes: bytes, position: 0).error(at: bad, "this is no UTF-8 text")
    }
    var reader = JSONReader(bytes: bytes, position: bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0)
    let tree = try reader.value(depth: 0)
    if reader.next != nil { throw reader.error("nothing more was expected behind the value") }
    return tree
  }

  private init(bytes: [UInt8], position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// The next byte that is no blank, without reading it.
  private var next: UInt8? {
    mutating get {
      while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
      return position < bytes.count ? bytes[position] : nil
    }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(FormatError) -> JSONTree {
    guard depth < JSONReader.deepest else {
      throw error("lists and objects stand in one another more than \(JSONReader.deepest) deep")
    }
    nodes += 1
    guard nodes <= JSONReader.mostNodes else { throw error("there are more than \(JSONReader.mostNodes) values") }
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "n") where bytes[position...].holds("null"):
      position += 4
      return .null
    default: return .numbers(shape: [], [try number()])
    }
  }

  private mutating func object(depth: Int) throws(FormatError) -> JSONTree {
    position += 1
    var members: [(key: String, value: JSONTree)] = []
    if accept("}") { return .object([]) }
    repeat {
      guard next == UInt8(ascii: "\"") else { throw error("a name in double quotes was expected") }
      let key = try string()
      guard accept(":") else { throw error("a colon was expected behind the name \(key)") }
      members.append((key, try value(depth: depth + 1)))
    } while accept(",")
    guard accept("}") else { throw error("a comma or } was expected") }
    return .object(members)
  }

  private mutating func list(depth: Int) throws(FormatError) -> JSONTree {
    let start = position
    position += 1
    let first = next
    let isOfNumbers = first.map { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "n") } ?? true
    if isOfNumbers, first != UInt8(ascii: "\"") || wordNumber != nil {
      position = start
      var array = OpenArray()
      try numbers(into: &array, level: 0)
      return .numbers(shape: array.lengths.map { $0 ?? 0 }, array.elements)
    }
    var values: [JSONTree] = []
    if accept("]") { return .list([]) }
    repeat { values.append(try value(depth: depth + 1)) } while accept(",")
    guard accept("]") else { throw error("a comma or ] was expected") }
    return .list(values)
  }

  // MARK: arrays

  /// An array on its way.
  private struct OpenArray {
    var elements: [Double] = []
    /// How long the lists of each level are, as far as one has ended.
    var lengths: [Int?] = []
    /// Whether the innermost level is reached, so that no more may open below it.
    var isComplete = false
  }

  /// Reads a list of a level, from its bracket on.
  private mutating func numbers(into array: inout OpenArray, level: Int) throws(FormatError) {
    guard level < JSONReader.deepest else {
      throw error("lists stand in one another more than \(JSONReader.deepest) deep")
    }
    let start = position
    position += 1
    if array.lengths.count <= level {
      if array.isComplete { throw error(at: start, "a list stands among numbers; a number was expected") }
      array.lengths.append(nil)
    }
    var count = 0
    if !accept("]") {
      repeat {
        if next == UInt8(ascii: "[") {
          try numbers(into: &array, level: level + 1)
        } else {
          guard level == array.lengths.count - 1 else {
            throw error("a number stands among lists; a list was expected")
          }
          array.isComplete = true
          array.elements.append(try number())
          guard array.elements.count <= NumberArray.mostElements else {
            throw error("there are more than \(NumberArray.mostElements) numbers")
          }
        }
        count += 1
      } while accept(",")
      guard accept("]") else { throw error("a comma or ] was expected") }
    } else if level == array.lengths.count - 1 {
      array.isComplete = true
    } else {
      throw error(at: start, "this list is empty, those beside it are not")
    }
    if let length = array.lengths[level], length != count {
      throw error(at: start, "this list has \(counted(count, "element")), one before it has \(length)")
    }
    array.lengths[level] = count
  }

  /// The words that are numbers, with what they are.
  private static let words: [(word: StaticString, value: Double)] = [
    ("NaN", .nan), ("Infinity", .infinity), ("-Infinity", -.infinity), ("\"nan\"", .nan), ("\"inf\"", .infinity),
    ("\"-inf\"", -.infinity), ("true", 1), ("false", 0),
  ]

  private var wordNumber: (word: StaticString, value: Double)? {
    JSONReader.words.first { bytes[position...].holds($0.word) }
  }

  private mutating func number() throws(FormatError) -> Double {
    _ = next
    let rest = bytes[position...]
    let text = rest.prefix { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
    // In JSON a number begins with a digit or a minus sign; what goes on with a letter is one of the words.
    if let first = text.first, first != 0x2B, let value = decimalNumber(text) {
      position = text.endIndex
      return value
    }
    guard let (word, value) = wordNumber else {
      throw error(rest.isEmpty ? "a value was expected before the end" : "a number was expected here")
    }
    position += word.utf8CodeUnitCount
    return value
  }

  // MARK: texts

  private mutating func string() throws(FormatError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw error(at: position - 1, "a text holds a control character; \\u and its number were expected")
      default: text.append(byte)
      }
    }
    throw error(at: start, "this quote is never closed")
  }

  private mutating func escape(into text: inout [UInt8]) throws(FormatError) {
    let start = position - 1
    guard position < bytes.count else { return }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "u"):
      var unit = try codeUnit(from: start)
      if UTF16.isLeadSurrogate(UInt16(unit)), bytes[position...].holds("\\u") {
        let before = position
        position += 2
        let second = try codeUnit(from: before)
        if UTF16.isTrailSurrogate(UInt16(second)) {
          unit = 0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00)
        } else {
          position = before
        }
      }
      text += Array(String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8)
    default: throw error(at: start, "this is no escape of JSON's")
    }
  }

  private mutating func codeUnit(from start: Int) throws(FormatError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.first != 0x2B, digits.first != 0x2D,
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error(at: start, "four digits were expected behind \\u") }
    position += 4
    return unit
  }

  private func error(_ message: Text) -> FormatError { error(at: position, message) }

  private func error(at offset: Int, _ message: Text) -> FormatError {
    let place = TextPosition(of: offset, in: bytes)
    return FormatError(
      subject: .file, line: place.line, column: place.column, excerpt: place.excerpt,
      message: "line \(place.line), column \(place.column): \(message)")
  }
}
