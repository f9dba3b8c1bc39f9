/// A kind of number in a binary file: a row of the table that the readers of npy and safetensors look it up in.
struct ElementType: Sendable {
  /// What NumPy's files call it behind the sign of the byte order: `f4`.
  let numpy: String
  /// What safetensors call it: `F32`.
  let safetensors: String
  /// Its bytes.
  let size: Int
  /// How exact it is.
  let precision: NumberArray.Precision
  /// The numbers of bytes that are a whole number of them; true for the most significant byte first.
  let numbers: @Sendable (ArraySlice<UInt8>, _ isBigEndian: Bool) -> [Double]

  static let all: [ElementType] = [
    ElementType(numpy: "f2", safetensors: "F16", size: 2, precision: .half) {
      read(UInt16.self, $0, $1) { Double(Float16(bitPattern: $0)) }
    },
    ElementType(numpy: "", safetensors: "BF16", size: 2, precision: .brief) {
      read(UInt16.self, $0, $1) { Double(Float(bitPattern: UInt32($0) << 16)) }
    },
    ElementType(numpy: "f4", safetensors: "F32", size: 4, precision: .single) {
      read(UInt32.self, $0, $1) { Double(Float(bitPattern: $0)) }
    },
    ElementType(numpy: "f8", safetensors: "F64", size: 8, precision: .double) {
      read(UInt64.self, $0, $1) { Double(bitPattern: $0) }
    },
    ElementType(numpy: "i1", safetensors: "I8", size: 1, precision: .whole) { read(Int8.self, $0, $1) { Double($0) } },
    ElementType(numpy: "i2", safetensors: "I16", size: 2, precision: .whole) {
      read(Int16.self, $0, $1) { Double($0) }
    },
    ElementType(numpy: "i4", safetensors: "I32", size: 4, precision: .whole) {
      read(Int32.self, $0, $1) { Double($0) }
    },
    ElementType(numpy: "i8", safetensors: "I64", size: 8, precision: .whole) {
      read(Int64.self, $0, $1) { Double(exactly: $0) ?? .nan }
    },
    ElementType(numpy: "u1", safetensors: "U8", size: 1, precision: .whole) { read(UInt8.self, $0, $1) { Double($0) } },
    ElementType(numpy: "u2", safetensors: "U16", size: 2, precision: .whole) {
      read(UInt16.self, $0, $1) { Double($0) }
    },
    ElementType(numpy: "u4", safetensors: "U32", size: 4, precision: .whole) {
      read(UInt32.self, $0, $1) { Double($0) }
    },
    ElementType(numpy: "u8", safetensors: "U64", size: 8, precision: .whole) {
      read(UInt64.self, $0, $1) { Double(exactly: $0) ?? .nan }
    },
    ElementType(numpy: "b1", safetensors: "BOOL", size: 1, precision: .whole) {
      read(UInt8.self, $0, $1) { $0 == 0 ? 0 : 1 }
    },
  ]

  /// The type that NumPy's files call so.
  static func numpy(_ name: Substring) -> ElementType? { all.first { !$0.numpy.isEmpty && $0.numpy == name } }

  /// The type that safetensors call so.
  static func safetensors(_ name: String) -> ElementType? { all.first { $0.safetensors == name } }

  /// The numbers of an array. Whole numbers beyond what a double can hold are refused, and not rounded.
  func array(
    _ name: String, shape: [Int], _ bytes: ArraySlice<UInt8>, isBigEndian: Bool, isFortran: Bool = false
  ) throws(FormatError) -> NumberArray {
    var elements = numbers(bytes, isBigEndian)
    if precision == .whole, let place = elements.firstIndex(where: \.isNaN) {
      throw FormatError(
        ofFile: "number \(place + 1) is a whole number beyond ±2^53 that no double is equal to; save it as float64")
    }
    if isFortran, shape.count > 1 { elements = ElementType.rowMajor(elements, shape) }
    return NumberArray(name: name, shape: shape, elements: elements, precision: precision)
  }

  /// Each element of a width, its bits put through a rule.
  private static func read<Bits: FixedWidthInteger>(
    _: Bits.Type, _ bytes: ArraySlice<UInt8>, _ isBigEndian: Bool, _ rule: (Bits) -> Double
  ) -> [Double] {
    let size = MemoryLayout<Bits>.size
    return bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / size).map { index in
        let bits = bytes.loadUnaligned(fromByteOffset: index * size, as: Bits.self)
        return rule(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits))
      }
    }
  }

  /// Elements whose first index runs fastest, put so that the last one does.
  private static func rowMajor(_ elements: [Double], _ shape: [Int]) -> [Double] {
    guard !elements.isEmpty else { return elements }
    var result = elements
    var index = Array(repeating: 0, count: shape.count)
    for element in elements {
      var place = 0
      for (length, position) in zip(shape, index) { place = place * length + position }
      result[place] = element
      var axis = 0
      while axis < shape.count {
        index[axis] += 1
        if index[axis] < shape[axis] { break }
        index[axis] = 0
        axis += 1
      }
    }
    return result
  }
}
