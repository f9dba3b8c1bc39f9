import Engine
import Formats
import Notation

/// The weights and biases of a whole network as a file has them, each matched to a parameter by its name and its shape.
struct LoadedWeights {
  /// A parameter's new value, and the array that it came from.
  struct Item {
    let quantity: Quantity
    let value: Matrix
    let name: String
  }

  let items: [Item]
  /// The arrays that are none of them.
  private let unused: [String]

  /// What was set from what, a line for each layer.
  var words: [Text] {
    var lines: [Text] = []
    for layer in Set(items.map(\.quantity.layer)).sorted() {
      let parts = items.filter { $0.quantity.layer == layer }.map { item -> String in
        "\(item.quantity.name) (\(item.value.shape)) from \(item.name)"
      }
      lines.append("\(parts.joined(separator: ", "))")
    }
    if !unused.isEmpty {
      let list = unused.prefix(8).joined(separator: ", ") + (unused.count > 8 ? ", …" : "")
      lines.append("not used: \(list)")
    }
    return lines
  }

  /// What an array is by the end of its name.
  private struct Ending {
    let word: String
    let isWeights: Bool
    /// The layout that the program of that word keeps its matrices in; nil for the one that was said.
    let layout: WeightLayout?
  }

  private static let endings = ForeignName.parameterNames.map { name in
    Ending(
      word: name.word, isWeights: name.kind == .w, layout: name.hasRowsOfInputs.map { $0 ? .inOut : .outIn })
  }

  /// An array by its name: of a layer, as its weights or its biases.
  private struct Named {
    let layer: Int
    let isWeights: Bool
    let layout: WeightLayout?
    let name: String
  }

  /// Reads what the network takes; throws where something is missing, too much or of another shape.
  init(of file: ArrayFile, prefix: String, for network: Network, layout: WeightLayout) throws(FormatError) {
    let names = file.names.filter { $0.hasPrefix(prefix) }
    func failure(_ message: Text) -> FormatError {
      FormatError(subject: .file, line: 1, column: 1, excerpt: "", message: message)
    }
    guard !names.isEmpty else {
      let all = file.names.prefix(8).joined(separator: ", ")
      throw failure("there is no array whose name begins with \(prefix); there are \(all)")
    }
    var named = LoadedWeights.ours(names, behind: prefix) ?? LoadedWeights.byEndings(names) ?? []
    if named.isEmpty { named = try LoadedWeights.numbered(names, in: file) }
    guard !named.isEmpty else {
      throw failure(
        "none of its names is known: w1, b1; 0.weight, 0.bias; dense/kernel, dense/bias; or arr_0 were expected, there are \(names.prefix(8).joined(separator: ", "))"
      )
    }
    let count = named.map(\.layer).max() ?? 0
    guard count <= network.layers.count else {
      throw failure(
        "it holds the weights of \(counted(count, "layer")), the network has \(network.layers.count): \(named.filter(\.isWeights).map(\.name).joined(separator: ", "))"
      )
    }
    var items: [Item] = []
    for (index, layer) in network.layers.enumerated() {
      for isWeights in [true, false] where isWeights || layer.bias != .none {
        guard let kind = Quantity.named("\(isWeights ? "w" : "b")\(index + 1)") else { continue }
        guard let found = named.first(where: { $0.layer == index + 1 && $0.isWeights == isWeights }) else {
          throw failure("it has nothing for \(kind.name); \(named.map(\.name).joined(separator: ", ")) are there")
        }
        let shape =
          isWeights
          ? (layer.units, index == 0 ? network.inputs : network.layers[index - 1].units) : (layer.biasCount, 1)
        let value = try LoadedWeights.value(of: found, in: file, as: kind.name, shape, layout: found.layout ?? layout)
        items.append(Item(quantity: kind, value: value, name: found.name))
      }
      if layer.bias == .none, let extra = named.first(where: { $0.layer == index + 1 && !$0.isWeights }) {
        throw failure("it has \(extra.name), and layer \(index + 1) has no biases")
      }
    }
    self.items = items
    let used = Set(items.map(\.name))
    unused = file.names.filter { !used.contains($0) }
  }

  /// An array in the shape of a parameter.
  private static func value(
    of named: Named, in file: ArrayFile, as parameter: String, _ shape: (rows: Int, columns: Int), layout: WeightLayout
  ) throws(FormatError) -> Matrix {
    let given = try file.array(named: named.name)
    let array = try given.matrix
    let isTurned = named.isWeights && layout == .inOut && !given.isLine
    var matrix = isTurned ? array.transposed : array
    if given.isLine || !named.isWeights, matrix.count == shape.rows * shape.columns,
      min(matrix.rows, matrix.columns) == 1
    {
      matrix = Matrix(rows: shape.rows, columns: shape.columns, elements: matrix.elements)
    }
    guard matrix.rows == shape.rows, matrix.columns == shape.columns else {
      let wanted = isTurned ? "\(shape.columns)×\(shape.rows)" : "\(shape.rows)×\(shape.columns)"
      let fitsTurned = matrix.rows == shape.columns && matrix.columns == shape.rows
      let other = layout.other.rawValue
      let hint: Text =
        !fitsTurned
        ? ""
        : named.layout == nil
          ? "; it fits transposed: say layout \(other)"
          : "; it fits transposed: set \(parameter) = from FILE \"\(named.name)\"'"
      throw FormatError(
        subject: .file, line: 1, column: 1, excerpt: "",
        message:
          "\(parameter) is \(wanted)\(isTurned ? " as inputs × units" : ""), \(named.name) is \(array.shape)\(hint)")
    }
    guard matrix.elements.allSatisfy(\.isFinite) else {
      throw FormatError(
        subject: .file, line: 1, column: 1, excerpt: "",
        message: "\(named.name) holds numbers that are not finite; \(parameter) takes finite ones")
    }
    return matrix
  }

  /// Names like `w1` and `b1`; nil where there is none.
  private static func ours(_ names: [String], behind prefix: String) -> [Named]? {
    let found = names.compactMap { name -> Named? in
      let bare = name.dropFirst(prefix.count).drop { "._/:".contains($0) }
      guard let first = bare.first, "wWbB".contains(first), let layer = Int(bare.dropFirst()), layer > 0 else {
        return nil
      }
      return Named(layer: layer, isWeights: "wW".contains(first), layout: nil, name: name)
    }
    return found.isEmpty ? nil : found
  }

  /// Names like `0.weight` and `dense/kernel:0`: what stands before the last word names a layer, and those go by their
  /// numbers, or else stand as in the file. Nil where there is none.
  private static func byEndings(_ names: [String]) -> [Named]? {
    var parted: [(stem: String, ending: Ending, name: String)] = []
    for name in names {
      let bare = name.hasSuffix(":0") ? String(name.dropLast(2)) : name
      guard let ending = endings.first(where: { bare.hasSuffix($0.word) }) else { continue }
      let stem = bare.dropLast(ending.word.count)
      guard stem.isEmpty || "._/:".contains(stem.last ?? " ") else { continue }
      parted.append((String(stem.dropLast()), ending, name))
    }
    guard parted.contains(where: \.ending.isWeights) else { return nil }
    var stems: [String] = []
    for part in parted where !stems.contains(part.stem) { stems.append(part.stem) }
    let letters = Set(
      stems.map { stem in String(stem.filter { !$0.isNumber }.reversed().drop { "_.".contains($0) }.reversed()) })
    if letters.count == 1 { stems.sort { NumberedName($0) < NumberedName($1) } }
    return parted.map { part in
      Named(
        layer: (stems.firstIndex(of: part.stem) ?? 0) + 1, isWeights: part.ending.isWeights, layout: part.ending.layout,
        name: part.name)
    }
  }

  /// Names like `arr_0`: a matrix is the weights of the next layer, an array of one dimension its biases.
  private static func numbered(_ names: [String], in file: ArrayFile) throws(FormatError) -> [Named] {
    let numbered = names.filter { $0.hasPrefix("arr_") && Int($0.dropFirst(4)) != nil }.sorted {
      NumberedName($0) < NumberedName($1)
    }
    var layer = 0
    var named: [Named] = []
    for name in numbered {
      let isWeights = try file.array(named: name).shape.count == 2
      if isWeights { layer += 1 }
      named.append(Named(layer: max(layer, 1), isWeights: isWeights, layout: nil, name: name))
    }
    return named
  }
}

/// A name in the order of the numbers in it: `layer2` before `layer10`.
private struct NumberedName: Comparable {
  private let numbers: [Int]
  private let text: String

  init(_ text: String) {
    self.text = text
    numbers = text.split { !$0.isASCII || !$0.isNumber }.map { Int($0) ?? .max }
  }

  static func < (a: NumberedName, b: NumberedName) -> Bool {
    a.numbers == b.numbers ? a.text < b.text : a.numbers.lexicographicallyPrecedes(b.numbers)
  }
}
