extension State {
  /// How many samples go through the network at once where many outputs are asked for: a few hundred, fewer where layers
  /// are wide, so that the block stays small.
  private static func samplesAtOnce(_ network: Network) -> Int {
    min(256, max(1_000_000 / max(network.layers.reduce(network.inputs) { $0 + $1.units }, 1), 1))
  }

  /// The outputs that the present weights give for inputs as the network sees them, `network.inputs` of them for each
  /// sample: `network.outputs` of them for each. Many samples go through a layer at a time.
  package func outputs(for inputs: [Double]) -> [Double] {
    let network = experiment.network
    guard network.isComplete, inputs.count >= network.inputs else { return [] }
    let count = inputs.count / network.inputs
    var plain = experiment
    // The passes back and the optimizer have nothing to do here, and its memory need not be had.
    plain.network.optimizer = OptimizerChoice(Optimizer.all[0])
    let scratch = Workspace(
      plain, WorkspacePlan(plain.network), capacity: min(count, State.samplesAtOnce(network)))
    scratch.load(parameters)
    let last = scratch.layers[scratch.layerCount - 1]
    let forward = program.operations.filter { $0.phase == .forward }
    return [Double](unsafeUninitializedCapacity: count * network.outputs) { result, written in
      for first in stride(from: 0, to: count, by: scratch.capacity) {
        scratch.samples = min(scratch.capacity, count - first)
        for index in 0..<scratch.samples * network.inputs { scratch.x[index] = inputs[first * network.inputs + index] }
        for operation in forward { operation.perform(on: scratch, 0..<operation.units) }
        for index in 0..<scratch.samples * network.outputs {
          result.initializeElement(at: first * network.outputs + index, to: last.a[index])
        }
      }
      written = count * network.outputs
    }
  }

  /// The share of the samples to train on that the present weights get right: the largest output is at the largest target;
  /// with one output, both are on the same side of 0.5.
  package var accuracy: Double {
    State.share(areRight(experiment.data.inputs, experiment.data.targets))
  }

  /// The same share of the held-out samples; NaN where none are held out.
  package var holdoutAccuracy: Double {
    State.share(areRight(experiment.data.heldOut.inputs, experiment.data.heldOut.targets))
  }

  private static func share(_ areRight: [Bool]) -> Double {
    areRight.isEmpty ? .nan : Double(areRight.count { $0 }) / Double(areRight.count)
  }

  /// Whether the present weights get each of these samples right; none where they do not fit the network.
  package func areRight(_ inputs: [Double], _ targets: [Double]) -> [Bool] {
    let outputs = outputs(for: inputs)
    guard experiment.obstacle == nil, outputs.count == targets.count else { return [] }
    return State.areRight(outputs, targets, width: experiment.network.outputs)
  }

  /// Whether outputs say the same as targets, `width` of each for a sample.
  package static func areRight(_ outputs: [Double], _ targets: [Double], width: Int) -> [Bool] {
    guard width > 0, outputs.count == targets.count, outputs.count % width == 0 else { return [] }
    return outputs.withUnsafeBufferPointer { outputs in
      targets.withUnsafeBufferPointer { targets in
        stride(from: 0, to: outputs.count, by: width).map { first in
          State.isRight(
            UnsafeBufferPointer(rebasing: outputs[first..<first + width]),
            UnsafeBufferPointer(rebasing: targets[first..<first + width]))
        }
      }
    }
  }

  /// Whether an output says the same as its target.
  private static func isRight(_ output: UnsafeBufferPointer<Double>, _ target: UnsafeBufferPointer<Double>) -> Bool {
    if output.count == 1 { return !output[0].isNaN && (output[0] >= 0.5) == (target[0] >= 0.5) }
    return !output.contains { $0.isNaN } && largest(output) == largest(target)
  }

  /// Where the largest of some numbers is, from 0; of equal ones the first. It is the class that an output is taken for.
  package static func largest(_ values: some Collection<Double>) -> Int? {
    values.enumerated().max { $0.element < $1.element }?.offset
  }
}
