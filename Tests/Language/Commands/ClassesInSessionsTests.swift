import Testing

@testable import Language

/// What a session says of classes, and of the order in which it takes them.
@Suite struct ClassesInSessionsTests {
  /// The answers to lines that stand beside the files that people brought.
  private func said(_ text: String) -> [String] {
    play(text, source: BroughtSessionsTests.folder + "/a.session").split(separator: "\n").filter { $0.hasPrefix("#=") }
      .map { String($0.dropFirst(3)) }
  }

  @Test func twoWordsWaitForTheNetwork() throws {
    let lines = said("data 31-two-classes.csv\ninput 2\ndense 1 sigmoid\nloss bce\nset w1 = [9 9]\npredict 1 1")
    #expect(lines[0] == "3 samples, 2 inputs, 2 targets (M, R); one output would have M as 0, R as 1")
    #expect(lines[1] == "the samples have 1 target now: M is 0, R is 1")
    #expect(lines.last == "class: R")
  }

  @Test func numbersThatBecomeOneHotAreSaidToDoSo() {
    let lines = said("input 2\ndense 3 softmax\nloss ce\ndata 21b-class-numbers.csv\nundo\ndata 21b-class-numbers.csv")
    #expect(lines.first == "8 samples, 2 inputs, 3 targets (0, 1, 2)")
    let later = said("data 21b-class-numbers.csv\ninput 2\ndense 10 softmax\nforward")
    #expect(later[0] == "8 samples, 2 inputs, 1 target (class)")
    #expect(
      later[1] == "the samples have 10 targets now (0, 1, 2, 3, 4, 5, 6, 7, 8, 9); no sample is of class 3, 4, 5, 6, …")
  }

  @Test func theOrderIsTheOneThatIsSaid() {
    let lines = said(
      "input 4\ndense 3 softmax\ndata iris classes=virginica,versicolor,setosa\nselect 1\nexpect y == [0;0;1]")
    #expect(lines[0] == "150 samples, 4 inputs, 3 targets (virginica, versicolor, setosa)")
    #expect(lines.last?.hasPrefix("holds") == true)
  }

  @Test func undoGoesBackToTheTargetsBefore() throws {
    var session = Session()
    try session.take("data iris\ninput 4\ndense 3 softmax\ndata iris targets=4 inputs=1..3\nundo\nforward")
    #expect(try session.value("y").rows == 3)
  }

  @Test func whatIsLeftOutIsCounted() {
    let lines = said("data 24-question-mark.csv inputs=cylinders,horsepower targets=mpg missing=drop")
    #expect(lines == ["2 samples, 2 inputs, 1 target (mpg); 1 row with a missing value left out"])
  }

  @Test(arguments: [
    ("data iris missing=keep", "19: missing=drop was expected, which leaves such rows out"),
    (
      "data iris class=species",
      "11: data has the settings inputs, targets, classes and missing, not class"
    ),
    (
      "data iris classes=setosa,virginica",
      "6: iris: line 52: species is versicolor, which is none of classes=setosa,virginica"
    ),
    ("data xor inputs=1 targets=2 classes=xor", "37: xor is none of the targets, so that its classes are not learned"),
  ]) func faults(_ line: String, _ message: String) throws {
    #expect(try complaint(line, after: "") == message)
  }
}
