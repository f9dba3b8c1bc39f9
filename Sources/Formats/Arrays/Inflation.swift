import CZlib
import Engine

/// What the deflate method packed, unpacked a piece at a time through zlib, so that no more is unpacked than is asked for.
final class Inflation: ByteSource {
  private let packed: ArraySlice<UInt8>
  private var used = 0
  private var stream = z_stream()
  private var isOver = false
  private(set) var most: Int

  /// The most bytes that one packed byte can stand for.
  private static let densest = 1032

  /// - Parameter size: how many bytes come of it, as the file claims.
  init(_ packed: ArraySlice<UInt8>, size: Int) throws(FormatError) {
    self.packed = packed
    let (largest, overflow) = packed.count.multipliedReportingOverflow(by: Inflation.densest)
    most = min(size, overflow ? .max : largest)
    // Without a header, as in a zip file.
    guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw FormatError(ofFile: "zlib cannot begin to unpack")
    }
  }

  deinit { inflateEnd(&stream) }

  func next(_ count: Int) throws(FormatError) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(max(count, 1), 1 << 16))
    while result.count < count, !isOver {
      let wanted = min(piece.count, count - result.count)
      let (status, made, taken) = packed.withUnsafeBufferPointer { packed in
        piece.withUnsafeMutableBufferPointer { piece in
          let available = min(packed.count - used, 1 << 30)
          stream.next_in = packed.baseAddress.map { UnsafeMutablePointer(mutating: $0 + used) }
          stream.avail_in = UInt32(available)
          stream.next_out = piece.baseAddress
          stream.avail_out = UInt32(wanted)
          let status = inflate(&stream, Z_NO_FLUSH)
          return (status, wanted - Int(stream.avail_out), available - Int(stream.avail_in))
        }
      }
      used += taken
      result += piece[..<made]
      if status == Z_STREAM_END { isOver = true }
      guard status == Z_OK || status == Z_STREAM_END else {
        throw FormatError(
          ofFile: status == Z_BUF_ERROR ? "the packed bytes end too early" : "the packed bytes are damaged")
      }
    }
    most -= result.count
    return result[...]
  }

  /// The check sum that a zip file keeps of what it packed.
  static func checkSum(_ sum: UInt32, _ bytes: ArraySlice<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: bytes.withUnsafeBufferPointer { crc32_z(UInt(sum), $0.baseAddress, $0.count) })
  }
}
