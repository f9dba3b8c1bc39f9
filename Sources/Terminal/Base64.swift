extension Sequence<UInt8> {
  /// The bytes in base 64 (RFC 4648), as a terminal takes them for its clipboard.
  var base64: String {
    var (text, bits, count) = ([UInt8](), UInt32(0), 0)
    for byte in self {
      (bits, count) = (bits << 8 | UInt32(byte), count + 1)
      guard count == 3 else { continue }
      for shift in [18, 12, 6, 0] as [UInt32] { text.append(base64Letters[Int(bits >> shift & 63)]) }
      (bits, count) = (0, 0)
    }
    guard count > 0 else { return String(decoding: text, as: UTF8.self) }
    bits <<= count == 1 ? 16 : 8
    for shift in [18, 12, 6].prefix(count + 1) as ArraySlice<UInt32> {
      text.append(base64Letters[Int(bits >> shift & 63)])
    }
    return String(decoding: text, as: UTF8.self) + String(repeating: "=", count: 3 - count)
  }
}

private let base64Letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
