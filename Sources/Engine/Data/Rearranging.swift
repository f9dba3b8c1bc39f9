// Samples put elsewhere or replaced. Numbers count from 0 among all that were given.
extension Dataset {
  /// Puts a sample in another's place; those between the two move by one.
  package mutating func move(_ number: Int, to place: Int) {
    var order = Array(0..<givenCount)
    guard order.indices.contains(number), order.indices.contains(place) else { return }
    order.insert(order.remove(at: number), at: place)
    let all = asGiven
    rebuild { result in
      for number in order { result.append(input: all.input(number), target: all.target(number)) }
    }
  }

  /// Puts other numbers in a sample's place; false, and nothing changed, where they do not fit.
  @discardableResult
  package mutating func replace(_ number: Int, input: [Double], target: [Double]) -> Bool {
    guard (0..<givenCount).contains(number), input.count == inputCount, target.count == targetCount else {
      return false
    }
    let all = asGiven
    rebuild { result in
      for other in 0..<all.count {
        if other == number {
          result.append(input: input, target: target)
        } else {
          result.append(input: all.input(other), target: all.target(other))
        }
      }
    }
    return true
  }

  private mutating func rebuild(_ fill: (inout Dataset) -> Void) {
    var result = Dataset(
      name: name, inputCount: inputCount, targetCount: targetCount, inputNames: inputNames, targetNames: targetNames)
    fill(&result)
    replace(with: result)
  }
}
