import Engine

/// Bytes that come one after another, out of a file as they lie there or out of a part of it that is packed.
protocol ByteSource {
  /// How many can still come at most: what claims to be longer is refused before anything is set aside for it.
  var most: Int { get }
  /// The next bytes, fewer than asked for only where no more come.
  mutating func next(_ count: Int) throws(FormatError) -> ArraySlice<UInt8>
}

/// Bytes as they lie.
struct PlainBytes: ByteSource {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var most: Int { rest.count }

  mutating func next(_ count: Int) throws(FormatError) -> ArraySlice<UInt8> {
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

extension Collection<UInt8> {
  /// A whole number of so many bytes, the least significant first; nil where there are too few.
  func littleEndian(at offset: Int, _ size: Int) -> UInt64? {
    guard offset >= 0, offset + size <= count else { return nil }
    var value: UInt64 = 0
    for place in (0..<size).reversed() {
      value = value << 8 | UInt64(self[index(startIndex, offsetBy: offset + place)])
    }
    return value
  }

  /// Whether the bytes at an offset are those of an ASCII text.
  func holds(_ text: StaticString, at offset: Int = 0) -> Bool {
    guard offset >= 0, offset + text.utf8CodeUnitCount <= count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy {
      self[index(startIndex, offsetBy: offset + $0)] == text.utf8Start[$0]
    }
  }
}

/// The first bytes of a file in a message: as text where they are plain, else as numbers.
func beginning(of bytes: [UInt8]) -> String {
  let first = bytes.prefix(8)
  if first.isEmpty { return "nothing" }
  if first.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return "`\(String(decoding: first, as: UTF8.self))`" }
  return "the bytes " + first.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}
