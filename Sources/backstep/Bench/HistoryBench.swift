import Engine
import Formats
import Glibc
import Language
import Notation

/// `backstep bench history`: what it takes to ask the past, over a million layer steps of 2-2-1 and 100,000 iterations of
/// 64-32-10. Each is a line of a session, as one would type it; `run` beside them is what training alone takes.
enum HistoryBench {
  private static let iterations = 142_858

  static func run(_ sheet: inout BenchSheet) {
    sheet.begin("a million layer steps of 2-2-1", "ms", "times run")
    let plain = session([2, 2, 1])
    let training = Bench.median { seconds("run \(iterations)", after: [], in: plain) }
    func tell(_ line: String, after lines: [String], from session: Session) -> Double {
      let time = Bench.median { seconds(line, after: lines, in: session) }
      sheet.put(line, 1e3 * time, time / training)
      return time
    }
    sheet.put("run \(iterations)", 1e3 * training, 1)
    let trained = after(["run \(iterations)"], in: plain)
    for condition in ["loss < 0", "changed(w2[1,1]) and loss > 9"] {
      let ahead = tell("continue max=\(iterations)", after: ["break \(condition)"], from: plain)
      let behind = tell("rcontinue", after: ["break \(condition)"], from: trained)
      sheet.say("  break \(condition): back at \(significant(ahead / behind, digits: 3)) of the speed ahead")
    }
    _ = tell("find loss < 0 count", after: [], from: trained)
    _ = tell("find delta1[1] * at(step-7, delta1[1]) < 0 count", after: [], from: trained)
    _ = tell("why w2[1,1]", after: [], from: trained)
    _ = tell("last w2[1,1]", after: [], from: trained)
    sheet.begin("a thousand steps that lie about, ms", "half of them", "99 in 100")
    put(trained.timeline, "2-2-1, 10^6 steps", in: sheet)
    put(after(["run 100000"], in: session([64, 32, 10])).timeline, "64-32-10, 100,000 iterations", in: sheet)
    let branched = after(
      (1...8).flatMap { ["goto \(100_000 * $0)", "rate 0.\($0)", "run \(iterations / 2)"] }, in: trained)
    put(branched.timeline, "2-2-1, and eight other futures", in: sheet)
    sheet.begin("what keeping history costs", "% of the speed")
    for sizes in [[2, 2, 1], [64, 32, 10]] {
      let count = sizes[0] < 10 ? iterations : 20_000
      sheet.put(sizes.map(String.init).joined(separator: "-"), 100 * cost(sizes, count))
    }
    sheet.begin("MB", "the process", "for the past")
    sheet.put("memory", Double(resident) / 1e6, Double(trained.bytesKept) / 1e6)
    sheet.begin("sweep, eight futures side by side", "samples/s", "times alone")
    for workload in Workload.all.prefix(3) { putSweep(workload, in: sheet) }
  }

  /// How many samples a second futures take that are trained together, and how many times those of a run that is.
  private static func putSweep(_ workload: Workload, in sheet: BenchSheet) {
    let line = Timeline(workload.experiment)
    let count = 4_000_000 / line.experiment.network.parameterCount
    let training = FutureTraining(from: line, count, .iteration)
    let seeds = Hyperparameter.all(of: line.experiment).filter(\.isSeed)
    let futures = (1...8).map { seed in seeds.map { ($0, Double(seed)) } as [FutureTraining.Setting] }
    // Side by side, so that what else the machine does counts for both.
    let rates = (0..<Bench.rounds).map { _ -> (alone: Double, together: Double) in
      let start = ContinuousClock.now
      var lone = line
      lone.move(to: lone.place(count, on: .iteration))
      let middle = ContinuousClock.now
      _ = training.train(futures)
      let end = ContinuousClock.now
      return (
        Double(count) / ((middle - start) / .seconds(1)), Double(8 * count) / ((end - middle) / .seconds(1))
      )
    }
    let times = rates.map { $0.together / $0.alone }.sorted()[Bench.rounds / 2]
    let pace = rates.map(\.together).sorted()[Bench.rounds / 2]
    sheet.put(workload.title, pace, times)
  }

  /// A billion layer steps, which take a minute or so.
  static func runFar(_ sheet: inout BenchSheet) {
    var line = Timeline(Bench.experiment([2, 2, 1]), memory: 32 << 20)
    let start = ContinuousClock.now
    line.move(to: line.place(ofStep: 1_000_000_000))
    sheet.begin("10^9 layer steps of 2-2-1", "s")
    sheet.put("run", (ContinuousClock.now - start) / .seconds(1))
    sheet.begin("a thousand steps that lie about, ms", "half of them", "99 in 100")
    put(line, "2-2-1, 10^9 steps", in: sheet)
    sheet.begin("MB", "the process", "for the past")
    sheet.put("memory", Double(resident) / 1e6, Double(line.bytes) / 1e6)
  }

  /// The share of a run's time that goes into what is kept for going back.
  private static func cost(_ sizes: [Int], _ iterations: Int) -> Double {
    func time(_ memory: Int) -> Double {
      var line = Timeline(Bench.experiment(sizes), memory: memory)
      let start = ContinuousClock.now
      line.move(to: Place(iteration: iterations))
      return (ContinuousClock.now - start) / .seconds(1)
    }
    // Side by side, so that what else the machine does counts for both.
    let shares = (0..<2 * Bench.rounds).map { _ in 1 - time(0) / time(32 << 20) }
    return max(shares.sorted()[Bench.rounds], 0)
  }

  /// The bytes of the process that are in memory.
  private static var resident: Int {
    let pages = (try? Files.readText("/proc/self/statm"))?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return (pages ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  private static func session(_ sizes: [Int]) -> Session {
    var lines = ["input \(sizes[0])"] + sizes.dropFirst().map { "dense \($0) sigmoid" }
    for sample in 0..<4 {
      let inputs = (0..<sizes[0]).map { String(Double(($0 * 37 + sample * 11) % 64) / 64) }.joined(separator: " ")
      let targets = (0..<sizes[sizes.count - 1]).map { $0 == sample ? "1" : "0" }.joined(separator: " ")
      lines.append("sample \(inputs) -> \(targets)")
    }
    return after(lines, in: Session())
  }

  private static func after(_ lines: [String], in session: Session) -> Session {
    var session = session
    for line in lines { _ = try? session.execute(Line(line)) }
    return session
  }

  private static func seconds(_ line: String, after lines: [String], in session: Session) -> Double {
    var session = after(lines, in: session)
    let start = ContinuousClock.now
    _ = try? session.execute(Line(line))
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// How long a thousand moves take, in seconds, the shortest first: to places ahead that lie about, to places behind, and
  /// one layer step back from each.
  private static func put(_ trained: Timeline, _ name: String, in sheet: BenchSheet) {
    var line = trained
    let last = line.step(at: line.furthest)
    var generator = Generator(seed: 1)
    var (ahead, behind, back): ([Double], [Double], [Double]) = ([], [], [])
    func time(_ target: Place) -> Double {
      let start = ContinuousClock.now
      line.move(to: target)
      return (ContinuousClock.now - start) / .seconds(1)
    }
    while min(ahead.count, behind.count) < 1000 {
      let target = line.place(ofStep: Int(generator.next() % UInt64(max(last, 1))))
      let isAhead = target > line.place
      let taken = time(target)
      if isAhead { ahead.append(taken) } else { behind.append(taken) }
      back.append(time(line.place(1, backBy: .layer)))
    }
    for (times, way) in [(ahead, "goto ahead"), (behind, "goto behind"), (back, "back")] {
      let times = times.sorted()
      sheet.put("\(name): \(way)", 1e3 * times[times.count / 2], 1e3 * times[times.count * 99 / 100])
    }
  }
}
