import Engine
import Testing

struct DatasetTests {
  @Test func theFirstSampleSaysHowLongTheOthersAre() {
    var data = Dataset(name: "d")
    let samples: [([Double], [Double])] = [([1, 2], [3]), ([4, 5], [6]), ([4], [6]), ([4, 5], [6, 7])]
    let taken = samples.map { data.append(input: $0.0, target: $0.1) }
    #expect(taken == [true, true, false, false])
    #expect(data.count == 2)
    #expect(data.inputCount == 2)
    #expect(data.targetCount == 1)
    #expect(data.inputs == [1, 2, 4, 5])
    #expect(data.targets == [3, 6])
  }

  @Test func countsGivenBeforehandHold() {
    var data = Dataset(inputCount: 3, targetCount: 1)
    data.append(input: [1, 2], target: [3])
    #expect(data.isEmpty)
  }

  @Test func numbersAreChangedAndSamplesTakenOut() {
    var data = Dataset()
    for sample in 0..<3 { data.append(input: [Double(sample), 0], target: [0, Double(sample)]) }
    data.setInput(1, 1, 7)
    data.setTarget(2, 0, 8)
    #expect(Array(data.input(1)) == [1, 7])
    #expect(Array(data.target(2)) == [8, 2])
    data.remove(at: 0)
    #expect(data.count == 2)
    #expect(Array(data.input(0)) == [1, 7])
    #expect(Array(data.target(1)) == [8, 2])
  }
}
