import Engine

/// The files of the `safetensors` package: a length, a JSON header of names, types, shapes and places, then the numbers.
enum Safetensors {
  /// Whether a file begins as one: with a length that fits, and a brace.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    guard let length = bytes.littleEndian(at: 0, 8), length >= 2, length <= bytes.count - 8 else { return false }
    return bytes[8] == UInt8(ascii: "{")
  }

  /// The arrays of a file, each read where it is asked for. Every place is looked at before.
  static func entries(_ bytes: [UInt8]) throws(FormatError) -> [ArrayFile.Entry] {
    guard let claimed = bytes.littleEndian(at: 0, 8) else {
      throw FormatError(ofFile: "it has \(bytes.count) bytes; a safetensors file begins with 8 bytes for a length")
    }
    guard let length = Int(exactly: claimed), length <= bytes.count - 8 else {
      throw FormatError(ofFile: "its header claims \(claimed) bytes; there are \(bytes.count - 8)")
    }
    let header: JSONTree
    do throws(FormatError) { header = try JSONReader.read(Array(bytes[8..<8 + length])) } catch {
      throw FormatError(ofFile: "its header is no JSON: \(error.message)")
    }
    guard case .object(let members) = header else {
      throw FormatError(ofFile: "its header is no JSON object of names")
    }
    let data = bytes[(8 + length)...]
    var entries: [ArrayFile.Entry] = []
    for (name, value) in members where name != "__metadata__" {
      let span = try span(name, value, within: data.count)
      entries.append(
        ArrayFile.Entry(name: name) { () throws(FormatError) in
          let numbers = data.dropFirst(span.start).prefix(span.size)
          return try span.type.array(name, shape: span.shape, numbers, isBigEndian: false)
        })
    }
    return entries
  }

  /// Where an array lies, and as what.
  private struct Span: Sendable {
    let type: ElementType
    let shape: [Int]
    let start: Int
    let size: Int
  }

  private static func span(_ name: String, _ value: JSONTree, within count: Int) throws(FormatError) -> Span {
    guard case .object(let members) = value else {
      throw FormatError(ofFile: "\(name) has no dtype, shape and data_offsets")
    }
    func member(_ key: String) throws(FormatError) -> JSONTree {
      guard let found = members.first(where: { $0.key == key })?.value else {
        throw FormatError(ofFile: "\(name) has no \(key)")
      }
      return found
    }
    func whole(_ key: String) throws(FormatError) -> [Int] {
      guard case .numbers(let shape, let numbers) = try member(key), shape.count == 1 else {
        throw FormatError(ofFile: "\(key) of \(name) is no list of numbers")
      }
      let whole = numbers.compactMap { abs($0) <= 0x1p53 ? Int(exactly: $0) : nil }
      guard whole.count == numbers.count else {
        throw FormatError(ofFile: "\(key) of \(name) is no list of whole numbers")
      }
      return whole
    }
    guard case .string(let dtype) = try member("dtype") else {
      throw FormatError(ofFile: "dtype of \(name) is no text")
    }
    guard let type = ElementType.safetensors(dtype) else {
      let known = ElementType.all.map(\.safetensors).joined(separator: ", ")
      throw FormatError(ofFile: "\(name) is of the type \(dtype); \(known) are read")
    }
    let (shape, offsets) = (try whole("shape"), try whole("data_offsets"))
    let size = try NumberArray.boundedCount(of: shape, name) * type.size
    guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= count else {
      throw FormatError(ofFile: "\(name) lies outside the file: data_offsets \(offsets) of \(count) bytes")
    }
    guard offsets[1] - offsets[0] == size else {
      throw FormatError(
        ofFile:
          "\(name) has \(offsets[1] - offsets[0]) bytes; its shape \(NumberArray.words(of: shape)) of \(dtype) takes \(size)"
      )
    }
    return Span(type: type, shape: shape, start: offsets[0], size: size)
  }
}
