import Engine
import Language
import Notation
import Panels
import Terminal

/// `backstep bench`: how fast the core trains and steps, and how long a frame takes. Each figure is the median of several
/// rounds. Then what lines cost, however many there have been before, and how long it takes to be far away on the line of time.
enum Bench {
  static let rounds = 5
  private static let round = Duration.milliseconds(120)

  /// All figures, or the speed of one workload.
  static func run(_ sheet: inout BenchSheet, only workload: Workload? = nil) {
    sheet.begin("training", "samples/s", "GFLOP/s")
    for workload in workload.map({ [$0] }) ?? Workload.all { put(workload, in: sheet) }
    guard workload == nil else { return }
    sheet.begin("run until loss < 0", "samples/s", "times a run")
    for workload in Workload.all.prefix(3) {
      let timeline = Timeline(workload.experiment)
      // Side by side, so that what else the machine does counts for both.
      let rates = (0..<rounds).map { _ in
        (plain: trainingRate(timeline), asked: trainingRate(timeline, until: "loss < 0"))
      }
      let share = rates.map { $0.plain / $0.asked }.sorted()[rounds / 2]
      sheet.put(workload.title, rates.map(\.asked).sorted()[rounds / 2], share)
    }
    sheet.begin("stepping, one layer at a time", "us forward", "us back")
    for sizes in [[2, 2, 1], [4, 8, 3], [64, 32, 10], [784, 128, 10]] {
      let timeline = Timeline(experiment(sizes))
      let times = (median { stepTime(timeline, back: false) }, median { stepTime(timeline, back: true) })
      sheet.put(name(sizes), 1e6 * times.0, 1e6 * times.1)
    }
    sheet.begin("a frame of the first network", "us", "frames/s")
    for size in [(width: 80, height: 24), (width: 200, height: 60)] {
      let time = median { frameTime(size) }
      sheet.put("\(size.width)x\(size.height)", 1e6 * time, 1 / time)
    }
    ScreenBench.put(in: &sheet)
    sheet.begin("10,000 lines, ms", "the first", "the ninth")
    for lines in [["step"], ["set w1[1,1] = 0.1"], ["step", "set w1[1,1] = 0.1"], ["sample 0 1 -> 1"]] {
      let times = lineTimes(lines)
      sheet.put(lines.joined(separator: ", "), 1e3 * times.first, 1e3 * times.ninth)
    }
    let steps = 1_000_000
    sheet.begin("over a million steps of 2-2-1, ms", "back", "ahead again")
    let far = far(steps)
    let times = (median { gotoTime(far, from: steps, to: 3) }, median { gotoTime(far, from: 3, to: steps - 3) })
    sheet.put("goto", 1e3 * times.0, 1e3 * times.1)
    sheet.begin("growth: ns a weight and sample, one at a time", "weights", "ns")
    for units in [1, 10, 100, 1000, 10_000] {
      let timeline = Timeline(experiment([9, units, 1]))
      let weights = Double(10 * units)
      sheet.put(name([9, units, 1]), weights, 1e9 / (median { trainingRate(timeline) } * weights))
    }
  }

  /// How fast a workload is trained.
  private static func put(_ workload: Workload, in sheet: BenchSheet) {
    let timeline = Timeline(workload.experiment)
    let pace = median { trainingRate(timeline) } * Double(workload.batch)
    sheet.put(workload.title, pace, pace * workload.operationsOfSample / 1e9)
  }

  /// A dense network of sigmoid units with a few samples whose numbers look like nothing in particular.
  static func experiment(_ sizes: [Int]) -> Experiment {
    var network = Network()
    network.inputs = sizes[0]
    network.layers = sizes.dropFirst().map { Layer(units: $0, activation: ActivationChoice(.usual)) }
    var data = Dataset()
    for sample in 0..<4 {
      data.append(
        input: (0..<sizes[0]).map { Double(($0 * 37 + sample * 11) % 64) / 64 },
        target: (0..<network.outputs).map { $0 == sample % network.outputs ? 1 : 0 })
    }
    return Experiment(network: network, data: data)
  }

  // MARK: what is measured, in seconds or a second

  /// Trained plainly, or with a condition looked at after every iteration.
  private static func trainingRate(_ start: Timeline, until condition: String? = nil) -> Double {
    var timeline = start
    let goal = timeline.place(1 << 30, on: .iteration)
    let probe = condition.flatMap { try? Probe(Expression.parse($0), in: StateScope(start)) }
    let visitor = probe.map { probe in
      probe.visitor(at: .iterations, passing: {}) { (try? probe.holds(at: $0)) ?? true }
    }
    let clock = ContinuousClock()
    let seconds =
      clock.measure { timeline.walk(to: goal, until: clock.now + round, visiting: visitor) } / .seconds(1)
    return Double(timeline.place.iteration + 1) / seconds
  }

  private static func stepTime(_ start: Timeline, back: Bool) -> Double {
    var timeline = start
    timeline.move(to: timeline.place(30, on: .iteration))
    var count = 0
    let seconds = time(atLeast: round) {
      // Within a few iterations, as someone does who looks at them.
      for _ in 0..<20 { timeline.move(to: back ? timeline.place(1, backBy: .layer) : timeline.place(1, on: .layer)) }
      if back { timeline.move(to: timeline.place(20, on: .layer)) }
      count += 20 + (back ? 1 : 0)
    }
    return seconds / Double(count)
  }

  private static func frameTime(_ size: (width: Int, height: Int)) -> Double {
    var session = Session.first
    _ = try? session.execute(Line("step 5"))
    var app = App(session)
    app.size = size
    var count = 0
    let seconds = time(atLeast: round) {
      count += app.frame.width == size.width ? 1 : 0
    }
    return seconds / Double(max(count, 1))
  }

  /// How many seconds 10,000 lines take, these in turn, at the beginning of a session and when it has 80,000 already.
  private static func lineTimes(_ texts: [String]) -> (first: Double, ninth: Double) {
    let lines = texts.map { Line($0) }
    var session = Session()
    for text in ["input 2", "dense 2 sigmoid", "dense 1 sigmoid", "data xor"] { _ = try? session.execute(Line(text)) }
    let times = (0..<9).map { _ in
      let start = ContinuousClock.now
      for index in 0..<10_000 { _ = try? session.execute(lines[index % lines.count]) }
      return (ContinuousClock.now - start) / .seconds(1)
    }
    return (times[0], times[8])
  }

  /// The first network, trained so many steps.
  private static func far(_ steps: Int) -> Timeline {
    var timeline = Timeline(experiment([2, 2, 1]))
    timeline.move(to: timeline.place(ofStep: steps))
    return timeline
  }

  private static func gotoTime(_ far: Timeline, from: Int, to: Int) -> Double {
    var timeline = far
    timeline.move(to: timeline.place(ofStep: from))
    let start = ContinuousClock.now
    timeline.move(to: timeline.place(ofStep: to))
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// How many seconds it takes to do something again and again for at least so long.
  private static func time(atLeast least: Duration, _ work: () -> Void) -> Double {
    let start = ContinuousClock.now
    repeat { work() } while ContinuousClock.now - start < least
    return (ContinuousClock.now - start) / .seconds(1)
  }

  static func median(_ measure: () -> Double) -> Double {
    (0..<rounds).map { _ in measure() }.sorted()[rounds / 2]
  }

  private static func name(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "-") }
}
