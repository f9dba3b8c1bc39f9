import Engine

/// A file of another program that holds arrays: what they are called, and each where it is asked for.
package struct ArrayFile: Sendable {
  /// An array of it, not read yet.
  struct Entry: Sendable {
    let name: String
    let read: @Sendable () throws(FormatError) -> NumberArray
  }

  private let entries: [Entry]

  /// The largest file that is read, in bytes.
  package static let largestSize = 256 << 20

  /// The names of the arrays in the order of the file; that of one without a name is empty.
  package var names: [String] { entries.map(\.name) }

  /// Takes a file's bytes for what they begin as. Throws where they are none of the formats, or the one that the name
  /// promises and damaged.
  package init(_ bytes: [UInt8], path: String) throws(FormatError) {
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if let reason = Format.foreign.first(where: { $0.isOne(bytes) })?.reason { throw FormatError(ofFile: reason) }
    guard
      let format = Format.all.first(where: { $0.isOne(bytes) })
        ?? Format.all.first(where: { $0.isText && $0.endings.contains(ending) })
    else {
      if let promised = Format.all.first(where: { $0.endings.contains(ending) }) {
        throw FormatError(
          ofFile:
            "it is no \(promised.name) file: it begins with \(beginning(of: bytes)); \(promised.begins) was expected")
      }
      throw FormatError(
        ofFile:
          "it begins with \(beginning(of: bytes)); a file of \(Format.all.map(\.name).joined(separator: ", ")) was expected"
      )
    }
    entries = try format.entries(bytes)
  }

  /// The array of a name; without one, the only one that there is, or the one that has none.
  package func array(named name: String? = nil) throws(FormatError) -> NumberArray {
    guard let name else {
      guard let only = entries.first(where: \.name.isEmpty) ?? (entries.count == 1 ? entries.first : nil) else {
        throw FormatError(
          ofFile: entries.isEmpty
            ? "it holds no array" : "it holds \(entries.count) arrays; name one: \(list(of: names))")
      }
      return try read(only)
    }
    guard let entry = entries.first(where: { $0.name == name }) else {
      let named = names.filter { !$0.isEmpty }
      throw FormatError(
        ofFile: named.isEmpty
          ? "it holds one array, which has no name; leave \(name) out"
          : "there is no \(name) in it; it holds \(list(of: named))")
    }
    return try read(entry)
  }

  private func read(_ entry: Entry) throws(FormatError) -> NumberArray {
    do throws(FormatError) { return try entry.read() } catch {
      guard !entry.name.isEmpty, !error.message.description.contains(entry.name) else { throw error }
      var named = error
      named.message = "\(entry.name): \(error.message)"
      throw named
    }
  }

  /// Names in a message, the first ones of many.
  private func list(of names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }
}

/// A format of files with arrays: a row of the table by which a file is known.
struct Format: Sendable {
  let name: String
  let endings: [String]
  /// What one begins with, in words.
  let begins: Text
  /// Whether it is text that nothing tells from other text, so that the file's name has to.
  var isText = false
  let isOne: @Sendable ([UInt8]) -> Bool
  let entries: @Sendable ([UInt8]) throws(FormatError) -> [ArrayFile.Entry]
  /// The bytes of a file of it; nil of a format that is only read.
  var write: (@Sendable ([NumberArray]) -> [UInt8])?

  /// The formats that are written.
  static let written = all.filter { $0.write != nil }

  /// Whether a file's name promises one.
  func names(_ path: String) -> Bool { endings.contains { path.lowercased().hasSuffix(".\($0)") } }

  static let all: [Format] = [
    Format(
      name: "npy", endings: ["npy"], begins: "\\x93NUMPY", isOne: { NPY.isOne($0) },
      entries: { bytes throws(FormatError) in
        [
          ArrayFile.Entry(name: "") { () throws(FormatError) in
            var source = PlainBytes(bytes[...])
            return try NPY.read("", from: &source)
          }
        ]
      }),
    Format(
      name: "npz", endings: ["npz"], begins: "`PK`, as of every zip file,", isOne: Zip.isOne,
      entries: { bytes throws(FormatError) in try archive(bytes) }, write: Zip.bytes),
    Format(
      name: "safetensors", endings: ["safetensors"], begins: "the length of a header, in 8 bytes, and `{`",
      isOne: Safetensors.isOne, entries: Safetensors.entries, write: Safetensors.bytes),
    Format(
      name: "JSON", endings: ["json"], begins: "`{` or `[`",
      isOne: { bytes in
        bytes.first { ![0x20, 0x0A, 0x0D, 0x09, 0xEF, 0xBB, 0xBF].contains($0) }.map { $0 == 0x7B || $0 == 0x5B }
          ?? false
      },
      entries: ArrayText.json),
    Format(
      name: "CSV", endings: ["csv", "tsv", "txt", "dat"], begins: "a row of numbers", isText: true,
      isOne: { _ in false }, entries: ArrayText.table),
  ]

  /// The arrays of a zip file, each under its name without `.npy`.
  private static func archive(_ bytes: [UInt8]) throws(FormatError) -> [ArrayFile.Entry] {
    let parts = try Zip(bytes).parts
    if parts.contains(where: { $0.name.hasSuffix("data.pkl") }) {
      throw FormatError(
        ofFile:
          "it is a pickle of PyTorch, which can run code and is not read; save safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")"
      )
    }
    return parts.filter { $0.name.hasSuffix(".npy") }.map { part in
      let name = String(part.name.dropLast(4))
      return ArrayFile.Entry(name: name) { () throws(FormatError) in try Zip.array(part, in: bytes, name) }
    }
  }

  /// Files that are often brought and not read, and what to do.
  static let foreign: [(isOne: @Sendable ([UInt8]) -> Bool, reason: Text)] = [
    (
      { $0.first == 0x89 && $0.holds("HDF", at: 1) },
      "it is an HDF5 file, as Keras writes it; save numpy.savez(\"weights.npz\", *model.get_weights())"
    ),
    (
      { $0.first == 0x80 && $0.count > 1 && (2...5).contains($0[1]) },
      "it is a pickle of Python's, which can run code and is not read; save it with numpy.savez"
    ),
  ]
}
