import Testing

@testable import Formats

struct TableTests {
  @Test(arguments: [
    ("sepal_length,species\n5.1,setosa\n4.9,virginica", ["sepal_length", "species"]),
    ("x,y\n1,2", ["x", "y"]),
    // Numbers in the first row are data, whatever the class column says.
    ("5.1,setosa\n4.9,virginica", []),
    ("5.1,species\n4.9,virginica", []),
    // One slip among numbers makes no header.
    ("5.l,3.5,a\n4.9,3.0,b\n4.7,3.2,b", []),
    ("a,b\n1,2\nx,4\n5,6", ["a", "b"]),
    // An index column has no name in files that some programs write.
    (",a,b\n0,1,2\n1,3,4", ["", "a", "b"]),
    // Neither does a class that comes again, or a missing number.
    ("5.l,a\n4.9,b\n4.7,a", []), ("NA,3,a\n1,4,b", []), ("NA,a\n1,b\nNA,c\n2,d\n3,e", []), ("1,,\n,2,", []),
    // A single row: names where there is no number.
    ("a,b", ["a", "b"]), ("1,b", []),
    // Text alone: names are all there, all different and do not come again.
    ("colour,kind\nred,a\nblue,b", ["colour", "kind"]),
    ("red,a\nred,b", []), ("a,a\nb,c", []), ("a,\nb,c", []),
    ("\"1\",\"2\"\n\"3\",\"4\"", []), ("\"a\",\"b\"\n\"3\",\" 4 \"", ["a", "b"]),
  ]) func header(_ text: String, _ names: [String]) throws {
    #expect(try CSV.read(text).names == names)
  }

  @Test func fieldsAsNumbers() throws {
    let table = try CSV.read("a,b\n1,\" 2.5 \"\nnan,x\n3,4\n5,6")
    #expect(table.rowCount == 4)
    #expect(table.number(0, 0) == 1)
    #expect(table.number(0, 1) == 2.5)
    #expect(table.number(1, 0)?.isNaN == true)
    #expect(table.number(1, 1) == nil)
    #expect(table.holdsNumbers(1))
  }

  @Test func labels() throws {
    #expect(try CSV.read("a,\n1,2").label(0) == "a")
    #expect(try CSV.read("a,\n1,2").label(1) == "column 2")
    #expect(try CSV.read("1,2").label(1) == "column 2")
  }

  @Test func placesCountCharactersAndLinesInsideQuotes() throws {
    let table = try CSV.read("né,b\n\"é\r\né\",1\n\"x\",2\n3,4\n5,6\n7,8")
    let error = table.error(0, 1, "here")
    #expect(error.line == 3)
    #expect(error.column == 4)
    #expect(error.excerpt == "é\",1")
    #expect(error.message == "line 3: here")
  }
}
