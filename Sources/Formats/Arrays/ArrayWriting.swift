import Engine

// Arrays as the readers beside this file take them back, and as NumPy and the safetensors package read them.

extension ArrayFile {
  /// Arrays as the bytes of a file whose kind its name tells.
  /// - Throws: where the name promises none that is written; the message says which are.
  package static func bytes(of arrays: [NumberArray], path: String) throws(FormatError) -> [UInt8] {
    guard let write = Format.written.first(where: { $0.names(path) })?.write else {
      let endings = Format.written.flatMap(\.endings).map { ".\($0)" }.joined(separator: " or ")
      throw FormatError(ofFile: "a name that ends in \(endings) was expected")
    }
    return write(arrays)
  }
}

extension NumberArray {
  /// The numbers as they lie in a file, the last index running fastest, each of 64 bits, the least significant byte first.
  fileprivate var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * elements.count)
    for element in elements { bytes.append(element.bitPattern, 8) }
    return bytes
  }
}

extension [UInt8] {
  /// Puts a whole number of so many bytes behind, the least significant first.
  fileprivate mutating func append(_ value: some FixedWidthInteger, _ size: Int) {
    let value = UInt64(truncatingIfNeeded: value)
    for place in 0..<size { append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(place)))) }
  }
}

extension NPY {
  /// An array as a file of version 1, its header padded so that the numbers begin at a multiple of 64.
  static func bytes(of array: NumberArray) -> [UInt8] {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(array.shapeInWords), }"
    let start = 10
    let padding = 63 - (start + header.utf8.count) % 64
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes.append(header.utf8.count + padding + 1, 2)
    return bytes + Array(header.utf8) + Array(repeating: 0x20, count: padding) + [0x0A] + array.bytes
  }
}

extension Zip {
  /// Arrays as NumPy's savez has them: a zip file whose parts are stored as they are.
  static func bytes(of arrays: [NumberArray]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for array in arrays {
      let (name, content) = (Array("\(array.name).npy".utf8), NPY.bytes(of: array))
      // Version 2.0 of the format, names in UTF-8, stored; on the first day that it knows, so that the same arrays are the
      // same bytes.
      var common: [UInt8] = []
      for (value, size) in [(20, 2), (0x800, 2), (0, 2), (0, 2), (0x21, 2)] { common.append(value, size) }
      common.append(Inflation.checkSum(0, content[...]), 4)
      for (value, size) in [(content.count, 4), (content.count, 4), (name.count, 2), (0, 2)] {
        common.append(value, size)
      }
      let offset = file.count
      file += Array("PK\u{3}\u{4}".utf8) + common + name + content
      directory += Array("PK\u{1}\u{2}".utf8) + [20, 0] + common
      for (value, size) in [(0, 2), (0, 2), (0, 2), (0, 4), (offset, 4)] { directory.append(value, size) }
      directory += name
    }
    let place = file.count
    file += directory + Array("PK\u{5}\u{6}".utf8)
    for (value, size) in [(0, 4), (arrays.count, 2), (arrays.count, 2), (directory.count, 4), (place, 4), (0, 2)] {
      file.append(value, size)
    }
    return file
  }
}

extension Safetensors {
  /// Arrays as a file: the header's length, the header, padded to a multiple of 8, and the numbers.
  static func bytes(of arrays: [NumberArray]) -> [UInt8] {
    var members: [JSONMember] = []
    var place = 0
    for array in arrays {
      let end = place + 8 * array.elements.count
      let (shape, offsets) = (array.shape.map { Double($0) }, [Double(place), Double(end)])
      members.append(
        JSONMember(array.name, ["dtype": "F64", "shape": JSONValue(shape), "data_offsets": JSONValue(offsets)]))
      place = end
    }
    var header = Array(JSONValue.object(members).description.utf8)
    header += Array(repeating: 0x20, count: (8 - header.count % 8) % 8)
    var file: [UInt8] = []
    file.append(header.count, 8)
    file += header
    for array in arrays { file += array.bytes }
    return file
  }
}
