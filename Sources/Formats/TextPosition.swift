/// A byte's place in a text as a reader counts it. It is only worked out for an error, so reading itself keeps no count.
struct TextPosition {
  /// The line, counted from 1.
  var line: Int
  /// The character in the line, counted from 1.
  var column: Int
  /// The line's text, cut where it is very long.
  var excerpt: String

  /// Lines end with LF, CR LF or CR. The offset may be that of the text's end.
  init(of offset: Int, in bytes: [UInt8]) {
    let offset = min(max(offset, 0), bytes.count)
    line = 1
    var start = bytes.starts(with: byteOrderMark) && offset >= byteOrderMark.count ? byteOrderMark.count : 0
    for position in start..<max(offset, start) where isLineEnd(position, in: bytes) {
      line += 1
      start = position + 1
    }
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
    column = String(decoding: bytes[start..<max(min(offset, end), start)], as: UTF8.self).count + 1
    excerpt = String(String(decoding: bytes[start..<end].prefix(4 * 400), as: UTF8.self).prefix(400))
  }
}

/// Whether a line ends with this byte: LF, or a CR that no LF follows.
private func isLineEnd(_ position: Int, in bytes: [UInt8]) -> Bool {
  switch bytes[position] {
  case UInt8(ascii: "\n"): true
  case UInt8(ascii: "\r"): position + 1 == bytes.count || bytes[position + 1] != UInt8(ascii: "\n")
  default: false
  }
}

/// What some programs put before a UTF-8 text; it is no part of the text.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// Where the first byte stands that is not UTF-8, or nil for a sound text.
func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
  if String(validating: bytes, as: UTF8.self) != nil { return nil }
  // Each line is sound by itself or not, since no character of several bytes holds a line feed.
  var start = 0
  for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    if String(validating: line, as: UTF8.self) == nil {
      var good = 0
      for length in 1...max(line.count, 1) where String(validating: line.prefix(length), as: UTF8.self) != nil {
        good = length
      }
      return start + good
    }
    start += line.count + 1
  }
  return bytes.count
}
