import Engine

/// A zip file, as far as NumPy's archives use it: parts that are stored or deflated, zip64, sizes behind the parts.
struct Zip {
  /// A part of it.
  struct Part: Sendable {
    let name: String
    let method: UInt16
    let isEncrypted: Bool
    let checkSum: UInt32
    let packedSize: Int
    let size: Int
    let offset: Int
  }

  /// The parts in the order of its directory.
  let parts: [Part]

  /// Whether a file begins as one; an empty one begins with its end.
  static func isOne(_ bytes: [UInt8]) -> Bool { bytes.holds("PK\u{3}\u{4}") || bytes.holds("PK\u{5}\u{6}") }

  /// Reads the directory, which stands at the end.
  init(_ bytes: [UInt8]) throws(FormatError) {
    let directory = try Directory(of: bytes)
    var parts: [Part] = []
    var offset = directory.offset
    while parts.count < directory.count {
      let (part, length) = try Zip.part(in: bytes, at: offset, number: parts.count + 1)
      parts.append(part)
      offset += length
    }
    self.parts = parts
  }

  /// What stands at the end of the file: where the directory is and how many parts it names.
  private struct Directory {
    let offset: Int
    let count: Int

    init(of bytes: [UInt8]) throws(FormatError) {
      // Behind it there may be a comment of up to 65535 bytes.
      let first = max(bytes.count - 22 - 65535, 0)
      guard bytes.count >= 22, let end = (first...bytes.count - 22).last(where: { bytes.holds("PK\u{5}\u{6}", at: $0) })
      else {
        throw FormatError(ofFile: "the zip file is cut short: its directory, which stands at its end, is missing")
      }
      var count = bytes.littleEndian(at: end + 10, 2)
      var offset = bytes.littleEndian(at: end + 16, 4)
      if bytes.holds("PK\u{6}\u{7}", at: end - 20) {
        let place = bytes.littleEndian(at: end - 20 + 8, 8).flatMap { Int(exactly: $0) } ?? -1
        guard place >= 0, place <= bytes.count - 56, bytes.holds("PK\u{6}\u{6}", at: place) else {
          throw FormatError(ofFile: "the zip file is damaged: its 64-bit directory is not where it says")
        }
        count = bytes.littleEndian(at: place + 32, 8)
        offset = bytes.littleEndian(at: place + 48, 8)
      }
      guard let count = count.flatMap({ Int(exactly: $0) }), let offset = offset.flatMap({ Int(exactly: $0) }),
        offset <= end, count <= (bytes.count - offset) / 46
      else { throw FormatError(ofFile: "the zip file is damaged: its directory claims more than there is") }
      self.offset = offset
      self.count = count
    }
  }

  /// An entry of the directory, and its length.
  private static func part(
    in bytes: [UInt8], at offset: Int, number: Int
  ) throws(FormatError) -> (Part, length: Int) {
    func damaged() -> FormatError { FormatError(ofFile: "the zip file is damaged: entry \(number) of its directory") }
    func field(_ place: Int, _ size: Int) throws(FormatError) -> Int {
      guard let value = bytes.littleEndian(at: offset + place, size) else { throw damaged() }
      return Int(value)
    }
    guard bytes.holds("PK\u{1}\u{2}", at: offset) else { throw damaged() }
    let (nameLength, extraLength) = (try field(28, 2), try field(30, 2))
    let nameStart = offset + 46
    guard nameStart + nameLength + extraLength <= bytes.count else { throw damaged() }
    var (size, packedSize, place) = (try field(24, 4), try field(20, 4), try field(42, 4))
    // Sizes that need more than 32 bits stand in the extra fields, in this order, those alone that need it.
    let extra = bytes[(nameStart + nameLength)..<(nameStart + nameLength + extraLength)]
    if var large = Zip.field(1, of: extra) {
      func next(_ value: Int) throws(FormatError) -> Int {
        guard value == 0xFFFF_FFFF else { return value }
        guard let wide = large.littleEndian(at: 0, 8), let number = Int(exactly: wide) else { throw damaged() }
        large = large.dropFirst(8)
        return number
      }
      size = try next(size)
      packedSize = try next(packedSize)
      place = try next(place)
    }
    let part = Part(
      name: String(decoding: bytes[nameStart..<nameStart + nameLength], as: UTF8.self),
      method: UInt16(try field(10, 2)), isEncrypted: try field(8, 2) & 1 == 1, checkSum: UInt32(try field(16, 4)),
      packedSize: packedSize, size: size, offset: place)
    return (part, 46 + nameLength + extraLength + (try field(32, 2)))
  }

  /// The extra field of a number.
  private static func field(_ number: UInt64, of extra: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = extra
    while let id = rest.littleEndian(at: 0, 2), let size = rest.littleEndian(at: 2, 2), Int(size) <= rest.count - 4 {
      let body = rest.dropFirst(4).prefix(Int(size))
      if id == number { return body }
      rest = rest.dropFirst(4 + Int(size))
    }
    return nil
  }

  /// The array that a part is. Its check sum has to be right.
  static func array(_ part: Part, in bytes: [UInt8], _ name: String) throws(FormatError) -> NumberArray {
    guard !part.isEncrypted else { throw FormatError(ofFile: "it is encrypted; a plain zip file was expected") }
    guard part.offset <= bytes.count - 30, bytes.holds("PK\u{3}\u{4}", at: part.offset),
      let nameLength = bytes.littleEndian(at: part.offset + 26, 2),
      let extraLength = bytes.littleEndian(at: part.offset + 28, 2)
    else { throw FormatError(ofFile: "the zip file is damaged: the part is not where its directory says") }
    let start = part.offset + 30 + Int(nameLength) + Int(extraLength)
    guard start <= bytes.count, part.packedSize <= bytes.count - start else {
      throw FormatError(
        ofFile: "the zip file is cut short: \(part.packedSize) bytes of this part are claimed, there are fewer")
    }
    let packed = bytes[start..<start + part.packedSize]
    switch part.method {
    case 0: return try array(name, part, PlainBytes(packed))
    case 8: return try array(name, part, Inflation(packed, size: part.size))
    default:
      throw FormatError(
        ofFile: "it is packed by method \(Int(part.method)); stored (0) and deflated (8) are read, as NumPy writes them"
      )
    }
  }

  private static func array(
    _ name: String, _ part: Part, _ source: some ByteSource
  ) throws(FormatError) -> NumberArray {
    var summed = SummedBytes(source: source)
    let array = try NPY.read(name, from: &summed)
    guard summed.sum == part.checkSum else { throw FormatError(ofFile: "the packed bytes are damaged: the check sum") }
    return array
  }
}

/// Bytes whose check sum is taken as they come.
private struct SummedBytes<Source: ByteSource>: ByteSource {
  var source: Source
  var sum: UInt32 = 0
  var most: Int { source.most }

  mutating func next(_ count: Int) throws(FormatError) -> ArraySlice<UInt8> {
    let bytes = try source.next(count)
    sum = Inflation.checkSum(sum, bytes)
    return bytes
  }
}
