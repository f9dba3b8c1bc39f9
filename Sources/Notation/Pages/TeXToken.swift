/// A piece of LaTeX's mathematics.
struct TeXToken: Equatable {
  /// What it is.
  let kind: Kind
  /// Its characters on the page.
  let range: Range<Int>

  /// The kinds of piece.
  enum Kind: Equatable {
    /// `z`, or a letter under a hat or in another alphabet: `hat y`.
    case letter(String)
    /// `12`, `0.5`
    case number(String)
    /// `\frac`, by its name: `frac`.
    case command(String)
    /// `\text{net}`, `\operatorname{softmax}`: letters that are one word, or some words of prose.
    case word(String)
    /// `+`, `(`, `|` …
    case sign(Character)
    /// `=`, `\ne`, `\leftarrow` …
    case relation(TeXRelation)
    case open, close, below, above, prime
    /// What stands in the braces that open before this is only coloured.
    case coloured
    /// `&`
    case cell
    /// `\\`
    case row
    /// `\quad`: what parts two equations.
    case gap
    /// `\begin{cases}`
    case begin(String)
    /// `\end{cases}`
    case end(String)
  }
}

/// What stands between two sides.
enum TeXRelation: Equatable {
  case equal, unequal, update, approximate, implies
  /// `\to`, which some write for an update.
  case becomes
  case less, atMost, greater, atLeast
  /// `\in`
  case member

  /// The relations by their names in LaTeX.
  static let commands: [String: TeXRelation] = [
    "equiv": .equal, "coloneqq": .update, "triangleq": .equal, "doteq": .equal, "ne": .unequal, "neq": .unequal,
    "leftarrow": .update, "gets": .update, "longleftarrow": .update, "Leftarrow": .update, "approx": .approximate,
    "simeq": .approximate, "propto": .approximate, "sim": .approximate, "Rightarrow": .implies, "implies": .implies,
    "Longrightarrow": .implies, "iff": .implies, "Leftrightarrow": .implies, "rightarrow": .becomes, "to": .becomes,
    "therefore": .implies, "lt": .less, "gt": .greater, "le": .atMost, "leq": .atMost, "leqslant": .atMost,
    "ge": .atLeast, "geq": .atLeast, "geqslant": .atLeast, "in": .member,
  ]
}
