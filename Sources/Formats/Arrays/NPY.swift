import Engine

/// NumPy's own files, of versions 1 to 3: a header that is a Python dictionary, then the numbers.
enum NPY {
  /// Whether a file begins as one.
  static func isOne(_ bytes: some Collection<UInt8>) -> Bool { bytes.first == 0x93 && bytes.holds("NUMPY", at: 1) }

  /// The longest header that is read; NumPy's own are of 118 bytes.
  private static let longestHeader = 1 << 16

  /// Reads an array, which has to be all that there is.
  static func read(_ name: String, from source: inout some ByteSource) throws(FormatError) -> NumberArray {
    let header = try header(from: &source)
    let count = try NumberArray.boundedCount(of: header.shape, name)
    let size = count * header.type.size
    guard size <= source.most else {
      throw FormatError(
        ofFile:
          "its header claims \(NumberArray.words(of: header.shape)) of \(header.type.size) bytes each, \(size) bytes; there are \(source.most)"
      )
    }
    let bytes = try source.next(size)
    guard bytes.count == size else {
      throw FormatError(ofFile: "\(size) bytes of numbers were expected, there are \(bytes.count)")
    }
    guard try source.next(1).isEmpty else {
      throw FormatError(
        ofFile: "there is more behind the \(size) bytes that its header claims; one array was expected")
    }
    return try header.type.array(
      name, shape: header.shape, bytes, isBigEndian: header.isBigEndian, isFortran: header.isFortran)
  }

  private static func header(from source: inout some ByteSource) throws(FormatError) -> NPYHeader {
    let start = try source.next(8)
    guard start.count == 8, isOne(start) else {
      throw FormatError(ofFile: "it begins with \(beginning(of: Array(start))); \\x93NUMPY was expected")
    }
    let version = start[start.startIndex + 6]
    guard (1...3).contains(version) else {
      throw FormatError(ofFile: "it is in version \(Int(version)) of the npy format; 1 to 3 are read")
    }
    let lengthSize = version == 1 ? 2 : 4
    guard let length = try source.next(lengthSize).littleEndian(at: 0, lengthSize) else {
      throw FormatError(ofFile: "it ends within its header")
    }
    guard length <= longestHeader else {
      throw FormatError(ofFile: "its header claims \(length) bytes; at most \(longestHeader) are read")
    }
    let text = try source.next(Int(length))
    guard text.count == Int(length) else { throw FormatError(ofFile: "it ends within its header") }
    return try NPYHeader(text)
  }
}
