import Engine
import Synchronization

extension ElementFormula {
  /// The formula in the place of the one by which the quantity is computed.
  /// - Parameters:
  ///   - name: what the mistake is called that it comes of; empty of a formula of the user's own.
  ///   - meaning: what is said beside it where it is on show.
  package func alteration(
    called name: String, because meaning: Text, samples: Alteration.Samples = .each,
    definitions: Definitions = Definitions()
  ) -> Alteration {
    let own = Dictionary(zip(letters, quantity.kind.extent.letters), uniquingKeysWith: { first, _ in first })
    let equation = Equation(written: "\(expression)", letters: own, summed: order).because(meaning)
    let atWork = FormulaAtWork(self, samples, definitions)
    return Alteration(of: quantity, called: name, equation, samples: samples) { atWork.numbers(at: $0, $1, of: $2) }
  }
}

/// A formula that computes a quantity as an operation does, wherever an iteration has come to.
private final class FormulaAtWork: Sendable {
  private let formula: ElementFormula
  private let samples: Alteration.Samples
  private let definitions: Definitions
  /// What was compiled and nobody uses just now: one for each that worked at the same time.
  private let idle = Mutex<[CompiledFormula]>([])

  init(_ formula: ElementFormula, _ samples: Alteration.Samples, _ definitions: Definitions) {
    (self.formula, self.samples, self.definitions) = (formula, samples, definitions)
  }

  /// The numbers of some units, of what belongs to a sample those of some samples, one after another; not a number where the
  /// formula has no value.
  func numbers(at place: Passing, _ units: Range<Int>, of some: Range<Int>) -> [Double] {
    let compiled = idle.withLock { $0.popLast() }.flatMap { $0.fits(place) ? $0 : nil }
    guard let compiled = compiled ?? CompiledFormula(formula, definitions, at: place) else { return [] }
    defer { idle.withLock { $0.append(compiled) } }
    return compiled.numbers(at: place, units, of: some, samples)
  }
}

/// A formula compiled for a network and a number of samples. It is used by one place at a time.
private final class CompiledFormula: @unchecked Sendable {
  private let formula: ElementFormula
  private let network: Network
  private let count: Int
  private let scope: StateScope
  private let compiler: Compiler<Double>
  private let code: Code<Double>
  private let letters: [Int]
  /// Where each sample is read, as far as it was.
  @exclusivity(unchecked) private var evaluations: [Evaluation<Double>?]
  private let isMean: Bool
  /// What it was compiled under, and ends by.
  private let sign = StopSign.current

  init?(_ formula: ElementFormula, _ definitions: Definitions, at place: Passing) {
    let state = place.state.pointee
    let compiler = Compiler<Double>(summed: formula.order)
    let scope = StateScope(along: place, definitions: definitions, layout: .outIn)
    var names = Names(scope)
    letters = formula.letters.map { letter in
      let slot = compiler.slot()
      names.indices[letter] = slot
      return slot
    }
    guard let code = try? compiler.compile(formula.expression, names) else { return nil }
    (self.formula, self.scope, self.compiler, self.code) = (formula, scope, compiler, code)
    (network, count) = (state.experiment.network, state.batch.count)
    isMean = state.experiment.reduction == .mean
    evaluations = Array(repeating: nil, count: count)
  }

  func fits(_ place: Passing) -> Bool {
    // What somebody else has stopped gives no numbers any more.
    sign === StopSign.current && place.sampleCount == count && place.state.pointee.experiment.network == network
      && (place.state.pointee.experiment.reduction == .mean) == isMean
  }

  /// Where a sample is read, with nothing read yet.
  private func evaluation(_ sample: Int) -> Evaluation<Double> {
    if let known = evaluations[sample] {
      known.renew()
      return known
    }
    let new = Evaluation(BoundScope(scope, Reading(sample: sample)), compiler)
    evaluations[sample] = new
    return new
  }

  /// None where it is stopped on its way.
  func numbers(
    at place: Passing, _ units: Range<Int>, of some: Range<Int>, _ samples: Alteration.Samples
  ) -> [Double] {
    scope.follow(place)
    var isStopped: Bool { sign?.isUp == true }
    let columns = place.state.pointee.shape(of: formula.quantity)?.columns ?? 1
    let places = units.flatMap { row in (0..<columns).map { (row, $0) } }
    var numbers: [Double] = []
    if formula.quantity.kind.isOfSample {
      let shift = samples == .next ? 1 : 0
      numbers.reserveCapacity(some.count * places.count)
      for sample in some where !isStopped {
        let evaluation = evaluation((sample + shift) % count)
        for place in places { numbers.append(value(place, evaluation)) }
      }
      return numbers
    }
    // Once for the batch, or of each sample, added or averaged.
    let all =
      (!formula.quantity.kind.isOverSamples
      ? 0..<min(count, 1) : samples == .last ? max(count - 1, 0)..<count : 0..<count)
      .map(evaluation)
    numbers.reserveCapacity(places.count)
    for place in places where !isStopped {
      let sum = all.reduce(0) { $0 + value(place, $1) }
      numbers.append(isMean ? sum / Double(all.count) : sum)
    }
    return numbers
  }

  private func value(_ place: (row: Int, column: Int), _ evaluation: Evaluation<Double>) -> Double {
    for (slot, index) in zip(letters, [place.row + 1, place.column + 1]) { evaluation.indices[slot] = index }
    evaluation.refill()
    return (try? code(evaluation))?.number ?? .nan
  }
}

extension Alteration.Samples {
  /// Which samples they are, behind a formula; empty of each.
  var words: Text {
    switch self {
    case .each: ""
    case .last: " of the last sample alone"
    case .next: " of the next sample, in the place of each"
    }
  }
}

extension Alteration {
  /// What it says, as a line can claim it: `delta1[j] = da1[j]`.
  package var formula: Text? {
    guard let own = equation.ownLetters else { return nil }
    let order = quantity.kind.extent.letters
    let letters = own.sorted { (order.firstIndex(of: $0.value) ?? 0) < (order.firstIndex(of: $1.value) ?? 0) }.map(
      \.key)
    let subject = Expression.name(quantity.name, version: nil, at: letters.map { .name($0) })
    return "\(subject) = \(equation.text)"
  }

  /// The same with the samples of which it is computed, where they are others: the formula alone may be the right one then.
  package var words: Text? { formula.map { "\($0)\(samples.words)" } }

  /// The right formula in its place; nil of what no operation computes.
  package func rightFormula(in network: Network) -> Expression? {
    var network = network
    network.alterations = []
    return ElementFormula.all(of: quantity, in: network, writingOut: 0).first?.expression
  }
}
