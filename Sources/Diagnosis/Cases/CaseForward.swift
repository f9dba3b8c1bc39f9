import Engine
import Notation

/// The forward pass of a case with an activation for each layer, as far as that is found.
struct CaseForward {
  /// Where an activation comes from.
  enum Evidence: Equatable {
    /// It was said.
    case said
    /// It gives what the file has for this, from what is right before it.
    case fits(String)
    /// It gives what the file has for this, from what the file has before it.
    case fitsThere(String)
    /// Nothing that is computed forward tells it.
    case none
  }

  /// The activations found so far, of the first layers.
  private(set) var activations: [ActivationChoice] = []
  private(set) var evidence: [Evidence] = []
  /// The activations that give the same numbers as those, in this case.
  private(set) var same: [[ActivationChoice]] = []
  /// The activations of the last layer so far, a sample a row.
  private(set) var a: Matrix

  /// The most ways to choose activations that are followed at once.
  private static let most = 1200

  private init(inputs: Matrix) { a = inputs }

  /// Every choice of activations that fits what the case has of the forward pass as far as any does.
  static func all(of reading: CaseReading, _ wishes: CaseWishes) throws(CaseError) -> [CaseForward] {
    var found = [CaseForward(inputs: reading.inputs)]
    for layer in 1...reading.weights.count {
      var candidates = Activation.all.map { ActivationChoice($0) }
      // One unit of softmax is 1, whatever comes in.
      candidates.removeAll { reading.weights[layer - 1].rows == 1 && $0.isConstantAlone }
      var next: [(quality: Int, forward: CaseForward)] = []
      for forward in found {
        if let said = wishes.activations?[layer - 1] {
          next.append((0, forward.adding(said, .said, reading.net(layer, from: forward.a))))
        } else {
          next += forward.continued(layer, candidates, reading)
        }
      }
      let best = next.map(\.quality).max() ?? 0
      found = next.filter { $0.quality == best }.map(\.forward)
      guard found.count <= most else {
        throw CaseError(
          "the activations cannot be told from what it holds; pre-activations Z1 … or activations A1 … would tell",
          answers: ["activations=\(reading.weights.map { _ in "…" }.joined(separator: ","))"])
      }
    }
    return found
  }

  /// The ways on with a layer: those that give what the file has, or all.
  private func continued(
    _ layer: Int, _ candidates: [ActivationChoice], _ reading: CaseReading
  ) -> [(quality: Int, forward: CaseForward)] {
    let net = reading.net(layer, from: a)
    let given = reading.numbers(Quantity(.a, layer))
    let nextNet = layer < reading.weights.count ? reading.numbers(Quantity(.net, layer + 1)) : nil
    guard let witness = given ?? nextNet else {
      return merged(candidates, net, layer).map { (0, adding($0.choice, .none, net, same: $0.same)) }
    }
    /// Those that lead from a pre-activation to what is given.
    func fitting(_ net: Matrix) -> [ActivationChoice] {
      candidates.filter { choice in
        let a = choice.activations(of: net)
        return witness.agree(with: given != nil ? a : reading.net(layer + 1, from: a), loosely: true)
      }
    }
    var right = fitting(net)
    if right.isEmpty, let given { right = CaseForward.withSettings(from: net, to: given) }
    if !right.isEmpty {
      return merged(right, net, layer).map { (2, adding($0.choice, .fits(witness.name), net, same: $0.same)) }
    }
    // What is before may be wrong: from there on, what the file has is what its own code went on with.
    let before = reading.numbers(Quantity(.a, layer - 1))?.values
    for other in [reading.numbers(Quantity(.net, layer))?.values, before.map { reading.net(layer, from: $0) }] {
      guard let other else { continue }
      let there = fitting(other)
      if !there.isEmpty {
        return merged(there, other, layer).map { (1, adding($0.choice, .fitsThere(witness.name), net, same: $0.same)) }
      }
    }
    // A softmax whose probabilities go through another one is a softmax with that mistake.
    if layer == reading.weights.count, let given {
      for choice in candidates where !choice.rule.isElementwise {
        let once = choice.activations(of: net)
        if given.agree(with: choice.activations(of: once), loosely: true) {
          return [(1, adding(choice, .fitsThere(given.name), net))]
        }
      }
    }
    return merged(candidates, net, layer).map { (0, adding($0.choice, .none, net, same: $0.same)) }
  }

  /// Activations with a setting that leads from a pre-activation to what is given, as the slope of a leaky relu does: the
  /// value that the largest difference shows, where it is one that somebody types.
  private static func withSettings(from net: Matrix, to given: CaseNumbers) -> [ActivationChoice] {
    Activation.all.filter(\.isElementwise).flatMap { row in
      row.settings.enumerated().compactMap { place, setting -> ActivationChoice? in
        var (usual, moved) = (ActivationChoice(row), ActivationChoice(row))
        let step = 0.25
        guard moved.set(setting.name, to: usual.values[place] + step) else { return nil }
        let (one, other) = (usual.activations(of: net).elements, moved.activations(of: net).elements)
        guard let most = one.indices.max(by: { abs(other[$0] - one[$0]) < abs(other[$1] - one[$1]) }),
          other[most] != one[most]
        else { return nil }
        let slope = (other[most] - one[most]) / step
        let value = usual.values[place] + (given.values.elements[most] - one[most]) / slope
        guard value.isFinite, let typed = Double(significant(value, digits: 4)), usual.set(setting.name, to: typed),
          given.agree(with: usual.activations(of: net), loosely: true)
        else { return nil }
        return usual
      }
    }
  }

  /// Activations that give the same numbers and slopes here are one; the first stands for them.
  private func merged(
    _ choices: [ActivationChoice], _ net: Matrix, _ layer: Int
  ) -> [(choice: ActivationChoice, same: [ActivationChoice])] {
    var found: [(choice: ActivationChoice, same: [ActivationChoice], a: Matrix, slopes: [Double]?)] = []
    for choice in choices {
      let a = choice.activations(of: net)
      let slopes = choice.slopes(net: net.elements, a: a.elements)
      if let place = found.firstIndex(where: { $0.a == a && $0.slopes == slopes }) {
        found[place].same.append(choice)
      } else {
        found.append((choice, [], a, slopes))
      }
    }
    return found.map { ($0.choice, $0.same) }
  }

  private func adding(
    _ choice: ActivationChoice, _ evidence: Evidence, _ net: Matrix, same: [ActivationChoice] = []
  ) -> CaseForward {
    var longer = self
    longer.activations.append(choice)
    longer.evidence.append(evidence)
    longer.same.append(same)
    longer.a = choice.activations(of: net)
    return longer
  }
}

extension CaseReading {
  /// What the case has of a quantity; nil where it has nothing.
  func numbers(_ quantity: Quantity) -> CaseNumbers? { computed.first { $0.quantity == quantity } }

  /// The pre-activations of a layer, a sample a row.
  func net(_ layer: Int, from a: Matrix) -> Matrix {
    guard var net = a.times(weights[layer - 1].transposed) else { return a }
    let biases = biases[layer - 1]
    guard !biases.isEmpty else { return net }
    for row in 0..<net.rows {
      for column in 0..<net.columns { net[row, column] += biases[biases.count == 1 ? 0 : column] }
    }
    return net
  }
}

extension Choice where Row == Activation {
  /// f of pre-activations, a sample a row.
  fileprivate func activations(of net: Matrix) -> Matrix {
    guard !rule.isElementwise else { return value(of: net) }
    var elements: [Double] = []
    for row in 0..<net.rows {
      let column = Matrix(column: Array(net.elements[row * net.columns..<(row + 1) * net.columns]))
      elements += value(of: column).elements
    }
    return Matrix(rows: net.rows, columns: net.columns, elements: elements)
  }
}
