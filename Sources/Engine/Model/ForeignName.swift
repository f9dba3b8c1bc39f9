/// What an array in somebody else's file is by its name: `dW1`, `grad_W_1`, `fc1.weight.grad`, `W1_new`. The quantities are
/// known by the names of their rows, whatever the case and the signs between; here are the words that go around them.
package struct ForeignName: Equatable, Sendable {
  /// The quantity; of a gradient that of the gradient.
  package let kind: Quantity.Kind
  /// Which layer it belongs to, as the name says it; of what belongs to none, or does not say it, empty.
  package let layer: Layer
  /// Whether it is what an update has made of a parameter.
  package let isAfterUpdate: Bool
  /// Whether its name says that a matrix of weights has a row for each input, or for each unit; nil where it says neither.
  package let hasRowsOfInputs: Bool?

  /// A layer as a name has it: the numbers in it, and the words.
  package struct Layer: Hashable, Sendable {
    /// The numbers from left to right.
    package var numbers: [Int]
    /// The words, in lower case and without anything between them.
    package var words: String
  }

  /// The layer by its number, counted from 1, where the name is no module's, whose numbers count other things too; nil where
  /// it does not say one.
  package var numberedLayer: Int? { isOfModule ? nil : layer.numbers.last }
  /// Whether it is named as the parameter of a program's module is: `2.weight`.
  private let isOfModule: Bool

  /// Words that make a gradient of what stands beside them.
  private static let gradientWords: Set<String> = [
    "grad", "grads", "gradient", "gradients", "d", "dl", "ld", "dj", "partial",
  ]
  /// Words that say that it is what an update has made.
  private static let newWords: Set<String> = ["new", "after", "updated", "next", "post"]
  /// Words that say that it is what there was before.
  private static let oldWords: Set<String> = ["old", "before", "initial", "init", "start"]
  /// Words of a layer that may stand beside a name as short as `w`.
  private static let layerWords: Set<String> = [
    "i", "in", "input", "h", "hid", "hidden", "o", "out", "output", "l", "layer", "fc", "linear", "dense", "first",
    "last", "final",
  ]
  /// Words before `weight` that make something else of it.
  private static let otherWords: Set<String> = ["sample", "class", "pos", "loss"]
  /// What programs call the parameters of a layer, behind what they call the layer: each says by itself what it is, and
  /// some in which layout.
  package static let parameterNames: [(word: String, kind: Quantity.Kind, hasRowsOfInputs: Bool?)] = [
    ("weight", .w, false), ("kernel", .w, true), ("bias", .b, nil), ("weights", .w, nil), ("biases", .b, nil),
    ("theta", .w, nil),
  ]

  /// Names that are a layer's of themselves, where they have no number.
  private static let impliedLayers = ["logits": "last", "logit": "last", "hidden": "hidden", "h": "hidden"]

  /// The quantities by every name that files have for them.
  private static let kinds: [String: Quantity.Kind] = {
    var found: [String: Quantity.Kind] = [:]
    for kind in Quantity.Kind.all where kind.isInCases {
      for name in [kind.row.name] + kind.row.elsewhere + kind.row.inFiles {
        let plain = name.lowercased().filter { $0 != "-" }
        if found[plain] == nil { found[plain] = kind }
      }
    }
    return found
  }()

  /// Reads a name; nil where it means no quantity that is known.
  package init?(_ name: String) {
    // Keras counts the variables of one name behind a colon.
    var (words, numbers) = ForeignName.parts(name.hasSuffix(":0") ? String(name.dropLast(2)) : name)
    let isNew = words.contains { ForeignName.newWords.contains($0) }
    if words.count > 1 {
      let bare = words.filter { !ForeignName.newWords.contains($0) && !ForeignName.oldWords.contains($0) }
      if !bare.isEmpty { words = bare }
    }
    guard let (found, ownStem) = ForeignName.kind(of: words) else { return nil }
    var stem = ownStem
    if numbers.isEmpty, stem.isEmpty, let word = words.last { stem = ForeignName.impliedLayers[word] ?? "" }
    // The outputs of a layer that has a number are its activations.
    let kind = found == .out && !numbers.isEmpty ? .a : found
    guard kind.isOfLayer || numbers.isEmpty && stem.isEmpty else { return nil }
    guard !isNew || kind.isParameter else { return nil }
    self.kind = kind
    layer = Layer(numbers: numbers, words: stem)
    isAfterUpdate = isNew
    isOfModule = words.contains { word in ForeignName.parameterNames.contains { $0.word == word } }
    hasRowsOfInputs =
      words.compactMap { word in
        ForeignName.parameterNames.first { $0.word == word }?.hasRowsOfInputs
      }.first
  }

  /// The words of a name in lower case, and its numbers: `fc1.weight`, `dW1`, `newW1`.
  private static func parts(_ name: String) -> (words: [String], numbers: [Int]) {
    var (words, numbers): ([String], [Int]) = ([], [])
    var (word, digits, wasLower) = ("", "", false)
    func end() {
      if !word.isEmpty { words.append(word.lowercased()) }
      if !digits.isEmpty { numbers.append(Int(digits) ?? .max) }
      (word, digits) = ("", "")
    }
    for character in name {
      let isDigit = character.isASCII && character.isNumber
      let isLetter = character.isLetter
      if isDigit ? digits.isEmpty : !isLetter || !digits.isEmpty || wasLower && character.isUppercase { end() }
      if isDigit { digits.append(character) } else if isLetter { word.append(character) }
      wasLower = isLetter && character.isLowercase
    }
    end()
    return (words, numbers)
  }

  /// The kind that words mean, and the words of a layer beside it.
  private static func kind(of words: [String]) -> (Quantity.Kind, stem: String)? {
    if let kind = kinds[words.joined()] { return (kind, "") }
    let rest = words.filter { !gradientWords.contains($0) }
    if rest.count < words.count, !rest.isEmpty, let (kind, stem) = kind(of: rest) {
      return kind.gradient.map { ($0, stem) }
    }
    for (name, others) in [(words.last, words.dropLast()), (words.first, words.dropFirst())] {
      guard let name, !others.isEmpty, let (kind, none) = kind(ofOne: name), none.isEmpty, kind.isOfLayer else {
        continue
      }
      let isOfModule =
        parameterNames.contains { $0.word == name } && name == words.last
        && !others.contains(where: otherWords.contains)
      if isOfModule || others.allSatisfy(layerWords.contains) { return (kind, others.joined()) }
    }
    return words.count == 1 ? kind(ofOne: words[0]) : nil
  }

  /// The same of one word, in which everything may stand together: `dnet`, `dldw`, `wout`, `dwh`.
  private static func kind(ofOne word: String) -> (Quantity.Kind, stem: String)? {
    if let kind = kinds[word] { return (kind, "") }
    for end in layerWords.sorted(by: { $0.count > $1.count }) where word.hasSuffix(end) && word.count > end.count {
      if let kind = kinds[String(word.dropLast(end.count))], kind.isOfLayer { return (kind, end) }
    }
    for sign in ["dld", "grad", "d"] where word.hasPrefix(sign) {
      if let (kind, stem) = kind(ofOne: String(word.dropFirst(sign.count))), let gradient = kind.gradient {
        return (gradient, stem)
      }
    }
    return nil
  }
}
