/// How the numbers of one column are written, so that their decimal points stand under each other and a glance compares
/// them.
///
/// The largest number has all its significant digits, and the others have as many decimals as it has: 1.052, 0.271, -0.043.
/// One that would keep fewer than two figures so has more decimals (0.0043), or a power of ten whose point stands under the
/// others' (5.6e-5), so that nothing but zero looks like zero. Where the largest is itself below 0.0001, or has more digits
/// before the point than there are, all are written with powers of ten. In a column that is too narrow the zeros before the
/// points go first, then digits; where not even two are left, each number is written as it fits best by itself.
package struct AlignedNumbers: Sendable {
  /// How many characters each number takes, blanks included.
  package let width: Int
  /// The form; nil where the column is too narrow for one.
  private let form: Form?
  private let digits: Int

  /// The form of a column: digits of the largest number, the decimals that all have, and what stands before and behind the
  /// point.
  private struct Form {
    var digits: Int
    var decimals = 0
    var isScientific = false
    /// Whether the zero before the point is left out.
    var isBare = false
    /// Whether a `+` stands before what is above 0.
    var isSigned: Bool
    /// The characters before the point, the sign included.
    var whole = 0
    /// The characters behind it.
    var fraction = 0

    var width: Int { whole + (fraction > 0 ? fraction + 1 : 0) }
  }

  /// The column of some numbers, as wide as they need but at most so many characters.
  ///
  /// - Parameters:
  ///   - extremes: the numbers that say how wide the column is.
  ///   - digits: the significant digits of the largest.
  ///   - most: the width that there is.
  ///   - isSigned: whether numbers above 0 have a sign too.
  ///   - decimals: the most decimals that any of them has a use for; nil where zeros at the end are kept.
  package init(
    _ extremes: Extremes, digits: Int, atMost most: Int = .max, isSigned: Bool = false, decimals: Int? = nil
  ) {
    self.digits = min(max(digits, 1), 17)
    var chosen: Form?
    search: for digits in stride(from: self.digits, through: min(self.digits, AlignedNumbers.leastFigures), by: -1) {
      for isBare in [false, true] {
        let form = AlignedNumbers.form(extremes, digits: digits, isBare: isBare, isSigned: isSigned, decimals: decimals)
        guard form.width <= most else { continue }
        chosen = form
        break search
      }
    }
    form = chosen
    width = min(max(chosen?.width ?? most, extremes.widthOfWords), most)
  }

  /// The column of some numbers.
  package init(_ values: some Sequence<Double>, digits: Int, atMost most: Int = .max, isSigned: Bool = false) {
    self.init(Extremes(values), digits: digits, atMost: most, isSigned: isSigned)
  }

  /// The column of numbers that were given rather than computed: without zeros at the end that none of them has a use for.
  package init(given values: some Sequence<Double>, digits: Int, atMost most: Int = .max) {
    let used = values.lazy.filter(\.isFinite).map { AlignedNumbers.leastDecimals($0, digits: digits) }.max() ?? 0
    self.init(Extremes(values), digits: digits, atMost: most, decimals: used)
  }

  /// How wide a column has to be for no digit to be lost.
  package static func leastWidth(_ extremes: Extremes, digits: Int) -> Int {
    let form = form(extremes, digits: min(max(digits, 1), 17), isBare: true, isSigned: false, decimals: nil)
    return max(form.width, extremes.widthOfWords)
  }

  /// A number of the column, its point under those of the others, in exactly `width` characters; on the right of so many
  /// where the column is to take more.
  package func text(_ value: Double, width wanted: Int? = nil) -> String {
    let room = max(wanted ?? width, 0)
    guard let form, value.isFinite else { return fitted(value, width: room, digits: digits) }
    let parts = AlignedNumbers.parts(value, form)
    let (whole, fraction) = (parts.whole.utf8.count, parts.fraction.utf8.count)
    let blanks = room - form.width + form.whole - whole
    guard blanks >= 0, fraction <= form.fraction else { return fitted(value, width: room, digits: digits) }
    let after = form.fraction > 0 ? form.fraction + 1 - (fraction == 0 ? 0 : fraction + 1) : 0
    return String(repeating: " ", count: blanks) + parts.whole + (parts.fraction.isEmpty ? "" : ".") + parts.fraction
      + String(repeating: " ", count: max(after, 0))
  }

  // MARK: - Forms

  private static func form(_ extremes: Extremes, digits: Int, isBare: Bool, isSigned: Bool, decimals: Int?) -> Form {
    var form = Form(digits: digits, isBare: isBare, isSigned: isSigned)
    let exponent = Decimal(extremes.largest, digits: digits).exponent
    form.isScientific = extremes.largest != 0 && (exponent < -4 || exponent >= max(digits, 6))
    form.decimals = min(max(digits - 1 - exponent, 0), decimals ?? .max)
    for value in extremes.values {
      let parts = parts(value, form)
      form.whole = max(form.whole, parts.whole.utf8.count)
      form.fraction = max(form.fraction, parts.fraction.utf8.count)
    }
    return form
  }

  /// What stands before the point of a number, its sign included, and what behind it.
  private static func parts(_ value: Double, _ form: Form) -> (whole: Substring, fraction: Substring) {
    var text = unsigned(abs(value), form)[...]
    if form.isBare, text.hasPrefix("0.") { text = text.dropFirst() }
    // What is rounded to nothing has no sign.
    let sign = value == 0 ? "" : value < 0 ? "-" : form.isSigned ? "+" : ""
    // Of a number without a point the power of ten stands where its decimals would.
    let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) ?? text.endIndex
    return ((sign + text[..<point])[...], text[point...].dropFirst())
  }

  /// The least number of significant figures that a number is left with.
  private static let leastFigures = 2
  /// The most decimals for the sake of those figures, in a column of fewer.
  private static let mostDecimals = 4

  private static func unsigned(_ value: Double, _ form: Form) -> String {
    if value == 0 { return positional(0, form.isScientific ? 0 : form.decimals) }
    if form.isScientific { return Decimal(value, digits: form.digits).text(.short) }
    let exponent = Decimal(value, digits: leastFigures).exponent
    let needed = leastFigures - 1 - exponent
    let most = max(form.decimals, mostDecimals)
    if needed <= most { return positional(value, max(form.decimals, min(needed, leastDecimals(value, digits: 15)))) }
    let power = exponent <= -10 ? exponent <= -100 ? 5 : 4 : 3
    return Decimal(value, digits: min(max(most - power + 1, leastFigures), form.digits)).text(.short)
  }

  /// How many decimals a number of so many digits has a use for: 1 of 0.5.
  private static func leastDecimals(_ value: Double, digits: Int) -> Int {
    let number = Decimal(value, digits: digits).withoutZeros(.positional)
    return value == 0 ? 0 : max(number.count - 1 - number.exponent, 0)
  }

  /// A number with so many decimals.
  private static func positional(_ value: Double, _ decimals: Int) -> String {
    guard value != 0 else { return decimals > 0 ? "0." + String(repeating: "0", count: decimals) : "0" }
    let exponent = Decimal(value, digits: 15).exponent
    var number = Decimal(value, digits: max(exponent + decimals + 1, 1))
    // Rounding may have made a digit more of it: 0.9996 to three decimals is 1.000.
    if number.exponent > exponent { number = number.withOneMoreZero }
    return number.text(.positional)
  }
}

/// The numbers of a column that say how wide it is: the largest and the smallest on both sides of zero.
package struct Extremes: Sendable {
  private var positive: (smallest: Double, largest: Double)?
  private var negative: (smallest: Double, largest: Double)?
  private var hasZero = false
  /// The characters of the longest word that stands for a number that is not finite.
  private(set) var widthOfWords = 0

  /// Of no number yet.
  package init() {}

  /// Of some numbers.
  package init(_ values: some Sequence<Double>) {
    for value in values { note(value) }
  }

  /// Takes a number in.
  package mutating func note(_ value: Double) {
    guard value.isFinite else {
      widthOfWords = max(widthOfWords, value < 0 ? 4 : 3)
      return
    }
    if value > 0 {
      positive = (min(positive?.smallest ?? value, value), max(positive?.largest ?? value, value))
    } else if value < 0 {
      negative = (max(negative?.smallest ?? value, value), min(negative?.largest ?? value, value))
    } else {
      hasZero = true
    }
  }

  /// The largest absolute value.
  var largest: Double { max(positive?.largest ?? 0, -(negative?.largest ?? 0)) }

  /// One number of each kind that may be the widest.
  var values: [Double] {
    [positive?.smallest, positive?.largest, negative?.smallest, negative?.largest].compactMap { $0 }
      + (hasZero ? [0] : [])
  }
}
