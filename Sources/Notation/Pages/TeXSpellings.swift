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
    "label", "tag", "tag*", "vspace", "phantom", "hphantom", "vphantom", "color", "stackrel", "overset",
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
}
