import Engine

extension Command {
  /// The commands for samples that are there. Their numbers count all samples that were given.
  static let samples: [Command] = [
    Command(
      "unsample", .data, "unsample N", "Takes sample N out; those behind it move up by one.",
      example: "input 2\ndense 1 sigmoid\ndata xor\nunsample 4", complete: { session, _ in session.sampleNumbers }
    ) { session, arguments throws(CommandError) in
      let number = try session.sampleNumber(&arguments)
      try session.change(at: arguments.lastColumn) { experiment, _ throws(CommandError) in
        experiment.data.remove(at: number)
      }
      return .answer(Answer())
    },
    Command(
      "resample", .data, "resample N X… -> Y…", "Puts other numbers in the place of sample N, as they are given.",
      example: "input 2\ndense 1 sigmoid\ndata xor\nresample 4 1 1 -> 1",
      complete: { session, words in words.count == 1 ? session.sampleNumbers : ["->"] }
    ) { session, arguments throws(CommandError) in
      let number = try session.sampleNumber(&arguments)
      let column = arguments.column
      let sample = try session.readSample(&arguments)
      let data = session.timeline.experiment.data
      guard sample.input.count == data.inputCount, sample.target.count == data.targetCount else {
        throw CommandError(
          "the samples have \(counted(data.inputCount, "input")) and \(counted(data.targetCount, "target"))",
          at: column)
      }
      try session.change(at: column) { experiment, _ throws(CommandError) in
        experiment.data.replace(number, input: sample.input, target: sample.target)
      }
      return .answer(Answer())
    },
    Command(
      "reorder", .data, "reorder N PLACE", "Makes sample N the sample PLACE; those between move by one.",
      example: "input 2\ndense 1 sigmoid\ndata xor\nreorder 4 1", complete: { session, _ in session.sampleNumbers }
    ) { session, arguments throws(CommandError) in
      let number = try session.sampleNumber(&arguments)
      let place = try session.sampleNumber(&arguments)
      try session.change(at: arguments.lastColumn) { experiment, _ throws(CommandError) in
        experiment.data.move(number, to: place)
      }
      return .answer(Answer())
    },
  ]
}

extension Session {
  /// Reads the number of a sample that there is; the result counts from 0.
  func sampleNumber(_ arguments: inout Arguments) throws(CommandError) -> Int {
    let count = timeline.experiment.data.givenCount
    guard count > 0 else { throw arguments.failure("there is no sample yet") }
    return try arguments.integer("a sample", in: 1...count) - 1
  }

  /// The numbers of the samples, as far as completion can use them.
  var sampleNumbers: [String] { (0..<min(timeline.experiment.data.givenCount, 1000)).map { String($0 + 1) } }
}
