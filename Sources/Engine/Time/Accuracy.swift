extension State {
  /// How many samples go through the network at once where many outputs are asked for: so few that the block stays small
  /// and near at hand, fewer yet where layers are wide.
  private static func samplesAtOnce(_ network: Network) -> Int {
    min(32, max(1_000_000 / max(network.layers.reduce(network.inputs) { $0 + $1.units }, 1), 1))
  }

  /// The outputs that the present weights give for inputs as the network sees them, `network.inputs` of them for each
  /// sample: `network.outputs` of them for each. Many samples go through a layer at a time.
  package func outputs(for inputs: [Double]) -> [Double] {
    let network = experiment.network
    guard network.isComplete, inputs.count >= network.inputs else { return [] }
    let count = inputs.count / network.inputs
    return [Double](unsafeUninitializedCapacity: count * network.outputs) { result, written in
      eachBlock(of: inputs) { block, first in
        let outputs = block.layers[block.layerCount - 1].a
        for index in 0..<block.samples * network.outputs {
          result.initializeElement(at: first * network.outputs + index, to: outputs[index])
          written = first * network.outputs + index + 1
        }
        return true
      }
    }
  }

  /// Takes samples, given flat, through the forward pass with the present weights, and through the loss where their targets
  /// are given: a block at a time, of which the number of its first sample is told and which says whether to go on. Gives
  /// the first sample that is left. Once a stop sign is up, no block is begun.
  @discardableResult
  func eachBlock(
    of inputs: [Double], with targets: [Double]? = nil, from start: Int = 0,
    _ visit: (_ block: Workspace, _ first: Int) -> Bool
  ) -> Int {
    let network = experiment.network
    guard network.isComplete, inputs.count >= network.inputs else { return 0 }
    let (width, outputs) = (network.inputs, network.outputs)
    let count = min(inputs.count / width, targets.map { $0.count / outputs } ?? .max)
    var plain = experiment
    // The passes back and the optimizer have nothing to do here, and its memory need not be had.
    plain.network.optimizer = OptimizerChoice(Optimizer.all[0])
    let last: Phase = targets == nil ? .forward : .loss
    let operations = program.operations.filter { $0.phase == .forward || $0.phase == last }
    let capacity = max(min(count, State.samplesAtOnce(network)), 1)
    let sign = StopSign.current
    guard !operations.contains(where: \.isAltered) else {
      // What stands in the place of a formula looks at a state.
      for first in stride(from: start, to: count, by: capacity) where sign?.isUp != true {
        let end = min(first + capacity, count)
        let samples = Dataset(
          of: network, inputs: inputs[first * width..<end * width],
          targets: targets.map { $0[first * outputs..<end * outputs] })
        guard visit(iteration(of: plain, over: samples, through: last).workspace, first) else { return end }
      }
      return count
    }
    let block = Workspace(plain, WorkspacePlan(plain.network), capacity: capacity)
    block.load(parameters)
    for first in stride(from: start, to: count, by: block.capacity) where sign?.isUp != true {
      block.samples = min(block.capacity, count - first)
      block.take(inputs, from: first * width, count: block.samples * width, to: block.x)
      if let targets { block.take(targets, from: first * outputs, count: block.samples * outputs, to: block.y) }
      for operation in operations { operation.work.perform(on: block) }
      guard visit(block, first) else { return first + block.samples }
    }
    return count
  }

  /// The share of the samples to train on that the present weights get right: the largest output is at the largest target;
  /// with one output, both are on the same side of the data's border.
  package var accuracy: Double {
    known?.accuracy ?? State.share(areRight(experiment.data.inputs, experiment.data.targets))
  }

  /// The share of the held-out samples that are taken for what they are; NaN where none are held out.
  package var holdoutAccuracy: Double {
    known?.holdoutAccuracy ?? State.share(areRight(experiment.data.heldOut.inputs, experiment.data.heldOut.targets))
  }

  private static func share(_ areRight: [Bool]) -> Double {
    areRight.isEmpty ? .nan : Double(areRight.count { $0 }) / Double(areRight.count)
  }

  /// Whether the present weights get each of these samples right; none where they do not fit the network.
  package func areRight(_ inputs: [Double], _ targets: [Double]) -> [Bool] {
    let outputs = outputs(for: inputs)
    guard experiment.obstacle == nil, outputs.count == targets.count else { return [] }
    return State.areRight(outputs, targets, width: experiment.network.outputs, border: experiment.data.border)
  }

  /// Whether outputs say the same as targets, `width` of each for a sample; `border` tells one output apart.
  package static func areRight(
    _ outputs: [Double], _ targets: [Double], width: Int, border: Double
  ) -> [Bool] {
    guard width > 0, outputs.count == targets.count, outputs.count % width == 0 else { return [] }
    return outputs.withUnsafeBufferPointer { outputs in
      targets.withUnsafeBufferPointer { targets in
        stride(from: 0, to: outputs.count, by: width).map { first in
          State.isRight(
            UnsafeBufferPointer(rebasing: outputs[first..<first + width]),
            UnsafeBufferPointer(rebasing: targets[first..<first + width]), border)
        }
      }
    }
  }

  /// Whether an output says the same as its target.
  private static func isRight(
    _ output: UnsafeBufferPointer<Double>, _ target: UnsafeBufferPointer<Double>, _ border: Double
  ) -> Bool {
    classOf(output, border).map { $0 == classOf(target, border) } ?? false
  }

  /// The class, from 0, that an output or a target says: where its largest number is; of one number, on which side of a
  /// border it is. Nil where it is no number.
  static func classOf(_ values: UnsafeBufferPointer<Double>, _ border: Double) -> Int? {
    var largest = 0
    for index in values.indices {
      if values[index].isNaN { return nil }
      if values[index] > values[largest] { largest = index }
    }
    return values.count == 1 ? (values[0] >= border ? 1 : 0) : largest
  }

  /// Where the largest of some numbers is, from 0; of equal ones the first. It is the class that an output is taken for.
  package static func largest(_ values: some Collection<Double>) -> Int? {
    values.enumerated().max { $0.element < $1.element }?.offset
  }
}

extension Workspace {
  /// Puts some of many numbers in a place.
  fileprivate func take(
    _ numbers: [Double], from first: Int, count: Int, to place: UnsafeMutablePointer<Double>
  ) {
    numbers.withUnsafeBufferPointer { numbers in
      guard let start = numbers.baseAddress, first + count <= numbers.count else { return }
      place.update(from: start + first, count: count)
    }
  }
}
