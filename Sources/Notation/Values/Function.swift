import Engine

/// A function of the expressions: its help and its rule in one row.
package struct Function: Sendable {
  /// The name that is called.
  package let name: String
  /// How it is called: `sum(v)`.
  package let usage: String
  /// What it gives, in one sentence.
  package let meaning: Text
  /// What other languages call it: not understood, but answered with its name.
  package var elsewhere: [String] = []
  /// A call that has a value in a network of two layers after its backward pass.
  package var example: String = ""
  /// What it is called in NumPy and PyTorch, where that is not its own name, behind the module's.
  var inPython: (numpy: String?, torch: String?) = (nil, nil)
  /// Whether it is true or false in Python, and no number.
  var isTruth = false
  /// How many arguments it takes.
  let arguments: ClosedRange<Int>
  let rule: Rule

  enum Rule: Sendable {
    /// Each element by itself.
    case elementwise(Elementwise)
    /// Each pair of elements by itself.
    case pairwise(Pairwise)
    /// All elements, or all that an index runs through, folded from the first on.
    case fold(Fold)
    /// From whole values to one.
    case whole(any WholeFunction)
    /// What the evaluation itself has to see to.
    case form
  }

  /// A function of one number: its value, and its derivative as a formula over its argument `v` and its value `f`.
  struct Elementwise: Sendable {
    let name: String
    let value: @Sendable (Double) -> Double
    let derivativeFormula: String
    /// What a proof knows of it.
    let law: Law

    init(
      _ name: String, derivative: String, law: Law = .none, value: @escaping @Sendable (Double) -> Double
    ) {
      self.name = name
      self.value = value
      self.law = law
      derivativeFormula = derivative
    }

    /// What a proof knows of a function beside that equal arguments give equal values.
    enum Law: Sendable {
      /// Nothing.
      case none
      /// e^0 = 1, e^−u = 1/e^u, and log undoes it.
      case exponential
      /// log 1 = 0, log(1/v) = −log v, and exp undoes it.
      case logarithm
      /// Its square is its argument.
      case root
      /// Its argument times the argument's sign.
      case absolute
      /// −1, 0 or 1, as its argument compares with 0.
      case sign
      /// It is constant between its steps, which are at halves of whole numbers.
      case step
      /// The same whole number of every real one.
      case always(Int)
    }

    /// Parsed when it is asked for: the parser itself reads the table.
    var derivative: Expression { .formula(derivativeFormula) }
  }

  /// A function of two numbers: its value, and its derivatives by either as formulas over them, `u` and `v`.
  struct Pairwise: Sendable {
    let name: String
    let value: @Sendable (Double, Double) -> Double
    let derivativeFormulas: (first: String, second: String)

    init(
      _ name: String, derivatives: (String, String), value: @escaping @Sendable (_ u: Double, _ v: Double) -> Double
    ) {
      (self.name, self.value, derivativeFormulas) = (name, value, derivatives)
    }

    /// Parsed when they are asked for: the parser itself reads the table.
    var derivatives: [Expression] { [.formula(derivativeFormulas.first), .formula(derivativeFormulas.second)] }
  }

  /// Functions by name.
  static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// What can be called, the activations included.
  package static let names: [String] = all.map(\.name) + activationNames

  /// Whether a function says yes or no of each number by itself.
  package static func tellsTruth(_ name: String) -> Bool { named[name]?.isTruth == true }

  /// Whether a function is one of the tables'.
  static func isKnown(_ name: String) -> Bool { named[name] != nil || isActivation(name) }

  /// What to say about a function of other languages; nil where none is known by that name.
  static func complaint(aboutForeign name: String) -> Text? {
    if let own = Token.foreign.first(where: { $0.spelling == name })?.own {
      return "\(name)(…) is written \(own) here"
    }
    if let function = known(elsewhereAs: name, among: all, \.elsewhere) {
      return "\(name) is not a function; here it is called \(function.name): \(function.usage)"
    }
    if let row = known(elsewhereAs: name, among: Activation.all, { $0.elsewhere + [$0.name] + $0.aliases }) {
      return "\(name) is not a function; here it is called \(row.name): \(row.name)(v)"
    }
    if tellsShape.contains(name) { return "\(name)(…) is not needed here: help w1 says what shape w1 has" }
    return nil
  }

  /// What other languages ask for the size of something by.
  static let tellsShape: Set = ["shape", "size", "len", "length", "ndim", "numel", "rows", "cols"]

  /// Why a call with so many arguments is none, or nil where it is one.
  static func complaint(_ name: String, _ count: Int) -> Text? {
    let wanted = named[name]?.arguments ?? 1...1
    if wanted.contains(count) { return nil }
    let numbers: Text = wanted.count == 1 ? "\(wanted.lowerBound)" : "\(wanted.lowerBound) or \(wanted.upperBound)"
    let usage = named[name]?.usage ?? "\(name)(v)"
    if let row = Activation.named(name), !row.settings.isEmpty {
      let settings = row.settings.map { "\($0.name)=\(shortest($0.initial))" }.joined(separator: " ")
      return
        "\(usage) takes 1 argument and has \(settings); a layer's own, such as f1(v), has what its dense line gives it"
    }
    return wanted.upperBound == 1
      ? "\(usage) takes 1 argument, not \(count)" : "\(usage) takes \(numbers) arguments, not \(count)"
  }
}

/// What a function of whole values makes of them, whatever numbers they are made of.
protocol WholeFunction: Sendable {
  /// The shape of the result, as far as that is known from those of the arguments and from the whole numbers that are
  /// typed for them.
  func shape(_ arguments: [(shape: Shape, whole: Int?)]) -> Shape?
  /// The result.
  func value<N: Number>(_ arguments: [Value<N>]) throws(EvaluationError) -> Value<N>
}
