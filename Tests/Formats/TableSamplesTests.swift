import Engine
import Testing

@testable import Formats

private func samples(_ text: String, inputs: String? = nil, targets: String? = nil) throws(FormatError) -> Dataset {
  try CSV.read(text).dataset(name: "t", inputs: inputs, targets: targets)
}

private func failure(_ text: String, inputs: String? = nil, targets: String? = nil) -> FormatError? {
  do {
    _ = try samples(text, inputs: inputs, targets: targets)
    return nil
  } catch { return error }
}

struct SamplesTests {
  @Test func theLastColumnIsTheTarget() throws {
    let data = try samples("a,b,y\n1,2,3\n4,5,6")
    #expect(data.name == "t")
    #expect(data.count == 2)
    #expect(data.inputs == [1, 2, 4, 5])
    #expect(data.targets == [3, 6])
    #expect(data.inputNames == ["a", "b"])
    #expect(data.targetNames == ["y"])
    #expect(Array(data.input(1)) == [4, 5])
    #expect(Array(data.target(1)) == [6])
  }

  @Test func withoutHeaderThereAreNoNames() throws {
    let data = try samples("1,2,3\n4,5,6")
    #expect(data.inputNames.isEmpty && data.targetNames.isEmpty)
  }

  @Test func classesBecomeOneHotInSortedOrder() throws {
    let data = try samples("1,dog\n2,cat\n3,dog\n4,eel")
    #expect(data.targetNames == ["cat", "dog", "eel"])
    #expect(data.targets == [0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(data.inputs == [1, 2, 3, 4])
  }

  @Test func chosenColumns() throws {
    let text = "y,a,b,k\n1,2,3,p\n4,5,6,q"
    #expect(try samples(text, inputs: "a,b", targets: "y").targets == [1, 4])
    #expect(try samples(text, inputs: "b,a,y").inputs == [3, 2, 1, 6, 5, 4])
    #expect(try samples(text, inputs: "1..3").targetNames == ["p", "q"])
    #expect(try samples(text, targets: "y,k").targetNames == ["y", "k=p", "k=q"])
    #expect(try samples(text, targets: "y,k").targets == [1, 1, 0, 4, 0, 1])
    #expect(try samples(text, inputs: "a", targets: "a").targets == [2, 5])
    // Where the last column is an input, the target is the last of what is left.
    #expect(try samples("a,b,c\n1,2,3", inputs: "1,-1").targets == [2])
  }

  @Test(arguments: [
    ("a,y\n1,2\n3,4\nx7,6", 4, 1, "line 4: `x7` is not a number (a)"),
    ("1,2\n3,\n5,6", 2, 3, "line 2: column 2 is empty; 1 of 3 rows lacks a value: missing=drop leaves them out"),
    (
      "a,y\n1,2\nnan,4\n5,6\n?,6", 3, 1,
      "line 3: a is missing (nan); 2 of 4 rows lack a value: missing=drop leaves them out"
    ),
    ("a,y\n?,2\n", 2, 1, "line 2: a is missing (?), and so is something in every row"),
    ("a,y\n1,2\ninf,4\n5,6", 3, 1, "line 3: a is inf, and only finite numbers can be learned from"),
    ("a,y\n1,2\n1,1e999", 3, 3, "line 3: y is 1e999, and only finite numbers can be learned from"),
    (
      "a;b;y\n1.5;2,5;1", 2, 5, "line 2: `2,5` is not a number (b); others have their decimals behind a point: 2.5"
    ),
    (
      "a,b,y\n1,\"2,500\",1", 2, 3,
      "line 2: `2,500` is not a number (b); it may be 2500 or 2.500: write it without a comma"
    ),
    (
      "a,b,y\n1,\"2,500,000\",1", 2, 3,
      "line 2: `2,500,000` is not a number (b); thousands are written without commas here: 2500000"
    ),
    ("a,k,y\n1,p,1\n2,q,2", 2, 3, "line 2: `p` is not a number (k); it holds words, which a target may: targets=2"),
    ("a,k\n1,p\n2,7\n3,q", 3, 3, "line 3: k holds classes, and here the number 7"),
    ("a,k\n1,p\n2,\n3,q", 3, 3, "line 3: k is empty; 1 of 3 rows lacks a value: missing=drop leaves them out"),
    ("", 1, 1, "the file is empty"),
    ("a,b\n", 1, 1, "the file has a header and no rows under it"),
    ("a\n1\n", 1, 1, "the file has 1 column; inputs and a target need two at least"),
  ]) func faults(_ text: String, _ line: Int, _ column: Int, _ message: String) {
    let error = failure(text)
    #expect(error?.message.description == message)
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.subject == .file)
  }

  @Test func nothingLeft() {
    #expect(
      failure("a,b\n1,2", targets: "1..2")?.message
        == "no column is left for the inputs: the table has 2 columns, and each is a target")
    #expect(
      failure("a,b\n1,2", inputs: "a,b")?.message
        == "no column is left for the targets: the table has 2 columns, and each is an input")
    #expect(failure("a,b\n1,2", inputs: "a,b")?.subject == .inputs)
  }

  @Test func tooManyClassesAreRefusedBeforeTheyTakeMemory() {
    let text = "a,k\n" + (0..<5000).map { "\($0),class \($0)\n" }.joined()
    #expect(failure(text)?.message == "5000 rows of 5001 numbers are too many; at most 20000000 fit")
  }
}
