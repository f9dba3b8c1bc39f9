import Testing

@testable import Formats

/// What NumPy and the safetensors package write is read back to the bit; see Fixtures/make_arrays.py.
@Suite struct WrittenArraysTests {
  @Test func thereAreFilesOfEveryKind() {
    #expect(WrittenFile.all.count >= 160)
    for ending in [".npy", ".npz", ".safetensors", ".json", ".csv"] {
      #expect(WrittenFile.all.contains { $0.name.hasSuffix(ending) })
    }
  }

  @Test(arguments: WrittenFile.all) func isReadBackToTheBit(_ file: WrittenFile) throws {
    let read = try ArrayFile(file.bytes, path: file.name)
    #expect(read.names.sorted() == file.arrays.map(\.name).sorted())
    for expected in file.arrays {
      let array = try read.array(named: expected.name.isEmpty ? nil : expected.name)
      #expect(array.shape == expected.shape)
      // Of a number that is none only that is kept.
      let bits = array.elements.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
      #expect(bits == expected.bits, "\(file.name) \(expected.name)")
    }
  }

  @Test func precisionIsKnown() throws {
    func precision(_ file: String, _ name: String? = nil) throws -> NumberArray.Precision {
      let found = try #require(WrittenFile.all.first { $0.name == file })
      return try ArrayFile(found.bytes, path: file).array(named: name).precision
    }
    #expect(try precision("v1-f2-be-C.npy") == .half)
    #expect(try precision("v2-f4-le-F.npy") == .single)
    #expect(try precision("v3-f8-be-F.npy") == .double)
    #expect(try precision("v1-i4-le-C.npy") == .whole)
    #expect(try precision("bf16.safetensors") == .brief)
    #expect(try precision("all.safetensors", "t.f4") == .single)
  }

  @Test func matricesHaveTwoDimensionsAtMost() throws {
    func matrix(_ name: String) throws -> String {
      let file = try #require(WrittenFile.all.first { $0.name == name })
      do throws(FormatError) { return try ArrayFile(file.bytes, path: name).array().matrix.shape } catch {
        return error.description
      }
    }
    #expect(try matrix("shape-single.npy") == "1×1")
    #expect(try matrix("shape-5.npy") == "1×5")
    #expect(try matrix("shape-3x1.npy") == "3×1")
    #expect(try matrix("shape-0x3.npy") == "the array is empty, (0, 3); at least one number was expected")
    #expect(
      try matrix("shape-2x3x2.npy") == "the array has 3 dimensions, (2, 3, 2); a matrix has two at most")
  }
}
