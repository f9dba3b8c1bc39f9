import Engine
import Glibc

/// `backstep bench W1 --data FILE`: trains a workload from the weights and samples of a file when it is told to on standard
/// input, so that a script can time it in turn with other programs. `go SECONDS` answers with samples a second, `check` with
/// the mean loss of the first epoch.
enum PeerBench {
  /// Answers until the input ends, or says anything else.
  /// - Throws: where the file is not that of the workload.
  static func serve(_ workload: Workload, _ path: String) throws(UsageError) {
    let start = try timeline(workload, path)
    Output.put(["ready"])
    while let words = readLine()?.split(separator: " "), let first = words.first {
      switch (first, words.dropFirst().first.flatMap { Double($0) }) {
      case ("go", let seconds?): Output.put(["\(rate(start, seconds, workload))"])
      case ("check", _): Output.put(["\(meanLossOfFirstEpoch(start))"])
      default: return
      }
    }
  }

  private static func rate(_ start: Timeline, _ seconds: Double, _ workload: Workload) -> Double {
    var line = start
    let goal = line.place(1 << 40, on: .iteration)
    let clock = ContinuousClock()
    // The first touch of the memory is not training.
    line.move(to: goal, until: clock.now + .milliseconds(20))
    let before = line.place.iteration
    let taken = clock.measure { line.move(to: goal, until: clock.now + .seconds(min(max(seconds, 0), 60))) }
    return Double((line.place.iteration - before) * workload.batch) / (taken / .seconds(1))
  }

  private static func meanLossOfFirstEpoch(_ start: Timeline) -> Double {
    var line = start
    var total = 0.0
    let count = line.experiment.batchesPerEpoch
    for _ in 0..<count {
      line.move(to: line.place(1, on: .iteration))
      total += line.latestLoss
    }
    return total / Double(max(count, 1))
  }

  /// The file has, in numbers of 32 bits, how many layers with the input, their units, and the samples; then in doubles all
  /// inputs, in 32 bits the classes, and in doubles each layer's weights, row by row, and biases.
  private static func timeline(_ workload: Workload, _ path: String) throws(UsageError) -> Timeline {
    guard let file = fopen(path, "rb") else { throw UsageError("\(path): \(String(cString: strerror(errno)))") }
    defer { fclose(file) }
    func whole(_ count: Int) -> [Int] {
      var numbers = [Int32](repeating: 0, count: count)
      let read = fread(&numbers, MemoryLayout<Int32>.size, count, file)
      return numbers.prefix(read).map(Int.init)
    }
    func doubles(_ count: Int) -> [Double] {
      var numbers = [Double](repeating: 0, count: count)
      let read = fread(&numbers, MemoryLayout<Double>.size, count, file)
      return Array(numbers.prefix(read))
    }
    let sizes = workload.sizes
    let count = whole(sizes.count + 2)
    guard count.count == sizes.count + 2, Array(count[1...sizes.count]) == sizes,
      (1...100_000).contains(count[sizes.count + 1])
    else { throw UsageError("\(path): that is no file of \(workload.title)") }
    let samples = count[sizes.count + 1]
    let (inputs, classes) = (doubles(samples * sizes[0]), whole(samples))
    let parameters = zip(sizes, sizes.dropFirst()).map { (w: doubles($0 * $1), b: doubles($1)) }
    guard parameters.last?.b.count == sizes.last else { throw UsageError("\(path): the file ends too soon") }
    var line = Timeline(
      workload.experiment(
        classes.enumerated().map { (Array(inputs[$0 * sizes[0]..<($0 + 1) * sizes[0]]), $1) }))
    line.change { _, trained in
      for (layer, given) in parameters.enumerated() {
        (trained[layer].w.values, trained[layer].b.values) = (given.w, given.b)
      }
    }
    return line
  }
}
