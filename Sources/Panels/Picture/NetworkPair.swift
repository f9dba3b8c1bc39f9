import Engine
import Notation

/// Two neighbouring layers of the picture, and what goes on between them at the step on show.
struct NetworkPair {
  /// In which way the numbers go along the edges.
  enum Flow { case none, forward, backward, update }

  let scene: Scene
  let from: NetworkGeometry.Column
  let to: NetworkGeometry.Column
  let flow: Flow
  /// The weights and biases of the layer after.
  let weights: ComputedValue
  let biases: ComputedValue
  private let deltas: ComputedValue
  /// What another formula than its own adds up to the chosen unit's ∂L/∂a, a product for each unit of the layer after; nil
  /// where the formula is its own, empty where the other one has no such products.
  private let otherProducts: [Double]?

  init(_ scene: Scene, from: NetworkGeometry.Column, to: NetworkGeometry.Column) {
    (self.scene, self.from, self.to) = (scene, from, to)
    flow = NetworkPair.flow(scene.state, layer: to.layer)
    weights = ComputedValue(scene.state, Quantity(.w, to.layer))
    biases = ComputedValue(scene.state, Quantity(.b, to.layer))
    deltas = ComputedValue(scene.state, Quantity(.delta, to.layer))
    otherProducts = NetworkPair.otherProducts(scene, from: from, to: to, flow)
  }

  private static func flow(_ state: State, layer: Int) -> Flow {
    switch state.phase {
    case .forward where state.layer == layer: .forward
    // δ of a layer comes back through the weights of the one behind it.
    case .backward where state.layer == layer - 1: .backward
    case .update where state.layer == layer: .update
    default: .none
    }
  }

  /// The layer after.
  var layer: Int { to.layer }
  /// The cells between the boxes.
  var columns: Range<Int> { (from.right)..<max(to.left - (to.strip > 0 ? to.strip + 1 : 0), from.right) }
  /// How many edges there are in all.
  var count: Int { from.units * to.units }

  /// The unit of the layer after whose incoming edges are chosen.
  var chosenTo: Int? {
    guard let selection = scene.view.selection, flow != .backward,
      selection.pictureLayer(in: scene.state.experiment.network) == to.layer
    else { return nil }
    return selection.row
  }

  /// The unit of the layer before whose outgoing edges are chosen, while its δ is formed of those after it.
  var chosenFrom: Int? {
    guard let selection = scene.view.selection, flow == .backward,
      selection.pictureLayer(in: scene.state.experiment.network) == from.layer
    else { return nil }
    return selection.row
  }

  /// Whether an edge belongs to the chosen unit.
  func isChosen(unit: Int, source: Int) -> Bool { chosenTo == unit || chosenFrom == source }

  /// What an edge stands for: its weight, or where δ comes back along it the product δ·w, as the formula at work has it.
  func value(unit: Int, source: Int) -> Double? {
    guard let weight = weights[unit, source] else { return nil }
    guard chosenFrom == source, let delta = deltas[unit] else { return weight }
    guard let otherProducts else { return delta * weight }
    return otherProducts.indices.contains(unit) ? otherProducts[unit] : .nan
  }

  /// The products of a formula that stands in the place of the right one for ∂L/∂a.
  private static func otherProducts(
    _ scene: Scene, from: NetworkGeometry.Column, to: NetworkGeometry.Column, _ flow: Flow
  ) -> [Double]? {
    let quantity = Quantity(.da, from.layer)
    guard flow == .backward, scene.state.experiment.network.alteration(of: quantity) != nil,
      let selection = scene.view.selection,
      selection.pictureLayer(in: scene.state.experiment.network) == from.layer
    else { return nil }
    guard let derivation = try? Derivation(of: Element(quantity, row: selection.row), in: scene.state),
      // Only what is a sum over the units behind and nothing else has a product for each edge.
      derivation.lines.last?.label.hasPrefix("Σ") == true,
      derivation.factors.count(where: { $0.quantity == Quantity(.delta, to.layer) }) == to.units
    else { return [] }
    let terms = derivation.lines.dropLast()
    guard terms.count == to.units, terms.allSatisfy({ $0.kind == .term }) else { return [] }
    return terms.compactMap(\.value)
  }

  /// What stands behind the name of what the chosen unit's edges show, where that is of another formula than its own.
  var markOfMistake: String { otherProducts == nil ? "" : "!" }

  /// Whether an edge has no number, since the formula at work has no product for it.
  func isLeftOut(source: Int) -> Bool { chosenFrom == source && otherProducts?.isEmpty == true }

  /// The largest size of what edges of the chosen unit's kind stand for.
  var largest: Double { chosenFrom == nil ? weights.largest : deltas.largest * weights.largest }

  /// What stands beside an edge: its number, which is marked where it is not that of the right formula. Where that has none
  /// only the mark is left.
  func label(_ value: Double, isChosen: Bool, isShort: Bool = false) -> String {
    guard isChosen, let otherProducts, flow == .backward else { return NetworkPair.label(value, isShort: isShort) }
    return otherProducts.isEmpty ? "!" : NetworkPair.label(value, isShort: isShort) + "!"
  }

  /// A number beside an edge, as short as it can be.
  static func label(_ value: Double, isShort: Bool = false) -> String {
    String(fitted(value, width: (value < 0 ? 6 : 5) - (isShort ? 1 : 0), digits: 3).drop { $0 == " " })
  }

  /// The cell of an edge's weight.
  func cell(unit: Int, source: Int) -> Selection { Selection(Quantity(.w, layer), row: unit, column: source) }

  /// How a number of an edge is written.
  func style(_ value: Double, isChosen: Bool, _ cell: Selection) -> Style {
    if scene.view.selection == cell { return Style(.selected) }
    guard isChosen else { return Style(.muted) }
    let style = Style(Role.signed(value, largest: largest), .bold)
    return flow == .update ? style.with(.underline) : style
  }
}

extension NetworkPair {
  /// The row of the bias that a unit has: layers may share one.
  func biasRow(of unit: Int) -> Int {
    scene.state.experiment.network.layers[layer - 1].bias == .shared ? 0 : unit
  }
}
