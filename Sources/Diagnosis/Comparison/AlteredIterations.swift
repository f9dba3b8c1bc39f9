import Engine
import Notation

/// What comes of slips in the code of an iteration, whatever quantity is then looked at: each is gone through once, for all the
/// quantities that are looked at where a line stands.
final class AlteredIterations {
  private let line: Timeline
  private let written = WrittenFormulas()
  private lazy var begun = line.atBeginningOfIteration
  // Nobody else looks at them while they are looked at here.
  @exclusivity(unchecked) private var forms: [Quantity: [(mistake: Mistake, form: Alteration)]] = [:]
  @exclusivity(unchecked) private var states: [Slip: State] = [:]
  @exclusivity(unchecked) private var beginnings: [Int: Beginning] = [:]
  @exclusivity(unchecked) private var made: [MadeMistake: (network: Network, state: State)?] = [:]
  /// How many numbers the states that are kept have.
  private var kept = 0

  /// How many numbers may be kept.
  private static let mostKept = 4_000_000

  /// One of the forms in which a slip may be in what computes a quantity.
  struct Slip: Hashable {
    let quantity: Quantity
    let place: Int
  }

  /// A mistake of the table in the code, so many iterations back, in one layer or in every one.
  private struct MadeMistake: Hashable {
    let place: Int
    let layer: Int?
    let back: Int
  }

  /// Where an iteration begins that is gone through with mistakes.
  private struct Beginning {
    let line: Timeline
    let beginning: Timeline
    let right = RightNumbers()
  }

  /// None yet, of the iteration in which a line stands.
  init(_ line: Timeline) { self.line = line }

  /// The slips that may be in what computes a quantity.
  func forms(of quantity: Quantity) -> [(mistake: Mistake, form: Alteration)] {
    if let known = forms[quantity] { return known }
    let network = line.experiment.network
    let all = Mistake.all.filter { !$0.name.isEmpty && !$0.isReadOffNumbers }.flatMap { mistake in
      // Two rules may have the same derivative.
      mistake.formsAnywhere(of: quantity, in: network, line, written).reduce(into: [Alteration]()) { all, form in
        if !all.contains(form) { all.append(form) }
      }.map { (mistake: mistake, form: $0) }
    }
    forms[quantity] = all
    return all
  }

  /// The state where the line stands, with one of those in the place of the quantity's formula.
  func state(with slip: Slip) -> State {
    if let known = states[slip] { return known }
    var network = begun.experiment.network
    network.alterations.append(forms(of: slip.quantity)[slip.place].form)
    let altered = begun.state.retaken(by: network, upTo: line.place)
    if mayKeepAnother() { states[slip] = altered }
    return altered
  }

  /// The network with a mistake of the table in its code from so many iterations back on, and the state where the line stands
  /// then; nil where it changes nothing.
  func made(_ place: Int, layer: Int?, back: Int) -> (network: Network, state: State)? {
    let mistake = MadeMistake(place: place, layer: layer, back: back)
    if let known = made[mistake] { return known }
    let begun = beginning(back)
    let faulty = Mistake.all[place].made(in: begun.line, layer: layer, of: written, beside: begun.right)
    let result = faulty.map { faulty in
      if back == 0 { return (network: faulty, state: begun.beginning.state.retaken(by: faulty, upTo: line.place)) }
      var other = begun.beginning
      other.change { experiment, _ in experiment.network = faulty }
      other.move(to: line.place)
      return (network: faulty, state: other.state)
    }
    if result == nil || mayKeepAnother() { made[mistake] = .some(result) }
    return result
  }

  private func beginning(_ back: Int) -> Beginning {
    if let known = beginnings[back] { return known }
    var begun = line
    if back > 0 { begun.move(to: Place(iteration: line.place.iteration - back, operation: 1)) }
    let new = Beginning(line: begun, beginning: begun.atBeginningOfIteration)
    beginnings[back] = new
    return new
  }

  /// Whether there is room for another state, which is taken then.
  private func mayKeepAnother() -> Bool {
    let network = line.experiment.network
    let units = network.layers.reduce(network.inputs) { $0 + $1.units }
    let numbers = 6 * (network.parameterCount + units * max(line.state.batch.count, 1))
    guard kept + numbers <= AlteredIterations.mostKept else { return false }
    kept += numbers
    return true
  }
}
