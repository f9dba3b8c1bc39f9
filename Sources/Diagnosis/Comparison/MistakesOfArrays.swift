import Engine
import Notation

extension Mistake {
  /// Slips in how arrays are turned, ordered and laid out.
  static let ofArrays: [Mistake] = [
    Mistake(
      "transposed", "the matrix is the wrong way round",
      whole: { formula, subject in
        guard formula.letters.count == 2, let shape = subject.state.shape(of: subject.quantity),
          shape.rows == shape.columns, shape.rows > 1
        else { return [] }
        let (k, j) = (formula.letters[0], formula.letters[1])
        return [formula.expression.replacing([k: .name(j), j: .name(k)])]
      }, reach: .parameterGradients(.each)
    )
    .undone { node, _ in
      guard let (quantity, indices) = node.element, quantity.kind == .dw, indices.count == 2, indices[0] != indices[1]
      else { return [] }
      return [.element(quantity, indices.reversed())]
    }
    .andOfNumbers { subject, _ in
      // Weights that no update has made have no formula.
      guard let foreign = subject.foreign, foreign.isWhole, subject.quantity.kind.isParameter,
        foreign.truth.rows == foreign.truth.columns, foreign.truth.rows > 1
      else { return [] }
      return [
        WrongNumbers(
          elements: foreign.truth.transposed.elements, words: "\(subject.quantity.name) with rows for columns")
      ]
    },
    Mistake(
      "reshaped", "the numbers are laid out in the other order: reshaped where it should be transposed",
      whole: { formula, subject in subject.reshaped(formula) }, reach: .parameterGradients(.each)
    )
    .andOfNumbers(rearranging: true) { subject, _ in
      guard let foreign = subject.foreign, foreign.isWhole else { return [] }
      let truth = foreign.asRows
      guard truth.rows > 1, truth.columns > 1 else { return [] }
      // As many columns as rows once more: what reshape makes of the transpose, and of the matrix in the other order.
      let turned = truth.transposed.elements
      let back = Matrix(rows: truth.columns, columns: truth.rows, elements: truth.elements).transposed.elements
      return [turned, back].map {
        WrongNumbers(
          elements: $0, words: "\(subject.quantity.name) with its numbers in the order of its transpose")
      }
    },
    Mistake(
      "permuted", "they stand in another order", whole: { formula, subject in subject.permuted(formula) },
      reach: .parameterGradients(.each)
    )
    .andOfNumbers(rearranging: true) { subject, _ in
      guard let foreign = subject.foreign, foreign.isWhole else { return [] }
      return foreign.otherOrders
    },
    Mistake("wrong-axis", "the activation is taken along the wrong axis: over the samples, or over all numbers at once")
      .ofNumbers { subject, _ in subject.foreign?.alongSamples(at: subject.state) ?? [] },
    Mistake(
      "bias-as-weight", "the gradient of a bias is taken as that of a weight",
      whole: { formula, subject in
        let quantity = subject.quantity
        guard quantity.kind == .db, let k = formula.letters.first else { return [] }
        let input = Quantity.input(ofLayer: quantity.layer)
        let unused = ["i", "j", "l", "h"].first { $0 != k && !formula.expression.binds($0) } ?? "m"
        let gradient = Expression.element(Quantity(.dw, quantity.layer), [.name(k), .name(unused)])
        let inputs = (1...min(subject.network.units(quantity.layer - 1), 8)).map { Expression.number(Double($0)) }
        return [Expression(.fold(.sum, index: unused, bounds: nil, gradient))]
          + inputs.map { Expression(.binary(.times, formula.expression, .element(input, [$0]))) }
          + [Quantity.Kind.a, .b].map { kind in
            Expression(.binary(.times, formula.expression, .element(Quantity(kind, quantity.layer), [.name(k)])))
          }
      }, reach: .parameterGradients(.each)),
  ]
}

/// Numbers that a slip gives which no formula of an element says.
struct WrongNumbers: Sendable {
  /// The numbers, in the places of the quantity's.
  let elements: [Double]
  /// What they are.
  let words: Text
  /// How many others of their kind they were chosen from.
  var count = 1
  /// What the slip measures; nil of one that has no number of its own.
  var measured: Measured?
}

extension ForeignNumbers {
  /// What is right, a row for each unit; of what belongs to the samples of a batch, a row for each sample.
  fileprivate var asRows: Matrix {
    isOfBatch ? Matrix(rows: sampleCount, columns: countOfOne, elements: truth.elements) : truth
  }

  /// What a whole layer's activation gives where it takes a unit of every sample in place of every unit of a sample, and where
  /// it takes all of them for one layer.
  fileprivate func alongSamples(at state: State) -> [WrongNumbers] {
    guard isOfBatch, isWhole, quantity.kind == .a, state.worked.layers[quantity.layer - 1].hasFullJacobian,
      let net = try? state.value(of: Quantity(.net, quantity.layer), sample: nil, isOfBatch: true).elements
    else { return [] }
    let activation = state.worked.layers[quantity.layer - 1].activation
    func activated(_ places: [Int]) -> [Double] {
      activation.value(of: Matrix(column: places.map { net[$0] })).elements
    }
    var along = net
    for unit in 0..<countOfOne {
      let places = (0..<sampleCount).map { $0 * countOfOne + unit }
      for (place, number) in zip(places, activated(places)) { along[place] = number }
    }
    let name = quantity.name
    return [
      WrongNumbers(elements: along, words: "\(name) with each unit's numbers taken over the samples"),
      WrongNumbers(
        elements: activated(Array(net.indices)), words: "\(name) with all of its numbers taken for one layer"),
    ]
  }

  /// The numbers with their rows in another order, or their columns, where that gives what was given.
  fileprivate var otherOrders: [WrongNumbers] {
    let truth = asRows
    let rows = (0..<truth.rows).map { row in (0..<truth.columns).map { row * truth.columns + $0 } }
    let columns = (0..<truth.columns).map { column in (0..<truth.rows).map { $0 * truth.columns + column } }
    let (row, column): (Text, Text) = isOfBatch ? ("samples", "units") : ("rows", "columns")
    let layer = quantity.layer
    let layers = isOfBatch ? (nil, layer) : (Optional(layer), quantity.kind.isOfSample ? nil : layer - 1)
    return [(rows, row, layers.0), (columns, column, layers.1)].compactMap { lines, name, layer in
      guard let order = order(of: lines) else { return nil }
      var elements = truth.elements
      for (line, from) in order.enumerated() {
        for (place, source) in zip(lines[line], lines[from]) { elements[place] = truth.elements[source] }
      }
      let list = order.map { "\($0 + 1)" }.joined(separator: ", ")
      let count = (1...lines.count).reduce(1) { min($0 * $1, 1_000_000) }
      return WrongNumbers(
        elements: elements, words: "\(quantity.name) with its \(name) in the order \(list)", count: count,
        measured: layer.map { .order(order, ofLayer: $0) })
    }
  }

  /// The most rows that are put in order.
  private static let mostOrdered = 256

  /// Which line of the right numbers each line of what was given is; nil where they are no such lines, or as they should be.
  private func order(of lines: [[Int]]) -> [Int]? {
    guard lines.count > 1, lines.count <= ForeignNumbers.mostOrdered else { return nil }
    var free = Array(lines.indices)
    var order: [Int] = []
    for line in lines.indices {
      let place = free.firstIndex { from in
        zip(lines[line], lines[from]).allSatisfy { agrees(at: $0, with: truth.elements[$1]) }
      }
      guard let place else { return nil }
      order.append(free.remove(at: place))
    }
    return order == Array(lines.indices) ? nil : order
  }
}
