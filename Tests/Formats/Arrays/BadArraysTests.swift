import Glibc
import Testing

@testable import Formats

/// What is said of a file that is none of what it claims to be.
private func complaint(_ bytes: [UInt8], _ path: String, _ name: String? = nil) -> String? {
  do throws(FormatError) {
    _ = try ArrayFile(bytes, path: path).array(named: name)
    return nil
  } catch {
    return error.description
  }
}

private func npy(_ header: String, _ numbers: [UInt8] = [], version: UInt8 = 1) -> [UInt8] {
  let length = header.utf8.count
  let size =
    version == 1 ? [UInt8(length & 255), UInt8(length >> 8)] : [UInt8(length & 255), UInt8(length >> 8), 0, 0]
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + Array(header.utf8) + numbers
}

private func npy(descr: String, shape: String, _ numbers: [UInt8] = []) -> [UInt8] {
  npy("{'descr': \(descr), 'fortran_order': False, 'shape': \(shape), }\n", numbers)
}

private func safetensors(_ header: String, _ numbers: [UInt8] = []) -> [UInt8] {
  let length = header.utf8.count
  return (0..<8).map { UInt8(length >> (8 * $0) & 255) } + Array(header.utf8) + numbers
}

private func file(_ name: String) throws -> [UInt8] {
  try #require(WrittenFile.all.first { $0.name == name }).bytes
}

@Suite struct BadArraysTests {
  /// What is claimed is compared with the file's size before anything is set aside.
  @Test(arguments: [
    (npy(descr: "'<f8'", shape: "(1000000000000,)"), "the array claims the shape (1000000000000,); at most 20000000"),
    (npy(descr: "'<f8'", shape: "(9223372036854775807, 4)"), "the array claims the shape"),
    (
      npy(descr: "'<f8'", shape: "(1000, 1000)", [0]),
      "its header claims (1000, 1000) of 8 bytes each, 8000000 bytes; there are 1"
    ),
    (npy(descr: "'<f4'", shape: "(1,)", [0, 0, 0, 0, 7]), "there is more behind the 4 bytes that its header claims"),
    (npy(descr: "'<c16'", shape: "(1,)"), "its elements are complex numbers (<c16); numbers were expected"),
    (npy(descr: "'|O'", shape: "(1,)"), "its elements are Python objects (|O); numbers were expected"),
    (npy(descr: "'<f16'", shape: "(1,)"), "its elements are floats of an unusual size (<f16); numbers were expected"),
    (npy(descr: "[('a', '<f4')]", shape: "(1,)"), "its elements are records of several fields"),
    (npy(descr: "'<f4'", shape: "3"), "its header is no dictionary of Python's: ( was expected before `3, }"),
    (npy("{'descr': '<f4', 'shape': (1,)}"), "its header lacks one of descr, fortran_order and shape"),
    (npy("{}", version: 9), "it is in version 9 of the npy format; 1 to 3 are read"),
    ([0x93] + Array("NUMPY".utf8), "it begins with the bytes 93 4e 55 4d 50 59; \\x93NUMPY was expected"),
    (Array(npy(descr: "'<f4'", shape: "(1,)").prefix(30)), "it ends within its header"),
    (
      npy(descr: "'<i8'", shape: "(1,)", [1, 0, 0, 0, 0, 0, 32, 0]),
      "number 1 is a whole number beyond ±2^53 that no double is equal to; save it as float64"
    ),
  ])
  func npyFilesThatAreNone(_ bytes: [UInt8], _ words: String) {
    #expect(complaint(bytes, "w.npy")?.hasPrefix(words) == true, "\(complaint(bytes, "w.npy") ?? "nothing")")
  }

  @Test(arguments: [
    (
      "w.npy", "hello world",
      "it is no npy file: it begins with the bytes 68 65 6c 6c 6f 20 77 6f; \\x93NUMPY was expected"
    ),
    ("w.npz", "hellohello", "it is no npz file: it begins with `hellohel`; `PK`, as of every zip file, was expected"),
    ("w.bin", "", "it begins with nothing; a file of npy, npz, safetensors, JSON, CSV was expected"),
    ("w.pt", "\u{1}", "it begins with the bytes 01; a file of npy, npz, safetensors, JSON, CSV was expected"),
    ("w.csv", "1,2\n3,x\n", "line 2: a number was expected in column 2, not x"),
    ("w.csv", "", "it holds no row of numbers"),
    ("w.json", "[[1, 2], [3]]", "line 1, column 10: this list has 1 element, one before it has 2"),
    ("w.json", "[[1, 2], 3]", "line 1, column 10: a number stands among lists; a list was expected"),
    ("w.json", "[1, [2]]", "line 1, column 5: a list stands among numbers; a number was expected"),
    ("w.json", "{\"w\": [1,\n 2}", "line 2, column 3: a comma or ] was expected"),
    ("w.json", "[1] 2", "line 1, column 5: nothing more was expected behind the value"),
    ("w.json", "{\"w\": tru}", "line 1, column 7: a number was expected here"),
    ("w.json", "{}", "it holds no array"),
    ("w.json", "{\"a\": 1, \"b\": 2}", "it holds 2 arrays; name one: a, b"),
    (
      "w.json", String(repeating: "[", count: 100_000),
      "line 1, column 33: lists stand in one another more than 32 deep"
    ),
    (
      "w.json", String(repeating: "{\"a\":", count: 100_000),
      "line 1, column 161: lists and objects stand in one another"
    ),
  ])
  func textsThatAreNone(_ path: String, _ text: String, _ words: String) {
    let found = complaint(Array(text.utf8), path)
    #expect(found?.hasPrefix(words) == true, "\(found ?? "nothing")")
  }

  @Test(arguments: [
    (
      "{\"w\":{\"dtype\":\"F64\",\"shape\":[1000000,1000000],\"data_offsets\":[0,8]}}",
      "w claims the shape (1000000, 1000000)"
    ),
    (
      "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
      "w lies outside the file: data_offsets [0, 8] of 4 bytes"
    ),
    (
      "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "w has 4 bytes; its shape (2,) of F32 takes 8"
    ),
    (
      "{\"w\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}", "w is of the type F8_E4M3; F16, BF16, F32"
    ),
    ("{\"w\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", "w claims the shape (-1,)"),
    ("{\"w\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", "shape of w is no list of whole numbers"),
    ("{\"w\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", "w has no shape"),
    ("{\"w\":1}", "w has no dtype, shape and data_offsets"),
    ("{\"w\"", "its header is no JSON: line 1, column 5"),
  ])
  func safetensorsThatAreNone(_ header: String, _ words: String) {
    let found = complaint(safetensors(header, [0, 0, 0, 0]), "w.safetensors")
    #expect(found?.hasPrefix(words) == true, "\(found ?? "nothing")")
  }

  @Test func aNameThatIsNotThereIsAnsweredWithThoseThatAre() throws {
    #expect(
      complaint(try file("deflated.npz"), "w.npz", "1.weight")
        == "there is no 1.weight in it; it holds 0.weight, 0.bias, wide")
    #expect(complaint(try file("deflated.npz"), "w.npz") == "it holds 3 arrays; name one: 0.weight, 0.bias, wide")
    #expect(complaint(try file("shape-5.npy"), "w.npy", "w") == "it holds one array, which has no name; leave w out")
  }

  /// Wherever a file is cut, and wherever a byte of what is packed is another, something is said.
  @Test(arguments: ["stored.npz", "deflated.npz", "deflated-descriptors.npz"])
  func archivesThatAreDamaged(_ name: String) throws {
    let bytes = try file(name)
    for end in stride(from: 0, to: bytes.count - 1, by: 7) {
      #expect(complaint(Array(bytes[..<end]), "w.npz", "wide") != nil, "cut at \(end)")
    }
    // The numbers of the first part.
    let start = 30 + Int(bytes[26]) + Int(bytes[28])
    for place in stride(from: start, to: start + 80, by: 3) {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(complaint(damaged, "w.npz", "0.weight") != nil, "byte \(place)")
    }
  }

  /// A part that unpacks to a thousand times its size is read no further than its header claims.
  @Test func aBombIsBoundByItsHeader() throws {
    var packed = try #require(Deflated.zeros(after: npy(descr: "'<f4'", shape: "(2,)"), count: 400 << 20))
    #expect(packed.count < 500_000)
    packed = Deflated.archive("bomb.npy", packed, size: 0xFFFF_FFF0)
    let before = peakMemory()
    let words = complaint(packed, "w.npz")
    #expect(words == "bomb: there is more behind the 8 bytes that its header claims; one array was expected")
    #expect(peakMemory() - before < 64 << 10)
    let large = npy(descr: "'<f8'", shape: "(19000000,)")
    let small = Deflated.archive(
      "w.npy", Deflated.zeros(after: large, count: 64) ?? [], size: large.count + 152_000_000)
    #expect(complaint(small, "w.npz")?.contains("its header claims (19000000,) of 8 bytes each") == true)
    #expect(peakMemory() - before < 64 << 10)
  }

  @Test func otherFormatsAreNamed() {
    #expect(
      complaint([0x89] + Array("HDF\r\n\u{1A}\n".utf8), "w.h5")?.hasPrefix("it is an HDF5 file, as Keras") == true)
    #expect(complaint([0x80, 4, 0x95], "w.pkl")?.hasPrefix("it is a pickle of Python's") == true)
    #expect(
      complaint(Deflated.archive("archive/data.pkl", [], size: 0), "w.pt")?.hasPrefix("it is a pickle of PyTorch")
        == true)
  }
}

/// The most memory that this process has had so far, in kilobytes.
private func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss
}
