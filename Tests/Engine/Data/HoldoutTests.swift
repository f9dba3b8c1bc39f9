import Engine
import Testing

struct HoldoutTests {
  /// The generator and the shuffle written once more, in Python.
  @Test func theSeedSaysWhichOnesAreHeldOut() {
    #expect(Holdout(fraction: 0.3, seed: 1).samples(of: 10) == [1, 3, 4])
    #expect(Holdout(fraction: 0.3, seed: 2).samples(of: 10) == [1, 6, 7])
    #expect(Holdout(fraction: 0.05, seed: 1).samples(of: 150) == [10, 49, 61, 83, 118, 119, 131, 141])
  }

  @Test func oneIsHeldOutAndOneIsLeft() {
    #expect(Holdout(fraction: 0.001).samples(of: 10).count == 1)
    #expect(Holdout(fraction: 0.999).samples(of: 10).count == 9)
    #expect(Holdout(fraction: 0.25).samples(of: 10).count == 3)
    for fraction in [0.5, 0.999] { #expect(Holdout(fraction: fraction).samples(of: 1).isEmpty) }
    for fraction in [0, 1, -0.5, .nan, .infinity] as [Double] {
      #expect(Holdout(fraction: fraction).samples(of: 10).isEmpty)
    }
  }

  private func data(_ count: Int) -> Dataset {
    var data = Dataset(name: "d")
    for sample in 0..<count { data.append(input: [Double(sample), 5], target: [Double(-sample)]) }
    return data
  }

  @Test func samplesKeepTheirOrderAndTheirNumbers() {
    var data = data(10)
    data.holdout = Holdout(fraction: 0.3)
    #expect(data.targets == [0, -2, -5, -6, -7, -8, -9])
    #expect(data.heldOut.targets == [-1, -3, -4])
    #expect((0..<7).map(data.number(of:)) == [0, 2, 5, 6, 7, 8, 9])
    #expect(data.use(of: 3) == .heldOut(1))
    #expect(data.use(of: 5) == .training(2))
    #expect(data.givenCount == 10)
  }

  @Test func noneHeldOutPutsThemBackInTheirPlaces() {
    var data = data(10)
    data.holdout = Holdout(fraction: 0.3, seed: 7)
    data.holdout = .none
    #expect(data == self.data(10))
  }

  @Test func theOrderOfTheSettingsDoesNotMatter() {
    var whole = data(9)
    whole.append(input: [100, -2], target: [1])
    var one = whole
    one.scaling = .standard
    one.holdout = Holdout(fraction: 0.4, seed: 3)
    var other = whole
    other.holdout = Holdout(fraction: 0.4, seed: 3)
    other.scaling = .standard
    var third = Dataset(name: "d")
    third.holdout = Holdout(fraction: 0.4, seed: 3)
    third.scaling = .standard
    for sample in 0..<10 { third.append(input: whole.input(sample), target: whole.target(sample)) }
    var fourth = third
    fourth.replace(with: data(3))
    fourth.replace(with: whole)
    #expect(one == other)
    #expect(one == third)
    #expect(one == fourth)
  }

  @Test func scalesAreFittedToTheSamplesToTrainOn() {
    var data = data(10)
    data.holdout = Holdout(fraction: 0.3)
    data.scaling = .minmax
    // 0 to 9 are left in, so those held out are ninths.
    let ninths: [Double] = [1.0 / 9, 0, 3.0 / 9, 0, 4.0 / 9, 0]
    #expect(data.heldOut.inputs == ninths)
    var two = self.data(2)
    two.holdout = Holdout(fraction: 0.5)
    two.scaling = .standard
    let distance: Double = two.targets[0] == 0 ? 1 : -1
    #expect(two.inputs == [0, 0])
    #expect(two.heldOut.inputs == [distance, 0])
  }

  @Test func changesReachTheSampleThatIsMeant() {
    var data = data(10)
    data.holdout = Holdout(fraction: 0.3)
    data.setInput(2, 0, 50)
    data.setTarget(2, 0, 51)
    data.remove(at: 0)
    data.holdout = .none
    #expect(Array(data.input(4)) == [50, 5])
    #expect(Array(data.target(4)) == [51])
    #expect(data.count == 9)
  }

  @Test func classesAreKnownByOneHotTargetsWithNames() {
    var data = Dataset(targetNames: ["cat"])
    data.append(input: [1], target: [0, 1])
    #expect(data.classNames == nil)
    data = Dataset(inputCount: 1, targetCount: 2, targetNames: ["cat", "dog"])
    data.append(input: [1], target: [0, 1])
    #expect(data.classNames == ["cat", "dog"])
    data.append(input: [1], target: [0.5, 0.5])
    #expect(data.classNames == nil)
  }
}
