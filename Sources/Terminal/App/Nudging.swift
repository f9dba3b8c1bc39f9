import Engine

/// A decimal number as it is written, so that counting it up and down leaves its other digits as they are.
struct WrittenDecimal: Equatable {
  /// The number without its point.
  private var digits: Int
  /// How many digits stand behind the point.
  private var fraction: Int
  /// What stands behind the digits, as `e-3`.
  private let exponent: String

  /// Nil where the text is no decimal number, or a very long one.
  init?(_ text: String) {
    let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard let mantissa = parts.first, parts.count == 1 || Int(parts[1]) != nil else { return nil }
    let pieces = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = pieces.first, mantissa.count <= WrittenDecimal.longest, !mantissa.isEmpty else { return nil }
    let behind = pieces.count > 1 ? String(pieces[1]) : ""
    let unsigned = whole.drop { $0 == "-" || $0 == "+" }
    let all = unsigned + behind
    guard all.allSatisfy({ $0.isASCII && $0.isNumber }), whole.count - unsigned.count <= 1, let magnitude = Int(all)
    else { return nil }
    digits = whole.hasPrefix("-") ? -magnitude : magnitude
    fraction = behind.count
    exponent = parts.count > 1 ? "e" + parts[1] : ""
  }

  private static let longest = 17

  /// As it is written.
  var text: String {
    var written = String(abs(digits))
    while written.count <= fraction { written = "0" + written }
    let point = written.index(written.endIndex, offsetBy: -fraction)
    let number = (digits < 0 ? "-" : "") + written[..<point] + (fraction == 0 ? "" : "." + written[point...])
    return number + exponent
  }

  /// The number with the digit that stands so many places before the end of its digits counted: 0 is the last one.
  func counted(by change: Int, place: Int = 0) -> WrittenDecimal? {
    var unit = 1
    for _ in 0..<min(max(place, 0), WrittenDecimal.longest) { unit *= 10 }
    let (product, overflows) = change.multipliedReportingOverflow(by: unit)
    guard !overflows else { return nil }
    var result = self
    result.digits += product
    // A carry beyond what can be written is not taken.
    return abs(result.digits) < 1_000_000_000_000_000_000 ? result : nil
  }

  /// The number moved by so many steps, written with as many digits as that takes.
  func moved(by change: Int, steps: Step) -> WrittenDecimal? {
    var result = self
    while result.fraction < steps.fraction {
      guard result.digits.magnitude < 10_000_000_000_000_000 else { return nil }
      result.digits *= 10
      result.fraction += 1
    }
    return result.counted(by: change * steps.leading, place: result.fraction - steps.fraction + steps.zeros)
  }

  /// How far it goes at a time: 1, 2 or 5 at some place, the nearest to a twentieth of the number.
  struct Step: Equatable {
    /// 1, 2 or 5.
    let leading: Int
    /// The digits that it takes behind the point.
    let fraction: Int
    /// The zeros that it has before the point.
    let zeros: Int
  }

  /// A twentieth of the number as it stands, without its exponent; of 0, of 1.
  var twentieth: Step {
    var value = abs(Double(digits))
    for _ in 0..<fraction { value /= 10 }
    var (rest, power) = ((value == 0 ? 1 : value) / 20, 0)
    while rest < 1 { (rest, power) = (rest * 10, power - 1) }
    while rest >= 10 { (rest, power) = (rest / 10, power + 1) }
    // The borders are where two steps are as far off, as factors.
    let leading = rest < 1.414 ? 1 : rest < 3.162 ? 2 : rest < 7.071 ? 5 : 10
    return Step(
      leading: leading == 10 ? 1 : leading, fraction: max(-power - (leading == 10 ? 1 : 0), 0),
      zeros: max(power + (leading == 10 ? 1 : 0), 0))
  }
}

/// A key that is held comes again and again: the longer, the further each of them goes.
struct Held {
  private var last: ContinuousClock.Instant?
  private var times = 0

  /// Closer together than this, keys come from one that is held.
  private static let between = Duration.milliseconds(100)

  /// How many steps the key is worth that comes now.
  mutating func steps(at now: ContinuousClock.Instant) -> Int {
    times = last.map { now - $0 < Held.between } == true ? times + 1 : 0
    last = now
    return times < 10 ? 1 : times < 30 ? 5 : 25
  }
}
