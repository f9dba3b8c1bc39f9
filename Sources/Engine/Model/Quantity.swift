/// A named value at a place in time: what panels, expressions, breakpoints and exports read.
package struct Quantity: Hashable, Sendable {
  /// What kind of value it is.
  package let kind: Kind
  /// The layer, counted from 1, or 0 where the kind has none.
  package let layer: Int

  /// A quantity of a layer, or one that has none.
  package init(_ kind: Kind, _ layer: Int = 0) {
    self.kind = kind
    self.layer = layer
  }

  /// A kind of quantity: the place of its row in the table, so that comparing two costs nothing.
  package struct Kind: Hashable, Sendable {
    let id: Int

    init(id: Int) { self.id = id }

    /// The kind of that name; of a name that the table does not have, one that no network has.
    init(_ name: String) { id = Quantity.ids[name] ?? -1 }
  }

  /// The name as it is typed: `w2`, `loss`.
  package var name: String { kind.isOfLayer ? kind.name + String(layer) : kind.name }

  /// The name as the screen writes it: `δ2`, `∂w1`.
  package var shownName: String { kind.isOfLayer ? kind.row.shown + String(layer) : kind.row.shown }

  /// The quantity that a name stands for: `dnet2` is `delta2`, and `a0` is `x`. Whether the network has that layer is
  /// not asked here.
  package static func named(_ name: String) -> Quantity? {
    // A name that ends in a digit is nearly always a layer's.
    guard let last = name.utf8.last, last >= 48, last <= 57 else { return withoutLayer(name) }
    return ofLayer(name) ?? withoutLayer(name)
  }

  private static func withoutLayer(_ name: String) -> Quantity? {
    Kind.named(name).flatMap { $0.isOfLayer ? nil : Quantity($0) }
  }

  private static func ofLayer(_ name: String) -> Quantity? {
    // Read as bytes: every formula that is looked at comes through here for each name.
    var (layer, power, digits) = (0, 1, 0)
    for byte in name.utf8.reversed() {
      guard byte >= 48, byte <= 57 else { break }
      (digits, layer, power) = (digits + 1, layer + Int(byte - 48) * power, power * 10)
      guard digits <= 4 else { return nil }
    }
    let hasLeadingZero = digits > 1 && layer < power / 10
    guard digits > 0, !hasLeadingZero else { return nil }
    let prefix = String(name.utf8.dropLast(digits)) ?? ""
    guard let kind = Kind.named(prefix) ?? otherNames[prefix], kind.isOfLayer else { return nil }
    if layer == 0 { return kind.row.atInput.flatMap(Kind.named).map { Quantity($0) } }
    return Quantity(kind, layer)
  }

  /// The name here of what other programs and pages call `name`: `net2` for `z2`; of a layer's without its number, the name
  /// before it. Nil where nothing is called so.
  package static func known(elsewhereAs name: String) -> (kind: Kind, name: String)? {
    let stem = name.last?.isNumber == true ? String(name.prefix { !$0.isNumber }) : name
    let number = name.dropFirst(stem.count)
    let plain = String(stem.lowercased().filter { $0 != "_" && $0 != "-" })
    guard number.allSatisfy(\.isNumber), !plain.isEmpty,
      let kind = Kind.all.first(where: { $0.row.elsewhere.contains { $0.lowercased().filter { $0 != "-" } == plain } }),
      kind.isOfLayer || number.isEmpty
    else { return nil }
    return (kind, kind.name + number)
  }

  /// The kind that a letter on a page stands for by what everybody calls so: `z` of `net`, `W` of `w`, `E` of the loss; a
  /// layer's letter may be large. Nil of what has no such meaning.
  package static func onPages(_ letter: String, ofLayer isOfLayer: Bool) -> Kind? {
    // What an optimizer remembers has no letter that everybody knows: it goes by its own name alone.
    if let memory = Kind.named(letter), memory.memory != nil, memory.isOfLayer == isOfLayer { return memory }
    let kinds = Kind.all.filter { $0.isOfLayer == isOfLayer && $0.extent != .square && $0.memory == nil }
    for spelling in isOfLayer ? [letter, letter.lowercased()] : [letter] {
      let found =
        kinds.first { isOfLayer && $0.name == spelling }
        ?? kinds.first { kind in
          (kind.row.elsewhere + kind.row.inFiles + kind.row.onPages).contains {
            $0 == spelling || $0.filter { $0 != "-" } == spelling
          }
        }
      if let found { return found }
    }
    return nil
  }

  /// The places of the rows by name.
  fileprivate static let ids = Dictionary(
    rows.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })

  /// `dnet` for `delta`: gradients whose own name does not say by what.
  private static let otherNames = Dictionary(
    Kind.all.compactMap { kind in kind.gradientOf.map { ("d" + $0.name, kind) } },
    uniquingKeysWith: { first, _ in first }
  )
}

extension Quantity.Kind {
  /// Whether that is its name, without a layer.
  package func isCalled(_ name: String) -> Bool { row.name == name }

  private static let none = Quantity.Row("", "nothing", .scalar, .computed)

  /// Every kind, in the table's order.
  package static let all = Quantity.rows.indices.map { Self(id: $0) }

  /// The kind of that name, which for a layer's is the name before its number.
  package static func named(_ name: String) -> Self? { Quantity.ids[name].map { Self(id: $0) } }

  /// What the table knows of it.
  var row: Quantity.Row { Quantity.rows.indices.contains(id) ? Quantity.rows[id] : Self.none }

  /// The name, before the layer's number.
  package var name: String { row.name }
  /// What it is, in a few words.
  package var meaning: Text { row.meaning }
  /// What other programs and pages call it.
  package var elsewhere: [String] { row.elsewhere }
  /// Along which sizes of the network it extends.
  package var extent: Extent { row.extent }
  /// Whether its name ends in a layer's number.
  package var isOfLayer: Bool { row.isOfLayer }
  /// Whether it belongs to one sample of the batch.
  package var isOfSample: Bool { row.share == .sample }
  /// Whether it is what its equation says of each sample, added or averaged over the batch.
  package var isOverSamples: Bool { row.share == .samples }
  /// What it is on a page, before its index: `∂L/∂net`.
  package var page: String { row.page }
  /// The kind that the loss is differentiated by to get it: `w` of `dw`, `net` of `delta`.
  package var gradientOf: Quantity.Kind? { row.gradientOf.flatMap(Self.named) }
  /// The loss's derivative by it: `dw` of `w`.
  package var gradient: Quantity.Kind? { Self.all.first { $0.gradientOf == self } }
  /// What an update adds to it: `uw` of `w`; nil of what no update reaches.
  package var change: Quantity.Kind? {
    guard isParameter else { return nil }
    return Self.all.first { if case .change = $0.row.source { $0.parameter == self } else { false } }
  }
}
