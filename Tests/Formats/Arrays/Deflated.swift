import CZlib

/// Makes zip files that no program would write.
enum Deflated {
  /// Some bytes and many zeros behind them, packed.
  static func zeros(after start: [UInt8], count: Int) -> [UInt8]? {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var result: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    var zeros = [UInt8](repeating: 0, count: 1 << 20)
    func put(_ bytes: inout [UInt8], _ count: Int, _ flush: Int32) {
      bytes.withUnsafeMutableBufferPointer { bytes in
        stream.next_in = bytes.baseAddress
        stream.avail_in = UInt32(count)
        repeat {
          room.withUnsafeMutableBufferPointer { room in
            stream.next_out = room.baseAddress
            stream.avail_out = UInt32(room.count)
            deflate(&stream, flush)
          }
          result += room[..<(room.count - Int(stream.avail_out))]
        } while stream.avail_out == 0
      }
    }
    var first = start
    put(&first, first.count, Z_NO_FLUSH)
    var left = count
    while left > 0 {
      put(&zeros, min(left, zeros.count), Z_NO_FLUSH)
      left -= zeros.count
    }
    put(&zeros, 0, Z_FINISH)
    return result
  }

  /// A zip file of one deflated part that claims a size.
  static func archive(_ name: String, _ packed: [UInt8], size: Int) -> [UInt8] {
    func number(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(value >> (8 * $0) & 255) } }
    let name = Array(name.utf8)
    let sizes = number(0, 4) + number(packed.count, 4) + number(size, 4) + number(name.count, 2) + number(0, 2)
    let local = Array("PK\u{3}\u{4}".utf8) + number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + sizes + name
    let entry =
      Array("PK\u{1}\u{2}".utf8) + number(20, 2) + number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + sizes
      + number(0, 14) + name
    let offset = local.count + packed.count
    return local + packed + entry + Array("PK\u{5}\u{6}".utf8) + number(0, 4) + number(1, 2) + number(1, 2)
      + number(entry.count, 4) + number(offset, 4) + number(0, 2)
  }
}
