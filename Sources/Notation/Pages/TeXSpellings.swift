// Commands of LaTeX that say how something is set, and no more.
extension TeXLexer {
  /// Commands that mean nothing for what is said.
  static let idle: Set = [
    "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag", "left", "right", "big",
    "Big",
    "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "bigm", "Bigm", "middle",
    "mathstrut", "hfill", "allowbreak", "noindent", "relax", "thinspace", "medspace", "negthinspace", "bf", "rm", "it",
    "boldmath", "centering", "small", "hline", "medskip", "smallskip", "bigskip", "strut", "scriptscriptstyle",
  ]
  /// Commands whose argument means nothing either.
  static let idleWithArgument: Set = [
    "label", "tag", "tag*", "vspace", "phantom", "hphantom", "vphantom", "stackrel", "overset",
    "intertext", "shortintertext", "footnote", "cite", "eqref", "ref", "underset",
  ]
  /// Commands that set what is in them in another way.
  static let transparent: Set = [
    "boxed", "mathop", "mathrel", "mathbin", "mathord", "smash", "ensuremath",
  ]
  /// Alphabets: a letter in one is the letter, more of them are a word.
  static let alphabets: Set = [
    "mathrm", "mathbf", "mathit", "mathsf", "mathcal", "mathscr", "mathfrak", "boldsymbol", "bm", "vec", "pmb",
    "mathbb",
    "text", "textrm", "textbf", "textit", "textsf", "textnormal", "mbox", "hbox", "operatorname", "operatorname*",
    "symbf",
    "mathtt", "texttt", "underline", "bold",
  ]
  /// What stands over a letter and makes it another one.
  static let accents: Set = ["hat", "widehat", "bar", "overline", "tilde", "widetilde", "dot"]
  static let spaces: Set<Character> = [",", ";", ":", "!", " ", "\n", ">", "/"]
  /// Commands that colour what stands in the braces behind them, or the rest of the braces that they stand in.
  static let colours: Set = ["color", "textcolor"]
  /// Words that are written without a backslash, too.
  static let words = [
    "log", "exp", "tanh", "softmax", "sigmoid", "relu", "ReLU", "net", "max", "min", "out", "target",
  ]
  /// The letters of `\mathbb`, which mean something else than the plain ones.
  static let doubled = Dictionary(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ").map { (String($0), String($1)) },
    uniquingKeysWith: { first, _ in first })
  /// Letters that have a command of their own.
  static let greek: [Character: String] = [
    "δ": "delta", "σ": "sigma", "η": "eta", "α": "alpha", "β": "beta", "φ": "phi", "λ": "lambda", "θ": "theta",
    "ℓ": "l",
    "∇": "nabla", "Δ": "Delta", "ϕ": "phi",
  ]

  /// Letters only, or one command that is a letter; nil of anything else.
  static func plain(_ text: String) -> String? {
    let text = text.hasPrefix("{") && text.hasSuffix("}") ? String(text.dropFirst().dropLast()) : text
    if !text.isEmpty, text.allSatisfy({ $0.isLetter || $0 == " " || $0 == "-" }) {
      return text.count == 1 ? greek[Character(text)] ?? text : text
    }
    guard text.hasPrefix("\\"), text.dropFirst().allSatisfy({ $0.isASCII && $0.isLetter }), text.count > 1 else {
      return nil
    }
    let name = String(text.dropFirst())
    return name == "ell" ? "l" : TeXRelation.commands[name] == nil && name != "top" ? name : nil
  }
}
