import Engine
import Notation

/// How exact the numbers of a file are: as doubles, in single precision, or rounded to so many digits before they were
/// written, which is seen by there being no more in any of them.
package enum CaseExactness: Equatable, Sendable {
  case double
  case single
  /// So many digits behind the point.
  case decimals(Int)
  /// So many significant digits.
  case digits(Int)
  /// So many digits behind the point, or so many significant ones: what is there tells not which.
  case either(decimals: Int, digits: Int)

  /// The digits that are taken for rounded ones: a number that happens to be short has fewer, one that was not rounded more.
  private static let rounded = 4...12
  /// So many numbers do not happen to be short, where none of them is a short binary fraction.
  private static let enough = 8

  /// What computed numbers look like.
  package init(of numbers: [Double]) { self = CaseExactness(seenIn: numbers) ?? .double }

  /// That; nil where all of them have so few digits that they need not have been rounded.
  init?(seenIn numbers: [Double]) {
    let written = numbers.compactMap(DigitsOfNumber.init)
    let most = written.map(\.significant).max() ?? 0
    let areMany =
      numbers.lazy.filter { $0.isFinite && $0 * 1024 != ($0 * 1024).rounded() }.count >= CaseExactness.enough
    guard most >= CaseExactness.rounded.lowerBound || areMany else { return nil }
    self = .double
    guard most <= CaseExactness.rounded.upperBound else {
      // Single precision that was written out as doubles.
      if numbers.allSatisfy({ !$0.isFinite || Double(Float($0)) == $0 }) { self = .single }
      return
    }
    let decimals = written.map(\.decimals).max() ?? 0
    let (sameDecimals, sameDigits) = (
      written.count { $0.decimals == decimals }, written.count { $0.significant == most }
    )
    self =
      sameDecimals == sameDigits
      ? .either(decimals: decimals, digits: most) : sameDecimals > sameDigits ? .decimals(decimals) : .digits(most)
  }

  /// Whether digits were left out.
  var isRounded: Bool { self != .double && self != .single }

  /// By how much more what comes of rounded weights may be off than what is rounded itself.
  static let carried = 16.0

  /// How far each number may be from what it stands for.
  package func slack(of values: Matrix) -> Matrix {
    switch self {
    case .double: Matrix(rows: values.rows, columns: values.columns)
    case .single: values.singleSlack
    case .decimals(let count): Matrix(rows: values.rows, columns: values.columns, filledWith: half(-count))
    case .either(let decimals, let digits):
      Matrix(
        rows: values.rows, columns: values.columns,
        elements: zip(
          CaseExactness.decimals(decimals).slack(of: values).elements,
          CaseExactness.digits(digits).slack(of: values).elements
        ).map(max))
    case .digits(let count):
      values.map { value in
        guard value != 0, value.isFinite else { return 0 }
        return half(DigitsOfNumber.exponent(of: value) - count + 1)
      }
    }
  }

  /// Half a unit of a decimal place, a little more for what it is rounded from.
  private func half(_ exponent: Int) -> Double { 0.5001 * (Double("1e\(exponent)") ?? 0) }
}

/// How many digits it takes to write a number so that it reads back.
private struct DigitsOfNumber {
  let significant: Int
  /// How many of them stand behind the point.
  let decimals: Int

  /// Nil of 0 and of what is not finite.
  init?(_ value: Double) {
    guard value != 0, value.isFinite else { return nil }
    let text = "\(abs(value))".lowercased()
    let parts = text.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let behind = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1].count : 0
    let digits = (mantissa[0] + (behind > 0 ? mantissa[1] : "")).drop { $0 == "0" }
    significant = digits.reversed().drop { $0 == "0" }.count
    decimals = max(behind - power, 0)
  }

  /// The power of ten of the first digit.
  static func exponent(of value: Double) -> Int {
    var (exponent, size) = (0, abs(value))
    while size >= 10 { (exponent, size) = (exponent + 1, size / 10) }
    while size < 1 { (exponent, size) = (exponent - 1, size * 10) }
    return exponent
  }
}

extension CaseReading {
  /// Whether weights and inputs that look rounded are what the numbers come of, to the last digit: all that was computed forward
  /// comes out of them within its own last digit, so much of it that chance has no part in that.
  func comesOfExactInputs(at state: State) -> Bool {
    let forward = computed.filter { [.net, .a, .loss].contains($0.quantity.kind) }
    let inputs = Matrix(column: parameters.flatMap { $0.w.values + $0.b.values })
    let coarse = CaseExactness(of: inputs.elements).slack(of: inputs).elements.max() ?? 0
    var chance = 1.0
    for numbers in forward {
      let exact = numbers.comingOfExact
      guard let held = try? ForeignNumbers(ofBatch: exact, at: state), held.isRight, held.convention == nil else {
        return false
      }
      // What was rounded moves a sum by about its own last digit, and by a few of them at least now and then.
      for slack in exact.slack.elements where slack > 0 { chance *= min(slack / coarse, CaseExactness.mostOfOne) }
    }
    return chance <= CaseExactness.mostChance
  }
}

extension CaseExactness {
  /// How likely it is at most that a number comes out by chance, and that all of them do.
  fileprivate static let (mostOfOne, mostChance) = (0.5, 0.02)
}
