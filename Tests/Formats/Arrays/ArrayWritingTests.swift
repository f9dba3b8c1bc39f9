import Engine
import Testing

@testable import Formats

@Suite struct ArrayWritingTests {
  private static let arrays = [
    NumberArray(name: "w1", shape: [2, 3], elements: [0.1, -0.0, 1e-300, .infinity, -5e-324, 3]),
    NumberArray(name: "b1", shape: [2], elements: [.pi, -1e308]),
    NumberArray(name: "", shape: [], elements: [7]),
    NumberArray(name: "größe", shape: [1, 1], elements: [0.1 + 0.2]),
  ]

  @Test(arguments: ["a.npz", "A.SAFETENSORS"]) func whatIsWrittenIsReadBackToTheBit(path: String) throws {
    let file = try ArrayFile(try ArrayFile.bytes(of: Self.arrays, path: path), path: path)
    #expect(file.names == Self.arrays.map(\.name))
    for array in Self.arrays {
      let read = try file.array(named: array.name)
      #expect(read.shape == array.shape && read.precision == .double)
      #expect(read.elements.map(\.bitPattern) == array.elements.map(\.bitPattern))
    }
    // The same arrays are the same bytes, whenever they are written.
    #expect(try ArrayFile.bytes(of: Self.arrays, path: path) == ArrayFile.bytes(of: Self.arrays, path: path))
  }

  @Test func theNumbersOfAnNPYBeginAtAMultipleOf64() {
    for columns in [1, 22, 1_234_567] {
      let array = NumberArray(name: "a", shape: [1, columns], elements: [])
      #expect(NPY.bytes(of: array).count % 64 == 0)
    }
  }

  @Test(arguments: ["a.csv", "npz", "a", ""]) func otherNamesAreRefused(path: String) {
    let error = #expect(throws: FormatError.self) { try ArrayFile.bytes(of: Self.arrays, path: path) }
    #expect(error?.message.description == "a name that ends in .npz or .safetensors was expected")
  }
}
