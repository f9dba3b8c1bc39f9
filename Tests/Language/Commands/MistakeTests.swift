import Engine
import Glibc
import Testing

@testable import Language

/// Training with a mistake on, against plain loops that have the same slip in them.
@Suite struct MistakeTests {
  private static let names = [
    "missing-derivative", "derivative-of-activation", "activation-formula-at-net", "wrong-layer-derivative",
    "wrong-layer-activation", "gradient-for-weight", "updated-weights", "transposed", "missing-sum", "missing-half",
    "mean-over-outputs",
    "mean-or-sum", "mean-twice", "untransposed-weight", "wrong-activation", "frozen-bias", "bias-per-weight",
    "detached", "derivative-twice", "frozen-weights",
    "weight-decay", "clipped", "permuted", "reshaped", "learning-rate-included", "last-sample-only", "wrong-sample",
    "summed-bias", "sign", "accumulated",
  ]

  @Test(arguments: names, 1...3) func trainsAsTheFaultyCodeDoes(name: String, seed: Int) throws {
    var random = Generator(seed: seed)
    var network = PlainNetwork(&random, hidden: 2, outputs: 2, samples: 3)
    let begun = try session(network.session.components(separatedBy: "forward")[0])
    var faulty = begun
    try faulty.take("mistake \(name)\nrun 5")
    for _ in 0..<5 { network.train(with: name) }
    let trained = faulty.timeline.state.parameters
    let wanted = [
      (trained[0].w, network.w1.flatMap { $0 }), (trained[0].b, network.b1), (trained[1].w, network.w2.flatMap { $0 }),
      (trained[1].b, network.b2),
    ]
    for (own, plain) in wanted {
      let off = zip(own.values, plain).map { abs($0 - $1) }.max() ?? .infinity
      #expect(off < 1e-9 && own.values.count == plain.count, "\(name), seed \(seed)")
    }
    // It does make a difference, and going back, ahead, and off again is exact.
    var right = begun
    try right.take("run 5")
    #expect(right.timeline.state.parameters[0].w.values != faulty.timeline.state.parameters[0].w.values)
    var walked = begun
    try walked.take("mistake \(name)\nstep 40\ngoto start\ngoto end\ngoto 25")
    var ran = faulty
    try ran.take("goto 25")
    #expect(walked.timeline.state.parameters == ran.timeline.state.parameters)
    try faulty.take("undo\nundo\nrun 5")
    #expect(right.timeline.state.parameters == faulty.timeline.state.parameters)
  }

  /// What a derivation says of a faulty number is how it was computed.
  @Test(arguments: names) func derivationsShowTheFaultyCode(name: String) throws {
    var random = Generator(seed: 7)
    let network = PlainNetwork(&random, hidden: 2, outputs: 2, samples: 3)
    let start = network.session.components(separatedBy: "forward")[0]
    let lines = ["da2[1]", "delta2[1]", "da1[2]", "delta1[1]", "dw2[1,2]", "dw1[2,3]", "db1[1]", "db2[2]"]
    let shown = play(start + "mistake \(name)\nrun 1\n" + lines.map { "explain \($0)" }.joined(separator: "\n"))
    #expect(!shown.contains("✗") && !shown.contains("error"), "\(shown)")
    #expect(shown.contains("mistake: "), "\(shown)")
    // Sums over samples may be added up in another order.
    let (equal, near) = (
      shown.split(separator: "✓").count - 1, shown.components(separatedBy: "≈ the table's cell").count - 1
    )
    #expect(equal + near >= lines.count, "\(shown)")
  }

  @Test func whatCannotBeIsRefused() {
    let small = "input 2\ndense 2 tanh\ndense 1 sigmoid\nsample 0.5 1 -> 1\n"
    #expect(play(small + "mistake missing-drivative").contains("did you mean missing-derivative"))
    #expect(play(small + "mistake last-sample-only").contains("a batch of one sample cannot show it"))
    #expect(play(small + "mistake missing-derivative layer=3").contains("3 is out of range"))
    #expect(play(small + "mistake none").contains("no mistake is on"))
    #expect(play(small + "mistake loss = 2").contains("loss is computed by its own formula"))
    #expect(play(small + "mistake net1[k] = foo").contains("foo is not known"))
    #expect(play(small + "mistake net1[k] = w1[k,j] * x[j]").contains("j stands for nothing on the left"))
    #expect(play(small + "mistake dw1 = [1 2 3]").contains("no finite numbers in the shape of dw1"))
    #expect(play(small + "mistake dw1[j] = delta1[j]").contains("dw1 has 2 indices"))
    #expect(play(small + "mistake dw1[1,i] = delta1[1]").contains("a letter was expected"))
    #expect(play(small + "mistake sign\ndense 1 sigmoid").contains("mistake none"))
    #expect(play("mistake sign").contains("there is no network yet"))
    #expect(
      play(small + "mistake sign layer=1").contains(
        "sign changes nothing in layer 1 of this network; it does in layer "))
  }

  @Test func oneOfYourOwnStandsInTheFormulasPlace() {
    let small = "input 2\ndense 2 tanh\ndense 1 sigmoid\nsample 0.5 1 -> 1\n"
    let lines = """
      let half = 0.5
      mistake dw1[j,i] = half * delta1[j]
      mistake db2 = 3 * delta2
      mistake delta1 = w2' * delta2
      forward
      backward
      expect dw1 == 0.5 * [delta1 delta1]
      expect db2 == 3 * delta2
      expect delta1 == w2' * delta2
      """
    #expect(answers(small + lines).filter { $0.hasPrefix("holds") }.count == 3, "\(play(small + lines))")
  }

  /// A slip on the way forward is in all that is computed forward: of the samples on show, of all data, and of moved weights.
  @Test func oneOnTheWayForwardIsInAllThatIsComputedForward() {
    let data = "sample 0.5 1 -> 1\nsample -1 0.3 -> 0\nsample 0.2 -0.7 -> 1\nbatch 2\n"
    func network(_ bias: String) -> String {
      "input 2\ndense 2 tanh\(bias)\ndense 1 sigmoid\n\(data)set w1 = [0.1 0.4; -0.3 0.2]\nset w2 = [0.7 -0.5]\nset b2 = 0.2\n"
    }
    let look = "run 3\nforward\nbackward\nprint [a2 loss data-loss accuracy]\nprint dw1\nprint w2\n"
    let forgetful = network("") + "set b1 = [0.3; 0.6]\nmistake net1[k] = sum(j, w1[k,j] * x[j])\n" + look
    #expect(
      Array(answers(forgetful).suffix(3)) == Array(answers(network(" nobias") + look).suffix(3)), "\(play(forgetful))")
    // What nothing reads has no gradient, and code that has one for it is told.
    let told = answers(forgetful + "refute check")
    #expect(told.contains { $0.contains("2 wrong, largest relative error 1 at db1[") }, "\(told)")
    #expect(told.contains { $0.hasPrefix("a term is left out; given is net1[j] = ") }, "\(told)")
  }

  /// The letters of a formula of one's own are its own, though a derivation has the page's.
  @Test func aDerivationOfAMistakeHasThePagesLetters() {
    let begin = "input 2\ndense 2 tanh\ndense 1 sigmoid\nsample 0.5 1 -> 1\nmistake net1[k] = sum(j, w1[k,j] * x[j])\n"
    let told = play(begin + "forward\nbackward\nderive net1[k]")
    #expect(told.contains("claim always net1[k] = sum("), "\(told)")
    #expect(told.contains("what is computed here, with a mistake on"), "\(told)")
    let claim = play(begin + "forward\nbackward\nclaim always dw1[j,i] = 3 * d(loss)/d(w2[1,1])")
    #expect(claim.contains("a mistake is on, by which other numbers are computed: in net1"), "\(claim)")
  }

  /// Where the formula is the right one and the samples are others, all that says it says these.
  @Test func theSamplesThatAreReadAreSaid() {
    let begin = "input 2\ndense 3 tanh\ndense 2 sigmoid\nsample 0.5 1 -> 1 0\nsample -0.3 0.8 -> 0 1\nbatch 2\n"
    let last = begin + "mistake last-sample-only\n"
    #expect(lastAnswer(last).contains("db2[k] = delta2[k] of the last sample alone"))
    let derived = lastAnswer(last + "forward\nbackward\nderive dw2")
    #expect(derived.contains("sum(sample=2..2, delta2[k] * a1[j])"), "\(derived)")
    #expect(derived.contains("of the last sample alone, with last-sample-only on"), "\(derived)")
    let next = begin + "mistake wrong-sample\n"
    #expect(lastAnswer(next).contains("of the next sample, in the place of each"))
    let of = lastAnswer(next + "forward\nbackward\nderive da2")
    #expect(of.contains("sum(sample=2..2, ") && of.contains("of the next sample, in the place of each"), "\(of)")
    // The one on show is the last: the next one is the first.
    let other = lastAnswer(next + "forward\nbackward\nselect 2\nderive da2[1]")
    #expect(other.contains("sum(sample=1..1, "), "\(other)")
  }

  /// What is told from numbers alone is not among what a network can be trained with, and help says which that is.
  @Test func helpSaysWhatNothingIsTrainedWith() throws {
    let shown = play("help mistake")
    let told = try #require(shown.split(separator: "\n").first { $0.contains("compare tells from numbers alone") })
    for name in ["stale-activation", "wrong-axis"] { #expect(told.contains(name)) }
    for name in Self.names { #expect(!told.contains(name)) }
    let begin = "input 2\ndense 2 tanh\ndense 1 sigmoid\nsample 0.5 1 -> 1\n"
    #expect(play(begin + "mistake stale-activation").contains("compare tells it from numbers"))
  }

  /// Several at once are what the code does with all of them in it.
  @Test func severalAtOnce() throws {
    var random = Generator(seed: 11)
    let network = PlainNetwork(&random, hidden: 2, outputs: 2, samples: 3)
    let start = network.session.components(separatedBy: "forward")[0]
    let shown = play(
      start + """
        mistake missing-derivative layer=1
        mistake untransposed-weight
        mistake mean-twice
        forward
        backward
        claim delta1[j] = sum(k, delta2[k] * w2[j,k])
        expect db1 ~= sum(sample, delta1) / 9
        """)
    #expect(shown.contains("#= holds: delta1[j]"), "\(shown)")
    #expect(shown.contains("#= holds: db1"), "\(shown)")
  }
}

extension PlainNetwork {
  /// One step of gradient descent over the batch, with a slip in the code.
  mutating func train(with slip: String) {
    func has(_ name: String) -> Bool { slip == name }
    let count = Double(x.count)
    let outputs = w2.indices
    let nets1 = x.indices.map { times(w1, x[$0], b1) }
    let as1 = nets1.map { $0.map(tanh) }
    let nets2 = as1.map { times(w2, $0, b2) }
    let as2 = nets2.map { $0.map(logistic) }
    func slope1(_ net: Double, _ a: Double, _ other: Double) -> Double {
      if has("derivative-twice") { return (1 - a * a) * (1 - a * a) }
      if has("missing-derivative") { return 1 }
      if has("derivative-of-activation") { return 1 - tanh(a) * tanh(a) }
      if has("activation-formula-at-net") { return 1 - net * net }
      if has("wrong-activation") { return logistic(net) * (1 - logistic(net)) }
      if has("wrong-layer-derivative") { return logistic(other) * (1 - logistic(other)) }
      return 1 - a * a
    }
    func slope2(_ net: Double, _ a: Double, _ other: Double) -> Double {
      if has("derivative-twice") { return a * (1 - a) * a * (1 - a) }
      if has("missing-derivative") { return 1 }
      if has("derivative-of-activation") { return logistic(a) * (1 - logistic(a)) }
      if has("activation-formula-at-net") { return net * (1 - net) }
      if has("wrong-activation") { return 1 - tanh(net) * tanh(net) }
      if has("wrong-layer-derivative") { return 1 - tanh(other) * tanh(other) }
      return a * (1 - a)
    }
    var das2: [[Double]] = []
    for n in x.indices {
      let from = has("wrong-sample") ? (n + 1) % x.count : n
      das2.append(
        outputs.map { k in
          let factor = has("missing-half") ? 2 : has("mean-over-outputs") ? 0.5 : 1.0
          return factor * (has("sign") ? -(y[from][k] + as2[from][k]) : as2[from][k] - y[from][k])
        })
    }
    let ds2 = x.indices.map { n in outputs.map { das2[n][$0] * slope2(nets2[n][$0], as2[n][$0], nets1[n][$0]) } }
    func gradient(_ ds: [[Double]], _ inputs: [[Double]]) -> [[Double]] {
      if has("last-sample-only") { return outer(ds[ds.count - 1], inputs[inputs.count - 1]) }
      if has("frozen-weights"), inputs[0] != [1.0] { return outer(ds[0], inputs[0]).map { $0.map { _ in 0 } } }
      var all = mean(zip(ds, inputs).map { outer($0, $1) })
      if has("mean-or-sum") { all = all.map { $0.map { $0 * count } } }
      if has("mean-twice") { all = all.map { $0.map { $0 / count } } }
      if has("learning-rate-included") { all = all.map { $0.map { $0 * rate } } }
      return all
    }
    func gradient(_ ds: [[Double]], _ inputs: Int) -> [Double] {
      let all = gradient(ds, ds.map { _ in [1.0] }).map { $0[0] }
      if has("frozen-bias") { return all.map { _ in 0 } }
      if has("bias-per-weight") { return all.map { $0 * Double(inputs) } }
      return has("summed-bias") ? all.map { _ in all.reduce(0, +) } : all
    }
    func square(_ dw: [[Double]]) -> [[Double]] {
      has("transposed") ? dw.indices.map { k in dw.indices.map { dw[$0][k] } } : dw
    }
    func moved(_ w: [[Double]], _ dw: [[Double]]) -> [[Double]] {
      zip(w, dw).map { zip($0, $1).map { $0 - rate * $1 } }
    }
    let (dw2, db2) = (square(gradient(ds2, has("wrong-layer-activation") ? as2 : as1)), gradient(ds2, 2))
    let back2 = has("updated-weights") ? moved(w2, dw2) : w2
    let ds1 = x.indices.map { n -> [Double] in
      w1.indices.map { j in
        let sum = outputs.reduce(0.0) { sum, k in
          if has("gradient-for-weight") { return sum + dw2[k][j] }
          if has("missing-sum"), k != j { return sum }
          if has("detached") { return 0 }
          return sum + ds2[n][k] * (has("untransposed-weight") ? w2[j][k] : back2[k][j])
        }
        return sum * slope1(nets1[n][j], as1[n][j], nets2[n][j])
      }
    }
    let (dw1, db1) = (gradient(ds1, x), gradient(ds1, 3))
    let all = slipped([dw2, [db2], dw1, [db1]], by: slip)
    (w1, w2) = (moved(w1, all[2]), moved(w2, all[0]))
    b1 = zip(b1, all[3][0]).map { $0 - rate * $1 }
    b2 = zip(b2, all[1][0]).map { $0 - rate * $1 }
  }
  /// What is done with whole gradients, of w2, b2, w1 and b1, before they move anything.
  private mutating func slipped(_ all: [[[Double]]], by slip: String) -> [[[Double]]] {
    let isBias = { (place: Int) in place % 2 == 1 }
    switch slip {
    case "weight-decay":
      let weights = [w2, [], w1, []]
      return all.indices.map { place in
        isBias(place) ? all[place] : zip(all[place], weights[place]).map { zip($0, $1).map { $0 + 0.01 * $1 } }
      }
    case "clipped":
      // The largest power of ten that any of its numbers is beyond, once and for all.
      if bounds.isEmpty {
        bounds = all.map { rows in
          let largest = rows.joined().map { abs($0) }.max() ?? 0
          return [1, 0.1, 0.01, 0.001, 0.0001].first { $0 < largest } ?? .infinity
        }
      }
      return zip(all, bounds).map { rows, bound in rows.map { $0.map { max(min($0, bound), -bound) } } }
    case "accumulated":
      if left.isEmpty { left = all.map { $0.map { $0.map { _ in 0 } } } }
      left = zip(all, left).map { zip($0, $1).map { zip($0, $1).map(+) } }
      return left
    case "permuted":
      return all.indices.map { place in
        func next<T>(_ row: [T]) -> [T] { row.indices.map { row[($0 + 1) % row.count] } }
        return isBias(place) ? all[place].map(next) : next(all[place])
      }
    case "reshaped":
      return all.map { rows in
        let columns = rows[0].count
        guard rows.count > 1, rows.count != columns else { return rows }
        let flat = (0..<columns).flatMap { column in rows.map { $0[column] } }
        return rows.indices.map { Array(flat[$0 * columns..<($0 + 1) * columns]) }
      }
    default: return all
    }
  }
}
