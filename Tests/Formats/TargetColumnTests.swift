import Engine
import Testing

@testable import Formats

/// What a table's classes become, before a network is there and for one.
struct TargetColumnTests {
  private func samples(_ text: String, _ choice: SampleChoice = SampleChoice(), outputs: Int = 0) throws -> Dataset {
    var data = try CSV.read(text).samples(choice).data
    data.writeTargets(for: outputs)
    return data
  }

  private func failure(_ text: String, _ choice: SampleChoice) -> FormatError? {
    do {
      _ = try CSV.read(text).samples(choice)
      return nil
    } catch { return error }
  }

  private let digits = "x,digit\n0.5,2\n0.25,0\n0.75,2\n"

  @Test func numbersAreClassesWhereTheNetworkHasAnOutputForEach() throws {
    #expect(try samples(digits).targets == [2, 0, 2])
    #expect(try samples(digits, outputs: 1).targets == [2, 0, 2])
    #expect(try samples(digits, outputs: 3).targets == [0, 0, 1, 1, 0, 0, 0, 0, 1])
    #expect(try samples(digits, outputs: 3).targetNames == ["0", "1", "2"])
    #expect(try samples(digits, outputs: 3).absentClasses == ["1"])
    // Ten digits, of which the greatest do not occur either.
    #expect(try samples(digits, outputs: 10).targetCount == 10)
    #expect(try samples(digits, outputs: 10).target(0).enumerated().first { $0.element == 1 }?.offset == 2)
    // Two classes, called 0 and 2.
    #expect(try samples(digits, outputs: 2).targetNames == ["0", "2"])
    #expect(try samples(digits, outputs: 2).targets == [0, 1, 1, 0, 0, 1])
  }

  @Test func numbersFromOneOn() throws {
    let text = "x,label\n1,1\n2,3\n3,4\n"
    #expect(try samples(text, outputs: 4).targetNames == ["1", "2", "3", "4"])
    #expect(try samples(text, outputs: 4).target(0).first == 1)
    #expect(try samples(text, outputs: 5).targetNames == ["0", "1", "2", "3", "4"])
    #expect(try samples(text, outputs: 7).targetCount == 7)
  }

  @Test func whatIsNoClassStaysANumber() throws {
    #expect(try samples("x,y\n1,0.5\n2,2\n", outputs: 3).targets == [0.5, 2])
    #expect(try samples("x,y\n1,-1\n2,1\n", outputs: 1).targets == [-1, 1])
    #expect(try samples("x,y\n1,-1\n2,1\n", outputs: 2).targets == [1, 0, 0, 1])
    #expect(try samples("x,y\n1,7\n2,900\n", outputs: 3).targets == [7, 900])
  }

  @Test func itIsSaidThatNumbersAreClasses() throws {
    let said = SampleChoice(classes: "digit")
    #expect(try samples(digits, said).targetNames == ["0", "1", "2"])
    #expect(try samples(digits, said, outputs: 10).targetCount == 10)
    #expect(try samples("x,c\n1,2\n2,4\n", SampleChoice(classes: "c"), outputs: 1).targets == [0, 1])
    // The class in the first column, as in the files of MNIST.
    let first = try samples("7,0,255\n1,128,0\n", SampleChoice(classes: "1"), outputs: 10)
    #expect(first.inputs == [0, 255, 128, 0])
    #expect(first.target(0).firstIndex(of: 1) == 7)
  }

  @Test func twoWordsAndOneOutputAreZeroAndOne() throws {
    let text = "0.02,R\n0.04,M\n0.01,R\n"
    #expect(try samples(text).targetNames == ["M", "R"])
    let one = try samples(text, outputs: 1)
    #expect(one.targets == [1, 0, 1])
    #expect(one.zeroAndOne?.zero == "M" && one.zeroAndOne?.one == "R")
    #expect(one.className(0) == "M" && one.className(1) == "R")
    #expect(try samples(text, SampleChoice(classes: "R,M"), outputs: 1).targets == [0, 1, 0])
    #expect(try samples("1,True\n2,False\n", outputs: 1).targets == [1, 0])
  }

  @Test func theOrderOfClassesCanBeSaid() throws {
    let text = "x,k\n1,p\n2,q\n3,p\n"
    let listed = try samples(text, SampleChoice(classes: "q,r,p"))
    #expect(listed.targetNames == ["q", "r", "p"])
    #expect(listed.targets == [0, 0, 1, 1, 0, 0, 0, 0, 1])
    #expect(try samples(digits, SampleChoice(classes: "0..4")).targetCount == 5)
    #expect(try samples(digits, SampleChoice(classes: "2,0")).targets == [1, 0, 0, 1, 1, 0])
    #expect(try samples("x,k\n1,1.0\n2,0.0\n", SampleChoice(classes: "1,0")).targets == [1, 0, 0, 1])
  }

  @Test(arguments: [
    ("x,k\n1,p\n2,s\n", "q,p", "line 3: k is s, which is none of classes=q,p"),
    ("x,k\n1,p\n", "q,,p", "a class is missing here"), ("x,k\n1,p\n", "p,q,p", "p is given twice"),
    ("x,k\n1,p\n", "kk", "there is no column `kk`; the columns are x, k"),
  ]) func faults(_ text: String, _ classes: String, _ message: String) {
    #expect(failure(text, SampleChoice(classes: classes))?.message.description == message)
  }

  @Test func rowsThatLackSomethingAreLeftOut() throws {
    let cars = "mpg,cylinders,horsepower,name\n25,4,95,a b\n25,4,?,c d\n19,6,100,e f\n,6,NA,g\n"
    let choice = SampleChoice(inputs: "cylinders,horsepower", targets: "mpg")
    #expect(
      failure(cars, choice)?.message.description
        == "line 3: horsepower is missing (?); 2 of 4 rows lack a value: missing=drop leaves them out")
    var dropping = choice
    dropping.dropsMissing = true
    let read = try CSV.read(cars).samples(dropping)
    #expect(read.data.inputs == [4, 95, 6, 100])
    #expect(read.data.targets == [25, 19])
    #expect(read.droppedRows == 2)
    // What is missing in a column that nobody asks for does not count.
    #expect(try CSV.read("a,b,y\n1,?,2\n3,4,5\n").samples(SampleChoice(inputs: "a")).droppedRows == 0)
  }

  @Test func whatNumbersTheRowsIsNoInput() throws {
    let read = try CSV.read(",x1,x2,y\n0,5,6,1\n1,7,8,0\n").samples(SampleChoice())
    #expect(read.leavesOutRowNames)
    #expect(read.data.inputs == [5, 6, 7, 8])
    #expect(try CSV.read(",x1,x2,y\n0,5,6,1\n3,7,8,0\n").samples(SampleChoice()).data.inputCount == 3)
  }

  @Test func aSampleChangedByHandKeepsItsTargets() throws {
    var data = try samples("1,a\n2,b\n", outputs: 2)
    data.setTarget(0, 0, 0.5)
    data.writeTargets(for: 1)
    #expect(data.targets == [0.5, 0, 0, 1])
    #expect(data.targetNames == ["a", "b"])
  }

  @Test func scalingAndHoldingOutLeaveClassesClasses() throws {
    var data = try samples("1,a\n3,b\n5,a\n7,b\n")
    data.scaling = .minmax
    data.holdout = Holdout(fraction: 0.25, seed: 1)
    data.writeTargets(for: 1)
    #expect(data.targetCount == 1 && data.count == 3)
    #expect(data.asGiven.targets == [0, 1, 0, 1])
    data.writeTargets(for: 2)
    #expect(data.asGiven.targets == [1, 0, 0, 1, 1, 0, 0, 1])
    #expect(data.inputs.allSatisfy { (0...1).contains($0) })
  }
}
