extension State {
  /// The outputs that the present weights give for inputs, `network.inputs` of them for each sample.
  public func outputs(for inputs: [Double]) -> [Double] {
    let network = experiment.network
    guard network.isComplete, inputs.count >= network.inputs else { return [] }
    let count = inputs.count / network.inputs
    var one = experiment
    one.data = Dataset(inputCount: network.inputs, targetCount: network.outputs)
    one.batchSize = 1
    let scratch = Workspace(one)
    scratch.load(workspace.parameters())
    scratch.samples = 1
    var result: [Double] = []
    result.reserveCapacity(count * network.outputs)
    for sample in 0..<count {
      for index in 0..<network.inputs { scratch.x[index] = inputs[sample * network.inputs + index] }
      for operation in program.operations where operation.phase == .forward {
        scratch.perform(operation, 0..<operation.units)
      }
      let last = scratch.layers[scratch.layerCount - 1]
      result.append(contentsOf: UnsafeBufferPointer(start: last.a, count: last.units))
    }
    return result
  }

  /// The share of the data's samples that the present weights get right: the largest output is at the largest target; with
  /// one output, both are on the same side of 0.5.
  public var accuracy: Double { accuracy(on: experiment.data) }

  /// The same for other samples of the same shape; NaN where there are none.
  public func accuracy(on data: Dataset) -> Double {
    guard !data.isEmpty, data.inputCount == experiment.network.inputs, data.targetCount == experiment.network.outputs
    else { return .nan }
    let outputs = outputs(for: data.inputs)
    let width = data.targetCount
    let right = (0..<data.count).count { sample in
      let output = outputs[sample * width..<(sample + 1) * width]
      return State.isRight(Array(output), Array(data.target(sample)))
    }
    return Double(right) / Double(data.count)
  }

  /// Whether an output says the same as its target.
  static func isRight(_ output: [Double], _ target: [Double]) -> Bool {
    if output.count == 1 { return !output[0].isNaN && (output[0] >= 0.5) == (target[0] >= 0.5) }
    func largest(_ values: [Double]) -> Int? { values.indices.max { values[$0] < values[$1] } }
    return !output.contains { $0.isNaN } && largest(output) == largest(target)
  }
}
