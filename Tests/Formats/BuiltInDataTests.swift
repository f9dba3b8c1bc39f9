import Engine
import Testing

@testable import Formats

struct BuiltInDataTests {
  @Test(arguments: BuiltInData.all.map(\.name)) func everyOneReads(_ name: String) throws {
    let data = try #require(try BuiltInData.named(name)?.dataset())
    #expect(data.name == name)
    #expect(data.count > 0)
    #expect(data.inputNames.count == data.inputCount)
    #expect(data.targetNames.count == data.targetCount)
  }

  @Test(arguments: [("xor", [0, 1, 1, 0]), ("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1])])
  func truthTables(_ name: String, _ targets: [Double]) throws {
    let data = try #require(try BuiltInData.named(name)?.dataset())
    #expect(data.inputs == [0, 0, 0, 1, 1, 0, 1, 1])
    #expect(data.targets == targets)
  }

  @Test func irisIsFishersTable() throws {
    let iris = try #require(try BuiltInData.named("iris")?.dataset())
    #expect(iris.count == 150)
    #expect(iris.inputNames == ["sepal_length", "sepal_width", "petal_length", "petal_width"])
    #expect(iris.targetNames == ["setosa", "versicolor", "virginica"])
    for kind in 0..<3 {
      #expect((0..<150).filter { iris.target($0)[$0 * 3 + kind] == 1 } == Array(kind * 50..<kind * 50 + 50))
    }

    // The published means, of all flowers and of each species (Fisher 1936, table II); the last digit is the rounding.
    func mean(_ column: Int, _ samples: Range<Int>) -> Double {
      samples.reduce(0) { $0 + iris.inputs[$1 * 4 + column] } / Double(samples.count)
    }
    for (column, published) in [5.843, 3.057, 3.758, 1.199].enumerated() {
      #expect(abs(mean(column, 0..<150) - published) < 0.0005)
    }
    let bySpecies = [[5.006, 3.428, 1.462, 0.246], [5.936, 2.770, 4.260, 1.326], [6.588, 2.974, 5.552, 2.026]]
    for (kind, means) in bySpecies.enumerated() {
      for (column, published) in means.enumerated() {
        #expect(abs(mean(column, kind * 50..<kind * 50 + 50) - published) < 1e-9)
      }
    }
    // The two flowers that a well-known copy has wrong.
    #expect(Array(iris.input(34)) == [4.9, 3.1, 1.5, 0.2])
    #expect(Array(iris.input(37)) == [4.9, 3.6, 1.4, 0.1])
  }

  @Test func columnsCanBeChosen() throws {
    let petals = try #require(try BuiltInData.named("iris")?.dataset(inputs: "3..4", targets: "-1"))
    #expect(Array(petals.input(0)) == [1.4, 0.2])
  }
}
