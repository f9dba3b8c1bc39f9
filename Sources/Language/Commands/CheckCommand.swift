import Diagnosis
import Engine
import Notation

extension Command {
  /// The command that holds gradients against differences.
  static let checking: [Command] = [
    Command(
      "check", elsewhere: ["gradcheck", "gradient-check", "numeric", "finite-differences"], .verify,
      "check [EXPR] [sweep] [eps=E] [tol=T]",
      """
      Compares each number of every dw and db, and of dx of the sample on show, with a central difference: \
      (L(v + h) - L(v - h)) / 2h. With EXPR, the derivatives d(EXPR)/d(w1), … of a cost of forward quantities, such as \
      loss + 0.01 * sum(w1 .* w1). The weights are those that this iteration's forward pass read, before its update. \
      Nothing is changed and no step taken; gradients that are still to come are computed beside.
      """,
      details: {
        [
          """
          h is eps * max(1, |v|) with eps = \(Writing(digits: 3).number(StepSize.usual.eps)), the cube root of the \
          distance from 1 to the next number, where rounding and the rule's own error meet (Numerical Recipes, 5.7). \
          eps=E takes h = E everywhere; sweep adds a table of eps from 0.1 to 1e-12.
          """,
          """
          It fails where |exact - numeric| is more than tol (\(shortest(GradientCheck.usualTolerance))) of the larger of \
          the two, unless the difference itself is no better: where it is off by no more than rounding makes of the cost, \
          or than differences at other steps are apart.
          """,
          """
          Where a unit is on one side of a kink at v - h and on the other at v + h (\(kinked.joined(separator: ", "))), \
          that is said, and held against a nearer difference where one crosses none.
          """,
          """
          Where all numbers would take more than \(shortest(Double(CheckPlan.mostWork))) multiplications, as many as \
          that allows are compared, spread evenly over each quantity; it is said how many.
          """,
        ]
      },
      example: small + "check\ncheck loss + 0.01 * sum(w1 .* w1)\ncheck sweep\ncheck eps=1e-4 tol=1e-5", effect: .looks,
      work: .ofParameters,
      isVerdict: true,
      complete: { session, _ in ["sweep", "eps=", "tol="] + session.names }
    ) { session, arguments throws(CommandError) in .answer(try session.check(&arguments)) }
  ]

  /// The rules that have kinks.
  private static var kinked: [String] {
    Activation.all.filter(\.hasKinks).map(\.name) + Loss.all.filter(\.hasKinks).map(\.name)
  }
}

extension Session {
  /// `check [EXPR] [sweep] [eps=E] [tol=T]`
  func check(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let column = arguments.isAtEnd ? arguments.lastColumn : arguments.column
    let asked = try CheckArguments(&arguments)
    if let obstacle = timeline.experiment.obstacle { throw CommandError(obstacle, at: column) }
    do throws(EvaluationError) {
      let gradient: Gradient
      if let cost = asked.cost, !cost.names(.loss) {
        gradient = try .of(cost, at: timeline.state, definitions: definitions, layout: content.layout)
      } else {
        gradient = .ofLoss(at: timeline.state)
      }
      guard
        var check = try GradientCheck(
          gradient, step: asked.step, tolerance: asked.tolerance ?? GradientCheck.usualTolerance)
      else {
        throw EvaluationError(
          """
          a difference of one number of each quantity takes more than \(shortest(Double(CheckPlan.mostWork))) \
          multiplications here; check with a smaller batch: batch 32
          """)
      }
      var sweep: [(step: StepSize, worst: CheckedNumber?)] = []
      for eps in asked.isSweep ? GradientCheck.sweep : [] {
        sweep.append((.fixed(eps), try check.worst(at: .fixed(eps))))
      }
      var answer = CheckWords(check, cost: asked.cost, in: self).answer(sweep)
      let byHand = timeline.state.injected.map(\.name).sorted()
      if !byHand.isEmpty {
        answer.lines.append(
          "\(byHand.joined(separator: ", ")) \(byHand.count == 1 ? "is" : "are" as Text) given by hand in this iteration: what follows from that is no derivative"
        )
      }
      if !check.holds, asked.cost.map({ $0.names(.loss) }) ?? true {
        answer.explainEach(of: Compared(ofMistakesOn: timeline), in: self)
      }
      if let cost = asked.cost { answer.warnings = cost.lints(in: scope).map(\.message) }
      return answer
    } catch {
      throw CommandError(error.message, at: error.range?.lowerBound ?? column)
    }
  }
}

/// What `check` is asked for.
private struct CheckArguments {
  /// The cost; nil is the loss, with the gradients of the backward pass.
  private(set) var cost: Expression?
  private(set) var isSweep = false
  private(set) var eps: Double?
  private(set) var tolerance: Double?

  var step: StepSize { eps.map(StepSize.fixed) ?? .usual }

  private static let words = ["sweep", "eps", "tol"]

  init(_ arguments: inout Arguments) throws(CommandError) {
    while let word = arguments.peek {
      if arguments.accept("sweep") {
        isSweep = true
      } else if let setting = SettingWord(word), try take(setting) {
        _ = arguments.accept(word.text)
      } else if cost == nil {
        cost = try arguments.expression("a cost")
        if let gradient = cost?.gradient {
          throw CommandError(
            "check takes a cost, and \(gradient) is a derivative of one; check alone compares all gradients of the loss",
            at: word.range.lowerBound)
        }
      } else {
        let near = suggestion(for: word.text, among: CheckArguments.words)
        throw CommandError(
          """
          sweep, eps=E, tol=T or nothing was expected here, there is \(word.text)\
          \(near.isEmpty ? arguments.hintOnLeftover : near)
          """, at: word.range.lowerBound)
      }
    }
  }

  /// Takes a setting over; false where it is none.
  private mutating func take(_ setting: SettingWord) throws(CommandError) -> Bool {
    func number(_ what: Text, _ old: Double?, from least: Double) throws(CommandError) -> Double {
      if old != nil { throw CommandError("\(setting.name) is given twice", at: setting.column) }
      guard let value = Double(setting.value.text), value.isFinite, value >= least else {
        throw CommandError("\(what), such as \(setting.name)=1e-05, was expected", at: setting.value.range.lowerBound)
      }
      return value
    }
    switch setting.name {
    case "eps": eps = try number("a finite number above 0", eps, from: .leastNormalMagnitude)
    case "tol": tolerance = try number("a finite number of at least 0", tolerance, from: 0)
    default:
      // A cost may begin with a comparison: loss==1.
      guard setting.value.text.hasPrefix("=") else {
        throw CommandError("there is no setting \(setting.name); there are eps=E and tol=T", at: setting.column)
      }
      return false
    }
    return true
  }
}

extension Expression {
  /// The gradient that it is, or an element of; nil where it is something else.
  fileprivate var gradient: String? {
    switch kind {
    case .name(let name, version: nil): Quantity.named(name).flatMap { $0.kind.gradientOf == nil ? nil : $0.name }
    case .element(let whole, _): whole.gradient
    default: nil
    }
  }
}
