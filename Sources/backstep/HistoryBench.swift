import Engine
import Language
import Notation

/// `backstep bench history`: what it takes to ask the past, over a million layer steps of 2-2-1 and 100,000 iterations of
/// 64-32-10. Each is a line of a session, as one would type it; `run` beside them is what training alone takes.
enum HistoryBench {
  private static let iterations = 142_858

  static func run() {
    Output.put([Bench.row(["a million layer steps of 2-2-1", "ms", "times run"])])
    let plain = session([2, 2, 1])
    let training = Bench.median { seconds("run \(iterations)", after: [], in: plain) }
    func tell(_ line: String, after lines: [String], from session: Session) -> Double {
      let time = Bench.median { seconds(line, after: lines, in: session) }
      Output.put([Bench.row([line, Bench.milli(time), significant(time / training, digits: 3)])])
      return time
    }
    Output.put([Bench.row(["run \(iterations)", Bench.milli(training), "1"])])
    let trained = after(["run \(iterations)"], in: plain)
    for condition in ["loss < 0", "changed(w2[1,1]) and loss > 9"] {
      let ahead = tell("continue max=\(iterations)", after: ["break \(condition)"], from: plain)
      let behind = tell("rcontinue", after: ["break \(condition)"], from: trained)
      Output.put(["  break \(condition): back at \(significant(ahead / behind, digits: 3)) of the speed ahead"])
    }
    _ = tell("find loss < 0 count", after: [], from: trained)
    _ = tell("find delta1[1] * at(step-7, delta1[1]) < 0 count", after: [], from: trained)
    _ = tell("why w2[1,1]", after: [], from: trained)
    _ = tell("last w2[1,1]", after: [], from: trained)
    Output.put(["", Bench.row(["goto, any of a thousand steps, ms", "half of them", "99 in 100"])])
    put(places(of: trained), "2-2-1, 10^6 steps")
    put(places(of: after(["run 100000"], in: session([64, 32, 10]))), "64-32-10, 100,000 iterations")
    Output.put(["", Bench.row(["sweep, eight futures side by side", "samples/s", "times a lone run"])])
    for sizes in [[2, 2, 1], [4, 8, 3], [64, 32, 10]] { putSweep(sizes) }
  }

  /// How many samples a second futures take that are trained together, and how many times those of a run that is.
  private static func putSweep(_ sizes: [Int]) {
    let line = Timeline(Bench.experiment(sizes))
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
    Output.put([
      Bench.row([sizes.map(String.init).joined(separator: "-"), "\(Int(pace))", significant(times, digits: 3)])
    ])
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

  /// How long it takes to come to each of a thousand steps that lie about, in seconds, the shortest first.
  private static func places(of trained: Session) -> [Double] {
    var line = trained.timeline
    let last = line.step(at: line.furthest)
    var generator = Generator(seed: 1)
    return (0..<1000).map { _ in
      let step = Int(generator.next() % UInt64(max(last, 1)))
      let start = ContinuousClock.now
      line.move(to: line.place(ofStep: step))
      return (ContinuousClock.now - start) / .seconds(1)
    }.sorted()
  }

  private static func put(_ times: [Double], _ name: String) {
    Output.put([Bench.row([name, Bench.milli(times[times.count / 2]), Bench.milli(times[times.count * 99 / 100])])])
  }
}
