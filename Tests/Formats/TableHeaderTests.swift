import Engine
import Testing

@testable import Formats

struct TableHeaderTests {
  @Test(arguments: [
    // pandas, whose columns have no names but the target.
    ("0,1,2,target\n5.1,3.5,1.4,0\n4.9,3.0,1.4,0\n", ["0", "1", "2", "target"], 2),
    // A row of units below the names.
    ("time,speed\n(s),(m/s)\n1,2\n3,4\n5,6\n", ["time", "speed"], 3),
    // R, whose header has no name for the rows' own.
    ("\"x\" \"y\"\n\"1\" 0.5 1\n\"2\" 0.7 0\n", ["", "x", "y"], 2),
    // A word among numbers is a slip of the pen.
    ("1,2\n3,x\n5,6\n7,8\n", [], 4), ("x,2\n3,4\n5,6\n7,8\n", [], 4), ("0,1\n1,0\n", [], 2),
  ]) func isFoundOut(_ text: String, _ names: [String], _ rows: Int) throws {
    let table = try CSV.read(text)
    #expect(table.names == names)
    #expect(table.rowCount == rows)
  }

  @Test func aHeaderMaySayHowManyThereAreAndWhatTheClassesAreCalled() throws {
    // The head of scikit-learn's iris.csv and of its wine_data.csv, and some rows of each.
    let iris = try CSV.read("3,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n7,3.2,4.7,1.4,1\n6.3,3.3,6,2.5,2\n")
    let irises = try iris.dataset()
    #expect(irises.targetNames == ["setosa", "versicolor", "virginica"])
    #expect(irises.targets == [1, 0, 0, 0, 1, 0, 0, 0, 1])
    let wine = try CSV.read("2,5,class_0,class_1\n14.23,1.71,2.43,15.6,127,0\n12.37,0.94,1.36,10.6,88,1\n")
    #expect(try wine.dataset().targetNames == ["class_0", "class_1"])
    #expect(try wine.dataset().inputCount == 5)
  }
}
