/// What a side of an equation on a page says, before anybody knows what its letters stand for.
struct TeXNode: Equatable {
  /// What it is.
  let kind: Kind
  /// Its characters on the page.
  let range: Range<Int>

  /// The kinds of node.
  indirect enum Kind: Equatable {
    case number(String)
    case symbol(TeXSymbol)
    case binary(BinaryOperator, TeXNode, TeXNode)
    case negative(TeXNode)
    /// Factors side by side: products, or what a function is applied to.
    case juxtaposed([TeXNode])
    /// `(a, b)`; round are ( and ) alone, not [ and \{.
    case bracketed([TeXNode], isRound: Bool)
    case norm(TeXNode)
    case transposed(TeXNode)
    /// `w^{\langle 3 \rangle}`, a weight behind so many updates, or `w^{\text{old}}`, what it was before the update: nil.
    case version(TeXNode, Int?)
    /// `(W a)_k`
    case element(TeXNode, [TeXIndex])
    case fold(Fold, [TeXRange], TeXNode)
    /// `\log u`, `\operatorname{softmax}(u)`; how far it reaches is only clear where it is in brackets, or one letter.
    case function(String, [TeXNode])
    case derivative(of: TeXNode, by: TeXNode)
    /// `\nabla_a L`
    case gradient(of: TeXNode, by: TeXNode)
    /// `\begin{cases} … \end{cases}`; a condition of nil holds otherwise.
    case cases([TeXCase])
  }
}

/// A row of `cases`.
struct TeXCase: Equatable {
  let value: TeXNode
  let condition: TeXCondition?
}

/// `i \ne k`, `z > 0`: what has to hold.
struct TeXCondition: Equatable {
  let left: TeXNode
  let sign: BinaryOperator
  let right: TeXNode
}

/// An index: a letter or a number.
struct TeXIndex: Equatable {
  let text: String
  let range: Range<Int>

  /// Whether it is a letter.
  var isLetter: Bool { text.first?.isLetter == true }
}

/// What an index of a sum runs over: `i=1` to `N`, or `i \ne k`.
struct TeXRange: Equatable {
  let index: TeXIndex
  /// Where it begins and ends; nil where only the index stands there.
  var bounds: TeXBounds?
  /// The index that it is kept from, or held below.
  var condition: TeXCondition?
}

/// The limits of a sum.
struct TeXBounds: Equatable {
  let first: Int
  /// A number, or what stands for one: `N`.
  let last: String
  let range: Range<Int>
}

/// A letter with all that is written onto it.
struct TeXSymbol: Hashable {
  /// The letter, or the word: `z`, `net`, `delta`, `hat y`.
  var head: String
  /// `f'`
  var primes = 0
  /// `w_{kj}`
  var indices: [String] = []
  /// A lower word that is no index: the `CE` of `L_{CE}`.
  var label = ""
  /// `a^{(2)}`, `a^{l+1}`
  var layer: TeXLayer?

  /// The letter as it is written, without indices: `L_CE`, `a^{(2)}`.
  var written: String {
    head + (label.isEmpty ? "" : "_" + label) + (layer.map { "^" + $0.written } ?? "")
      + String(repeating: "'", count: primes)
  }

  /// The letter with its indices behind it, as `let` may name it: `w_kj`.
  var indexed: String { head + (indices.isEmpty ? "" : "_" + indices.joined()) }
}

/// The layer that stands above a letter.
enum TeXLayer: Hashable {
  /// `(2)`
  case number(Int)
  /// `l + 1`
  case running(Int)
  /// `L - 1`
  case last(Int)

  /// Which layer it is, where the running one is given.
  func value(running: Int?, of count: Int) -> Int? {
    switch self {
    case .number(let number): number
    case .running(let offset): running.map { $0 + offset }
    case .last(let offset): count + offset
    }
  }

  var written: String {
    func text(_ letter: String, _ offset: Int) -> String {
      offset == 0 ? letter : letter + (offset > 0 ? "+" : "-") + String(offset.magnitude)
    }
    switch self {
    case .number(let number): return "(\(number))"
    case .running(let offset): return text("l", offset)
    case .last(let offset): return text("L", offset)
    }
  }
}

extension TeXNode {
  /// The nodes right under it.
  var children: [TeXNode] {
    switch kind {
    case .number, .symbol: []
    case .binary(_, let left, let right): [left, right]
    case .negative(let inner), .norm(let inner), .transposed(let inner), .version(let inner, _), .element(let inner, _):
      [inner]
    case .juxtaposed(let nodes), .bracketed(let nodes, _), .function(_, let nodes): nodes
    case .fold(_, _, let body): [body]
    case .derivative(let body, let quantity), .gradient(let body, let quantity): [body, quantity]
    case .cases(let rows): rows.flatMap { [$0.value] + ($0.condition.map { [$0.left, $0.right] } ?? []) }
    }
  }

  /// It and all nodes under it.
  var all: [TeXNode] { [self] + children.flatMap(\.all) }

  /// The letter that it is, where it is no more than that.
  var symbol: TeXSymbol? { if case .symbol(let symbol) = kind { symbol } else { nil } }
}
