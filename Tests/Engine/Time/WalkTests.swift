import Testing

@testable import Engine

/// A walk along the line of time: its visitor is asked where it should be, sees what a reader sees there, and what it stops
/// at is what going there by itself gives.
struct WalkTests {
  private static func line(_ seed: Int) -> Timeline { Timeline(.random(seed: seed)) }

  /// The loss at the end of each iteration, found by going to each by itself.
  private static func losses(_ line: Timeline, _ count: Int) throws -> [Double] {
    var line = line
    return try (0..<count).map { iteration in
      line.move(to: Place(iteration: iteration, operation: 1))
      line.move(to: Place(iteration: iteration, operation: line.state.program.operations.count))
      return try line.state.value(of: Quantity(.loss)).elements[0]
    }
  }

  @Test(arguments: 1...12) func isAskedAtEveryEnd(seed: Int) throws {
    var line = Self.line(seed)
    let expected = try Self.losses(line, 40)
    let read = try #require(Passing.number(Quantity(.loss)))
    for reads in [Set([Quantity(.loss)]), nil] {
      var walked = line
      var seen: [Double] = []
      let goal = walked.place(40, on: .iteration)
      let arrival = walked.walk(
        to: goal,
        visiting: Visitor(at: .iterations, reads: reads) { place in
          #expect(place.isAtEnd && place.place.iteration == seen.count)
          seen.append(read(place) ?? .nan)
          return false
        })
      #expect(arrival == .arrived && walked.place == goal, "seed \(seed)")
      #expect(seen.map(\.bitPattern) == expected.map(\.bitPattern), "seed \(seed)")
      line.move(to: goal)
      #expect(difference(walked.state, line.state.bits) == nil, "seed \(seed)")
      #expect(walked.losses == line.losses, "seed \(seed)")
      line.move(to: Place())
    }
  }

  /// Where it stops, all is there that is there when one goes to that place.
  @Test(arguments: 1...12) func stopsWhereItSays(seed: Int) throws {
    var line = Self.line(seed)
    let wanted = seed * 3 % 29
    for reads in [Set<Quantity>([]), nil] {
      var walked = line
      let arrival = walked.walk(
        to: Place(iteration: 50), visiting: Visitor(at: .iterations, reads: reads) { $0.place.iteration == wanted })
      #expect(arrival == .stopped, "seed \(seed)")
      #expect(walked.place.iteration == wanted && walked.state.isAtEnd, "seed \(seed)")
      line.move(to: walked.place)
      #expect(difference(walked.state, line.state.bits) == nil, "seed \(seed)")
      line.move(to: Place())
    }
  }

  /// At every layer step, in their order, over several iterations.
  @Test(arguments: 1...6) func isAskedAtEveryStep(seed: Int) {
    var line = Self.line(seed)
    let operations = line.state.program.steps.map(\.operations.upperBound)
    var places: [Place] = []
    line.walk(
      to: line.place(3, on: .iteration),
      visiting: Visitor(at: .layerSteps) { place in
        places.append(place.place)
        return false
      })
    let expected = (0..<3).flatMap { iteration in operations.map { Place(iteration: iteration, operation: $0) } }
    #expect(places == expected, "seed \(seed)")
  }

  /// A change made by hand on the way is seen where it was made, and counts from there on.
  @Test(arguments: 1...8) func seesChangesOnTheWay(seed: Int) throws {
    var line = Self.line(seed)
    line.move(to: line.place(5, on: .iteration))
    line.change { experiment, parameters in
      _ = experiment.network.optimizer.set("rate", to: 0.25)
      for place in parameters[0].w.values.indices { parameters[0].w.values[place] += 0.5 }
    }
    line.move(to: line.place(6, on: .iteration))
    let (end, expected) = (line.place, try Self.losses(line, 11))
    line.move(to: Place())
    let (loss, rate) = (try #require(Passing.number(Quantity(.loss))), try #require(Passing.number(Quantity(.rate))))
    var (losses, rates): ([Double], [Double]) = ([], [])
    line.walk(
      to: end,
      visiting: Visitor(at: .iterations, reads: [Quantity(.loss), Quantity(.rate)]) { place in
        losses.append(loss(place) ?? .nan)
        rates.append(rate(place) ?? .nan)
        return false
      })
    #expect(losses.map(\.bitPattern) == expected.map(\.bitPattern), "seed \(seed)")
    #expect(rates[4...] == ArraySlice(repeating: 0.25, count: 7), "seed \(seed)")
    #expect(line.place == end)
  }

  /// A deadline that has passed ends it at an end of an iteration, which the visitor has seen.
  @Test func isInterruptedAtAnEnd() {
    var line = Self.line(3)
    var seen = 0
    var slices = 0
    while line.walk(
      to: Place(iteration: 30), until: .now,
      visiting: Visitor(at: .iterations, reads: []) { place in
        #expect(place.place.iteration == seen)
        seen += 1
        return false
      }) == .interrupted
    {
      #expect(line.state.isAtEnd)
      slices += 1
    }
    #expect(seen == 30 && slices > 0)
  }
}
